//! Which places of a draft a letter speaks of, each with the words that led there.
//!
//! Three kinds of evidence, strongest first: an expression that names the place, words of the draft
//! quoted or repeated, the words of a heading. A number that fits several places settles nothing
//! unless other evidence chooses among them.

use super::reference_match::{Fit, spelled, steps_of};
use super::reference_parse::{Expression, expressions};
use super::reference_words::{bare, by_heading, by_quotation, by_shared_run};
use std::collections::HashSet;

/// One place of a draft. `path` is the canonical labels from the top joined by `/`: `二/(三)/8`,
/// `一/(二)/—3`, `第12条`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    pub path: String,
    /// As printed.
    pub label: String,
    pub heading: String,
    /// The place's own words, without its children's.
    pub text: String,
}

/// What sort of evidence a hit rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Named by its number, all of which was found.
    Named,
    /// Named by a number that reaches further than the draft does: this is the part that exists.
    NamedInPart,
    /// Words of the draft stand in the letter, in quotation marks or not.
    Quoted,
    /// The words of its heading stand in the letter.
    Heading,
}

/// A place the letter may speak of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    pub path: String,
    /// The words of the letter that led here, unchanged where they stand together.
    pub evidence: String,
    pub why: Why,
    /// Another place fits the same words equally well.
    pub ambiguous: bool,
    /// Larger is surer; only the order means anything.
    pub weight: u32,
}

/// Of a letter, in characters; longer ones are read this far.
const LONGEST: usize = 20_000;

/// Every place the text speaks of, surest first; of equals, the one named first. Without places an
/// expression is taken only when it spells out its path from the top.
#[must_use]
pub fn find(text: &str, places: &[Place]) -> Vec<Hit> {
    let chars: Vec<char> = text.chars().take(LONGEST).collect();
    let named = expressions(&chars);
    if places.is_empty() {
        return named
            .iter()
            .filter_map(|e| {
                spelled(&e.components).map(|path| hit(path, &evidence(&chars, e), Why::Named, 100))
            })
            .collect();
    }
    let steps: Vec<_> = places.iter().map(|place| steps_of(&place.path)).collect();
    let mut hits: Vec<Hit> = Vec::new();
    for expression in &named {
        let under = heading_before(&chars, expression.start, places);
        hits.extend(by_name(&chars, expression, places, &steps, under));
    }
    let plain = bare(chars.iter());
    hits.extend(by_quotation(&chars, places));
    if !plain.is_empty() {
        hits.extend(by_shared_run(&plain, places));
        hits.extend(by_heading(&plain, places));
    }
    choose_among_ambiguous(&mut hits);
    hits.sort_by_key(|hit| std::cmp::Reverse(hit.weight));
    let mut seen = HashSet::new();
    hits.retain(|hit| seen.insert(hit.path.clone()));
    hits
}

/// The one place to file an opinion under, if the evidence settles it.
#[must_use]
pub fn settled(hits: &[Hit]) -> Option<&Hit> {
    hits.first().filter(|hit| !hit.ambiguous)
}

/// A hit that nothing else contests.
#[must_use]
pub(super) fn hit(path: String, evidence: &str, why: Why, weight: u32) -> Hit {
    Hit {
        path,
        evidence: evidence.trim().to_owned(),
        why,
        ambiguous: false,
        weight,
    }
}

fn evidence(chars: &[char], expression: &Expression) -> String {
    chars
        .iter()
        .skip(expression.start)
        .take(expression.end - expression.start)
        .collect()
}

/// “重点任务第8点”: the place whose heading stands right before the number.
fn heading_before<'a>(chars: &[char], start: usize, places: &'a [Place]) -> Option<&'a Place> {
    let before: Vec<char> = chars
        .iter()
        .take(start)
        .skip(start.saturating_sub(40))
        .copied()
        .collect();
    let mut before = bare(before.iter());
    for tail in ["部分", "中", "的", "里", "下"] {
        let tail: Vec<char> = tail.chars().collect();
        if before.ends_with(&tail) {
            before.truncate(before.len() - tail.len());
        }
    }
    places
        .iter()
        .filter(|place| {
            let heading: Vec<char> = place.heading.chars().collect();
            let heading = bare(heading.iter());
            heading.len() >= 2 && before.ends_with(&heading)
        })
        .max_by_key(|place| place.heading.chars().count())
}

fn by_name(
    chars: &[char],
    expression: &Expression,
    places: &[Place],
    steps: &[Vec<super::reference_match::PathStep>],
    under: Option<&Place>,
) -> Vec<Hit> {
    let inside =
        |place: &Place| under.is_none_or(|top| place.path.starts_with(&format!("{}/", top.path)));
    let mut components = expression.components.as_slice();
    let mut why = Why::Named;
    while !components.is_empty() {
        let fits: Vec<(&Place, u32)> = places
            .iter()
            .zip(steps)
            .filter(|(place, _)| inside(place))
            .filter_map(|(place, steps)| Fit::of(components, steps).map(|fit| (place, fit.score)))
            .collect();
        let best = fits.iter().map(|(_, score)| *score).max();
        let chosen: Vec<&Place> = fits
            .iter()
            .filter(|(_, score)| Some(*score) == best)
            .map(|(place, _)| *place)
            .collect();
        if !chosen.is_empty() {
            let weight = match (why, components.len() > 1 || under.is_some()) {
                (Why::Named, true) => 100,
                (Why::Named, false) => 80,
                _ => 60,
            };
            let ambiguous = chosen.len() > 1;
            let words = evidence(chars, expression);
            let words = under.map_or(words.clone(), |top| format!("{}{words}", top.heading));
            return chosen
                .into_iter()
                .map(|place| Hit {
                    ambiguous,
                    weight: if ambiguous { 40 } else { weight },
                    ..hit(place.path.clone(), &words, why, weight)
                })
                .collect();
        }
        why = Why::NamedInPart;
        components = components.split_last().map_or(&[], |(_, rest)| rest);
    }
    Vec::new()
}

/// A number that fits several places is settled by other evidence for one of them or its parent.
fn choose_among_ambiguous(hits: &mut [Hit]) {
    let others: Vec<String> = hits
        .iter()
        .filter(|hit| !hit.ambiguous)
        .map(|hit| hit.path.clone())
        .collect();
    let supported = |path: &str| {
        others
            .iter()
            .any(|other| path == other || path.starts_with(&format!("{other}/")))
    };
    let groups: Vec<String> = hits
        .iter()
        .filter(|hit| hit.ambiguous)
        .map(|hit| hit.evidence.clone())
        .collect();
    for words in groups {
        let chosen: Vec<String> = hits
            .iter()
            .filter(|hit| hit.ambiguous && hit.evidence == words && supported(&hit.path))
            .map(|hit| hit.path.clone())
            .collect();
        if let [path] = chosen.as_slice()
            && let Some(hit) = hits
                .iter_mut()
                .find(|hit| hit.ambiguous && hit.path == *path)
        {
            (hit.ambiguous, hit.weight) = (false, 90);
        }
    }
}
