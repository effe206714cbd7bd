//! Cuts the lines of a file into its documents.
//!
//! A document ends with its signature and the notes below it, before a line 附件N, or where a
//! title stands at the end of a paragraph and the numbering behind it begins anew.

use super::lines::{self, Line};
use super::listing;
use super::signature::{self, Found};
use super::title::{self, Title};
use crate::documents::model::NodeKind;

/// One document, as indexes of lines: `head_end..foot_start` is its body.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    pub start: usize,
    pub end: usize,
    pub title: Option<Title>,
    /// Opened by a line 附件N.
    pub marked: bool,
    pub head_end: usize,
    pub foot_start: usize,
    pub signature: Option<Found>,
}

/// The documents in order; together they hold every line.
pub(super) fn cut(lines: &[Line]) -> Vec<Segment> {
    let next_label = lines::next_such(lines, |line| line.label.is_some());
    let mut segments = Vec::new();
    let mut open = Open::begin(lines, 0);
    let mut index = open.head_end;
    while index < lines.len() {
        let ended = signature::at(lines, index).filter(|found| open.body_before(found.first));
        if let Some(found) = ended {
            let end = notes_end(lines, index.saturating_add(1));
            segments.push(open.close(lines, end, Some(found)));
            open = Open::begin(lines, end);
            index = open.head_end.max(end);
        } else if open.ends_before(lines, index, &next_label) {
            segments.push(open.close(lines, index, None));
            open = Open::begin(lines, index);
            index = open.head_end;
        } else {
            open.see(lines, index);
            index = index.saturating_add(1);
        }
    }
    if open.start < lines.len() {
        segments.push(open.close(lines, lines.len(), None));
    }
    join_blank_tail(lines, segments)
}

struct Open {
    start: usize,
    title: Option<Title>,
    marked: bool,
    head_end: usize,
    /// Whether a line of words stands below the title.
    has_words: bool,
    has_body: bool,
    has_articles: bool,
    first_body: usize,
}

impl Open {
    /// A document that starts at this line: its marker, number and title are taken.
    fn begin(lines: &[Line], start: usize) -> Self {
        let mut at = start;
        let mut marked = false;
        let mut head_end = start;
        while let Some((index, line)) = lines::from(lines, at) {
            let marker = signature::is_marker(line);
            if !(marker || title::is_number(&line.shadow)) {
                if let Some(name) = listing::named_attachment(line).filter(|_| !marked) {
                    let title = Title {
                        first: index,
                        last: index,
                        words: name.to_owned(),
                        complete: true,
                    };
                    return Self::new(start, index.saturating_add(1), Some(title), true);
                }
                break;
            }
            marked |= marker;
            at = index.saturating_add(1);
            head_end = at;
        }
        let title = lines::from(lines, at).and_then(|(index, _)| title::at(lines, index));
        if let Some(title) = &title {
            head_end = title.last.saturating_add(1);
        }
        Self::new(start, head_end, title, marked)
    }

    fn new(start: usize, head_end: usize, title: Option<Title>, marked: bool) -> Self {
        Self {
            start,
            title,
            marked,
            head_end,
            has_words: false,
            has_body: false,
            has_articles: false,
            first_body: usize::MAX,
        }
    }

    /// A labelled line, a sentence or a `key: value` makes a body.
    fn see(&mut self, lines: &[Line], index: usize) {
        let Some(line) = lines.get(index) else {
            return;
        };
        self.has_words |= !line.is_blank();
        self.has_articles |= line
            .label
            .is_some_and(|label| label.kind == NodeKind::Article);
        let body =
            line.label.is_some() || line.listed || line.is_sentence() || line.shadow.contains(':');
        if body && !self.has_body {
            self.has_body = true;
            self.first_body = index;
        }
    }

    /// Whether the next document begins at this line.
    fn ends_before(&self, lines: &[Line], index: usize, next_label: &[Option<usize>]) -> bool {
        let line = lines.get(index);
        let marker = line.is_some_and(signature::is_marker);
        // Behind the articles of a law 附件三:… heads what is attached and lists nothing.
        let named = self.has_articles && line.and_then(listing::named_attachment).is_some();
        (self.has_words && (marker || named))
            || (self.has_body && begins_anew(lines, index, next_label))
    }

    fn body_before(&self, index: usize) -> bool {
        self.has_body && self.first_body < index
    }

    fn close(&self, lines: &[Line], end: usize, signature: Option<Found>) -> Segment {
        let signature = signature.or_else(|| signature::undated(lines, self.head_end, end));
        let tail = signature.as_ref().map_or(end, |found| found.first);
        Segment {
            start: self.start,
            end,
            title: self.title.clone(),
            marked: self.marked,
            head_end: self.head_end,
            foot_start: list_start(lines, self.head_end, tail),
            signature,
        }
    }
}

/// The start of the attachment list that ends at `tail`, or `tail`; blank lines before either
/// are taken along.
fn list_start(lines: &[Line], from: usize, tail: usize) -> usize {
    let body = lines.get(from..tail).unwrap_or_default();
    let kept = body
        .iter()
        .rposition(|line| !line.is_blank() && !line.listed)
        .map_or(0, |index| index.saturating_add(1));
    let foot = body.get(kept..).unwrap_or_default();
    if foot.iter().any(|line| line.listed) || tail < lines.len() {
        from.saturating_add(kept)
    } else {
        tail
    }
}

fn notes_end(lines: &[Line], from: usize) -> usize {
    let rest = lines.get(from..).unwrap_or_default();
    let notes = rest
        .iter()
        .take_while(|line| signature::is_note(line))
        .count();
    from.saturating_add(notes)
}

/// Whether a title at this line begins a new document in the midst of another.
fn begins_anew(lines: &[Line], index: usize, next_label: &[Option<usize>]) -> bool {
    let Some(line) = lines.get(index).filter(|line| !line.is_blank()) else {
        return false;
    };
    if !title::has_shape(line) || !ends_before(lines, index) {
        return false;
    }
    let Some(title) = title::at(lines, index).filter(|title| title.complete) else {
        return false;
    };
    let strong = title.words.contains('《')
        || title.words.contains("关于")
        || title::names_draft(&title.words);
    let label = next_label
        .get(title.last)
        .copied()
        .flatten()
        .and_then(|at| lines.get(at)?.label);
    match label {
        Some(label) => label.number == 1 && (strong || title.words.chars().count() >= 8),
        None => strong || title.words.ends_with("说明"),
    }
}

/// Whether what stands before a line is at its end: a sentence, a `key: value` or a list entry.
fn ends_before(lines: &[Line], index: usize) -> bool {
    lines::before(lines, index).is_some_and(|(_, line)| {
        let value = line.shadow.contains(':') && !line.shadow.ends_with(':');
        line.is_sentence() || line.listed || value || line.shadow.ends_with(')')
    })
}

/// Blank lines behind the last document belong to it.
fn join_blank_tail(lines: &[Line], mut segments: Vec<Segment>) -> Vec<Segment> {
    let blank = segments.last().is_some_and(|last| {
        let own = lines.get(last.start..last.end).unwrap_or_default();
        own.iter().all(Line::is_blank)
    });
    if blank && segments.len() > 1 {
        segments.pop();
        if let Some(last) = segments.last_mut() {
            last.end = lines.len();
        }
    }
    segments
}
