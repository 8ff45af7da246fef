//! Answers of a database to readable lines: lists, tables, small plots.

use super::section;
use super::table::{bar, cut, show, spark};
use super::why::{decisions, joined_reports, joined_tellings};
use crate::term::Screen;
use crate::term::style::{ACTOR, DIM, HEDGE, PLAIN, TITLE, is_real, mark, paint, quad};
use crate::term::text::{count, date, days, safe, signed};
use crate::term::wrap::Rich;
use record::{Modality, Quad};
use store::query::actor::ActorPage;
use store::query::agg::Row;
use store::query::alerts::Alert;
use store::query::diff::Change;
use store::query::dyad::Dyad;
use store::query::events::{Events, Why};
use store::query::network::Network;
use store::query::story::{StoryLine, StoryPage};
use store::query::timeline::Timeline;
use store::query::{Ev, Party, Reality, Totals};
use store::table;

/// Signs of origins and copies before the rest is counted.
const DOTS: usize = 16;

/// Sizes of groups as dots: each origin full, its copies open.
fn dots(groups: &[u32]) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut left = DOTS;
    for group in groups {
        let copies = (*group as usize).saturating_sub(1).min(left.saturating_sub(1));
        if left == 0 {
            break;
        }
        out.push(format!("●{}", "○".repeat(copies)));
        left = left.saturating_sub(copies + 1);
    }
    let shown = DOTS - left;
    let all: usize = groups.iter().map(|g| *g as usize).sum();
    let more = if all > shown { format!(" +{}", all - shown) } else { String::new() };
    out.join(" ") + &more
}

fn class(number: u8) -> Quad {
    Quad::ALL.get(usize::from(number).wrapping_sub(1)).copied().unwrap_or(Quad::VerbalCooperation)
}

fn side(parties: &[Party], rich: &mut Rich) {
    if parties.is_empty() {
        rich.add(DIM, "nobody named");
    }
    for (n, p) in parties.iter().enumerate() {
        rich.add(PLAIN, if n > 0 { ", " } else { "" }).add(ACTOR, &safe(&p.name));
        if p.code != "---" && p.code != p.name {
            rich.add(PLAIN, " ").add(DIM, &p.code);
        }
    }
}

/// One event: who to whom, then how often and when, then the sentence.
pub(super) fn event(e: &Ev, screen: &Screen) -> String {
    let modality: Modality = e.modality.parse().unwrap_or(Modality::Possible);
    let colour = quad(class(e.quad));
    let mut head = Rich::new();
    head.add(colour, mark(modality)).add(PLAIN, " ").add(colour, &e.kind).add(PLAIN, "  ");
    side(&e.who, &mut head);
    if !e.whom.is_empty() {
        let arrow = if e.mutual {
            " ↔ "
        } else if is_real(modality) {
            " → "
        } else {
            " ⇢ "
        };
        head.add(PLAIN, arrow);
        side(&e.whom, &mut head);
    }
    let mut out = head.set(screen.measure(), "", "    ");
    let reports = format!("{}, {} independent", count(e.articles as usize, "report"), e.independent);
    let mut parts = vec![e.modality.clone()];
    match (&e.day, &e.day_end) {
        (Some(day), Some(end)) => parts.push(days(day, end)),
        (Some(day), None) if e.day_exact => parts.push(date(day)),
        (Some(day), None) => parts.push(format!("published {}", date(day))),
        _ => parts.push("no day".to_owned()),
    }
    parts.extend(e.place.as_ref().map(|p| safe(&p.name).into_owned()));
    parts.push(format!("CAMEO {}", e.cameo));
    parts.extend(e.goldstein.map(|g| format!("Goldstein {}", signed(g as f32))));
    let mut rest = Rich::new();
    rest.add(DIM, &dots(&e.groups)).add(PLAIN, "  ").add(PLAIN, &reports);
    for part in &parts {
        rest.add(DIM, " · ").add(PLAIN, part);
    }
    if e.disputed {
        rest.add(DIM, " · ").add(HEDGE, "disputed");
    }
    rest.add(DIM, &format!(" · {} in {}", e.id, e.story));
    out.push_str(&rest.set(screen.measure(), "  ", "    "));
    out.push_str(&Rich::new().add(PLAIN, &safe(&e.text)).set(screen.measure(), "  │ ", "  │ "));
    out
}

