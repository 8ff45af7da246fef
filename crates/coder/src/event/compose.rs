//! An event under another predicate: promise, threat, refusal and phase decide what the two together tell.

use super::cast::countries;
use super::draft::{Draft, Embedding, link_word};
use super::predicate::{Kind, Link, Predicate, free_relative, has_to};
use super::slots::Slots;
use crate::pattern::matching::Scene;
use record::{Plover, Reason, SmolStr, Syntax};
use std::collections::BTreeMap;
use tables::compose::{Fate, Rule};

/// Applies the rules of `compose.tsv` and the future rule.
pub struct Composer<'a> {
    /// The rules, in order.
    pub rules: &'a [Rule],
    /// What is looked at.
    pub scene: &'a Scene<'a>,
    /// Who is who.
    pub slots: &'a Slots<'a>,
}

/// A draft that was taken up or dropped: its head, the reason and the outer word.
pub type Dropped = (usize, &'static str, String);

/// What a rule did with a draft.
enum Step {
    /// The draft stands under the next word now.
    Up,
    /// The draft stays where it is.
    Stay,
    /// The draft is part of the outer event.
    Gone,
}

/// Deepest nesting of predicates that is composed.
const DEPTH: usize = 6;

impl Composer<'_> {
    /// Composes all drafts of a page, keyed by their head token.
    pub fn run(&self, mut drafts: BTreeMap<usize, Draft>) -> (BTreeMap<usize, Draft>, Vec<Dropped>) {
        let mut dropped = Vec::new();
        // Innermost first: predicates are listed governors first.
        let order: Vec<usize> = self.scene.predicates.iter().map(|p| p.head).collect();
        for &head in order.iter().rev() {
            let Some(mut draft) = drafts.remove(&head) else { continue };
            self.future(&mut draft);
            if self.climb(&mut draft, &mut drafts, &mut dropped) {
                drafts.insert(draft.head, draft);
            }
        }
        (drafts, dropped)
    }

    /// Goes up from the draft as long as rules apply. False when the draft is gone.
    fn climb(
        &self,
        draft: &mut Draft,
        drafts: &mut BTreeMap<usize, Draft>,
        dropped: &mut Vec<Dropped>,
    ) -> bool {
        for _ in 0..DEPTH {
            let Some((outer, link)) = self.outer(draft.level) else { return true };
            let Some(g) = self.scene.predicates.at(outer) else { return true };
            let noun = self.scene.predicates.at(draft.level).is_some_and(|p| p.kind == Kind::Noun);
            let word = link_word(link, noun, has_to(self.scene.syntax, draft.level));
            let own = drafts.get(&outer).cloned();
            if self.is_purpose(draft, own.as_ref(), link) {
                dropped.push((
                    draft.head,
                    "part of another",
                    format!("purpose of {}", self.scene.syntax.text(outer)),
                ));
                return false;
            }
            // "The kidnapping stopped the work": what acts on something else does not end itself.
            let acts = link == Link::Subject && !g.obj.is_empty();
            let rule = word.and_then(|w| self.rule(g, w, draft.plover));
            // "agree that the talks failed": what is over is not agreed on.
            let over = word == Some("that") && self.scene.syntax.tag(draft.level) == "VBD";
            // "Mexico's demand was ignored": nobody is named who refused it.
            let nobody = draft.plover == Plover::Request && noun && g.passive && g.subj.is_empty();
            let void = |r: &Rule| {
                r.fate == Fate::Merge
                    && (acts || over && r.result == "AGREE" || nobody && r.result != "REQUEST")
            };
            let Some(rule) = rule.filter(|r| !void(r)) else {
                self.embed_default(draft, own.as_ref());
                return true;
            };
            match self.apply(rule, draft, own, g, drafts) {
                Step::Up => {}
                Step::Stay => return true,
                Step::Gone => {
                    let note = self.scene.syntax.text(outer).to_owned();
                    dropped.push((draft.head, "part of another", note));
                    return false;
                }
            }
        }
        true
    }

    /// "sends arms to support the war": the purpose of an act of the same doer is no act of its own, unless people come
    /// together for it or travel to it.
    fn is_purpose(&self, draft: &Draft, own: Option<&Draft>, link: Link) -> bool {
        let s = self.scene.syntax;
        let Some(own) = own else { return false };
        let purpose = link == Link::Adverbial && s.dep(draft.level) == "advcl" && has_to(s, draft.level);
        let same = draft.sources.iter().all(|p| self.slots.among(p, &own.sources));
        let apart = matches!(draft.plover, Plover::Protest) || own.plover == Plover::Consult;
        // What is to come of an offer, a threat or a request has not happened.
        let open = matches!(own.plover, Plover::Agree | Plover::Threaten | Plover::Request);
        purpose && (same && !apart || open)
    }

    /// What one rule makes of the draft under `g`.
    fn apply(
        &self,
        rule: &Rule,
        draft: &mut Draft,
        own: Option<Draft>,
        g: &Predicate,
        drafts: &mut BTreeMap<usize, Draft>,
    ) -> Step {
        let s = self.scene.syntax;
        let noun = self.scene.predicates.at(draft.level).is_some_and(|p| p.kind == Kind::Noun);
        let reason = Reason::rule("coder/compose").with_row(rule.place.clone()).with_note(format!(
            "{} over {} {}",
            s.text(g.head),
            draft.plover,
            s.text(draft.head)
        ));
        match rule.fate {
            Fate::Pass => {
                let one = |o: &Draft| o.hit.act == Some(draft.level) || o.plover == draft.plover || noun;
                if own.as_ref().is_some_and(one) {
                    drafts.remove(&g.head);
                }
                self.inherit(draft, g);
                draft.level = g.head;
                // "hold talks" is as real as the holding; "believed to receive" as the receiving under belief.
                if noun {
                    draft.fact = g.head;
                }
                draft.why.push(reason);
                self.future(draft);
                Step::Up
            }
            Fate::Keep | Fate::Drop => {
                let irrealis = rule.fate == Fate::Drop;
                if own.is_some() && irrealis && noun {
                    return Step::Gone;
                }
                draft.embedded = Some(Embedding { outer: g.head, irrealis });
                draft.why.push(reason);
                Step::Stay
            }
            Fate::Merge => {
                let Ok(plover) = rule.result.parse::<Plover>() else { return Step::Stay };
                self.merge(draft, own, g, plover, reason);
                drafts.remove(&g.head);
                self.future(draft);
                Step::Up
            }
        }
    }

    /// The predicate that governs `token` as a complement, through coordination.
    fn outer(&self, token: usize) -> Option<(usize, Link)> {
        let mut at = token;
        for _ in 0..4 {
            let (up, link) = self.scene.predicates.at(at)?.governor?;
            let naming = self.scene.lexicon.classes().list("naming-verb");
            if free_relative(self.scene.syntax, naming, up).is_some() {
                return None;
            }
            if link != Link::Conjunct {
                return Some((up, link));
            }
            // A conjunct with its own subject or tense is a clause of its own.
            let s = self.scene.syntax;
            if s.children(at).any(|c| matches!(s.dep(c), "nsubj" | "nsubjpass"))
                || matches!(s.tag(at), "VBD" | "VBZ" | "VBP")
            {
                return None;
            }
            at = up;
        }
        None
    }

    fn rule(&self, g: &Predicate, link: &str, inner: Plover) -> Option<&Rule> {
        let s = self.scene.syntax;
        self.rules.iter().find(|r| {
            r.links.iter().any(|l| l == link)
                && r.inner.iter().any(|i| in_group(i, inner))
                && r.outer.iter().any(|o| {
                    let Some((first, rest)) = o.split_first() else { return false };
                    g.lemmas.contains(first)
                        && rest.iter().all(|w| s.children(g.head).any(|c| s.lower(c) == w.as_str()))
                })
        })
    }

    /// One event of type `plover` told by the outer predicate and the draft.
    fn merge(&self, draft: &mut Draft, own: Option<Draft>, g: &Predicate, plover: Plover, reason: Reason) {
        let slots = self.slots;
        let outer_sources = own
            .as_ref()
            .map(|o| o.sources.clone())
            .filter(|s| !s.is_empty())
            .unwrap_or_else(|| slots.subjects(g));
        let inner_sources = std::mem::take(&mut draft.sources);
        let mutual = own.as_ref().is_some_and(|o| o.mutual) || (draft.mutual && outer_sources.is_empty());
        let outer_targets =
            own.as_ref().map(|o| o.targets.clone()).filter(|t| !t.is_empty()).unwrap_or_default();
        draft.sources = if outer_sources.is_empty() { inner_sources.clone() } else { outer_sources };
        let yields = draft.plover == Plover::Request && matches!(plover, Plover::Concede | Plover::Reject);
        let speech = yields || matches!(plover, Plover::Request | Plover::Accuse | Plover::Threaten);
        let others: Vec<_> = inner_sources.into_iter().filter(|p| !slots.among(p, &draft.sources)).collect();
        // "rejected B's demand to leave the pact with C", "opposes B's mediation with C": it is B who is refused.
        let refused = plover == Plover::Reject && others.iter().any(|p| p.actor.country.is_some());
        if refused {
            draft.targets = others;
        } else if !outer_targets.is_empty() {
            draft.targets = outer_targets;
        } else if speech || draft.mutual || draft.targets.is_empty() {
            let settled = draft.targets.iter().any(|t| t.actor.country.is_some()) && !draft.mutual;
            if !others.is_empty() && (yields || !settled) {
                draft.targets = others;
            }
        }
        let sources = draft.sources.clone();
        draft.targets.retain(|t| !slots.among(t, &sources));
        draft.mutual = mutual && draft.targets.is_empty();
        draft.object = draft.object.or(own.as_ref().and_then(|o| o.object));
        draft.plover = plover;
        draft.modes.clear();
        draft.cameo = composed_code(plover, &draft.cameo, own.as_ref());
        draft.ahead = matches!(plover, Plover::Agree | Plover::Threaten);
        draft.head = g.head;
        draft.level = g.head;
        draft.fact = g.head;
        draft.why.push(reason);
    }

    /// Under a phase verb the doer may be the subject of the outer verb.
    fn inherit(&self, draft: &mut Draft, g: &Predicate) {
        if draft.sources.is_empty() {
            draft.sources = self.slots.subjects(g);
        }
    }

    /// Without a rule, an event that another frame asked for as its complement is embedded in it.
    fn embed_default(&self, draft: &mut Draft, own: Option<&Draft>) {
        if let Some(o) = own.filter(|o| o.hit.act == Some(draft.level)) {
            let irrealis = o.flags.iter().any(|f| f == "irrealis-complement");
            draft.embedded = Some(Embedding { outer: o.head, irrealis });
        }
    }

    /// In a question, or under "if": what lies ahead there is neither promised nor threatened.
    fn is_open(&self, v: usize) -> bool {
        let s = self.scene.syntax;
        let chain: Vec<usize> = std::iter::once(v).chain(s.ancestors(v)).take(6).collect();
        let under_if = chain.iter().any(|&a| {
            s.children_with(a, &["mark"]).any(|m| matches!(s.lower(m), "if" | "unless" | "whether" | "lest"))
        });
        let last = s
            .sentence(v)
            .and_then(|i| s.doc.sentences[i].tokens.range().rev().find(|&t| s.pos(t) == "PUNCT"));
        let top = chain.last().copied().unwrap_or(v);
        let inverted = s
            .children_with(top, &["aux"])
            .next()
            .is_some_and(|a| s.children_with(top, &["nsubj"]).next().is_some_and(|n| a < n));
        let doubting = self.scene.lexicon.classes().list("doubting-verb");
        let doubted = chain.iter().skip(1).any(|&a| doubting.contains(s.lemma(a)));
        under_if || doubted || inverted && last.is_some_and(|t| s.text(t) == "?")
    }

    /// "Zambia said that Malawi would attack": what others say that somebody will do is no threat of his.
    fn is_foretold(&self, draft: &Draft) -> bool {
        let Some((up, Link::Clause)) = self.scene.predicates.at(draft.level).and_then(|p| p.governor) else {
            return false;
        };
        let tellers = self.scene.predicates.at(up).map(|g| self.slots.subjects(g)).unwrap_or_default();
        let (tellers, doers) = (countries(&tellers), countries(&draft.sources));
        !tellers.is_empty() && !doers.is_empty() && tellers.is_disjoint(&doers)
    }

    /// will, shall, is to, is going to: cooperation ahead is AGREE, harm ahead THREATEN, refusal REJECT.
    fn future(&self, draft: &mut Draft) {
        if draft.ahead {
            return;
        }
        let s = self.scene.syntax;
        let Some(cue) = future_cue(s, draft.level).filter(|_| !self.is_open(draft.level)) else { return };
        let negated = s.children(draft.level).any(|c| s.dep(c) == "neg")
            || s.children(draft.level).any(|c| s.lower(c) == "never");
        let result = match (in_group("C", draft.plover), in_group("H", draft.plover), negated) {
            (true, _, false) => Plover::Agree,
            (true, _, true) => Plover::Reject,
            (_, true, false) => Plover::Threaten,
            _ => return,
        };
        if result == Plover::Threaten && self.is_foretold(draft) {
            return;
        }
        if result == draft.plover {
            draft.ahead = true;
            return;
        }
        draft.why.push(Reason::rule("coder/future").with_note(format!(
            "{} makes {} {result}",
            s.text(cue),
            draft.plover
        )));
        draft.cameo = composed_code(result, &draft.cameo, None);
        draft.plover = result;
        draft.modes.clear();
        draft.ahead = true;
    }
}

