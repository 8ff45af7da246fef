//! The page tables as matchers: class names and phrases looked up in one pass each.

use aho_corasick::{AhoCorasick, MatchKind};
use record::BlockKind;
use std::collections::HashMap;
use std::sync::OnceLock;
use tables::pages::{Field, FieldName, FieldPlace, PhrasePlace, Role, WordRole};

/// All page tables, ready to be asked. Built once, from what is embedded.
pub(crate) struct Knowledge {
    classes: Option<AhoCorasick>,
    class_kinds: Vec<BlockKind>,
    phrases: Option<AhoCorasick>,
    phrase_rows: Vec<Vec<(PhrasePlace, BlockKind, Role)>>,
    sections: HashMap<String, &'static str>,
    function_words: HashMap<&'static str, Vec<&'static str>>,
    /// Agencies by every name, as written.
    pub agencies: HashMap<&'static str, &'static str>,
    words: HashMap<WordRole, Vec<&'static str>>,
    /// One bit for every role of a word.
    roles: HashMap<&'static str, u32>,
    fields: HashMap<(FieldPlace, Field), Vec<FieldName>>,
    /// Names of fields in classes, a blank before and after each, and the field of each.
    class_fields: Option<AhoCorasick>,
    class_field_of: Vec<Field>,
    gates: Option<AhoCorasick>,
}

/// Phrases found in one line.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Hits {
    /// Kind of the whole line.
    pub whole: Option<BlockKind>,
    /// Kind of the group that the line is the heading of.
    pub heading: Option<BlockKind>,
    /// Kind by the line's beginning.
    pub start: Option<BlockKind>,
    /// Kind by the line's end.
    pub end: Option<BlockKind>,
    /// Kind by something in the middle.
    pub inside: Option<BlockKind>,
    /// One bit for every kind hit, any place.
    pub mask: u32,
}

/// The one copy of the tables.
pub(crate) fn knowledge() -> &'static Knowledge {
    static ONE: OnceLock<Knowledge> = OnceLock::new();
    ONE.get_or_init(build)
}

fn build() -> Knowledge {
    let classes = tables::pages::classes().unwrap_or_default();
    let class_words: Vec<String> = classes.iter().map(|c| format!(" {} ", c.words)).collect();
    let mut at: HashMap<&str, usize> = HashMap::new();
    let mut patterns: Vec<String> = Vec::new();
    let mut phrase_rows: Vec<Vec<_>> = Vec::new();
    for phrase in tables::pages::phrases().unwrap_or_default() {
        let slot = *at.entry(phrase.words).or_insert_with(|| {
            patterns.push(format!(" {} ", phrase.words));
            phrase_rows.push(Vec::new());
            patterns.len() - 1
        });
        if let (Some(rows), Some(kind)) = (phrase_rows.get_mut(slot), kind(phrase.kind)) {
            rows.push((phrase.place, kind, phrase.role));
        }
    }
    let mut agencies = HashMap::new();
    for agency in tables::pages::agencies().unwrap_or_default() {
        agencies.insert(agency.name, agency.name);
        agencies.extend(agency.aliases.iter().map(|a| (*a, agency.name)));
    }
    let mut words: HashMap<WordRole, Vec<&'static str>> = HashMap::new();
    let mut roles: HashMap<&'static str, u32> = HashMap::new();
    for (role, word) in tables::pages::words().unwrap_or_default() {
        words.entry(role).or_default().push(word);
        *roles.entry(word).or_default() |= 1 << role as u32;
    }
    let mut fields: HashMap<(FieldPlace, Field), Vec<FieldName>> = HashMap::new();
    for row in tables::pages::fields().unwrap_or_default() {
        fields.entry((row.place, row.field)).or_default().push(row);
    }
    let in_classes: Vec<FieldName> = fields
        .iter()
        .filter(|((place, _), _)| *place == FieldPlace::Class)
        .flat_map(|(_, f)| f.clone())
        .collect();
    let class_names: Vec<String> = in_classes.iter().map(|f| format!(" {} ", f.name)).collect();
    let gates = words.get(&WordRole::Gate).map_or(&[][..], Vec::as_slice);
    Knowledge {
        class_fields: matcher(&class_names),
        class_field_of: in_classes.iter().map(|f| f.field).collect(),
        gates: AhoCorasick::builder().ascii_case_insensitive(true).build(gates).ok(),
        words,
        roles,
        fields,
        class_kinds: classes.iter().filter_map(|c| kind(c.kind)).collect(),
        classes: matcher(&class_words),
        phrases: matcher(&patterns),
        phrase_rows,
        sections: tables::pages::sections()
            .unwrap_or_default()
            .iter()
            .map(|s| (s.to_lowercase(), *s))
            .collect(),
        function_words: tables::pages::function_words().unwrap_or_default().into_iter().collect(),
        agencies,
    }
}

fn matcher(patterns: &[String]) -> Option<AhoCorasick> {
    AhoCorasick::builder().match_kind(MatchKind::Standard).build(patterns).ok()
}

/// The kind that a table cell names.
pub(crate) fn kind(name: &str) -> Option<BlockKind> {
    use BlockKind::*;
    Some(match name {
        "paragraph" => Paragraph,
        "headline" => Headline,
        "standfirst" => Standfirst,
        "byline" => Byline,
        "published" => Published,
        "section" => Section,
        "caption" => Caption,
        "ticker" => Ticker,
        "related" => Related,
        "share" => Share,
        "comment" => Comment,
        "navigation" => Navigation,
        "advertisement" => Advertisement,
        "tags" => Tags,
        _ => return None,
    })
}

