//! A document's body as one run in the order of the source. Depth 1 is a node at the top; words
//! carry the depth of the node they belong to, 0 before the first node.

use crate::documents::model::{DocumentOutline, Node, Piece};

/// One piece of the run.
#[derive(Clone, Debug)]
pub(super) enum Item {
    /// A label with its heading; the node has neither text nor children.
    Head {
        depth: usize,
        node: Box<Node>,
    },
    Words {
        depth: usize,
        text: String,
    },
}

impl Item {
    pub(super) fn depth(&self) -> usize {
        match self {
            Self::Head { depth, .. } | Self::Words { depth, .. } => *depth,
        }
    }

    pub(super) fn set_depth(&mut self, to: usize) {
        match self {
            Self::Head { depth, node } => {
                let level = usize::from(node.level)
                    .saturating_add(to)
                    .saturating_sub(*depth);
                node.level = u8::try_from(level.max(1)).unwrap_or(u8::MAX);
                *depth = to;
            }
            Self::Words { depth, .. } => *depth = to,
        }
    }

    /// The source's characters of this piece.
    pub(super) fn print(&self) -> String {
        match self {
            Self::Head { node, .. } => format!("{}{}{}", node.label, node.gap, node.heading),
            Self::Words { text, .. } => text.clone(),
        }
    }
}

/// The body of a document as a run.
pub(super) fn flatten(document: &DocumentOutline) -> Vec<Item> {
    let mut run = Vec::new();
    words(&mut run, 0, &document.preamble);
    for node in &document.nodes {
        push(&mut run, 1, node);
    }
    run
}

fn words(run: &mut Vec<Item>, depth: usize, text: &str) {
    if !text.is_empty() {
        run.push(Item::Words {
            depth,
            text: text.to_owned(),
        });
    }
}

fn push(run: &mut Vec<Item>, depth: usize, node: &Node) {
    let head = Node {
        text: String::new(),
        children: Vec::new(),
        ..node.clone()
    };
    run.push(Item::Head {
        depth,
        node: Box::new(head),
    });
    for piece in node.pieces() {
        match piece {
            Piece::Words(text) => words(run, depth, text),
            Piece::Child(child) => push(run, depth.saturating_add(1), child),
        }
    }
}

/// Puts a run back as the body of its document. A depth that skips a level is closed up; words
/// that no open node of their depth claims belong to the one above.
pub(super) fn rebuild(document: &mut DocumentOutline, run: Vec<Item>) {
    let mut builder = Builder::default();
    for item in run {
        match item {
            Item::Head { depth, node } => builder.head(depth, *node),
            Item::Words { depth, text } => builder.words(depth, &text),
        }
    }
    builder.close(0);
    document.preamble = builder.preamble;
    document.nodes = builder.nodes;
}

#[derive(Default)]
struct Builder {
    preamble: String,
    nodes: Vec<Node>,
    open: Vec<Node>,
}

impl Builder {
    fn head(&mut self, depth: usize, mut node: Node) {
        self.close(depth.saturating_sub(1));
        node.at = match self.open.last() {
            Some(parent) => parent.text.chars().count(),
            None => self.preamble.chars().count(),
        };
        self.open.push(node);
    }

    fn words(&mut self, depth: usize, text: &str) {
        // Once there is a node, words before it are over: they can only belong to a node.
        let begun = !self.open.is_empty() || !self.nodes.is_empty();
        self.close(if begun { depth.max(1) } else { depth });
        match self.open.last_mut() {
            Some(node) => node.text.push_str(text),
            None => self.preamble.push_str(text),
        }
    }

    /// Closes the nodes deeper than `depth`.
    fn close(&mut self, depth: usize) {
        while self.open.len() > depth {
            let Some(node) = self.open.pop() else { return };
            match self.open.last_mut() {
                Some(parent) => parent.children.push(node),
                None => self.nodes.push(node),
            }
        }
    }
}

/// Where the node that is the `place`-th of the walk stands in a run, and where it ends with all
/// below it: the words that go on after its last child are its own.
pub(super) fn range(run: &[Item], place: usize) -> Option<(usize, usize)> {
    let start = run
        .iter()
        .enumerate()
        .filter(|(_, item)| matches!(item, Item::Head { .. }))
        .nth(place)?
        .0;
    let depth = run.get(start)?.depth();
    let after = run.iter().skip(start.saturating_add(1));
    let ends = |item: &Item| match item {
        Item::Head { depth: other, .. } => *other <= depth,
        Item::Words { depth: other, .. } => *other < depth,
    };
    let length = after.take_while(|item| !ends(item)).count();
    Some((start, start.saturating_add(length).saturating_add(1)))
}
