//! Doc to Mentions: actors, places and dates, with the reason for each.
//!
//! [`actor`], [`place`] and [`date`] work alone; [`Resolver`] runs them in order.

pub mod actor;
pub mod date;
pub mod overlay;
pub mod place;
mod reconcile;

use record::{Mentions, Syntax};

/// Everything the resolver needs, loaded once.
pub struct Resolver {
    actors: actor::ActorResolver,
    places: place::PlaceResolver,
    dates: date::DateResolver,
}

impl Resolver {
    /// Loads the embedded tables and unpacks the gazetteer.
    ///
    /// # Errors
    /// A table does not keep its form.
    pub fn embedded() -> Result<Self, tables::tsv::TableError> {
        Self::with(&overlay::Overlay::default())
    }

    /// Loads the embedded tables and those of a user beside them.
    ///
    /// # Errors
    /// A table does not keep its form.
    pub fn with(overlay: &overlay::Overlay) -> Result<Self, tables::tsv::TableError> {
        std::thread::scope(|scope| {
            // Unpacked meanwhile: it takes as long as all tables together.
            scope.spawn(assets::gazetteer);
            let (actors, dates) = (actor::ActorResolver::with(overlay)?, date::DateResolver::embedded()?);
            Ok(Resolver { actors, dates, places: place::PlaceResolver::embedded()? })
        })
    }

    /// Resolves one page.
    pub fn resolve(&self, syntax: &Syntax<'_>) -> Mentions {
        let mut actors = self.actors.resolve(syntax);
        let places = self.places.resolve(syntax, &actors);
        reconcile::reconcile(&mut actors, &places);
        let dates = self.dates.resolve(syntax);
        Mentions { actors, places, dates }
    }

    /// The actor stage alone.
    pub fn actors(&self) -> &actor::ActorResolver {
        &self.actors
    }

    /// The place stage alone.
    pub fn places(&self) -> &place::PlaceResolver {
        &self.places
    }

    /// The date stage alone.
    pub fn dates(&self) -> &date::DateResolver {
        &self.dates
    }
}
