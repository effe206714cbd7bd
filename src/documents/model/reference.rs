//! Which places of a draft a letter speaks of, each with the words that led there.
//!
//! Three kinds of evidence, strongest first: an expression that names the place, words of the draft
//! quoted or repeated, the words of a heading. A number that fits several places settles nothing
//! unless other evidence chooses among them.

use super::reference_index::Bare;
pub use super::reference_index::Draft;
use super::reference_match::{Fit, spelled};
use super::reference_parse::{Expression, expressions};
use super::reference_words::{by_heading, by_quotation, by_shared_run};
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
    /// The words of the letter that led here, unchanged.
    pub evidence: String,
    /// Where they stand in the text, in characters: the first, and the one after the last.
    pub span: (usize, usize),
    pub why: Why,
    /// Another place fits the same words equally well.
    pub ambiguous: bool,
    /// Larger is surer; only the order means anything.
    pub weight: u32,
    /// How often such evidence is right, in hundredths: 95 named in full, 90 by a number that only
    /// one place has, 85 to 90 quoted, 75 repeated at length, 50 to 70 a heading's or a few words,
    /// 60 named in part; what fits several places shares 80 among them.
    pub confidence: u8,
}

/// Of a letter, in characters; longer ones are read this far.
const LONGEST: usize = 20_000;
/// Of a letter, so many expressions are looked up.
const MOST_NAMES: usize = 500;

/// Every place the text speaks of, surest first; of equals, the one named first. Without places an
/// expression is taken only when it spells out its path from the top.
#[must_use]
pub fn find(text: &str, draft: &Draft) -> Vec<Hit> {
    find_near(text, draft, &[])
}

/// The same for a text that stands below others: `near` are the paths they were about, which choose
/// among places that a number fits equally well.
#[must_use]
pub fn find_near(text: &str, draft: &Draft, near: &[&str]) -> Vec<Hit> {
    let chars: Vec<char> = text.chars().take(LONGEST).collect();
    let named = expressions(&chars);
    let named = named.get(..named.len().min(MOST_NAMES)).unwrap_or_default();
    if draft.is_empty() {
        let spelled = |e: &Expression| {
            let path = spelled(&e.components)?;
            Some(hit(&chars, path, (e.start, e.end), Why::Named, (100, 95)))
        };
        return named.iter().filter_map(spelled).collect();
    }
    let mut hits: Vec<Hit> = Vec::new();
    for expression in named {
        let under = heading_before(&chars, expression.start, draft);
        hits.extend(by_name(&chars, expression, draft, under));
    }
    hits.extend(by_quotation(&chars, draft));
    let bare = Bare::of(&chars);
    hits.extend(by_shared_run(&chars, &bare, draft));
    hits.extend(by_heading(&chars, &bare, draft));
    choose_among_ambiguous(&mut hits, near);
    hits.sort_by_key(|hit| std::cmp::Reverse(hit.weight));
    let mut hits = merged(hits);
    deepest_first(&mut hits);
    hits
}

/// “第二部分重点任务（三）第8条”: of a place and one below it, both named, the lower one is meant.
fn deepest_first(hits: &mut Vec<Hit>) {
    let Some(first) = hits
        .first()
        .filter(|hit| hit.why == Why::Named && !hit.ambiguous)
    else {
        return;
    };
    let below = format!("{}/", first.path);
    let lower = hits
        .iter()
        .position(|hit| hit.why == Why::Named && !hit.ambiguous && hit.path.starts_with(&below));
    if let Some(at) = lower {
        let hit = hits.remove(at);
        hits.insert(0, hit);
    }
}

/// One hit for each place, the surest; evidence of several kinds makes it surer.
fn merged(hits: Vec<Hit>) -> Vec<Hit> {
    let mut seen: HashSet<String> = HashSet::new();
    let mut kept: Vec<Hit> = Vec::new();
    for hit in hits {
        if seen.insert(hit.path.clone()) {
            kept.push(hit);
        } else if let Some(first) = kept.iter_mut().find(|kept| kept.path == hit.path)
            && first.why != hit.why
            && !hit.ambiguous
        {
            first.confidence = first.confidence.saturating_add(5).min(98);
        }
    }
    kept
}

