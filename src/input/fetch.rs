//! A web address to the bytes behind it, without being led into private networks.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

/// Largest page taken from the web, in bytes, after decompression.
const MAX: u64 = 16 << 20;
/// Time for the whole of one fetch.
const PATIENCE: Duration = Duration::from_secs(30);
/// Redirects followed.
const REDIRECTS: u32 = 5;

/// Why a page was not fetched.
#[derive(Debug)]
pub struct Refusal {
    /// One line.
    pub message: String,
    /// What helps.
    pub hint: Option<&'static str>,
}

/// Fetches pages.
pub struct Fetcher {
    agent: ureq::Agent,
}

impl Fetcher {
    /// A fetcher; `private` lets it reach private networks.
    pub fn new(private: bool) -> Self {
        let mut config = Config::builder()
            .timeout_global(Some(PATIENCE))
            .max_redirects(REDIRECTS)
            .user_agent(concat!("demarche/", env!("CARGO_PKG_VERSION")));
        if !private {
            // A proxy would resolve names out of our sight.
            config = config.proxy(None);
        }
        let config = config.build();
        let resolver = Public { private, inner: DefaultResolver::default() };
        Fetcher { agent: ureq::Agent::with_parts(config, DefaultConnector::default(), resolver) }
    }

    /// The body behind `url`, and its content type.
    ///
    /// # Errors
    /// Anything that kept the page from coming, in one line.
    pub fn get(&self, url: &str) -> Result<(Vec<u8>, Option<String>), Refusal> {
        let mut response = self.agent.get(url).call().map_err(|e| refusal(&e))?;
        let kind = response.headers().get("content-type").and_then(|v| v.to_str().ok()).map(str::to_owned);
        let body = response.body_mut().with_config().limit(MAX).read_to_vec().map_err(|e| refusal(&e))?;
        Ok((body, kind))
    }
}

fn refusal(e: &ureq::Error) -> Refusal {
    let hint = match e {
        ureq::Error::Timeout(_) => Some("try again, or save the page and give the file"),
        ureq::Error::HostNotFound => Some("is the address right, and the network up?"),
        ureq::Error::StatusCode(401 | 402 | 403 | 451) => {
            Some("the site does not give this page to programs: save it and give the file")
        }
        ureq::Error::BodyExceedsLimit(_) => Some("save the page and give the file"),
        ureq::Error::Io(e) if e.kind() == std::io::ErrorKind::PermissionDenied => {
            Some("--allow-private lets it through")
        }
        _ => None,
    };
    Refusal { message: e.to_string(), hint }
}

/// A resolver that drops addresses of private networks, for the first request and for every redirect.
#[derive(Debug)]
struct Public {
    private: bool,
    inner: DefaultResolver,
}

impl Resolver for Public {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        let mut open = self.empty();
        for address in found.iter().filter(|a| self.private || is_public(a)) {
            open.push(*address);
        }
        if open.is_empty() {
            let host = uri.host().unwrap_or_default();
            let why = format!("{host} is an address of this machine or of a private network");
            return Err(std::io::Error::new(std::io::ErrorKind::PermissionDenied, why).into());
        }
        Ok(open)
    }
}

fn is_public(address: &SocketAddr) -> bool {
    match address.ip() {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => match ip.to_ipv4_mapped() {
            Some(ip) => is_public_v4(ip),
            None => is_public_v6(ip),
        },
    }
}

/// IANA special-purpose registry, IPv4: everything that is not globally reachable.
fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    !(ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_broadcast()
        || ip.is_multicast()
        || ip.is_documentation()
        || a == 0
        || a >= 240
        || a == 100 && (64..128).contains(&b)
        || a == 192 && b == 0 && c == 0
        || a == 198 && (b == 18 || b == 19))
}

/// IANA special-purpose registry, IPv6: only global unicast, without the blocks that lead to IPv4 or to documentation.
fn is_public_v6(ip: Ipv6Addr) -> bool {
    let s = ip.segments();
    s[0] & 0xE000 == 0x2000 && s[0] != 0x2002 && !(s[0] == 0x2001 && (s[1] == 0 || s[1] == 0xDB8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_private_networks() {
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "169.254.1.1",
            "100.64.0.1",
            "0.0.0.0",
            "::1",
            "fe80::1",
            "fd00::1",
            "::ffff:10.0.0.1",
            "2002:a00:1::",
        ] {
            assert!(!is_public(&SocketAddr::new(private.parse().unwrap(), 80)), "{private}");
        }
        for public in ["93.184.216.34", "2606:2800:220:1::1"] {
            assert!(is_public(&SocketAddr::new(public.parse().unwrap(), 80)), "{public}");
        }
    }
}
