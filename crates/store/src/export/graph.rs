//! Events to graphs: GEXF 1.3 with a spell for each event day, GraphML with counts as weights. Only what happened.

use super::lines::happened;
use super::lines::pairs;
use super::{Format, Selection, Sink, writing, xml};
use crate::error::Error;
use crate::query::Party;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// `gexf`.
pub struct Gexf;

/// `graphml`.
pub struct GraphMl;

#[derive(Default)]
struct Node {
    name: String,
    code: String,
    country: String,
    kind: String,
    events: u64,
}

#[derive(Default)]
struct Edge {
    n: u64,
    independent: u64,
    goldstein: f64,
    days: BTreeSet<String>,
}

#[derive(Default)]
struct Graph {
    nodes: BTreeMap<String, Node>,
    edges: BTreeMap<(String, String, String), Edge>,
}

fn graph(selection: &Selection<'_>) -> Result<Graph, Error> {
    let mut out = Graph::default();
    happened(selection, |ev, _, day| {
        for (who, whom) in pairs(ev) {
            let Some(whom) = whom else { continue };
            out.node(who);
            out.node(whom);
            let edge = out.edges.entry((who.id.clone(), whom.id.clone(), ev.kind.clone())).or_default();
            edge.n += 1;
            edge.independent += u64::from(ev.independent);
            edge.goldstein += ev.goldstein.unwrap_or_default();
            edge.days.insert(day.to_owned());
        }
        Ok(())
    })?;
    Ok(out)
}

impl Graph {
    fn node(&mut self, p: &Party) {
        let node = self.nodes.entry(p.id.clone()).or_default();
        node.events += 1;
        // One actor has several names in texts: the smallest, so that the order of events does not matter.
        if node.name.is_empty() || p.name < node.name {
            node.name.clone_from(&p.name);
        }
        node.code.clone_from(&p.code);
        node.country = p.country.clone().unwrap_or_default();
        node.kind.clone_from(&p.kind);
    }
}

impl Format for Gexf {
    fn name(&self) -> &'static str {
        "gexf"
    }

    fn about(&self) -> &'static str {
        "GEXF 1.3 for Gephi: an edge for each actor, type and recipient, a spell for each day; only what happened"
    }

    fn write(&self, selection: &Selection<'_>, sink: &mut dyn Sink) -> Result<(), Error> {
        let graph = graph(selection)?;
        let mut text = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n\
             <meta><creator>demarche</creator></meta>\n\
             <graph defaultedgetype=\"directed\" mode=\"dynamic\" timeformat=\"date\" timerepresentation=\"interval\">\n\
             <attributes class=\"node\"><attribute id=\"code\" title=\"code\" type=\"string\"/>\
             <attribute id=\"country\" title=\"country\" type=\"string\"/>\
             <attribute id=\"kind\" title=\"kind\" type=\"string\"/>\
             <attribute id=\"n_events\" title=\"n_events\" type=\"integer\"/></attributes>\n\
             <attributes class=\"edge\"><attribute id=\"type\" title=\"type\" type=\"string\"/>\
             <attribute id=\"independent\" title=\"independent\" type=\"integer\"/>\
             <attribute id=\"goldstein\" title=\"goldstein\" type=\"double\"/></attributes>\n<nodes>\n",
        );
        for (id, n) in &graph.nodes {
            let value = |name: &str, v: &str| format!("<attvalue for=\"{name}\" value=\"{}\"/>", xml(v));
            let values = [
                ("code", n.code.as_str()),
                ("country", &n.country),
                ("kind", &n.kind),
                ("n_events", &n.events.to_string()),
            ]
            .map(|(k, v)| value(k, v))
            .concat();
            writeln!(
                text,
                "<node id=\"{}\" label=\"{}\"><attvalues>{values}</attvalues></node>",
                xml(id),
                xml(&n.name)
            )?;
        }
        text.push_str("</nodes>\n<edges>\n");
        for (number, ((a, b, kind), e)) in graph.edges.iter().enumerate() {
            let spells: String =
                e.days.iter().map(|d| format!("<spell start=\"{d}\" end=\"{d}\"/>")).collect();
            writeln!(
                text,
                "<edge id=\"{number}\" source=\"{}\" target=\"{}\" kind=\"{}\" label=\"{}\" weight=\"{}\"><attvalues>\
                 <attvalue for=\"type\" value=\"{}\"/><attvalue for=\"independent\" value=\"{}\"/>\
                 <attvalue for=\"goldstein\" value=\"{:.2}\"/></attvalues><spells>{spells}</spells></edge>",
                xml(a),
                xml(b),
                xml(kind),
                xml(kind),
                e.n,
                xml(kind),
                e.independent,
                e.goldstein
            )?;
        }
        text.push_str("</edges>\n</graph>\n</gexf>\n");
        put(sink, "events.gexf", &text)
    }
}

impl Format for GraphMl {
    fn name(&self) -> &'static str {
        "graphml"
    }

    fn about(&self) -> &'static str {
        "GraphML with counts and Goldstein sums on edges; only what happened"
    }

    fn write(&self, selection: &Selection<'_>, sink: &mut dyn Sink) -> Result<(), Error> {
        let graph = graph(selection)?;
        let mut text = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
        );
        let keys = [
            ("name", "node", "string"),
            ("code", "node", "string"),
            ("country", "node", "string"),
            ("kind", "node", "string"),
            ("n_events", "node", "long"),
            ("type", "edge", "string"),
            ("weight", "edge", "long"),
            ("independent", "edge", "long"),
            ("goldstein", "edge", "double"),
            ("first", "edge", "string"),
            ("last", "edge", "string"),
        ];
        for (name, on, kind) in keys {
            writeln!(text, "<key id=\"{name}\" for=\"{on}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")?;
        }
        text.push_str("<graph edgedefault=\"directed\">\n");
        let data = |name: &str, v: &str| format!("<data key=\"{name}\">{}</data>", xml(v));
        for (id, n) in &graph.nodes {
            let values = [
                data("name", &n.name),
                data("code", &n.code),
                data("country", &n.country),
                data("kind", &n.kind),
            ]
            .concat();
            writeln!(
                text,
                "<node id=\"{}\">{values}{}</node>",
                xml(id),
                data("n_events", &n.events.to_string())
            )?;
        }
        for (number, ((a, b, kind), e)) in graph.edges.iter().enumerate() {
            let end = |d: Option<&String>| d.cloned().unwrap_or_default();
            let values = [
                data("type", kind),
                data("weight", &e.n.to_string()),
                data("independent", &e.independent.to_string()),
                data("goldstein", &format!("{:.2}", e.goldstein)),
                data("first", &end(e.days.first())),
                data("last", &end(e.days.last())),
            ]
            .concat();
            writeln!(
                text,
                "<edge id=\"e{number}\" source=\"{}\" target=\"{}\">{values}</edge>",
                xml(a),
                xml(b)
            )?;
        }
        text.push_str("</graph>\n</graphml>\n");
        put(sink, "events.graphml", &text)
    }
}

fn put(sink: &mut dyn Sink, name: &str, text: &str) -> Result<(), Error> {
    let mut out = sink.file(name)?;
    out.write_all(text.as_bytes()).map_err(writing)?;
    out.flush().map_err(writing)
}
