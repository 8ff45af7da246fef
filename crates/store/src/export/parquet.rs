//! Events and coded articles to Parquet, for data frames and clusters.
//!
//! `events.parquet` has a row an event; `records.parquet` a row an article with the columns that `examples/spark` writes:
//! `record` holds the whole line that `demarche code` prints, so that `demarche add records.parquet` makes the database
//! again.

use super::{Format, Selection, Sink, writing};
use crate::day;
use crate::error::{Error, ErrorKind};
use crate::query::{Ev, Party, article};
use ::parquet::basic::Compression;
use ::parquet::column::writer::ColumnWriter;
use ::parquet::data_type::ByteArray;
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::SerializedFileWriter;
use ::parquet::schema::parser::parse_message_type;
use record::{Line, Record};
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// `parquet`.
pub struct Parquet;

/// Names are those of the CSV export; days are dates.
const EVENTS: &str = "message events {
    optional binary id (STRING); optional int32 day (DATE); optional int32 day_end (DATE); optional boolean day_exact;
    optional binary type (STRING); optional binary mode (STRING); optional binary cameo (STRING); optional int64 quad;
    optional double goldstein; optional binary who (STRING); optional binary who_code (STRING);
    optional binary whom (STRING); optional binary whom_code (STRING); optional boolean mutual;
    optional binary modality (STRING); optional binary reality (STRING); optional binary place (STRING);
    optional binary country (STRING); optional double lat; optional double lon; optional binary exactness (STRING);
    optional int64 articles; optional int64 outlets; optional int64 independent; optional boolean disputed;
    optional binary story (STRING); optional binary article (STRING); optional binary outlet (STRING);
    optional double confidence; optional binary sentence (STRING);
}";

/// The columns of `examples/spark/code_news.py`.
const RECORDS: &str = "message records {
    optional binary id (STRING); optional binary source (STRING); optional binary published (STRING);
    optional binary key (STRING); optional int32 events; optional binary error (STRING);
    optional binary record (STRING);
}";

/// Rows of a row group.
const EVENT_ROWS: usize = 20_000;
const RECORD_ROWS: usize = 500;

impl Format for Parquet {
    fn name(&self) -> &'static str {
        "parquet"
    }

    fn about(&self) -> &'static str {
        "events.parquet, one event a row; records.parquet, one coded article a row, which `demarche add` takes"
    }

    fn many(&self) -> bool {
        true
    }

    fn write(&self, selection: &Selection<'_>, sink: &mut dyn Sink) -> Result<(), Error> {
        let mut table = Table::new(EVENTS, EVENT_ROWS, sink.file("events.parquet")?)?;
        selection.events(|ev, _| table.push(event(ev)))?;
        table.finish()?;
        let mut table = Table::new(RECORDS, RECORD_ROWS, sink.file("records.parquet")?)?;
        for id in selection.articles()? {
            if let Some(record) = article::record(selection.store, &id, true)? {
                table.push(coded(&id, record)?)?;
            }
        }
        table.finish()
    }
}

/// One value, by the physical type of its column.
enum Cell {
    Text(Option<String>),
    Day(Option<i32>),
    Whole(Option<i64>),
    Real(Option<f64>),
    Flag(bool),
}

fn event(e: &Ev) -> Vec<Cell> {
    let text = |s: &str| Cell::Text(Some(s.to_owned()));
    let whole = |n: u32| Cell::Whole(Some(i64::from(n)));
    let date =
        |d: Option<&String>| Cell::Day(d.and_then(|d| day::number(d)).and_then(|d| i32::try_from(d).ok()));
    let all = |side: &[Party], part: fn(&Party) -> &String| {
        text(&side.iter().map(|p| part(p).as_str()).collect::<Vec<_>>().join("; "))
    };
    let place = e.place.as_ref();
    vec![
        text(&e.id),
        date(e.day.as_ref()),
        date(e.day_end.as_ref()),
        Cell::Flag(e.day_exact),
        text(&e.kind),
        text(&e.mode),
        text(&e.cameo),
        Cell::Whole(Some(i64::from(e.quad))),
        Cell::Real(e.goldstein),
        all(&e.who, |p| &p.name),
        all(&e.who, |p| &p.code),
        all(&e.whom, |p| &p.name),
        all(&e.whom, |p| &p.code),
        Cell::Flag(e.mutual),
        text(&e.modality),
        text(&crate::names::word(&e.reality)),
        Cell::Text(place.map(|p| p.name.clone())),
        Cell::Text(place.and_then(|p| p.country.clone())),
        Cell::Real(place.map(|p| p.lat)),
        Cell::Real(place.map(|p| p.lon)),
        Cell::Text(place.map(|p| p.exact.clone())),
        whole(e.articles),
        whole(e.outlets),
        whole(e.independent),
        Cell::Flag(e.disputed),
        text(&e.story),
        text(&e.article),
        Cell::Text(e.outlet.clone()),
        Cell::Real(Some(e.confidence)),
        text(&e.text),
    ]
}

