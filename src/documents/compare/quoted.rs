//! Quoted words in a later version of their section.

use super::grams::Grams;
use super::tokens::sentences;
use crate::documents::model::quote::TextQuote;
use std::ops::Range;

/// From this likeness on (per mille of common character pairs) another wording is taken for the
/// quoted one, changed.
const LIKE: u16 = 500;

/// What became of quoted words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Quoted {
    /// They stand there still.
    Same(Range<usize>),
    /// These words stand where they stood, in bytes of the text.
    Changed(Range<usize>),
    Gone,
}

/// Looks for quoted words in a text that may have been revised: the words themselves, or else the
/// sentences (as many as were quoted) that are most like them.
#[must_use]
pub fn quoted(quote: &TextQuote, text: &str) -> Quoted {
    if let Some(place) = quote.find(text) {
        return Quoted::Same(place);
    }
    let wanted = Grams::of(&quote.exact);
    let count = sentences(&quote.exact).len().max(1);
    let mut starts = Vec::new();
    let mut at = 0;
    for sentence in sentences(text) {
        starts.push(at..at + sentence.len());
        at += sentence.len();
    }
    let mut best: Option<(u16, Range<usize>)> = None;
    for run in starts.windows(count.min(starts.len().max(1))) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else {
            continue;
        };
        let place = first.start..last.end;
        let words = text.get(place.clone()).unwrap_or_default();
        let like = wanted.dice(&Grams::of(words));
        // A few quoted words out of a long sentence are like little of it, but stand in it.
        let part = wanted.dice(&wanted.without(&wanted.without(&Grams::of(words))));
        let like = like.max(part.saturating_sub(200));
        if like >= LIKE && best.as_ref().is_none_or(|(known, _)| like > *known) {
            best = Some((like, place));
        }
    }
    best.map_or(Quoted::Gone, |(_, place)| {
        let words = text.get(place.clone()).unwrap_or_default();
        let front = words.len() - words.trim_start().len();
        let back = words.len() - words.trim_end().len();
        Quoted::Changed(place.start + front..place.end - back)
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn quote(exact: &str) -> TextQuote {
        TextQuote {
            exact: exact.into(),
            prefix: String::new(),
            suffix: String::new(),
        }
    }

    #[test]
    fn words_that_stayed_changed_or_went() {
        let text = "各街道每季度组织一次集中清理。责任到人。充电设施由物业管理单位统一规划建设。";
        let found = |words: &str| match quoted(&quote(words), text) {
            Quoted::Same(place) => format!("={}", text.get(place).unwrap()),
            Quoted::Changed(place) => format!("~{}", text.get(place).unwrap()),
            Quoted::Gone => "-".to_owned(),
        };
        assert_eq!(found("责任到人"), "=责任到人");
        assert_eq!(
            found("各街道每月组织一次集中清理。"),
            "~各街道每季度组织一次集中清理。"
        );
        assert_eq!(
            found("充电设施由街道统一规划建设。"),
            "~充电设施由物业管理单位统一规划建设。"
        );
        assert_eq!(found("设立二十四小时投诉电话。"), "-");
        assert_eq!(quoted(&quote("有"), ""), Quoted::Gone);
    }
}