/// A list of events.
pub fn events(list: &Events, totals: &Totals, screen: &Screen) -> String {
    let beside = totals.events - totals.happened.min(totals.events);
    let counts = format!("{}  {} happened, {beside} reported, open or not", totals.events, totals.happened);
    let mut out = section("Events", &counts, screen);
    for e in &list.rows {
        out.push_str(&event(e, screen));
        out.push('\n');
    }
    if let Some(next) = list.next {
        out.push_str(&paint(DIM, &format!("--skip {next} shows the next\n")));
    }
    if list.rows.is_empty() {
        out.push_str("  none\n");
    }
    out
}

/// What the counts above are counts of.
fn beside(screen: &Screen) -> String {
    let text = "counted: what a text vouches for; reported, open and not happened stand beside";
    Rich::new().add(DIM, text).set(screen.measure(), "", "")
}

/// Counts by pair and period.
pub fn agg(rows: &[Row], screen: &Screen) -> String {
    let table = table::agg(rows);
    let mut out = show(
        &table,
        &["period", "who", "whom", "events", "goldstein_mean", "reported", "open", "not_happened"],
        screen,
    );
    let most = rows.iter().map(|r| r.events).max().unwrap_or(0);
    let mut by_pair: std::collections::BTreeMap<(&str, &str), Vec<u64>> = std::collections::BTreeMap::new();
    for row in rows {
        by_pair.entry((&row.who, &row.whom)).or_default().push(row.events);
    }
    let mut series: Vec<_> = by_pair.into_iter().filter(|p| p.1.len() > 2).collect();
    series.sort_by(|a, b| b.1.iter().sum::<u64>().cmp(&a.1.iter().sum()).then(a.0.cmp(&b.0)));
    if most > 0 && !series.is_empty() {
        out.push('\n');
        for ((who, whom), counts) in series.into_iter().take(10) {
            let line =
                format!("{who} → {whom}  {}", cut(&spark(&counts), screen.measure().saturating_sub(16)));
            out.push_str(&(line + "\n"));
        }
    }
    out + &beside(screen)
}

/// Ties, blocs, strained triads.
pub fn network(n: &Network, screen: &Screen) -> String {
    let counts = format!("{} actors  {} ties  {} hidden", n.nodes.len(), n.ties.len(), n.hidden);
    let mut out = section("Network", &counts, screen);
    out.push_str(&show(
        &table::network(n),
        &["who", "whom", "type", "events", "independent", "reported", "open"],
        screen,
    ));
    if !n.blocs.is_empty() {
        out.push_str(&section("Blocs", &n.blocs.len().to_string(), screen));
        for bloc in &n.blocs {
            out.push_str(&Rich::new().add(PLAIN, &safe(&bloc.join(", "))).set(
                screen.measure(),
                "  ",
                "    ",
            ));
        }
    }
    let (all, balanced) = n.triads;
    if all > 0 {
        let counts = format!("{all}  {balanced} balanced, {} strained", all - balanced);
        out.push_str(&section("Triads", &counts, screen));
        for t in n.strained.iter().take(12) {
            let sign = |s: i8| if s > 0 { "+" } else { "−" };
            let [a, b, c] = &t.actors;
            let [ab, ac, bc] = t.signs.map(sign);
            let line = format!("{a} {ab} {b}, {a} {ac} {c}, {b} {bc} {c}");
            out.push_str(&Rich::new().add(PLAIN, &safe(&line)).set(screen.measure(), "  ", "    "));
        }
    }
    out + &beside(screen)
}

/// A plot: conflict to the right, cooperation before it, one line a step.
pub fn timeline(t: &Timeline, screen: &Screen) -> String {
    let mut out = plot(t, screen);
    if !t.lanes.is_empty() {
        out.push_str(&section("Stories", &t.lanes.len().to_string(), screen));
    }
    for lane in &t.lanes {
        let mut rich = Rich::new();
        rich.add(DIM, &dots(&lane.groups)).add(PLAIN, "  ").add(PLAIN, &safe(&lane.name));
        rich.add(DIM, &format!("  {} · {}", count(lane.points.len(), "event"), lane.story));
        out.push_str(&rich.set(screen.measure(), "  ", "    "));
    }
    if t.undated > 0 {
        out.push_str(&paint(
            DIM,
            &format!("{} without a day are not shown\n", count(t.undated as usize, "event")),
        ));
    }
    out + &beside(screen)
}

