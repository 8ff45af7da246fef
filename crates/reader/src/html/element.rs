//! Names and attributes of HTML elements to what they mean for the text: block or inline, hidden, kind of furniture.

use crate::strip::knowledge::Knowledge;
use record::BlockKind;

/// What an open element passes on to the text inside it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Element {
    /// Tag name in lower case.
    pub name: String,
    /// Furniture or frame that the element or one around it announces.
    pub kind: Option<BlockKind>,
    /// Not shown to the reader.
    pub hidden: bool,
    /// Text in it is not prose: scripts, styles, menus of forms.
    pub silent: bool,
    /// Inside a link.
    pub link: bool,
    /// Inside a list item, a quotation, a heading (level), a table cell, an article element.
    pub place: Place,
    /// Microdata property.
    pub itemprop: Option<String>,
    /// `datetime`, `content` or `title` attribute: the machine form of the text.
    pub machine: Option<String>,
    /// `rel` of a link.
    pub rel: Option<String>,
    /// Class and id words, for what asks by name.
    pub names: String,
    /// What it announces itself, whatever is around it.
    pub own: Option<BlockKind>,
    /// The innermost element that breaks the line, this one or one around it; a place in [`super::scan::Scan::nodes`].
    pub node: usize,
}

/// Structural position of a line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// In a list item.
    pub item: bool,
    /// In a block quotation.
    pub quote: bool,
    /// Level of the heading around, 0 for none.
    pub heading: u8,
    /// In a table cell.
    pub cell: bool,
    /// In an `article` or `main` element.
    pub article: bool,
    /// In a paragraph element.
    pub paragraph: bool,
}

/// Attributes that matter, gathered while a start tag is read.
#[derive(Debug, Default)]
pub(crate) struct Attributes {
    /// All attributes that the reader looks at, name and value.
    pub list: Vec<(&'static str, String)>,
}

/// Names of the attributes that the reader looks at.
const LOOKED_AT: [&str; 27] = [
    "class",
    "id",
    "href",
    "style",
    "role",
    "rel",
    "title",
    "content",
    "itemprop",
    "property",
    "name",
    "value",
    "http-equiv",
    "datetime",
    "data-datetime",
    "data-component",
    "data-type",
    "hidden",
    "lang",
    "xml:lang",
    "amp",
    "⚡",
    "src",
    "data-src",
    "data-original",
    "alt",
    "type",
];

/// The name of an attribute, when the reader looks at it.
pub(crate) fn looked_at(name: &[u8]) -> Option<&'static str> {
    LOOKED_AT.into_iter().find(|n| n.as_bytes().eq_ignore_ascii_case(name))
}

impl Attributes {
    /// Value of `name`, when given.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.list.iter().find(|(n, _)| *n == name).map(|(_, v)| v.as_str())
    }
}

/// Elements that never have content.
pub(crate) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements that do not break the line.
pub(crate) fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "meta"
            | "nobr"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
            | "img"
            | "link"
            | "path"
            | "svg"
            | "g"
            | "picture"
            | "source"
            | "script"
            | "style"
            | "noscript"
            | "input"
            | "amp-img"
            | "ruby"
            | "rt"
            | "rb"
            | "rp"
            | "font-face"
    )
}

/// What an element that breaks lines is for, as far as that tells where an article stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Sort {
    /// Parts of a page: `div`, `section` and whatever is not known better.
    #[default]
    Part,
    /// `article` and `main`.
    Article,
    /// A paragraph.
    Paragraph,
    /// A heading.
    Heading,
    /// Lists and their items.
    List,
    /// Quotations and text as typed.
    Quote,
    /// Cells and rows of tables.
    Cell,
    /// Forms.
    Form,
    /// Beside the text: `aside`, `nav`, `footer`.
    Aside,
}

/// The sort of an element by its name.
pub(crate) fn sort_of(name: &str) -> Sort {
    match name {
        "article" | "main" => Sort::Article,
        "p" => Sort::Paragraph,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Sort::Heading,
        "ul" | "ol" | "dl" | "li" | "dt" | "dd" | "menu" => Sort::List,
        "blockquote" | "pre" => Sort::Quote,
        "td" | "th" | "tr" | "tbody" | "table" => Sort::Cell,
        "form" | "fieldset" | "button" => Sort::Form,
        "aside" | "nav" | "footer" => Sort::Aside,
        _ => Sort::Part,
    }
}

/// Elements whose text is no prose. What stands in `noscript` comes as it is written, with its tags.
fn is_silent(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "template"
            | "iframe"
            | "object"
            | "embed"
            | "svg"
            | "select"
            | "textarea"
            | "option"
            | "noembed"
            | "noframes"
            | "noscript"
            | "canvas"
            | "audio"
            | "video"
            | "map"
            | "math"
            | "title"
            | "head"
    )
}

/// Elements that a parser opens again in every block until they are closed.
const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// How many of each formatting element are open.
#[derive(Debug, Default)]
pub(crate) struct Formatting([usize; FORMATTING.len()]);

impl Formatting {
    /// Counts a tag.
    pub fn count(&mut self, name: &str, start: bool) {
        let slot = FORMATTING.iter().position(|f| *f == name).and_then(|i| self.0.get_mut(i));
        if let Some(open) = slot {
            *open = if start { *open + 1 } else { open.saturating_sub(1) };
        }
    }

