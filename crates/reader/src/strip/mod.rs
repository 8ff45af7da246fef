//! What a line of a page is for: words and neighbours to body, frame or furniture.

pub(crate) mod features;
pub(crate) mod frame;
pub(crate) mod kinds;
pub(crate) mod knowledge;
pub(crate) mod model;
pub(crate) mod score;
pub(crate) mod shape;
