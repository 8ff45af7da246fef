//! The folder that pages are kept in: which are there, what is known of feeds and hosts. It is all the state there is.

use super::super::checkpoint::replace;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// A folder of pages.
pub struct Shelf {
    root: PathBuf,
}

/// What is known of a feed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FeedState {
    /// Its address.
    pub url: String,
    /// For conditional requests.
    pub etag: Option<String>,
    /// For conditional requests.
    pub last_modified: Option<String>,
    /// When it is polled next.
    pub next: Option<Timestamp>,
    /// Failures since the last success.
    pub failures: u32,
    /// Pages that it named and that are not here yet.
    pub open: Vec<Item>,
}

/// A page to be fetched.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Item {
    /// Address.
    pub url: String,
    /// Headline that the feed gives.
    pub title: Option<String>,
    /// Publication time that the feed gives.
    pub published: Option<String>,
    /// Attempts so far.
    pub tries: u32,
    /// Not before this.
    pub next: Option<Timestamp>,
}

/// A kept page, in a form that the reader knows.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Kept<'a> {
    /// Address after redirects.
    pub url: &'a str,
    /// Address in the feed.
    pub link: &'a str,
    /// The feed.
    pub feed: &'a str,
    /// When it was fetched.
    pub fetched: String,
    /// Headline that the feed gives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<&'a str>,
    /// Publication time that the feed gives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<&'a str>,
    /// Authors that the feed gives, when the item is the article.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub authors: &'a [String],
    /// Title of the feed, when the item is the article.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<&'a str>,
    /// Language of the feed, when the item is the article.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<&'a str>,
    /// The page, or the text of the item.
    pub html: &'a str,
}

/// A page that was given up, and why.
#[derive(Debug, Clone, Serialize)]
struct GivenUp<'a> {
    url: &'a str,
    feed: &'a str,
    when: String,
    why: &'a str,
}

impl Shelf {
    /// Opens a folder, which is made when it is not there.
    ///
    /// # Errors
    /// The disk.
    pub fn open(root: &Path) -> io::Result<Self> {
        for part in ["feeds", "hosts", "given-up", "databases"] {
            std::fs::create_dir_all(root.join(".watch").join(part))?;
        }
        Ok(Shelf { root: root.to_owned() })
    }

    /// Takes the folder for this process; `None` when another has it. It is free again when the file is dropped.
    ///
    /// # Errors
    /// The disk.
    pub fn lock(&self) -> io::Result<Option<File>> {
        let file = File::create(self.root.join(".watch/lock"))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(e)) => Err(e),
        }
    }

    fn page_path(&self, url: &str) -> PathBuf {
        let name = name(url);
        self.root.join(&name[..2]).join(format!("{name}.json"))
    }

    fn state_path(&self, kind: &str, key: &str) -> PathBuf {
        self.root.join(".watch").join(kind).join(format!("{}.json", name(key)))
    }

    /// True when the page of `url` is here or given up.
    pub fn knows(&self, url: &str) -> bool {
        self.page_path(url).exists() || self.state_path("given-up", url).exists()
    }

    /// Puts a page on the shelf, whole or not at all.
    ///
    /// # Errors
    /// The disk.
    pub fn keep(&self, page: &Kept<'_>) -> io::Result<()> {
        let path = self.page_path(page.link);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        replace(&path, &serde_json::to_vec(page)?)
    }

    /// Files of pages that were put here at or after `moment` (all, without one), in order of their names.
    ///
    /// # Errors
    /// The disk.
    pub fn since(&self, moment: Option<Timestamp>) -> io::Result<Vec<PathBuf>> {
        let mut out = Vec::new();
        for folder in std::fs::read_dir(&self.root)? {
            let folder = folder?;
            if folder.file_name().len() != 2 || !folder.file_type()?.is_dir() {
                continue;
            }
            for file in std::fs::read_dir(folder.path())? {
                let file = file?;
                let page = file.path().extension().is_some_and(|e| e == "json");
                let written = || Timestamp::try_from(file.metadata()?.modified()?).map_err(io::Error::other);
                if page && moment.is_none_or(|m| written().map_or(true, |w| w >= m)) {
                    out.push(file.path());
                }
            }
        }
        out.sort();
        Ok(out)
    }

    /// Notes that a page will not be tried again.
    ///
    /// # Errors
    /// The disk.
    pub fn give_up(&self, url: &str, feed: &str, why: &str) -> io::Result<()> {
        let when = super::stamp(Timestamp::now());
        let note = GivenUp { url, feed, when, why };
        replace(&self.state_path("given-up", url), &serde_json::to_vec(&note)?)
    }

    /// What is known of a feed or host (`kind`); nothing when there is nothing, or nothing readable.
    pub fn load<T: DeserializeOwned + Default>(&self, kind: &str, key: &str) -> T {
        let bytes = std::fs::read(self.state_path(kind, key)).unwrap_or_default();
        serde_json::from_slice(&bytes).unwrap_or_default()
    }

    /// Notes what is known of a feed or host.
    ///
    /// # Errors
    /// The disk.
    pub fn save<T: Serialize>(&self, kind: &str, key: &str, state: &T) -> io::Result<()> {
        replace(&self.state_path(kind, key), &serde_json::to_vec(state)?)
    }
}

/// A file name for an address.
fn name(url: &str) -> String {
    Sha256::digest(url.as_bytes()).iter().take(12).map(|b| format!("{b:02x}")).collect()
}
