//! A role or title ("the foreign minister", "officials from both countries") to a decision: its country from the phrase,
//! from the mention that it takes up, or from the page.

use super::coref::Class;
use super::index::{Sense, Weak};
use super::pass::{Decision, Pass};
use super::phrase::{Facts, Phrase};
use record::{Actor, ActorKind, Reason, SmolStr, TokenSpan};

/// Prepositions whose object a role belongs to.
const BELONGS: [&str; 3] = ["of", "from", "for"];

impl Pass<'_> {
    /// A role or title: country from the phrase, else from the mention that it takes up, else from the page.
    pub fn role(&self, phrase: Phrase, sense: Sense, facts: Facts) -> Option<Decision> {
        if self.is_stance(phrase) {
            return None;
        }
        let (actors, why) = self.view.role_actors(phrase, sense, &facts, &self.memory);
        if actors.iter().any(|a| a.country.is_some()) {
            return Some(Decision { actors, why, sense: Some(sense), antecedent: None });
        }
        if let Some(described) = self.described(phrase) {
            return Some(Decision { sense: Some(sense), ..described });
        }
        if let Some(decision) = self.role_beside(phrase, sense, &why) {
            return Some(decision);
        }
        let belongs = self.of_described(phrase).map(|(codes, from)| (codes, Some(from), "actor/description"));
        let shared = || self.from_conjunct(phrase).map(|codes| (codes, None, "actor/country+role"));
        if let Some((codes, antecedent, rule)) = belongs.or_else(shared) {
            let why = Reason { rule: rule.into(), ..why };
            return Some(Decision { actors: each(&actors, codes), why, sense: Some(sense), antecedent });
        }
        if actors.iter().all(|a| a.sectors.is_empty()) {
            return None;
        }
        Some(self.role_in_context(phrase, sense, actors, why))
    }

    /// "opposition to the deal", "support for the army": a stance, nobody.
    fn is_stance(&self, phrase: Phrase) -> bool {
        let s = self.view.s;
        self.view.k.relation(s.lemma(phrase.head)) == "stance"
            && s.children_with(phrase.head, &["prep"]).any(|p| p > phrase.head && s.lower(p) == "to")
    }

    /// A role in apposition to a name with a country.
    fn role_beside(&self, phrase: Phrase, sense: Sense, role: &Reason) -> Option<Decision> {
        let m = self.beside(phrase)?;
        let person = self.out.get(m).filter(|p| p.actors.iter().any(|a| a.country.is_some()))?;
        let why = Reason { row: role.row.clone(), ..Reason::rule("actor/apposition") };
        let antecedent = Some(m as u32);
        Some(Decision { actors: person.actors.clone(), why, sense: Some(sense), antecedent })
    }

    /// The countries of "officials from the three nations", "both countries' leaders".
    fn of_described(&self, phrase: Phrase) -> Option<(Vec<SmolStr>, u32)> {
        let s = self.view.s;
        let under = |p: usize| {
            let belongs = BELONGS.contains(&s.lower(p));
            belongs.then(|| s.child(p, "pobj")).flatten()
        };
        let owners = s.children_with(phrase.head, &["poss"]);
        let objects = s.children_with(phrase.head, &["prep"]).filter_map(under);
        owners.chain(objects).find_map(|noun| {
            let found = self.described(self.view.phrase(noun))?;
            let codes: Vec<SmolStr> = found.actors.iter().filter_map(|a| a.country.clone()).collect();
            (!codes.is_empty()).then_some((codes, found.antecedent?))
        })
    }

    /// "Israeli helicopters and tanks": countries of the first conjunct hold for the second.
    fn from_conjunct(&self, phrase: Phrase) -> Option<Vec<SmolStr>> {
        let s = self.view.s;
        if s.dep(phrase.head) != "conj" || phrase.span.len() > phrase.core.len() {
            return None;
        }
        let up = s.head(phrase.head);
        let first =
            self.out.iter().rev().find(|m| m.head as usize == up && m.why.rule == "actor/country+role")?;
        let codes: Vec<SmolStr> = first.actors.iter().filter_map(|a| a.country.clone()).collect();
        (!codes.is_empty()).then_some(codes)
    }

    /// A role without any country in its phrase: that of the mention it takes up, else one of the page.
    fn role_in_context(
        &self,
        phrase: Phrase,
        sense: Sense,
        mut actors: Vec<Actor>,
        mut why: Reason,
    ) -> Decision {
        let mut antecedent = None;
        let keys = self.keys(phrase);
        let definite = self.view.is_definite(phrase);
        if definite && let Some(seen) = self.memory.trail.keyed(&keys) {
            let single = seen.actors.len() == 1 || seen.class == Class::Crowd;
            why.rule = "actor/definite".into();
            antecedent = Some(seen.mention);
            let person = matches!(seen.class, Class::Person) && self.view.s.tag(phrase.head) == "NN";
            if person && single {
                actors = seen.actors.clone();
            } else {
                let code = seen.actors.iter().find_map(|a| a.country.clone());
                actors.iter_mut().for_each(|a| a.country.clone_from(&code));
            }
        } else if let Some((code, rule)) = self.context_code(phrase, &actors) {
            why.rule = rule.into();
            why.note = format!("the phrase names no country; {code} from the context");
            actors.iter_mut().for_each(|a| a.country = Some(code.clone()));
        }
        Decision { actors, why, sense: Some(sense), antecedent }
    }

    /// The country that is subject of the sentence so far.
    fn subject_state(&self, sentence: TokenSpan) -> Option<SmolStr> {
        let said = self
            .out
            .iter()
            .filter(|m| sentence.covers(m.tokens) && self.view.s.dep(m.head as usize) == "nsubj");
        said.filter_map(|m| m.actors.first())
            .find(|a| matches!(a.kind, ActorKind::Country | ActorKind::Metonym))
            .and_then(|a| a.country.clone())
    }

    /// A country for a role that names none: the outlet's for offices of state, a country of the sentence, the
    /// page's main country.
    pub fn context_code(&self, phrase: Phrase, actors: &[Actor]) -> Option<(SmolStr, &'static str)> {
        let s = self.view.s;
        let sector = actors.first()?.sector().unwrap_or("");
        let office = matches!(sector, "GOV" | "LEG" | "MIL") && self.view.is_definite(phrase);
        if office && let Some(outlet) = &self.memory.outlet {
            return Some((outlet.clone(), "actor/outlet-prior"));
        }
        let sentence = s.sentence(phrase.head).and_then(|n| s.doc.sentences.get(n))?;
        let mut place =
            if matches!(sector, "GOV" | "LEG") { self.subject_state(sentence.tokens) } else { None };
        for hit in self.view.hits.inside(sentence.tokens) {
            let form = hit.forms.iter().find(|f| {
                matches!(f.sense, Sense::Country(_) | Sense::Metonym(_)) && f.weak != Weak::Definite
            });
            let Some(form) = form else { continue };
            let head = self.root(hit.tokens);
            let alone = super::pass::alone(hit, head);
            let kind =
                if matches!(form.sense, Sense::Country(_)) { ActorKind::Country } else { ActorKind::Metonym };
            if place.is_none() && self.view.as_place(alone, kind) {
                place = self.simple(hit.tokens).and_then(|a| a.country);
                break;
            }
        }
        place
            .or_else(|| self.memory.main_code().cloned())
            .filter(|c| !tables::actors::is_body(c))
            .map(|c| (c, "actor/role-context"))
    }
}

/// The first actor once for each country.
fn each(actors: &[Actor], codes: Vec<SmolStr>) -> Vec<Actor> {
    let role = actors.first().cloned().unwrap_or_default();
    let of = |code| Actor { country: Some(code), kind: ActorKind::Role, ..role.clone() };
    codes.into_iter().map(of).collect()
}
