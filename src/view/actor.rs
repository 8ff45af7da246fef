//! Actors and participants to the words on a line.

use crate::term::style::{ACTOR, DIM, PLAIN};
use crate::term::text::safe;
use crate::term::wrap::Rich;
use record::event::Attachment;
use record::{Actor, Participant};

/// Name and code: `Sergey Lavrov RUSGOV`.
pub fn full(actor: &Actor, rich: &mut Rich) {
    rich.add(ACTOR, &safe(&actor.name));
    if actor.country.is_some() || !actor.sectors.is_empty() {
        rich.add(PLAIN, " ").add(DIM, &actor.code());
    }
}

/// Name and code without styles.
pub fn short(actor: &Actor) -> String {
    match (actor.country.is_some() || !actor.sectors.is_empty(), actor.name.is_empty()) {
        (true, true) => actor.code(),
        (true, false) => format!("{} ({})", safe(&actor.name), actor.code()),
        (false, _) => safe(&actor.name).into_owned(),
    }
}

/// One side of an event, participants split by commas; a participant that no words name stands in brackets.
pub fn side(side: &[Participant], rich: &mut Rich) {
    for (n, p) in side.iter().enumerate() {
        if n > 0 {
            rich.add(PLAIN, ", ");
        }
        let implicit = p.span.is_none() || p.how == Attachment::Document;
        if implicit {
            rich.add(DIM, "[");
        }
        full(&p.actor, rich);
        if implicit {
            rich.add(DIM, "]");
        }
    }
}
