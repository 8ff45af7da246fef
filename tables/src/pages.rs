//! What the reader knows of pages, as rows: class names, phrases of page furniture, sections, agencies, outlets.

use crate::tsv::{Row, TableError, rows};

/// A word or two in a class or id and the kind of block that it announces (`pages/classes.tsv`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Class {
    /// Words in lower case, separated by single blanks.
    pub words: &'static str,
    /// Block kind as the records spell it (`caption`, `related` …); `paragraph` marks the article's own container.
    pub kind: &'static str,
}

/// Where in a line a phrase of `pages/phrases.tsv` counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PhrasePlace {
    /// The line is the phrase.
    Whole,
    /// The line begins with it.
    Start,
    /// The line ends with it.
    End,
    /// Anywhere in the line.
    In,
}

/// What a phrase says: about its own line, or about the lines that follow it as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Its own line.
    Line,
    /// Heading of a group of lines.
    Heading,
}

/// Wording that page furniture uses (`pages/phrases.tsv`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phrase {
    /// Words in lower case, punctuation left out.
    pub words: &'static str,
    /// Where it must stand.
    pub place: PhrasePlace,
    /// Block kind as the records spell it.
    pub kind: &'static str,
    /// Line or heading.
    pub role: Role,
}

/// A news agency that other outlets credit (`pages/wires.tsv`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agency {
    /// Usual short name.
    pub name: &'static str,
    /// Other names.
    pub aliases: Vec<&'static str>,
    /// ISO 3166 alpha-3 code of the seat, `UNO` for the United Nations.
    pub country: &'static str,
}

/// Rows of `pages/classes.tsv`.
///
/// # Errors
/// The table does not keep its form.
pub fn classes() -> Result<Vec<Class>, TableError> {
    let rows = rows("pages/classes.tsv", include_str!("../pages/classes.tsv"), &["words", "kind"])?;
    Ok(rows.iter().map(|r| Class { words: r.cell(0), kind: r.cell(1) }).collect())
}

/// Rows of `pages/phrases.tsv`.
///
/// # Errors
/// The table does not keep its form.
pub fn phrases() -> Result<Vec<Phrase>, TableError> {
    let columns = ["phrase", "place", "kind", "role"];
    let rows = rows("pages/phrases.tsv", include_str!("../pages/phrases.tsv"), &columns)?;
    rows.iter().map(phrase).collect()
}

fn phrase(row: &Row<'static>) -> Result<Phrase, TableError> {
    let place = match row.cell(1) {
        "whole" => PhrasePlace::Whole,
        "start" => PhrasePlace::Start,
        "end" => PhrasePlace::End,
        "in" => PhrasePlace::In,
        other => return Err(row.error(format!("no place {other:?}"))),
    };
    let role = match row.cell(3) {
        "line" => Role::Line,
        "heading" => Role::Heading,
        other => return Err(row.error(format!("no role {other:?}"))),
    };
    Ok(Phrase { words: row.cell(0), place, kind: row.cell(2), role })
}

/// Names of news sections, `pages/sections.tsv`.
///
/// # Errors
/// The table does not keep its form.
pub fn sections() -> Result<Vec<&'static str>, TableError> {
    let rows = rows("pages/sections.tsv", include_str!("../pages/sections.tsv"), &["name"])?;
    Ok(rows.iter().map(|r| r.cell(0)).collect())
}

/// Rows of `pages/wires.tsv`.
///
/// # Errors
/// The table does not keep its form.
pub fn agencies() -> Result<Vec<Agency>, TableError> {
    let columns = ["name", "aliases", "country"];
    let rows = rows("pages/wires.tsv", include_str!("../pages/wires.tsv"), &columns)?;
    Ok(rows
        .iter()
        .map(|r| Agency { name: r.cell(0), aliases: r.list(1).collect(), country: r.cell(2) })
        .collect())
}

/// A news outlet (`pages/outlets.tsv`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outlet {
    /// Host name; subdomains count as the same outlet unless they have a row of their own.
    pub host: &'static str,
    /// Name.
    pub name: &'static str,
    /// ISO 3166 alpha-3 code of the country it works from (`UNK` Kosovo, `UNO` United Nations).
    pub country: &'static str,
    /// Owned or run by the state, public broadcasters included.
    pub state: bool,
}

/// Rows of `pages/outlets.tsv`.
///
/// # Errors
/// The table does not keep its form.
pub fn outlets() -> Result<Vec<Outlet>, TableError> {
    let columns = ["host", "name", "country", "state"];
    let rows = rows("pages/outlets.tsv", include_str!("../pages/outlets.tsv"), &columns)?;
    rows.iter()
        .map(|r| match r.cell(3) {
            "yes" | "" => {
                Ok(Outlet { host: r.cell(0), name: r.cell(1), country: r.cell(2), state: r.cell(3) == "yes" })
            }
            other => Err(r.error(format!("state must be yes or empty, not {other:?}"))),
        })
        .collect()
}