/// The auxiliary that puts verb `v` ahead in time; "would" counts below a verb of saying.
pub fn future_cue(s: &Syntax<'_>, v: usize) -> Option<usize> {
    for c in s.children(v) {
        match (s.dep(c), s.lower(c)) {
            ("aux", "will" | "'ll" | "’ll" | "shall" | "wo" | "sha") => {
                let perfect = s.children(v).any(|h| s.dep(h) == "aux" && s.lower(h) == "have");
                return (!perfect).then_some(c);
            }
            ("aux", "would" | "'d" | "’d") => {
                let perfect = s.children(v).any(|h| s.dep(h) == "aux" && s.lower(h) == "have");
                let told = s.dep(v) == "ccomp";
                if told && !perfect {
                    return Some(c);
                }
            }
            _ => {}
        }
    }
    // "is to meet", "is going to meet": open complement of be or going.
    let up = s.head(v);
    let infinitive = s.dep(v) == "xcomp" && has_to(s, v);
    let be_to =
        infinitive && s.lemma(up) == "be" && s.children(up).all(|c| !matches!(s.dep(c), "acomp" | "attr"));
    let going = infinitive && s.lower(up) == "going" && s.children(up).any(|c| s.dep(c) == "aux");
    (be_to || going).then_some(up)
}

