//! A component's `model` file (thinc's MessagePack form) to its layers' arrays, with shapes checked.

use super::msgpack::{bytes, entries, get, items, need, number, parse, text, wrong};
use crate::error::Error;
use rmpv::ValueRef;

/// An array of 32-bit floats, row-major.
#[derive(Debug, Clone, PartialEq)]
pub struct Array {
    /// Sizes, outermost first.
    pub shape: Vec<usize>,
    /// Values.
    pub data: Vec<f32>,
}

/// One layer of the network.
#[derive(Debug)]
pub struct Node<'v> {
    name: &'v str,
    params: &'v [(ValueRef<'v>, ValueRef<'v>)],
    attrs: &'v [(ValueRef<'v>, ValueRef<'v>)],
    refs: Option<&'v ValueRef<'v>>,
}

/// The layers in breadth-first order of the network.
#[derive(Debug)]
pub struct Network<'v> {
    nodes: Vec<Node<'v>>,
}

impl<'v> Network<'v> {
    /// Reads the node list of a parsed model file.
    pub fn new(value: &'v ValueRef<'v>) -> Result<Self, Error> {
        let list = |key: &str| items(need(value, key)?).ok_or_else(|| wrong(key, "a list"));
        let (nodes, attrs, params) = (list("nodes")?, list("attrs")?, list("params")?);
        if nodes.len() != attrs.len() || nodes.len() != params.len() {
            return Err(Error::format("nodes, attrs and params differ in number"));
        }
        let map = |v: &'v ValueRef<'v>| entries(v).ok_or_else(|| wrong("attrs or params of a node", "a map"));
        let mut out = Vec::with_capacity(nodes.len());
        for ((node, attrs), params) in nodes.iter().zip(attrs).zip(params) {
            let name = text(need(node, "name")?).ok_or_else(|| wrong("name of a node", "text"))?;
            out.push(Node { name, params: map(params)?, attrs: map(attrs)?, refs: get(node, "refs") });
        }
        Ok(Network { nodes: out })
    }

    /// All layers with the name, in order.
    pub fn named(&self, name: &str) -> impl Iterator<Item = &Node<'v>> {
        self.nodes.iter().filter(move |n| n.name == name)
    }

    /// The only layer with the name.
    pub fn only(&self, name: &str) -> Result<&Node<'v>, Error> {
        let mut all = self.named(name);
        match (all.next(), all.next()) {
            (Some(node), None) => Ok(node),
            (None, _) => Err(Error::format(format!("no layer {name}"))),
            _ => Err(Error::format(format!("more than one layer {name}"))),
        }
    }

    /// The layer that the network's first node refers to by `name`, with its index.
    pub fn referred(&self, name: &str) -> Result<(usize, &Node<'v>), Error> {
        let missing = || Error::format(format!("no layer is referred to as {name}"));
        let refs = self.nodes.first().and_then(|n| n.refs).ok_or_else(missing)?;
        let index =
            get(refs, name).and_then(number).and_then(|n| usize::try_from(n).ok()).ok_or_else(missing)?;
        Ok((index, self.nodes.get(index).ok_or_else(missing)?))
    }

    /// Layers with the name, each with its index.
    pub fn indexed(&self, name: &str) -> impl Iterator<Item = (usize, &Node<'v>)> {
        self.nodes.iter().enumerate().filter(move |(_, n)| n.name == name)
    }
}

impl Node<'_> {
    /// A parameter array of exactly this shape; 0 stands for any size.
    pub fn array(&self, key: &str, shape: &[usize]) -> Result<Array, Error> {
        let place = || format!("layer {}, {key}", self.name);
        let value = self.params.iter().find(|(k, _)| text(k) == Some(key)).map(|(_, v)| v);
        let array = array(value.ok_or_else(|| Error::format(format!("{}: missing", place())))?);
        let array = array.map_err(|e| e.within(&place()))?;
        let fits =
            array.shape.len() == shape.len() && array.shape.iter().zip(shape).all(|(a, b)| *b == 0 || a == b);
        if fits {
            Ok(array)
        } else {
            Err(Error::shape(format!("{}: shape {:?}, expected {shape:?}", place(), array.shape)))
        }
    }

    /// A whole-number attribute; attributes are MessagePack inside MessagePack.
    pub fn attr(&self, key: &str) -> Result<u64, Error> {
        let value = self.attrs.iter().find(|(k, _)| text(k) == Some(key)).and_then(|(_, v)| bytes(v));
        let value = value.ok_or_else(|| Error::format(format!("layer {}: no attribute {key}", self.name)))?;
        number(&parse(value)?).ok_or_else(|| wrong(key, "a number"))
    }
}

/// A NumPy array in thinc's form: `{nd, type, kind, shape, data}`.
fn array(value: &ValueRef<'_>) -> Result<Array, Error> {
    let kind = text(need(value, "type")?);
    if kind != Some("<f4") {
        return Err(Error::unsupported(format!("numbers are {kind:?}, not little-endian 32-bit floats")));
    }
    let shape = items(need(value, "shape")?).ok_or_else(|| wrong("shape", "a list"))?;
    let shape =
        shape.iter().map(|n| number(n).and_then(|n| usize::try_from(n).ok())).collect::<Option<Vec<_>>>();
    let shape = shape.ok_or_else(|| wrong("shape", "a list of sizes"))?;
    let data = bytes(need(value, "data")?).ok_or_else(|| wrong("data", "bytes"))?;
    let size = shape.iter().try_fold(4usize, |n, &s| n.checked_mul(s));
    if size != Some(data.len()) {
        return Err(Error::shape(format!("{} bytes do not make an array {shape:?}", data.len())));
    }
    let data: Vec<f32> = data.as_chunks().0.iter().map(|&b| f32::from_le_bytes(b)).collect();
    if data.iter().any(|x| !x.is_finite()) {
        return Err(Error::format("an array holds values that are no numbers"));
    }
    Ok(Array { shape, data })
}
