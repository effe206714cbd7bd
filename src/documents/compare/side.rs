//! One version as the matcher sees it: its places in order, their own words in shadow, and who
//! stands beside and above whom.

use super::grams::Grams;
use crate::documents::model::{DocumentOutline, Node, NodeKind, shadow};
use std::cell::OnceCell;

/// One place.
pub(super) struct Entry {
    pub anchor: String,
    /// Folded and without blanks.
    pub label: String,
    /// Folded and without blanks.
    pub heading: String,
    /// Heading and own text, folded and without blanks; empty for a bare label.
    pub words: String,
    /// Characters of `words`.
    pub length: usize,
    pub parent: Option<usize>,
    pub children: Vec<usize>,
    /// The sibling before and the one after.
    pub beside: [Option<usize>; 2],
    pub is_article: bool,
    grams: OnceCell<Grams>,
    body: OnceCell<Grams>,
}

/// Below what a place is counted when order and belonging are judged.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Holder {
    /// Articles are counted through the whole law, so a chapter's border that shifts moves none.
    Law,
    Top,
    Below(usize),
}

impl Entry {
    /// The pairs of neighbouring characters in `words`, made when first asked for: most places of
    /// a revised plan are found by their whole words and never need them.
    pub(super) fn grams(&self) -> &Grams {
        self.grams.get_or_init(|| Grams::of(&self.words))
    }

    /// The same of the text without its heading.
    pub(super) fn body(&self) -> &Grams {
        self.body
            .get_or_init(|| Grams::of(self.words.strip_prefix(&self.heading).unwrap_or("")))
    }

    pub(super) fn holder(&self) -> Holder {
        match self.parent {
            _ if self.is_article => Holder::Law,
            None => Holder::Top,
            Some(parent) => Holder::Below(parent),
        }
    }
}

/// All places of a document, in the order of the source.
pub(super) struct Side(Vec<Entry>);

impl Side {
    pub(super) fn of(document: &DocumentOutline) -> Self {
        let mut entries: Vec<Entry> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        for (index, place) in document.walk().into_iter().enumerate() {
            open.truncate(place.ancestors.len());
            let parent = open.last().copied();
            entries.push(entry(place.anchor, place.node, parent));
            if let Some(above) = parent.and_then(|parent| entries.get_mut(parent)) {
                above.children.push(index);
            }
            open.push(index);
        }
        let mut side = Self(entries);
        let top: Vec<usize> = side.top().collect();
        let rows: Vec<Vec<usize>> = side.0.iter().map(|entry| entry.children.clone()).collect();
        rows.iter().chain([&top]).for_each(|row| side.seat(row));
        side
    }

    /// Tells the places of one row who stands beside them.
    fn seat(&mut self, row: &[usize]) {
        for pair in row.windows(2) {
            let [before, after] = *pair else { continue };
            if let Some(entry) = self.0.get_mut(before) {
                entry.beside[1] = Some(after);
            }
            if let Some(entry) = self.0.get_mut(after) {
                entry.beside[0] = Some(before);
            }
        }
    }

    fn top(&self) -> impl Iterator<Item = usize> {
        let is_top = |(index, entry): (usize, &Entry)| entry.parent.is_none().then_some(index);
        self.0.iter().enumerate().filter_map(is_top)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn get(&self, index: usize) -> Option<&Entry> {
        self.0.get(index)
    }

    pub(super) fn each(&self) -> impl DoubleEndedIterator<Item = (usize, &Entry)> {
        self.0.iter().enumerate()
    }

    pub(super) fn anchor(&self, index: usize) -> Option<String> {
        self.0.get(index).map(|entry| entry.anchor.clone())
    }
}

fn entry(anchor: String, node: &Node, parent: Option<usize>) -> Entry {
    let heading = shadow::squeeze(&node.heading);
    let words = format!("{heading}{}", shadow::squeeze(&node.text));
    Entry {
        anchor,
        label: shadow::squeeze(&node.label),
        heading,
        length: words.chars().count(),
        words,
        parent,
        children: Vec::new(),
        beside: [None, None],
        is_article: node.kind == NodeKind::Article,
        grams: OnceCell::new(),
        body: OnceCell::new(),
    }
}
