//! From what was found to what is said: which change each pair is, and the links in order.

use super::grams::per_mille;
use super::order::longest_rising;
use super::pairing::Pairing;
use super::side::{Entry, Holder, Side};
use super::{Change, Link};
use std::collections::{BTreeMap, HashMap, HashSet};

/// All links, in the order of the new version.
pub(super) fn links(old: &Side, new: &Side, pairing: &Pairing) -> Vec<Link> {
    let moved = moved(old, new, pairing);
    let mut by_new: HashMap<usize, Vec<Link>> = HashMap::new();
    for (here, there) in pairing.pairs() {
        if let (Some(from), Some(to)) = (old.get(here), new.get(there)) {
            by_new.insert(there, vec![pair(from, to, moved.contains(&here))]);
        }
    }
    for division in pairing.splits() {
        for piece in &division.pieces {
            let link = part(old.get(division.whole), new.get(*piece), Change::Split);
            by_new.entry(*piece).or_default().extend(link);
        }
    }
    for division in pairing.mergers() {
        for piece in &division.pieces {
            let link = part(old.get(*piece), new.get(division.whole), Change::Merged);
            by_new.entry(division.whole).or_default().extend(link);
        }
    }
    let gone = gone(old, pairing, &moved);
    let mut links: Vec<Link> = gone_links(old, &gone, None).collect();
    for (index, _) in new.each() {
        match by_new.remove(&index) {
            Some(found) => links.extend(found),
            None => links.push(alone(None, new.anchor(index), Change::New)),
        }
        links.extend(gone_links(old, &gone, Some(index)));
    }
    links
}

fn alone(from: Option<String>, to: Option<String>, change: Change) -> Link {
    Link {
        from,
        to,
        change,
        likeness: 0,
        also_edited: false,
    }
}

fn pair(old: &Entry, new: &Entry, is_moved: bool) -> Link {
    let is_edited = old.words != new.words;
    let is_renumbered = old.anchor != new.anchor || old.label != new.label;
    let change = match (is_moved, is_renumbered, is_edited) {
        (true, _, _) => Change::Moved,
        (false, true, _) => Change::Renumbered,
        (false, false, true) => Change::Edited,
        (false, false, false) => Change::Same,
    };
    Link {
        from: Some(old.anchor.clone()),
        to: Some(new.anchor.clone()),
        change,
        likeness: if is_edited {
            old.grams().dice(new.grams())
        } else {
            1000
        },
        also_edited: is_edited && change != Change::Edited,
    }
}

fn part(old: Option<&Entry>, new: Option<&Entry>, change: Change) -> Option<Link> {
    let (old, new) = (old?, new?);
    let whole = if change == Change::Split { old } else { new };
    let common = old.grams().common(new.grams());
    Some(Link {
        from: Some(old.anchor.clone()),
        to: Some(new.anchor.clone()),
        change,
        likeness: per_mille(common, whole.grams().len()),
        also_edited: false,
    })
}

/// The old places of pairs that moved: under a parent that is not the counterpart, or out of the
/// order in which most of their row stayed.
fn moved(old: &Side, new: &Side, pairing: &Pairing) -> HashSet<usize> {
    let mut moved = HashSet::new();
    let mut rows: BTreeMap<Holder, Vec<(usize, usize)>> = BTreeMap::new();
    for (here, there) in pairing.pairs() {
        let (Some(mine), Some(theirs)) = (old.get(here), new.get(there)) else {
            continue;
        };
        let stays = match (mine.holder(), theirs.holder()) {
            (Holder::Below(old), Holder::Below(new)) => pairing.answers(old, new),
            (old, new) => old == new,
        };
        if stays {
            rows.entry(theirs.holder()).or_default().push((there, here));
        } else {
            moved.insert(here);
        }
    }
    for mut row in rows.into_values() {
        row.sort_unstable();
        let order: Vec<usize> = row.iter().map(|(_, here)| *here).collect();
        let kept: HashSet<usize> = longest_rising(&order).into_iter().collect();
        let crossed = order.iter().enumerate();
        let crossed = crossed.filter(|(position, _)| !kept.contains(position));
        moved.extend(crossed.map(|(_, here)| *here));
    }
    moved
}

/// Old places that are gone, by the new place behind which they stood; places that moved are no
/// landmark.
fn gone(
    old: &Side,
    pairing: &Pairing,
    moved: &HashSet<usize>,
) -> BTreeMap<Option<usize>, Vec<usize>> {
    let mut divided: HashMap<usize, usize> = HashMap::new();
    for division in pairing.splits() {
        if let Some(last) = division.pieces.last() {
            divided.insert(division.whole, *last);
        }
    }
    for division in pairing.mergers() {
        divided.extend(division.pieces.iter().map(|piece| (*piece, division.whole)));
    }
    let mut behind = None;
    let mut gone: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for (index, _) in old.each() {
        let found = pairing.new_of(index).or(divided.get(&index).copied());
        match found {
            Some(_) if moved.contains(&index) => {}
            Some(there) => behind = Some(there),
            None => gone.entry(behind).or_default().push(index),
        }
    }
    gone
}

fn gone_links<'a>(
    old: &'a Side,
    gone: &'a BTreeMap<Option<usize>, Vec<usize>>,
    behind: Option<usize>,
) -> impl Iterator<Item = Link> + 'a {
    let places = gone.get(&behind).into_iter().flatten();
    places.map(|index| alone(old.anchor(*index), None, Change::Gone))
}
