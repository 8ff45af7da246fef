//! A draft to a verdict: is it an event at all, or sport, fiction, a private matter, or a frame left half empty?

use super::draft::Draft;
use super::predicate::{Kind, Link};
use crate::pattern::frame::Role;
use crate::pattern::matching::Scene;
use record::{ActorKind, Participant, Plover, Syntax};
use tables::vocabulary::Vocabulary;

/// Looks at the words around a draft and at who takes part.
pub struct Filter<'a> {
    /// What is looked at.
    pub scene: &'a Scene<'a>,
    /// Words of domains without events.
    pub vocabulary: &'a Vocabulary,
}

/// Sectors that act for a state, or against one.
const PUBLIC: [&str; 13] =
    ["GOV", "MIL", "COP", "LEG", "JUD", "SPY", "REB", "PRM", "UAF", "PTY", "OPP", "REF", "ELI"];

/// Sectors of people and bodies whose doings among themselves are private.
const PRIVATE: [&str; 10] = ["CVL", "BUS", "EDU", "AGR", "LAB", "MED", "JRN", "SOC", "REL", "CRM"];

impl<'a> Filter<'a> {
    fn syntax(&self) -> &'a Syntax<'a> {
        self.scene.syntax
    }

    /// The reason why `draft` is no event, from the closed list of [`record::Passed::reason`], with a note.
    pub fn verdict(&self, draft: &Draft) -> Option<(&'static str, String)> {
        if draft.sources.is_empty() {
            return Some(("slot unbound", "no doer".to_owned()));
        }
        if !all(draft).any(|p| p.actor.country.is_some()) {
            return Some(("no country", draft.sense.to_string()));
        }
        if let Some(note) = half_empty(draft).or_else(|| self.weak_noun(draft)) {
            return Some(("slot unbound", format!("{}: {note}", draft.sense)));
        }
        if draft.targets.is_empty() && self.is_anybody(draft) {
            return Some(("slot unbound", format!("{}: anybody is no recipient", draft.sense)));
        }
        if draft.sources.iter().all(|p| self.is_notion(p)) {
            return Some(("abstract doer", "no person, body or country".to_owned()));
        }
        if self.is_name(draft) {
            return Some(("abstract doer", "a person's name".to_owned()));
        }
        if self.ordinary(draft) {
            return Some(("abstract doer", "ordinary police or court work".to_owned()));
        }
        if let Some((domain, word)) = self.of_domain(draft) {
            return Some((domain, word));
        }
        if !all(draft).any(is_public) {
            if let Some(domain) = self.domain(draft) {
                return Some((domain, self.words(domain, draft.core)));
            }
            if private(draft) && !self.speaks_for_many(draft) && !self.is_armed(draft) {
                return Some(("abstract doer", "private people or firms".to_owned()));
            }
        }
        if draft.plover == Plover::Mobilize && self.sentence(draft.core).any(|t| self.holds("disaster", t)) {
            return Some(("abstract doer", "help after a disaster".to_owned()));
        }
        if self.is_fiction(draft.core) || self.is_staged(draft.core) {
            return Some(("fiction", self.words("fiction", draft.core)));
        }
        None
    }

    /// A side of a sense that does not hold in sport (or in markets) is named by a word of that domain.
    fn of_domain(&self, draft: &Draft) -> Option<(&'static str, String)> {
        let domains = [("not-sport", "sport"), ("not-market", "market")];
        let mentions = &self.scene.cast.mentions().actors;
        domains.into_iter().filter(|(flag, _)| draft.flags.iter().any(|f| f == flag)).find_map(
            |(_, domain)| {
                // Traders may be shelled, and ruled by a state, as others are.
                let state = draft.sources.iter().any(|p| is_state(p) || is_public(p));
                let ruled = draft.plover == Plover::Assault || domain == "market" && state;
                let victims = if ruled { &[][..] } else { &draft.targets[..] };
                draft
                    .sources
                    .iter()
                    .chain(victims)
                    .filter(|p| !is_public(p))
                    .filter_map(|p| mentions.get(p.mention? as usize).map(|m| m.head as usize))
                    .find(|&head| self.holds(domain, head))
                    .map(|head| (domain, self.syntax().text(head).to_owned()))
            },
        )
    }

