//! All stages of event coding in order: match, compose, fill, qualify, fold.

use super::EventFinder;
use super::anaphor::Anaphora;
use super::cast::{Cast, countries};
use super::choose::{Best, Chooser};
use super::compose::Composer;
use super::deontic;
use super::draft::Draft;
use super::filter::Filter;
use super::fold::{Folder, Told};
use super::inherit::Inheritance;
use super::predicate::{Kind, Link, Predicate, Predicates, free_relative, has_to};
use super::setting::Setting;
use super::slots::Slots;
use crate::pattern::frame::Role;
use crate::pattern::lexicon::Checked;
use crate::pattern::matching::{Hit, Miss, Scene};
use crate::qualify::QualifierReader;
use hashbrown::HashSet;
use record::event::Qualifier;
use record::{Event, Mentions, Modality, Passed, Plover, Reason, SmolStr, Statement, Syntax};
use std::collections::{BTreeMap, BTreeSet};

/// Codes one page.
pub fn run(
    finder: &EventFinder,
    syntax: &Syntax<'_>,
    mentions: &Mentions,
    statements: &[Statement],
    qualifier: &QualifierReader,
) -> (Vec<Event>, Vec<Passed>) {
    let lexicon = &finder.lexicon;
    let cast = Cast::new(syntax, mentions, lexicon.classes(), statements);
    let predicates = Predicates::read(syntax, &cast, lexicon);
    let scene = Scene { syntax, cast: &cast, predicates: &predicates, lexicon };
    let mut tried = HashSet::new();
    let mut round = Round::new(finder, &scene, statements, qualifier, &tried);
    // A frame that took the words of another predicate and told no event gives them back.
    if !round.vain.is_empty() {
        tried.extend(round.vain);
        round = Round::new(finder, &scene, statements, qualifier, &tried);
    }
    let Round { mut told, mut passed, .. } = round;
    told.sort_by_key(|t| (t.event.trigger.start, t.event.trigger.end));
    let (told, demands) = without_demands_of_protests(syntax, told);
    for head in demands {
        passed.add(head, "part of another", "what a protest is for".to_owned());
    }
    let events = Folder { syntax, mentions }.run(told);
    let events = Inheritance { syntax, mentions }.run(events);
    (events, passed.list)
}

/// All drafts of a page, made and judged once.
struct Round<'a> {
    told: Vec<Told>,
    passed: Passes<'a>,
    /// Heads and senses that took the words of others and told no event.
    vain: Vec<(usize, u32)>,
}

impl<'a> Round<'a> {
    fn new(
        finder: &EventFinder,
        scene: &Scene<'a>,
        statements: &[Statement],
        qualifier: &QualifierReader,
        tried: &HashSet<(usize, u32)>,
    ) -> Self {
        let (syntax, predicates) = (scene.syntax, scene.predicates);
        let slots = Slots::new(scene);
        let mut passed = Passes { syntax, list: Vec::new() };
        let mut drafts = draft(&Chooser { scene, tried }, &slots, &mut passed);
        deontic::add(scene, &slots, &mut drafts);
        let composer = Composer { rules: &finder.rules, scene, slots: &slots };
        let (mut drafts, dropped) = composer.run(drafts);
        Anaphora { scene, slots: &slots }.run(&mut drafts);
        for (head, reason, note) in dropped {
            passed.add(head, reason, note);
        }
        let filter = Filter { scene, vocabulary: &finder.vocabulary };
        let setting = Setting { syntax, cast: scene.cast, predicates, statements };
        let (mut told, mut vain) = (Vec::new(), Vec::new());
        for (_, mut draft) in drafts {
            slots.complete(&mut draft);
            if let Some((reason, note)) = filter.verdict(&draft) {
                let took = |&t: &usize| t != draft.core && predicates.at(t).is_some();
                let took = draft.hit.act.is_some() || draft.hit.used.iter().any(took);
                if reason == "slot unbound" && took {
                    vain.push((draft.core, draft.hit.sense));
                }
                passed.add(draft.head, reason, note);
                continue;
            }
            let lemmas = predicates.at(draft.core).map(|p| p.lemmas[..1].to_vec()).unwrap_or_default();
            let (head, points) = (draft.head, draft.points);
            let purpose = syntax.dep(draft.fact) == "advcl" && has_to(syntax, draft.fact);
            let event = finish(finder, &setting, qualifier, draft);
            told.push(Told { event, head, lemmas, points, purpose });
        }
        Round { told, passed, vain }
    }
}

