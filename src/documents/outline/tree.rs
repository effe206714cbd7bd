//! Builds the tree of one document from its labelled lines, in one pass.

use super::label::Label;
use super::lines::{self, Line, split_chars};
use super::parts::{Parts, names};
use super::rank::Ranks;
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
    let mut builder = Builder::new(Ranks::of(lines));
    for (line, next) in lines.iter().zip(next_label) {
        match line.label {
            Some(label) => builder.open_node(line, label),
            None if line.heads => builder.heading(line),
            None => {
                let next = next.and_then(|at| lines.get(at)?.label);
                builder.paragraph(line, next);
            }
        }
    }
    builder.finish()
}

struct Open {
    node: Node,
    /// Characters of `node.text` up to the byte `counted`: only what stands before a child is ever
    /// counted.
    chars: usize,
    counted: usize,
    bullets: u32,
    /// The label's line is a whole paragraph, so that a paragraph below it is another matter.
    closed: bool,
}

impl Open {
    /// Characters of `node.text`.
    fn count(&mut self) -> usize {
        let fresh = self.node.text.get(self.counted..).unwrap_or_default();
        self.chars = self.chars.saturating_add(fresh.chars().count());
        self.counted = self.node.text.len();
        self.chars
    }
}

struct Builder {
    body: Body,
    preamble_chars: usize,
    top_bullets: u32,
    stack: Vec<Open>,
    ranks: Ranks,
}

impl Builder {
    fn new(ranks: Ranks) -> Self {
        Self {
            body: Body::default(),
            preamble_chars: 0,
            top_bullets: 0,
            stack: Vec::new(),
            ranks,
        }
    }

    fn open_node(&mut self, line: &Line, label: Label) {
        let parts = Parts::of(line, label);
        self.words(parts.indent);
        while self
            .stack
            .last()
            .is_some_and(|open| !self.ranks.may_hold(open.node.kind, label.kind))
        {
            self.close_top();
        }
        let number = if label.kind == NodeKind::Bullet {
            self.count_bullet()
        } else {
            label.number
        };
        let node = Node {
            label: parts.label.to_owned(),
            gap: parts.gap.to_owned(),
            heading: parts.heading.to_owned(),
            name: None,
            level: self.level(label.kind),
            kind: label.kind,
            number,
            sub_number: label.sub_number,
            units: names(line, parts.body_start),
            text: String::new(),
            line: line.number,
            at: match self.stack.last_mut() {
                Some(open) => open.count(),
                None => self.preamble_chars,
            },
            children: Vec::new(),
        };
        self.stack.push(Open {
            node,
            chars: 0,
            counted: 0,
            bullets: 0,
            closed: line.shadow.ends_with(['。', ';', ')']),
        });
        self.words(parts.rest);
    }

    /// The heading of a label that stands alone on the line before.
    fn heading(&mut self, line: &Line) {
        let Some(open) = self.stack.last_mut() else {
            self.words(&line.raw);
            return;
        };
        let (indent, rest) = split_chars(&line.raw, line.indent);
        let (heading, rest) = split_chars(rest, line.shadow.chars().count());
        open.node.gap.push_str(&open.node.text);
        open.node.gap.push_str(indent);
        heading.clone_into(&mut open.node.heading);
        open.node.text.clear();
        self.words(rest);
    }

    /// A line without a label goes to the open node; behind the last bullet of a row to what
    /// holds the row, and behind the last item of an article to the article, whose next paragraph
    /// (款) it is.
    fn paragraph(&mut self, line: &Line, next: Option<Label>) {
        if !line.is_blank() && !line.inert {
            self.leave_row(next);
        }
        self.words(&line.raw);
        if line.is_blank() {
            return;
        }
        let found = names(line, 0);
        if let Some(open) = self.stack.last_mut() {
            open.closed = true;
            for unit in found {
                if !open.node.units.contains(&unit) {
                    open.node.units.push(unit);
                }
            }
        }
    }

    fn leave_row(&mut self, next: Option<Label>) {
        let open = match self.stack.last() {
            Some(open) if self.stack.len() > 1 && open.closed => &open.node,
            _ => return,
        };
        if open.kind == NodeKind::Bullet {
            if next.is_none_or(|next| next.kind != NodeKind::Bullet) {
                self.close_top();
            }
            return;
        }
        let article = self
            .stack
            .iter()
            .rposition(|open| open.node.kind == NodeKind::Article);
        let Some(article) = article else {
            return;
        };
        // An item of several paragraphs has its row go on behind them.
        let goes_on = next.is_some_and(|next| {
            self.stack
                .iter()
                .skip(article.saturating_add(1))
                .any(|open| {
                    open.node.kind == next.kind && open.node.number.saturating_add(1) == next.number
                })
        });
        while !goes_on && self.stack.len() > article.saturating_add(1) {
            self.close_top();
        }
    }

    fn words(&mut self, words: &str) {
        if let Some(open) = self.stack.last_mut() {
            open.node.text.push_str(words);
        } else {
            let chars = words.chars().count();
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
        self.ranks.level(kind, below)
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
