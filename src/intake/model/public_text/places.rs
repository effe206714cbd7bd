//! Where something is hidden, and what stands there instead.

use super::HIDDEN;
use std::ops::Range;

/// Places of a text, in characters.
#[derive(Default)]
pub(super) struct Places(Vec<(Range<usize>, Option<String>)>);

impl Places {
    /// Nothing of it is shown.
    pub(super) fn hide(&mut self, at: Range<usize>) {
        if !at.is_empty() {
            self.0.push((at, None));
        }
    }

    /// A masked name is shown instead.
    pub(super) fn rename(&mut self, at: Range<usize>, shown: String) {
        if !at.is_empty() {
            self.0.push((at, Some(shown)));
        }
    }

    /// The text with all of it applied. Where two meet nothing of either is shown.
    pub(super) fn applied(mut self, text: &str, chars: &[char]) -> String {
        if self.0.is_empty() {
            return text.to_owned();
        }
        // At one start the longest first.
        self.0
            .sort_by_key(|(at, _)| (at.start, std::cmp::Reverse(at.end)));
        let mut merged: Vec<(Range<usize>, Option<String>)> = Vec::new();
        for (at, shown) in self.0 {
            match merged.last_mut() {
                Some((last, _)) if last.end >= at.end => {}
                Some((last, with)) if last.end > at.start => {
                    last.end = at.end;
                    *with = None;
                }
                Some((last, None)) if last.end == at.start && shown.is_none() => last.end = at.end,
                _ => merged.push((at, shown)),
            }
        }
        let slice = |at: Range<usize>| chars.get(at).unwrap_or_default().iter();
        let mut applied = String::with_capacity(text.len());
        let mut from = 0;
        for (at, shown) in merged {
            applied.extend(slice(from..at.start));
            applied.push_str(shown.as_deref().unwrap_or(HIDDEN));
            from = at.end;
        }
        applied.extend(slice(from..chars.len()));
        applied
    }
}
