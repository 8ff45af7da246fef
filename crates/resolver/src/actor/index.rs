//! Names to senses: a hash over word sequences, searched longest match first.

use super::words::{self, Word};
use hashbrown::HashMap;
use hashbrown::hash_map::Entry;

/// What a form stands for: an index into one of the lists of [`super::knowledge::Knowledge`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sense {
    /// Country by name.
    Country(u16),
    /// Country by adjective or demonym.
    Demonym(u16),
    /// Capital, palace, street.
    Metonym(u16),
    /// Person, organisation, group or party.
    Entity(u32),
    /// Ethnic or religious group.
    People(u16),
    /// Agent noun; true = plural.
    Role(u16, bool),
    /// Title of office; true = plural.
    Title(u16, bool),
}

/// How much context a form needs before it is believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weak {
    /// None.
    No,
    /// A family name alone, or a form that other entries share.
    Short,
    /// Also a common word or given name: only after a full mention.
    Common,
    /// A description ("the alliance"): only with "the" and after a full mention.
    Definite,
}

/// One form of one sense.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    /// What it stands for.
    pub sense: Sense,
    /// How much context the form needs.
    pub weak: Weak,
    /// Bit `i`: word `i` must start with a capital.
    capitals: u32,
    /// All words must be in capitals (acronyms).
    upper: bool,
    next: u32,
}

impl Form {
    /// The form as one that needs no context.
    pub fn in_full(self) -> Form {
        Form { weak: Weak::No, ..self }
    }
}

const NONE: u32 = u32::MAX;

/// The index.
#[derive(Debug, Default)]
pub struct Index {
    /// Hash of a whole form → first of its forms.
    forms: HashMap<u64, u32, Plain>,
    /// Hash of a first word → longest form in words.
    longest: HashMap<u64, u8, Plain>,
    list: Vec<Form>,
}

/// Hashes are already mixed: pass them through.
#[derive(Debug, Clone, Copy, Default)]
pub struct Plain(u64);

impl std::hash::BuildHasher for Plain {
    type Hasher = Plain;
    fn build_hasher(&self) -> Plain {
        Plain(0)
    }
}

impl std::hash::Hasher for Plain {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(b);
        }
    }
    fn write_u64(&mut self, n: u64) {
        self.0 = n ^ (n >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// How the case of a form counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// Words with a capital in the form need one in the text; short forms in capitals need all.
    Name,
    /// Case does not count (roles and titles).
    Any,
}

impl Index {
    /// An index with room for `n` forms.
    pub fn with_room(n: usize) -> Self {
        Index {
            forms: HashMap::with_capacity_and_hasher(n, Plain(0)),
            longest: HashMap::with_capacity_and_hasher(n / 2, Plain(0)),
            list: Vec::with_capacity(n),
        }
    }

    /// Adds a form. Bracketed parts are left out; a leading "the" is optional.
    pub fn add(&mut self, text: &str, sense: Sense, case: Case, weak: Weak) {
        let bare = text.split(" (").next().unwrap_or(text);
        let name = bare.strip_prefix("the ").or_else(|| bare.strip_prefix("The "));
        let plain = name.is_some_and(|n| !n.chars().any(char::is_uppercase)) && case == Case::Name;
        let weak = if plain || weak == Weak::Short && name.is_some() { Weak::Definite } else { weak };
        let bare = name.unwrap_or(bare);
        let words = words::of(bare);
        let Some(first) = words.first() else { return };
        let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
        let upper = case == Case::Name && letters <= 5 && words.iter().all(|w| w.upper || letters == 1);
        let mut capitals = 0;
        if case == Case::Name {
            for (i, _) in words.iter().enumerate().filter(|(i, w)| w.capital && *i < 32) {
                capitals |= 1 << i;
            }
        }
        let hash = words.iter().fold(0, |h, w| words::join(h, w.hash));
        let size = words.len().min(250) as u8;
        let longest = self.longest.entry(first.hash).or_insert(0);
        *longest = (*longest).max(size);
        let at = self.list.len() as u32;
        let form = Form { sense, weak, capitals, upper, next: NONE };
        match self.forms.entry(hash) {
            Entry::Vacant(slot) => {
                slot.insert(at);
            }
            Entry::Occupied(slot) => {
                let mut last = *slot.get();
                loop {
                    let seen = &self.list[last as usize];
                    if seen.sense == sense && seen.weak <= weak && seen.capitals == capitals {
                        return;
                    }
                    if seen.next == NONE {
                        break;
                    }
                    last = seen.next;
                }
                self.list[last as usize].next = at;
            }
        }
        self.list.push(form);
    }

    /// The longest forms that `words` starts with: how many words and what they may stand for. `words` must not be
    /// longer than what may be matched.
    pub fn longest(&self, words: &[Word]) -> Option<(usize, Vec<Form>)> {
        let most = usize::from(*self.longest.get(&words.first()?.hash)?);
        let mut found = None;
        let mut hash = 0;
        for (i, word) in words.iter().take(most).enumerate() {
            hash = words::join(hash, word.hash);
            if let Some(&first) = self.forms.get(&hash) {
                let forms = self.fitting(first, &words[..=i]);
                if !forms.is_empty() {
                    found = Some((i + 1, forms));
                }
            }
        }
        found
    }

    /// What exactly these words may stand for.
    pub fn exact(&self, words: &[Word]) -> Vec<Form> {
        let hash = words.iter().fold(0, |h, w| words::join(h, w.hash));
        self.forms.get(&hash).map_or_else(Vec::new, |&first| self.fitting(first, words))
    }

    fn fitting(&self, first: u32, words: &[Word]) -> Vec<Form> {
        let mut out = Vec::new();
        let mut capitals = 0u32;
        for (i, _) in words.iter().enumerate().filter(|(i, w)| w.capital && *i < 32) {
            capitals |= 1 << i;
        }
        let upper = words.iter().all(|w| w.upper);
        let mut at = first;
        while let Some(form) = self.list.get(at as usize) {
            if form.capitals & !capitals == 0 && (!form.upper || upper) {
                out.push(*form);
            }
            at = form.next;
        }
        out
    }

    /// Number of forms.
    pub fn len(&self) -> usize {
        self.list.len()
    }
}
