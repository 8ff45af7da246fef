//! Recipients that no slot names: looked for inside the object, in the clause that is asked for, under the other
//! prepositions, at home. Each is a flagged guess.

use super::draft::Draft;
use super::lend::LENDS;
use super::predicate::{Kind, Link, Predicate};
use super::slots::Slots;
use record::{ActorKind, Attachment, Participant, Plover, Reason, SmolStr};

/// One way to look, with the rule that it leaves as reason.
type Step<'s, 'a> = (&'static str, fn(&'s Slots<'a>, &Draft) -> Vec<Participant>);

impl<'a> Slots<'a> {
    /// Gives a draft without recipient the first that is found.
    pub(super) fn implicit_target<'s>(&'s self, draft: &mut Draft) {
        let steps: [Step<'s, 'a>; 10] = [
            ("coder/target-of-suffering", Slots::sufferer),
            ("coder/target-inside-object", Slots::inside_object),
            ("coder/target-of-clause", Slots::of_clause),
            ("coder/target-oblique", Slots::oblique),
            ("coder/target-of-governor", Slots::of_governor),
            ("coder/target-domestic", Slots::domestic),
            ("coder/target-of-document", Slots::of_document),
            ("coder/target-of-protest", Slots::of_protest),
            ("coder/target-place", Slots::of_place),
            ("coder/target-home", Slots::at_doers_home),
        ];
        for (rule, step) in steps {
            let found = step(self, draft);
            if !found.is_empty() {
                let codes = found.iter().map(|p| p.actor.code()).collect::<Vec<_>>().join("+");
                draft.why.push(Reason::rule(rule).with_note(codes));
                draft.targets = found;
                return;
            }
        }
    }

    /// Drops recipients that only say where: nobody rises against, or leaves, his own country's town.
    pub(super) fn drop_places(&self, draft: &mut Draft) {
        if !matches!(draft.plover, Plover::Protest | Plover::Retreat) {
            return;
        }
        let mentions = &self.cast().mentions().actors;
        let own: Vec<SmolStr> = draft.sources.iter().filter_map(|p| p.actor.country.clone()).collect();
        let retreat = draft.plover == Plover::Retreat && draft.modes.iter().any(|m| m == "withdraw");
        draft.targets.retain(|t| {
            let place = t.mention.is_none_or(|i| mentions.get(i as usize).is_some_and(|m| m.as_place));
            let land = matches!(t.actor.kind, ActorKind::Country | ActorKind::Metonym) && retreat;
            !((place || land) && t.actor.country.as_ref().is_some_and(|c| own.contains(c)))
        });
    }

    /// "restrictions on its labour market for new members": what the doers call their own is the field of the measure, when
    /// another country stands beside it.
    pub(super) fn drop_own_things(&self, draft: &mut Draft) {
        use Plover::*;
        let s = self.scene.syntax;
        let mentions = &self.cast().mentions().actors;
        let own = |p: &Participant| {
            let head = p.mention.and_then(|i| mentions.get(i as usize)).map(|m| m.head as usize);
            head.is_some_and(|h| s.children_with(h, &["poss"]).any(|c| s.tag(c) == "PRP$"))
                && draft.sources.iter().any(|q| q.actor.country == p.actor.country)
                && !p.actor.sector().is_some_and(|x| LENDS.contains(&x))
        };
        let measure = matches!(draft.plover, Threaten | Sanction | Coerce);
        if measure && !draft.targets.is_empty() && draft.targets.iter().all(own) {
            let found = self.oblique(draft);
            if !found.is_empty() {
                draft.why.push(Reason::rule("coder/target-oblique"));
                draft.targets = found;
            }
        }
    }

    /// Other countries inside the phrase of the object, the first with those coordinated.
    fn inside_object(&self, draft: &Draft) -> Vec<Participant> {
        self.first_with_conjuncts(others(self.in_object(draft), draft))
    }

    /// "the town faces shelling by the army": the subject of the verb that takes the event noun as object.
    fn sufferer(&self, draft: &Draft) -> Vec<Participant> {
        let words = self.scene.lexicon.classes().list("suffering");
        let mut at = draft.core;
        for _ in 0..4 {
            let Some((up, link)) = self.scene.predicates.at(at).and_then(|p| p.governor) else { break };
            match (link, self.scene.predicates.at(up)) {
                (Link::Conjunct, Some(_)) => at = up,
                (Link::Object, Some(g)) if g.lemmas.iter().any(|l| words.contains(l)) => {
                    let all = self.all(&g.subj, true);
                    let foreign = others(all.clone(), draft);
                    let home = || all.into_iter().find(|p| at_home(p, &draft.sources));
                    return if foreign.is_empty() { self.at_home_of(draft, home()) } else { foreign };
                }
                _ => break,
            }
        }
        Vec::new()
    }

    /// A role with the country of the doers.
    fn at_home_of(&self, draft: &Draft, role: Option<Participant>) -> Vec<Participant> {
        let country = draft.sources.iter().find_map(|s| s.actor.country.clone());
        let (Some(mut role), Some(country)) = (role, country) else { return Vec::new() };
        role.actor.country = Some(country);
        role.how = Attachment::Clause;
        vec![role]
    }

    /// "demanded that the government end curbs": who shall act, or is said to have acted.
    fn of_clause(&self, draft: &Draft) -> Vec<Participant> {
        if !matches!(draft.plover, Plover::Request | Plover::Accuse) {
            return Vec::new();
        }
        let outer = self.scene.predicates.at(draft.head);
        let known = |p: &Participant| p.actor.country.is_some() && !self.among(p, &draft.sources);
        // "asked officials how it came about": the one who is asked stands before the clause.
        if let Some(p) =
            outer.filter(|p| draft.plover == Plover::Request && p.kind == Kind::Verb && !p.passive)
        {
            let asked: Vec<Participant> = self
                .all(&[p.iobj.clone(), p.obj.clone()].concat(), false)
                .into_iter()
                .filter(known)
                .collect();
            if !asked.is_empty() {
                return asked;
            }
        }
        let clauses = outer.map(|p| p.comps.clone()).unwrap_or_default().into_iter();
        let finite = clauses.filter(|c| c.1 == Link::Clause).map(|c| c.0).chain(draft.hit.act);
        let subjects = finite.filter_map(|c| self.scene.predicates.at(c)).map(|p| self.all(&p.surface, true));
        subjects
            .map(|list| list.into_iter().filter(known).map(|p| Participant { how: Attachment::Clause, ..p }))
            .map(Iterator::collect::<Vec<_>>)
            .find(|list| !list.is_empty())
            .unwrap_or_default()
    }

    /// "deliver blows to X", "refused to respond to the demand of X": actors, else phrases that name one, under the other
    /// prepositions of the act.
    fn oblique(&self, draft: &Draft) -> Vec<Participant> {
        let s = self.scene.syntax;
        if draft.plover == Plover::Retreat {
            return Vec::new();
        }
        let mut verbs = vec![draft.core, draft.level, draft.head];
        verbs.extend(draft.hit.act);
        verbs.extend(self.open_complement(draft.core));
        let talks = matches!(draft.plover, Plover::Consult | Plover::Cooperate | Plover::Agree);
        let towards = self.scene.lexicon.classes().list("side-preposition");
        let topics = self.scene.lexicon.classes().list("topic-preposition");
        let takes = |word: &str| {
            towards.contains(word) && !(talks && topics.contains(word))
                || draft.plover == Plover::Reject && word == "despite"
                || draft.plover == Plover::Request && word == "by"
        };
        let mut nouns: Vec<usize> = Vec::new();
        for v in verbs {
            for prep in s.children_with(v, &["prep", "dative"]).filter(|&c| takes(s.lower(c))) {
                nouns.extend(
                    s.children_with(prep, &["pobj"]).filter(|n| !nouns.contains(n)).collect::<Vec<_>>(),
                );
            }
        }
        let of = |n: &usize| others(self.cast().participants(*n, Attachment::Clause, false), draft);
        let inside = |n: &usize| self.first_with_conjuncts(others(self.cast().inside(*n), draft));
        let direct = nouns.iter().map(of).find(|l| !l.is_empty());
        direct.or_else(|| nouns.iter().map(inside).find(|l| !l.is_empty())).unwrap_or_default()
    }

    /// "attacked the camp, killing 40": those hit are those of the clause that the act belongs to.
    fn of_governor(&self, draft: &Draft) -> Vec<Participant> {
        if !matches!(draft.plover, Plover::Assault | Plover::Coerce) {
            return Vec::new();
        }
        let Some(p) = self.scene.predicates.at(draft.core).filter(|p| p.kind == Kind::Verb) else {
            return Vec::new();
        };
        let Some((up, Link::Adverbial | Link::Conjunct)) = p.governor else { return Vec::new() };
        let objects = self.scene.predicates.at(up).map(|g| g.obj.clone()).unwrap_or_default();
        let mut found = others(self.all(&objects, true), draft);
        found.iter_mut().for_each(|p| p.how = Attachment::Clause);
        found
    }

    /// A role inside the object ("the rebels", "students"), of the doers' country.
    fn domestic(&self, draft: &Draft) -> Vec<Participant> {
        // Who resigns or lays down arms does so to nobody.
        let steps_back = draft.plover == Plover::Retreat && !draft.cameo.starts_with("084");
        if gives(draft.plover) || steps_back {
            return Vec::new();
        }
        // "their" in "handed in their arms" is nobody else.
        let other = |p: &Participant| !self.among(p, &draft.sources) && !self.is_topic(p);
        let role = self.in_object(draft).into_iter().find(|p| at_home(p, &draft.sources) && other(p));
        self.at_home_of(draft, role)
    }

    /// "press freedom", "labour market": a word of people that only says what the noun after it is about.
    fn is_topic(&self, p: &Participant) -> bool {
        let s = self.scene.syntax;
        let cast = self.cast();
        let head = p.mention.and_then(|i| cast.mentions().actors.get(i as usize)).map(|m| m.head as usize);
        head.is_some_and(|h| {
            matches!(s.dep(h), "compound" | "amod" | "nmod")
                && !cast.is_actor(s.head(h))
                && !p.actor.sector().is_some_and(|x| LENDS.contains(&x))
        })
    }

    /// Help goes to the nameless people that are helped (refugees are of no country, others at home), else to the country
    /// that the page is about.
    fn of_document(&self, draft: &Draft) -> Vec<Participant> {
        if draft.plover != Plover::Aid || !draft.targets.is_empty() {
            return Vec::new();
        }
        let people = draft.object.map(|o| self.cast().participants(o, Attachment::Inside, false));
        let people = people.unwrap_or_default();
        match people.iter().find(|p| p.actor.country.is_none()) {
            Some(p) if p.actor.sector() == Some("REF") => return people,
            Some(p) => return self.at_home_of(draft, Some(p.clone())),
            None => {}
        }
        let main = self.main_country.clone().map(|c| country_participant(c, Attachment::Document));
        others(main.into_iter().collect(), draft)
    }

    /// Whom a protest is against: those named in its purpose or cause.
    fn of_protest(&self, draft: &Draft) -> Vec<Participant> {
        if draft.plover != Plover::Protest {
            return Vec::new();
        }
        let mut out: Vec<Participant> = Vec::new();
        let heads = std::iter::once(draft.head).chain(draft.object);
        for o in heads.flat_map(|h| self.purposes(h)) {
            let mut found = self.cast().participants(o, Attachment::Clause, false);
            found.extend(self.cast().inside(o));
            out.extend(
                found.into_iter().filter(|p| p.actor.country.is_some() && !self.among(p, &draft.sources)),
            );
        }
        // A demand of others is what the protest is for, before what it says of those at home.
        let own = |p: &Participant| draft.sources.iter().any(|q| q.actor.country == p.actor.country);
        out.sort_by_key(own);
        out.truncate(1);
        out.iter_mut().for_each(|p| p.how = Attachment::Clause);
        out
    }

    /// Nouns in the purpose or cause of a protest at `h`.
    fn purposes(&self, h: usize) -> Vec<usize> {
        let s = self.scene.syntax;
        let mut out = Vec::new();
        let mut clauses: Vec<usize> = s.children_with(h, &["advcl", "xcomp", "acl"]).collect();
        let mut next = 0;
        while let Some(&c) = clauses.get(next).filter(|_| next < 8) {
            next += 1;
            out.extend(s.children_with(c, &["dobj"]));
            for p in s.children_with(c, &["prep"]) {
                // "joining others in demanding": the purpose of the purpose.
                clauses.extend(s.children_with(p, &["pcomp"]));
                if !matches!(s.lower(p), "in" | "on" | "at") {
                    out.extend(s.children_with(p, &["pobj"]));
                }
            }
        }
        let cause = |&c: &usize| matches!(s.lower(c), "against" | "over" | "at" | "for");
        for c in s.children_with(h, &["prep"]).filter(cause) {
            out.extend(s.children_with(c, &["pobj"]));
        }
        out
    }

    /// The country of a place in the clause.
    fn of_place(&self, draft: &Draft) -> Vec<Participant> {
        use Plover::*;
        let by_place = matches!(draft.plover, Assault | Concede | Mobilize | Coerce);
        // Police in the streets of their own country are sent against nobody in particular.
        let own = |c: &SmolStr| draft.sources.iter().any(|s| s.actor.country.as_ref() == Some(c));
        let idle = |c: &SmolStr| draft.plover == Mobilize && own(c);
        let country = self.clause_country(draft.core).filter(|c| by_place && !idle(c));
        country.map(|c| country_participant(c, Attachment::Clause)).into_iter().collect()
    }

    fn at_doers_home(&self, draft: &Draft) -> Vec<Participant> {
        home(draft).map(|c| country_participant(c, Attachment::Clause)).into_iter().collect()
    }

    /// Participants in the phrase of the object, or in the objects of the clause that is the object. Of help only
    /// countries and places count: people sent are not its recipients.
    fn in_object(&self, draft: &Draft) -> Vec<Participant> {
        let Some(o) = draft.object.or_else(|| self.open_complement(draft.core)) else { return Vec::new() };
        let clause =
            |p: &&Predicate| p.kind == Kind::Verb && !matches!(self.scene.syntax.dep(o), "dobj" | "pobj");
        let clause = self.scene.predicates.at(o).filter(clause);
        let nouns: Vec<usize> = clause.map_or(vec![o], |p| p.obj.iter().map(|a| a.token).collect());
        let mut list = Vec::new();
        for n in nouns {
            list.extend(self.cast().participants(n, Attachment::Inside, true));
            list.extend(self.cast().inside(n));
            list.extend(self.by_named(n));
        }
        if matches!(draft.plover, Plover::Aid | Plover::Agree) {
            let body =
                |p: &Participant| draft.plover == Plover::Agree && p.actor.kind == ActorKind::Organisation;
            let state = |p: &Participant| {
                p.actor.kind == ActorKind::Country || p.actor.sector() == Some("GOV") || body(p)
            };
            list.retain(|p| p.mention.is_none() || state(p));
        }
        list
    }

    /// "what he called a buildup by X": the by-phrase that hangs on the naming verb instead of the noun.
    fn by_named(&self, noun: usize) -> Vec<Participant> {
        let s = self.scene.syntax;
        let verb = s.head(noun);
        let naming = self.scene.lexicon.classes().list("naming-verb");
        if !matches!(s.dep(noun), "oprd" | "attr") || !naming.contains(s.lemma(verb)) {
            return Vec::new();
        }
        let by = s.children_with(verb, &["prep", "agent"]).filter(|&c| c > noun && s.lower(c) == "by");
        let nouns = by.flat_map(|c| s.children_with(c, &["pobj"]));
        nouns.flat_map(|o| self.cast().participants(o, Attachment::Inside, false)).collect()
    }

    /// The infinitive that a verb governs.
    fn open_complement(&self, verb: usize) -> Option<usize> {
        let p = self.scene.predicates.at(verb).filter(|p| p.kind == Kind::Verb)?;
        p.comps.iter().find(|c| c.1 == Link::Open).map(|c| c.0)
    }

    /// The first of `list` and those coordinated with it.
    fn first_with_conjuncts(&self, mut list: Vec<Participant>) -> Vec<Participant> {
        let mentions = &self.cast().mentions().actors;
        let head =
            |p: &Participant| p.mention.and_then(|i| mentions.get(i as usize)).map(|m| m.head as usize);
        let Some(first) = list.first().and_then(head) else {
            list.truncate(1);
            return list;
        };
        let together = self.cast().conjuncts(first);
        list.retain(|p| head(p).is_some_and(|h| together.contains(&h)));
        list
    }
}