/// Month names in several languages, lower case, with the number of the month, `pages/months.tsv`.
///
/// # Errors
/// The table does not keep its form.
pub fn months() -> Result<Vec<(&'static str, i8)>, TableError> {
    let rows =
        rows("pages/months.tsv", include_str!("../pages/months.tsv"), &["name", "month", "languages"])?;
    rows.iter()
        .map(|r| {
            let month = r.cell(1).parse().ok().filter(|m| (1..=12).contains(m));
            Ok((r.cell(0), month.ok_or_else(|| r.error("month must be 1 to 12"))?))
        })
        .collect()
}

/// Time zone abbreviations and their offset from UTC (`+05:30`), `pages/zones.tsv`.
///
/// # Errors
/// The table does not keep its form.
pub fn zones() -> Result<Vec<(&'static str, &'static str)>, TableError> {
    let rows = rows("pages/zones.tsv", include_str!("../pages/zones.tsv"), &["abbreviation", "offset"])?;
    Ok(rows.iter().map(|r| (r.cell(0), r.cell(1))).collect())
}

/// Function words of the languages pages come in, lower case, with the languages (BCP 47), `pages/function_words.tsv`.
///
/// # Errors
/// The table does not keep its form.
pub fn function_words() -> Result<Vec<(&'static str, Vec<&'static str>)>, TableError> {
    let file = "pages/function_words.tsv";
    let rows = rows(file, include_str!("../pages/function_words.tsv"), &["word", "languages"])?;
    Ok(rows.iter().map(|r| (r.cell(0), r.list(1).collect())).collect())
}

/// What the words of `pages/words.tsv` are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WordRole {
    /// Stands before the names in a byline ("written by"), lower case.
    ByLead,
    /// The same, and a line of it and names is a byline wherever it stands.
    BySure,
    /// Ends a name in a byline ("Ana Ruiz for …"), as written.
    ByCut,
    /// Joins two names, as written.
    ByJoin,
    /// Names people who did not write the text ("editing by"), lower case.
    ByDrop,
    /// Makes a name that of a desk or a team, lower case.
    Collective,
    /// Small word inside the names of people.
    NameParticle,
    /// Small word inside a byline.
    BylineSmall,
    /// User name that names nobody, lower case.
    NoPenName,
    /// Stands before a date in a frame line, lower case.
    DateLabel,
    /// Part of a label that speaks of a change, lower case.
    UpdateLabel,
    /// Begins a line that gives the time of publication, lower case.
    PublicationStart,
    /// Stands in a line that gives the time of publication, lower case.
    PublicationLabel,
    /// Stands in a line whose date is not that of publication, lower case.
    CopyrightLabel,
    /// Says that the text goes on for those who pay, lower case.
    Gate,
    /// Says in a title that the page is a live blog, lower case.
    LiveTitle,
    /// Last word of the names of outlets, lower case.
    SiteKind,
    /// Word of host names that tells nothing of the outlet.
    SiteCommon,
    /// Ending of the names of pictures and other files, lower case.
    FileEnding,
    /// End of host names of the United States.
    AmericanHost,
    /// End of host names that are of no country.
    GeneralHost,
}

/// Rows of `pages/words.tsv`: words and what they are for.
///
/// # Errors
/// The table does not keep its form.
pub fn words() -> Result<Vec<(WordRole, &'static str)>, TableError> {
    let rows = rows("pages/words.tsv", include_str!("../pages/words.tsv"), &["role", "words"])?;
    rows.iter().map(|r| Ok((word_role(r)?, r.cell(1)))).collect()
}

fn word_role(row: &Row<'static>) -> Result<WordRole, TableError> {
    use WordRole::*;
    Ok(match row.cell(0) {
        "by_lead" => ByLead,
        "by_sure" => BySure,
        "by_cut" => ByCut,
        "by_join" => ByJoin,
        "by_drop" => ByDrop,
        "collective" => Collective,
        "name_particle" => NameParticle,
        "byline_small" => BylineSmall,
        "no_pen_name" => NoPenName,
        "date_label" => DateLabel,
        "update_label" => UpdateLabel,
        "publication_start" => PublicationStart,
        "publication_label" => PublicationLabel,
        "copyright_label" => CopyrightLabel,
        "gate" => Gate,
        "live_title" => LiveTitle,
        "site_kind" => SiteKind,
        "site_common" => SiteCommon,
        "file_ending" => FileEnding,
        "american_host" => AmericanHost,
        "general_host" => GeneralHost,
        other => return Err(row.error(format!("no role {other:?}"))),
    })
}

