//! Byline text to the names of people, or to the desk when nobody is named.

use crate::strip::knowledge::{fold, knowledge};
use record::BlockKind;
use tables::pages::WordRole;

/// Who wrote a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Writers {
    /// People.
    pub people: Vec<String>,
    /// Desk, agency or team.
    pub desk: Option<String>,
}

/// Reads a byline: `By A. Name and B. Name, Staff Writers`, `(Reporting by A. Name; editing by B. Name)`.
pub(crate) fn read(text: &str) -> Writers {
    let mut out = Writers::default();
    for segment in text.trim_matches(is_wrapping).split([';', '|', '\n', '•']) {
        let segment = segment.trim();
        if knowledge().starts(WordRole::ByDrop, &segment.to_lowercase()) {
            continue;
        }
        for part in split(strip_lead(segment)) {
            let part = clean(part);
            if part.is_empty() {
                continue;
            }
            if is_desk(part) {
                out.desk.get_or_insert_with(|| part.to_owned());
            } else if is_person(part) && !out.people.iter().any(|p| p == part) {
                out.people.push(part.to_owned());
            }
        }
    }
    out
}

/// True for a line of "by" in one of its forms and the names of people, and nothing else.
pub(crate) fn is_credit(text: &str) -> bool {
    let text = text.trim_matches(is_wrapping);
    let mut led = false;
    for segment in text.split(';').map(str::trim).filter(|s| !s.is_empty()) {
        let lower = segment.to_lowercase();
        if led && knowledge().starts(WordRole::ByDrop, &lower) {
            continue;
        }
        let names = strip_sure_lead(segment).unwrap_or_default();
        let mut parts = split(names).into_iter().map(str::trim).filter(|p| !p.is_empty()).peekable();
        if parts.peek().is_none() || !parts.all(|p| is_person(clean(p)) && !is_desk(p)) {
            return false;
        }
        led = true;
    }
    led
}

fn is_wrapping(c: char) -> bool {
    c.is_whitespace() || "()[]".contains(c)
}

/// The text after a "by" in one of its forms, when it begins with one.
pub(crate) fn strip_sure_lead(text: &str) -> Option<&str> {
    let lower = text.to_lowercase();
    let lead = knowledge()
        .words(WordRole::BySure)
        .iter()
        .filter(|l| lower.starts_with(**l))
        .max_by_key(|l| l.len())?;
    let rest = text.get(lead.len()..).filter(|_| lower.len() == text.len())?;
    rest.starts_with([' ', ':']).then(|| rest.trim_start_matches([' ', ':']))
}

/// Removes "By", "Written by:", "Posted by" from the front.
fn strip_lead(text: &str) -> &str {
    let mut rest = text;
    for _ in 0..3 {
        let lower = rest.to_lowercase();
        let whole = |l: &&&str| {
            lower.strip_prefix(**l).is_some_and(|r| l.ends_with(':') || !r.starts_with(char::is_alphanumeric))
        };
        let lead = knowledge().words(WordRole::ByLead).iter().filter(whole).max_by_key(|l| l.len());
        let Some(lead) = lead.filter(|_| lower.len() == rest.len()) else { return rest };
        rest = rest
            .get(lead.len()..)
            .unwrap_or_default()
            .trim_start_matches(|c: char| c.is_whitespace() || ":-–—".contains(c));
    }
    rest
}

/// Cuts a byline at commas, "and", "&", bars.
fn split(text: &str) -> Vec<&str> {
    let words = knowledge().words(WordRole::ByJoin).iter().map(|w| format!(" {w} "));
    let marks = [" & ", ",", " · ", "/", " – ", " — ", " - "].map(str::to_owned);
    let mut out = vec![text];
    for separator in words.chain(marks) {
        out = out.into_iter().flat_map(|p| p.split(separator.as_str())).collect();
    }
    out
}

/// Drops handles, addresses, brackets and roles around a name.
fn clean(part: &str) -> &str {
    let mut part = part.trim().trim_start_matches("and ");
    let mut end = ["(", "[", "<", "@", "http", "www."].iter().filter_map(|c| part.find(c)).min();
    for cut in knowledge().words(WordRole::ByCut) {
        end = part.find(&format!(" {cut} ")).into_iter().chain(end).min();
    }
    if let Some(end) = end {
        part = part.get(..end).unwrap_or_default();
    }
    part.trim_matches(|c: char| c.is_whitespace() || ":-–—•|,;*\"'".contains(c))
}

/// True for a desk, an agency, a team, a role without a name.
pub(crate) fn is_desk(part: &str) -> bool {
    let known = knowledge();
    let folded = fold(part);
    let words = || folded.split(' ').filter(|w| !w.is_empty());
    words().count() <= 6
        && (known.phrases(&folded).whole == Some(BlockKind::Byline)
            || known.agencies.contains_key(part)
            || words().any(|w| known.is(WordRole::Collective, w)))
}

/// True for two to five capitalised words, initials and particles.
pub(crate) fn is_person(part: &str) -> bool {
    let words: Vec<&str> = part.split_whitespace().collect();
    let name = |w: &&str| {
        let first = w.chars().next().unwrap_or(' ');
        first.is_uppercase()
            || first.is_alphabetic() && !first.is_lowercase()
            || knowledge().is(WordRole::NameParticle, w)
    };
    (2..=5).contains(&words.len())
        && words.iter().all(name)
        && !part.bytes().any(|b| b.is_ascii_digit())
        && part.len() <= 50
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_people_and_desks() {
        let w = read("By Ana de la Cruz and Tom O’Neil, Staff Writers");
        assert_eq!(w.people, ["Ana de la Cruz", "Tom O’Neil"]);
        let w = read("Gulf Desk");
        assert_eq!((w.desk.as_deref(), w.people.len()), (Some("Gulf Desk"), 0));
        assert_eq!(read("Written by: Mina Park (@minapark)").people, ["Mina Park"]);
        assert_eq!(read("Reuters").desk.as_deref(), Some("Reuters"));
        let w = read("(Reporting by Ana Ruiz and Bo Lind; editing by Mina Park)");
        assert_eq!(w.people, ["Ana Ruiz", "Bo Lind"]);
        assert_eq!(read("Byron Adler").people, ["Byron Adler"]);
    }

    #[test]
    fn credits_are_names_and_nothing_else() {
        assert!(is_credit("Par Ana Ruiz"));
        assert!(is_credit("(Reporting by Ana Ruiz and Bo Lind; editing by Mina Park)"));
        assert!(!is_credit("By the river the ministers met again"));
        assert!(!is_credit("By Monday morning the talks had failed"));
        assert!(!is_credit("Ana Ruiz"));
    }
}