/// What is given or sent is no recipient.
fn gives(plover: Plover) -> bool {
    use Plover::*;
    matches!(plover, Aid | Cooperate | Agree | Mobilize)
}

/// Participants of another country than the doers'.
fn others(list: Vec<Participant>, draft: &Draft) -> Vec<Participant> {
    let foreign = |p: &Participant| {
        p.actor.country.is_some() && !draft.sources.iter().any(|s| s.actor.country == p.actor.country)
    };
    list.into_iter().filter(foreign).collect()
}

/// Whom an act at home is against when nobody is named: the doer's own country, for types that states and crowds turn
/// inwards.
fn home(draft: &Draft) -> Option<SmolStr> {
    let people = |p: &Participant| {
        p.actor.sector().is_some_and(|s| matches!(s, "OPP" | "CVL" | "LAB" | "REL" | "EDU" | "MED" | "AGR"))
    };
    let coded = |codes: &[&str]| codes.iter().any(|c| draft.cameo.starts_with(c));
    let inward = match draft.plover {
        Plover::Coerce | Plover::Concede | Plover::Protest => true,
        // Bans, curfews, repression and protest are threatened at home.
        Plover::Threaten => coded(&["132", "133", "137"]),
        // Reforms, resignations and the end of curfews are refused to people at home.
        Plover::Reject => coded(&["123", "1241", "1242"]),
        // People who ask for a change of rule or policy ask those who rule them.
        Plover::Request => coded(&["104"]) && draft.sources.iter().all(people),
        Plover::Assault => draft
            .sources
            .iter()
            .any(|p| p.actor.sector().is_some_and(|s| matches!(s, "COP" | "REB" | "UAF" | "CVL"))),
        _ => false,
    };
    let country = draft.sources.iter().find_map(|p| p.actor.country.clone())?;
    (inward && !tables::actors::is_body(&country)).then_some(country)
}

/// A role, group or person of the doers' own country, or of none that is named. Refugees are those of others.
fn at_home(p: &Participant, sources: &[Participant]) -> bool {
    let own = sources.iter().any(|s| s.actor.country == p.actor.country);
    let people = !matches!(p.actor.kind, ActorKind::Country | ActorKind::Metonym | ActorKind::Pronoun);
    let nameless =
        p.actor.country.is_none() && p.actor.kind == ActorKind::Role && p.actor.sector() != Some("REF");
    people && (nameless || p.actor.country.is_some() && own)
}

/// A country that no words of the clause name.
pub(super) fn country_participant(country: SmolStr, how: Attachment) -> Participant {
    let actor = record::Actor {
        name: country.to_string(),
        country: Some(country),
        kind: ActorKind::Country,
        ..Default::default()
    };
    Participant { mention: None, span: None, actor, how }
}