/// Groups of `compose.tsv`: C is cooperation, H harm.
pub fn in_group(group: &str, plover: Plover) -> bool {
    use Plover::*;
    match group {
        "any" => true,
        "C" => matches!(plover, Agree | Consult | Support | Cooperate | Aid | Concede | Retreat),
        "H" => matches!(plover, Sanction | Coerce | Assault | Mobilize | Protest | Threaten),
        word => plover.as_str() == word,
    }
}

/// CAMEO code of a composed event: what is promised, threatened or refused decides the sub-code.
fn composed_code(plover: Plover, inner: &str, own: Option<&Draft>) -> SmolStr {
    if let Some(o) = own.filter(|o| o.plover == plover && o.cameo.len() > 2) {
        return o.cameo.clone();
    }
    let root = inner.get(..2).unwrap_or("");
    let code = match (plover, root) {
        (Plover::Agree, "04") => "036",
        (Plover::Agree, "05") => "032",
        (Plover::Agree, "06") => "031",
        (Plover::Agree, "07") => "033",
        (Plover::Agree, "08") => "035",
        (Plover::Agree, _) => "030",
        (Plover::Threaten, "14") => "133",
        (Plover::Threaten, "15" | "18" | "19" | "20") => "138",
        (Plover::Threaten, "16") => "131",
        (Plover::Threaten, "17") => "137",
        (Plover::Threaten, _) => "130",
        (Plover::Reject, "04") => "125",
        (Plover::Reject, "06" | "05") => "121",
        (Plover::Reject, "07") => "122",
        (Plover::Reject, "08") => "124",
        (Plover::Reject, _) => "120",
        (Plover::Sanction, _) => "162",
        (Plover::Concede, "16") => "085",
        (Plover::Concede, _) => "081",
        (Plover::Retreat, _) => "087",
        _ => inner,
    };
    code.into()
}
