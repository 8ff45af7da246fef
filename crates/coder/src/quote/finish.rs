//! Drafts to statements: speakers resolved, chains built, doubles left out, ids given.

use super::{Draft, Finder, Source};
use record::statement::{Attribution, Speaker, SpeechCue};
use record::{Actor, ActorKind, Reason, Statement, StatementKind};
use smol_str::{SmolStr, format_smolstr};

impl Finder<'_, '_> {
    /// Statements in text order.
    pub(super) fn finish(&self, mut drafts: Vec<Draft>) -> Vec<Statement> {
        drafts.sort_by_key(|d| {
            (d.content.start, std::cmp::Reverse(d.content.end), d.kind == StatementKind::Hedged)
        });
        let mut kept: Vec<Draft> = Vec::new();
        for draft in drafts {
            let same = kept.iter().position(|k| near(k, &draft) && compatible(k, &draft));
            match same {
                Some(at) if better(&draft, &kept[at]) => kept[at] = draft,
                Some(_) => {}
                None => kept.push(draft),
            }
        }
        let mut out: Vec<Statement> = Vec::new();
        for draft in kept {
            let statement = self.statement(draft, &out);
            out.push(statement);
        }
        out
    }

    fn statement(&self, draft: Draft, earlier: &[Statement]) -> Statement {
        let speaker = draft.speaker.map(|x| self.resolve(x, earlier));
        let addressee = draft.addressee.map(|x| self.resolve(x, earlier));
        let mut chain: Vec<Attribution> = draft.passers.iter().map(|&x| self.passer(x, earlier)).collect();
        if draft.kind == StatementKind::Hedged && draft.speaker.is_none() {
            chain.push(self.nobody(&draft));
        }
        self.wires(&mut chain);
        let first = self.s.doc.tokens_in(draft.content).start as usize;
        let mut why = vec![Reason::rule(draft.rule)];
        if let Some(cue) = &draft.cue {
            why[0] = Reason::rule(draft.rule).with_row(cue.row.clone());
        }
        let cue =
            draft.cue.map(|c| SpeechCue { span: c.span, lemma: c.lemma, kind: c.kind, stance: c.stance });
        let id = format_smolstr!(
            "{:016x}",
            fnv(&self.s.page.id, draft.content.start, draft.content.end, draft.rule)
        );
        let sentence = self.s.doc.sentence_of(first).unwrap_or(0) as u32;
        Statement {
            id,
            kind: draft.kind,
            content: draft.content,
            sentence,
            cue,
            speaker,
            addressee,
            chain,
            quoted: draft.quoted,
            why,
        }
    }

    /// Who a noun phrase is: its mention, else for pronouns the last speaker, else its own words.
    pub(super) fn resolve(&self, source: Source, earlier: &[Statement]) -> Speaker {
        let s = self.s;
        let span = s.doc.bytes_of(source.tokens);
        let at = self.m.actor_at(source.head).map(|(i, _)| i).or_else(|| {
            let inside = |m: &record::ActorMention| span.covers(m.span) && !m.as_place && m.within.is_none();
            self.m.actors.iter().position(inside)
        });
        let mention = at.map(|i| &self.m.actors[i]);
        if let Some(actor) = mention.and_then(|m| m.actors.first()).filter(|a| a.kind != ActorKind::Pronoun) {
            let mut name = if actor.name.is_empty() { s.slice(span).to_owned() } else { actor.name.clone() };
            name.extend(self.joined(source).iter().map(|other| format!(", {other}")));
            return Speaker { span, mention: at.map(|i| i as u32), name, actor: actor.clone() };
        }
        if matches!(s.lower(source.head), "he" | "she" | "it" | "they" | "we" | "i") {
            let last =
                earlier.iter().rev().filter_map(|x| x.speaker.as_ref()).find(|x| x.span.start < span.start);
            if let Some(last) = last {
                return Speaker {
                    span,
                    mention: at.map(|i| i as u32),
                    name: last.name.clone(),
                    actor: last.actor.clone(),
                };
            }
        }
        let name = s.slice(span).to_owned();
        let actor = Actor { name: name.clone(), ..Actor::default() };
        Speaker { span, mention: at.map(|i| i as u32), name, actor }
    }

