//! Decides which of the labels found line by line are labels in their place.

use super::articles;
use super::label::{self, Label};
use super::lines::{self, Line};
use super::quoted;
use super::warn;
use super::wrapped;
use crate::documents::model::{NodeKind, Warning, shadow};

/// Drops what only looks like a label, gives `(1)` the place of `(一)` where it stands for it, and
/// labels what stands without a number in a law.
pub(super) fn labels(lines: &mut [Line], warnings: &mut Vec<Warning>) {
    wrapped::unlabel(lines, warnings);
    enumerations(lines, warnings);
    quoted::unlabel(lines);
    articles::settle(lines);
    circled(lines);
    stand_ins(lines, warnings);
    lone_headings(lines);
    unnumbered(lines);
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

/// ①② count where they count: ① with ② behind it at the next such line, and on from there, below
/// some other label. Everything else with a circle is a footnote or an ornament.
fn circled(lines: &mut [Line]) {
    let is_circled = |line: &Line| {
        line.label
            .is_some_and(|label| label.kind == NodeKind::Fifth)
    };
    if !lines.iter().any(is_circled) {
        return;
    }
    let counts = |label: &Label| label.kind != NodeKind::Bullet;
    let next = lines::next_such(lines, |line| line.label.as_ref().is_some_and(counts));
    let labels: Vec<Option<Label>> = lines.iter().map(|line| line.label).collect();
    let mut last = None;
    for (line, next) in lines.iter_mut().zip(next) {
        let Some(label) = line.label.filter(counts) else {
            continue;
        };
        if label.kind != NodeKind::Fifth {
            last = Some(0);
            continue;
        }
        let follower = next.and_then(|at| labels.get(at).copied().flatten());
        let goes_on = follower.is_some_and(|next| {
            next.kind == NodeKind::Fifth && next.number == label.number.saturating_add(1)
        });
        let counts = last.is_some_and(|last: u32| {
            last.saturating_add(1) == label.number && (label.number > 1 || goes_on)
        });
        if counts {
            last = Some(label.number);
        } else {
            line.label = None;
        }
    }
}

/// 第一章 on a line of its own heads the words of the next line.
fn lone_headings(lines: &mut [Line]) {
    let mut open: Option<usize> = None;
    for index in 0..lines.len() {
        let Some(line) = lines.get(index).filter(|line| !line.is_blank()) else {
            continue;
        };
        if let Some(label) = line.label {
            drop_label(lines, open.take());
            if label.alone && label.kind != NodeKind::Article {
                open = Some(index);
            }
            continue;
        }
        let heads = !line.inert && line.at_most(40) && !line.is_sentence();
        match open.take() {
            Some(_) if heads => {
                if let Some(line) = lines.get_mut(index) {
                    line.heads = true;
                }
            }
            lone => drop_label(lines, lone),
        }
    }
    drop_label(lines, open);
}

fn drop_label(lines: &mut [Line], index: Option<usize>) {
    if let Some(line) = index.and_then(|index| lines.get_mut(index)) {
        line.label = None;
    }
}

/// 附则 and 序言 stand without a number where chapters or parts could: in a text that has articles.
fn unnumbered(lines: &mut [Line]) {
    let kinds = lines.iter().filter_map(|line| Some(line.label?.kind));
    let (mut highest, mut articles) = (None, false);
    for kind in kinds.filter(|kind| kind.is_law()) {
        articles |= kind == NodeKind::Article;
        let division = (kind != NodeKind::Article).then_some(kind);
        highest = match (highest, division) {
            (Some(known), Some(kind)) => Some(std::cmp::min(known, kind)),
            (known, division) => known.or(division),
        };
    }
    if !articles {
        return;
    }
    for line in lines {
        let stands = line.label.is_none() && !line.inert && !line.heads && line.shadow.len() <= 30;
        let first = line.shadow.starts_with(['附', '序', '总', '分']);
        if !(stands && first) {
            continue;
        }
        let squeezed = shadow::squeeze(&line.shadow);
        if ["附则", "序言", "总则", "分则"].contains(&squeezed.as_str()) {
            let kind = highest.unwrap_or(NodeKind::Chapter);
            line.label = Some(label::unnumbered(&line.shadow, kind));
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
            NodeKind::Fifth | NodeKind::Bullet => {}
            _ => {
                *self = Self {
                    second: self.second,
                    ..Self::default()
                };
            }
        }
    }
}
