//! Tagged and parsed tokens to coarse tags, morphology and fixed lemmas, by the pipeline's token patterns.

use crate::error::Error;
use crate::model::msgpack::{entries, get, items, need, number, parse, text, wrong};
use crate::vocab::Word;
use fancy_regex::Regex;
use hashbrown::HashMap;
use rmpv::ValueRef;
use smol_str::SmolStr;

type FastMap<K, V> = HashMap<K, V, foldhash::fast::FixedState>;

/// Attributes that a rule can set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Coarse part of speech.
    Pos,
    /// Morphological features.
    Morph,
    /// Lemma.
    Lemma,
    /// Fine tag.
    Tag,
    /// Dependency label.
    Dep,
}

const FIELDS: usize = 5;
/// Value of a field that no rule has set.
pub const UNSET: u16 = u16::MAX;

/// What the rules set on one token: ids of [`AttributeRuler::value`], [`UNSET`] where nothing was set.
pub type Settings = [u16; FIELDS];

/// All rules, indexed by what their first token asks for.
pub struct AttributeRuler {
    rules: Vec<Rule>,
    values: Vec<SmolStr>,
    by_lower: FastMap<SmolStr, Vec<(u16, u16)>>,
    by_tag: FastMap<SmolStr, Vec<(u16, u16)>>,
    other: Vec<(u16, u16)>,
}

struct Rule {
    patterns: Vec<Vec<Spec>>,
    target: usize,
    settings: Vec<(Field, u16)>,
}

/// What a pattern asks of one token.
struct Spec {
    tests: Vec<(Key, Test)>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Key {
    Text,
    Lower,
    Norm,
    Tag,
    Dep,
    IsSpace,
}

enum Test {
    Is(SmolStr),
    In(Vec<SmolStr>),
    NotIn(Vec<SmolStr>),
    Matches(Box<Regex>),
    Flag(bool),
}

/// One token as the rules see it.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// Its word type.
    pub word: &'a Word,
    /// The tagger's tag.
    pub tag: &'a SmolStr,
    /// The parser's label.
    pub dep: &'a SmolStr,
}

impl AttributeRuler {
    /// Reads an `attribute_ruler/patterns` file.
    pub fn new(bytes: &[u8]) -> Result<Self, Error> {
        let value = parse(bytes)?;
        let mut ruler = AttributeRuler {
            rules: Vec::new(),
            values: Vec::new(),
            by_lower: FastMap::default(),
            by_tag: FastMap::default(),
            other: Vec::new(),
        };
        for (i, rule) in items(&value).ok_or_else(|| wrong("patterns", "a list"))?.iter().enumerate() {
            let rule = ruler.rule(rule).map_err(|e| e.within(&format!("rule {i}")))?;
            ruler.index(i, &rule)?;
            ruler.rules.push(rule);
        }
        Ok(ruler)
    }

    /// Text of a value id.
    pub fn value(&self, id: u16) -> Option<&SmolStr> {
        self.values.get(id as usize)
    }

    fn intern(&mut self, value: &str) -> Result<u16, Error> {
        let at = self.values.iter().position(|v| v == value).unwrap_or_else(|| {
            self.values.push(value.into());
            self.values.len() - 1
        });
        u16::try_from(at).ok().filter(|&id| id != UNSET).ok_or_else(|| Error::format("too many values"))
    }

    fn rule(&mut self, rule: &ValueRef<'_>) -> Result<Rule, Error> {
        let mut patterns = Vec::new();
        for pattern in items(need(rule, "patterns")?).ok_or_else(|| wrong("patterns", "a list"))? {
            let tokens = items(pattern).ok_or_else(|| wrong("pattern", "a list"))?;
            let specs = tokens.iter().map(spec).collect::<Result<Vec<_>, _>>()?;
            patterns.push(specs);
        }
        let target = get(rule, "index").and_then(number).and_then(|n| usize::try_from(n).ok());
        let target = target.ok_or_else(|| Error::unsupported("index is not a number from 0"))?;
        if patterns.iter().any(|p| p.len() <= target) {
            return Err(Error::format("index lies outside the pattern"));
        }
        let mut settings = Vec::new();
        for (key, value) in entries(need(rule, "attrs")?).ok_or_else(|| wrong("attrs", "a map"))? {
            let field = match text(key) {
                Some("POS") => Field::Pos,
                Some("MORPH") => Field::Morph,
                Some("LEMMA") => Field::Lemma,
                Some("TAG") => Field::Tag,
                Some("DEP") => Field::Dep,
                _ => return Err(Error::unsupported(format!("sets {key}"))),
            };
            let value = text(value).ok_or_else(|| wrong("value of an attribute", "text"))?;
            settings
                .push((field, self.intern(if value == "_" && field == Field::Morph { "" } else { value })?));
        }
        Ok(Rule { patterns, target, settings })
    }

