//! The label of a single line, for a section that the office opens by hand.

use super::label;
use crate::documents::model::{NodeKind, shadow};

/// A label at the start of a line, in the line's own characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LabelOf<'a> {
    pub label: &'a str,
    /// The blanks behind it.
    pub gap: &'a str,
    pub kind: NodeKind,
    /// 0 for a bullet.
    pub number: u32,
    pub sub_number: Option<u32>,
}

/// The label that a line (without blanks before it) begins with.
#[must_use]
pub fn label_of(line: &str) -> Option<LabelOf<'_>> {
    let (_, shadow) = shadow::fold_trimmed(line);
    let found = label::recognise(&shadow)?;
    let byte = |chars: usize| {
        line.char_indices()
            .nth(chars)
            .map_or(line.len(), |(byte, _)| byte)
    };
    let end = byte(found.chars);
    let gap_end = byte(found.chars.saturating_add(found.gap));
    Some(LabelOf {
        label: line.get(..end)?,
        gap: line.get(end..gap_end)?,
        kind: found.kind,
        number: found.number,
        sub_number: found.sub_number,
    })
}
