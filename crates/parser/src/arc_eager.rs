//! Token vectors to a dependency tree: arc-eager transitions that may revise earlier arcs (spaCy's `ArcEager`).

use crate::error::Error;
use crate::model::weights::Network;
use crate::transition::{Action, Scorer, SlotTable, Steps, actions, best, rows_of};
use crate::tree::{Tree, finish};
use pulp::Arch;
use smol_str::SmolStr;
use std::ops::Range;

const SHIFT: u8 = 0;
const REDUCE: u8 = 1;
const LEFT: u8 = 2;
const RIGHT: u8 = 3;
const BREAK: u8 = 4;
/// Slots of the feature set.
const SLOTS: usize = 8;

/// The dependency parser.
pub struct Parser {
    /// Its network.
    pub scorer: Scorer,
    actions: Vec<Action>,
    rows: [Range<usize>; 5],
}

impl Parser {
    /// Builds the parser from its `moves` file and its network.
    pub fn new(moves: &[u8], network: &Network<'_>, width: usize) -> Result<Self, Error> {
        let actions = actions(moves).map_err(|e| e.within("moves"))?;
        if actions.is_empty() || actions.iter().any(|a| a.kind > BREAK) {
            return Err(Error::unsupported("moves are not those of an arc-eager parser"));
        }
        let scorer = Scorer::new(network, width, actions.len(), SLOTS)?;
        let rows = [SHIFT, REDUCE, LEFT, RIGHT, BREAK].map(|kind| rows_of(&actions, kind));
        Ok(Parser { scorer, actions, rows })
    }

    /// The tree of one text. `spaces` tells which tokens are white space.
    pub fn parse(&self, arch: Arch, projected: &[f32], spaces: &[bool], table: &mut SlotTable) -> Tree {
        let mut state = State::new(spaces.len());
        let mut steps = Steps::new(arch, &self.scorer, projected, table);
        // Every token is pushed, popped and pushed back a bounded number of times; the limit only guards that claim.
        let mut left = 64 * spaces.len() + 64;
        while !state.is_final() && left > 0 {
            left -= 1;
            let scores = steps.scores(&state.slots());
            let valid = state.valid();
            let allowed = self.rows.iter().zip(valid).filter(|(_, v)| *v).map(|(rows, _)| rows.clone());
            match best(scores, allowed) {
                Some(row) => state.apply(self.actions[row].kind, row),
                None => break,
            }
        }
        let label = |row: u32| self.actions.get(row as usize).map_or(SmolStr::default(), |a| a.label.clone());
        finish(&state.head, &|i| label(state.label[i]), spaces)
    }
}

/// Stack, buffer and arcs while a text is parsed.
struct State {
    stack: Vec<usize>,
    /// Tokens put back, the next one last.
    rebuffer: Vec<usize>,
    next: usize,
    head: Vec<Option<usize>>,
    label: Vec<u32>,
    /// Newest left and right child of each token, and each child's older and newer sibling on its side.
    newest: Vec<[Option<usize>; 2]>,
    older: Vec<Option<usize>>,
    newer: Vec<Option<usize>>,
    unshiftable: Vec<bool>,
    starts: Vec<bool>,
}

impl State {
    fn new(tokens: usize) -> Self {
        let mut starts = vec![false; tokens];
        if let Some(first) = starts.first_mut() {
            *first = true;
        }
        State {
            stack: Vec::new(),
            rebuffer: Vec::new(),
            next: 0,
            head: vec![None; tokens],
            label: vec![u32::MAX; tokens],
            newest: vec![[None; 2]; tokens],
            older: vec![None; tokens],
            newer: vec![None; tokens],
            unshiftable: vec![false; tokens],
            starts,
        }
    }

    /// `i`-th token from the top of the stack.
    fn s(&self, i: usize) -> Option<usize> {
        self.stack.len().checked_sub(i + 1).map(|at| self.stack[at])
    }

    /// `i`-th token of the buffer.
    fn b(&self, i: usize) -> Option<usize> {
        if i < self.rebuffer.len() {
            return Some(self.rebuffer[self.rebuffer.len() - 1 - i]);
        }
        Some(self.next + i - self.rebuffer.len()).filter(|&t| t < self.head.len())
    }

