//! Builds the tree of one document from its labelled lines, in one pass.

use super::label::Label;
use super::lines::{self, Line};
use super::units;
use crate::documents::model::{Node, NodeKind};

/// The body of a document: what stands before the first label, and the nodes.
#[derive(Default)]
pub(super) struct Body {
    pub preamble: String,
    pub nodes: Vec<Node>,
}

/// Reads the lines of one body.
pub(super) fn build(lines: &[Line]) -> Body {
    let next_label = lines::next_such(lines, |line| line.label.is_some());
    let mut builder = Builder::new(lines);
    for (line, next) in lines.iter().zip(next_label) {
        match line.label {
            Some(label) => builder.open_node(line, label),
            None => {
                let next = next.and_then(|at| lines.get(at)?.label);
                builder.paragraph(line, next.map(|label| label.kind));
            }
        }
    }
    builder.finish()
}

struct Open {
    node: Node,
    /// Characters of `node.text` so far.
    chars: usize,
    bullets: u32,
    /// The label's line is a whole paragraph, so that a paragraph below it is another matter.
    closed: bool,
}

struct Builder {
    body: Body,
    preamble_chars: usize,
    top_bullets: u32,
    stack: Vec<Open>,
    /// The kinds in use, when a law's are among them; empty for a plan.
    law_kinds: Vec<NodeKind>,
}

impl Builder {
    fn new(lines: &[Line]) -> Self {
        let mut kinds: Vec<NodeKind> = Vec::new();
        for label in lines.iter().filter_map(|line| line.label) {
            if !kinds.contains(&label.kind) {
                kinds.push(label.kind);
            }
        }
        kinds.sort_unstable();
        if !kinds.iter().any(|kind| kind.is_law()) {
            kinds.clear();
        }
        Self {
            body: Body::default(),
            preamble_chars: 0,
            top_bullets: 0,
            stack: Vec::new(),
            law_kinds: kinds,
        }
    }

    fn open_node(&mut self, line: &Line, label: Label) {
        let parts = Parts::of(line, label);
        self.words(&parts.indent);
        while self
            .stack
            .last()
            .is_some_and(|open| !may_hold(open.node.kind, label.kind))
        {
            self.close_top();
        }
        let number = if label.kind == NodeKind::Bullet {
            self.count_bullet()
        } else {
            label.number
        };
        let node = Node {
            label: parts.label,
            gap: parts.gap,
            heading: parts.heading,
            name: None,
            level: self.level(label.kind),
            kind: label.kind,
            number,
            sub_number: label.sub_number,
            units: names(line, parts.body_start),
            text: String::new(),
            line: line.number,
            at: self
                .stack
                .last()
                .map_or(self.preamble_chars, |open| open.chars),
            children: Vec::new(),
        };
        self.stack.push(Open {
            node,
            chars: 0,
            bullets: 0,
            closed: line.shadow.ends_with(['。', ';', ')']),
        });
        self.words(&parts.rest);
    }

    /// A line without a label goes to the open node; behind the last bullet of a row to what
    /// holds the row.
    fn paragraph(&mut self, line: &Line, next: Option<NodeKind>) {
        let behind_row = next != Some(NodeKind::Bullet) && !line.is_blank() && self.stack.len() > 1;
        if behind_row {
            let ended = self
                .stack
                .last()
                .is_some_and(|open| open.node.kind == NodeKind::Bullet && open.closed);
            if ended {
                self.close_top();
            }
        }
        self.words(&line.raw);
        let found = names(line, 0);
        if let Some(open) = self.stack.last_mut() {
            if !line.is_blank() {
                open.closed = true;
            }
            for unit in found {
                if !open.node.units.contains(&unit) {
                    open.node.units.push(unit);
                }
            }
        }
    }

    fn words(&mut self, words: &str) {
        let chars = words.chars().count();
        if let Some(open) = self.stack.last_mut() {
            open.node.text.push_str(words);
            open.chars = open.chars.saturating_add(chars);
        } else {
            self.body.preamble.push_str(words);
            self.preamble_chars = self.preamble_chars.saturating_add(chars);
        }
    }

    fn count_bullet(&mut self) -> u32 {
        let count = match self.stack.last_mut() {
            Some(open) => &mut open.bullets,
            None => &mut self.top_bullets,
        };
        *count = count.saturating_add(1);
        *count
    }

    fn level(&self, kind: NodeKind) -> u8 {
        let below = self
            .stack
            .last()
            .map_or(1, |open| open.node.level.saturating_add(1));
        if kind == NodeKind::Bullet {
            return if self.law_kinds.is_empty() {
                below.max(3)
            } else {
                below
            };
        }
        if let Some(rank) = self.law_kinds.iter().position(|known| *known == kind) {
            return u8::try_from(rank).unwrap_or(u8::MAX).saturating_add(1);
        }
        match kind {
            NodeKind::Second => 2,
            NodeKind::Third => 3,
            NodeKind::Fourth => 4,
            _ => 1,
        }
    }

    fn close_top(&mut self) {
        let Some(done) = self.stack.pop() else {
            return;
        };
        match self.stack.last_mut() {
            Some(parent) => parent.node.children.push(done.node),
            None => self.body.nodes.push(done.node),
        }
    }

    fn finish(mut self) -> Body {
        while !self.stack.is_empty() {
            self.close_top();
        }
        self.body
    }
}

/// Bullets hold nothing but words; every other form holds the forms below it, and bullets.
fn may_hold(open: NodeKind, new: NodeKind) -> bool {
    open != NodeKind::Bullet && (new == NodeKind::Bullet || open < new)
}

/// A labelled line in its parts, all as printed.
struct Parts {
    indent: String,
    label: String,
    gap: String,
    heading: String,
    rest: String,
    /// Byte of the shadow behind label and gap.
    body_start: usize,
}

impl Parts {
    fn of(line: &Line, label: Label) -> Self {
        let before = label.chars.saturating_add(label.gap);
        let body_start = line
            .shadow
            .char_indices()
            .nth(before)
            .map_or(line.shadow.len(), |(index, _)| index);
        let body = line.shadow.get(body_start..).unwrap_or_default();
        let heading = match label.kind {
            NodeKind::Article => 0,
            _ => heading_end(body),
        };
        let heading = body.get(..heading).map_or(0, |words| words.chars().count());
        let gap = if label.kind == NodeKind::Article {
            0
        } else {
            label.gap
        };
        let mut chars = line.raw.chars();
        let mut take = |count: usize| chars.by_ref().take(count).collect::<String>();
        Self {
            indent: take(line.indent),
            label: take(label.chars),
            gap: take(gap),
            heading: take(heading),
            rest: chars.collect(),
            body_start,
        }
    }
}

/// The heading ends before the first 。, or before the bracket of units where no 。 comes first.
fn heading_end(body: &str) -> usize {
    let sentence = body.find('。').unwrap_or(body.len());
    let bracket = units::bracket(body).map_or(body.len(), |(start, _)| start);
    if bracket == 0 {
        sentence
    } else {
        sentence.min(bracket)
    }
}

fn names(line: &Line, from: usize) -> Vec<String> {
    let body = line.shadow.get(from..).unwrap_or_default();
    let Some((start, end)) = units::listed(body) else {
        return Vec::new();
    };
    let list = body.get(start..end).unwrap_or_default();
    let offset = from.saturating_add(start);
    let mut found = Vec::new();
    for (start, end) in units::names(list) {
        let name = line.printed(offset.saturating_add(start), offset.saturating_add(end));
        if !found.contains(&name) {
            found.push(name);
        }
    }
    found
}
