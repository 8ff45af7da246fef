//! The routes to an OpenAPI 3.1 description, made from one table that a test holds against the router.

use crate::answer::{Answer, tagged};
use crate::app::State;
use crate::export;
use axum::extract::State as Held;
use axum::http::HeaderMap;
use serde_json::{Map, Value, json};
use store::query::NAMES;

/// One route.
pub(crate) struct Route {
    /// Path under `/api/v1`.
    pub path: &'static str,
    /// What it answers.
    pub summary: &'static str,
    /// Whether the parameters of the filter are taken.
    pub filter: bool,
    /// Own parameters with what they mean.
    pub own: &'static [(&'static str, &'static str)],
}

const BY: (&str, &str) = ("by", "length of a step: day, week, month or year");

/// All routes that answer with JSON.
pub(crate) const ROUTES: &[Route] = &[
    Route {
        path: "/front",
        summary: "What changed since a moment",
        filter: true,
        own: &[("since", "ISO day or time; absent: about the newest fifty reports")],
    },
    Route {
        path: "/events",
        summary: "Events, a page at a time",
        filter: true,
        own: &[
            ("sort", "independent, newest, oldest or goldstein"),
            ("after", "cursor: `data.next` of the page before"),
            ("limit", "rows, at most 1000"),
        ],
    },
    Route { path: "/events/{id}", summary: "One event", filter: false, own: &[] },
    Route {
        path: "/facets",
        summary: "Values that would narrow a filter, with counts",
        filter: true,
        own: &[],
    },
    Route { path: "/timeline", summary: "Events over time, by quad class", filter: true, own: &[BY] },
    Route {
        path: "/dyad",
        summary: "What two actors did to each other",
        filter: true,
        own: &[
            ("a", "first actor: code, key or part of a name"),
            ("b", "second actor"),
            BY,
            ("brush", "days of the lists: from..to"),
        ],
    },
    Route { path: "/pairs", summary: "Pairs of states with most events", filter: true, own: &[] },
    Route {
        path: "/network",
        summary: "Actors and directed ties, blocs, strained triads",
        filter: true,
        own: &[("group", "person, body or state"), ("min", "least events of a tie")],
    },
    Route {
        path: "/map",
        summary: "Places and countries with counts",
        filter: true,
        own: &[("fill", "recipient, actor or place"), ("exact", "only places of one exactness")],
    },
    Route {
        path: "/articles/{id}",
        summary: "One page: text, marks, events with reasons, statements",
        filter: false,
        own: &[],
    },
    Route {
        path: "/stories",
        summary: "Stories by independent reports",
        filter: false,
        own: &[("limit", "rows, at most 1000")],
    },
    Route {
        path: "/stories/{id}",
        summary: "One story: events, contradictions, who copied whom",
        filter: false,
        own: &[],
    },
    Route { path: "/actors/{id}", summary: "One actor by key, code or name", filter: true, own: &[] },
    Route {
        path: "/search",
        summary: "Actors, stories, pages and statements that hold a few words",
        filter: false,
        own: &[("q", "the words")],
    },
    Route { path: "/status", summary: "Sizes of the database", filter: false, own: &[] },
];

/// A route that takes a post.
pub(crate) struct Post {
    path: &'static str,
    summary: &'static str,
    /// Parameters: name, place, what it means.
    own: &'static [(&'static str, &'static str, &'static str)],
    /// Whether the body says something.
    body: bool,
}

const NOTE: (&str, &str, &str) = ("note", "query", "why, for whoever reads it later");
const STORY: (&str, &str, &str) = ("id", "path", "id of a story");

/// All routes that take posts.
pub(crate) const POSTS: &[Post] = &[
    Post {
        path: "/read",
        summary: "Reads a pasted page; keeps it only with keep=yes and when the server allows it",
        own: &[("date", "query", "day of publication, ISO"), ("keep", "query", "yes to keep the page")],
        body: true,
    },
    Post {
        path: "/stories/{id}/merge",
        summary: "Decides that two stories are one, when the server allows it",
        own: &[STORY, ("with", "query", "id of the other story"), NOTE],
        body: false,
    },
    Post {
        path: "/stories/{id}/split",
        summary: "Decides that the articles in the body, one id a line, are another story, when the server allows it",
        own: &[STORY, NOTE],
        body: true,
    },
    Post {
        path: "/decisions/{n}/undo",
        summary: "Takes a decision about stories back, when the server allows it",
        own: &[("n", "path", "number of the decision")],
        body: false,
    },
];

