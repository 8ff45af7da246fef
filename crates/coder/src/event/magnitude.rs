//! Numbers told of an event to intervals: killed, injured, arrested, displaced, crowds, troops, weapons, money.

use record::{ByteSpan, Event, Magnitude, Syntax, TokenSpan};
use smol_str::SmolStr;
use tables::magnitudes::{Bound, Kind, Magnitudes, Number, Role};
use tables::tsv::TableError;

/// Share by which "about" and "nearly" let a number differ.
const LOOSE: f64 = 0.1;

/// Reads magnitudes.
pub struct MagnitudeReader {
    tables: Magnitudes,
}

/// A number in the text.
struct Found {
    low: f64,
    high: f64,
    tokens: TokenSpan,
}

impl MagnitudeReader {
    /// Loads the embedded tables.
    ///
    /// # Errors
    /// A table does not keep its form.
    pub fn embedded() -> Result<Self, TableError> {
        Ok(MagnitudeReader { tables: Magnitudes::embedded()? })
    }

    /// Magnitudes told within `tokens` (a sentence or a clause), in text order.
    pub fn read(&self, syntax: &Syntax<'_>, tokens: TokenSpan) -> Vec<Magnitude> {
        let mut out = Vec::new();
        let end = (tokens.end as usize).min(syntax.len());
        let mut at = tokens.start as usize;
        while at < end {
            match self.number(syntax, at, end) {
                Some(found) => {
                    at = found.tokens.end as usize;
                    out.extend(self.magnitude(syntax, found, tokens.start as usize));
                }
                None => at += 1,
            }
        }
        out
    }

    /// Gives each magnitude to the event of its sentence whose clause holds it most closely.
    pub fn attach(&self, syntax: &Syntax<'_>, events: &mut [Event]) {
        let mut sentences: Vec<u32> = events.iter().map(|e| e.sentence).collect();
        sentences.sort_unstable();
        sentences.dedup();
        for number in sentences {
            let Some(sentence) = syntax.doc.sentences.get(number as usize) else { continue };
            let found = self.read(syntax, sentence.tokens);
            if found.is_empty() {
                continue;
            }
            let clauses: Vec<(usize, TokenSpan)> = (0..events.len())
                .filter(|&e| events[e].sentence == number)
                .map(|e| (e, clause(syntax, events[e].trigger)))
                .collect();
            for magnitude in found {
                let tokens = syntax.doc.tokens_in(magnitude.span);
                let holding = clauses.iter().filter(|(_, c)| c.covers(tokens));
                if let Some(&(e, _)) = holding.min_by_key(|(_, c)| c.len()) {
                    events[e].magnitudes.push(magnitude);
                }
            }
        }
    }

    /// The number that starts at token `at`: digits, words, "hundreds of thousands", "20 to 30".
    fn number(&self, s: &Syntax<'_>, at: usize, end: usize) -> Option<Found> {
        let (low, high, mut next) = self.plain(s, at, end)?;
        let (mut low, mut high) = (low, high);
        // "20 to 30", "20-30", "between 20 and 30".
        let joins = next < end
            && (matches!(s.lower(next), "to" | "-" | "–")
                || s.lower(next) == "and" && at > 0 && s.lower(at - 1) == "between");
        if joins
            && let Some((_, other, after)) = self.plain(s, next + 1, end)
            && other > low
        {
            high = other;
            // "2 to 3 million": the scale holds for both.
            if high >= 1e3 && low < 1e3 && high / low > 100.0 {
                low *= scale_of(high);
            }
            next = after;
        }
        Some(Found { low, high, tokens: TokenSpan::new(at, next) })
    }

    fn plain(&self, s: &Syntax<'_>, at: usize, end: usize) -> Option<(f64, f64, usize)> {
        if at >= end {
            return None;
        }
        let mut next = at;
        // "half a million".
        if s.lower(at) == "half" && at + 2 < end && matches!(s.lower(at + 1), "a" | "an") {
            let Some(Number::Scale(n)) = self.tables.number(s.lower(at + 2)) else { return None };
            return Some((n / 2.0, n / 2.0, at + 3));
        }
        let (mut low, mut high) = match (self.digits(s.text(at)), self.tables.number(s.lower(at))) {
            (Some(n), _) => (n, n),
            (None, Some(Number::Unit(n))) => (n, n),
            (None, Some(Number::Vague(a, b))) => (a, b),
            (None, Some(Number::Scale(n))) if at > 0 && matches!(s.lower(at - 1), "a" | "an" | "one") => {
                (n, n)
            }
            _ => return None,
        };
        next += 1;
        let (mut whole_low, mut whole_high) = (0.0, 0.0);
        while next < end {
            match self.tables.number(s.lower(next)) {
                Some(Number::Scale(n)) => {
                    (low, high) = (low * n, high * n);
                    if n >= 1e3 {
                        (whole_low, whole_high) = (whole_low + low, whole_high + high);
                        (low, high) = (0.0, 0.0);
                    }
                    next += 1;
                }
                Some(Number::Unit(n)) if self.tables.number(s.lower(next - 1)).is_some() => {
                    (low, high) = (low + n, high + n);
                    next += 1;
                }
                _ if matches!(s.lower(next), "-" | "and") && self.continues(s, next, end) => next += 1,
                _ if s.lower(next) == "of"
                    && next + 1 < end
                    && self.multiple(s.lower(next + 1)).is_some() =>
                {
                    let n = self.multiple(s.lower(next + 1))?;
                    (low, high) = (low * n, high * n);
                    next += 2;
                }
                _ => break,
            }
        }
        Some((whole_low + low, whole_high + high, next))
    }

