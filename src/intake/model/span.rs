//! Where something stands in a letter: in which of its texts, and from which character to which.

use super::contact_scan::phones_in;
use super::phone::Phone;
use serde::Serialize;
use std::cell::OnceCell;

/// The texts of a letter in which a detail can stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// The sender's own words, without attached letters.
    #[default]
    Words,
    /// What was set aside as signatures, one below the other.
    Signature,
    /// The display name in From.
    From,
    Subject,
    /// An attached letter; `file` names it.
    Attachment,
}

/// Characters `start..end` (Unicode, from 0, `end` is the one after the last) of one text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Span {
    pub part: Part,
    /// The name of the attached file, for [`Part::Attachment`] alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    pub start: usize,
    pub end: usize,
}

/// One line of one of the texts, and how many characters stand before it.
#[derive(Debug)]
pub(super) struct Here<'a> {
    pub part: Part,
    pub file: Option<&'a str>,
    pub line: &'a str,
    pub at: usize,
    phones: OnceCell<Vec<Phone>>,
}

impl<'a> Here<'a> {
    pub(super) fn new(part: Part, file: Option<&'a str>, line: &'a str, at: usize) -> Self {
        Self {
            part,
            file,
            line,
            at,
            phones: OnceCell::new(),
        }
    }

    /// The telephone numbers of the line, read once.
    pub(super) fn phones(&self) -> &[Phone] {
        self.phones.get_or_init(|| phones_in(self.line))
    }

    /// Where these words stand in the line, blanks not counted, and the line's own characters
    /// there; the whole line when they are not found.
    pub(super) fn find(&self, words: &str) -> (Span, String) {
        let line: Vec<char> = self.line.chars().collect();
        let places: Vec<usize> = (0..line.len())
            .filter(|&at| line.get(at).is_some_and(|c| !c.is_whitespace()))
            .collect();
        let wanted: Vec<char> = words.chars().filter(|c| !c.is_whitespace()).collect();
        let stands = |from: &usize| {
            wanted.iter().enumerate().all(|(n, c)| {
                let there = places.get(from + n).and_then(|&at| line.get(at));
                there == Some(c)
            })
        };
        let found = (0..places.len())
            .find(stands)
            .filter(|_| !wanted.is_empty())
            .and_then(|from| {
                Some((
                    *places.get(from)?,
                    *places.get(from + wanted.len() - 1)? + 1,
                ))
            });
        let (start, end) = found.unwrap_or((0, line.len()));
        let span = Span {
            part: self.part,
            file: self.file.map(str::to_owned),
            start: self.at + start,
            end: self.at + end,
        };
        let shown = line.get(start..end).unwrap_or_default().iter().collect();
        (span, shown)
    }
}

/// The lines of a text that are worth looking at: all of a letter, both ends of a book.
pub(super) fn lines_of<'a>(part: Part, file: Option<&'a str>, text: &'a str) -> Vec<Here<'a>> {
    /// How many lines at either end are searched.
    const END_LINES: usize = 1000;
    let mut at = 0;
    let mut lines: Vec<Here<'a>> = Vec::new();
    for line in text.split('\n') {
        let bare = line.strip_suffix('\r').unwrap_or(line);
        lines.push(Here::new(part, file, bare, at));
        at += line.chars().count() + 1;
    }
    let last = lines.len().saturating_sub(END_LINES);
    if last > END_LINES {
        lines.drain(END_LINES..last);
    }
    lines
}
