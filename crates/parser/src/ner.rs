//! Token vectors and sentence starts to named entities: begin, in, last, unit, out, one action a token (spaCy's `BiluoPushDown`).

use crate::error::Error;
use crate::model::weights::Network;
use crate::transition::{Action, Scorer, SlotTable, Steps, actions, best, rows_of};
use pulp::Arch;
use smol_str::SmolStr;
use std::ops::Range;

const BEGIN: u8 = 1;
const IN: u8 = 2;
const LAST: u8 = 3;
const UNIT: u8 = 4;
const OUT: u8 = 5;
/// Slots of the feature set.
const SLOTS: usize = 3;

/// The entity recogniser.
pub struct Ner {
    /// Its network.
    pub scorer: Scorer,
    actions: Vec<Action>,
    begin: Range<usize>,
    unit: Vec<Range<usize>>,
    out: Range<usize>,
}

/// One entity: tokens and label.
pub type Found = (Range<usize>, SmolStr);

impl Ner {
    /// Builds the recogniser from its `moves` file and its network.
    pub fn new(moves: &[u8], network: &Network<'_>, width: usize) -> Result<Self, Error> {
        let actions = actions(moves).map_err(|e| e.within("moves"))?;
        let out = rows_of(&actions, OUT);
        if out.is_empty() || actions.iter().any(|a| a.kind > OUT) {
            return Err(Error::unsupported("moves are not those of a BILUO recogniser"));
        }
        let scorer = Scorer::new(network, width, actions.len(), SLOTS)?;
        // A unit without label is never right on fresh text.
        let unit =
            rows_of(&actions, UNIT).filter(|&r| !actions[r].label.is_empty()).map(|r| r..r + 1).collect();
        Ok(Ner { scorer, begin: rows_of(&actions, BEGIN), unit, out, actions })
    }

    /// Entities of one text, in order.
    pub fn find(&self, arch: Arch, projected: &[f32], text: Tokens<'_>, table: &mut SlotTable) -> Vec<Found> {
        let mut steps = Steps::new(arch, &self.scorer, projected, table);
        let mut found = Vec::new();
        let mut open: Option<(usize, SmolStr)> = None;
        for b in 0..text.spaces.len() {
            let start = open.as_ref().map(|(s, _)| *s);
            let before = start.and(b.checked_sub(1));
            let scores = steps.scores(&[Some(b), start, before]);
            let more = b + 1 < text.spaces.len() && !text.starts[b + 1];
            let row = match &open {
                Some((_, label)) => best(scores, self.going_on(label, more)),
                None => {
                    let word = !text.spaces[b];
                    let begin = Some(self.begin.clone()).filter(|_| word && more);
                    let unit = self.unit.iter().filter(|_| word).cloned();
                    best(scores, begin.into_iter().chain(unit).chain([self.out.clone()]))
                }
            };
            let Some(action) = row.map(|r| &self.actions[r]) else { continue };
            match action.kind {
                BEGIN => open = Some((b, action.label.clone())),
                LAST => found.extend(open.take().map(|(start, label)| (start..b + 1, label))),
                UNIT => found.push((b..b + 1, action.label.clone())),
                _ => {}
            }
        }
        found
    }

    /// Rows that go on with or end an entity of the label, in row order.
    fn going_on<'a>(&'a self, label: &'a SmolStr, more: bool) -> impl Iterator<Item = Range<usize>> + 'a {
        let kinds = self.actions.iter().enumerate();
        kinds
            .filter(move |(_, a)| a.label == *label && (a.kind == LAST || (a.kind == IN && more)))
            .map(|(row, _)| row..row + 1)
    }
}

/// What the recogniser must know of a text beside the vectors.
#[derive(Clone, Copy)]
pub struct Tokens<'a> {
    /// True for white space.
    pub spaces: &'a [bool],
    /// True for the first token of a sentence.
    pub starts: &'a [bool],
}