/// What protesters ask for or complain of by protesting is no event of its own: the rest, and the heads of those left out.
fn without_demands_of_protests(syntax: &Syntax<'_>, told: Vec<Told>) -> (Vec<Told>, Vec<usize>) {
    let doers = |t: &Told| countries(&t.event.sources);
    let protests: Vec<(usize, BTreeSet<SmolStr>)> =
        told.iter().filter(|t| t.event.plover == Plover::Protest).map(|t| (t.head, doers(t))).collect();
    let part = |t: &Told| {
        matches!(t.event.plover, Plover::Request | Plover::Accuse)
            && protests
                .iter()
                .any(|(head, who)| *head != t.head && syntax.is_under(t.head, *head) && *who == doers(t))
    };
    let heads = told.iter().filter(|t| part(t)).map(|t| t.head).collect();
    (told.into_iter().filter(|t| !part(t)).collect(), heads)
}

struct Passes<'a> {
    syntax: &'a Syntax<'a>,
    list: Vec<Passed>,
}

impl Passes<'_> {
    fn add(&mut self, token: usize, reason: &str, note: String) {
        let sentence = self.syntax.sentence(token).unwrap_or_default() as u32;
        self.list.push(Passed {
            sentence,
            trigger: self.syntax.token(token).span,
            reason: reason.into(),
            note,
        });
    }
}

/// The best hit of every predicate as a draft; what a verb's frame has used as its words is no event of its own.
fn draft(chooser: &Chooser<'_>, slots: &Slots<'_>, passed: &mut Passes<'_>) -> BTreeMap<usize, Draft> {
    let scene = chooser.scene;
    let mut drafts = BTreeMap::new();
    let mut taken: HashSet<usize> = HashSet::new();
    let (mut of_nouns, void) = chooser.of_nouns();
    let mut verbs_first: Vec<&Predicate> = scene.predicates.iter().collect();
    verbs_first.sort_by_key(|p| p.kind == Kind::Noun);
    for p in verbs_first {
        if taken.contains(&p.head) {
            continue;
        }
        if let Some(why) = no_event(scene, p) {
            passed.add(p.head, "part of another", why);
            continue;
        }
        match of_nouns.remove(&p.head).unwrap_or_else(|| chooser.best(p, &void)) {
            Best::Hit(hit, runner_up) => {
                let Some(sense) = scene.lexicon.sense(hit.sense) else { continue };
                taken.extend(hit.used.iter().copied().filter(|&t| {
                    t != p.head
                        && !hit
                            .bound
                            .iter()
                            .any(|b| b.role != Role::Obj && b.args.iter().any(|a| a.token == t))
                        && hit.act != Some(t)
                }));
                match sense.plover {
                    Some(plover) => {
                        drafts.insert(p.head, to_draft(slots, p, hit, sense, plover, runner_up));
                    }
                    None => passed.add(p.head, "blocked", sense.id.to_string()),
                }
            }
            Best::None(None)
                if p.kind == Kind::Verb && !matches!(p.lemmas[0].as_str(), "be" | "have" | "do" | "say") =>
            {
                passed.add(p.head, "no frame", p.lemmas[0].to_string());
            }
            Best::None(Some(((miss, step), id))) => {
                let reason = match miss {
                    Miss::Words => "no frame",
                    Miss::Unbound => "slot unbound",
                    Miss::Type => "type mismatch",
                    Miss::Doer => "abstract doer",
                };
                let place = match step {
                    0 => "head".to_owned(),
                    1 => "before the head".to_owned(),
                    n => format!("element {} after the head", n - 1),
                };
                passed.add(p.head, reason, format!("{id}: {place}"));
            }
            Best::None(None) => {}
        }
    }
    drafts
}

/// Words that name or frame another event: the verb of "what he called an attack", "the war" in the phrase of an act.
fn no_event(scene: &Scene<'_>, p: &Predicate) -> Option<String> {
    let (s, classes) = (scene.syntax, scene.lexicon.classes());
    if p.kind == Kind::Verb && free_relative(s, classes.list("naming-verb"), p.head).is_some() {
        return Some("gives a name only".to_owned());
    }
    let running = p.kind == Kind::Noun && p.lemmas.iter().any(|l| classes.list("running").contains(l));
    let light = classes.list("light-verb");
    let carried = p
        .governor
        .and_then(|(g, link)| (link == Link::Object).then(|| scene.predicates.at(g))?)
        .is_some_and(|g| g.lemmas.iter().any(|l| light.contains(l)));
    let inside = matches!(s.dep(p.head), "pobj" | "dobj" | "nmod" | "compound" | "conj");
    (running && inside && !carried).then(|| "background of another act".to_owned())
}