    /// The domain without events that the words around tell, when nobody public takes part.
    fn domain(&self, draft: &Draft) -> Option<&'static str> {
        let states = draft.sources.iter().any(is_state);
        let firms = all(draft).any(|p| p.actor.sector() == Some("BUS"));
        let has = |domain, n| self.count(domain, draft.core) >= n;
        if has("sport", 2) || draft.plover != Plover::Protest && self.is_match(draft.core) {
            return Some("sport");
        }
        // Traders who strike do so in public.
        let market = draft.plover != Plover::Protest && (has("market", 2) || firms && has("market", 1));
        if !states && market {
            return Some("market");
        }
        if !states && has("opinion", 1) {
            return Some("opinion");
        }
        (!states && has("statistics", 2)).then_some("statistics")
    }

    /// One word that is said of matches only ("wicket", "quarter-final"), or a score.
    fn is_match(&self, head: usize) -> bool {
        let s = self.syntax();
        let noun = |t: usize| matches!(s.pos(t), "NOUN" | "PROPN" | "ADJ");
        // "quarter-final", "2-1"
        let joined = |t: usize, end: &str| match t.checked_sub(2) {
            Some(first) if matches!(s.text(t - 1), "-" | "–") => format!("{}-{end}", s.lower(first)),
            _ => end.to_owned(),
        };
        self.sentence(head).any(|t| {
            let word = joined(t, s.lemma(t));
            noun(t) && (self.holds("match", t) || self.vocabulary.holds("match", &word))
                || is_score(&joined(t, s.text(t)))
        })
    }

    /// "Corsican nationalists", "the dissidents": people named by a word of politics speak up in public.
    fn speaks_for_many(&self, draft: &Draft) -> bool {
        use Plover::*;
        let political = |word: &str| {
            let word = word.to_lowercase();
            let one = word.strip_suffix('s').unwrap_or(&word);
            self.vocabulary.holds("political", &word) || self.vocabulary.holds("political", one)
        };
        let speech = matches!(draft.plover, Accuse | Request | Threaten | Reject | Support | Agree);
        speech && draft.sources.iter().all(|p| p.actor.name.split(' ').any(political))
    }

    /// "Armed herders raided a village": people who come armed are no private people.
    fn is_armed(&self, draft: &Draft) -> bool {
        let s = self.syntax();
        let armed = |p: &Participant| {
            let mention = p.mention.and_then(|i| self.scene.cast.mentions().actors.get(i as usize));
            mention.is_some_and(|m| m.tokens.range().any(|t| s.lower(t) == "armed"))
        };
        draft.plover == Plover::Assault && draft.sources.iter().any(armed)
    }

    /// An event noun without a partner, that no verb carries out and whose doer comes from the clause around.
    fn weak_noun(&self, draft: &Draft) -> Option<&'static str> {
        let p = self.scene.predicates.at(draft.core).filter(|p| p.kind == Kind::Noun)?;
        let light = self.scene.lexicon.classes().list("light-verb");
        let carried = p
            .governor
            .and_then(|(g, link)| (link == Link::Object).then(|| self.scene.predicates.at(g))?)
            .is_some_and(|g| g.lemmas.iter().any(|l| light.contains(l)));
        // "Protests broke out": told as happening.
        let happens = self.scene.lexicon.classes().list("happening-verb");
        let happening = p
            .governor
            .and_then(|(g, link)| (link == Link::Subject).then(|| self.scene.predicates.at(g))?)
            .is_some_and(|g| g.kind == Kind::Verb && g.lemmas.iter().any(|l| happens.contains(l)));
        // "sparked five days of riots": so is what comes of something.
        let s = self.syntax();
        let verb = s.ancestors(draft.core).take(4).find(|&a| s.pos(a) == "VERB");
        let caused =
            verb.is_some_and(|v| self.scene.lexicon.classes().list("causing-verb").contains(s.lemma(v)));
        let carried = carried || (happening || caused) && draft.plover == Plover::Protest;
        let composed = draft.head != draft.core || draft.level != draft.core;
        let partner = draft.hit.bound.iter().any(|b| b.role == Role::Tgt);
        let mutual = draft.plover == Plover::Consult || draft.mutual;
        let two = mutual && draft.sources.len() + draft.targets.len() > 1;
        let weak =
            draft.hit.score < 1.0 && !carried && !composed && !partner && !two && draft.points.is_none();
        weak.then_some("a noun without doer or partner of its own")
    }

    /// "China threatens everybody": an indefinite pronoun fills the recipient's slot.
    fn is_anybody(&self, draft: &Draft) -> bool {
        let s = self.syntax();
        let indefinite = |t: usize| s.pos(t) == "PRON" && s.tag(t) == "NN";
        draft.hit.bound.iter().any(|b| b.role == Role::Tgt && b.args.iter().all(|a| indefinite(a.token)))
    }

    /// A noun of which nothing is known, neither country nor sector, and that is no name either ("Doubt attacks").
    fn is_notion(&self, p: &Participant) -> bool {
        let head = p
            .mention
            .and_then(|i| self.scene.cast.mentions().actors.get(i as usize))
            .map(|m| m.head as usize);
        let label = head.map_or("", |t| self.syntax().entity_label(t));
        let named = matches!(label, "PERSON" | "ORG" | "GPE" | "NORP" | "FAC");
        p.actor.kind == ActorKind::Unknown
            && p.actor.country.is_none()
            && p.actor.sectors.is_empty()
            && !named
    }

    /// "Chad hit his brother": a country name with a family is a person.
    fn is_name(&self, draft: &Draft) -> bool {
        let s = self.syntax();
        let kin = self.scene.lexicon.classes().list("kin");
        let bare = draft.sources.iter().all(is_state);
        let objects = self.scene.predicates.at(draft.core).map(|p| p.obj.clone()).unwrap_or_default();
        let his = |o: usize| s.children_with(o, &["poss"]).any(|c| matches!(s.lower(c), "his" | "her"));
        bare && objects.iter().any(|a| kin.contains(s.lemma(a.token)) && his(a.token))
    }

    /// Police and courts with people of their own country, and no word of politics in the sentence.
    fn ordinary(&self, draft: &Draft) -> bool {
        use Plover::*;
        let routine = |p: &Participant| p.actor.sector().is_some_and(|s| matches!(s, "COP" | "JUD"));
        let home = |p: &Participant| {
            let same = draft.sources.iter().any(|q| q.actor.country == p.actor.country);
            (p.actor.country.is_none() || same) && (!is_public(p) || routine(p))
        };
        let type_ = matches!(draft.plover, Coerce | Sanction | Accuse | Request | Concede | Retreat);
        type_
            && draft.sources.iter().all(routine)
            && draft.targets.iter().all(home)
            && !self.window(draft.core).any(|t| self.holds("political", t))
    }

    fn holds(&self, domain: &str, t: usize) -> bool {
        let s = self.syntax();
        self.vocabulary.holds(domain, s.lemma(t)) || self.vocabulary.holds(domain, s.lower(t))
    }

    fn sentence(&self, head: usize) -> std::ops::Range<usize> {
        let doc = self.syntax().doc;
        self.syntax().sentence(head).map_or(head..head, |i| doc.sentences[i].tokens.range())
    }

    /// Tokens of the sentence of `head` and of its neighbours in the block.
    fn window(&self, head: usize) -> std::ops::Range<usize> {
        let doc = self.syntax().doc;
        let Some(at) = self.syntax().sentence(head) else { return head..head };
        let block = doc.sentences[at].block;
        let near = |i: usize| doc.sentences.get(i).filter(|s| s.block == block);
        let first = at.checked_sub(1).and_then(near).unwrap_or(&doc.sentences[at]);
        let last = near(at + 1).unwrap_or(&doc.sentences[at]);
        first.tokens.start as usize..last.tokens.end as usize
    }

    fn hits<'s>(&'s self, domain: &'s str, head: usize) -> impl Iterator<Item = usize> + 's {
        self.window(head).filter(move |&t| self.holds(domain, t))
    }

    /// Different words of the domain near `head`; 0 when they are less than 3 % of the words.
    fn count(&self, domain: &str, head: usize) -> usize {
        let mut words: Vec<&str> = self.hits(domain, head).map(|t| self.syntax().lemma(t)).collect();
        let share = words.len() as f32 / self.window(head).len().max(1) as f32;
        words.sort_unstable();
        words.dedup();
        if share < 0.03 { 0 } else { words.len() }
    }

    fn words(&self, domain: &str, head: usize) -> String {
        self.hits(domain, head).map(|t| self.syntax().text(t)).collect::<Vec<_>>().join(", ")
    }

    /// The act is told in a work, by its place in it ("in the comic"), or by a museum that shows it.
    fn is_staged(&self, head: usize) -> bool {
        let s = self.syntax();
        let chain: Vec<usize> = std::iter::once(head).chain(s.ancestors(head)).collect();
        // "parley with a parrot in the comic"
        let inside = self.sentence(head).any(|o| {
            let told = s.dep(o) == "pobj" && s.lower(s.head(o)) == "in" && self.holds("stage", o);
            told && (s.is_under(o, head) || chain.contains(&s.head(s.head(o))))
        });
        // "the museum shows how Rome demobilised its legions"
        let shown = chain
            .iter()
            .skip(1)
            .any(|&a| s.pos(a) == "VERB" && s.children_with(a, &["nsubj"]).any(|n| self.holds("showing", n)));
        inside || shown
    }

    /// The act is told of a work: the work opens the sentence ("in the film, …"), is the subject of a verb near by, or
    /// the noun whose clause tells the act.
    fn is_fiction(&self, head: usize) -> bool {
        let s = self.syntax();
        let here = self.sentence(head);
        let work = |t: usize| here.contains(&t) && self.holds("fiction", t);
        let opening = here.clone().next().filter(|&first| s.lower(first) == "in" && s.dep(first) == "prep");
        if opening.is_some_and(|first| s.head(first) > first && s.subtree(first).into_iter().any(work)) {
            return true;
        }
        let told = |a: usize| {
            let noun = s.head(a);
            s.dep(a) == "relcl" && (work(noun) || s.children(noun).any(|c| c < noun && work(c)))
        };
        if std::iter::once(head).chain(s.ancestors(head)).any(told) {
            return true;
        }
        // "A series of attacks" is no work.
        let many = |t: usize| s.lemma(t) == "series" && s.children(t).any(|c| s.lower(c) == "of");
        let subject = self
            .hits("work", head)
            .any(|t| matches!(s.dep(t), "nsubj" | "nsubjpass") && s.pos(s.head(t)) == "VERB" && !many(t));
        subject || self.count("fiction", head) >= 3
    }
}

