//! The lines of a file as they stand, each with its shadow, before anything is decided.

use super::label;
use super::marks::Marks;
use crate::documents::model::{NodeKind, shadow};

/// A line of the source.
pub(super) struct Physical<'a> {
    /// 1-based.
    pub number: usize,
    /// Bytes of the source before it.
    pub at: usize,
    /// The source's own characters, line break included.
    pub raw: &'a str,
    /// Characters before the first word: blanks, and the `#` of a Markdown heading or the like.
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
        for (index, (raw, (end, marks))) in text.split_inclusive('\n').zip(&self.lines).enumerate()
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

/// A folded line without blanks at its ends and without what a collection prints before a label,
/// and how many characters stood before it.
pub(super) fn trimmed(folded: &str) -> (usize, &str) {
    let words = folded.trim_start_matches(' ');
    let body = match words.as_bytes().first() {
        Some(b'#') => behind_marks(words),
        Some(b'-' | b'*' | b'+') => behind_list_mark(words),
        // 【: an ideographic bracket is E3 80 90.
        Some(0xe3) => behind_name(words),
        _ => None,
    };
    let body = body.unwrap_or(words);
    let before = folded.len().saturating_sub(body.len());
    let indent = folded.get(..before).map_or(0, |part| part.chars().count());
    (indent, body.trim_end_matches(' '))
}

/// `## 第一章`: a Markdown heading.
fn behind_marks(line: &str) -> Option<&str> {
    let words = line.trim_start_matches('#');
    let marks = line.len().saturating_sub(words.len());
    let body = words.strip_prefix(' ')?.trim_start_matches(' ');
    (marks <= 6 && !body.is_empty()).then_some(body)
}

/// `- (一)`: a label of its own in a Markdown list.
fn behind_list_mark(line: &str) -> Option<&str> {
    let body = line.get(1..)?.strip_prefix(' ')?.trim_start_matches(' ');
    label::recognise(body)
        .filter(|label| label.kind != NodeKind::Bullet)
        .map(|_| body)
}

/// `【章名】 第一章`: some collections name the kind of each line.
fn behind_name(line: &str) -> Option<&str> {
    let (name, body) = line.strip_prefix('【')?.split_once('】')?;
    let known = [
        "章名", "节名", "编名", "编", "分编", "章", "节", "小节", "条",
    ];
    let body = body.trim_start_matches(' ');
    (known.contains(&name) && body.starts_with('第')).then_some(body)
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
