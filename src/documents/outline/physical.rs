//! The lines of a file as they stand, each with its shadow, before anything is decided.

use super::marks::Marks;
use crate::documents::model::shadow;

/// A line of the source.
pub(super) struct Physical<'a> {
    /// 1-based.
    pub number: usize,
    /// Bytes of the source before it.
    pub at: usize,
    /// The source's own characters, line break included.
    pub raw: &'a str,
    /// Characters before the first word.
    pub indent: usize,
    /// Folded, without blanks at the ends.
    pub shadow: &'a str,
    /// A row of a table, a picture or a footnote.
    pub inert: bool,
    pub marks: Marks,
}

/// The shadow of a whole text, and for each line where it ends in it, and its marks.
pub(super) struct Folded {
    shadow: String,
    lines: Vec<(usize, Marks)>,
}

impl Folded {
    /// Folds a text line by line into one buffer, so that no line needs a buffer of its own.
    pub fn of(text: &str) -> Self {
        let mut shadow = String::with_capacity(text.len());
        let mut lines = Vec::new();
        for raw in text.split_inclusive('\n') {
            let mut marks = Marks::default();
            shadow::fold_into(raw, &mut shadow, |c| marks.see(c));
            lines.push((shadow.len(), marks));
        }
        Self { shadow, lines }
    }

    /// The lines of the text this was made of.
    pub fn lines<'a>(&'a self, text: &'a str) -> Vec<Physical<'a>> {
        let mut lines = Vec::with_capacity(self.lines.len());
        let (mut at, mut start) = (0_usize, 0_usize);
        for (index, (raw, (end, marks))) in
            text.split_inclusive('\n').zip(&self.lines).enumerate()
        {
            let folded = self.shadow.get(start..*end).unwrap_or_default();
            let (indent, shadow) = trimmed(folded);
            lines.push(Physical {
                number: index.saturating_add(1),
                at,
                raw,
                indent,
                shadow,
                inert: is_inert(raw, shadow),
                marks: *marks,
            });
            at = at.saturating_add(raw.len());
            start = *end;
        }
        lines
    }
}

/// A folded line without blanks at its ends and without the `#` of a Markdown heading, and how
/// many characters stood before it.
pub(super) fn trimmed(folded: &str) -> (usize, &str) {
    let mut body = folded.trim_start_matches(' ');
    if body.starts_with('#') {
        let words = body.trim_start_matches('#');
        let marks = body.len().saturating_sub(words.len());
        if marks <= 6 && words.starts_with(' ') && !words.trim_start_matches(' ').is_empty() {
            body = words.trim_start_matches(' ');
        }
    }
    // Blanks and # are one byte each in the shadow.
    let indent = folded.len().saturating_sub(body.len());
    (indent, body.trim_end_matches(' '))
}

/// What the readers of other formats mark: a table row between tabs, a picture as U+FFFC, a
/// footnote as 〔注1〕.
fn is_inert(raw: &str, shadow: &str) -> bool {
    let row = raw.starts_with('\t') && raw.trim_end_matches(['\r', '\n']).ends_with('\t');
    (row && !shadow.is_empty())
        || shadow.starts_with('\u{fffc}')
        || shadow
            .strip_prefix("〔注")
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}
