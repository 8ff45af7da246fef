//! Source bytes to Page: article, metadata, furniture.
//!
//! [`read`] turns the bytes of one page (HTML, flattened text, one JSON article) into a [`record::Page`]; [`records()`] goes
//! through containers (feeds, web archives, JSON lines, tables) page by page, and [`open`] gives their records unread, so
//! that threads can share the work.
//! No network and no clock: addresses and the time of fetching come in through [`Hint`].
//!
//! ```
//! let text = "Dam talks resume\n\nGulf Desk World News 2024-03-09, 4:14pm\n\n\
//!             The two governments returned to the table on Saturday, their envoys said.\n\n\
//!             A second round is planned for Monday, reports UNB.\n";
//! let page = demarche_reader::read(text.as_bytes(), &demarche_reader::Hint::default())?;
//! assert_eq!(page.meta.headline.as_ref().map(|h| h.value.as_str()), Some("Dam talks resume"));
//! assert_eq!(page.meta.published.as_ref().map(|p| p.value.as_str()), Some("2024-03-09T16:14"));
//! assert!(page.body().count() >= 1);
//! # Ok::<(), demarche_reader::Error>(())
//! ```

mod article;
mod decode;
mod error;
pub mod format;
mod hint;
mod html;
mod limits;
mod line;
pub mod lines;
mod meta;
mod origin;
mod piece;
mod place;
mod records;
mod strip;

pub use error::{Error, ErrorKind};
pub use format::Format;
pub use format::parquet::parquet;
pub use hint::{Effort, Hint};
pub use meta::outlet::outlet;
pub use piece::{Outcome, Piece, Pieces, Source, open};
pub use place::Place;
pub use records::{MAX_RECORD, RecordError, Records, records};

use record::Page;
use sha2::{Digest, Sha256};
use std::io::Read;

/// Largest source of one page, in bytes. Saved news pages are under 10 MB.
pub const MAX_PAGE: usize = 16 << 20;

/// Reads one page.
///
/// # Errors
/// [`ErrorKind::Empty`] when nothing is readable, [`ErrorKind::Container`] for feeds, archives and tables of pages,
/// [`ErrorKind::Unsupported`] for pictures and the like, [`ErrorKind::TooLarge`] over [`MAX_PAGE`] bytes,
/// [`ErrorKind::Internal`] when a library underneath failed. Gzip is unpacked first.
pub fn read(bytes: &[u8], hint: &Hint) -> Result<Page, Error> {
    if bytes.starts_with(&[0x1F, 0x8B]) {
        return read(&gunzip(bytes)?, hint);
    }
    if bytes.len() > MAX_PAGE {
        return Err(Error::new(
            ErrorKind::TooLarge,
            format!("{} bytes, more than {MAX_PAGE} for one page", bytes.len()),
        ));
    }
    let format = hint.format.unwrap_or_else(|| format::sniff(bytes, hint));
    let mut page = match format {
        Format::Html => format::html::read(bytes, hint)?,
        Format::Text => format::text::read(bytes, hint)?,
        Format::Jsonl => return one_json(bytes, hint),
        Format::Empty => return Err(Error::new(ErrorKind::Empty, "nothing to read")),
        Format::Binary => return Err(Error::new(ErrorKind::Unsupported, "neither text nor HTML")),
        other => {
            let message = format!("{} holds many records: read it with `records`", other.name());
            return Err(Error::new(ErrorKind::Container, message));
        }
    };
    meta::language::note(&mut page);
    page.id = id(bytes);
    page.source = hint.source.clone();
    Ok(page)
}

/// The bytes of a page as text, decoded as [`read`] decodes them. `content_type` is what came with them.
pub fn text(bytes: &[u8], content_type: Option<&str>) -> String {
    decode::decode(bytes, content_type).text.into_owned()
}

/// The page of a source that is one JSON article.
fn one_json(bytes: &[u8], hint: &Hint) -> Result<Page, Error> {
    let mut all = records(bytes, &Hint { format: Some(Format::Jsonl), ..hint.clone() });
    let first = all.next().ok_or_else(|| Error::new(ErrorKind::Empty, "nothing to read"))?;
    if all.next().is_some() {
        return Err(Error::new(ErrorKind::Container, "more than one JSON record: read them with `records`"));
    }
    first.map_err(|e| Error::new(e.kind(), e.to_string()))
}

/// Unpacks a gzip source, up to [`MAX_PAGE`] bytes.
fn gunzip(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let mut out = Vec::new();
    let mut bounded = flate2::read::MultiGzDecoder::new(bytes).take(MAX_PAGE as u64 + 1);
    let result = bounded.read_to_end(&mut out);
    match result {
        Ok(_) if out.starts_with(&[0x1F, 0x8B]) => {
            Err(Error::new(ErrorKind::Unsupported, "gzip inside gzip"))
        }
        Err(e) if out.is_empty() => Err(Error::new(ErrorKind::Malformed, format!("gzip: {e}"))),
        _ => Ok(out),
    }
}

/// Hex of the first 8 bytes of the SHA-256 of the source and the version of this crate.
fn id(bytes: &[u8]) -> record::SmolStr {
    let mut hash = Sha256::new();
    hash.update(env!("CARGO_PKG_VERSION").as_bytes());
    hash.update([0]);
    hash.update(bytes);
    let hex: String = hash.finalize().iter().take(8).map(|b| format!("{b:02x}")).collect();
    hex.into()
}
