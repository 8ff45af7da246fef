//! A parse to candidate spans: every stretch of words that might be a toponym.

use super::world::{Candidate, Kind, World, fold_name};
use hashbrown::{HashMap, HashSet};
use record::{ByteSpan, Syntax, TokenSpan};

/// Longest name in tokens.
const LONGEST: usize = 7;

/// Best sort of place that bears a name, as the recogniser sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gaz {
    None,
    Alternate,
    Hamlet,
    Village,
    Town,
    City,
    Metropolis,
    Adm2,
    Adm1Short,
    Adm1,
    Capital,
    Feature,
    Continent,
    Country,
}

impl Gaz {
    pub fn name(self) -> &'static str {
        match self {
            Gaz::None => "none",
            Gaz::Alternate => "alternate",
            Gaz::Hamlet => "hamlet",
            Gaz::Village => "village",
            Gaz::Town => "town",
            Gaz::City => "city",
            Gaz::Metropolis => "metropolis",
            Gaz::Adm2 => "adm2",
            Gaz::Adm1Short => "short",
            Gaz::Adm1 => "adm1",
            Gaz::Capital => "capital",
            Gaz::Feature => "feature",
            Gaz::Continent => "continent",
            Gaz::Country => "country",
        }
    }

    fn of(c: &Candidate, short: bool) -> Gaz {
        use super::world::How;
        match c.kind {
            Kind::Country => Gaz::Country,
            Kind::Continent => Gaz::Continent,
            Kind::Feature => Gaz::Feature,
            Kind::Adm1 if short => Gaz::Adm1Short,
            Kind::Adm1 if c.how == How::Alternate => Gaz::Alternate,
            Kind::Adm1 => Gaz::Adm1,
            Kind::Capital if c.how != How::Alternate || c.log_population > 13.8 => Gaz::Capital,
            _ if c.how == How::Alternate => Gaz::Alternate,
            Kind::Adm2 => Gaz::Adm2,
            _ => match c.log_population {
                p if p > 13.1 => Gaz::Metropolis,
                p if p > 11.5 => Gaz::City,
                p if p > 9.6 => Gaz::Town,
                p if p > 7.6 => Gaz::Village,
                _ => Gaz::Hamlet,
            },
        }
    }
}

/// A stretch of tokens that might be a toponym.
#[derive(Debug, Clone)]
pub(crate) struct Candidature {
    pub tokens: TokenSpan,
    pub span: ByteSpan,
    pub folded: String,
    pub gaz: Gaz,
    /// Number of places that bear the name.
    pub bearers: usize,
    /// Index of the widest known span around it, if wider than it.
    pub cover: Option<usize>,
}

/// What a whole page says about its words.
pub(crate) struct PageView<'s, 'a> {
    pub syntax: &'s Syntax<'a>,
    /// True for tokens that start with a capital.
    pub capital: Vec<bool>,
    /// Words seen in lower case.
    pub lower: HashSet<&'s str>,
    /// Entity labels of a folded surface, a bit each in the order of [`LABELS`].
    pub labels: HashMap<String, u8>,
    /// Words inside names of persons: 1 first, 2 last, 4 between.
    pub person: HashMap<String, u8>,
}

/// Entity labels that the recogniser tells apart.
pub(crate) const LABELS: [&str; 6] = ["GPE", "LOC", "FAC", "PERSON", "ORG", "NORP"];

impl<'s, 'a> PageView<'s, 'a> {
    pub fn new(syntax: &'s Syntax<'a>) -> Self {
        let n = syntax.len();
        let capital: Vec<bool> =
            (0..n).map(|i| syntax.text(i).chars().next().is_some_and(char::is_uppercase)).collect();
        let lower = (0..n).filter(|&i| !capital[i]).map(|i| syntax.lower(i)).collect();
        let mut labels: HashMap<String, u8> = HashMap::new();
        let mut person: HashMap<String, u8> = HashMap::new();
        for e in &syntax.doc.entities {
            let Some(bit) = LABELS.iter().position(|l| *l == e.label) else { continue };
            let tokens = trimmed(syntax, e.tokens);
            *labels.entry(fold_name(syntax.tokens_text(tokens))).or_default() |= 1 << bit;
            if e.label == "PERSON" && tokens.len() > 1 {
                for i in tokens.range() {
                    let bit = if i == tokens.start as usize {
                        1
                    } else if i + 1 == tokens.end as usize {
                        2
                    } else {
                        4
                    };
                    *person.entry(fold_name(syntax.text(i))).or_default() |= bit;
                }
            }
        }
        PageView { syntax, capital, lower, labels, person }
    }

    /// True for tokens that may stand inside a name without a capital.
    fn joins(&self, i: usize) -> bool {
        matches!(
            self.syntax.lower(i),
            "of" | "de"
                | "la"
                | "al"
                | "el"
                | "del"
                | "the"
                | "upon"
                | "on"
                | "du"
                | "des"
                | "di"
                | "da"
                | "do"
                | "dos"
                | "van"
                | "der"
                | "sur"
                | "le"
                | "les"
                | "in"
                | "under"
                | "and"
                | "-"
                | "–"
                | "’s"
                | "'s"
                | "&"
                | "'"
                | "’"
                | "ez"
                | "ed"
                | "es"
                | "as"
                | "ash"
                | "an"
                | "ar"
                | "au"
                | "aux"
                | "am"
                | "den"
        )
    }