    fn buffer_len(&self) -> usize {
        self.rebuffer.len() + self.head.len() - self.next
    }

    fn is_final(&self) -> bool {
        self.stack.is_empty() && self.buffer_len() == 0
    }

    fn slots(&self) -> [Option<usize>; SLOTS] {
        let (b0, s0) = (self.b(0), self.s(0));
        let child = |of: Option<usize>, side: usize| of.and_then(|t| self.newest[t][side]);
        [b0, self.b(1), s0, self.s(1), self.s(2), child(b0, 0), child(s0, 0), child(s0, 1)]
    }

    /// Which kinds of action may come next.
    fn valid(&self) -> [bool; 5] {
        let (b0, b1) = (self.b(0), self.b(1));
        let starts = |t: Option<usize>| t.is_some_and(|t| self.starts[t]);
        let stacked = !self.stack.is_empty();
        let shift = match b0 {
            None => false,
            Some(_) if !stacked => true,
            Some(t) => b1.is_some() && !self.starts[t] && !self.unshiftable[t],
        };
        let arc = stacked && b0.is_some() && !starts(b0);
        let split = match (b0, b1) {
            (Some(a), Some(b)) => b == a + 1 && !self.starts[b],
            _ => false,
        };
        [shift, stacked, arc, arc, split]
    }

    fn take_next(&mut self) -> Option<usize> {
        self.rebuffer.pop().or_else(|| {
            let next = Some(self.next).filter(|&t| t < self.head.len());
            self.next += usize::from(next.is_some());
            next
        })
    }

    fn apply(&mut self, kind: u8, row: usize) {
        match (kind, self.s(0), self.b(0)) {
            (SHIFT, _, _) => self.shift(),
            (REDUCE, Some(top), _) => {
                self.stack.pop();
                if self.head[top].is_none() && !self.stack.is_empty() {
                    self.unshiftable[top] = true;
                    self.rebuffer.push(top);
                }
            }
            (LEFT, Some(top), Some(first)) => {
                self.add_arc(first, top, row);
                self.unshiftable[first] = false;
                self.stack.pop();
            }
            (RIGHT, Some(top), Some(first)) => {
                self.add_arc(top, first, row);
                self.shift();
            }
            (BREAK, _, _) => {
                if let Some(second) = self.b(1) {
                    self.starts[second] = true;
                }
            }
            _ => {}
        }
    }

    fn shift(&mut self) {
        if let Some(token) = self.take_next() {
            self.stack.push(token);
        }
    }

    fn add_arc(&mut self, head: usize, child: usize, row: usize) {
        if let Some(old) = self.head[child] {
            let (older, newer) = (self.older[child], self.newer[child]);
            if let Some(older) = older {
                self.newer[older] = newer;
            }
            match newer {
                Some(newer) => self.older[newer] = older,
                None => self.newest[old][usize::from(child > old)] = older,
            }
        }
        let newest = &mut self.newest[head][usize::from(child > head)];
        self.older[child] = *newest;
        self.newer[child] = None;
        if let Some(previous) = newest.replace(child) {
            self.newer[previous] = Some(child);
        }
        self.head[child] = Some(head);
        self.label[child] = row as u32;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_arc_replaces_the_old_one() {
        let mut state = State::new(5);
        state.add_arc(4, 1, 0);
        state.add_arc(4, 2, 0);
        state.add_arc(4, 3, 0);
        assert_eq!(state.newest[4][0], Some(3));
        state.add_arc(0, 2, 0);
        state.add_arc(0, 3, 0);
        assert_eq!(state.newest[4], [Some(1), None]);
        assert_eq!(state.newest[0], [None, Some(3)]);
        assert_eq!(state.head, [None, Some(4), Some(0), Some(0), None]);
    }

    #[test]
    fn the_last_token_is_shifted_onto_an_empty_stack_only() {
        let mut state = State::new(2);
        assert_eq!(state.valid(), [true, false, false, false, true]);
        state.apply(SHIFT, 0);
        assert_eq!(state.valid(), [false, true, true, true, false]);
        state.apply(RIGHT, 0);
        assert!(!state.is_final());
        state.apply(REDUCE, 0);
        state.apply(REDUCE, 0);
        assert!(state.is_final());
    }
}
