//! Events to comma-separated values with a header.

use super::{Format, Selection, Sink, writing};
use crate::error::Error;
use crate::table;

/// `csv`.
pub struct Csv;

impl Format for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn about(&self) -> &'static str {
        "one event a row, for spreadsheets"
    }

    fn write(&self, selection: &Selection<'_>, sink: &mut dyn Sink) -> Result<(), Error> {
        let mut out = sink.file("events.csv")?;
        let header = table::events(&[]).csv();
        out.write_all(header.as_bytes()).map_err(writing)?;
        selection.events(|ev, _| {
            let text = table::events(std::slice::from_ref(ev)).csv();
            out.write_all(&text.as_bytes()[header.len()..]).map_err(writing)
        })?;
        out.flush().map_err(writing)
    }
}
