//! A story to rows: the old ones of its articles go, the new ones come.

use super::read::{Article, Told};
use super::story::{Built, BuiltEvent};
use crate::add::actor;
use crate::error::Error;
use crate::names;
use crate::query::Reality;
use crate::query::desk::Shape;
use record::{Participant, Place};
use rusqlite::{OptionalExtension, Transaction, params};
use std::collections::BTreeSet;

/// Deletes the stories of some articles, with their events. Articles and tellings of the piece keep the numbers of what
/// was deleted until [`story`] writes new ones over them: the transaction checks references at its end. A member that is
/// not in the piece is of another piece that changed, and loses its story until that is settled.
pub fn clear(change: &Transaction<'_>, articles: &[i64]) -> Result<(), Error> {
    let inside: BTreeSet<i64> = articles.iter().copied().collect();
    let mut find = change.prepare_cached("SELECT story FROM article WHERE n = ? AND story IS NOT NULL")?;
    let mut stories = BTreeSet::new();
    for n in articles {
        stories.extend(find.query_row([n], |r| r.get::<_, i64>(0)).optional()?);
    }
    let mut members = change.prepare_cached("SELECT n FROM article WHERE story = ?")?;
    let loosen =
        ["UPDATE telling SET event = NULL WHERE article = ?", "UPDATE article SET story = NULL WHERE n = ?"];
    let remove = [
        "DELETE FROM dyad WHERE event IN (SELECT n FROM event WHERE story = ?)",
        "DELETE FROM participant WHERE event IN (SELECT n FROM event WHERE story = ?)",
        "DELETE FROM event WHERE story = ?",
        "DELETE FROM story WHERE n = ?",
    ];
    for story in &stories {
        let all: Vec<i64> = members.query_map([story], |r| r.get(0))?.collect::<Result<_, _>>()?;
        for n in all.iter().filter(|n| !inside.contains(n)) {
            for sql in loosen {
                change.prepare_cached(sql)?.execute([n])?;
            }
        }
        for sql in remove {
            change.prepare_cached(sql)?.execute([story])?;
        }
    }
    Ok(())
}

/// Writes one story of a piece.
pub fn story(change: &Transaction<'_>, built: &Built, articles: &[Article], piece: i64) -> Result<(), Error> {
    let counts = built.story.counts;
    let disputes = built.story.differences.iter().filter(|d| d.state == "disputed").count();
    change
        .prepare_cached(
            "INSERT INTO story (id, title, first_day, last_day, articles, outlets, independent, independent_low, \
             sources, disputes, shape, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            built.story.id.as_str(),
            built.title,
            built.days.map(|d| d.0),
            built.days.map(|d| d.1),
            counts.articles,
            counts.outlets,
            counts.independent,
            counts.independent_low,
            counts.sources,
            disputes as i64,
            serde_json::to_string(&Shape::of(&built.story))?,
            serde_json::to_string(&built.story)?
        ])?;
    let n = change.last_insert_rowid();
    let copies = built.story.copies.iter().filter(|c| c.kind != "derived");
    let copied: BTreeSet<&str> = copies.map(|c| c.from.as_str()).collect();
    let mut member = change
        .prepare_cached("UPDATE article SET story = ?, copied = ?, piece = ?, settled = 1 WHERE n = ?")?;
    for article in articles {
        member.execute(params![n, copied.contains(article.text.id.as_str()), piece, article.n])?;
    }
    drop(member);
    built.events.iter().try_for_each(|e| event(change, n, e, articles))
}

