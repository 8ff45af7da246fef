//! FEEDS.toml to what is to be watched, and how.

use crate::cmd::plans::time;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What to watch.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Folder of the pages.
    pub out: PathBuf,
    /// Least time between two requests to one host.
    pub delay: Duration,
    /// Time for one fetch.
    pub patience: Duration,
    /// Pages of one feed fetched in one round.
    pub pages: usize,
    /// Attempts at a page before it is given up.
    pub tries: u32,
    /// The feeds.
    pub feeds: Vec<Feed>,
}

/// One feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// Its address.
    pub url: String,
    /// Time between two polls.
    pub every: Duration,
    /// Where its articles are.
    pub articles: Articles,
}

/// Where the articles of a feed are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Articles {
    /// On the pages that its items name.
    #[default]
    Pages,
    /// In the items themselves.
    Feed,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    out: PathBuf,
    every: Option<String>,
    delay: Option<String>,
    timeout: Option<String>,
    pages: Option<usize>,
    tries: Option<u32>,
    #[serde(default)]
    feed: Vec<WrittenFeed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenFeed {
    url: String,
    every: Option<String>,
    #[serde(default)]
    articles: Articles,
}

impl Plan {
    /// Reads a plan; a relative `out` lies in `beside`.
    ///
    /// # Errors
    /// It is no TOML, has unknown keys, or a time that is none.
    pub fn parse(text: &str, beside: &Path) -> Result<Plan, String> {
        let written: Written = toml::from_str(text).map_err(|e| e.to_string().trim_end().to_owned())?;
        if written.feed.is_empty() {
            return Err("no [[feed]] in it".to_owned());
        }
        let every = written.every.as_deref().unwrap_or("15m");
        let mut feeds = Vec::new();
        for WrittenFeed { url, every: own, articles } in &written.feed {
            if !url.starts_with("http://") && !url.starts_with("https://") {
                return Err(format!("feed {url:?}: addresses begin with https:// or http://"));
            }
            if feeds.iter().any(|f: &Feed| f.url == *url) {
                return Err(format!("feed {url} stands twice"));
            }
            let every = time(own.as_deref().unwrap_or(every))?;
            feeds.push(Feed { url: url.clone(), every, articles: *articles });
        }
        Ok(Plan {
            out: beside.join(written.out),
            delay: time(written.delay.as_deref().unwrap_or("2s"))?,
            patience: time(written.timeout.as_deref().unwrap_or("30s"))?,
            pages: written.pages.unwrap_or(200),
            tries: written.tries.unwrap_or(6).max(1),
            feeds,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_plan_and_says_what_is_wrong() {
        let good = "out = \"p\"\ndelay = \"1s\"\n[[feed]]\nurl = \"https://x.example/a\"\nevery = \"2h\"\narticles = \"feed\"\n";
        let plan = Plan::parse(good, Path::new("/etc")).unwrap();
        assert_eq!((plan.out, plan.delay), (PathBuf::from("/etc/p"), Duration::from_secs(1)));
        assert_eq!(
            (plan.feeds[0].every, plan.feeds[0].articles),
            (Duration::from_secs(7200), Articles::Feed)
        );
        for (bad, why) in [
            ("out = \"p\"", "[[feed]]"),
            ("out = \"p\"\nspeed = 1\n[[feed]]\nurl = \"https://x\"", "speed"),
            ("out = \"p\"\ndelay = \"soon\"\n[[feed]]\nurl = \"https://x\"", "soon"),
            ("out = \"p\"\n[[feed]]\nurl = \"file:///x\"", "https"),
            ("out = \"p\"\n[[feed]]\nurl = \"https://x\"\n[[feed]]\nurl = \"https://x\"", "twice"),
            ("out = \"p\"\n[[feed]]\nurl = \"https://x\"\narticles = \"mail\"", "pages"),
            ("[[feed]", "TOML"),
        ] {
            let e = Plan::parse(bad, Path::new(".")).unwrap_err();
            assert!(e.contains(why), "{bad}: {e}");
        }
    }
}
