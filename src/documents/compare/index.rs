//! Where a bigram stands: finds the places worth comparing without comparing all of them.

use super::side::{Entry, Side};
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

/// How many of a place's rarest bigrams are looked up.
const PROBES: usize = 48;
/// A bigram that stands in more places than this tells nothing (推进, 负责).
const COMMON: usize = 32;

/// The places that hold each bigram.
pub(super) struct Index(HashMap<u64, Vec<usize>>);

impl Index {
    /// Over the places of a version that `counts` says yes to.
    pub(super) fn of(side: &Side, counts: impl Fn(usize) -> bool) -> Self {
        let mut holders: HashMap<u64, Vec<usize>> = HashMap::new();
        for (index, entry) in side.each().filter(|(index, _)| counts(*index)) {
            for gram in entry.grams().distinct() {
                holders.entry(gram).or_default().push(index);
            }
        }
        Self(holders)
    }

    /// At most `wanted` places that share most of this one's rarest bigrams, the nearest first.
    pub(super) fn nearest(&self, entry: &Entry, wanted: usize) -> Vec<usize> {
        let mut rare: Vec<(usize, u64)> = entry
            .grams()
            .distinct()
            .into_iter()
            .filter_map(|gram| Some((self.0.get(&gram)?.len(), gram)))
            .filter(|(holders, _)| *holders <= COMMON)
            .collect();
        rare.sort_unstable();
        let mut hits: BTreeMap<usize, usize> = BTreeMap::new();
        for (_, gram) in rare.iter().take(PROBES) {
            for holder in self.0.get(gram).into_iter().flatten() {
                *hits.entry(*holder).or_default() += 1;
            }
        }
        let mut nearest: Vec<(Reverse<usize>, usize)> = hits
            .into_iter()
            .map(|(holder, hits)| (Reverse(hits), holder))
            .collect();
        nearest.sort_unstable();
        nearest.truncate(wanted);
        nearest.into_iter().map(|(_, holder)| holder).collect()
    }
}
