//! What must hold of whatever the reader makes of any bytes.

use demarche_reader::{Format, Hint};
use demarche_record::walk::Spans;
use demarche_record::{ByteSpan, Page};

/// Panics when a span of `page` lies outside its text or cuts a character, when blocks overlap, or when the page does
/// not come back from its JSON form as it was.
pub fn check_page(page: &Page) {
    let mut copy = page.clone();
    let text = page.text.as_str();
    copy.each_span(&mut |s: &mut ByteSpan| {
        assert!(text.get(s.start as usize..s.end as usize).is_some(), "span {s:?} of {} bytes", text.len());
    });
    let mut at = 0;
    for block in &page.blocks {
        assert!(block.span.start >= at && !block.span.is_empty(), "blocks overlap or are empty at {at}");
        at = block.span.end;
    }
}

/// Reads `data` as a container and checks every page.
pub fn check_records(data: &[u8], format: Format) {
    let hint = Hint { format: Some(format), ..Hint::default() };
    for page in demarche_reader::records(data, &hint).flatten() {
        check_page(&page);
    }
}