/// The one place to file an opinion under, if the evidence settles it.
#[must_use]
pub fn settled(hits: &[Hit]) -> Option<&Hit> {
    hits.first().filter(|hit| !hit.ambiguous)
}

/// A hit that nothing else contests, with its weight and its confidence.
#[must_use]
pub(super) fn hit(
    chars: &[char],
    path: String,
    span: (usize, usize),
    why: Why,
    (weight, confidence): (u32, u8),
) -> Hit {
    let words = chars.get(span.0..span.1).unwrap_or_default();
    Hit {
        path,
        evidence: words.iter().collect(),
        span,
        why,
        ambiguous: false,
        weight,
        confidence,
    }
}

/// “重点任务第8点”: the place whose heading stands right before the number, and where it begins.
fn heading_before(chars: &[char], start: usize, draft: &Draft) -> Option<(usize, usize)> {
    let from = start.saturating_sub(40);
    let mut before = Bare::of(chars.get(from..start)?);
    for tail in ["部分", "中", "的", "里", "下"] {
        let tail: Vec<char> = tail.chars().collect();
        if before.chars.ends_with(&tail) {
            before.chars.truncate(before.chars.len() - tail.len());
        }
    }
    let fits =
        |(_, heading): &(usize, &Vec<char>)| heading.len() >= 2 && before.chars.ends_with(heading);
    let (place, heading) = draft
        .headings()
        .iter()
        .enumerate()
        .filter(fits)
        .max_by_key(|(_, heading)| heading.len())?;
    let begins = before.at.get(before.chars.len() - heading.len())?;
    Some((place, from + begins))
}

fn by_name(
    chars: &[char],
    expression: &Expression,
    draft: &Draft,
    under: Option<(usize, usize)>,
) -> Vec<Hit> {
    let top = under.and_then(|(place, _)| draft.places().get(place));
    let inside =
        |place: &Place| top.is_none_or(|top| place.path.starts_with(&format!("{}/", top.path)));
    let span = (
        under.map_or(expression.start, |(_, begins)| begins),
        expression.end,
    );
    let mut components = expression.components.as_slice();
    let mut why = Why::Named;
    while !components.is_empty() {
        let fits: Vec<(&Place, u32)> = draft
            .places()
            .iter()
            .zip(draft.steps())
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
            let several = u8::try_from(chosen.len()).unwrap_or(u8::MAX);
            let sure = match (why, components.len() > 1 || under.is_some()) {
                _ if several > 1 => (40, 80 / several),
                (Why::Named, true) => (100, 95),
                (Why::Named, false) if fits.len() > 1 => (80, 80),
                (Why::Named, false) => (80, 90),
                _ => (60, 60),
            };
            let made = |place: &Place| Hit {
                ambiguous: several > 1,
                ..hit(chars, place.path.clone(), span, why, sure)
            };
            return chosen.into_iter().map(made).collect();
        }
        why = Why::NamedInPart;
        components = components.split_last().map_or(&[], |(_, rest)| rest);
    }
    Vec::new()
}

/// Words that fit several places are settled by other evidence for one of them or its parent, in
/// the same text or in those above it.
fn choose_among_ambiguous(hits: &mut [Hit], near: &[&str]) {
    let mut others: Vec<String> = hits
        .iter()
        .filter(|hit| !hit.ambiguous)
        .map(|hit| hit.path.clone())
        .collect();
    if others.is_empty() {
        others.extend(near.iter().map(|&path| path.to_owned()));
    }
    let supported = |path: &str| {
        others
            .iter()
            .any(|other| path == other || path.starts_with(&format!("{other}/")))
    };
    let groups: Vec<(usize, usize)> = hits
        .iter()
        .filter(|hit| hit.ambiguous)
        .map(|hit| hit.span)
        .collect();
    for span in groups {
        let mut chosen = hits
            .iter_mut()
            .filter(|hit| hit.ambiguous && hit.span == span && supported(&hit.path));
        if let (Some(hit), None) = (chosen.next(), chosen.next()) {
            (hit.ambiguous, hit.weight, hit.confidence) = (false, 90, 85);
        }
    }
}
