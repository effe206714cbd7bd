//! Words of a draft found again in a letter: quoted, repeated, or a heading's.

use super::reference::{Hit, Place, Why, hit};
use std::collections::HashSet;

/// A run of this many characters shared with the draft is no accident.
const SHARED_RUN: usize = 12;
/// Shorter quotations are words, not quotations of the draft.
const SHORTEST_QUOTE: usize = 6;
/// A phrase that stands in more places than this points nowhere.
const MOST_PLACES: usize = 3;
const SHORTEST_HEADING: usize = 4;

/// Letters, digits and ideographs only: punctuation differs between a draft and what people type.
#[must_use]
pub fn bare<'a>(chars: impl Iterator<Item = &'a char>) -> Vec<char> {
    chars
        .map(|&c| crate::width::half(c).to_ascii_lowercase())
        .filter(|c| c.is_alphanumeric())
        .collect()
}

fn contains(text: &[char], wanted: &[char]) -> bool {
    !wanted.is_empty() && text.windows(wanted.len()).any(|window| window == wanted)
}

/// Phrases in quotation marks that stand in the draft.
#[must_use]
pub fn by_quotation(chars: &[char], places: &[Place]) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut open: Option<usize> = None;
    for (at, &c) in chars.iter().enumerate() {
        match (c, open) {
            ('“' | '「' | '『' | '‘', _) | ('"', None) => open = Some(at + 1),
            ('”' | '」' | '』' | '’' | '"', Some(start)) => {
                let phrase: Vec<char> =
                    chars.iter().skip(start).take(at - start).copied().collect();
                let words = bare(phrase.iter());
                open = None;
                if words.len() >= SHORTEST_QUOTE {
                    let weight = 70 + u32::try_from(words.len().min(15)).unwrap_or(0);
                    hits.extend(holding(
                        &words,
                        &phrase.iter().collect::<String>(),
                        places,
                        weight,
                    ));
                }
            }
            _ => {}
        }
    }
    hits
}

fn holding(words: &[char], shown: &str, places: &[Place], weight: u32) -> Vec<Hit> {
    let found: Vec<&Place> = places
        .iter()
        .filter(|place| {
            let text: Vec<char> = place.heading.chars().chain(place.text.chars()).collect();
            contains(&bare(text.iter()), words)
        })
        .take(MOST_PLACES + 1)
        .collect();
    if found.len() > MOST_PLACES {
        return Vec::new();
    }
    let ambiguous = found.len() > 1;
    found
        .into_iter()
        .map(|place| Hit {
            ambiguous,
            ..hit(place.path.clone(), shown, Why::Quoted, weight)
        })
        .collect()
}

/// Words of the draft repeated without quotation marks.
#[must_use]
pub fn by_shared_run(plain: &[char], places: &[Place]) -> Vec<Hit> {
    let grams: HashSet<&[char]> = plain.windows(SHARED_RUN).collect();
    let found: Vec<(&Place, String)> = places
        .iter()
        .filter_map(|place| {
            let chars: Vec<char> = place.text.chars().collect();
            let text = bare(chars.iter());
            let shared = text
                .windows(SHARED_RUN)
                .find(|window| grams.contains(window))?;
            Some((place, shared.iter().collect()))
        })
        .take(MOST_PLACES + 1)
        .collect();
    if found.len() > MOST_PLACES {
        return Vec::new();
    }
    found
        .into_iter()
        .map(|(place, shared)| hit(place.path.clone(), &shared, Why::Quoted, 65))
        .collect()
}

/// The words of a heading.
#[must_use]
pub fn by_heading(plain: &[char], places: &[Place]) -> Vec<Hit> {
    places
        .iter()
        .filter_map(|place| {
            let chars: Vec<char> = place.heading.chars().collect();
            let heading = bare(chars.iter());
            let sound =
                (SHORTEST_HEADING..=40).contains(&heading.len()) && contains(plain, &heading);
            let weight = 45 + u32::try_from(heading.len().min(15)).unwrap_or(0);
            sound.then(|| hit(place.path.clone(), &place.heading, Why::Heading, weight))
        })
        .collect()
}
