//! HOOKS.toml or the command line to what is posted where.

use super::post::Secret;
use crate::cmd::plans::time;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::time::Duration;
use store::query::Filter;

/// Time between two looks at the database, when none is given.
pub const EVERY: Duration = Duration::from_secs(60);

/// What to post.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Time between two looks at the database.
    pub every: Duration,
    /// Searches and addresses.
    pub hooks: Vec<Hook>,
}

/// A saved search and the address that its events go to.
#[derive(Debug, Clone)]
pub struct Hook {
    /// Its name, in messages and in the journal.
    pub name: String,
    /// Where events are posted.
    pub url: String,
    /// What messages are signed with.
    pub secret: Option<Secret>,
    /// Which events.
    pub filter: Filter,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    every: Option<String>,
    #[serde(default)]
    hook: Vec<WrittenHook>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenHook {
    name: String,
    url: String,
    secret_env: Option<String>,
    #[serde(default)]
    search: BTreeMap<String, String>,
}

impl Hook {
    /// A hook.
    ///
    /// # Errors
    /// The address is no web address, or the secret is too short.
    pub fn new(name: &str, url: &str, secret: Option<&str>, filter: Filter) -> Result<Hook, String> {
        let scheme = url.split_once("://").map(|s| s.0.to_ascii_lowercase());
        if !matches!(scheme.as_deref(), Some("http" | "https")) {
            return Err(format!("hook {name}: addresses begin with https:// or http://"));
        }
        let secret = secret.map(Secret::parse).transpose().map_err(|e| format!("hook {name}: {e}"))?;
        Ok(Hook { name: name.to_owned(), url: url.to_owned(), secret, filter })
    }

    /// Under which the journal keeps what was delivered: a search that was changed is a new one.
    pub fn key(&self) -> String {
        let pairs = self.filter.pairs();
        let search: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
        format!("{}?{}", self.name, search.join("&"))
    }
}

impl Plan {
    /// Reads a plan; `secret` gives the environment variable of a name.
    ///
    /// # Errors
    /// It is no TOML, has unknown keys or values, or a secret that is not set.
    pub fn parse(text: &str, secret: impl Fn(&str) -> Option<String>) -> Result<Plan, String> {
        let written: Written = toml::from_str(text).map_err(|e| e.to_string().trim_end().to_owned())?;
        if written.hook.is_empty() {
            return Err("no [[hook]] in it".to_owned());
        }
        let mut hooks: Vec<Hook> = Vec::new();
        for WrittenHook { name, url, secret_env, search } in &written.hook {
            if hooks.iter().any(|h| h.name == *name) {
                return Err(format!("hook {name:?} stands twice"));
            }
            let mut filter = Filter::default();
            for (field, value) in search {
                filter.set(field, value).map_err(|why| format!("hook {name}: {field} = {value:?}: {why}"))?;
            }
            let secret =
                match secret_env {
                    Some(variable) => Some(secret(variable).ok_or_else(|| {
                        format!("hook {name}: the environment variable {variable} is not set")
                    })?),
                    None => None,
                };
            hooks.push(Hook::new(name, url, secret.as_deref(), filter)?);
        }
        let every = written.every.as_deref().map_or(Ok(EVERY), time)?.max(Duration::from_secs(1));
        Ok(Plan { every, hooks })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_plan_and_says_what_is_wrong() {
        let secret = |name: &str| (name == "S").then(|| "sixteen-letters-long".to_owned());
        let good = "every = \"5s\"\n[[hook]]\nname = \"ports\"\nurl = \"https://x.example/in\"\nsecret_env = \"S\"\nsearch = { whom = \"PER\", type = \"ASSAULT\" }\n";
        let plan = Plan::parse(good, secret).unwrap();
        assert_eq!(
            (plan.every, plan.hooks[0].key()),
            (Duration::from_secs(5), "ports?type=ASSAULT&whom=PER".to_owned())
        );
        assert!(plan.hooks[0].secret.is_some());
        for (bad, why) in [
            ("every = \"1m\"", "[[hook]]"),
            ("[[hook]]\nname = \"a\"\nurl = \"ftp://x\"", "https"),
            ("[[hook]]\nname = \"a\"\nurl = \"https://x\"\nsearch = { kind = \"A\" }", "kind"),
            ("[[hook]]\nname = \"a\"\nurl = \"https://x\"\nsearch = { type = \"FIGHT\" }", "FIGHT"),
            ("[[hook]]\nname = \"a\"\nurl = \"https://x\"\nsecret_env = \"NO\"", "NO is not set"),
            (
                "[[hook]]\nname = \"a\"\nurl = \"https://x\"\n[[hook]]\nname = \"a\"\nurl = \"https://x\"",
                "twice",
            ),
            ("every = \"soon\"\n[[hook]]\nname = \"a\"\nurl = \"https://x\"", "soon"),
        ] {
            let e = Plan::parse(bad, secret).unwrap_err();
            assert!(e.contains(why), "{bad}: {e}");
        }
    }
}
