//! A network to GEXF 1.3: a directed edge for each tie, with its quad class as kind.

use std::fmt::Write;
use store::export::xml;
use store::query::network::Network;

/// The network as one document.
pub(super) fn network(n: &Network) -> Vec<u8> {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n<graph defaultedgetype=\"directed\">\n\
         <attributes class=\"node\"><attribute id=\"0\" title=\"kind\" type=\"string\"/>\
         <attribute id=\"1\" title=\"events\" type=\"integer\"/><attribute id=\"2\" title=\"independent\" type=\"integer\"/>\
         </attributes>\n<attributes class=\"edge\"><attribute id=\"0\" title=\"quad\" type=\"integer\"/>\
         <attribute id=\"1\" title=\"type\" type=\"string\"/><attribute id=\"2\" title=\"independent\" type=\"integer\"/>\
         </attributes>\n<nodes>\n",
    );
    for node in &n.nodes {
        let _ = writeln!(
            out,
            "<node id=\"{}\" label=\"{}\"><attvalues><attvalue for=\"0\" value=\"{}\"/><attvalue for=\"1\" value=\"{}\"/>\
             <attvalue for=\"2\" value=\"{}\"/></attvalues></node>",
            xml(&node.id),
            xml(&node.name),
            xml(&node.kind),
            node.n,
            node.ind
        );
    }
    out.push_str("</nodes>\n<edges>\n");
    for (id, tie) in n.ties.iter().filter(|t| t.n > 0).enumerate() {
        let _ = writeln!(
            out,
            "<edge id=\"{id}\" source=\"{}\" target=\"{}\" weight=\"{}\" kind=\"q{}\"><attvalues>\
             <attvalue for=\"0\" value=\"{}\"/><attvalue for=\"1\" value=\"{}\"/><attvalue for=\"2\" value=\"{}\"/>\
             </attvalues></edge>",
            xml(&tie.a),
            xml(&tie.b),
            tie.n,
            tie.quad,
            tie.quad,
            xml(&tie.kind),
            tie.ind
        );
    }
    out.push_str("</edges>\n</graph>\n</gexf>\n");
    out.into_bytes()
}
