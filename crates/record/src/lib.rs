//! The nouns of demarche: every stage takes some of these values and returns another. No I/O, no tables.
//!
//! One text, one span: [`page::Page::text`] is the only string that spans point into, as UTF-8 byte offsets
//! ([`span::ByteSpan`]). Code-point offsets exist only at the JSON border (see [`offset`]).

pub mod actor;
pub mod check;
pub mod coding;
pub mod doc;
pub mod event;
pub mod line;
pub mod mention;
pub mod offset;
pub mod ontology;
pub mod page;
pub mod reason;
pub mod span;
pub mod statement;
pub mod story;
pub mod syntax;
pub mod walk;

pub use actor::{Actor, ActorKind};
pub use coding::{Coding, Passed};
pub use doc::{Doc, Entity, Sentence, Token};
pub use event::{Attachment, Event, Magnitude, Participant};
pub use line::{Count, Failure, Fault, FilterCounts, Line, Record};
pub use mention::{ActorMention, DateMention, Mentions, Place, PlaceMention};
pub use ontology::{Modality, Plover, Quad};
pub use page::{Block, BlockKind, Found, Meta, Page};
pub use reason::Reason;
pub use smol_str::SmolStr;
pub use span::{ByteSpan, Span, TokenSpan};
pub use statement::{Attribution, Statement, StatementKind};
pub use story::{CopyEdge, Counts, Difference, Evidence, JoinReason, MergedEvent, Side, Story};
pub use syntax::Syntax;

/// Version of the JSON form of every value in this crate. Raised when a field changes its meaning or goes.
pub const SCHEMA_VERSION: u32 = 1;