/// Where in a page a name of `pages/fields.tsv` stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldPlace {
    /// Name or property of a `meta` element, lower case.
    Meta,
    /// Key in the data of a script, as written.
    Script,
    /// Words of a class or id, lower case.
    Class,
}

/// What a name of `pages/fields.tsv` gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// Time of first publication.
    Published,
    /// A time that is most often that of publication, taken last.
    MaybePublished,
    /// Time of the last change.
    Updated,
    /// Authors.
    Author,
    /// Headline.
    Title,
    /// Section.
    Section,
    /// Name of the site.
    Site,
    /// Picture.
    Image,
    /// Something worth keeping apart while the page is read.
    Marked,
}

/// A name under which pages keep a value (`pages/fields.tsv`).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FieldName {
    /// Where it stands.
    pub place: FieldPlace,
    /// What it gives.
    pub field: Field,
    /// Name.
    pub name: &'static str,
    /// How much its value counts beside others; 1 when the table says nothing.
    pub weight: f32,
}

/// Rows of `pages/fields.tsv`: within a place and a field the most trusted name first.
///
/// # Errors
/// The table does not keep its form.
pub fn fields() -> Result<Vec<FieldName>, TableError> {
    let columns = ["place", "field", "rank", "name", "weight"];
    let rows = rows("pages/fields.tsv", include_str!("../pages/fields.tsv"), &columns)?;
    rows.iter().map(field).collect()
}

fn field(row: &Row<'static>) -> Result<FieldName, TableError> {
    let [place, field, _, name, weight] = row.cells();
    let place = match place {
        "meta" => FieldPlace::Meta,
        "script" => FieldPlace::Script,
        "class" => FieldPlace::Class,
        other => return Err(row.error(format!("no place {other:?}"))),
    };
    let field = match field {
        "published" => Field::Published,
        "maybe_published" => Field::MaybePublished,
        "updated" => Field::Updated,
        "author" => Field::Author,
        "title" => Field::Title,
        "section" => Field::Section,
        "site" => Field::Site,
        "image" => Field::Image,
        "marked" => Field::Marked,
        other => return Err(row.error(format!("no field {other:?}"))),
    };
    let weight = if weight.is_empty() { 1.0 } else { weight.parse().map_err(|e| row.error(e))? };
    Ok(FieldName { place, field, name, weight })
}

/// One node of a tree of the line model (`pages/line_model.tsv`).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TreeNode {
    /// `first` or `second`.
    pub model: &'static str,
    /// Number of the tree.
    pub tree: usize,
    /// Feature asked, empty for a leaf.
    pub feature: &'static str,
    /// Node for values up to the threshold.
    pub left: usize,
    /// Node for greater values.
    pub right: usize,
    /// Threshold of a question, value of a leaf.
    pub value: f32,
}

/// Rows of `pages/line_model.tsv`: nodes of a tree in order, trees in order.
///
/// # Errors
/// The table does not keep its form.
pub fn line_model() -> Result<Vec<TreeNode>, TableError> {
    let columns = ["model", "tree", "feature", "left", "right", "value"];
    let rows = rows("pages/line_model.tsv", include_str!("../pages/line_model.tsv"), &columns)?;
    let number = |r: &Row<'static>, at: usize| -> Result<usize, TableError> {
        if r.cell(at).is_empty() { Ok(0) } else { r.cell(at).parse().map_err(|e| r.error(e)) }
    };
    rows.iter()
        .map(|r| {
            Ok(TreeNode {
                model: r.cell(0),
                tree: number(r, 1)?,
                feature: r.cell(2),
                left: number(r, 3)?,
                right: number(r, 4)?,
                value: r.cell(5).parse().map_err(|e| r.error(e))?,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_unique_and_typed() {
        let classes = classes().unwrap();
        assert!(classes.windows(2).all(|w| (w[0].words, w[0].kind) < (w[1].words, w[1].kind)));
        let phrases = phrases().unwrap();
        assert!(phrases.windows(2).all(|w| w[0].words <= w[1].words));
        assert!(phrases.iter().all(|p| p.words == p.words.to_lowercase() && !p.words.contains(['-', '\''])));
        let names = sections().unwrap();
        assert!(names.windows(2).all(|w| w[0] < w[1]));
        let words = words().unwrap();
        assert!(words.iter().all(|(_, w)| !w.is_empty()));
        let fields = fields().unwrap();
        assert!(fields.iter().all(|f| !f.name.is_empty() && f.weight > 0.0));
        for agency in agencies().unwrap() {
            assert_eq!(agency.country.len(), 3, "{}", agency.name);
        }
    }
}
