//! Which sense of the lexicon a predicate has: all that fit, in order.

use super::predicate::{Kind, Predicate};
use crate::pattern::compile::Lexicon;
use crate::pattern::frame::Role;
use crate::pattern::matching::{Hit, Miss, Need, Scene};
use hashbrown::{HashMap, HashSet};
use record::{Plover, SmolStr};

/// Chooses senses.
pub struct Chooser<'a> {
    /// What is looked at.
    pub scene: &'a Scene<'a>,
    /// Heads and senses that were tried and told no event.
    pub tried: &'a HashSet<(usize, u32)>,
}

impl Chooser<'_> {
    /// The best of every noun, and the nouns that a blocking sense of several words takes ("bus trip", "plea deal"): no word of a
    /// verb's frame either.
    pub fn of_nouns(&self) -> (HashMap<usize, Best>, HashSet<usize>) {
        let scene = self.scene;
        let nouns = scene.predicates.iter().filter(|p| p.kind == Kind::Noun);
        let all: HashMap<usize, Best> = nouns.map(|p| (p.head, self.best(p, &HashSet::new()))).collect();
        let blocked = |b: &Best| match b {
            Best::Hit(hit, _) => {
                hit.score > 0.0 && scene.lexicon.sense(hit.sense).is_some_and(|s| s.plover.is_none())
            }
            Best::None(_) => false,
        };
        let void = all.iter().filter(|(_, b)| blocked(b)).map(|(&head, _)| head).collect();
        (all, void)
    }

    /// The sense of `p`, none whose own words are among `void`.
    pub fn best(&self, p: &Predicate, void: &HashSet<usize>) -> Best {
        let scene = self.scene;
        let lexicon = scene.lexicon;
        let mut hits: Vec<Hit> = Vec::new();
        let mut miss: Option<((Miss, usize), SmolStr)> = None;
        let mut seen: HashSet<u32> = HashSet::new();
        for lemma in p.lemmas.iter().chain(std::iter::once(&SmolStr::new(scene.syntax.lower(p.head)))) {
            for &id in lexicon.candidates(lemma) {
                if !seen.insert(id) || self.tried.contains(&(p.head, id)) {
                    continue;
                }
                let Some(sense) = lexicon.sense(id) else { continue };
                match scene.fit(p, id, sense) {
                    Ok(hit) if sense.plover.is_some() && p.kind != Kind::Noun && rests_on(&hit, void) => {}
                    Ok(hit) => hits.push(hit),
                    Err(m) if sense.plover.is_some() && miss.as_ref().is_none_or(|(o, _)| m > *o) => {
                        miss = Some((m, sense.id.clone()))
                    }
                    Err(_) => {}
                }
            }
        }
        hits.sort_by(|a, b| {
            rank(scene, b)
                .partial_cmp(&rank(scene, a))
                .unwrap_or(std::cmp::Ordering::Equal)
                .then_with(|| name(lexicon, a).cmp(name(lexicon, b)))
        });
        let runner_up = hits.get(1).map(|h| format!("{} (score {:.1})", name(lexicon, h), h.score));
        match hits.into_iter().next() {
            Some(hit) => Best::Hit(hit, runner_up),
            None => Best::None(miss),
        }
    }
}

/// True when the frame's own words, or its object, are among `void`.
fn rests_on(hit: &Hit, void: &HashSet<usize>) -> bool {
    let participant =
        |t: usize| hit.bound.iter().any(|b| b.role != Role::Obj && b.args.iter().any(|a| a.token == t));
    hit.used.iter().any(|&t| void.contains(&t) && !participant(t))
}

/// What came of the choice.
pub enum Best {
    /// The best hit, and the second as text.
    Hit(Hit, Option<String>),
    /// Nothing fits: the miss that came furthest, with its sense.
    None(Option<((Miss, usize), SmolStr)>),
}

fn name<'l>(lexicon: &'l Lexicon, hit: &Hit) -> &'l str {
    lexicon.sense(hit.sense).map_or("", |s| s.id.as_str())
}

/// Order of hits: score, blocking senses before others, typed doer, type order, the finer CAMEO code.
fn rank(scene: &Scene<'_>, hit: &Hit) -> (f32, bool, bool, usize, usize) {
    let lexicon = scene.lexicon;
    let Some(sense) = lexicon.sense(hit.sense) else { return (0.0, false, false, 0, 0) };
    let typed = sense.frame.slots().iter().any(|s| s.role == Role::Src && !s.classes.is_empty());
    let order = sense.plover.map_or(0, |p| TYPE_ORDER.iter().rev().position(|&t| t == p).unwrap_or(0));
    // Blocking senses are seldom typed: the bonus makes up for it.
    let nobody = hit.bound.iter().any(|b| b.role == Role::Tgt && !scene.names(&b.args, Need::Actor));
    let score = match sense.plover {
        None => hit.score + BLOCKING,
        Some(_) if nobody => hit.score - NOBODY,
        Some(_) => hit.score,
    };
    (score, sense.plover.is_none(), typed, order, sense.cameo.len())
}

/// What a blocking sense gains over others of the same fixed words.
const BLOCKING: f32 = 0.65;

/// What a sense loses whose recipient is no actor.
const NOBODY: f32 = 1.0;

/// Which type wins when two fit equally well: deeds before words, the graver before the lighter.
const TYPE_ORDER: [Plover; 16] = [
    Plover::Assault,
    Plover::Coerce,
    Plover::Sanction,
    Plover::Mobilize,
    Plover::Protest,
    Plover::Retreat,
    Plover::Aid,
    Plover::Cooperate,
    Plover::Concede,
    Plover::Reject,
    Plover::Threaten,
    Plover::Accuse,
    Plover::Request,
    Plover::Agree,
    Plover::Consult,
    Plover::Support,
];
