//! Where: toponyms to gazetteer entries.
//!
//! `spans` lists stretches that may be toponyms, `observe` and `recognise` decide which are; `world` knows the places
//! of a name, `rank` and `context` weigh them; `emit` writes mentions with their reasons.

mod context;
mod cues;
mod emit;
mod linear;
mod observe;
mod publisher;
mod rank;
mod recognise;
mod spans;
mod world;

pub use recognise::SpanStudy;

use record::{ActorMention, ByteSpan, Place, PlaceMention, Syntax, TokenSpan};
use tables::tsv::TableError;

/// Resolves place mentions.
pub struct PlaceResolver {
    world: world::World,
    cues: cues::Cues,
    outlets: publisher::Outlets,
    recogniser: linear::Linear,
    ranker: rank::Weights,
}

/// What the ranker sees of one mention, for training.
#[derive(Debug, Clone)]
pub struct RankStudy {
    /// Number of the name: mentions of one name share it.
    pub group: usize,
    /// Candidates with their features, in the order of [`PlaceResolver::rank_features`].
    pub candidates: Vec<(Place, Vec<f32>)>,
}

impl PlaceResolver {
    /// Loads the embedded place tables; the gazetteer is read where it lies in the binary.
    ///
    /// # Errors
    /// A table does not keep its form.
    pub fn embedded() -> Result<Self, TableError> {
        Self::with_weights(tables::places::recogniser(), tables::places::ranker())
    }

    /// As [`Self::embedded`], with other weight tables.
    ///
    /// # Errors
    /// A table does not keep its form.
    pub fn with_weights(recogniser: &str, ranker: &str) -> Result<Self, TableError> {
        Ok(PlaceResolver {
            world: world::World::embedded()?,
            cues: cues::Cues::embedded()?,
            outlets: publisher::Outlets::embedded()?,
            recogniser: linear::Linear::read("places/recogniser.tsv", recogniser)?,
            ranker: rank::Weights::of(&linear::Linear::read("places/ranker.tsv", ranker)?),
        })
    }

    /// Finds and resolves all place mentions of a page, in text order.
    pub fn resolve(&self, syntax: &Syntax<'_>, actors: &[ActorMention]) -> Vec<PlaceMention> {
        let found = recognise::recognise(syntax, &self.world, &self.cues, &self.recogniser);
        let spans: Vec<_> = found.iter().map(|t| (t.tokens, t.span)).collect();
        self.resolve_tokens(syntax, &spans, actors)
    }

    /// Resolves toponyms that are known to stand at `spans` (in text order); one mention a span.
    pub fn resolve_spans(&self, syntax: &Syntax<'_>, spans: &[ByteSpan]) -> Vec<PlaceMention> {
        let spans: Vec<_> = spans.iter().map(|s| (syntax.doc.tokens_in(*s), *s)).collect();
        self.resolve_tokens(syntax, &spans, &[])
    }

    fn resolve_tokens(
        &self,
        syntax: &Syntax<'_>,
        spans: &[(TokenSpan, ByteSpan)],
        actors: &[ActorMention],
    ) -> Vec<PlaceMention> {
        let publisher = self.outlets.publisher(syntax.page, &self.world);
        let mut groups = rank::groups(syntax, spans, &self.world, &publisher);
        rank::weigh(&mut groups, &self.ranker);
        emit::mentions(syntax, spans, &groups, &self.world, actors)
    }

    /// Features of all spans that might be toponyms, for training the recogniser.
    pub fn study_spans(&self, syntax: &Syntax<'_>) -> Vec<SpanStudy> {
        recognise::study(syntax, &self.world, &self.cues)
    }

    /// Names of the ranker's features: of the first pass, or of both.
    pub fn rank_features(together: bool) -> Vec<String> {
        let alone = rank::ALONE.iter();
        if together {
            alone.chain(&rank::TOGETHER).map(|n| format!("together|{n}")).collect()
        } else {
            alone.map(|n| format!("alone|{n}")).collect()
        }
    }

    /// Candidates of the toponyms at `spans` with their features, for training the ranker. `together`: those of the
    /// second pass, after `rounds` rounds with the present weights.
    pub fn study_ranks(
        &self,
        syntax: &Syntax<'_>,
        spans: &[ByteSpan],
        together: bool,
        rounds: usize,
    ) -> Vec<RankStudy> {
        let spans: Vec<_> = spans.iter().map(|s| (syntax.doc.tokens_in(*s), *s)).collect();
        let publisher = self.outlets.publisher(syntax.page, &self.world);
        let mut groups = rank::groups(syntax, &spans, &self.world, &publisher);
        let features: Vec<Vec<Vec<f32>>> = if together {
            if rounds == 0 {
                rank::weigh_alone(&mut groups, &self.ranker)
            } else {
                rank::weigh(&mut groups, &self.ranker)
            }
            rank::together(&groups).iter().map(|g| g.iter().map(|r| r.to_vec()).collect()).collect()
        } else {
            groups.iter().map(|g| g.alone.iter().map(|r| r.to_vec()).collect()).collect()
        };
        let mut out = vec![RankStudy { group: 0, candidates: Vec::new() }; spans.len()];
        for (n, (g, rows)) in groups.iter().zip(&features).enumerate() {
            let places: Vec<_> = g
                .candidates
                .iter()
                .zip(rows)
                .map(|(c, r)| (emit::place(c, &self.world), r.clone()))
                .collect();
            for &m in &g.mentions {
                out[m] = RankStudy { group: n, candidates: places.clone() };
            }
        }
        out
    }
}