fn to_draft(
    slots: &Slots<'_>,
    p: &Predicate,
    hit: Hit,
    sense: &Checked,
    plover: Plover,
    runner_up: Option<String>,
) -> Draft {
    let roles = slots.roles(p, &hit);
    let mut reason = Reason::rule("coder/sense").with_row(sense.place.clone()).with_note(format!(
        "{} score {:.1}{}",
        sense.id,
        hit.score,
        hit.slips.iter().map(|s| format!("; {s}")).collect::<String>()
    ));
    reason.rejected.extend(runner_up);
    let joint = sense.flags.iter().any(|f| f == "joint-cooperates") && countries(&roles.sources).len() > 1;
    let (plover, cameo) =
        if joint { (Plover::Cooperate, "062".into()) } else { (plover, sense.cameo.clone()) };
    Draft {
        head: p.head,
        core: p.head,
        level: p.head,
        fact: p.head,
        plover,
        modes: if joint { Vec::new() } else { sense.modes.clone() },
        cameo,
        sense: sense.id.clone(),
        flags: sense.flags.clone(),
        sources: roles.sources,
        targets: if joint { Vec::new() } else { roles.targets },
        mutual: roles.mutual || joint,
        object: roles.object,
        hit,
        ahead: sense.flags.iter().any(|f| f == "future"),
        embedded: None,
        points: None,
        why: vec![reason],
    }
}

fn finish(finder: &EventFinder, setting: &Setting<'_>, qualifier: &QualifierReader, draft: Draft) -> Event {
    let syntax = setting.syntax;
    let mut q = qualify(setting, qualifier, &draft);
    let (place, date) = (setting.place(&draft), setting.date(&draft));
    let draft = setting.on_own_ground(draft, place);
    let (statement, chain) = setting.source(draft.head);
    if draft.ahead && matches!(q.modality, Modality::Planned) {
        q.modality = if q.reported { Modality::Reported } else { Modality::Asserted };
    }
    // "will not accept" is told as a refusal, as senses may be by their negation: it is used up.
    let refused = draft.plover == Plover::Reject && draft.why.iter().any(|r| r.rule == "coder/future")
        || draft.flags.iter().any(|f| f == "negated");
    if refused && q.modality == Modality::Negated {
        q.modality = if q.reported { Modality::Reported } else { Modality::Asserted };
    }
    if let Some(e) = draft.embedded {
        let open = matches!(q.modality, Modality::Asserted | Modality::Planned | Modality::Reported);
        q.modality = match (e.irrealis, open) {
            (true, true) => Modality::Hypothetical,
            (false, _) if q.modality == Modality::Asserted => Modality::Reported,
            _ => q.modality,
        };
    }
    let (mut sources, mut targets) = (draft.sources, draft.targets);
    let symmetric =
        draft.mutual || draft.plover == Plover::Consult && !draft.modes.iter().any(|m| m == "visit");
    if symmetric {
        sources.append(&mut targets);
    }
    let trigger = syntax.token(draft.head).span;
    let guesses = draft
        .why
        .iter()
        .filter(|r| r.rule.starts_with("coder/target") || r.rule.starts_with("coder/country"))
        .count();
    let doubt = 0.12 * guesses as f32 + 0.08 * draft.hit.slips.len() as f32;
    let confidence = (0.6 + 0.05 * draft.hit.score - doubt).clamp(0.05, 0.99);
    Event {
        id: event_id(syntax, trigger, draft.plover),
        sentence: syntax.sentence(draft.head).unwrap_or_default() as u32,
        trigger,
        also: Vec::new(),
        plover: draft.plover,
        modes: draft.modes,
        goldstein: finder.codes.goldstein(&draft.cameo),
        cameo: draft.cameo,
        contexts: Vec::new(),
        sources,
        targets,
        symmetric,
        place,
        date,
        qualifier: q,
        chain,
        statement,
        magnitudes: Vec::new(),
        confidence,
        why: draft.why,
    }
}

/// How real the draft is. An infinitive under a word without an entry in the tables is as real as that word.
fn qualify(setting: &Setting<'_>, reader: &QualifierReader, draft: &Draft) -> Qualifier {
    use Plover::*;
    let spoken = matches!(draft.plover, Support | Accuse | Request | Reject | Threaten | Concede | Agree);
    let speaker = draft.why.iter().any(|r| r.rule == "coder/speaker");
    if spoken
        && (speaker || setting.is_first_person(draft.fact))
        && let Some(q) = reader.read_performed(setting.syntax, draft.fact, draft.ahead)
    {
        return q;
    }
    let q = reader.read(setting.syntax, setting.statements, draft.fact);
    let unknown = q.cues.iter().any(|c| c.row == "qualify/infinitive");
    if draft.level != draft.fact && unknown {
        return reader.read(setting.syntax, setting.statements, draft.level);
    }
    q
}

/// FNV-1a over page id, trigger and type, as hex.
fn event_id(syntax: &Syntax<'_>, trigger: record::ByteSpan, plover: Plover) -> SmolStr {
    let mut h: u64 = 0xcbf2_9ce4_8422_2325;
    let key = format!("{}|{}|{}|{plover}", syntax.page.id, trigger.start, trigger.end);
    for b in key.bytes() {
        h = (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3);
    }
    SmolStr::new(format!("e{h:016x}"))
}