    /// True when a name may start at the token.
    fn starts(&self, i: usize) -> bool {
        let prefix =
            matches!(self.syntax.lower(i), "al" | "el" | "ash" | "as" | "an" | "ad" | "ar" | "az" | "at");
        self.capital[i]
            || prefix && i + 2 < self.capital.len() && self.syntax.text(i + 1) == "-" && self.capital[i + 2]
    }

    /// Ends of the spans that may be names from token `i`, shortest first.
    fn ends(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        let stop =
            self.syntax.sentence(i).map_or(i + 1, |s| self.syntax.doc.sentences[s].tokens.end as usize);
        let stop = stop.min(i + LONGEST).min(self.capital.len());
        let mut j = i;
        std::iter::from_fn(move || {
            loop {
                if j >= stop || (j > i && !self.capital[j] && !self.joins(j)) || self.syntax.tag(j) == "_SP" {
                    return None;
                }
                j += 1;
                if self.capital[j - 1] {
                    return Some(j);
                }
            }
        })
    }
}

/// An entity without the article before it and the possessive or punctuation after it.
pub(crate) fn trimmed(syntax: &Syntax<'_>, tokens: TokenSpan) -> TokenSpan {
    let (mut start, mut end) = (tokens.start as usize, (tokens.end as usize).min(syntax.len()));
    while start < end && (matches!(syntax.lower(start), "the" | "a" | "an") || is_mark(syntax, start)) {
        start += 1;
    }
    while start < end
        && (matches!(syntax.lower(end - 1), "'s" | "’s" | "'" | "’") || is_mark(syntax, end - 1))
    {
        end -= 1;
    }
    TokenSpan::new(start, end)
}

fn is_mark(syntax: &Syntax<'_>, i: usize) -> bool {
    !syntax.text(i).chars().any(char::is_alphanumeric)
}

/// All candidate spans of a page, in text order, wider first at the same start.
pub(crate) fn candidatures(view: &PageView<'_, '_>, world: &World) -> Vec<Candidature> {
    let mut found: HashMap<TokenSpan, Candidature> = HashMap::new();
    let n = view.syntax.len();
    let mut run_end = 0;
    for i in 0..n {
        if !view.starts(i) {
            continue;
        }
        for j in view.ends(i) {
            offer(view, world, TokenSpan::new(i, j), false, &mut found);
        }
        if i >= run_end {
            run_end = (i..n).find(|&j| !view.capital[j]).unwrap_or(n);
            offer(view, world, TokenSpan::new(i, run_end.min(i + LONGEST)), true, &mut found);
        }
    }
    for e in &view.syntax.doc.entities {
        if matches!(e.label.as_str(), "GPE" | "LOC" | "FAC" | "ORG" | "PERSON" | "NORP" | "PRODUCT" | "EVENT")
        {
            let tokens = trimmed(view.syntax, e.tokens);
            if !tokens.is_empty() && tokens.len() <= 8 && tokens.range().any(|i| view.capital[i]) {
                offer(view, world, tokens, true, &mut found);
            }
        }
    }
    let mut out: Vec<Candidature> = found.into_values().collect();
    out.sort_by_key(|c| (c.tokens.start, std::cmp::Reverse(c.tokens.end)));
    let spans: Vec<(TokenSpan, bool)> = out.iter().map(|c| (c.tokens, c.gaz > Gaz::Alternate)).collect();
    for (i, c) in out.iter_mut().enumerate() {
        let near = spans.iter().enumerate().take(i + 12).skip(i.saturating_sub(24));
        let wider = near
            .filter(|(k, (s, known))| *k != i && *known && s.covers(c.tokens) && s.len() > c.tokens.len());
        c.cover = wider.max_by_key(|(_, (s, _))| s.len()).map(|(k, _)| k);
    }
    out
}

fn offer(
    view: &PageView<'_, '_>,
    world: &World,
    tokens: TokenSpan,
    unknown_too: bool,
    found: &mut HashMap<TokenSpan, Candidature>,
) {
    if tokens.is_empty() || found.contains_key(&tokens) {
        return;
    }
    let span = view.syntax.doc.bytes_of(tokens);
    let text = view.syntax.slice(span);
    let folded = fold_name(text);
    if folded.is_empty() || text.len() > 80 {
        return;
    }
    let mut places = Vec::new();
    if world.has(&folded) {
        world.named(text, &folded, &mut places);
    }
    if places.is_empty() && folded.contains(' ') {
        places = known_by_kind(world, text, &folded);
    }
    if places.is_empty() && !unknown_too {
        return;
    }
    let short =
        |c: &Candidate| c.row.is_some() && text.len() <= 6 && (text.ends_with('.') || text.len() == 2);
    let gaz = places.iter().map(|c| Gaz::of(c, short(c))).max().unwrap_or(Gaz::None);
    found.insert(tokens, Candidature { tokens, span, folded, gaz, bearers: places.len(), cover: None });
}

/// Places of "St. Louis" spelt out and of "Kent County" without its last word.
fn known_by_kind(world: &World, text: &str, folded: &str) -> Vec<Candidate> {
    let first = folded.split(' ').next().unwrap_or("");
    let last = folded.rsplit(' ').next().unwrap_or("");
    let kind = [
        "county",
        "province",
        "oblast",
        "region",
        "governorate",
        "prefecture",
        "township",
        "twp",
        "parish",
        "state",
    ];
    if matches!(first, "st" | "mt" | "ft" | "pt" | "saint" | "mount" | "fort" | "county")
        || kind.contains(&last)
    {
        let mut out = world.candidates(text);
        out.retain(|c| c.how < super::world::How::Direction);
        return out;
    }
    Vec::new()
}