/// When one element has words of several kinds, the kind that stands first here wins: small things before containers.
const CLASS_RANK: [BlockKind; 14] = [
    BlockKind::Caption,
    BlockKind::Comment,
    BlockKind::Share,
    BlockKind::Tags,
    BlockKind::Ticker,
    BlockKind::Byline,
    BlockKind::Published,
    BlockKind::Standfirst,
    BlockKind::Advertisement,
    BlockKind::Paragraph,
    BlockKind::Related,
    BlockKind::Navigation,
    BlockKind::Section,
    BlockKind::Headline,
];

impl Knowledge {
    /// Kind of block that the class words announce. `names` is lower case, a blank before and after every word.
    pub fn class(&self, names: &str) -> Option<BlockKind> {
        if names.len() < 3 {
            return None;
        }
        let found = self.classes.as_ref()?.find_overlapping_iter(names);
        let kinds = found.filter_map(|m| self.class_kinds.get(m.pattern().as_usize()).copied());
        kinds.min_by_key(|k| CLASS_RANK.iter().position(|r| r == k))
    }

    /// Phrases in a line. `folded` is the line's words in lower case, a blank before and after every word.
    pub fn phrases(&self, folded: &str) -> Hits {
        let mut hits = Hits::default();
        let Some(matcher) = &self.phrases else { return hits };
        for found in matcher.find_overlapping_iter(folded) {
            let starts = found.start() == 0;
            let ends = found.end() == folded.len();
            for &(place, kind, role) in self.phrase_rows.get(found.pattern().as_usize()).into_iter().flatten()
            {
                let slot = match place {
                    PhrasePlace::Whole if starts && ends && role == Role::Heading => &mut hits.heading,
                    PhrasePlace::Whole if starts && ends => &mut hits.whole,
                    PhrasePlace::Start if starts => &mut hits.start,
                    PhrasePlace::End if ends => &mut hits.end,
                    PhrasePlace::In => &mut hits.inside,
                    _ => continue,
                };
                slot.get_or_insert(kind);
                hits.mask |= 1 << kind as u32;
            }
        }
        hits
    }

    /// Words with this role, as the table orders them.
    pub fn words(&self, role: WordRole) -> &[&'static str] {
        self.words.get(&role).map_or(&[], Vec::as_slice)
    }

    /// True when `word` has this role.
    pub fn is(&self, role: WordRole, word: &str) -> bool {
        self.roles.get(word).is_some_and(|roles| roles & (1 << role as u32) != 0)
    }

    /// True when `text` has a word with this role anywhere in it, inside other words too.
    pub fn has(&self, role: WordRole, text: &str) -> bool {
        self.words(role).iter().any(|w| text.contains(w))
    }

    /// True when `text` begins with words of this role.
    pub fn starts(&self, role: WordRole, text: &str) -> bool {
        self.words(role).iter().any(|w| text.starts_with(w))
    }

    /// Names under which a field is kept at a place, the most trusted first.
    pub fn fields(&self, place: FieldPlace, field: Field) -> &[FieldName] {
        self.fields.get(&(place, field)).map_or(&[], Vec::as_slice)
    }

    /// True when class words (lower case, a blank before and after each) hold a name of the field.
    pub fn class_gives(&self, field: Field, names: &str) -> bool {
        self.class_gives_any(&[field], names)
    }

    /// True when class words hold a name of one of the fields.
    pub fn class_gives_any(&self, fields: &[Field], names: &str) -> bool {
        let Some(matcher) = self.class_fields.as_ref().filter(|_| names.len() > 2) else { return false };
        let found = matcher.find_overlapping_iter(names);
        let mut of = found.filter_map(|m| self.class_field_of.get(m.pattern().as_usize()));
        of.any(|f| fields.contains(f))
    }

    /// True when `text` says that the rest is for those who pay; letters of any case.
    pub fn is_gate(&self, text: &str) -> bool {
        self.gates.as_ref().is_some_and(|g| g.is_match(text))
    }

    /// True for words that carry grammar, not content; lower case.
    pub fn is_function_word(&self, word: &str) -> bool {
        self.function_words.contains_key(word)
    }

    /// True for function words of the language with this tag; lower case.
    pub fn is_function_word_of(&self, word: &str, language: &str) -> bool {
        self.function_words.get(word).is_some_and(|l| l.contains(&language))
    }

    /// The news section of that name, any case, as the table writes it.
    pub fn section(&self, name: &str) -> Option<&'static str> {
        self.sections.get(&name.to_lowercase()).copied()
    }
}

/// The words of a text in lower case with a blank before and after each, as [`Knowledge::phrases`] wants it.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push(' ');
    for word in crate::line::words(text) {
        fold_word(word, &mut out);
    }
    out
}

/// Adds one word in lower case and a blank.
pub(crate) fn fold_word(word: &str, out: &mut String) {
    if word.is_ascii() {
        let start = out.len();
        out.push_str(word);
        out.get_mut(start..).unwrap_or_default().make_ascii_lowercase();
    } else {
        out.extend(word.chars().flat_map(char::to_lowercase));
    }
    out.push(' ');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_count_only_in_their_place() {
        let known = knowledge();
        assert_eq!(known.phrases(&fold("Related articles")).heading, Some(BlockKind::Related));
        assert_eq!(known.phrases(&fold("News update")).heading, Some(BlockKind::Ticker));
        let hits = known.phrases(&fold("He said related articles of the treaty stay in force."));
        assert_eq!((hits.heading, hits.whole, hits.start), (None, None, None));
        assert_eq!(known.phrases(&fold("Share this on Facebook")).start, Some(BlockKind::Share));
    }

    #[test]
    fn class_words_rank() {
        let known = knowledge();
        assert_eq!(known.class(" wp caption text "), Some(BlockKind::Caption));
        assert_eq!(known.class(" article body "), Some(BlockKind::Paragraph));
        assert_eq!(known.class(" col md 8 "), None);
    }
}
