//! Parts a labelled line into indent, label, gap, heading and the rest, and reads the units at its end.

use super::label::Label;
use super::lines::{Line, split_chars};
use super::units;
use crate::documents::model::NodeKind;

/// A labelled line in its parts, all as printed.
pub(super) struct Parts<'l> {
    pub indent: &'l str,
    pub label: &'l str,
    pub gap: &'l str,
    pub heading: &'l str,
    pub rest: &'l str,
    /// Byte of the shadow behind label and gap.
    pub body_start: usize,
}

impl<'l> Parts<'l> {
    pub fn of(line: &'l Line, label: Label) -> Self {
        let before = label.chars.saturating_add(label.gap);
        let (front, body) = split_chars(&line.shadow, before);
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
        let (indent, rest) = split_chars(&line.raw, line.indent);
        let (label, rest) = split_chars(rest, label.chars);
        let (gap, rest) = split_chars(rest, gap);
        let (heading, rest) = split_chars(rest, heading);
        Self {
            indent,
            label,
            gap,
            heading,
            rest,
            body_start: front.len(),
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

/// The units named at the end of a line, from a byte of its shadow on, as printed.
pub(super) fn names(line: &Line, from: usize) -> Vec<String> {
    let body = line.shadow.get(from..).unwrap_or_default();
    let Some((start, end)) = units::listed(body) else {
        return Vec::new();
    };
    let list = body.get(start..end).unwrap_or_default();
    let printed = line.printed(from.saturating_add(start), from.saturating_add(end));
    // Folding makes no character longer: of equal length, each stands at the same byte.
    let alike = printed.len() == list.len();
    let (mut folded_at, mut rest) = (0_usize, printed);
    let mut found: Vec<String> = Vec::new();
    for (start, end) in units::names(list) {
        let name = if alike {
            printed.get(start..end).unwrap_or_default()
        } else {
            let count = |from, to| list.get(from..to).map_or(0, |part| part.chars().count());
            let (_, tail) = split_chars(rest, count(folded_at, start));
            let (name, tail) = split_chars(tail, count(start, end));
            (folded_at, rest) = (end, tail);
            name
        };
        if !found.iter().any(|known| known == name) {
            found.push(name.to_owned());
        }
    }
    found
}
