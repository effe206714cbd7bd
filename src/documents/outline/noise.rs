//! Sets aside what belongs to no text: blank runs, page numbers, the furniture of a website,
//! leftovers of a word processor.

mod bookmark;
mod contents;
mod page;

use super::label;
use super::lines::Line;
use super::physical::Physical;
use crate::documents::model::{NodeKind, Noise};

pub(super) use contents::{Contents, Entry};

/// What a file holds: the lines that belong to documents, what was set aside, both in the order of
/// the source, and its table of contents.
pub(super) struct Sifted<'a> {
    pub lines: Vec<Line<'a>>,
    pub noise: Vec<Noise>,
    pub contents: Option<Contents>,
}

/// Parts the lines of a text. `stated` are the first and last line of tables of contents that the
/// file's format itself marks as such.
pub(super) fn sift<'a>(text: &str, physical: &[Physical<'a>], stated: &[[usize; 2]]) -> Sifted<'a> {
    let (mut reasons, contents) = judge(physical);
    for [first, last] in stated {
        mark(&mut reasons, first.saturating_sub(1), *last, "目录");
    }
    let mut lines = Vec::with_capacity(physical.len());
    let mut noise = SetAside::of(text);
    let mut previous = None;
    for (line, reason) in physical.iter().zip(reasons) {
        let joins = previous == reason;
        previous = reason;
        match reason {
            Some(reason) => noise.line(line, reason, joins),
            None => lines.push(Line::of(line, bookmark::cut(line, &mut noise))),
        }
    }
    Sifted {
        lines,
        noise: noise.found,
        contents,
    }
}

/// What is set aside, with a count of characters that is taken only up to where it is needed.
struct SetAside<'t> {
    text: &'t str,
    found: Vec<Noise>,
    bytes: usize,
    chars: usize,
    /// Whether the text has a bookmark anywhere.
    bookmarks: bool,
}

impl<'t> SetAside<'t> {
    fn of(text: &'t str) -> Self {
        Self {
            text,
            found: Vec::new(),
            bytes: 0,
            chars: 0,
            bookmarks: text.contains(bookmark::OPENING),
        }
    }

    /// Characters of the source before a byte; asked for in the order of the source.
    fn chars_before(&mut self, bytes: usize) -> usize {
        let between = self.text.get(self.bytes..bytes).unwrap_or_default();
        self.chars = self.chars.saturating_add(between.chars().count());
        self.bytes = bytes;
        self.chars
    }

    /// A part of a line.
    fn piece(&mut self, line: usize, at: usize, text: String, reason: &str) {
        let at = self.chars_before(at);
        self.found.push(Noise {
            lines: [line, line],
            reason: reason.to_owned(),
            at,
            text,
        });
    }

    /// A whole line; it joins the entry before it when that ends where the line begins.
    fn line(&mut self, line: &Physical, reason: &str, joins: bool) {
        if let Some(last) = self.found.last_mut().filter(|_| joins) {
            let [_, end] = &mut last.lines;
            *end = line.number;
            last.text.push_str(line.raw);
        } else {
            self.piece(line.number, line.at, line.raw.to_owned(), reason);
        }
    }
}

fn judge(lines: &[Physical]) -> (Vec<Option<&'static str>>, Option<Contents>) {
    let counts = |line: &Physical| {
        label::recognise(line.shadow).is_some_and(|label| label.kind != NodeKind::Fifth)
    };
    let first_label = lines
        .iter()
        .position(|line| !line.inert && counts(line))
        .unwrap_or(lines.len());
    let mut reasons = vec![None; lines.len()];
    blank_runs(lines, &mut reasons);
    for (line, reason) in lines.iter().zip(reasons.iter_mut()) {
        if is_page_number(line.shadow) {
            *reason = Some("页码");
        }
    }
    let contents = contents::find(lines);
    if let Some(found) = &contents {
        mark(&mut reasons, found.first, found.end, "目录");
    }
    let (head, _) = lines.split_at_checked(first_label).unwrap_or((lines, &[]));
    page::header(head, &mut reasons);
    page::footer(lines, &mut reasons);
    for (line, reason) in lines.iter().zip(reasons.iter_mut()) {
        if line.inert {
            *reason = None;
        }
    }
    (reasons, contents)
}

/// Three blank lines in a row or more are layout, not text.
fn blank_runs(lines: &[Physical], reasons: &mut [Option<&'static str>]) {
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
    if line.len() > 60 || !line.starts_with(['-', '—', '第']) {
        return false;
    }
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