/// A row of `records.parquet`.
fn coded(id: &str, record: Record) -> Result<Vec<Cell>, Error> {
    let published = record.page.meta.published.as_ref().map(|p| p.value.clone());
    let events = record.coding.as_ref().map_or(0, |c| c.events.len());
    let source = record.page.source.clone();
    let key = published.as_deref().unwrap_or_default().chars().take(10).collect();
    let line = serde_json::to_string(&Line::Record(Box::new(record.to_json())))?;
    Ok(vec![
        Cell::Text(Some(id.to_owned())),
        Cell::Text(Some(source)),
        Cell::Text(published),
        Cell::Text(Some(key)),
        Cell::Day(i32::try_from(events).ok()),
        Cell::Text(None),
        Cell::Text(Some(line)),
    ])
}

/// What the Parquet writer has written and the file has not yet.
#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Buffer {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A file that is written by row groups; at most one is in memory.
struct Table<'a> {
    writer: SerializedFileWriter<Buffer>,
    buffer: Buffer,
    out: Box<dyn Write + 'a>,
    rows: Vec<Vec<Cell>>,
    most: usize,
}

impl<'a> Table<'a> {
    fn new(schema: &str, most: usize, out: Box<dyn Write + 'a>) -> Result<Table<'a>, Error> {
        let schema = Arc::new(parse_message_type(schema).map_err(failed)?);
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let buffer = Buffer::default();
        let writer =
            SerializedFileWriter::new(buffer.clone(), schema, Arc::new(properties)).map_err(failed)?;
        Ok(Table { writer, buffer, out, rows: Vec::new(), most })
    }

    fn push(&mut self, row: Vec<Cell>) -> Result<(), Error> {
        self.rows.push(row);
        if self.rows.len() >= self.most { self.group() } else { Ok(()) }
    }

    /// Writes the rows that wait as one row group.
    fn group(&mut self) -> Result<(), Error> {
        let rows = std::mem::take(&mut self.rows);
        let mut group = self.writer.next_row_group().map_err(failed)?;
        let mut at = 0;
        while let Some(mut column) = group.next_column().map_err(failed)? {
            let cells = rows.iter().filter_map(|r| r.get(at));
            cells_to(column.untyped(), cells).map_err(failed)?;
            column.close().map_err(failed)?;
            at += 1;
        }
        group.close().map_err(failed)?;
        self.out.write_all(&self.buffer.take()).map_err(writing)
    }

    fn finish(mut self) -> Result<(), Error> {
        if !self.rows.is_empty() {
            self.group()?;
        }
        self.writer.close().map_err(failed)?;
        self.out.write_all(&self.buffer.take()).map_err(writing)?;
        self.out.flush().map_err(writing)
    }
}

/// Writes the cells of one column; cells of another type than the column's are nulls.
fn cells_to<'c>(
    column: &mut ColumnWriter<'_>,
    cells: impl Iterator<Item = &'c Cell>,
) -> Result<(), ParquetError> {
    fn split<T>(values: impl Iterator<Item = Option<T>>) -> (Vec<T>, Vec<i16>) {
        let (mut there, mut levels) = (Vec::new(), Vec::new());
        for value in values {
            levels.push(i16::from(value.is_some()));
            there.extend(value);
        }
        (there, levels)
    }
    match column {
        ColumnWriter::ByteArrayColumnWriter(w) => {
            let text = |c: &Cell| match c {
                Cell::Text(t) => t.as_deref().map(ByteArray::from),
                _ => None,
            };
            let (values, levels) = split(cells.map(text));
            w.write_batch(&values, Some(&levels), None)?;
        }
        ColumnWriter::Int32ColumnWriter(w) => {
            let day = |c: &Cell| if let Cell::Day(d) = c { *d } else { None };
            let (values, levels) = split(cells.map(day));
            w.write_batch(&values, Some(&levels), None)?;
        }
        ColumnWriter::Int64ColumnWriter(w) => {
            let whole = |c: &Cell| if let Cell::Whole(n) = c { *n } else { None };
            let (values, levels) = split(cells.map(whole));
            w.write_batch(&values, Some(&levels), None)?;
        }
        ColumnWriter::DoubleColumnWriter(w) => {
            let real = |c: &Cell| if let Cell::Real(x) = c { *x } else { None };
            let (values, levels) = split(cells.map(real));
            w.write_batch(&values, Some(&levels), None)?;
        }
        ColumnWriter::BoolColumnWriter(w) => {
            let flag = |c: &Cell| if let Cell::Flag(b) = c { Some(*b) } else { None };
            let (values, levels) = split(cells.map(flag));
            w.write_batch(&values, Some(&levels), None)?;
        }
        _ => return Err(ParquetError::General("a column of a type that is not written".to_owned())),
    }
    Ok(())
}

fn failed(e: ParquetError) -> Error {
    Error::new(ErrorKind::Internal, e.to_string())
}