    /// "twenty-one", "two hundred and five": a number word before and after.
    fn continues(&self, s: &Syntax<'_>, at: usize, end: usize) -> bool {
        let word = |i: usize| self.tables.number(s.lower(i));
        let unit = at + 1 < end && matches!(word(at + 1), Some(Number::Unit(_)));
        let before = at.checked_sub(1).and_then(word);
        match s.lower(at) {
            "-" => unit && matches!(before, Some(Number::Unit(n)) if n >= 20.0),
            _ => unit && matches!(before, Some(Number::Scale(_))),
        }
    }

    /// Value of "thousands" in "tens of thousands".
    fn multiple(&self, word: &str) -> Option<f64> {
        match self.tables.number(word.strip_suffix('s')?)? {
            Number::Scale(n) => Some(n),
            _ => None,
        }
    }

    fn magnitude(&self, s: &Syntax<'_>, found: Found, first: usize) -> Option<Magnitude> {
        let (start, end) = (found.tokens.start as usize, found.tokens.end as usize);
        let money = self.money(s, start, end);
        let (kind, unit, from, to) = match money {
            Some((unit, from, to)) => (SmolStr::new("money"), unit, from, to),
            None => {
                let noun = counted(s, start, end)?;
                let kind = self.kind(s, noun, start)?;
                (kind.kind.clone(), kind.unit.clone(), start, end)
            }
        };
        let before = |k: usize| (from.checked_sub(k + 1)).filter(|&i| i >= first).map(|i| s.lower(i));
        let more = to + 1 < s.len() && s.lower(to) == "or" && s.lower(to + 1) == "more";
        // "more than a thousand".
        let article = usize::from(matches!(before(0), Some("a" | "an")));
        let bound = self.tables.bound(|k| before(k + article)).map(|(b, words)| (b, words + article));
        let bound = if more { Some((Bound::AtLeast, 0)) } else { bound };
        let (low, high) = interval(&found, bound.map(|b| b.0));
        let bound = bound.or_else(|| self.tables.bound(before));
        let between = usize::from(before(0) == Some("between"));
        let from = from - bound.map_or(between, |b| b.1);
        let to = if more { to + 2 } else { to };
        let span = s.doc.bytes_of(TokenSpan::new(from, to));
        Some(Magnitude { kind, low, high, unit, span })
    }

    /// Value of digits with thousands marks, a decimal point and a scale ("1,200", "50bn"); `None` for ordinals, dates
    /// and the like.
    fn digits(&self, text: &str) -> Option<f64> {
        let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.')).unwrap_or(text.len());
        let (number, scale) = text.split_at_checked(end)?;
        let scale = match (scale, self.tables.number(scale)) {
            ("", _) => 1.0,
            (_, Some(Number::Scale(n))) => n,
            _ => return None,
        };
        let mut plain = [0u8; 24];
        let mut len = 0;
        for b in number.bytes().filter(|&b| b != b',') {
            *plain.get_mut(len)? = b;
            len += 1;
        }
        let value: f64 = std::str::from_utf8(plain.get(..len)?).ok()?.parse().ok()?;
        Some(value * scale)
    }

    /// Currency beside a number, with the tokens of the sum.
    fn money(&self, s: &Syntax<'_>, start: usize, end: usize) -> Option<(SmolStr, usize, usize)> {
        if let Some(sign) = start.checked_sub(1)
            && let Some(code) = self.tables.currency(s.lower(sign))
            && !matches!(s.pos(sign), "VERB" | "AUX" | "PRON")
        {
            // "US $ 20": the country before the sign.
            return Some((code.clone(), sign, end));
        }
        let next = (end < s.len()).then(|| s.lower(end))?;
        let adjective = (end + 1 < s.len() && s.pos(end) == "ADJ").then(|| s.lower(end + 1));
        let code =
            |word: &str| self.tables.currency(word).or_else(|| self.tables.currency(word.strip_suffix('s')?));
        if let Some(found) = code(next).filter(|_| s.pos(end) != "VERB") {
            return Some((found.clone(), start, end + 1));
        }
        adjective.and_then(code).map(|c| (c.clone(), start, end + 2))
    }