/// "2-1", "0–0".
fn is_score(text: &str) -> bool {
    let mut parts = text.split(['-', '–']);
    let (Some(a), Some(b), None) = (parts.next(), parts.next(), parts.next()) else { return false };
    let small = |n: &str| (1..=2).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit());
    small(a) && small(b)
}

fn all(draft: &Draft) -> impl Iterator<Item = &Participant> {
    draft.sources.iter().chain(&draft.targets)
}

fn is_public(p: &Participant) -> bool {
    p.actor.sectors.iter().any(|s| PUBLIC.contains(&s.as_str()))
        || p.actor.country.as_deref().is_some_and(|c| matches!(c, "UNO" | "EUR" | "IGO" | "IMG" | "NGO"))
}

/// A country as such.
fn is_state(p: &Participant) -> bool {
    p.actor.kind == ActorKind::Country && p.actor.sectors.is_empty()
}

fn is_private(p: &Participant) -> bool {
    p.actor.sector().is_some_and(|s| PRIVATE.contains(&s))
}

/// Doings of private people among themselves or alone. A protest is a public act of private people, violence across
/// borders is no private matter, and unions, clergy and groups that speak up do so in public.
fn private(draft: &Draft) -> bool {
    use Plover::*;
    let doers = draft.sources.iter().all(is_private);
    // The country that a firm or family works in is no other side.
    let deed = matches!(draft.plover, Aid | Cooperate | Sanction | Coerce | Consult | Agree | Concede);
    let home = |p: &Participant| {
        deed && is_state(p) && draft.sources.iter().any(|q| q.actor.country == p.actor.country)
    };
    let others = draft.targets.iter().all(|p| is_private(p) || home(p));
    let public = match draft.plover {
        Protest => true,
        Assault | Aid | Coerce => abroad(draft),
        // "Bosnian Serbs completed their withdrawal": a people that gives way is a side.
        Retreat => abroad(draft) || draft.sources.iter().any(is_people),
        Accuse | Reject | Support => draft.sources.iter().any(speaks_up),
        Request | Threaten => {
            draft.sources.iter().any(|p| speaks_up(p) || p.actor.sector().is_some_and(is_crowd))
        }
        // The end of a strike is as public as the strike.
        Concede => draft.sources.iter().any(|p| speaks_up(p) || p.actor.sector().is_some_and(is_crowd)),
        _ => false,
    };
    doers && others && !public && !nations(draft)
}

