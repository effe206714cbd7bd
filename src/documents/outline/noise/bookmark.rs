//! `[bookmark: …]`: what a word processor leaves in the text it is copied from.

use super::Physical;
use crate::documents::model::Noise;

const OPENING: &str = "[bookmark:";

/// The line without its bookmarks, each of which goes to the noise.
pub(super) fn cut(line: &Physical<'_>, noise: &mut Vec<Noise>) -> String {
    let mut kept = String::new();
    let mut rest = line.raw;
    let mut at = line.at;
    while let Some((before, from)) = split_at_opening(rest) {
        let Some((mark, after)) = from.split_once(']') else {
            break;
        };
        kept.push_str(before);
        at = at.saturating_add(before.chars().count());
        let text = format!("{mark}]");
        let chars = text.chars().count();
        noise.push(Noise {
            lines: [line.number, line.number],
            reason: "文字处理软件残留的书签".to_owned(),
            at,
            text,
        });
        at = at.saturating_add(chars);
        rest = after;
    }
    kept.push_str(rest);
    kept
}

fn split_at_opening(text: &str) -> Option<(&str, &str)> {
    text.split_at_checked(text.find(OPENING)?)
}
