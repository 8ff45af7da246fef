//! Every byte span inside a value, visited in place: for the JSON border and for checks that spans fit their text.
//!
//! Values are taken apart field by field without `..`, so that a new field cannot be forgotten here.

use crate::coding::{Coding, Passed};
use crate::doc::{Doc, Entity, Sentence, Token};
use crate::event::{Cue, Event, Magnitude, Participant, Qualifier};
use crate::mention::{ActorMention, DateMention, Mentions, PlaceMention};
use crate::page::{Block, Found, Meta, OriginRun, Page};
use crate::span::ByteSpan;
use crate::statement::{Attribution, Speaker, SpeechCue, Statement};

/// A value that holds byte spans of `Page.text`.
pub trait Spans {
    /// Calls `f` on each span, in the order of the fields.
    fn each_span(&mut self, f: &mut dyn FnMut(&mut ByteSpan));
}

impl Spans for ByteSpan {
    fn each_span(&mut self, f: &mut dyn FnMut(&mut ByteSpan)) {
        f(self);
    }
}

impl<T: Spans> Spans for Option<T> {
    fn each_span(&mut self, f: &mut dyn FnMut(&mut ByteSpan)) {
        if let Some(value) = self {
            value.each_span(f);
        }
    }
}

impl<T: Spans> Spans for Vec<T> {
    fn each_span(&mut self, f: &mut dyn FnMut(&mut ByteSpan)) {
        for value in self {
            value.each_span(f);
        }
    }
}

/// Implements [`Spans`] for a struct: fields before `;` hold spans, fields after it do not.
macro_rules! spans {
    ($name:ident $(<$g:ident>)? { $($with:ident),* ; $($without:ident),* }) => {
        impl $(<$g>)? Spans for $name $(<$g>)? {
            fn each_span(&mut self, f: &mut dyn FnMut(&mut ByteSpan)) {
                let $name { $($with,)* $($without: _),* } = self;
                $($with.each_span(f);)*
            }
        }
    };
}

spans!(Page { blocks, meta, origin; schema, id, source, text, notes });
spans!(OriginRun { span; source_start, source_end });
spans!(Block { span; kind });
spans!(Found<T> { span; value, how });
spans!(Meta {
    headline, authors, desk, publisher, publisher_country, section, published, updated, language, given_id,
    canonical_url, images, wires, dateline;
});
spans!(Doc { tokens, sentences; entities });
spans!(Token { span; space_after, norm, lemma, tag, pos, morph, head, dep });
spans!(Sentence { span; tokens, block });
spans!(Mentions { actors, places, dates; });
spans!(ActorMention { span; tokens, head, actors, why, antecedent, within, as_place });
spans!(PlaceMention { span; tokens, place, metonym, why });
spans!(DateMention { span; tokens, kind, value, modifier, start, end, precision, why });
spans!(Coding { events, statements, passed; });
spans!(Passed { trigger; sentence, reason, note });
spans!(Event {
    trigger, also, sources, targets, qualifier, chain, magnitudes;
    id, sentence, plover, modes, cameo, goldstein, contexts, symmetric, place, date, statement, confidence, why
});
spans!(Participant { span; mention, actor, how });
spans!(Qualifier { cues; modality, status, reported });
spans!(Cue { span; kind, row });
spans!(Magnitude { span; kind, low, high, unit });
spans!(Statement { content, cue, speaker, addressee, chain, quoted; id, kind, sentence, why });
spans!(SpeechCue { span; lemma, kind, stance });
spans!(Speaker { span; mention, name, actor });
spans!(Attribution { span; name, actor, role, state_media });

/// Entities are counted in tokens only.
const _: fn(Entity) = |Entity { tokens: _, label: _ }| ();

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visits_every_span_of_a_page() {
        let mut page = Page::plain("One.\n\nTwo.", None);
        page.meta.headline =
            Some(Found { value: "One.".to_owned(), span: Some(ByteSpan::new(0, 4)), how: "x".into() });
        let mut seen = Vec::new();
        page.each_span(&mut |s| seen.push((s.start, s.end)));
        assert_eq!(seen, [(0, 4), (6, 10), (0, 4)]);
    }
}
