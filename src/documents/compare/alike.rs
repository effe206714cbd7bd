//! Places whose words changed: the nearest in words among those that can be meant, with regard to
//! where they stand.
//!
//! Not every pair is compared. Candidates come from an index of the rarer bigrams, from the same
//! address, and from the same gap between places already found, so the work grows with the text.

use super::exact::TELLING;
use super::index::Index;
use super::pairing::Pairing;
use super::side::{Entry, Side};
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

/// From what likeness on (per mille, with the advantages below) two places are the same one.
/// At half of the bigrams a reader still recognises a sentence; two unrelated sentences of one
/// plan share a tenth to a quarter of theirs, being written in the same official words.
const ENOUGH: u16 = 500;
/// Below this likeness of words no place is recognised, wherever it stands, unless its heading is.
const FLOOR: u16 = 300;
/// The parents answer to each other.
const SAME_PARENT: u16 = 100;
/// Between the same two neighbours, or at the same address.
const SAME_PLACE: u16 = 100;
/// The heading is the same: the office calls it the same thing, whatever it now says of it.
const SAME_HEADING: u16 = 300;
/// A heading of fewer characters (总则, 其他) is no name.
const HEADING: usize = 4;

/// How many places of the index are compared in full.
const NEAREST: usize = 6;
/// In a gap with more pairs than this, only those at about the same depth are compared.
const GAP: usize = 64;

struct Found {
    score: u16,
    /// How far apart the two stand in their gap or in the text; the nearer wins a tie.
    distance: usize,
    old: usize,
    new: usize,
}

/// Joins free places by likeness, the most alike first.
pub(super) fn join(old: &Side, new: &Side, pairing: &mut Pairing) {
    let mut found: Vec<Found> = candidates(old, new, pairing)
        .into_iter()
        .filter_map(|pair| judge(old, new, pairing, pair))
        .collect();
    found.sort_by_key(|pair| (Reverse(pair.score), pair.distance, pair.old, pair.new));
    for pair in found {
        pairing.join(pair.old, pair.new);
    }
}

/// Pairs worth comparing, each with whether it stands in the same gap.
fn candidates(old: &Side, new: &Side, pairing: &Pairing) -> BTreeMap<(usize, usize), bool> {
    let mut pairs = BTreeMap::new();
    for pair in in_gaps(old, new, pairing) {
        pairs.insert(pair, true);
    }
    let by_anchor: HashMap<&str, usize> = new
        .each()
        .map(|(index, entry)| (entry.anchor.as_str(), index))
        .collect();
    let index = Index::of(new, |there| pairing.is_free_new(there));
    for (here, entry) in old.each() {
        if !pairing.is_free_old(here) || entry.words.is_empty() {
            continue;
        }
        let same = by_anchor.get(entry.anchor.as_str()).copied();
        let same = same.filter(|there| pairing.is_free_new(*there));
        for there in index.nearest(entry, NEAREST).into_iter().chain(same) {
            pairs.entry((here, there)).or_insert(false);
        }
    }
    pairs
}

/// Free places between the same two neighbours in both versions.
fn in_gaps(old: &Side, new: &Side, pairing: &Pairing) -> Vec<(usize, usize)> {
    let mut there: HashMap<Option<usize>, Vec<usize>> = HashMap::new();
    let mut last = None;
    for (index, _) in new.each() {
        match pairing.old_of(index) {
            Some(here) => last = Some(here),
            None if pairing.is_free_new(index) => there.entry(last).or_default().push(index),
            None => {}
        }
    }
    let mut here: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    let mut last = None;
    for (index, _) in old.each() {
        match pairing.new_of(index) {
            Some(_) => last = Some(index),
            None if !pairing.is_free_old(index) => {}
            None => here.entry(last).or_default().push(index),
        }
    }
    let mut pairs = Vec::new();
    for (gap, mine) in here {
        let Some(theirs) = there.get(&gap) else {
            continue;
        };
        let is_small = mine.len().saturating_mul(theirs.len()) <= GAP;
        for (depth, old) in mine.iter().enumerate() {
            let from = if is_small { 0 } else { depth.saturating_sub(2) };
            let width = if is_small { theirs.len() } else { 5 };
            pairs.extend(theirs.iter().skip(from).take(width).map(|new| (*old, *new)));
        }
    }
    pairs
}

fn judge(
    old: &Side,
    new: &Side,
    pairing: &Pairing,
    ((here, there), is_in_gap): ((usize, usize), bool),
) -> Option<Found> {
    let (mine, theirs) = (old.get(here)?, new.get(there)?);
    if mine.words.is_empty() || theirs.words.is_empty() {
        return None;
    }
    let dice = mine.grams().dice(theirs.grams());
    let is_named = mine.heading == theirs.heading && mine.heading.chars().count() >= HEADING;
    let is_below = pairing.same_parent(mine.parent, theirs.parent);
    if !is_named && dice < FLOOR || is_only_a_name(mine, theirs) && !is_below && !is_in_gap {
        return None;
    }
    let advantage = |holds: bool, worth: u16| if holds { worth } else { 0 };
    let score = dice
        + advantage(is_below, SAME_PARENT)
        + advantage(is_in_gap || mine.anchor == theirs.anchor, SAME_PLACE)
        + advantage(is_named, SAME_HEADING);
    (score >= ENOUGH).then_some(Found {
        score,
        distance: here.abs_diff(there),
        old: here,
        new: there,
    })
}

/// Whether there is too little to recognise a place by: a few characters, and not at its place.
fn is_only_a_name(old: &Entry, new: &Entry) -> bool {
    old.length.min(new.length) < TELLING
}
