//! What the office knows better: links with some of the new places' origins corrected.

use super::pairing::{Division, Pairing};
use super::side::Side;
use super::{Change, Link, settle};
use crate::documents::model::DocumentOutline;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Makes the links anew with other origins for some places of the new version: each correction is
/// a new anchor and the old anchor it comes from, `None` for a place that is new. A place that an
/// old one was taken from becomes new, an old place that nothing comes from any more is gone. What
/// is not corrected stays as it was found; anchors that do not exist are passed over.
#[must_use]
pub fn rematch(
    old: &DocumentOutline,
    new: &DocumentOutline,
    links: &[Link],
    corrections: &[(String, Option<String>)],
) -> Vec<Link> {
    let (old, new) = (Side::of(old), Side::of(new));
    let (old_at, new_at) = (places(&old), places(&new));
    let corrected: HashSet<usize> = corrections
        .iter()
        .filter_map(|(to, _)| new_at.get(to).copied())
        .collect();
    let wanted: Vec<(usize, usize)> = corrections
        .iter()
        .filter_map(|(to, from)| Some((*old_at.get(from.as_ref()?)?, *new_at.get(to)?)))
        .collect();
    let taken: HashSet<usize> = wanted.iter().map(|(here, _)| *here).collect();
    let mut pairing = Pairing::new(old.len(), new.len());
    for (here, there) in wanted {
        pairing.join(here, there);
    }
    let mut splits: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut mergers: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for link in links {
        let (Some(here), Some(there)) = (at(&old_at, &link.from), at(&new_at, &link.to)) else {
            continue;
        };
        if corrected.contains(&there) || taken.contains(&here) {
            continue;
        }
        match link.change {
            Change::Split => splits.entry(here).or_default().push(there),
            Change::Merged => mergers.entry(there).or_default().push(here),
            _ => {
                pairing.join(here, there);
            }
        }
    }
    for (whole, pieces) in splits {
        divide(&mut pairing, whole, pieces, false);
    }
    for (whole, pieces) in mergers {
        divide(&mut pairing, whole, pieces, true);
    }
    settle::links(&old, &new, &pairing)
}

/// A division of which one piece is left is a pair.
fn divide(pairing: &mut Pairing, whole: usize, pieces: Vec<usize>, merged: bool) {
    match (pieces.as_slice(), merged) {
        ([piece], false) => {
            pairing.join(whole, *piece);
        }
        ([piece], true) => {
            pairing.join(*piece, whole);
        }
        (_, false) => pairing.split(Division { whole, pieces }),
        (_, true) => pairing.merge(Division { whole, pieces }),
    }
}

fn places(side: &Side) -> HashMap<String, usize> {
    side.each()
        .map(|(index, entry)| (entry.anchor.clone(), index))
        .collect()
}

fn at(places: &HashMap<String, usize>, anchor: &Option<String>) -> Option<usize> {
    places.get(anchor.as_ref()?).copied()
}
