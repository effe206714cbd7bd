//! What changed between two versions as `/api/v1` sends it.

use super::model::{Redline, SectionChange};
use crate::documents::compare::{Change, Link, section_redline};
use crate::documents::model::{DocumentOutline, Node};
use std::collections::HashMap;

/// The changes from one version to the next, by the links the office confirmed.
#[must_use]
pub fn changes(
    (from_version, old): (u32, &DocumentOutline),
    (to_version, new): (u32, &DocumentOutline),
    links: &[Link],
) -> Redline {
    let (old, new) = (by_anchor(old), by_anchor(new));
    let change = |link: &Link| {
        let before = link
            .from
            .as_ref()
            .and_then(|anchor| old.get(anchor))
            .copied();
        let after = link.to.as_ref().and_then(|anchor| new.get(anchor)).copied();
        let shown = after.or(before);
        let (label, heading) = shown
            .map(|node| (node.label.clone(), node.heading.clone()))
            .unwrap_or_default();
        let redline = is_shown(link).then(|| section_redline(before, after));
        SectionChange::new(link.clone(), label, heading, redline)
    };
    Redline {
        from_version,
        to_version,
        changes: links.iter().map(change).collect(),
    }
}

fn is_shown(link: &Link) -> bool {
    match link.change {
        Change::Edited | Change::New | Change::Gone => true,
        Change::Moved | Change::Renumbered => link.also_edited,
        Change::Same | Change::Split | Change::Merged => false,
    }
}

fn by_anchor(document: &DocumentOutline) -> HashMap<String, &Node> {
    let places = document.walk().into_iter();
    places.map(|place| (place.anchor, place.node)).collect()
}
