//! One opinion that goes from one place of the draft to the next, divided at the sentences that
//! name a new place.

use crate::documents::model::reference::{self, Draft, Hit, Why};
use crate::intake::model::opinions::Opinion;

/// A place is the sentence's subject when it is named within its first characters.
const NEAR_START: usize = 16;
/// A sentence this short that names a place above the next one only introduces it.
const INTRODUCTION: usize = 24;
/// Longer opinions are left whole.
const LONGEST: usize = 8_000;
/// Below this, in hundredths, a place divides nothing.
const SURE: u8 = 75;

/// Words before a place that make it a comparison and not the subject.
const COMPARED: &[&str] = &[
    "参照", "参考", "按照", "根据", "依据", "与", "和", "跟", "参见", "详见", "类似", "如", "比",
    "像", "及", "即",
];

/// Words that say what is spoken of.
const ABOUT: &[&str] = &["关于", "对", "对于", "就", "针对", "在", "涉及", "有关"];
const OPEN: [char; 7] = ['“', '"', '「', '（', '(', '《', '‘'];

/// The opinions in one, in order; `None` when it is all on one place. `hits` are the places that the
/// whole of it speaks of.
#[must_use]
pub fn by_place(opinion: &Opinion, hits: &[Hit], draft: &Draft) -> Option<Vec<Opinion>> {
    let sure = |hit: &&Hit| is_sure(hit) || is_headed(hit);
    if hits.iter().filter(sure).count() < 2 {
        return None;
    }
    let chars: Vec<char> = opinion.text.chars().collect();
    if chars.len() > LONGEST {
        return None;
    }
    let label = opinion.label.chars().count();
    let starts = starts(&chars, label, draft);
    if starts.len() < 2 {
        return None;
    }
    let ends = starts.iter().skip(1).copied().chain([chars.len()]);
    let pieces = starts.iter().zip(ends).enumerate();
    let pieces = pieces.filter_map(|(number, (&from, to))| {
        let first = number == 0;
        piece(&chars, if first { 0 } else { from }, to, first, opinion)
    });
    Some(pieces.collect())
}

fn is_sure(hit: &Hit) -> bool {
    !hit.ambiguous && hit.confidence >= SURE && matches!(hit.why, Why::Named | Why::Quoted)
}

/// The words of a heading divide only behind 关于 and the like.
fn is_headed(hit: &Hit) -> bool {
    !hit.ambiguous && hit.why == Why::Heading
}

fn piece(chars: &[char], from: usize, to: usize, first: bool, whole: &Opinion) -> Option<Opinion> {
    let words = chars.get(from..to)?;
    let blanks = words.iter().take_while(|c| c.is_whitespace()).count();
    let text: String = words.iter().collect();
    let text = text.trim().to_owned();
    (!text.is_empty()).then(|| Opinion {
        label: if first {
            whole.label.clone()
        } else {
            String::new()
        },
        text,
        at: whole.at + from + blanks,
    })
}

/// Where the sentences begin that turn to a new place.
fn starts(chars: &[char], label: usize, draft: &Draft) -> Vec<usize> {
    let mut starts: Vec<usize> = Vec::new();
    let mut current: Option<String> = None;
    let mut introduction = 0;
    for (from, to) in sentences(chars, label) {
        let words: String = chars.get(from..to).unwrap_or_default().iter().collect();
        let Some(path) = subject(&words, draft) else {
            introduction = usize::MAX;
            continue;
        };
        let below = current
            .as_ref()
            .is_some_and(|now| path.starts_with(&format!("{now}/")));
        let same = current.as_ref() == Some(&path);
        let introduced = below && introduction <= INTRODUCTION;
        if current.is_none() {
            starts.push(0);
        } else if !same && !introduced {
            starts.push(from);
        }
        introduction = to - from;
        current = Some(path);
    }
    starts
}

/// The place a sentence is about: named near its start and not compared with.
fn subject(sentence: &str, draft: &Draft) -> Option<String> {
    let hits = reference::find(sentence, draft);
    let before = |hit: &Hit| -> String { sentence.chars().take(hit.span.0).collect() };
    let introduced = |hit: &&Hit| {
        let before = before(hit);
        let before = before.trim_end_matches(OPEN);
        is_sure(hit) || is_headed(hit) && ABOUT.iter().any(|word| before.ends_with(word))
    };
    let first = hits
        .iter()
        .filter(introduced)
        .min_by_key(|hit| hit.span.0)?;
    let before = before(first);
    let before = before.trim_end_matches(OPEN);
    let compared = COMPARED.iter().any(|word| before.ends_with(word));
    (before.chars().count() <= NEAR_START && !compared).then(|| first.path.clone())
}

fn sentences(chars: &[char], label: usize) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut from = label;
    for (at, c) in chars.iter().enumerate().skip(label) {
        if matches!(c, '。' | '！' | '？' | '；' | ';' | '\n' | '!' | '?') {
            found.push((from, at + 1));
            from = at + 1;
        }
    }
    if from < chars.len() {
        found.push((from, chars.len()));
    }
    found
}
