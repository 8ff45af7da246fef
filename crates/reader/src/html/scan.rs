//! HTML source to visible lines with context, and to what it says of itself (meta tags, JSON-LD, microdata, times).

use super::element::{self, Attributes, Element, Formatting, Place, Sort};
use super::pause::Source;
use crate::line::Line;
use crate::strip::knowledge::Knowledge;
use crate::strip::shape::Shape;
use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use record::BlockKind;
use std::cell::OnceCell;
use tables::pages::Field;

/// A visible line of a page and where it stood.
#[derive(Debug, Clone, Default)]
pub(crate) struct HtmlLine {
    /// Text and map.
    pub line: Line,
    /// What the elements around it announce.
    pub kind: Option<BlockKind>,
    /// Bytes of the text inside links.
    pub link: usize,
    /// Structural position.
    pub place: Place,
    /// Not shown.
    pub hidden: bool,
    /// Names (class, id) of the innermost named element.
    pub names: String,
    /// Name of the block element.
    pub tag: String,
    /// Elements open around the line.
    pub depth: usize,
    /// The innermost element around it that breaks lines, as a place in [`Scan::nodes`].
    pub node: usize,
    /// What the line looks like, once somebody asked.
    shape: OnceCell<Shape>,
}

impl HtmlLine {
    /// What the line looks like.
    pub fn shape(&self) -> &Shape {
        self.shape.get_or_init(|| Shape::of(&self.line.text, false))
    }
}

/// A value found in an element with a name (microdata, `time`, `rel=author` …).
#[derive(Debug, Clone, Default)]
pub(crate) struct Marked {
    /// Element name.
    pub tag: String,
    /// `itemprop`, when given.
    pub itemprop: Option<String>,
    /// `rel`, when given.
    pub rel: Option<String>,
    /// Class and id words.
    pub names: String,
    /// `datetime` or `content`.
    pub machine: Option<String>,
    /// Visible text.
    pub text: String,
    /// First byte of the text in the source.
    pub start: usize,
    /// Furniture around it.
    pub kind: Option<BlockKind>,
    /// Inside an `article` or `main` element.
    pub article: bool,
}

/// An element that breaks lines, as what looks for the article needs it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Node {
    /// The element around it, which stands before it in the list.
    pub parent: usize,
    /// What sort of element it is.
    pub sort: Sort,
    /// What it announces itself.
    pub kind: Option<BlockKind>,
}

/// All that one pass over the source finds.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    /// Lines in source order.
    pub lines: Vec<HtmlLine>,
    /// Elements that break lines, in source order; the first stands for the page.
    pub nodes: Vec<Node>,
    /// `meta` elements: name (or property, itemprop, http-equiv) in lower case, content.
    pub metas: Vec<(String, String)>,
    /// `link` elements: rel, href.
    pub links: Vec<(String, String)>,
    /// Text of the first `title` element.
    pub title: String,
    /// Text of every JSON-LD script.
    pub json_ld: Vec<String>,
    /// Other inline scripts, cut to a size that metadata searches can bear.
    pub scripts: Vec<String>,
    /// Elements with microdata, times, author links.
    pub marked: Vec<Marked>,
    /// Pictures: source, alternative text, byte in the source.
    pub images: Vec<(String, String, usize)>,
    /// `lang` of the page.
    pub lang: Option<String>,
    /// Page is AMP.
    pub amp: bool,
    /// Elements are nested deeper than any page needs, or so many formatting elements are never closed that a tree of
    /// the page would be.
    pub deep: bool,
}

const MAX_DEPTH: usize = 512;
/// Formatting elements open at one time.
const MAX_FORMATTING: usize = 256;
const MAX_SCRIPT: usize = 200_000;

struct Scanner<'a> {
    source: &'a str,
    known: &'a Knowledge,
    out: Scan,
    stack: Vec<Element>,
    line: HtmlLine,
    tag: String,
    attributes: Attributes,
    /// The attribute that is being read is looked at.
    wanted: bool,
    json_ld: bool,
    open_marks: Vec<(usize, Marked)>,
    /// Elements beyond the depth limit, closed before those on the stack.
    beyond: usize,
    formatting: Formatting,
}

/// Reads `source` once. Never fails: broken markup gives the lines it shows.
pub(crate) fn scan(source: &str, known: &Knowledge) -> Scan {
    let mut scanner = Scanner {
        source,
        known,
        out: Scan { nodes: vec![Node::default()], ..Scan::default() },
        stack: Vec::new(),
        line: HtmlLine::default(),
        tag: String::new(),
        attributes: Attributes::default(),
        wanted: false,
        json_ld: false,
        open_marks: Vec::new(),
        beyond: 0,
        formatting: Formatting::default(),
    };
    let callback =
        |event: CallbackEvent<'_>, span: html5gum::Span<usize>| -> Option<std::convert::Infallible> {
            scanner.event(event, span.start, span.end);
            None
        };
    let mut emitter = CallbackEmitter::new(callback);
    emitter.naively_switch_states(true);
    // The only error of the source is that it wants to be asked again.
    for _ in Tokenizer::new_with_emitter(Source::of(source), emitter) {}
    scanner.flush();
    while let Some((_, mark)) = scanner.open_marks.pop() {
        scanner.out.marked.push(mark);
    }
    scanner.out
}

