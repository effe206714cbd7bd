//! Words of a draft found again in a letter: quoted, repeated, or a heading's.

use super::reference::{Hit, Why, hit};
use super::reference_index::{Bare, Draft, GRAM, HEAD};
use std::collections::HashMap;

/// A run of this many characters shared with the draft is no accident.
const SHARED_RUN: usize = 12;
/// One that stands in a single place may be shorter.
const SHORTEST_RUN: usize = 8;
/// Shorter quotations are words, not quotations of the draft.
const SHORTEST_QUOTE: usize = 4;
/// A phrase that stands in more places than this points nowhere.
const MOST_PLACES: usize = 3;
/// Quotations looked up in one letter.
const MOST_QUOTES: usize = 200;

fn contains(text: &[char], wanted: &[char]) -> bool {
    let Some(first) = wanted.first() else {
        return false;
    };
    let mut rest = text;
    while let Some(at) = rest.iter().position(|c| c == first) {
        rest = rest.get(at..).unwrap_or_default();
        if rest.starts_with(wanted) {
            return true;
        }
        rest = rest.get(1..).unwrap_or_default();
    }
    false
}

/// Phrases in quotation marks that stand in the draft; those of four or five characters only when
/// they stand in one place.
#[must_use]
pub fn by_quotation(chars: &[char], draft: &Draft) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (from, to) in quotations(chars).into_iter().take(MOST_QUOTES) {
        let words = Bare::of(chars.get(from..to).unwrap_or_default()).chars;
        if words.len() < SHORTEST_QUOTE {
            continue;
        }
        let holds = |(_, body): &(usize, &Vec<char>)| contains(body, &words);
        let bodies = draft.bodies().iter().enumerate();
        let found: Vec<usize> = bodies
            .filter(holds)
            .map(|(place, _)| place)
            .take(MOST_PLACES + 1)
            .collect();
        if found.len() > MOST_PLACES || found.len() > 1 && words.len() < GRAM {
            continue;
        }
        let several = u8::try_from(found.len()).unwrap_or(u8::MAX);
        let length = u32::try_from(words.len().min(15)).unwrap_or(0);
        let sure = match (several, words.len()) {
            (2.., _) => 80 / several,
            (_, ..GRAM) => 70,
            (_, GRAM..SHARED_RUN) => 85,
            _ => 90,
        };
        let places = found.into_iter().filter_map(|at| draft.places().get(at));
        hits.extend(places.map(|place| Hit {
            ambiguous: several > 1,
            ..hit(
                chars,
                place.path.clone(),
                (from, to),
                Why::Quoted,
                (70 + length, sure),
            )
        }));
    }
    hits
}

/// What stands between quotation marks.
fn quotations(chars: &[char]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    for (at, &c) in chars.iter().enumerate() {
        match (c, open) {
            ('“' | '「' | '『' | '‘', _) | ('"' | '＂', None) => open = Some(at + 1),
            ('”' | '」' | '』' | '’' | '"' | '＂', Some(start)) => {
                found.push((start, at));
                open = None;
            }
            _ => {}
        }
    }
    found
}

/// Words of the draft repeated without quotation marks: for each place the longest run.
#[must_use]
pub fn by_shared_run(chars: &[char], bare: &Bare, draft: &Draft) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    let mut runs: Vec<(usize, usize, usize)> = longest_runs(bare, draft);
    runs.sort_by_key(|&(_, at, length)| (at, std::cmp::Reverse(length)));
    for &(place, at, length) in &runs {
        let rivals = runs
            .iter()
            .filter(|&&(_, other, size)| other < at + length && at < other + size)
            .filter(|&&(_, _, size)| size >= length)
            .count();
        let sure = match (length, rivals) {
            (SHARED_RUN.., ..=MOST_PLACES) => (65, 75),
            (SHORTEST_RUN.., 1) => (50, 60),
            _ => continue,
        };
        let path = draft.places().get(place).map(|place| place.path.clone());
        if let (Some(path), Some(span)) = (path, bare.span(at, length)) {
            hits.push(Hit {
                ambiguous: rivals > 1,
                ..hit(chars, path, span, Why::Quoted, sure)
            });
        }
    }
    hits
}

/// Place, where in the letter, and length of the longest run that each place shares with it.
fn longest_runs(bare: &Bare, draft: &Draft) -> Vec<(usize, usize, usize)> {
    let mut longest: HashMap<usize, (usize, usize)> = HashMap::new();
    // Runs are followed from their first characters only: inside one, the place is passed over.
    let mut done: HashMap<usize, usize> = HashMap::new();
    for (at, gram) in bare.chars.windows(GRAM).enumerate() {
        for found in draft.gram(gram) {
            if done.get(&found.place).is_some_and(|&end| at < end) {
                continue;
            }
            let Some(body) = draft.bodies().get(found.place) else {
                continue;
            };
            let ours = bare.chars.iter().skip(at);
            let theirs = body.iter().skip(found.at);
            let length = ours
                .zip(theirs)
                .take_while(|(one, other)| one == other)
                .count();
            if length >= SHORTEST_RUN {
                done.insert(found.place, at + length - GRAM + 1);
                let best = longest.entry(found.place).or_insert((at, length));
                if length > best.1 {
                    *best = (at, length);
                }
            }
        }
    }
    longest
        .into_iter()
        .map(|(place, (at, length))| (place, at, length))
        .collect()
}

/// The words of a heading.
#[must_use]
pub fn by_heading(chars: &[char], bare: &Bare, draft: &Draft) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (at, head) in bare.chars.windows(HEAD).enumerate() {
        for &place in draft.headed(head) {
            let heading = draft.headings().get(place).map_or(&[][..], Vec::as_slice);
            let stands = bare.chars.get(at..at + heading.len()) == Some(heading);
            if heading.len() > 40 || !stands {
                continue;
            }
            let same =
                |other: &&usize| draft.headings().get(**other).map(Vec::as_slice) == Some(heading);
            let several = draft.headed(head).iter().filter(same).count();
            let weight = 45 + u32::try_from(heading.len().min(15)).unwrap_or(0);
            let sure = if heading.len() >= GRAM { 70 } else { 60 };
            let path = draft.places().get(place).map(|place| place.path.clone());
            if let (Some(path), Some(span)) = (path, bare.span(at, heading.len())) {
                hits.push(Hit {
                    ambiguous: several > 1,
                    ..hit(chars, path, span, Why::Heading, (weight, sure))
                });
            }
        }
    }
    hits
}
