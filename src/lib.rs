//! demarche reads the news and keeps a checkable record of who did, or said, what to whom.
//!
//! Front door of the workspace: each stage is re-exported as a module, [`pipeline::Demarche`] runs them in order.
//!
//! ```
//! use demarche::pipeline::Demarche;
//! use demarche::reader::{self, Hint};
//!
//! let demarche = Demarche::embedded()?;
//! let hint = Hint { published: Some("2024-03-09".to_owned()), ..Hint::default() };
//! let page = reader::read(b"The Kenyan president met Ugandan ministers in Kampala on Friday.", &hint)?;
//! let reading = demarche.code(page, false);
//! let event = &reading.coding.events[0];
//! assert_eq!(event.plover.as_str(), "CONSULT");
//! assert_eq!(event.trigger.of(&reading.page.text), "met");
//! let sides = event.sources.iter().chain(&event.targets);
//! let countries: Vec<_> = sides.filter_map(|p| p.actor.country.as_deref()).collect();
//! assert_eq!(countries, ["KEN", "UGA"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub use assets;
pub use coder;
pub use parser;
pub use reader;
pub use record;
pub use resolver;
pub use store;
pub use tables;

pub mod pipeline;
