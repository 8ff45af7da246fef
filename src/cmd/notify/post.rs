//! A message to a signed request, tried again when the receiver may take it later.

use super::notice::Notice;
use super::plan::Hook;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fetch::Fetcher;
use hmac::{Hmac, Mac};
use jiff::Timestamp;
use sha2::Sha256;
use std::time::Duration;

/// First wait before a message is tried again; each further one is twice as long.
const AGAIN: Duration = Duration::from_secs(1);
/// Longest wait between two attempts in one round, whatever the receiver asks for.
const LONGEST: Duration = Duration::from_secs(30);
/// Shortest secret, in bytes.
const SHORTEST: usize = 16;

/// Delivers messages.
pub struct Courier {
    /// Posts, under the rules for addresses.
    pub fetcher: Fetcher,
    /// Attempts at one message.
    pub tries: u32,
}

/// What became of a message.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The receiver took it.
    Taken,
    /// The receiver does not want this one.
    Refused(String),
    /// The receiver cannot be reached or does not work.
    Failed(String),
}

/// What messages are signed with.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Vec<u8>);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

impl Secret {
    /// A secret as it is written: `whsec_` and base64, or its characters themselves.
    ///
    /// # Errors
    /// It is no base64 or shorter than 16 bytes.
    pub fn parse(text: &str) -> Result<Secret, String> {
        let bytes = match text.trim().strip_prefix("whsec_") {
            Some(coded) => STANDARD.decode(coded).map_err(|_| "the secret after whsec_ is no base64")?,
            None => text.trim().as_bytes().to_vec(),
        };
        match bytes.len() {
            SHORTEST.. => Ok(Secret(bytes)),
            _ => Err(format!("the secret is shorter than {SHORTEST} bytes")),
        }
    }

    /// Signature by the Standard Webhooks specification: HMAC-SHA256 of `id.time.body` in base64.
    pub fn sign(&self, id: &str, time: i64, body: &[u8]) -> Option<String> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        mac.update(format!("{id}.{time}.").as_bytes());
        mac.update(body);
        Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
    }
}

/// Id of a message, the same at every attempt: a receiver that has it already may let the message go.
fn id(notice: &Notice) -> String {
    format!("{}_{}_{}", notice.hook, notice.id.replace('.', "-"), notice.revision)
}

impl Courier {
    /// Posts a message until it is taken, refused, or the attempts are used up.
    pub fn deliver(&self, hook: &Hook, notice: &Notice) -> Outcome {
        let Ok(body) = serde_json::to_vec(notice) else {
            return Outcome::Refused("it has no JSON form".to_owned());
        };
        let id = id(notice);
        let mut wait = AGAIN;
        for attempt in 1.. {
            let time = Timestamp::now().as_second();
            let mut headers = vec![
                ("content-type", "application/json".to_owned()),
                ("webhook-id", id.clone()),
                ("webhook-timestamp", time.to_string()),
            ];
            if let Some(signature) = hook.secret.as_ref().and_then(|s| s.sign(&id, time, &body)) {
                headers.push(("webhook-signature", signature));
            }
            let Err(e) = self.fetcher.post(&hook.url, &headers, &body) else { return Outcome::Taken };
            let why = match e.hint {
                Some(hint) => format!("{e} ({hint})"),
                None => e.to_string(),
            };
            match e.reason {
                fetch::Reason::Status(400..=499) if !e.may_pass() => return Outcome::Refused(why),
                _ if !e.may_pass() => return Outcome::Failed(why),
                _ if attempt >= self.tries => return Outcome::Failed(format!("{why}; {attempt} attempts")),
                _ => {}
            }
            std::thread::sleep(wait.max(e.retry_after.unwrap_or_default()).min(LONGEST));
            wait *= 2;
        }
        Outcome::Failed("no attempt".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_as_the_specification_does() {
        // The example of the specification's own libraries (github.com/standard-webhooks/standard-webhooks).
        let secret = Secret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let signed = secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, b"{\"test\": 2432232314}");
        assert_eq!(signed.as_deref(), Some("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
        assert_eq!(format!("{secret:?}"), "Secret");
        assert!(Secret::parse("short").is_err() && Secret::parse("whsec_?").is_err());
    }
}
