//! The lines of a source text that belong to its documents, with what matching needs to know.

use super::label::{self, Label};
use crate::documents::model::shadow;

/// One line that is not noise.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// 1-based in the source.
    pub number: usize,
    /// The source's own characters, line break included.
    pub raw: String,
    /// Characters of blank before the first word.
    pub indent: usize,
    /// Folded, without blanks at the ends; as many characters as the source has there.
    pub shadow: String,
    pub label: Option<Label>,
    /// An entry of an attachment list: no heading, whatever it looks like.
    pub listed: bool,
}

impl Line {
    pub fn new(number: usize, raw: String) -> Self {
        let (indent, shadow) = shadow::fold_trimmed(&raw);
        let label = label::recognise(&shadow);
        Self {
            number,
            raw,
            indent,
            shadow,
            label,
            listed: false,
        }
    }

    pub fn is_blank(&self) -> bool {
        self.shadow.is_empty()
    }

    /// The source's own characters for a stretch of the shadow, given in bytes of the shadow.
    pub fn printed(&self, from: usize, to: usize) -> String {
        let count = |end: usize| {
            self.shadow
                .get(..end)
                .map_or(0, |part| part.chars().count())
        };
        let start = count(from);
        self.raw
            .chars()
            .skip(self.indent.saturating_add(start))
            .take(count(to).saturating_sub(start))
            .collect()
    }

    /// The source's own characters without blanks at the ends.
    pub fn words(&self) -> String {
        self.printed(0, self.shadow.len())
    }

    /// Ends like a sentence.
    pub fn is_sentence(&self) -> bool {
        self.shadow.ends_with(['。', ';', '!', '?', ','])
    }

    /// Characters of the shadow.
    pub fn length(&self) -> usize {
        self.shadow.chars().count()
    }
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
pub(super) fn before(lines: &[Line], index: usize) -> Option<(usize, &Line)> {
    lines
        .iter()
        .enumerate()
        .take(index)
        .rev()
        .find(|(_, line)| !line.is_blank())
}

/// The nearest line from `index` on that is not blank, with its index.
pub(super) fn from(lines: &[Line], index: usize) -> Option<(usize, &Line)> {
    lines
        .iter()
        .enumerate()
        .skip(index)
        .find(|(_, line)| !line.is_blank())
}
