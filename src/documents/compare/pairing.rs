//! What has been found so far: which place answers to which, one to one, and the divisions.

use std::collections::HashSet;

/// One place whose words stand in several of the other version.
#[derive(Clone, Debug)]
pub(super) struct Division {
    pub whole: usize,
    /// In the order of their version, two at least.
    pub pieces: Vec<usize>,
}

/// Pairs between the old and the new places, by index. A place is in one pair at most, or in one
/// division, never in both.
pub(super) struct Pairing {
    forth: Vec<Option<usize>>,
    back: Vec<Option<usize>>,
    splits: Vec<Division>,
    mergers: Vec<Division>,
    /// Old and new of every piece of a division, and either of them alone.
    divided: HashSet<(usize, usize)>,
    divided_old: HashSet<usize>,
    divided_new: HashSet<usize>,
}

impl Pairing {
    pub(super) fn new(old: usize, new: usize) -> Self {
        Self {
            forth: vec![None; old],
            back: vec![None; new],
            splits: Vec::new(),
            mergers: Vec::new(),
            divided: HashSet::new(),
            divided_old: HashSet::new(),
            divided_new: HashSet::new(),
        }
    }

    pub(super) fn new_of(&self, old: usize) -> Option<usize> {
        self.forth.get(old).copied().flatten()
    }

    pub(super) fn old_of(&self, new: usize) -> Option<usize> {
        self.back.get(new).copied().flatten()
    }

    pub(super) fn is_free_old(&self, old: usize) -> bool {
        self.new_of(old).is_none() && !self.divided_old.contains(&old)
    }

    pub(super) fn is_free_new(&self, new: usize) -> bool {
        self.old_of(new).is_none() && !self.divided_new.contains(&new)
    }

    /// Joins two free places; false when one is taken.
    pub(super) fn join(&mut self, old: usize, new: usize) -> bool {
        if !self.is_free_old(old) || !self.is_free_new(new) {
            return false;
        }
        let (Some(forth), Some(back)) = (self.forth.get_mut(old), self.back.get_mut(new)) else {
            return false;
        };
        (*forth, *back) = (Some(new), Some(old));
        true
    }

    /// Takes a pair apart.
    fn part(&mut self, old: usize) {
        let new = self.forth.get_mut(old).and_then(Option::take);
        if let Some(back) = new.and_then(|new| self.back.get_mut(new)) {
            *back = None;
        }
    }

    /// Whether two places stand below counterparts; both at the top counts.
    pub(super) fn same_parent(&self, old: Option<usize>, new: Option<usize>) -> bool {
        match (old, new) {
            (None, None) => true,
            (Some(old), Some(new)) => self.answers(old, new),
            _ => false,
        }
    }

    /// Whether the new place is what became of the old one, whole or in part.
    pub(super) fn answers(&self, old: usize, new: usize) -> bool {
        self.new_of(old) == Some(new) || self.divided.contains(&(old, new))
    }

    /// One old place in several new ones; pairs that any of them was in are taken apart.
    pub(super) fn split(&mut self, division: Division) {
        for piece in &division.pieces {
            self.divide(division.whole, *piece);
        }
        self.splits.push(division);
    }

    /// Several old places in one new one; pairs that any of them was in are taken apart.
    pub(super) fn merge(&mut self, division: Division) {
        for piece in &division.pieces {
            self.divide(*piece, division.whole);
        }
        self.mergers.push(division);
    }

    fn divide(&mut self, old: usize, new: usize) {
        self.part(old);
        if let Some(other) = self.old_of(new) {
            self.part(other);
        }
        self.divided.insert((old, new));
        self.divided_old.insert(old);
        self.divided_new.insert(new);
    }

    pub(super) fn splits(&self) -> &[Division] {
        &self.splits
    }

    pub(super) fn mergers(&self) -> &[Division] {
        &self.mergers
    }

    /// All pairs, in the old order.
    pub(super) fn pairs(&self) -> Vec<(usize, usize)> {
        let pair = |(old, new): (usize, &Option<usize>)| new.map(|new| (old, new));
        self.forth.iter().enumerate().filter_map(pair).collect()
    }
}
