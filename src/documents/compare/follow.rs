//! Where an old address leads, and how the versions of a row stand to each other.

use super::{Change, Link};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Where an old anchor leads in the new version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// The text is there.
    Found {
        anchor: String,
        /// Where else parts of it stand, when it was split.
        others: Vec<String>,
        change: Change,
    },
    /// The text is gone; a reader is best taken to what stood above it, else to what stood before
    /// it, and told so. `None` when nothing of the old version is left.
    Gone { nearest: Option<String> },
    /// The old version had no such place.
    Unknown,
}

/// Follows an old anchor through the links from its version to the next.
#[must_use]
pub fn resolve(links: &[Link], anchor: &str) -> Resolved {
    if let Some(found) = found(links, anchor) {
        return found;
    }
    let stands_at = |link: &Link| link.from.as_deref() == Some(anchor);
    match links.iter().position(stands_at) {
        None => Resolved::Unknown,
        Some(position) => Resolved::Gone {
            nearest: above(links, anchor).or_else(|| beside(links, position)),
        },
    }
}

fn found(links: &[Link], anchor: &str) -> Option<Resolved> {
    let from_here = links
        .iter()
        .filter(|link| link.from.as_deref() == Some(anchor));
    let mut to = from_here.filter_map(|link| Some((link.to.clone()?, link.change)));
    let (anchor, change) = to.next()?;
    Some(Resolved::Found {
        anchor,
        change,
        others: to.map(|(other, _)| other).collect(),
    })
}

/// The nearest part above that is still there: `2.3` for `2.3.8`.
fn above(links: &[Link], anchor: &str) -> Option<String> {
    let mut part = anchor;
    while let Some((above, _)) = part.rsplit_once('.') {
        if let Some(Resolved::Found { anchor, .. }) = found(links, above) {
            return Some(anchor);
        }
        part = above;
    }
    None
}

/// The nearest place before it in the list that is still there, else the nearest behind it. What
/// is new says nothing of what stood there.
fn beside(links: &[Link], position: usize) -> Option<String> {
    let (before, behind) = links.split_at_checked(position)?;
    let stays = |link: &&Link| link.from.is_some() && link.to.is_some();
    let place = before.iter().rev().find(stays);
    place.or_else(|| behind.iter().find(stays))?.to.clone()
}

/// The links from the first version to the third, given those from the first to the second and
/// from the second to the third. Places that came and went between are left out.
///
/// A section that was split and of which one piece is left counts as edited. Where a section was
/// split and a piece of it merged with another, that link says split.
#[must_use]
pub fn compose(first: &[Link], second: &[Link]) -> Vec<Link> {
    let mut before: HashMap<&str, Vec<(usize, &Link)>> = HashMap::new();
    for (position, link) in first.iter().enumerate() {
        if let Some(to) = &link.to {
            before.entry(to).or_default().push((position, link));
        }
    }
    // Links of the third version's order, each behind what it stands behind in the second.
    let mut placed: BTreeMap<(usize, usize), Link> = BTreeMap::new();
    let mut at: HashMap<usize, usize> = HashMap::new();
    for (position, link) in second.iter().enumerate() {
        let origins = link.from.as_deref().and_then(|from| before.get(from));
        let known = origins
            .into_iter()
            .flatten()
            .filter(|(_, origin)| origin.from.is_some());
        let mut is_new = true;
        for (order, origin) in known {
            is_new = false;
            at.insert(*order, position);
            placed.insert((position, order.saturating_add(1)), join(origin, link));
        }
        if is_new && link.to.is_some() {
            let mut link = link.clone();
            (link.from, link.change, link.likeness) = (None, Change::New, 0);
            link.also_edited = false;
            placed.insert((position, 0), link);
        }
    }
    let mut behind = 0;
    for (order, link) in first.iter().enumerate() {
        behind = at.get(&order).copied().unwrap_or(behind);
        if link.to.is_none() {
            placed.insert((behind, order.saturating_add(1)), link.clone());
        }
    }
    tell_divisions(placed.into_values().collect())
}

/// Two steps as one.
fn join(first: &Link, second: &Link) -> Link {
    let likeness = u32::from(first.likeness) * u32::from(second.likeness) / 1000;
    let is_edited = [first, second]
        .iter()
        .any(|link| link.also_edited || link.change == Change::Edited);
    let is_back = first.from == second.to;
    let has = |change| first.change == change || second.change == change;
    let change = if second.to.is_none() {
        Change::Gone
    } else if has(Change::Split) {
        Change::Split
    } else if has(Change::Merged) {
        Change::Merged
    } else if has(Change::Moved) && !(is_back && first.change == second.change) {
        Change::Moved
    } else if !is_back {
        Change::Renumbered
    } else if is_edited {
        Change::Edited
    } else {
        Change::Same
    };
    let can_also = matches!(change, Change::Moved | Change::Renumbered);
    Link {
        from: first.from.clone(),
        to: second.to.clone(),
        change,
        likeness: u16::try_from(likeness).unwrap_or(1000),
        also_edited: can_also && is_edited,
    }
}

/// Says each thing once, and of each link whether it is still one of several, and drops the ends of places of which
/// other pieces are left.
fn tell_divisions(links: Vec<Link>) -> Vec<Link> {
    let mut seen: HashSet<(Option<String>, Option<String>)> = HashSet::new();
    let links: Vec<Link> = links
        .into_iter()
        .filter(|link| seen.insert((link.from.clone(), link.to.clone())))
        .collect();
    let mut onward: HashMap<String, usize> = HashMap::new();
    let mut origins: HashMap<String, usize> = HashMap::new();
    for link in &links {
        if let (Some(from), Some(to)) = (&link.from, &link.to) {
            *onward.entry(from.clone()).or_default() += 1;
            *origins.entry(to.clone()).or_default() += 1;
        }
    }
    let count = |counts: &HashMap<String, usize>, anchor: &Option<String>| {
        let count = anchor.as_ref().and_then(|anchor| counts.get(anchor));
        count.copied().unwrap_or(0)
    };
    let mut told = Vec::with_capacity(links.len());
    for mut link in links {
        let (pieces, sources) = (count(&onward, &link.from), count(&origins, &link.to));
        if link.to.is_none() && pieces > 0 {
            continue;
        }
        let is_divided = matches!(link.change, Change::Split | Change::Merged);
        link.change = match (pieces, sources) {
            (2.., 1..) => Change::Split,
            (1, 2..) => Change::Merged,
            (1, 1) if is_divided => Change::Edited,
            _ => link.change,
        };
        told.push(link);
    }
    told
}