    /// Names of those who are joined with the source by "and", in text order.
    fn joined(&self, source: Source) -> Vec<&str> {
        let mut heads = vec![source.head];
        let mut next = 0;
        while next < heads.len() && heads.len() < 20 {
            let more = self.s.children_with(heads[next], &["conj"]);
            heads.extend(more.filter(|&c| source.tokens.holds(c) && c > source.head));
            next += 1;
        }
        heads.sort_unstable();
        let actor = |h: &usize| self.m.actor_at(*h).and_then(|(_, m)| m.actors.first());
        let named = heads.iter().skip(1).filter_map(actor);
        let named = named.filter(|a| !matches!(a.kind, ActorKind::Role | ActorKind::Pronoun));
        named.map(|a| a.name.as_str()).filter(|n| !n.is_empty()).collect()
    }

    fn passer(&self, source: Source, earlier: &[Statement]) -> Attribution {
        let who = self.resolve(source, earlier);
        let text = self.s.slice(who.span).to_lowercase();
        let medium = self.medium(&text);
        let state_media = medium.is_some_and(|m| m.state) || self.t.words.says_state(&text);
        let (name, actor) = match medium {
            Some(m) if who.actor.country.is_none() => (m.name.to_string(), media_actor(m)),
            Some(m) => (m.name.to_string(), who.actor),
            None => (who.name, who.actor),
        };
        let role =
            if medium.is_some() || state_media || text.contains("agency") { "agency" } else { "speaker" };
        Attribution { span: Some(who.span), name, actor, role: role.into(), state_media }
    }

    /// The medium that a phrase names: the whole of it, or its longest ending that the table has.
    fn medium(&self, text: &str) -> Option<&super::Medium> {
        let words: Vec<&str> = text.split_whitespace().collect();
        (0..words.len()).find_map(|i| self.t.media.get(&words[i..].join(" ")))
    }

    fn nobody(&self, draft: &Draft) -> Attribution {
        let span = draft.cue.as_ref().map(|c| c.span);
        Attribution {
            span,
            name: "unnamed source".into(),
            actor: Actor::default(),
            role: "hedge".into(),
            state_media: false,
        }
    }

    /// Agencies and the outlet that the page itself names, outermost last.
    fn wires(&self, chain: &mut Vec<Attribution>) {
        let meta = &self.s.page.meta;
        let wires = meta.wires.iter().map(|w| (w, "agency"));
        for (found, role) in wires.chain(meta.publisher.iter().map(|p| (p, "outlet"))) {
            if chain.iter().any(|a| a.name.eq_ignore_ascii_case(&found.value)) {
                continue;
            }
            let medium = self.t.media.get(&found.value.to_lowercase());
            let actor =
                medium.map_or_else(|| Actor { name: found.value.clone(), ..Actor::default() }, media_actor);
            let state_media = medium.is_some_and(|m| m.state);
            chain.push(Attribution {
                span: found.span,
                name: found.value.clone(),
                actor,
                role: role.into(),
                state_media,
            });
        }
    }
}

fn media_actor(medium: &super::Medium) -> Actor {
    Actor {
        name: medium.name.to_string(),
        country: (!medium.country.is_empty()).then(|| medium.country.clone()),
        sectors: vec![SmolStr::new("JRN")],
        kind: ActorKind::Organisation,
        ..Actor::default()
    }
}

/// True when two contents are the same but for a few words.
fn near(a: &Draft, b: &Draft) -> bool {
    let start = a.content.start.max(b.content.start);
    let end = a.content.end.min(b.content.end);
    let shared = end.saturating_sub(start) as usize;
    shared * 10 >= 8 * a.content.len().max(b.content.len())
}

/// A hedge beside a sourced statement stays: they say different things.
fn compatible(a: &Draft, b: &Draft) -> bool {
    (a.kind == StatementKind::Hedged) == (b.kind == StatementKind::Hedged)
}

fn better(new: &Draft, old: &Draft) -> bool {
    let rank = |d: &Draft| (d.speaker.is_some(), d.cue.is_some(), d.kind == StatementKind::Direct);
    rank(new) > rank(old)
}

/// FNV-1a over page and place.
fn fnv(page: &str, start: u32, end: u32, rule: &str) -> u64 {
    let bytes = page.bytes().chain(start.to_le_bytes()).chain(end.to_le_bytes()).chain(rule.bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3))
}
