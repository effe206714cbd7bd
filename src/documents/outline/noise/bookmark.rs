//! `[bookmark: …]`: what a word processor leaves in the text it is copied from.

use super::{Physical, SetAside};
use std::borrow::Cow;

pub(super) const OPENING: &str = "[bookmark:";

/// The line without its bookmarks, each of which goes to the noise.
pub(super) fn cut<'a>(line: &Physical<'a>, noise: &mut SetAside<'_>) -> Cow<'a, str> {
    if !(noise.bookmarks && line.raw.contains(OPENING)) {
        return Cow::Borrowed(line.raw);
    }
    let mut kept = String::new();
    let mut rest = line.raw;
    let mut at = line.at;
    while let Some((before, from)) = split_at_opening(rest) {
        let Some((mark, after)) = from.split_once(']') else {
            break;
        };
        kept.push_str(before);
        at = at.saturating_add(before.len());
        let text = format!("{mark}]");
        let bytes = text.len();
        noise.piece(line.number, at, text, "文字处理软件残留的书签");
        at = at.saturating_add(bytes);
        rest = after;
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

fn split_at_opening(text: &str) -> Option<(&str, &str)> {
    text.split_at_checked(text.find(OPENING)?)
}
