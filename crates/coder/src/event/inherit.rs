//! What an event's own clause leaves out, from around it: the day of its paragraph, the place of the dateline.
//!
//! Both are marked [`Attachment::Document`] and leave a reason, so that nobody takes them for told.

use jiff::civil::Date;
use record::event::{Attached, EventDate, Status};
use record::{Attachment, Event, Mentions, Modality, Plover, Reason, Syntax, TokenSpan};

/// Days around publication within which a report still tells the news of its day.
const NEWS_DAYS: i32 = 31;

/// Words that a dateline may have before its dash ("PORT MORESBY, Papua New Guinea, March 12 (AP) -").
const DATELINE_WORDS: usize = 14;

/// Gives events what the page tells beside their clause.
pub struct Inheritance<'a> {
    /// The parse.
    pub syntax: &'a Syntax<'a>,
    /// Places and dates.
    pub mentions: &'a Mentions,
}

impl Inheritance<'_> {
    /// The events, in text order, each with its day and place where the page gives them.
    pub fn run(&self, mut events: Vec<Event>) -> Vec<Event> {
        let dateline = self.dateline();
        for i in 0..events.len() {
            if let Some((date, note)) = self.day_of_paragraph(&events, i) {
                events[i].date = Some(date);
                events[i].why.push(Reason::rule("coder/date-paragraph").with_note(note));
            }
            if events[i].place.is_none()
                && let Some(place) = dateline.filter(|&p| self.belongs(&events[i], p))
            {
                events[i].place = Some(Attached { mention: place as u32, how: Attachment::Document });
                events[i].why.push(Reason::rule("coder/place-dateline"));
            }
        }
        events
    }

    /// The day of the nearest dated event before this one in the paragraph, else of the first after it in the sentence.
    /// Only what is told in the simple past goes on in the time of the one before.
    fn day_of_paragraph(&self, events: &[Event], i: usize) -> Option<(EventDate, String)> {
        let event = &events[i];
        if event.date.as_ref().is_some_and(|d| d.mention.is_some()) || !is_news(event) || !self.is_past(event)
        {
            return None;
        }
        let block = |e: &Event| self.syntax.doc.sentences.get(e.sentence as usize).map(|s| s.block);
        let dated = |e: &&Event| {
            let own = |d: &EventDate| d.mention.is_some() && d.how != Attachment::Document;
            is_news(e) && e.date.as_ref().is_some_and(|d| own(d) && self.is_day_of_news(d))
        };
        let before = events[..i].iter().rev().take_while(|e| block(e) == block(event)).find(dated);
        let found = before
            .or_else(|| events[i + 1..].iter().take_while(|e| e.sentence == event.sentence).find(dated));
        let (found, date) = found.and_then(|e| Some((e, e.date.clone()?)))?;
        let note = found.trigger.of(&self.syntax.page.text).to_owned();
        Some((EventDate { how: Attachment::Document, ..date }, note))
    }

    /// A single day close to publication, when that is known.
    fn is_day_of_news(&self, date: &EventDate) -> bool {
        if date.start != date.end {
            return false;
        }
        let Some(published) = self.syntax.page.published_day() else { return true };
        match (day(&date.start), day(published)) {
            (Some(a), Some(b)) => (a - b).get_days().abs() <= NEWS_DAYS,
            _ => false,
        }
    }

    /// True when the event's word, or the verb that carries it, stands in the simple past.
    fn is_past(&self, event: &Event) -> bool {
        let s = self.syntax;
        let tokens = s.doc.tokens_in(event.trigger);
        let Some(head) = tokens.range().next().filter(|&t| t < s.len()) else { return false };
        let verb =
            std::iter::once(head).chain(s.ancestors(head)).find(|&t| matches!(s.pos(t), "VERB" | "AUX"));
        verb.is_some_and(|v| match s.tag(v) {
            "VBD" => true,
            "VBN" => s.children_with(v, &["auxpass"]).any(|a| s.tag(a) == "VBD") || s.dep(v) == "acl",
            "VBG" => matches!(s.dep(v), "advcl"),
            _ => false,
        })
    }

    /// The place that the body opens with, before a dash: by the reader, else by its form.
    fn dateline(&self) -> Option<usize> {
        let s = self.syntax;
        let places = &self.mentions.places;
        let known = |i: &usize| places[*i].place.is_some();
        let line = s.page.meta.dateline.as_ref().and_then(|d| d.span);
        if let Some(line) = line {
            return (0..places.len()).filter(known).find(|&i| line.covers(places[i].span));
        }
        let first = s.page.body().next()?;
        let start = s.doc.tokens_in(first.span).start as usize;
        let i = (0..places.len()).filter(known).find(|&i| places[i].tokens.start as usize == start)?;
        self.opens_with(places[i].tokens).then_some(i)
    }

    /// "BEIRUT -", "Paris, May 5 (AFP) —": capitals before a dash, no verb between.
    fn opens_with(&self, place: TokenSpan) -> bool {
        let s = self.syntax;
        let capitals = place.range().all(|t| t < s.len() && !s.text(t).chars().any(char::is_lowercase));
        let rest = (place.end as usize..s.len()).take(DATELINE_WORDS);
        let mut signed = false;
        for t in rest {
            if matches!(s.text(t), "—" | "–" | "-" | "--") {
                return capitals || signed;
            }
            signed |= s.text(t) == "(" || s.entity_label(t) == "DATE";
            if matches!(s.pos(t), "VERB" | "AUX" | "PRON" | "ADP") {
                return false;
            }
        }
        false
    }

    /// The dateline is where the report was written: the news of its first sentence happened there, and what those of
    /// its country say and decide. Violence and troops are where they are.
    fn belongs(&self, event: &Event, dateline: usize) -> bool {
        use Plover::*;
        let place = &self.mentions.places[dateline];
        let fresh = event.date.as_ref().is_none_or(|d| d.mention.is_none() || self.is_day_of_news(d));
        let country = place.place.as_ref().and_then(|p| p.country.as_ref());
        if !is_news(event) || !fresh || country.is_none() {
            return false;
        }
        let first = self.syntax.sentence(place.tokens.start as usize);
        let lead = first == Some(event.sentence as usize) && self.is_main(event);
        let host = event.sources.iter().any(|p| p.actor.country.as_ref() == country);
        lead || host && !matches!(event.plover, Assault | Mobilize | Retreat)
    }

    /// The event's word heads its sentence, or what the sentence reports.
    fn is_main(&self, event: &Event) -> bool {
        let s = self.syntax;
        let Some(t) = s.doc.tokens_in(event.trigger).range().next().filter(|&t| t < s.len()) else {
            return false;
        };
        s.is_root(t) || matches!(s.dep(t), "ccomp" | "conj") && s.is_root(s.head(t))
    }
}

/// The day at the head of an ISO date or time.
fn day(date: &str) -> Option<Date> {
    date.get(..10)?.parse().ok()
}

/// Told as having happened, not as history.
fn is_news(event: &Event) -> bool {
    event.qualifier.status == Status::Happened
        && matches!(event.qualifier.modality, Modality::Asserted | Modality::Reported)
}