fn event(change: &Transaction<'_>, story: i64, e: &BuiltEvent, articles: &[Article]) -> Result<(), Error> {
    let told = |at: (usize, usize)| &articles[at.0].tellings[at.1];
    let best = told(e.best);
    let place =
        e.place.and_then(|at| told(at).telling.place.as_ref()).map(|p| place(change, p)).transpose()?;
    let reality = Reality::of(e.modality, e.dated);
    change
        .prepare_cached(
            "INSERT INTO event (id, story, type, modes, cameo, quad, goldstein, modality, reality, symmetric, day, \
             day_end, day_exact, place, articles, outlets, independent, independent_low, groups, disputed, seen, \
             article, ordinal, text, span_start, span_end, confidence, why) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            e.id.as_str(),
            story,
            best.event.plover.as_str(),
            best.event.modes.join("+"),
            best.event.cameo.as_str(),
            best.event.plover.quad().number(),
            best.event.goldstein,
            e.modality.as_str(),
            reality.number(),
            best.event.symmetric,
            e.days.map(|d| d.0),
            e.days.map(|d| d.1),
            e.dated,
            place,
            e.counts.articles,
            e.counts.outlets,
            e.counts.independent,
            e.counts.independent_low,
            serde_json::to_string(&e.groups)?,
            e.disputed,
            e.seen,
            articles[e.best.0].n,
            best.telling.ordinal,
            best.sentence,
            best.span[0],
            best.span[1],
            best.event.confidence,
            serde_json::to_string(&e.why)?
        ])?;
    let n = change.last_insert_rowid();
    let mut tell = change.prepare_cached("UPDATE telling SET event = ? WHERE n = ?")?;
    for at in &e.tellings {
        tell.execute([n, told(*at).n])?;
    }
    drop(tell);
    sides(change, n, e, best, reality)
}

/// Participants of an event, and its directed pairs.
fn sides(
    change: &Transaction<'_>,
    n: i64,
    e: &BuiltEvent,
    best: &Told,
    reality: Reality,
) -> Result<(), Error> {
    let mut insert = change.prepare_cached(
        "INSERT INTO participant (event, side, ordinal, actor, name) VALUES (?, ?, ?, ?, ?)",
    )?;
    let mut side = |side: i64, list: &[Participant]| -> Result<Vec<(i64, Option<String>)>, Error> {
        let mut out = Vec::new();
        for (ordinal, p) in list.iter().enumerate() {
            let number = actor(change, &p.actor)?;
            // "Finland" and "the Finns" of one sentence are one participant.
            if out.iter().any(|known: &(i64, Option<String>)| known.0 == number) {
                continue;
            }
            insert.execute(params![n, side, ordinal as i64, number, p.actor.name])?;
            out.push((number, p.actor.country.as_ref().map(ToString::to_string)));
        }
        Ok(out)
    };
    let (who, whom) = (side(0, &best.event.sources)?, side(1, &best.event.targets)?);
    let mut sorted: Vec<_> = if best.event.symmetric {
        let all: Vec<_> = who.iter().chain(&whom).collect();
        all.iter().flat_map(|a| all.iter().map(move |b| (*a, *b))).collect()
    } else {
        who.iter().flat_map(|a| whom.iter().map(move |b| (a, b))).collect()
    };
    // As the table orders them, so that the first pair of two states is the same after a migration.
    sorted.sort_unstable_by_key(|(a, b)| (a.0, b.0));
    sorted.dedup_by_key(|(a, b)| (a.0, b.0));
    let mut insert = change.prepare_cached(
        "INSERT OR IGNORE INTO dyad (event, who, whom, who_state, whom_state, day, quad, goldstein, reality, \
         independent, type, again) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    let mut states = BTreeSet::new();
    for (a, b) in sorted {
        // Two parties of one mutual event are distinct; a state against itself is kept, an actor against itself not.
        if a.0 != b.0 || !best.event.symmetric {
            insert.execute(params![
                n,
                a.0,
                b.0,
                a.1,
                b.1,
                e.days.map(|d| d.0),
                best.event.plover.quad().number(),
                best.event.goldstein,
                reality.number(),
                e.counts.independent,
                best.event.plover.as_str(),
                !states.insert((&a.1, &b.1))
            ])?;
        }
    }
    Ok(())
}

/// Number of a place, which gets a row when it has none.
fn place(change: &Transaction<'_>, place: &Place) -> Result<i64, Error> {
    let key = names::place_key(place);
    let mut find = change.prepare_cached("SELECT n FROM place WHERE key = ?")?;
    if let Some(n) = find.query_row([&key], |r| r.get(0)).optional()? {
        return Ok(n);
    }
    change
        .prepare_cached(
            "INSERT INTO place (key, name, country, adm1, lat, lon, feature, exactness) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            key,
            place.name,
            place.country.as_deref(),
            place.adm1,
            place.lat,
            place.lon,
            place.feature.as_str(),
            place.precision.as_str()
        ])?;
    Ok(change.last_insert_rowid())
}
