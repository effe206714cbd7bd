//! Sections that were split or merged: the words of one place stand, all but a few, in several
//! places of the other version.
//!
//! A merger is a split read backwards, so both are found by one search.

use super::exact::TELLING;
use super::grams::{Grams, per_mille};
use super::index::Index;
use super::pairing::{Division, Pairing};
use super::side::{Entry, Side};
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashSet};

/// How much of a piece, its heading apart, must come from the whole (per mille): a piece gets a
/// heading of its own and may get a linking sentence, but is not mainly new.
const FROM_WHOLE: u16 = 700;
/// How much of the whole must stand in its pieces (per mille); the rest fell away or was reworded.
const COVERED: u16 = 800;
/// Below this likeness (Dice, per mille) a pair was made by its place more than by its words, and
/// gives way when the words of one of the two are found to stand elsewhere.
const WEAK: u16 = 500;
/// How many places on either side of the counterpart are tried as pieces.
const AROUND: usize = 4;
/// How many places that share rare bigrams are tried as pieces.
const NEAREST: usize = 8;

/// Finds what was split, then what was merged, among the places that are free or differ.
pub(super) fn find(old: &Side, new: &Side, pairing: &mut Pairing) {
    let is_weak = |here: Option<usize>, there: Option<usize>| {
        let pair = here.zip(there);
        let pair = pair.and_then(|(here, there)| old.get(here).zip(new.get(there)));
        pair.is_some_and(|(mine, theirs)| {
            mine.words != theirs.words && mine.grams().dice(theirs.grams()) < WEAK
        })
    };
    let split = Search {
        wholes: old,
        pieces: new,
        partner: (0..old.len()).map(|whole| pairing.new_of(whole)).collect(),
        is_free: (0..new.len())
            .map(|piece| pairing.is_free_new(piece) || is_weak(pairing.old_of(piece), Some(piece)))
            .collect(),
    };
    for division in split.run(|_| true) {
        pairing.split(division);
    }
    let merge = Search {
        wholes: new,
        pieces: old,
        partner: (0..new.len()).map(|whole| pairing.old_of(whole)).collect(),
        is_free: (0..old.len())
            .map(|piece| pairing.is_free_old(piece) || is_weak(Some(piece), pairing.new_of(piece)))
            .collect(),
    };
    let open: Vec<bool> = (0..new.len())
        .map(|whole| pairing.is_free_new(whole) || pairing.old_of(whole).is_some())
        .collect();
    for division in merge.run(|whole| open.get(whole) == Some(&true)) {
        pairing.merge(division);
    }
}

/// A search for places of one version that stand in pieces in the other.
struct Search<'a> {
    wholes: &'a Side,
    pieces: &'a Side,
    /// The counterpart of each whole so far.
    partner: Vec<Option<usize>>,
    /// Whether a place can be a piece.
    is_free: Vec<bool>,
}

impl Search<'_> {
    fn run(&self, is_open: impl Fn(usize) -> bool) -> Vec<Division> {
        let index = Index::of(self.pieces, |piece| self.is_free(piece));
        let mut used: HashSet<usize> = HashSet::new();
        let mut found = Vec::new();
        // The last counterpart passed: the pieces of a place without one stand behind it.
        let mut passed = None;
        for (whole, entry) in self.wholes.each() {
            let partner = self.partner.get(whole).copied().flatten();
            let partner = partner.filter(|piece| !used.contains(piece));
            passed = partner.or(passed);
            if !is_open(whole) || self.is_unchanged(entry, partner) {
                continue;
            }
            let near = self.around(passed).chain(index.nearest(entry, NEAREST));
            let tried: BTreeSet<usize> = near
                .filter(|piece| self.is_free(*piece) && !used.contains(piece))
                .chain(partner)
                .collect();
            if let Some(pieces) = self.cover(entry, partner, tried) {
                used.extend(&pieces);
                found.push(Division { whole, pieces });
            }
        }
        found
    }

    fn is_free(&self, piece: usize) -> bool {
        self.is_free.get(piece) == Some(&true)
    }

    fn is_unchanged(&self, entry: &Entry, partner: Option<usize>) -> bool {
        let partner = partner.and_then(|partner| self.pieces.get(partner));
        entry.length < TELLING || partner.is_some_and(|partner| partner.words == entry.words)
    }

    /// The places in the row of the text around one.
    fn around(&self, place: Option<usize>) -> impl Iterator<Item = usize> {
        let place = place.unwrap_or(0);
        place.saturating_sub(AROUND)..=place.saturating_add(AROUND)
    }

    /// The pieces that together hold the words of a place, in their order: two at least, its
    /// counterpart among them if it has one. Each must bring words that no other brought.
    fn cover(
        &self,
        entry: &Entry,
        partner: Option<usize>,
        tried: BTreeSet<usize>,
    ) -> Option<Vec<usize>> {
        let mut ranked: Vec<(Reverse<usize>, usize)> = tried
            .into_iter()
            .filter_map(|piece| {
                let common = self.pieces.get(piece)?.grams().common(entry.grams());
                Some((Reverse(common), piece))
            })
            .collect();
        ranked.sort_unstable();
        let mut left = entry.grams().clone();
        let mut pieces = Vec::new();
        for (_, piece) in ranked {
            let Some(candidate) = self.pieces.get(piece) else {
                continue;
            };
            let is_long = candidate.length >= TELLING || partner == Some(piece);
            let comes_from = |grams: &Grams| {
                grams.len() >= TELLING / 2
                    && per_mille(left.common(grams), grams.len()) >= FROM_WHOLE
            };
            if is_long && (comes_from(candidate.grams()) || comes_from(candidate.body())) {
                left = left.without(candidate.grams());
                pieces.push(piece);
            }
        }
        let all = entry.grams().len();
        let is_covered = per_mille(all.saturating_sub(left.len()), all) >= COVERED;
        let has_partner = partner.is_none_or(|partner| pieces.contains(&partner));
        pieces.sort_unstable();
        (pieces.len() > 1 && is_covered && has_partner).then_some(pieces)
    }
}
