//! HTML to visible lines with their context, and those to a body.

pub(crate) mod align;
pub(crate) mod body;
pub(crate) mod density;
pub(crate) mod element;
pub(crate) mod mend;
pub(crate) mod pause;
pub(crate) mod scan;
