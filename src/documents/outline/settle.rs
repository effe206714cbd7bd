//! Decides which of the labels found line by line are labels in their place.

use super::label::{self, Label};
use super::lines::{self, Line};
use super::warn;
use crate::documents::model::{NodeKind, Warning};

/// Drops what only looks like a label, and gives `(1)` the place of `(一)` where it stands for it.
pub(super) fn labels(lines: &mut [Line], warnings: &mut Vec<Warning>) {
    enumerations(lines, warnings);
    articles(lines);
    stand_ins(lines, warnings);
}

/// `1.甲;2.乙;3.丙。` is a paragraph.
fn enumerations(lines: &mut [Line], warnings: &mut Vec<Warning>) {
    for line in lines {
        let Some(label) = line
            .label
            .filter(|label| label::is_enumeration(&line.shadow, label))
        else {
            continue;
        };
        line.label = None;
        warnings.push(warn::inline_enumeration(line.number, label.number));
    }
}

/// An article with no blank behind its label must continue the count.
fn articles(lines: &mut [Line]) {
    let mut last = 0_u32;
    for line in lines {
        let Some(label) = line.label.filter(|label| label.kind == NodeKind::Article) else {
            continue;
        };
        let fits = label.number == 1
            || label.number == last.saturating_add(1)
            || (label.number == last && label.sub_number.is_some());
        if label.loose && !fits {
            line.label = None;
        } else {
            last = label.number;
        }
    }
}

/// `(1)` where the count of (一)(二)(三) wants it and no 1. is open.
fn stand_ins(lines: &mut [Line], warnings: &mut Vec<Warning>) {
    let next = lines::next_such(lines, |line| line.label.is_some_and(|label| bounds(&label)));
    let labels: Vec<Option<Label>> = lines.iter().map(|line| line.label).collect();
    let mut seen = Seen::default();
    for (line, next) in lines.iter_mut().zip(next) {
        let Some(mut label) = line.label else {
            continue;
        };
        let follower = next.and_then(|at| labels.get(at).copied().flatten());
        if label.kind == NodeKind::Fourth && seen.wants(&label, follower) {
            label.kind = NodeKind::Second;
            line.label = Some(label);
            warnings.push(warn::label_form(line.number, label.number));
        }
        seen.note(&label);
    }
}

fn bounds(label: &Label) -> bool {
    label.kind.is_law()
        || matches!(
            label.kind,
            NodeKind::First | NodeKind::Second | NodeKind::Fourth
        )
}

/// The numbers in reach at one place.
#[derive(Default)]
struct Seen {
    /// The last (一) of the document.
    second: u32,
    /// Whether the open 一、 has a (一) yet.
    has_second: bool,
    /// Whether a 1. is open.
    third: bool,
    /// The last (1) of the open item.
    fourth: u32,
}

impl Seen {
    fn wants(&self, label: &Label, follower: Option<Label>) -> bool {
        if self.third || (self.fourth > 0 && self.fourth.saturating_add(1) == label.number) {
            return false;
        }
        if label.number == 1 {
            let then_second =
                follower.is_some_and(|next| next.kind == NodeKind::Second && next.number == 2);
            return !self.has_second && then_second;
        }
        self.second.saturating_add(1) == label.number && self.second > 0
    }

    fn note(&mut self, label: &Label) {
        match label.kind {
            NodeKind::Second => {
                *self = Self {
                    second: label.number,
                    has_second: true,
                    ..Self::default()
                };
            }
            NodeKind::Third => {
                self.third = true;
                self.fourth = 0;
            }
            NodeKind::Fourth => self.fourth = label.number,
            NodeKind::Bullet => {}
            _ => {
                *self = Self {
                    second: self.second,
                    ..Self::default()
                };
            }
        }
    }
}
