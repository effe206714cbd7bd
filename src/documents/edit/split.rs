//! The paragraphs of a section's own words, and opening another section at one of them.

use super::gone;
use super::stream::{Item, flatten, range, rebuild};
use crate::documents::model::{DocumentOutline, Node, NodeKind, Noise};
use crate::documents::outline::label_of;
use crate::error::Result;

/// Where a paragraph of a node's own words stands in the run: the piece, and the byte in it.
pub(super) fn paragraph_at(
    run: &[Item],
    (start, end): (usize, usize),
    wanted: usize,
) -> Option<(usize, usize, usize)> {
    let depth = run.get(start)?.depth();
    let mut count = 0_usize;
    for (index, item) in run.iter().enumerate().take(end).skip(start) {
        let Item::Words { depth: own, text } = item else {
            continue;
        };
        if *own != depth {
            continue;
        }
        let mut byte = 0_usize;
        for line in text.split_inclusive('\n') {
            let from = byte;
            byte = byte.saturating_add(line.len());
            // The first piece goes on with the line of the heading.
            let goes_on = from == 0 && !starts_a_line(run, index);
            if goes_on || line.trim().is_empty() {
                continue;
            }
            if count == wanted {
                return Some((index, from, byte));
            }
            count = count.saturating_add(1);
        }
    }
    None
}

/// The paragraphs of a node's own words that stand on lines of their own, in order: what a
/// `paragraph` of an edit counts.
#[must_use]
pub fn paragraphs(document: &DocumentOutline, place: usize) -> Vec<String> {
    let run = flatten(document);
    let Some(bounds) = range(&run, place) else {
        return Vec::new();
    };
    (0..)
        .map_while(|wanted| {
            let (index, from, to) = paragraph_at(&run, bounds, wanted)?;
            match run.get(index)? {
                Item::Words { text, .. } => Some(text.get(from..to)?.trim().to_owned()),
                Item::Head { .. } => None,
            }
        })
        .collect()
}

fn starts_a_line(run: &[Item], index: usize) -> bool {
    run.iter()
        .take(index)
        .rev()
        .map(Item::print)
        .find(|text| !text.is_empty())
        .is_none_or(|text| text.ends_with('\n'))
}

/// Opens a section at a paragraph of another's words.
pub(super) fn split(
    document: &mut DocumentOutline,
    noise: &[Noise],
    place: usize,
    paragraph: usize,
    below: bool,
) -> Result<()> {
    let mut run = flatten(document);
    let bounds = range(&run, place).ok_or_else(gone)?;
    let (index, from, _) = paragraph_at(&run, bounds, paragraph).ok_or_else(gone)?;
    let (Some(Item::Words { depth, text }), Some(Item::Head { node: parent, .. })) =
        (run.get(index).cloned(), run.get(bounds.0).cloned())
    else {
        return Err(gone());
    };
    let (kept, moved) = text.split_at_checked(from).ok_or_else(gone)?;
    let indent = moved.len().saturating_sub(moved.trim_start().len());
    let (blank, line_on) = moved.split_at_checked(indent).ok_or_else(gone)?;
    let lines = lines_before(&run, bounds.0, index, kept);
    let to = depth.saturating_add(usize::from(below));
    let (mut node, rest) = new_node(line_on, &parent, below);
    node.line = line_in_source(parent.line, lines, noise);
    share_units(&mut run, bounds, &mut node, &rest);
    let mut pieces = vec![Item::Words {
        depth,
        text: format!("{kept}{blank}"),
    }];
    pieces.push(Item::Head {
        depth: to,
        node: Box::new(node),
    });
    pieces.push(Item::Words {
        depth: to,
        text: rest,
    });
    pieces.retain(|item| !matches!(item, Item::Words { text, .. } if text.is_empty()));
    run.splice(index..=index, pieces);
    rebuild(document, run);
    Ok(())
}

/// Breaks of lines from the head of a section to a place in its words.
fn lines_before(run: &[Item], head: usize, index: usize, kept: &str) -> usize {
    let between = run.iter().take(index).skip(head).map(Item::print);
    let count = |text: &str| text.matches('\n').count();
    between
        .map(|text| count(&text))
        .sum::<usize>()
        .saturating_add(count(kept))
}

/// The line so many lines of text below another, past what was set aside between them.
fn line_in_source(from: usize, lines: usize, noise: &[Noise]) -> usize {
    let mut line = from.saturating_add(lines);
    for aside in noise {
        let [first, last] = aside.lines;
        if first > from && first <= line {
            line = line.saturating_add(last.saturating_sub(first).saturating_add(1));
        }
    }
    line
}

/// The node that begins a text, and the text after its heading.
fn new_node(text: &str, parent: &Node, below: bool) -> (Node, String) {
    let line = text.split('\n').next().unwrap_or_default();
    let found = label_of(line);
    let label = found.as_ref().map_or("", |found| found.label);
    let gap = found.as_ref().map_or("", |found| found.gap);
    let body = line
        .get(label.len().saturating_add(gap.len())..)
        .unwrap_or_default();
    let heading = body.split('。').next().unwrap_or_default().trim_end();
    let taken = label.len() + gap.len() + heading.len();
    let node = Node {
        label: label.to_owned(),
        gap: gap.to_owned(),
        heading: heading.to_owned(),
        name: None,
        level: parent.level.saturating_add(u8::from(below)),
        kind: found.as_ref().map_or(NodeKind::Bullet, |found| found.kind),
        number: found.as_ref().map_or(0, |found| found.number),
        sub_number: found.as_ref().and_then(|found| found.sub_number),
        units: Vec::new(),
        text: String::new(),
        line: 0,
        at: 0,
        children: Vec::new(),
    };
    (node, text.get(taken..).unwrap_or_default().to_owned())
}

/// Each of two parts keeps the units that its own words name.
fn share_units(run: &mut [Item], (head, _): (usize, usize), new: &mut Node, rest: &str) {
    let Some(Item::Head { node, .. }) = run.get_mut(head) else {
        return;
    };
    let (moved, kept): (Vec<String>, Vec<String>) = std::mem::take(&mut node.units)
        .into_iter()
        .partition(|unit| rest.contains(unit.as_str()) || new.heading.contains(unit.as_str()));
    node.units = kept;
    new.units = moved;
}
