//! Lists of attachments: their entries look like titles and headings, and are neither.

use super::lines::Line;
use super::{label, signature, title};
use crate::documents::model::NodeKind;

/// Marks the lines of attachment lists: `附件:1.…` and the numbered lines that follow it.
pub(super) fn mark(lines: &mut [Line]) {
    let mut expected: Option<u32> = None;
    let mut opened_bare = false;
    for line in lines.iter_mut() {
        if line.inert {
            continue;
        }
        if let Some(rest) = list_opening(&line.shadow) {
            let label = label::recognise(rest).filter(|label| label.kind == NodeKind::Third);
            expected = Some(label.map_or(1, |label| label.number.saturating_add(1)));
            opened_bare = rest.is_empty();
        } else if line.is_blank() {
            continue;
        } else if let Some(next) = expected {
            let counted = line
                .label
                .filter(|label| label.kind == NodeKind::Third && label.number == next)
                .is_some_and(|_| !line.is_sentence());
            let bare = opened_bare && next == 1 && title::has_shape(line);
            if counted {
                expected = Some(next.saturating_add(1));
            } else if !(bare || (line.shadow.starts_with('《') && title::has_shape(line))) {
                expected = None;
            }
        }
        if expected.is_some() {
            line.label = None;
            line.listed = true;
        }
    }
    unmark_markers(lines);
}

/// The name in `附件三:在…实施的法律`, as printed: a numbered attachment on a line of its own.
pub(super) fn named_attachment<'l>(line: &'l Line) -> Option<&'l str> {
    let rest = line.shadow.strip_prefix("附件").filter(|_| !line.inert)?;
    let numbered = rest
        .trim_start_matches(' ')
        .starts_with(signature::is_count);
    let name = list_opening(&line.shadow).filter(|name| {
        numbered && !name.is_empty() && label::recognise(name).is_none() && !line.is_sentence()
    })?;
    let start = line.shadow.len().saturating_sub(name.len());
    Some(line.printed(start, line.shadow.len()))
}

/// What follows `附件:` or `附件1:` on a line that opens a list.
fn list_opening(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("附件")?.trim_start_matches(' ');
    let rest = rest.trim_start_matches(|c: char| signature::is_count(c));
    Some(rest.strip_prefix(':')?.trim_start_matches(' '))
}

/// `附件:` or `附件1:` with no entry behind it is a marker after all.
fn unmark_markers(lines: &mut [Line]) {
    let mut listed_after = false;
    for line in lines.iter_mut().rev() {
        if line.is_blank() {
            continue;
        }
        let bare = list_opening(&line.shadow).is_some_and(str::is_empty);
        if line.listed && bare && !listed_after {
            line.listed = false;
        }
        listed_after = line.listed && !bare;
    }
}
