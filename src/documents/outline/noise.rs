//! Sets aside what belongs to no text: blank runs, page numbers, the furniture of a website,
//! leftovers of a word processor.

mod bookmark;
mod page;

use super::label;
use super::lines::Line;
use crate::documents::model::{Noise, shadow};

/// A line of the source before anything is decided.
pub(super) struct Physical<'a> {
    pub number: usize,
    /// Characters of the source before it.
    pub at: usize,
    pub raw: &'a str,
    pub shadow: String,
}

/// The lines that belong to documents, and what was set aside, both in the order of the source.
pub(super) fn sift(text: &str) -> (Vec<Line>, Vec<Noise>) {
    let physical = split(text);
    let reasons = judge(&physical);
    let mut lines = Vec::new();
    let mut noise: Vec<Noise> = Vec::new();
    let mut previous = None;
    for (line, reason) in physical.iter().zip(reasons) {
        let joins = previous == reason;
        previous = reason;
        match reason {
            Some(reason) => set_aside(&mut noise, line, reason, joins),
            None => lines.push(Line::new(line.number, bookmark::cut(line, &mut noise))),
        }
    }
    (lines, noise)
}

fn split(text: &str) -> Vec<Physical<'_>> {
    let mut at = 0_usize;
    let mut lines = Vec::new();
    for (index, raw) in text.split_inclusive('\n').enumerate() {
        lines.push(Physical {
            number: index.saturating_add(1),
            at,
            raw,
            shadow: shadow::fold_trimmed(raw).1,
        });
        at = at.saturating_add(raw.chars().count());
    }
    lines
}

fn judge(lines: &[Physical<'_>]) -> Vec<Option<&'static str>> {
    let first_label = lines
        .iter()
        .position(|line| label::recognise(&line.shadow).is_some())
        .unwrap_or(lines.len());
    let mut reasons = vec![None; lines.len()];
    blank_runs(lines, &mut reasons);
    for (line, reason) in lines.iter().zip(reasons.iter_mut()) {
        if is_page_number(&line.shadow) {
            *reason = Some("页码");
        }
    }
    let (head, _) = lines.split_at_checked(first_label).unwrap_or((lines, &[]));
    page::header(head, &mut reasons);
    page::footer(lines, &mut reasons);
    reasons
}

/// Three blank lines in a row or more are layout, not text.
fn blank_runs(lines: &[Physical<'_>], reasons: &mut [Option<&'static str>]) {
    let mut start = 0_usize;
    for run in lines.chunk_by(|a, b| a.shadow.is_empty() == b.shadow.is_empty()) {
        let end = start.saturating_add(run.len());
        let blank = run.first().is_some_and(|line| line.shadow.is_empty());
        if blank && run.len() >= 3 {
            mark(reasons, start, end, "连续空行");
        }
        start = end;
    }
}

fn mark(reasons: &mut [Option<&'static str>], from: usize, to: usize, why: &'static str) {
    for reason in reasons.iter_mut().take(to).skip(from) {
        *reason = Some(why);
    }
}

/// `- 3 -`, `— 3 —`, `第3页`.
fn is_page_number(line: &str) -> bool {
    let dashes = ['-', '—', ' '];
    let core = line.trim_matches(dashes);
    let digits = !core.is_empty() && core.len() <= 4 && core.bytes().all(|b| b.is_ascii_digit());
    let framed = line.starts_with(['-', '—']) && line.ends_with(['-', '—']);
    let named = line
        .strip_prefix('第')
        .and_then(|rest| rest.split_once('页'))
        .is_some_and(|(number, rest)| {
            let number = number.trim_matches(' ');
            !number.is_empty()
                && number.len() <= 4
                && number.bytes().all(|b| b.is_ascii_digit())
                && rest.chars().count() <= 8
                && !rest.contains('。')
        });
    (digits && framed) || named
}

/// A line set aside; it joins the entry before it when that ends where the line begins.
fn set_aside(noise: &mut Vec<Noise>, line: &Physical<'_>, reason: &str, joins: bool) {
    if let Some(last) = noise.last_mut().filter(|_| joins) {
        let [_, end] = &mut last.lines;
        *end = line.number;
        last.text.push_str(line.raw);
        return;
    }
    noise.push(Noise {
        lines: [line.number, line.number],
        reason: reason.to_owned(),
        at: line.at,
        text: line.raw.to_owned(),
    });
}
