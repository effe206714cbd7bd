//! Places whose words did not change: found by the words alone where they are unmistakable, then
//! by their neighbours and parents where the same words stand more than once.

use super::pairing::Pairing;
use super::side::{Entry, Side};
use std::collections::{HashMap, VecDeque};

/// From how many characters on words are taken for themselves, wherever they stand. Below it they
/// are headings such as 组织保障 or bullets such as 略, which mean nothing without their place.
pub(super) const TELLING: usize = 8;

/// Joins places whose words stand once in either version and are long enough to be unmistakable.
pub(super) fn unmistakable(old: &Side, new: &Side, pairing: &mut Pairing) {
    let (mine, theirs) = (once(old), once(new));
    for (index, entry) in old.each() {
        let here = mine.get(entry.words.as_str()).copied().flatten();
        let there = theirs.get(entry.words.as_str()).copied().flatten();
        if let (true, Some(_), Some(there)) = (entry.length >= TELLING, here, there) {
            pairing.join(index, there);
        }
    }
}

/// Where each wording stands; `None` when it stands more than once.
fn once(side: &Side) -> HashMap<&str, Option<usize>> {
    let mut places = HashMap::new();
    for (index, entry) in side.each() {
        places
            .entry(entry.words.as_str())
            .and_modify(|place| *place = None)
            .or_insert(Some(index));
    }
    places
}

/// From every pair outwards: the places before, after, beside and above that have the same words
/// are the same places, however often the words stand elsewhere.
pub(super) fn spread(old: &Side, new: &Side, pairing: &mut Pairing) {
    let mut open: VecDeque<(usize, usize)> = pairing.pairs().into();
    while let Some((here, there)) = open.pop_front() {
        let around = around(old, here).into_iter().zip(around(new, there));
        for (mine, theirs) in around {
            if let (Some(mine), Some(theirs)) = (mine, theirs)
                && are_equal(old.get(mine), new.get(theirs))
                && pairing.join(mine, theirs)
            {
                open.push_back((mine, theirs));
            }
        }
    }
}

/// Above, beside, and in the row of the text; in the same order for both versions.
fn around(side: &Side, index: usize) -> [Option<usize>; 5] {
    let Some(entry) = side.get(index) else {
        return [None; 5];
    };
    let [before, after] = entry.beside;
    let previous = index.checked_sub(1);
    let next = index.checked_add(1).filter(|next| *next < side.len());
    [entry.parent, before, after, previous, next]
}

fn are_equal(old: Option<&Entry>, new: Option<&Entry>) -> bool {
    let (Some(old), Some(new)) = (old, new) else {
        return false;
    };
    !old.words.is_empty() && old.words == new.words
}

/// Joins what is left of equal words under counterparts, in order.
pub(super) fn below_counterparts(old: &Side, new: &Side, pairing: &mut Pairing) {
    let mut waiting: HashMap<(&str, Option<usize>), VecDeque<usize>> = HashMap::new();
    for (index, entry) in new.each() {
        if pairing.is_free_new(index) && !entry.words.is_empty() {
            let key = (entry.words.as_str(), entry.parent);
            waiting.entry(key).or_default().push_back(index);
        }
    }
    for (index, entry) in old.each() {
        let parent = entry.parent.and_then(|parent| pairing.new_of(parent));
        if !pairing.is_free_old(index) || parent.is_some() != entry.parent.is_some() {
            continue;
        }
        let key = (entry.words.as_str(), parent);
        if let Some(there) = waiting.get_mut(&key).and_then(VecDeque::pop_front) {
            pairing.join(index, there);
        }
    }
}

/// Joins what is left of equal words in order, wherever they stand: they moved. A short heading
/// over other children is another part of the same name.
pub(super) fn anywhere(old: &Side, new: &Side, pairing: &mut Pairing, at_least: usize) {
    let mut waiting: HashMap<&str, VecDeque<usize>> = HashMap::new();
    let is_named_only = |entry: &Entry| entry.length < TELLING && !entry.children.is_empty();
    let is_taken = |entry: &Entry| entry.length >= at_least.max(1) && !is_named_only(entry);
    for (index, entry) in new.each() {
        if pairing.is_free_new(index) && is_taken(entry) {
            waiting
                .entry(entry.words.as_str())
                .or_default()
                .push_back(index);
        }
    }
    for (index, entry) in old.each() {
        if pairing.is_free_old(index)
            && is_taken(entry)
            && let Some(there) = waiting
                .get_mut(entry.words.as_str())
                .and_then(VecDeque::pop_front)
        {
            pairing.join(index, there);
        }
    }
}