fn plot(t: &Timeline, screen: &Screen) -> String {
    let at = |q: usize, i: usize| t.q[q].get(i).copied().unwrap_or(0);
    let peace = |i: usize| at(0, i) + at(1, i);
    let fight = |i: usize| at(2, i) + at(3, i);
    let most = (0..t.days.len()).map(|i| peace(i).max(fight(i))).max().unwrap_or(0) as f64;
    let half = (screen.measure().saturating_sub(28) / 2).max(4);
    let mut out = String::new();
    let head = format!("{:10}  {:>half$}        {}", "", "cooperation", "conflict");
    out.push_str(&(paint(TITLE, head.trim_end()) + "\n"));
    let mut empty = 0;
    for (i, day) in t.days.iter().enumerate() {
        if peace(i) + fight(i) == 0 {
            empty += 1;
            continue;
        }
        // Long silence is told in words.
        match std::mem::take(&mut empty) {
            n @ 3.. => out.push_str(&(paint(DIM, &format!("{n} empty steps")) + "\n")),
            n => t.days[i - n..i].iter().for_each(|d| out.push_str(&format!("{d}\n"))),
        }
        // The left bar grows to the left: whole columns only.
        let columns = ((peace(i) as f64 / most * half as f64).round() as usize).min(half);
        let left = format!("{}{}", " ".repeat(half - columns), "█".repeat(columns));
        let (left, right) = (
            paint(quad(Quad::VerbalCooperation), &left),
            paint(quad(Quad::VerbalConflict), &bar(fight(i) as f64, most, half)),
        );
        let number = |n: u64| if n == 0 { String::new() } else { n.to_string() };
        let line = format!("{day}  {left} {:>3}  {:<3} {right}", number(peace(i)), number(fight(i)));
        out.push_str(line.trim_end());
        out.push('\n');
    }
    if empty > 0 {
        out.push_str(&(paint(DIM, &format!("{empty} empty steps")) + "\n"));
    }
    out
}

/// Both directions of a pair.
pub fn dyad(d: &Dyad, screen: &Screen) -> String {
    let mut out = String::new();
    for (a, b, line, list) in [(&d.a, &d.b, &d.ab, &d.lists.ab), (&d.b, &d.a, &d.ba, &d.lists.ba)] {
        out.push_str(&section(&format!("{} → {}", safe(a), safe(b)), &list.len().to_string(), screen));
        if line.days.len() > 1 {
            out.push_str(&plot(line, screen));
        }
        for e in list.iter().take(10) {
            out.push_str(&event(e, screen));
        }
    }
    out + &beside(screen)
}

/// One actor.
pub fn actor(a: &ActorPage, screen: &Screen) -> String {
    let mut rich = Rich::new();
    rich.add(TITLE, &safe(&a.name)).add(DIM, &format!("  {}  {}", a.kind, a.id));
    let mut out = rich.set(screen.measure(), "", "  ");
    let pairs = |list: &[(String, u64)]| {
        list.iter().take(12).map(|(n, c)| format!("{} {c}", safe(n))).collect::<Vec<_>>().join(", ")
    };
    for (label, text) in [("named", pairs(&a.names)), ("with", pairs(&a.with))] {
        if !text.is_empty() {
            out.push_str(&Rich::new().add(DIM, label).add(PLAIN, " ").add(PLAIN, &text).set(
                screen.measure(),
                "  ",
                "    ",
            ));
        }
    }
    let others: Vec<String> =
        a.others.iter().take(6).map(|o| format!("{} ({})", safe(&o.name), o.id)).collect();
    if !others.is_empty() {
        let text = format!("also named so: {}", others.join(", "));
        out.push_str(&Rich::new().add(DIM, &text).set(screen.measure(), "  ", "    "));
    }
    out.push_str(&section("Events", &format!("{} happened", a.happened), screen));
    a.events.iter().take(20).for_each(|e| out.push_str(&event(e, screen)));
    if !a.quotes.is_empty() {
        out.push_str(&section("Statements", &a.quotes.len().to_string(), screen));
    }
    for q in a.quotes.iter().take(10) {
        out.push_str(&Rich::new().add(PLAIN, &safe(&q.text)).set(screen.measure(), "  “", "   "));
        let at = q.published.as_deref().map(date).unwrap_or_default();
        let line = format!("{at} · {}", q.outlet.as_deref().map(safe).unwrap_or_default());
        out.push_str(&Rich::new().add(DIM, &line).set(screen.measure(), "      — ", "        "));
    }
    out
}

/// A list of stories.
pub fn stories(list: &[StoryLine], screen: &Screen) -> String {
    show(&table::stories(list), &["id", "first", "articles", "independent", "disputes", "title"], screen)
}

