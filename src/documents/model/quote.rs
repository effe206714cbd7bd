//! Words of a text, named so that they are found again: a W3C Web Annotation `TextQuoteSelector`
//! (Web Annotation Data Model, 4.2.4), within one section of one version.

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Longest quote, in characters: more than a paragraph is a remark on the section.
pub const LONGEST: usize = 1_000;
/// What is kept of the words around a quote, in characters.
const AROUND: usize = 32;

/// The quoted words with a little of what stands around them. Stored as the standard's own JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "TextQuoteSelector")]
pub struct TextQuote {
    /// The words themselves, as printed.
    pub exact: String,
    /// What stands before them in the section, at most 32 characters.
    #[serde(default)]
    pub prefix: String,
    /// What stands behind them, at most 32 characters.
    #[serde(default)]
    pub suffix: String,
}

impl TextQuote {
    /// The selector of a stretch of a text, given in bytes; `None` when the stretch does not lie in
    /// the text, holds no words, or is longer than [`LONGEST`].
    #[must_use]
    pub fn of(text: &str, stretch: Range<usize>) -> Option<Self> {
        let exact = text.get(stretch.clone())?.trim();
        if exact.is_empty() || exact.chars().count() > LONGEST {
            return None;
        }
        let before = text.get(..stretch.start)?;
        let after = text.get(stretch.end..)?;
        let skipped = before.chars().count().saturating_sub(AROUND);
        Some(Self {
            exact: exact.to_owned(),
            prefix: before.chars().skip(skipped).collect(),
            suffix: after.chars().take(AROUND).collect(),
        })
    }

    /// Where the words stand in a text, in bytes. Blanks and line ends do not count, because a
    /// browser's selection and the source differ in them. Of several places the one whose
    /// surroundings agree best is taken, of equals the first.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<Range<usize>> {
        let hay = Packed::of(text);
        let needle = Packed::of(&self.exact);
        if needle.words.is_empty() {
            return None;
        }
        let (prefix, suffix) = (Packed::of(&self.prefix), Packed::of(&self.suffix));
        let mut best: Option<(usize, Range<usize>)> = None;
        for (at, _) in hay.words.match_indices(&needle.words) {
            let end = at + needle.words.len();
            let (before, _) = hay.words.split_at_checked(at)?;
            let (_, after) = hay.words.split_at_checked(end)?;
            let agree = common(before.chars().rev(), prefix.words.chars().rev())
                + common(after.chars(), suffix.words.chars());
            if best.as_ref().is_none_or(|(known, _)| agree > *known) {
                best = Some((agree, hay.stretch(at, end)?));
            }
        }
        best.map(|(_, stretch)| stretch)
    }

    /// The same words, named anew from where they stand in a text: a browser's word for what stands
    /// around them is not taken on trust.
    #[must_use]
    pub fn anew(&self, text: &str) -> Option<Self> {
        Self::of(text, self.find(text)?)
    }
}

fn common(one: impl Iterator<Item = char>, other: impl Iterator<Item = char>) -> usize {
    one.zip(other).take_while(|(a, b)| a == b).count()
}

/// A text without blanks, and where each of its characters stood.
struct Packed {
    words: String,
    /// For each character its start in `words`, and where it starts and ends in the text.
    places: Vec<(usize, usize, usize)>,
}

impl Packed {
    fn of(text: &str) -> Self {
        let mut words = String::with_capacity(text.len());
        let mut places = Vec::new();
        for (at, c) in text.char_indices() {
            if !c.is_whitespace() {
                places.push((words.len(), at, at + c.len_utf8()));
                words.push(c);
            }
        }
        Self { words, places }
    }

    /// The stretch of the text from the character at `from` to the one that ends at `to`.
    fn stretch(&self, from: usize, to: usize) -> Option<Range<usize>> {
        let first = self.places.partition_point(|(at, ..)| *at < from);
        let behind = self.places.partition_point(|(at, ..)| *at < to);
        let start = self.places.get(first)?.1;
        let end = self.places.get(behind.checked_sub(1)?)?.2;
        Some(start..end)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn quote(exact: &str, prefix: &str, suffix: &str) -> TextQuote {
        TextQuote {
            exact: exact.into(),
            prefix: prefix.into(),
            suffix: suffix.into(),
        }
    }

    #[test]
    fn words_are_found_whatever_the_blanks() {
        let text = "各街道 每月\n组织一次集中清理。";
        let found = quote("每月组织 一次", "", "").find(text).unwrap();
        assert_eq!(text.get(found).unwrap(), "每月\n组织一次");
        assert!(quote("每周组织", "", "").find(text).is_none());
        assert!(quote(" \n", "", "").find(text).is_none());
    }

    #[test]
    fn of_several_places_the_surroundings_decide() {
        let text = "甲街道负责清理；乙街道负责清理；丙街道负责清理。";
        for (name, at) in [("甲", 0), ("乙", 1), ("丙", 2)] {
            let place = text.match_indices("负责清理").nth(at).unwrap().0;
            let found = quote("负责清理", &format!("{name}街道"), "")
                .find(text)
                .unwrap();
            assert_eq!(found.start, place, "{name}");
        }
        let last = quote("负责清理", "", "。").find(text).unwrap();
        assert_eq!(last.start, text.rfind("负责清理").unwrap());
    }

    #[test]
    fn what_is_named_is_found_again_at_its_place() {
        let text = "重复。重复。🙂重复。完。";
        for (start, c) in text.char_indices() {
            for (end, _) in text.char_indices().skip_while(|(at, _)| *at <= start) {
                let named = TextQuote::of(text, start..end).unwrap();
                assert_eq!(named.find(text), Some(start..end), "{c} {named:?}");
            }
        }
        assert!(TextQuote::of(text, 1..3).is_none(), "a cut character");
        assert!(TextQuote::of(&"长".repeat(1_001), 0..3_003).is_none());
    }

    #[test]
    fn it_is_stored_as_the_standard_writes_it() {
        let json = serde_json::to_value(quote("甲", "乙", "")).unwrap();
        assert_eq!(
            json,
            serde_json::json!({"type": "TextQuoteSelector", "exact": "甲", "prefix": "乙", "suffix": ""})
        );
        assert!(serde_json::from_str::<TextQuote>(r#"{"type":"TextQuoteSelector"}"#).is_err());
    }
}
