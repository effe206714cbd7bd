//! Several numbered opinions in one letter, told apart.
//!
//! Nothing is lost: lead, opinions and closing, joined with their line breaks, are the letter.

use super::opinion_marks::{chain, references_at_line_start};
use crate::width::half;

/// One opinion, its number kept in front.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opinion {
    /// `一、`, `1.`, `（2）`, `第三，` as written; empty when the letter numbers nothing.
    pub label: String,
    pub text: String,
    /// Characters of the letter before `text`.
    pub at: usize,
}

impl Opinion {
    /// The words without the letter's own number, which is not a place of the draft, and how many
    /// characters of the letter stand before them; a numeral before a bracket (`二（三）`) may be a
    /// place and stays.
    #[must_use]
    pub fn words(&self) -> (&str, usize) {
        match self.text.strip_prefix(&self.label) {
            Some(rest) if !self.label.is_empty() && !rest.trim_start().starts_with(['(', '（']) => {
                (rest, self.at + self.label.chars().count())
            }
            _ => (&self.text, self.at),
        }
    }
}

/// A letter divided into opinions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// Greeting and introduction before the first numbered opinion.
    pub lead: String,
    /// Characters of the letter before `lead`.
    pub lead_at: usize,
    pub opinions: Vec<Opinion>,
    /// Courtesies, name, date and contact lines after the last: they are not part of an opinion,
    /// and must not be published with it.
    pub closing: String,
}

/// An introduction longer than this says something itself and stays with the first opinion.
const LONGEST_LEAD: usize = 120;

/// Splits a letter. One opinion, numbered or not, stays one; an empty text has none.
#[must_use]
pub fn split(text: &str) -> Split {
    let (body, closing) = without_closing(text);
    let chars: Vec<char> = text.chars().collect();
    if body.trim().is_empty() {
        return Split {
            opinions: stretch(&chars, 0, chars.len(), 0).into_iter().collect(),
            ..Split::default()
        };
    }
    let length = body.chars().count();
    let shadow: Vec<char> = chars
        .iter()
        .take(length)
        .map(|&c| if c == '\t' { c } else { half(c) })
        .collect();
    let starts = chain(&shadow).unwrap_or_else(|| references_at_line_start(&shadow));
    let Some(&(first, _)) = starts.first() else {
        return Split {
            opinions: stretch(&chars, 0, length, 0).into_iter().collect(),
            closing,
            ..Split::default()
        };
    };
    let lead = stretch(&chars, 0, first, 0);
    let keeps_lead = lead
        .as_ref()
        .is_none_or(|lead| lead.text.chars().count() <= LONGEST_LEAD);
    let ends = starts.iter().skip(1).map(|&(at, _)| at).chain([length]);
    let opinions = starts
        .iter()
        .zip(ends)
        .enumerate()
        .filter_map(|(index, (&(at, label), end))| {
            let from = if index == 0 && !keeps_lead { 0 } else { at };
            stretch(&chars, from, end, label)
        })
        .collect();
    let lead = lead.filter(|_| keeps_lead);
    Split {
        lead_at: lead.as_ref().map_or(0, |lead| lead.at),
        lead: lead.map(|lead| lead.text).unwrap_or_default(),
        opinions,
        closing,
    }
}

/// A stretch of the letter without blanks at its ends, its first `label` characters the number.
fn stretch(chars: &[char], from: usize, to: usize, label: usize) -> Option<Opinion> {
    let words = chars.get(from..to)?;
    let blanks = words.iter().take_while(|c| c.is_whitespace()).count();
    let text: String = words.iter().collect();
    let text = text.trim().to_owned();
    let label: String = words.iter().take(label).collect();
    (!text.is_empty()).then(|| Opinion {
        label: label.trim().to_owned(),
        text,
        at: from + blanks,
    })
}

/// Takes courtesies, name, date and contact lines off the end, as long as something is left; the
/// first half is a beginning of the text as it stands.
fn without_closing(text: &str) -> (&str, String) {
    let mut kept = text.len();
    for line in text.split_inclusive('\n').rev() {
        if !line.trim().is_empty() && !super::closing::is_closing(line.trim_end()) {
            break;
        }
        kept -= line.len();
    }
    match text.split_at_checked(kept) {
        Some((body, closing)) if kept > 0 => (body.trim_end(), closing.trim().to_owned()),
        _ => (text, String::new()),
    }
}