fn means(name: &str) -> &'static str {
    match name {
        "actor" => "actors on either side: keys, beginnings of codes or parts of names, comma between",
        "code" => "beginning of the CAMEO code",
        "from" => "first day, ISO",
        "ind" => "at least so many independent reports",
        "modality" => "modalities, comma between",
        "outlet" => "outlet, whole name",
        "place" => "place: name, country code or id",
        "q" => "words that the reports must hold",
        "quad" => "quad classes 1 to 4, comma between",
        "to" => "last day, ISO",
        "type" => "PLOVER types, comma between",
        "who" => "who acts",
        "whom" => "to whom",
        _ => "",
    }
}

fn parameter(name: &str, place: &str, about: &str) -> Value {
    json!({"name": name, "in": place, "required": place == "path", "description": about, "schema": {"type": "string"}})
}

fn parameters(route: &Route) -> Vec<Value> {
    let mut out: Vec<Value> = Vec::new();
    if route.path.contains("{id}") {
        out.push(parameter("id", "path", "id as other answers give it"));
    }
    out.extend(route.own.iter().map(|(name, about)| parameter(name, "query", about)));
    if route.filter {
        out.extend(NAMES.iter().map(|name| parameter(name, "query", means(name))));
    }
    out
}

/// The description as JSON.
pub(crate) fn describe(version: &str) -> Value {
    let answer = |kind: &str, schema: Value| json!({"description": "the answer", "content": {kind: {"schema": schema}}});
    let failed = json!({"$ref": "#/components/responses/failed"});
    let envelope = json!({"$ref": "#/components/schemas/Envelope"});
    let mut paths = Map::new();
    for route in ROUTES {
        let get = json!({
            "summary": route.summary, "parameters": parameters(route),
            "responses": {"200": answer("application/json", envelope.clone()), "304": {"description": "as known by If-None-Match"}, "default": failed},
        });
        paths.insert(route.path.to_owned(), json!({"get": get}));
    }
    for (view, kind) in export::KNOWN {
        let route = ROUTES.iter().find(|r| r.path.trim_start_matches('/') == view);
        let get = json!({
            "summary": format!("The data of /{view} as {}", kind.to_uppercase()), "parameters": route.map(parameters).unwrap_or_default(),
            "responses": {"200": answer("application/octet-stream", json!({"type": "string"})), "default": failed},
        });
        paths.insert(format!("/{view}.{kind}"), json!({"get": get}));
    }
    for post in POSTS {
        let mut asked: Vec<Value> =
            post.own.iter().map(|(name, place, about)| parameter(name, place, about)).collect();
        asked.push(json!({"name": crate::guard::CSRF, "in": "header", "required": true, "description": "token of the desk's own page", "schema": {"type": "string"}}));
        let mut about = json!({
            "summary": post.summary, "parameters": asked,
            "responses": {"200": answer("application/json", envelope.clone()), "default": failed},
        });
        if post.body {
            about["requestBody"] =
                json!({"required": true, "content": {"text/plain": {"schema": {"type": "string"}}}});
        }
        paths.insert(post.path.to_owned(), json!({"post": about}));
    }
    json!({
        "openapi": "3.1.0",
        "info": {"title": "demarche", "version": version, "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
            "description": "Who did, or said, what to whom, with the sentences behind. Spans are Unicode code points."},
        "servers": [{"url": "/api/v1"}],
        "paths": paths,
        "components": {"schemas": {"Envelope": schema()}, "responses": {"failed": {"description": "what went wrong and what helps", "content": {"application/json": {"schema":
            {"type": "object", "properties": {"error": {"type": "object", "properties": {"message": {"type": "string"}, "hint": {"type": "string"}}}}}}}}}},
    })
}

fn schema() -> Value {
    json!({"type": "object", "required": ["query", "as_of", "counts", "total", "capped", "dropped", "names", "data"], "properties": {
        "query": {"type": "object", "additionalProperties": {"type": "string"}, "description": "the question as it was understood"},
        "as_of": {"type": ["string", "null"], "description": "last publication in the database"},
        "counts": {"type": "object", "additionalProperties": {"type": "integer"}, "description": "sizes of what the filter takes; only `happened` counts as events in charts"},
        "total": {"type": "integer", "description": "events of the whole database"},
        "capped": {"type": ["integer", "null"], "description": "rows after which the answer was cut"},
        "dropped": {"type": "array", "description": "parameters that were not understood", "items": {"type": "object", "properties": {"name": {"type": "string"}, "value": {"type": "string"}, "why": {"type": "string"}}}},
        "names": {"type": "object", "additionalProperties": {"type": "string"}, "description": "names of country codes"},
        "data": {"description": "the answer"},
    }})
}

/// `/openapi.json`.
pub(crate) async fn openapi(Held(state): Held<State>, headers: HeaderMap) -> Answer {
    tagged(&headers, "application/json", describe(&state.version).to_string().into_bytes())
}