    fn index(&mut self, rule: usize, content: &Rule) -> Result<(), Error> {
        let small = |n: usize| u16::try_from(n).map_err(|_| Error::format("too many rules"));
        for (p, pattern) in content.patterns.iter().enumerate() {
            let id = (small(rule)?, small(p)?);
            let literal = |key: Key| {
                pattern[0].tests.iter().find_map(|(k, test)| match test {
                    Test::Is(text) if *k == key => Some(std::slice::from_ref(text)),
                    Test::In(texts) if *k == key => Some(texts.as_slice()),
                    _ => None,
                })
            };
            let (map, keys) = match (literal(Key::Lower), literal(Key::Tag)) {
                (Some(keys), _) => (&mut self.by_lower, keys),
                (None, Some(keys)) => (&mut self.by_tag, keys),
                (None, None) => {
                    self.other.push(id);
                    continue;
                }
            };
            for key in keys {
                let list = map.entry(key.clone()).or_default();
                if !list.contains(&id) {
                    list.push(id);
                }
            }
        }
        Ok(())
    }

    /// What the rules set on each token: all matches are found on the tokens as given, later rules win.
    pub fn apply(&self, tokens: &[View<'_>]) -> Vec<Settings> {
        let mut set = vec![[UNSET; FIELDS]; tokens.len()];
        let mut by = vec![[0u16; FIELDS]; tokens.len()];
        for (i, token) in tokens.iter().enumerate() {
            let lower = self.by_lower.get(&token.word.lower).into_iter().flatten();
            let tag = self.by_tag.get(token.tag).into_iter().flatten();
            for &(r, p) in lower.chain(tag).chain(&self.other) {
                let rule = &self.rules[r as usize];
                let pattern = &rule.patterns[p as usize];
                let Some(window) = tokens.get(i..i + pattern.len()) else { continue };
                if !pattern.iter().zip(window).all(|(spec, token)| spec.fits(token)) {
                    continue;
                }
                let target = i + rule.target;
                for &(field, value) in &rule.settings {
                    let field = field as usize;
                    if set[target][field] == UNSET || by[target][field] <= r {
                        set[target][field] = value;
                        by[target][field] = r;
                    }
                }
            }
        }
        set
    }
}

impl Spec {
    fn fits(&self, token: &View<'_>) -> bool {
        self.tests.iter().all(|(key, test)| {
            let text = match key {
                Key::Text => &token.word.text,
                Key::Lower => &token.word.lower,
                Key::Norm => &token.word.norm,
                Key::Tag => token.tag,
                Key::Dep => token.dep,
                Key::IsSpace => return matches!(test, Test::Flag(wanted) if *wanted == token.word.is_space),
            };
            match test {
                Test::Is(wanted) => text == wanted,
                Test::In(list) => list.contains(text),
                Test::NotIn(list) => !list.contains(text),
                Test::Matches(regex) => regex.is_match(text.as_str()).unwrap_or(false),
                Test::Flag(_) => false,
            }
        })
    }
}

fn spec(value: &ValueRef<'_>) -> Result<Spec, Error> {
    let mut tests = Vec::new();
    for (key, wanted) in entries(value).ok_or_else(|| wrong("token of a pattern", "a map"))? {
        let key = match text(key) {
            Some("TEXT" | "ORTH") => Key::Text,
            Some("LOWER") => Key::Lower,
            Some("NORM") => Key::Norm,
            Some("TAG") => Key::Tag,
            Some("DEP") => Key::Dep,
            Some("IS_SPACE") => Key::IsSpace,
            _ => return Err(Error::unsupported(format!("a pattern asks for {key}"))),
        };
        tests.push((key, test(key, wanted)?));
    }
    if tests.is_empty() {
        return Err(Error::unsupported("a pattern that fits every token"));
    }
    Ok(Spec { tests })
}

fn test(key: Key, wanted: &ValueRef<'_>) -> Result<Test, Error> {
    if let (Key::IsSpace, ValueRef::Boolean(flag)) = (key, wanted) {
        return Ok(Test::Flag(*flag));
    }
    if key == Key::IsSpace {
        return Err(wrong("IS_SPACE", "true or false"));
    }
    if let Some(text) = text(wanted) {
        return Ok(Test::Is(text.into()));
    }
    let [(predicate, value)] = entries(wanted).unwrap_or_default() else {
        return Err(Error::unsupported("a pattern with more than one predicate a field"));
    };
    let list = || items(value)?.iter().map(|v| text(v).map(SmolStr::new)).collect::<Option<Vec<_>>>();
    let bad = || wrong("value of a predicate", "a list of texts");
    match text(predicate) {
        Some("IN") => Ok(Test::In(list().ok_or_else(bad)?)),
        Some("NOT_IN") => Ok(Test::NotIn(list().ok_or_else(bad)?)),
        Some("REGEX") => {
            let pattern = text(value).ok_or_else(|| wrong("REGEX", "text"))?;
            let regex = Regex::new(pattern).map_err(|e| Error::format(format!("REGEX {pattern}: {e}")))?;
            Ok(Test::Matches(Box::new(regex)))
        }
        _ => Err(Error::unsupported(format!("predicate {predicate}"))),
    }
}