    /// All that are open.
    pub fn open(&self) -> usize {
        self.0.iter().sum()
    }
}

/// True when a start tag `new` ends an open `old` without an end tag for it.
pub(crate) fn implies_end(new: &str, old: &str) -> bool {
    match old {
        "p" => !is_inline(new) && !is_void(new) || matches!(new, "hr"),
        "li" => new == "li",
        "dt" | "dd" => matches!(new, "dt" | "dd"),
        "tr" => new == "tr",
        "td" | "th" => matches!(new, "td" | "th" | "tr"),
        "option" => matches!(new, "option" | "optgroup"),
        "head" => new == "body",
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => matches!(new, "h1" | "h2" | "h3" | "h4" | "h5" | "h6"),
        _ => false,
    }
}

/// Elements that an end tag inside them does not reach out of.
pub(crate) fn is_scope(name: &str) -> bool {
    matches!(name, "table" | "td" | "th" | "body" | "html" | "template" | "button" | "object")
}

/// The element that `name` and `attributes` open inside `parent`.
pub(crate) fn open(
    name: &str,
    attributes: &Attributes,
    parent: Option<&Element>,
    known: &Knowledge,
) -> Element {
    let names = names_of(attributes);
    let own = kind_of(name, attributes, &names, known);
    let mut place = parent.map(|p| p.place).unwrap_or_default();
    match name {
        "li" | "dd" | "dt" => place.item = true,
        "blockquote" => place.quote = true,
        "td" | "th" => place.cell = true,
        "article" | "main" => place.article = true,
        "p" => place.paragraph = true,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            place.heading = name.as_bytes().get(1).map_or(0, |b| b - b'0')
        }
        _ => {}
    }
    let get = |n: &str| attributes.get(n).map(str::to_owned);
    Element {
        name: name.to_owned(),
        kind: own.or(parent.and_then(|p| p.kind)),
        hidden: parent.is_some_and(|p| p.hidden) || is_hidden(attributes),
        silent: parent.is_some_and(|p| p.silent) || is_silent(name),
        link: parent.is_some_and(|p| p.link) || name == "a" && attributes.get("href").is_some(),
        place,
        itemprop: get("itemprop"),
        machine: get("datetime")
            .or_else(|| get("content"))
            .or_else(|| get("data-datetime"))
            .or_else(|| dated_title(attributes)),
        rel: get("rel"),
        names,
        own,
        node: parent.map_or(0, |p| p.node),
    }
}

/// A `title` attribute with a year in it: the full form of a short date.
fn dated_title(attributes: &Attributes) -> Option<String> {
    let title = attributes.get("title")?;
    let digits = title.bytes().filter(u8::is_ascii_digit).count();
    (digits >= 5 && title.len() < 60).then(|| title.to_owned())
}

fn is_hidden(attributes: &Attributes) -> bool {
    let style = attributes.get("style").unwrap_or_default();
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    attributes.get("hidden").is_some()
        || style.contains("display:none")
        || style.contains("visibility:hidden")
}

/// Class, id and role as lower-case words between blanks: `articleBody` gives ` article body `.
fn names_of(attributes: &Attributes) -> String {
    let mut out = String::from(" ");
    for name in ["class", "id", "role", "data-component", "data-type"] {
        let mut lower = false;
        for c in attributes.get(name).unwrap_or_default().chars() {
            if c.is_uppercase() && lower && !out.ends_with(' ') {
                out.push(' ');
            }
            lower = c.is_lowercase() || c.is_ascii_digit();
            if c.is_alphanumeric() {
                out.extend(c.to_lowercase());
            } else if !out.ends_with(' ') {
                out.push(' ');
            }
        }
        if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out
}

fn kind_of(name: &str, attributes: &Attributes, names: &str, known: &Knowledge) -> Option<BlockKind> {
    match name {
        "nav" | "footer" | "menu" | "amp-sidebar" => return Some(BlockKind::Navigation),
        "figcaption" | "caption" => return Some(BlockKind::Caption),
        "body" | "html" | "main" => return None,
        "amp-ad" => return Some(BlockKind::Advertisement),
        "form" => return Some(BlockKind::Share),
        "button" => return Some(BlockKind::Share),
        "h1" => return Some(BlockKind::Headline),
        _ => {}
    }
    match attributes.get("itemprop") {
        Some("headline" | "name headline") => return Some(BlockKind::Headline),
        Some("author" | "creator") => return Some(BlockKind::Byline),
        Some("datePublished" | "dateModified" | "dateCreated") => return Some(BlockKind::Published),
        Some("caption") => return Some(BlockKind::Caption),
        Some("keywords") => return Some(BlockKind::Tags),
        Some("articleSection") => return Some(BlockKind::Section),
        _ => {}
    }
    if name == "a" {
        match attributes.get("rel") {
            Some(rel) if rel.contains("author") => return Some(BlockKind::Byline),
            Some(rel) if rel.split(' ').any(|r| r == "tag") => return Some(BlockKind::Tags),
            _ => {}
        }
    }
    if name == "time" {
        return Some(BlockKind::Published);
    }
    known.class(names).or(if name == "aside" { Some(BlockKind::Related) } else { None })
}
