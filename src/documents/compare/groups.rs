//! Parts, chapters and other places with children: two of them answer to each other when their
//! children do, whatever became of the heading.

use super::grams::per_mille;
use super::pairing::Pairing;
use super::side::{Entry, Side};
use std::collections::BTreeMap;

/// Which share of the children of both (Dice, per mille) makes two parts the same part: the
/// greater half, so that no part can have two counterparts.
const SHARED_CHILDREN: u16 = 500;

/// Joins free places by their children, from the innermost outwards.
pub(super) fn by_children(old: &Side, new: &Side, pairing: &mut Pairing) {
    for (index, entry) in old.each().rev() {
        if !pairing.is_free_old(index) || entry.children.is_empty() {
            continue;
        }
        if let Some((there, shared)) = most_children(new, pairing, entry)
            && shared > SHARED_CHILDREN
        {
            pairing.join(index, there);
        }
    }
}

/// The free new place that has most of this one's children, and how many (Dice, per mille).
fn most_children(new: &Side, pairing: &Pairing, entry: &Entry) -> Option<(usize, u16)> {
    let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
    let counterparts = entry
        .children
        .iter()
        .filter_map(|child| pairing.new_of(*child));
    for parent in counterparts.filter_map(|child| new.get(child)?.parent) {
        *votes.entry(parent).or_default() += 1;
    }
    let share = |(there, votes): (usize, usize)| {
        let theirs = new.get(there)?.children.len();
        let all = entry.children.len().saturating_add(theirs);
        Some((there, per_mille(votes.saturating_mul(2), all)))
    };
    votes
        .into_iter()
        .filter(|(there, _)| pairing.is_free_new(*there))
        .filter_map(share)
        .max_by_key(|(there, shared)| (*shared, std::cmp::Reverse(*there)))
}