/// "Palestinians and Israelis": peoples of two countries that act together or on each other.
fn nations(draft: &Draft) -> bool {
    let peoples = all(draft).filter(|p| is_people(p));
    let mut countries: Vec<_> = peoples.filter_map(|p| p.actor.country.clone()).collect();
    countries.sort_unstable();
    countries.dedup();
    countries.len() > 1
}

/// A people by its name.
fn is_people(p: &Participant) -> bool {
    p.actor.kind == ActorKind::People && p.actor.name.chars().any(char::is_uppercase)
}

/// Doers and recipients are of different countries.
fn abroad(draft: &Draft) -> bool {
    let from =
        |list: &'_ [Participant]| list.iter().filter_map(|p| p.actor.country.clone()).collect::<Vec<_>>();
    let (doers, others) = (from(&draft.sources), from(&draft.targets));
    !doers.is_empty() && !others.is_empty() && !others.iter().any(|c| doers.contains(c))
}

fn is_crowd(sector: &str) -> bool {
    matches!(sector, "EDU" | "MED" | "AGR")
}

fn speaks_up(p: &Participant) -> bool {
    p.actor.sector().is_some_and(|s| matches!(s, "LAB" | "REL" | "SOC"))
}

/// A type that needs two sides has one, or the recipient is a thing with no actor to it.
fn half_empty(draft: &Draft) -> Option<&'static str> {
    use Plover::*;
    let sides = draft.sources.len() + draft.targets.len();
    if draft.mutual && sides < 2 && !matches!(draft.plover, Consult | Agree) {
        return Some("a mutual act with one side");
    }
    let bound = draft.hit.bound.iter().any(|b| b.role == Role::Tgt);
    // Violence may be told by its means alone ("used tear gas"), when all of the frame is there.
    let by_means = draft.plover == Assault
        && draft.hit.slips.is_empty()
        && draft.hit.used.len() > 1 + draft.sources.len()
        && draft.sources.iter().any(|p| is_public(p) || is_state(p));
    if by_means {
        return None;
    }
    if draft.targets.is_empty() && sides < 2 {
        if matches!(draft.plover, Aid | Cooperate | Sanction | Assault) && !bound {
            return Some("no recipient");
        }
        // "ruled out talks on its missiles" is told by its words, whoever it is said to.
        let fillers: usize = draft.hit.bound.iter().map(|b| b.args.len()).sum();
        let worded = draft.plover != Sanction && draft.hit.used.len() > 2 + fillers;
        if bound && !worded && matches!(draft.plover, Sanction | Support | Coerce | Reject | Accuse) {
            return Some("the recipient is no actor");
        }
        if draft.plover == Accuse && !draft.modes.iter().any(|m| m == "investigate") {
            return Some("nobody is accused");
        }
    }
    None
}
