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
}

impl Opinion {
    /// The words without the letter's own number, which is not a place of the draft; a numeral
    /// before a bracket (`二（三）`) may be one and stays.
    #[must_use]
    pub fn words(&self) -> &str {
        match self.text.strip_prefix(&self.label) {
            Some(rest) if !self.label.is_empty() && !rest.trim_start().starts_with(['(', '（']) => {
                rest
            }
            _ => &self.text,
        }
    }
}

/// A letter divided into opinions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// Greeting and introduction before the first numbered opinion.
    pub lead: String,
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
    if body.trim().is_empty() {
        let opinions = if text.trim().is_empty() {
            Vec::new()
        } else {
            vec![Opinion {
                label: String::new(),
                text: text.trim().to_owned(),
            }]
        };
        return Split {
            opinions,
            ..Split::default()
        };
    }
    let chars: Vec<char> = body.chars().collect();
    let shadow: Vec<char> = chars.iter().map(|&c| half(c)).collect();
    let starts = chain(&shadow).unwrap_or_else(|| references_at_line_start(&shadow));
    let slice = |from: usize, to: usize| {
        chars
            .iter()
            .skip(from)
            .take(to.saturating_sub(from))
            .collect::<String>()
            .trim()
            .to_owned()
    };
    let Some(&(first, _)) = starts.first() else {
        return Split {
            lead: String::new(),
            opinions: vec![Opinion {
                label: String::new(),
                text: slice(0, chars.len()),
            }],
            closing,
        };
    };
    let lead = slice(0, first);
    let keeps_lead = lead.chars().count() <= LONGEST_LEAD;
    let ends = starts
        .iter()
        .skip(1)
        .map(|&(at, _)| at)
        .chain([chars.len()]);
    let opinions = starts
        .iter()
        .zip(ends)
        .enumerate()
        .map(|(index, (&(at, length), end))| Opinion {
            label: slice(at, at + length),
            text: slice(if index == 0 && !keeps_lead { 0 } else { at }, end),
        })
        .collect();
    Split {
        lead: if keeps_lead { lead } else { String::new() },
        opinions,
        closing,
    }
}

/// Takes courtesies, name, date and contact lines off the end, as long as something is left.
fn without_closing(text: &str) -> (String, String) {
    let lines: Vec<&str> = text.lines().collect();
    let kept = lines
        .iter()
        .rposition(|line| !line.trim().is_empty() && !super::closing::is_closing(line))
        .map_or(0, |at| at + 1);
    let join = |part: &[&str]| part.join("\n").trim().to_owned();
    match lines.split_at_checked(kept) {
        Some((body, closing)) if kept > 0 => (join(body), join(closing)),
        _ => (text.to_owned(), String::new()),
    }
}