    /// What is counted: by the noun itself, by the verb it depends on, or by a clause that hangs on it.
    fn kind(&self, s: &Syntax<'_>, noun: usize, number: usize) -> Option<&Kind> {
        let own = self.tables.noun(s.lemma(noun)).or_else(|| self.tables.noun(s.lower(noun)));
        for child in s.children_with(noun, &["acl", "relcl", "amod"]) {
            if let Some(kind) =
                self.tables.verb(s.lemma(child)).filter(|k| s.tag(child) != "VBG" || k.role == Role::Agent)
            {
                return Some(kind);
            }
        }
        let by_verb = self.by_verb(s, noun);
        if by_verb.is_some() || own.is_some_and(|k| k.role == Role::Head) {
            return by_verb.filter(|k| own.is_none() || k.kind != "crowd").or(own);
        }
        if own.is_some_and(|k| k.role == Role::Object) {
            let takes = matches!(s.lemma(s.head(noun)), "claim" | "take" | "cost" | "lose");
            return own.filter(|_| takes);
        }
        // "the toll rose to 20".
        let verb = s.ancestors(number).find(|&a| matches!(s.pos(a), "VERB" | "AUX"))?;
        let subject = s.children_with(verb, &["nsubj", "nsubjpass"]).next()?;
        self.tables.noun(s.lemma(subject)).filter(|k| k.role == Role::Subject && s.lower(number) != "one")
    }

    fn by_verb(&self, s: &Syntax<'_>, noun: usize) -> Option<&Kind> {
        let mut at = noun;
        for _ in 0..4 {
            let head = s.head(at);
            if head == at {
                return None;
            }
            let dep = s.dep(at);
            if matches!(s.pos(head), "VERB" | "AUX") {
                let dead = s.lemma(head) == "shoot" && s.children(head).any(|c| s.lower(c) == "dead");
                let kind = self.tables.verb(if dead { "kill" } else { s.lemma(head) })?;
                let passive = s.children_with(head, &["auxpass"]).next().is_some() || s.tag(head) == "VBN";
                let fits = match kind.role {
                    Role::Patient => dep == "dobj" || dep == "nsubjpass" || dep == "nsubj" && passive,
                    _ => dep == "nsubj",
                };
                return fits.then_some(kind);
            }
            if !matches!(dep, "conj" | "appos" | "nummod" | "pobj" | "prep")
                || dep == "prep" && s.lower(at) != "of"
            {
                return None;
            }
            at = head;
        }
        None
    }
}

/// The clause of a trigger: the words under the verb it names, or under the verb that governs the event noun.
fn clause(s: &Syntax<'_>, trigger: ByteSpan) -> TokenSpan {
    let tokens = s.doc.tokens_in(trigger);
    let Some(first) = tokens.range().find(|&i| !tokens.holds(s.head(i)) || s.is_root(i)) else {
        return tokens;
    };
    let verb = |i: usize| matches!(s.pos(i), "VERB" | "AUX");
    let top = if verb(first) { first } else { s.ancestors(first).find(|&a| verb(a)).unwrap_or(first) };
    s.extent(top)
}

/// The noun that a number counts; the number itself when it stands alone ("killing 20").
fn counted(s: &Syntax<'_>, start: usize, end: usize) -> Option<usize> {
    let last = end - 1;
    if end < s.len() && matches!(s.lower(end), "%" | "percent" | "per" | "year" | "years" | "km" | "miles") {
        return None;
    }
    // "dozens of people".
    if end < s.len() && s.lower(end) == "of" {
        return s.child(end, "pobj");
    }
    let mut at = last;
    for i in start..end {
        if !(start..end).contains(&s.head(i)) {
            at = i;
        }
    }
    match s.dep(at) {
        "nummod" | "quantmod" | "amod" | "compound" => {
            let noun = s.head(at);
            matches!(s.pos(noun), "NOUN" | "PROPN" | "ADJ" | "NUM").then_some(noun)
        }
        "npadvmod" | "advmod" | "punct" => None,
        _ if matches!(s.entity_label(at), "DATE" | "TIME" | "PERCENT" | "ORDINAL") => None,
        _ => Some(at),
    }
}

fn interval(found: &Found, bound: Option<Bound>) -> (f64, Option<f64>) {
    let (low, high) = bounded(found, bound);
    (low.round(), high.map(f64::round))
}

fn bounded(found: &Found, bound: Option<Bound>) -> (f64, Option<f64>) {
    match bound {
        Some(Bound::AtLeast) => (found.low, None),
        Some(Bound::AtMost) => (0.0, Some(found.high)),
        Some(Bound::Nearly) => (found.low * (1.0 - LOOSE), Some(found.high)),
        Some(Bound::About) => (found.low * (1.0 - LOOSE), Some(found.high * (1.0 + LOOSE))),
        None => (found.low, Some(found.high)),
    }
}

/// The power of a thousand that a number is told in.
fn scale_of(n: f64) -> f64 {
    [1e12, 1e9, 1e6, 1e3].into_iter().find(|&s| n >= s).unwrap_or(1.0)
}
