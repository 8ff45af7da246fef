//! Parquet files to records, a row each, by the names that table columns go by.

use crate::piece::Pieces;
use crate::{ErrorKind, Hint, Place, RecordError};
use std::fs::File;

/// Records of a Parquet file.
///
/// Columns are found by name as in other tables; columns that mean nothing here are not read. Without the feature
/// `parquet` the one result is an error that says so.
pub fn parquet<'a>(file: File, hint: &Hint) -> Pieces<'a> {
    imp::pieces(file, hint)
}

#[allow(dead_code)]
fn failed<'a>(kind: ErrorKind, message: impl Into<String>) -> Pieces<'a> {
    Box::new(std::iter::once(Err(RecordError::new(Place::Whole, kind, message))))
}

#[cfg(not(feature = "parquet"))]
mod imp {
    use super::{ErrorKind, File, Hint, Pieces, failed};

    pub fn pieces<'a>(_: File, _: &Hint) -> Pieces<'a> {
        failed(ErrorKind::Unsupported, "this program was built without Parquet (cargo feature `parquet`)")
    }
}

#[cfg(feature = "parquet")]
mod imp {
    use super::{ErrorKind, File, Hint, Pieces, Place, RecordError, failed};
    use crate::article::Article;
    use crate::format::csv;
    use crate::piece::Piece;
    use ::parquet::errors::ParquetError;
    use ::parquet::file::reader::{FileReader, SerializedFileReader};
    use ::parquet::record::reader::RowIter;
    use ::parquet::record::{Field, Row};
    use ::parquet::schema::types::Type;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::Arc;

    /// Column that holds whole lines of JSON, as `demarche code` prints them: rows that went through a cluster.
    const RECORD: &str = "record";

    pub fn pieces<'a>(file: File, hint: &Hint) -> Pieces<'a> {
        // The crate trusts lengths that the file states in places; a panic there is the file's fault.
        match catch_unwind(AssertUnwindSafe(|| open(file))) {
            Ok(Ok((rows, lines))) => {
                let hint = Arc::new(hint.clone());
                Box::new(Rows { rows: Some(rows), lines, number: 0, hint })
            }
            Ok(Err(e)) => failed(ErrorKind::Malformed, e),
            Err(_) => failed(ErrorKind::Malformed, "the Parquet library failed on this file"),
        }
    }

    /// The rows, and whether they are lines of JSON.
    fn open(file: File) -> Result<(RowIter<'static>, bool), String> {
        let plain = |e: ParquetError| e.to_string();
        let reader = SerializedFileReader::new(file).map_err(plain)?;
        let schema = reader.metadata().file_metadata().schema();
        let fields = schema.get_fields().iter();
        let line = fields.clone().find(|f| f.name() == RECORD && f.is_primitive());
        let known: Vec<_> = match line {
            Some(line) => vec![line.clone()],
            None => fields.filter(|f| csv::column(f.name()).is_some()).cloned().collect(),
        };
        let lines = line.is_some();
        let named = |name: &str| schema.get_fields().iter().any(|f| f.name() == name);
        if named("cameo") && named("who_code") {
            return Err(
                "a table of events, as `demarche export` makes it; the articles are in records.parquet"
                    .to_owned(),
            );
        }
        let has = |name: &str| known.iter().any(|f| csv::column(f.name()) == Some(name));
        if !lines && !has("text") && !has("html") && !has("title") {
            return Err("no column called text, html or title".to_owned());
        }
        let projection = Type::group_type_builder(schema.name()).with_fields(known).build().map_err(plain)?;
        let rows = RowIter::from_file_into(Box::new(reader)).project(Some(projection)).map_err(plain)?;
        Ok((rows, lines))
    }

    struct Rows {
        rows: Option<RowIter<'static>>,
        lines: bool,
        number: u64,
        hint: Arc<Hint>,
    }

    impl Iterator for Rows {
        type Item = Result<Piece, RecordError>;

        fn next(&mut self) -> Option<Self::Item> {
            let rows = self.rows.as_mut()?;
            self.number += 1;
            let place = Place::Row(self.number);
            let broken = |m: String| Some(Err(RecordError::new(place.clone(), ErrorKind::Damaged, m)));
            match catch_unwind(AssertUnwindSafe(|| rows.next())) {
                Ok(None) => None,
                Ok(Some(Ok(row))) if self.lines => {
                    let text = row.get_column_iter().flat_map(|(_, field)| texts(field)).next();
                    let missing =
                        || RecordError::new(place.clone(), ErrorKind::Malformed, "a row without a record");
                    Some(
                        text.ok_or_else(missing)
                            .map(|t| Piece::json_of(t, place.clone(), Arc::clone(&self.hint))),
                    )
                }
                Ok(Some(Ok(row))) => Some(Ok(Piece::article(article(&row), place, Arc::clone(&self.hint)))),
                // What follows cannot be found without what is broken.
                Ok(Some(Err(e))) => {
                    self.rows = None;
                    broken(format!("{e}; the rows behind it are lost"))
                }
                Err(_) => {
                    self.rows = None;
                    broken("the Parquet library failed here; the rows behind it are lost".to_owned())
                }
            }
        }
    }

    fn article(row: &Row) -> Article {
        let mut article = Article { how: "table", ..Article::default() };
        for (name, field) in row.get_column_iter() {
            let Some(column) = csv::column(name) else { continue };
            for value in texts(field) {
                csv::set(&mut article, column, value);
            }
        }
        article
    }

    fn texts(field: &Field) -> Vec<String> {
        match field {
            Field::Null => Vec::new(),
            Field::Str(text) => vec![text.clone()],
            Field::Bytes(bytes) => vec![crate::decode::decode(bytes.data(), None).text.into_owned()],
            Field::ListInternal(list) => list.elements().iter().flat_map(texts).collect(),
            Field::Group(_) | Field::MapInternal(_) => Vec::new(),
            other => vec![other.to_string().trim_matches('"').to_owned()],
        }
    }
}
