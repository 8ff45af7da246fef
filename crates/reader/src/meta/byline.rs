//! Byline text to the names of people, or to the desk when nobody is named.

use crate::strip::knowledge::{fold, knowledge};
use record::BlockKind;

/// Who wrote a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Writers {
    /// People.
    pub people: Vec<String>,
    /// Desk, agency or team.
    pub desk: Option<String>,
}

/// Reads a byline: `By A. Name and B. Name, Staff Writers`.
pub(crate) fn read(text: &str) -> Writers {
    let mut out = Writers::default();
    let text = strip_lead(text.trim());
    for part in split(text) {
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
    out
}

/// Removes "By", "Written by:", "Posted by" from the front.
fn strip_lead(text: &str) -> &str {
    let mut rest = text;
    for _ in 0..3 {
        let lower = rest.to_lowercase();
        let leads = [
            "by ",
            "by:",
            "written by",
            "posted by",
            "reported by",
            "reporting by",
            "story by",
            "words by",
            "author:",
            "authors:",
            "author ",
            "from ",
            "text by",
            "compiled by",
            "article by",
            "edited by",
            "published by",
            "von ",
            "par ",
            "por ",
            "di ",
            "in ",
        ];
        let Some(lead) = leads.iter().find(|l| lower.starts_with(**l)) else { return rest };
        if lower.len() != rest.len() {
            return rest;
        }
        rest = rest
            .get(lead.len()..)
            .unwrap_or_default()
            .trim_start_matches(|c: char| c.is_whitespace() || ":-–—".contains(c));
    }
    rest
}

/// Cuts a byline at commas, "and", "&", bars.
fn split(text: &str) -> Vec<&str> {
    let mut out = vec![text];
    for separator in [
        " and ", " AND ", " And ", " & ", "|", ";", ",", " with ", " • ", " · ", "\n", "/", " – ", " — ",
        " - ",
    ] {
        out = out.into_iter().flat_map(|p| p.split(separator)).collect();
    }
    out
}

/// Drops handles, addresses, brackets and roles around a name.
fn clean(part: &str) -> &str {
    let mut part = part.trim().trim_start_matches("and ");
    for cut in [
        "(",
        "[",
        "<",
        "@",
        "http",
        "www.",
        " for ",
        " in ",
        " at ",
        " of ",
        " Updated",
        " Published",
        " Posted",
        " on ",
    ] {
        if let Some(at) = part.find(cut) {
            part = part.get(..at).unwrap_or_default();
        }
    }
    part.trim_matches(|c: char| c.is_whitespace() || ":-–—•|,;*\"'".contains(c))
}

/// True for a desk, an agency, a team, a role without a name.
pub(crate) fn is_desk(part: &str) -> bool {
    let folded = fold(part);
    let hits = knowledge().phrases(&folded);
    let byline = Some(BlockKind::Byline);
    let words = folded.split(' ').filter(|w| !w.is_empty()).count();
    let collective = [
        " desk ",
        " team ",
        " staff ",
        " agency ",
        " agencies ",
        " bureau ",
        " editors ",
        " newsroom ",
        " service ",
        " press ",
        " correspondent ",
        " reporter ",
        " reporters ",
        " correspondents ",
        " news ",
        " board ",
        " network ",
        " editorial ",
        " admin ",
        " online ",
        " media ",
    ];
    words <= 6
        && (hits.whole == byline
            || knowledge().agencies.contains_key(part)
            || collective.iter().any(|c| folded.contains(c)))
}

/// True for two to five capitalised words, initials and particles.
pub(crate) fn is_person(part: &str) -> bool {
    let words: Vec<&str> = part.split_whitespace().collect();
    let name = |w: &&str| {
        let first = w.chars().next().unwrap_or(' ');
        first.is_uppercase()
            || (first.is_alphabetic() && !first.is_lowercase())
            || matches!(
                *w,
                "de" | "da"
                    | "van"
                    | "von"
                    | "der"
                    | "den"
                    | "bin"
                    | "al"
                    | "el"
                    | "la"
                    | "le"
                    | "del"
                    | "di"
                    | "du"
                    | "ibn"
                    | "dos"
                    | "y"
                    | "of"
            )
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
    }
}
