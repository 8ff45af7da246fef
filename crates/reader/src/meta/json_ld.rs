//! JSON-LD scripts of a page to the object that describes its article.

use serde_json::Value;

/// The article's own description and what stands beside it.
#[derive(Debug, Default)]
pub(crate) struct JsonLd {
    objects: Vec<Value>,
    article: Option<usize>,
}

/// Most objects looked at on one page.
const MOST: usize = 400;

impl JsonLd {
    /// Reads all scripts; broken ones are mended where that is safe, else passed over.
    pub fn read(scripts: &[String]) -> JsonLd {
        let mut out = JsonLd::default();
        for script in scripts {
            if let Some(value) = parse(script) {
                flatten(value, &mut out.objects, 0);
            }
        }
        let rank = |v: &Value| types(v).filter_map(rank_of).min();
        out.article = (0..out.objects.len())
            .filter_map(|i| out.objects.get(i).and_then(rank).map(|r| (r, i)))
            .min()
            .map(|(_, i)| i);
        out
    }

    /// The object of the article.
    pub fn article(&self) -> Option<&Value> {
        self.article.and_then(|i| self.objects.get(i))
    }

    /// A string of the article, entities decoded and white space folded.
    pub fn text(&self, key: &str) -> Option<String> {
        let value = self.article()?.get(key)?;
        self.name(value).filter(|s| !s.is_empty())
    }

    /// Names under `key` of the article, with whether each is of a person (or of something untold).
    pub fn names(&self, key: &str) -> Vec<(String, bool)> {
        let Some(value) = self.article().and_then(|a| a.get(key)) else { return Vec::new() };
        let list = value.as_array().map_or_else(|| std::slice::from_ref(value), Vec::as_slice);
        let mut out: Vec<(String, bool)> = Vec::new();
        for item in list {
            let item = self.resolve(item);
            let person = !types(item).any(|t| t.contains("Organization"));
            let names = item.get("name").and_then(Value::as_array);
            match names {
                Some(names) => out.extend(names.iter().filter_map(Value::as_str).map(|n| (clean(n), person))),
                None => out.extend(self.name(item).map(|n| (n, person))),
            }
        }
        out.retain(|(n, _)| !n.is_empty());
        out
    }

    fn name(&self, value: &Value) -> Option<String> {
        match self.resolve(value) {
            Value::String(s) => Some(clean(s)),
            Value::Array(list) => list.first().and_then(|v| self.name(v)),
            Value::Object(o) => ["name", "headline", "url", "@value"]
                .iter()
                .find_map(|k| o.get(*k))
                .and_then(|v| self.name(v)),
            _ => None,
        }
    }

    /// Follows a reference by `@id`.
    fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        let bare = value.get("name").is_none() && value.get("url").is_none();
        let id = value.get("@id").and_then(Value::as_str).filter(|_| bare);
        let found = id.and_then(|id| {
            self.objects
                .iter()
                .find(|o| o.get("@id").and_then(Value::as_str) == Some(id) && o.get("name").is_some())
        });
        found.unwrap_or(value)
    }

    /// True when some object has the type.
    pub fn has_type(&self, name: &str) -> bool {
        self.objects.iter().any(|o| types(o).any(|t| t == name))
    }

    /// The article says that it is not free to read.
    pub fn is_paid(&self) -> bool {
        let free = self.article().and_then(|a| a.get("isAccessibleForFree"));
        free.is_some_and(|f| {
            f == &Value::Bool(false) || f.as_str().is_some_and(|s| s.eq_ignore_ascii_case("false"))
        })
    }
}

fn types(value: &Value) -> impl Iterator<Item = &str> {
    let one = value.get("@type");
    let list = one
        .and_then(Value::as_array)
        .map_or_else(|| one.map(std::slice::from_ref).unwrap_or_default(), Vec::as_slice);
    list.iter().filter_map(Value::as_str)
}

/// How well a type fits an article, less is better.
fn rank_of(name: &str) -> Option<u8> {
    Some(match name {
        "NewsArticle"
        | "ReportageNewsArticle"
        | "AnalysisNewsArticle"
        | "OpinionNewsArticle"
        | "BackgroundNewsArticle" => 0,
        "LiveBlogPosting" => 1,
        "Article"
        | "BlogPosting"
        | "Report"
        | "ScholarlyArticle"
        | "TechArticle"
        | "ReviewNewsArticle"
        | "MedicalScholarlyArticle"
        | "SocialMediaPosting"
        | "AdvertiserContentArticle"
        | "SatiricalArticle" => 2,
        "Recipe" | "Review" | "CreativeWork" | "PressRelease" | "HowTo" => 3,
        "WebPage" | "ItemPage" | "VideoObject" => 4,
        _ => return None,
    })
}

fn parse(script: &str) -> Option<Value> {
    let text = script
        .trim()
        .trim_start_matches("<!--")
        .trim_start_matches("//<![CDATA[")
        .trim_start_matches("<![CDATA[");
    let text = text
        .trim_end_matches("-->")
        .trim_end_matches("//]]>")
        .trim_end_matches("]]>")
        .trim()
        .trim_end_matches(';');
    if let Ok(value) = serde_json::from_str(text) {
        return Some(value);
    }
    // Line breaks inside strings and commas before brackets are the usual faults.
    let mended: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if let Ok(value) = serde_json::from_str(&mended) {
        return Some(value);
    }
    let mut out = String::with_capacity(mended.len());
    for c in mended.chars() {
        if matches!(c, '}' | ']') {
            let keep = out.trim_end().strip_suffix(',').map(str::len);
            if let Some(keep) = keep {
                out.truncate(keep);
            }
        }
        out.push(c);
    }
    serde_json::from_str(&out).ok()
}

fn flatten(value: Value, out: &mut Vec<Value>, depth: usize) {
    if depth > 6 || out.len() >= MOST {
        return;
    }
    match value {
        Value::Array(list) => list.into_iter().for_each(|v| flatten(v, out, depth + 1)),
        Value::Object(mut object) => {
            for key in ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement"] {
                if let Some(inner) = object.get(key).filter(|v| v.is_object() || v.is_array()).cloned() {
                    if key == "@graph" {
                        object.remove(key);
                    }
                    flatten(inner, out, depth + 1);
                }
            }
            out.push(Value::Object(object));
        }
        _ => {}
    }
}

/// Decodes character references (often doubled in JSON-LD), drops tags, folds white space.
pub(crate) fn clean(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..2 {
        if !text.contains('&') && !text.contains('<') {
            break;
        }
        let mut out = String::new();
        for token in html5gum::Tokenizer::new(&text) {
            if let Ok(html5gum::Token::String(s)) = token {
                out.push_str(&String::from_utf8_lossy(&s));
            }
        }
        text = out;
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_article_in_a_graph_and_mends() {
        let script = r##"{"@context": "https://schema.org", "@graph": [
            {"@type": "WebSite", "name": "The Gazette"},
            {"@type": "Person", "@id": "#p1", "name": "Ana Ruiz"},
            {"@type": ["NewsArticle"], "headline": "Dam &amp; river
             talks", "author": [{"@id": "#p1"}, {"@type": "Organization", "name": "Gulf Desk"}],}]}"##;
        let ld = JsonLd::read(&[script.to_owned(), "{broken".to_owned()]);
        assert_eq!(ld.text("headline").as_deref(), Some("Dam & river talks"));
        assert_eq!(ld.names("author"), [("Ana Ruiz".to_owned(), true), ("Gulf Desk".to_owned(), false)]);
        assert!(ld.has_type("WebSite") && !ld.is_paid());
    }
}
