//! The lines of a source text that belong to its documents, with what matching needs to know.

use super::label::{self, Label};
use super::marks::Marks;
use super::physical::{Physical, trimmed};
use crate::documents::model::shadow;
use std::borrow::Cow;

/// One line that is not noise. What is not changed is borrowed from the source and its shadow.
#[derive(Clone, Debug)]
pub(super) struct Line<'a> {
    /// 1-based in the source.
    pub number: usize,
    /// The source's own characters, line break included.
    pub raw: Cow<'a, str>,
    /// Characters before the first word: blanks, and the `#` of a Markdown heading.
    pub indent: usize,
    /// Folded, without blanks at the ends; as many characters as the source has there.
    pub shadow: Cow<'a, str>,
    pub label: Option<Label>,
    /// An entry of an attachment list: no heading, whatever it looks like.
    pub listed: bool,
    /// A row of a table, a picture or a footnote: text, whatever it begins with.
    pub inert: bool,
    /// The heading of the label that stands alone on the line before.
    pub heads: bool,
    pub marks: Marks,
}

impl<'a> Line<'a> {
    /// The line of a physical one, with its words as they are or with a part cut out.
    pub fn of(line: &Physical<'a>, raw: Cow<'a, str>) -> Self {
        let (indent, shadow) = match &raw {
            Cow::Borrowed(_) => (line.indent, Cow::Borrowed(line.shadow)),
            Cow::Owned(raw) => {
                let folded = shadow::fold(raw);
                let (indent, words) = trimmed(&folded);
                (indent, Cow::Owned(words.to_owned()))
            }
        };
        let inert = line.inert;
        let label = if inert {
            None
        } else {
            label::recognise(&shadow)
        };
        Self {
            number: line.number,
            raw,
            indent,
            shadow,
            label,
            listed: false,
            inert,
            heads: false,
            marks: line.marks,
        }
    }

    pub fn is_blank(&self) -> bool {
        self.shadow.is_empty()
    }

    /// The source's own characters for a stretch of the shadow, given in bytes of the shadow.
    pub fn printed(&self, from: usize, to: usize) -> &str {
        let (_, own) = split_chars(&self.raw, self.indent);
        let folded = self.shadow.get(..to).unwrap_or(&self.shadow);
        if own.starts_with(folded) {
            return own.get(from..to).unwrap_or_default();
        }
        let count = |end: usize| {
            self.shadow
                .get(..end)
                .map_or(0, |part| part.chars().count())
        };
        let start = count(from);
        let (_, words) = split_chars(own, start);
        let (words, _) = split_chars(words, count(to).saturating_sub(start));
        words
    }

    /// The source's own characters without blanks at the ends.
    pub fn words(&self) -> String {
        let (_, own) = split_chars(&self.raw, self.indent);
        own.trim_end_matches(|c| shadow::fold_char(c) == ' ')
            .to_owned()
    }

    /// Ends like a sentence.
    pub fn is_sentence(&self) -> bool {
        self.shadow.ends_with(['。', ';', '!', '?', ','])
    }

    /// Whether the shadow has at most so many characters; counted only where its bytes leave it open.
    pub fn at_most(&self, limit: usize) -> bool {
        at_most(&self.shadow, limit)
    }
}

/// Whether a text has at most so many characters.
pub(super) fn at_most(text: &str, limit: usize) -> bool {
    text.len() <= limit || (text.len() <= limit.saturating_mul(4) && text.chars().count() <= limit)
}

/// Splits after `count` characters.
pub(super) fn split_chars(text: &str, count: usize) -> (&str, &str) {
    let middle = text
        .char_indices()
        .nth(count)
        .map_or(text.len(), |(index, _)| index);
    text.split_at_checked(middle).unwrap_or((text, ""))
}

/// For every line the index of the nearest later line that satisfies a test, the line itself not
/// counted; one pass from the end.
pub(super) fn next_such(lines: &[Line], test: impl Fn(&Line) -> bool) -> Vec<Option<usize>> {
    let mut nearest = None;
    let mut found: Vec<Option<usize>> = lines
        .iter()
        .enumerate()
        .rev()
        .map(|(index, line)| {
            let answer = nearest;
            if test(line) {
                nearest = Some(index);
            }
            answer
        })
        .collect();
    found.reverse();
    found
}

/// The nearest earlier line that is not blank, with its index.
pub(super) fn before<'l, 'a>(lines: &'l [Line<'a>], index: usize) -> Option<(usize, &'l Line<'a>)> {
    lines
        .get(..index)
        .unwrap_or(lines)
        .iter()
        .enumerate()
        .rev()
        .find(|(_, line)| !line.is_blank())
}

/// The nearest line from `index` on that is not blank, with its index.
pub(super) fn from<'l, 'a>(lines: &'l [Line<'a>], index: usize) -> Option<(usize, &'l Line<'a>)> {
    lines
        .iter()
        .enumerate()
        .skip(index)
        .find(|(_, line)| !line.is_blank())
}