/// One story.
pub fn story(s: &StoryPage, why: Option<&[Why]>, screen: &Screen) -> String {
    let width = screen.measure();
    let mut out = Rich::new().add(TITLE, &safe(&s.title)).set(width, "", "  ");
    let c = s.counts;
    let mut line = format!(
        "{} · {}, {}, {} independent",
        s.id,
        count(c.articles as usize, "report"),
        count(c.outlets as usize, "outlet"),
        c.independent
    );
    if c.independent_low < c.independent {
        line.push_str(&format!(" ({} if shared background ties them)", c.independent_low));
    }
    if let Some((first, last)) = &s.days {
        line.push_str(&format!(" · {}", days(first, last)));
    }
    out.push_str(&Rich::new().add(DIM, &line).set(width, "", "  "));
    out.push_str(&origins(s, width));
    if !s.points.is_empty() {
        out.push_str(&section("Reports differ", &s.points.len().to_string(), screen));
    }
    for p in &s.points {
        out.push_str(
            &Rich::new()
                .add(HEDGE, &p.state)
                .add(PLAIN, &format!(" {}: {}", p.kind, safe(&p.about)))
                .set(width, "  ", "    "),
        );
        for side in &p.sides {
            let since = side.since.as_deref().map(date).unwrap_or_default();
            let text = format!(
                "{} — {} since {since}: {}",
                safe(&side.value),
                count(side.reports.len(), "report"),
                side.reports.join(", ")
            );
            out.push_str(&Rich::new().add(PLAIN, &text).set(width, "    ", "      "));
        }
    }
    out.push_str(&section("Events", &s.events.len().to_string(), screen));
    s.events.iter().for_each(|e| out.push_str(&event(e, screen)));
    out.push_str(&decisions(&s.decisions, screen));
    if let Some(why) = why {
        out.push_str(&reasons(s, why, screen));
    }
    out
}

/// Independent reports, each with its copies.
fn origins(s: &StoryPage, width: usize) -> String {
    let mut out = String::new();
    for origin in &s.origins {
        let at = origin.at.as_deref().map(date).unwrap_or_default();
        let outlet = origin.outlet.as_deref().unwrap_or("no outlet");
        let text = format!("● {}  {at}  {}  {}", safe(outlet), safe(&origin.title), origin.article);
        out.push_str(&Rich::new().add(PLAIN, &text).set(width, "  ", "      "));
        for copy in &origin.copies {
            let outlet = copy.outlet.as_deref().unwrap_or("no outlet");
            let at = copy.at.as_deref().map(date).unwrap_or_default();
            let text = format!(
                "○ {}  {at}  {:.0}% by {}  {}",
                safe(outlet),
                copy.share * 100.0,
                copy.how,
                copy.article
            );
            out.push_str(&Rich::new().add(DIM, &text).set(width, "    ", "        "));
        }
    }
    out
}

/// Why reports and tellings are together or apart.
fn reasons(s: &StoryPage, why: &[Why], screen: &Screen) -> String {
    let width = screen.measure();
    let mut out = section("Why one story", &s.why.len().to_string(), screen);
    out.push_str(&joined_reports(&s.why, width));
    out.push_str(&section("Why one event", "", screen));
    for w in why {
        out.push_str(&Rich::new().add(TITLE, &w.event).set(width, "  ", "    "));
        out.push_str(&joined_tellings(&w.joins, width));
    }
    out
}

/// Changes between two periods.
pub fn diff(rows: &[Change], screen: &Screen) -> String {
    let wanted = [
        "who",
        "whom",
        "events_before",
        "events_after",
        "rate_change",
        "goldstein_before",
        "goldstein_after",
    ];
    show(&table::diff(rows), &wanted, screen) + &beside(screen)
}

/// Alerts with their sentences.
pub fn alerts(list: &[Alert], screen: &Screen) -> String {
    if list.is_empty() {
        return "no pair left its own past\n".to_owned();
    }
    let mut out = String::new();
    for a in list {
        let head = format!("{} → {}  {}", safe(&a.who), safe(&a.whom), a.what);
        let counts = format!(
            "{} in {}, usually {:.1}  {}",
            a.n,
            days(&a.days.0, &a.days.1),
            a.usual,
            spark(&a.series)
        );
        out.push_str(&section(&head, &counts, screen));
        a.events
            .iter()
            .filter(|e| e.reality == Reality::Happened)
            .for_each(|e| out.push_str(&event(e, screen)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_show_origins_and_copies() {
        assert_eq!(dots(&[6, 3, 1, 1]), "●○○○○○ ●○○ ● ●");
        assert_eq!(dots(&[20]), "●○○○○○○○○○○○○○○○ +4");
    }
}
