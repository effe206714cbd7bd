//! The sender's own words, and everything else of the letter beside them.
//!
//! Each line gets one label: kept, or why it is elided. Nothing is dropped, so kept and elided
//! together are the whole letter; and nothing weak may leave the sender without words.

use super::heads::{HeadKind, Heads};
use super::lines::{Line, Mark};
use super::tails;
use serde::Serialize;

/// Why a passage is not shown as the sender's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Reason {
    /// Written by somebody else before.
    Quote,
    Signature,
    /// Added by the mail program, or not visible in it.
    Footer,
    /// Added on top by a gateway.
    Banner,
}

/// A passage that was elided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Elided {
    pub reason: Reason,
    pub text: String,
}

/// A letter's text divided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    pub own: String,
    /// In the order of the letter.
    pub elided: Vec<Elided>,
    /// There was nothing but a forwarded message, and its text was taken as the sender's words.
    pub forwarded: bool,
}

/// Lines beyond this are kept without being looked at.
const MOST_LINES: usize = 60_000;

/// Divides the lines of a letter. `own_address` is the sender's, which Foxmail leaves as a signature.
#[must_use]
pub fn divide(lines: &[Line], own_address: Option<&str>) -> Words {
    let shadows: Vec<String> = lines.iter().map(Line::shadow).collect();
    let mut labels: Vec<Option<Reason>> = lines.iter().map(|line| by_mark(line.mark)).collect();
    let mut forward = None;
    if lines.len() <= MOST_LINES {
        forward = quotes(lines, &shadows, &mut labels);
        tails::label(lines, &shadows, &mut labels, own_address);
    }
    let silent = |labels: &[Option<Reason>]| {
        !lines
            .iter()
            .zip(labels)
            .any(|(line, label)| label.is_none() && !line.is_blank())
    };
    let forwarded = match forward {
        Some(from) if silent(&labels) => {
            labels
                .iter_mut()
                .skip(from)
                .filter(|label| **label == Some(Reason::Quote))
                .for_each(|label| *label = None);
            true
        }
        _ => false,
    };
    let mut words = gather(lines, &labels);
    words.forwarded = forwarded;
    words
}

fn by_mark(mark: Mark) -> Option<Reason> {
    match mark {
        Mark::Quote => Some(Reason::Quote),
        Mark::Signature => Some(Reason::Signature),
        Mark::Hidden => Some(Reason::Footer),
        Mark::None | Mark::Indented => None,
    }
}

/// Labels what every head introduces. Returns where the body of a forwarded message begins.
fn quotes(lines: &[Line], shadows: &[String], labels: &mut [Option<Reason>]) -> Option<usize> {
    let mut forward = None;
    let mut at = 0;
    let heads = Heads::new(lines, shadows);
    while at < lines.len() {
        let Some(head) = heads.at(at) else {
            at += 1;
            continue;
        };
        if head.kind == HeadKind::Forward && forward.is_none() {
            forward = Some(head.last);
        }
        let marked = lines.get(at).is_some_and(|line| line.mark == Mark::Quote);
        if marked
            || head.kind == HeadKind::Block
                && !words_above(lines, labels, at)
                && !is_indented(lines, at)
        {
            at = head.last;
            continue;
        }
        let end = extent(lines, head.first, head.last);
        labels
            .iter_mut()
            .take(end)
            .skip(head.first)
            .for_each(|label| {
                label.get_or_insert(Reason::Quote);
            });
        at = end.max(head.last);
    }
    forward
}

fn words_above(lines: &[Line], labels: &[Option<Reason>], at: usize) -> bool {
    lines
        .iter()
        .zip(labels)
        .take(at)
        .any(|(line, label)| !line.is_blank() && label.is_none())
}

fn is_indented(lines: &[Line], at: usize) -> bool {
    lines
        .get(at)
        .is_some_and(|line| line.mark == Mark::Indented)
}

/// How far the quoted text goes: as far as the markup says when it says so, else to the end.
fn extent(lines: &[Line], first: usize, last: usize) -> usize {
    let Some(next) = lines.iter().skip(last).find(|line| !line.is_blank()) else {
        return lines.len();
    };
    match next.mark {
        Mark::Quote => last,
        Mark::Indented => {
            let run = lines
                .iter()
                .skip(last)
                .take_while(|line| line.is_blank() || line.mark != Mark::None)
                .count();
            last + run
        }
        _ if is_indented(lines, first) => last,
        _ => lines.len(),
    }
}

fn gather(lines: &[Line], labels: &[Option<Reason>]) -> Words {
    let mut words = Words::default();
    let mut own: Vec<&str> = Vec::new();
    let mut open: Option<Reason> = None;
    for (line, label) in lines.iter().zip(labels) {
        let label = if line.is_blank() { open } else { *label };
        match label {
            None => {
                let blanks = own
                    .iter()
                    .rev()
                    .take_while(|text| text.trim().is_empty())
                    .count();
                if !(line.is_blank() && blanks >= 1) {
                    own.push(line.text.trim_end());
                }
            }
            Some(reason) => match words.elided.last_mut() {
                Some(last) if open == Some(reason) && last.reason == reason => {
                    last.text.push('\n');
                    last.text.push_str(&line.text);
                }
                _ => words.elided.push(Elided {
                    reason,
                    text: line.text.clone(),
                }),
            },
        }
        open = label;
    }
    for passage in &mut words.elided {
        passage.text.truncate(passage.text.trim_end().len());
    }
    words.own = own.join("\n").trim_matches(['\n', '\r', ' ']).to_owned();
    words
}