impl Scanner<'_> {
    fn event(&mut self, event: CallbackEvent<'_>, start: usize, end: usize) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = String::from_utf8_lossy(name).to_ascii_lowercase();
                self.attributes.list.clear();
                self.wanted = false;
            }
            CallbackEvent::AttributeName { name } => {
                let name = element::looked_at(name);
                self.wanted = name.is_some();
                self.attributes.list.extend(name.map(|n| (n, String::new())));
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some(last) = self.attributes.list.last_mut().filter(|_| self.wanted) {
                    last.1 = String::from_utf8_lossy(value).into_owned();
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => self.start_tag(self_closing, end),
            CallbackEvent::EndTag { name } => {
                let name = String::from_utf8_lossy(name).to_ascii_lowercase();
                self.end_tag(&name);
            }
            CallbackEvent::String { value } => self.text(value, start, end),
            _ => {}
        }
    }

    fn start_tag(&mut self, self_closing: bool, at: usize) {
        let name = std::mem::take(&mut self.tag);
        let attributes = std::mem::take(&mut self.attributes);
        self.note(&name, &attributes, at);
        self.formatting.count(&name, true);
        self.out.deep |= self.formatting.open() > MAX_FORMATTING;
        if !element::is_inline(&name) {
            self.flush();
        }
        while self.stack.last().is_some_and(|e| element::implies_end(&name, &e.name)) {
            self.pop();
        }
        if element::is_void(&name) || self_closing && name.contains(['-', ':']) {
            self.attributes = attributes;
            return;
        }
        if self.stack.len() >= MAX_DEPTH {
            self.beyond += 1;
            self.out.deep = true;
            return;
        }
        let mut element = element::open(&name, &attributes, self.stack.last(), self.known);
        if !element::is_inline(&name) {
            let node = Node { parent: element.node, sort: element::sort_of(&name), kind: element.own };
            element.node = self.out.nodes.len();
            self.out.nodes.push(node);
        }
        self.mark(&element);
        self.stack.push(element);
        self.attributes = attributes;
    }

    /// Keeps what elements say beside the text.
    fn note(&mut self, name: &str, attributes: &Attributes, at: usize) {
        let get = |n: &str| attributes.get(n).unwrap_or_default().trim().to_owned();
        match name {
            "meta" => {
                let content = if attributes.get("content").is_some() { get("content") } else { get("value") };
                for key in ["property", "name", "itemprop", "http-equiv"] {
                    if attributes.get(key).is_some() {
                        // References carry microdata of other works: authors only count in elements.
                        let mark = if key == "itemprop" && attributes.get(key) == Some("author") {
                            "itemprop:"
                        } else {
                            ""
                        };
                        self.out
                            .metas
                            .push((format!("{mark}{}", get(key).to_ascii_lowercase()), content.clone()));
                    }
                }
            }
            "link" => self.out.links.push((get("rel").to_ascii_lowercase(), get("href"))),
            "html" => {
                self.out.lang =
                    attributes.get("lang").or_else(|| attributes.get("xml:lang")).map(str::to_owned);
                self.out.amp = attributes.get("amp").is_some() || attributes.get("⚡").is_some();
            }
            "img" | "amp-img" => {
                let source = ["data-src", "data-original", "src"].iter().find_map(|n| attributes.get(n));
                self.out.images.push((source.unwrap_or_default().trim().to_owned(), get("alt"), at));
            }
            "script" => {
                self.json_ld =
                    attributes.get("type").is_some_and(|t| t.to_ascii_lowercase().contains("ld+json"))
            }
            "br" | "hr" => self.flush(),
            _ => {}
        }
    }

    /// Opens a record for elements whose text is metadata.
    fn mark(&mut self, element: &Element) {
        let author_link = element.rel.as_deref().is_some_and(|r| r.contains("author"));
        let fields = [Field::Author, Field::Published, Field::Title, Field::Marked];
        let named = self.known.class_gives_any(&fields, &element.names);
        if element.itemprop.is_some()
            || element.name == "time"
            || element.name == "h1"
            || author_link
            || named
        {
            let mark = Marked {
                tag: element.name.clone(),
                itemprop: element.itemprop.clone(),
                rel: element.rel.clone(),
                names: element.names.clone(),
                machine: element.machine.clone(),
                kind: element.kind,
                article: element.place.article,
                ..Marked::default()
            };
            self.open_marks.push((self.stack.len(), mark));
        }
    }

    fn end_tag(&mut self, name: &str) {
        self.formatting.count(name, false);
        if self.beyond > 0 && !element::is_void(name) {
            self.beyond -= 1;
            return;
        }
        if !element::is_inline(name) || name == "br" {
            self.flush();
        }
        let stop = |e: &Element| {
            element::is_scope(&e.name)
                && e.name != name
                && !matches!(name, "table" | "body" | "html" | "tr" | "tbody")
        };
        for i in (0..self.stack.len()).rev() {
            let Some(open) = self.stack.get(i) else { return };
            if open.name == name {
                while self.stack.len() > i {
                    self.pop();
                }
                return;
            }
            if stop(open) {
                return;
            }
        }
    }

    fn pop(&mut self) {
        self.stack.pop();
        let depth = self.stack.len();
        while self.open_marks.last().is_some_and(|(d, _)| *d >= depth) {
            if let Some((_, mark)) = self.open_marks.pop() {
                self.out.marked.push(mark);
            }
        }
    }

    fn text(&mut self, value: &[u8], start: usize, end: usize) {
        let value = String::from_utf8_lossy(value);
        if let Some(top) = self.stack.last() {
            match top.name.as_str() {
                "title" if self.out.title.is_empty() && !self.stack.iter().any(|e| e.name == "svg") => {
                    self.out.title = value.trim().to_owned();
                }
                "script" if self.json_ld => self.out.json_ld.push(value.to_string()),
                "script" if value.len() <= MAX_SCRIPT => self.out.scripts.push(value.to_string()),
                _ => {}
            }
            if top.silent {
                return;
            }
        }
        let before = self.line.line.text.len();
        if before == 0 {
            self.context();
        }
        let source = self.source.get(start..end).unwrap_or_default();
        if source.len() == value.len() {
            self.line.line.append(source, start);
        } else {
            append_entities(&mut self.line.line, &value, source, start);
        }
        let grown = self.line.line.text.len() - before;
        if self.stack.last().is_some_and(|e| e.link) {
            self.line.link += grown;
        }
        for (_, mark) in &mut self.open_marks {
            if mark.text.is_empty() {
                mark.start = start;
            }
            if mark.text.len() < 1000 {
                mark.text.push_str(&value);
            }
        }
    }

    /// Takes the context of the line from the elements that are open where its text starts.
    fn context(&mut self) {
        let Some(top) = self.stack.last() else { return };
        self.line.kind = top.kind;
        self.line.place = top.place;
        self.line.hidden = top.hidden;
        self.line.depth = self.stack.len();
        self.line.node = top.node;
        let block = self.stack.iter().rev().find(|e| !element::is_inline(&e.name));
        self.line.tag = block.map(|e| e.name.clone()).unwrap_or_default();
        let named = self.stack.iter().rev().find(|e| e.names.len() > 1);
        self.line.names = named.map(|e| e.names.clone()).unwrap_or_default();
    }

    fn flush(&mut self) {
        let mut done = std::mem::take(&mut self.line);
        done.line.trim_end();
        if !done.line.text.is_empty() {
            done.link = done.link.min(done.line.text.len());
            self.out.lines.push(done);
        }
    }
}

