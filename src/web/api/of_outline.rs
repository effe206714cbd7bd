//! A draft's outline and sections as `/api/v1` sends them.

use super::model::{Outline, OutlineNode, Section, SectionRef};
use crate::documents::model::{DocumentOutline, Node, Place};
use std::collections::HashMap;

/// The whole outline, bullets included.
#[must_use]
pub fn outline(document: &DocumentOutline) -> Outline {
    let places = document.walk();
    let mut places = places.iter();
    Outline {
        title: document.title.clone().unwrap_or_default(),
        nodes: nodes(&document.nodes, &mut places),
    }
}

/// The walk visits parents before children, in the order in which the tree is copied here.
fn nodes<'a>(of: &[Node], places: &mut impl Iterator<Item = &'a Place<'a>>) -> Vec<OutlineNode> {
    let mut listed = Vec::with_capacity(of.len());
    for node in of {
        let place = places.next();
        listed.push(OutlineNode {
            anchor: place.map_or_else(String::new, |place| place.anchor.clone()),
            path: place.map_or_else(String::new, |place| place.path.clone()),
            label: node.label.clone(),
            heading: node.heading.clone(),
            kind: node.kind,
            children: nodes(&node.children, places),
        });
    }
    listed
}

/// The place with this anchor; `None` when there is none.
#[must_use]
pub fn section(document: &DocumentOutline, anchor: &str) -> Option<Section> {
    let places = document.walk();
    let index = places.iter().position(|place| place.anchor == anchor)?;
    let place = places.get(index)?;
    let known: HashMap<*const Node, &Place<'_>> = places
        .iter()
        .map(|place| (std::ptr::from_ref(place.node), place))
        .collect();
    let named = |node: &Node| known.get(&std::ptr::from_ref(node)).copied().map(reference);
    let beside = |index: Option<usize>| index.and_then(|index| places.get(index)).map(reference);
    Some(Section {
        anchor: place.anchor.clone(),
        path: place.path.clone(),
        label: place.node.label.clone(),
        heading: place.node.heading.clone(),
        kind: place.node.kind,
        text: place.node.text.clone(),
        units: place.node.units.clone(),
        above: place
            .ancestors
            .iter()
            .filter_map(|node| named(node))
            .collect(),
        children: place.node.children.iter().filter_map(named).collect(),
        previous: beside(index.checked_sub(1)),
        next: beside(index.checked_add(1)),
    })
}

fn reference(place: &Place<'_>) -> SectionRef {
    SectionRef {
        anchor: place.anchor.clone(),
        label: place.node.label.clone(),
        heading: place.node.heading.clone(),
    }
}
