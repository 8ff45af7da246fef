//! demarche reads the news and keeps a checkable record of who did, or said, what to whom.
//!
//! Front door of the workspace: each stage is re-exported as a module.

pub use assets;
pub use coder;
pub use parser;
pub use reader;
pub use record;
pub use resolver;
pub use store;
pub use tables;

pub mod pipeline;