/// Adds text whose source holds character references, piece by piece so that the map stays tight.
fn append_entities(line: &mut Line, value: &str, source: &str, start: usize) {
    let mut at = 0;
    let mut rest = value;
    while at < source.len() {
        let Some(piece) = source.get(at..) else { break };
        let plain = piece.find('&').unwrap_or(piece.len());
        let (text, tail) = (piece.get(..plain).unwrap_or_default(), piece.get(plain..).unwrap_or_default());
        if let Some(after) = rest.strip_prefix(text) {
            line.append(text, start + at);
            rest = after;
            at += plain;
        } else {
            break;
        }
        if tail.is_empty() {
            return;
        }
        let length = tail.char_indices().skip(1).find(|(_, c)| !c.is_ascii_alphanumeric() && *c != '#');
        let length = length.map_or(tail.len(), |(i, c)| if c == ';' { i + 1 } else { i });
        let decoded = decode_one(tail.get(..length).unwrap_or_default());
        let Some(after) = rest.strip_prefix(decoded.as_str()) else { break };
        line.append_decoded(&decoded, start + at, start + at + length);
        rest = after;
        at += length;
    }
    line.append_decoded(rest, start + at, start + source.len());
}

fn decode_one(reference: &str) -> String {
    let mut out = String::new();
    for token in Tokenizer::new(reference) {
        if let Ok(html5gum::Token::String(s)) = token {
            out.push_str(&String::from_utf8_lossy(&s));
        }
    }
    out
}
