//! Where a node stands: its ancestors, the path people write, and the anchor of its address.

use super::{DocumentOutline, Node, NodeKind, shadow};
use std::collections::{HashMap, HashSet};

/// A node with its place in its document.
#[derive(Clone, Debug)]
pub struct Place<'a> {
    pub node: &'a Node,
    /// From the top down, without the node itself.
    pub ancestors: Vec<&'a Node>,
    /// Canonical labels from the top: `二/(三)/8`, `一/(二)/—3`, `第12条`, `第120条之1`. Half-width,
    /// without 、 and the dot. An article does not name its chapter. Two places of one document
    /// share a path where the source numbers them alike.
    pub path: String,
    /// Arabic and unique in the document: `2.3.8`, `1.2.b3`, `12`, `120-1`, `c2.s1`. A place whose
    /// anchor is taken gets `-2`, `-3`… in the order of the source.
    pub anchor: String,
}

impl DocumentOutline {
    /// All nodes, parents before children, in the order of the source.
    #[must_use]
    pub fn walk(&self) -> Vec<Place<'_>> {
        let mut walker = Walker::default();
        for node in &self.nodes {
            walker.visit(node, None);
        }
        walker.places
    }

    /// The first place with this canonical path.
    #[must_use]
    pub fn find_path(&self, path: &str) -> Option<Place<'_>> {
        self.walk().into_iter().find(|place| place.path == path)
    }

    /// The place with this anchor.
    #[must_use]
    pub fn find_anchor(&self, anchor: &str) -> Option<Place<'_>> {
        self.walk().into_iter().find(|place| place.anchor == anchor)
    }
}

/// The canonical path of a node below these ancestors; see [`Place::path`].
#[must_use]
pub fn canonical_path(ancestors: &[&Node], node: &Node) -> String {
    let mut path = String::new();
    for step in ancestors.iter().copied().chain([node]) {
        path = below(
            &path,
            '/',
            &canonical_label(step),
            step.kind == NodeKind::Article,
        );
    }
    path
}

fn canonical_label(node: &Node) -> String {
    let number = node.number;
    match node.kind {
        _ if node.number == 0 || node.label.contains('.') && node.kind == NodeKind::Article => {
            shadow::squeeze(&node.label)
        }
        NodeKind::Part => format!("第{number}编"),
        NodeKind::SubPart => format!("第{number}分编"),
        NodeKind::Chapter => format!("第{number}章"),
        NodeKind::Section => format!("第{number}节"),
        NodeKind::Article => match node.sub_number {
            Some(sub) => format!("第{number}条之{sub}"),
            None => format!("第{number}条"),
        },
        NodeKind::Bullet => format!("—{number}"),
        NodeKind::First
        | NodeKind::Second
        | NodeKind::Third
        | NodeKind::Fourth
        | NodeKind::Fifth => shadow::squeeze(&node.label)
            .trim_end_matches(['、', '.'])
            .to_owned(),
    }
}

fn anchor_step(node: &Node) -> String {
    let number = node.number;
    match node.kind {
        NodeKind::Part => format!("p{number}"),
        NodeKind::SubPart => format!("sp{number}"),
        NodeKind::Chapter => format!("c{number}"),
        NodeKind::Section => format!("s{number}"),
        NodeKind::Bullet => format!("b{number}"),
        NodeKind::Article => match node.sub_number {
            Some(sub) => format!("{number}-{sub}"),
            None => number.to_string(),
        },
        NodeKind::First
        | NodeKind::Second
        | NodeKind::Third
        | NodeKind::Fourth
        | NodeKind::Fifth => number.to_string(),
    }
}

/// An article is counted through the whole law, so its step starts the path anew.
fn below(parent: &str, separator: char, step: &str, anew: bool) -> String {
    if anew || parent.is_empty() {
        step.to_owned()
    } else {
        format!("{parent}{separator}{step}")
    }
}

#[derive(Default)]
struct Walker<'a> {
    open: Vec<&'a Node>,
    places: Vec<Place<'a>>,
    taken: HashSet<String>,
    next_suffix: HashMap<String, usize>,
}

impl<'a> Walker<'a> {
    fn visit(&mut self, node: &'a Node, parent: Option<(&str, &str)>) {
        let (parent_path, parent_anchor) = parent.unwrap_or_default();
        let anew = node.kind == NodeKind::Article;
        let path = below(parent_path, '/', &canonical_label(node), anew);
        let anchor = self.unique(below(parent_anchor, '.', &anchor_step(node), anew));
        self.places.push(Place {
            node,
            ancestors: self.open.clone(),
            path: path.clone(),
            anchor: anchor.clone(),
        });
        self.open.push(node);
        for child in &node.children {
            self.visit(child, Some((&path, &anchor)));
        }
        self.open.pop();
    }

    fn unique(&mut self, wanted: String) -> String {
        if self.taken.insert(wanted.clone()) {
            return wanted;
        }
        let suffix = self.next_suffix.entry(wanted.clone()).or_insert(2);
        loop {
            let anchor = format!("{wanted}-{suffix}");
            *suffix = suffix.saturating_add(1);
            if self.taken.insert(anchor.clone()) {
                return anchor;
            }
        }
    }
}
