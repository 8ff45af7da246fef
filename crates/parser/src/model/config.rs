//! `config.cfg` to the settings that inference depends on; everything this runtime cannot run is refused here.

use crate::error::Error;
use hashbrown::HashMap;
use serde_json::Value;

/// Sections of a spaCy configuration file: section → key → JSON value as written.
pub struct Config {
    sections: HashMap<String, HashMap<String, String>>,
}

/// A token-to-vector network as configured.
#[derive(Debug, Clone, PartialEq)]
pub struct Tok2VecConfig {
    /// Attribute names, in column order.
    pub columns: Vec<String>,
    /// Rows of each column's table.
    pub rows: Vec<usize>,
    /// Width of the vectors.
    pub width: usize,
    /// Number of encoder layers.
    pub depth: usize,
    /// Maxout pieces of the encoder layers.
    pub pieces: usize,
}

impl Config {
    /// Parses the INI-like text.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let mut sections: HashMap<String, HashMap<String, String>> = HashMap::new();
        let mut section = String::new();
        for (i, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') || line.starts_with(';') {
                continue;
            }
            if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                section = name.to_owned();
                sections.entry(section.clone()).or_default();
            } else if let Some((key, value)) = line.split_once('=') {
                sections
                    .entry(section.clone())
                    .or_default()
                    .insert(key.trim().to_owned(), value.trim().to_owned());
            } else {
                return Err(Error::format(format!("line {}: neither a section nor key = value", i + 1)));
            }
        }
        Ok(Config { sections })
    }

    fn raw(&self, section: &str, key: &str) -> Option<&str> {
        self.sections.get(section)?.get(key).map(String::as_str)
    }

    /// The value, with one `${section.path:key}` or `${section.path.key}` reference followed.
    fn value(&self, section: &str, key: &str) -> Result<Value, Error> {
        let missing = || Error::format(format!("[{section}] has no {key}"));
        let mut raw = self.raw(section, key).ok_or_else(missing)?;
        if let Some(path) = raw.strip_prefix("${").and_then(|r| r.strip_suffix('}')) {
            let (section, key) =
                path.split_once(':').or_else(|| path.rsplit_once('.')).ok_or_else(missing)?;
            raw = self.raw(section, key).ok_or_else(missing)?;
        }
        serde_json::from_str(raw).map_err(|e| Error::format(format!("[{section}] {key} = {raw}: {e}")))
    }

    fn text(&self, section: &str, key: &str) -> Result<String, Error> {
        let value = self.value(section, key)?;
        value
            .as_str()
            .map(str::to_owned)
            .ok_or_else(|| Error::format(format!("[{section}] {key}: not a string")))
    }

    fn number(&self, section: &str, key: &str) -> Result<usize, Error> {
        let value = self.value(section, key)?;
        let number = value.as_u64().and_then(|n| usize::try_from(n).ok()).filter(|&n| n > 0 && n <= 1 << 24);
        number.ok_or_else(|| Error::format(format!("[{section}] {key} = {value}: not a size")))
    }

    fn list(&self, section: &str, key: &str) -> Result<Vec<Value>, Error> {
        match self.value(section, key)? {
            Value::Array(items) => Ok(items),
            _ => Err(Error::format(format!("[{section}] {key}: not a list"))),
        }
    }

    fn flag(&self, section: &str, key: &str) -> bool {
        self.raw(section, key) == Some("true")
    }

    /// Language code.
    pub fn language(&self) -> Result<String, Error> {
        self.text("nlp", "lang")
    }

    /// Names of the components that run, in order, each with its factory.
    pub fn components(&self) -> Result<Vec<(String, String)>, Error> {
        let disabled = self.list("nlp", "disabled").unwrap_or_default();
        let pipeline = self.list("nlp", "pipeline")?;
        let names = pipeline.iter().filter(|n| !disabled.contains(n)).filter_map(Value::as_str);
        names.map(|n| Ok((n.to_owned(), self.text(&format!("components.{n}"), "factory")?))).collect()
    }

    /// Fails unless the model of a section has one of the architectures.
    pub fn need_architecture(&self, section: &str, known: &[&str]) -> Result<(), Error> {
        let found = self.text(section, "@architectures")?;
        if known.contains(&found.as_str()) {
            return Ok(());
        }
        Err(Error::unsupported(format!("[{section}] is {found}; this runtime knows {}", known.join(", "))))
    }

    /// True when the component reads the shared `tok2vec` component; else it has a network of its own.
    pub fn listens(&self, component: &str) -> Result<bool, Error> {
        let section = format!("components.{component}.model.tok2vec");
        self.need_architecture(
            &section,
            &["spacy.Tok2VecListener.v1", "spacy.Tok2Vec.v1", "spacy.Tok2Vec.v2"],
        )?;
        Ok(self.text(&section, "@architectures")? == "spacy.Tok2VecListener.v1")
    }

    /// The network whose `embed` and `encode` sections lie under `section`.
    pub fn tok2vec(&self, section: &str) -> Result<Tok2VecConfig, Error> {
        self.need_architecture(section, &["spacy.Tok2Vec.v1", "spacy.Tok2Vec.v2"])?;
        let (embed, encode) = (format!("{section}.embed"), format!("{section}.encode"));
        self.need_architecture(&embed, &["spacy.MultiHashEmbed.v2"])?;
        self.need_architecture(&encode, &["spacy.MaxoutWindowEncoder.v1", "spacy.MaxoutWindowEncoder.v2"])?;
        if self.flag(&embed, "include_static_vectors") {
            return Err(Error::unsupported(format!(
                "[{embed}] uses static word vectors, which this runtime does not"
            )));
        }
        if self.number(&encode, "window_size")? != 1 {
            return Err(Error::unsupported(format!("[{encode}] window_size is not 1")));
        }
        let width = self.number(&encode, "width")?;
        if self.number(&embed, "width")? != width {
            return Err(Error::shape(format!("[{embed}] and [{encode}] differ in width")));
        }
        let bad = |key: &str| Error::format(format!("[{embed}] {key}: not a list of the right kind"));
        let columns = self.list(&embed, "attrs")?;
        let columns = columns.iter().map(|v| v.as_str().map(str::to_owned)).collect::<Option<_>>();
        let rows = self.list(&embed, "rows")?;
        let rows =
            rows.iter().map(|v| v.as_u64().and_then(|n| usize::try_from(n).ok())).collect::<Option<_>>();
        Ok(Tok2VecConfig {
            columns: columns.ok_or_else(|| bad("attrs"))?,
            rows: rows.ok_or_else(|| bad("rows"))?,
            width,
            depth: self.number(&encode, "depth")?,
            pieces: self.number(&encode, "maxout_pieces")?,
        })
    }

    /// Fails unless the lemmatizer works by rules.
    pub fn check_lemmatizer(&self) -> Result<(), Error> {
        let mode = self.text("components.lemmatizer", "mode")?;
        if mode == "rule" && !self.flag("components.lemmatizer", "overwrite") {
            return Ok(());
        }
        Err(Error::unsupported(format!(
            "[components.lemmatizer] mode = {mode}, or overwrite; only mode \"rule\" is known"
        )))
    }

    /// Fails unless a transition-based component is one that this runtime runs.
    pub fn check_transition(&self, component: &str, state: &str) -> Result<(), Error> {
        let section = format!("components.{component}.model");
        self.need_architecture(
            &section,
            &["spacy.TransitionBasedParser.v1", "spacy.TransitionBasedParser.v2"],
        )?;
        if self.text(&section, "state_type")? != state || self.flag(&section, "extra_state_tokens") {
            return Err(Error::unsupported(format!("[{section}] state_type or extra_state_tokens")));
        }
        if self.raw(&section, "use_upper") == Some("false") {
            return Err(Error::unsupported(format!("[{section}] use_upper = false")));
        }
        if self.raw(&format!("components.{component}"), "learn_tokens") == Some("true") {
            return Err(Error::unsupported(format!("[components.{component}] learn_tokens = true")));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_references_and_skips_disabled() {
        let text = "[nlp]\nlang = \"en\"\npipeline = [\"a\",\"b\"]\ndisabled = [\"b\"]\n[components.a]\nfactory = \"tagger\"\n\
                    width = ${x.y:width}\n[x.y]\nwidth = 96\n";
        let config = Config::parse(text).unwrap();
        assert_eq!(config.components().unwrap(), [("a".to_owned(), "tagger".to_owned())]);
        assert_eq!(config.number("components.a", "width").unwrap(), 96);
        assert!(config.number("components.a", "depth").is_err());
        assert!(Config::parse("nonsense").is_err());
    }
}
