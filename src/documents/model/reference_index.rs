//! A draft made ready for looking up the words of letters: built once, asked by every letter.

use super::reference::Place;
use super::reference_match::{PathStep, steps_of};
use std::collections::HashMap;
use std::sync::Arc;

/// Letters, digits and ideographs of a text, and where each stood, in characters: punctuation
/// differs between a draft and what people type.
#[derive(Clone, Debug, Default)]
pub(super) struct Bare {
    pub chars: Vec<char>,
    /// For each of `chars` its place in the text.
    pub at: Vec<usize>,
}

impl Bare {
    pub(super) fn of<'a>(text: impl IntoIterator<Item = &'a char>) -> Self {
        let mut bare = Self::default();
        for (at, &c) in text.into_iter().enumerate() {
            let c = crate::width::half(c).to_ascii_lowercase();
            if c.is_alphanumeric() {
                bare.chars.push(c);
                bare.at.push(at);
            }
        }
        bare
    }

    fn of_text(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        Self::of(&chars)
    }

    /// Where a stretch of the bare characters lies in the text: first character and the one after
    /// the last.
    pub(super) fn span(&self, from: usize, length: usize) -> Option<(usize, usize)> {
        let last = (from + length).checked_sub(1)?;
        Some((*self.at.get(from)?, self.at.get(last)? + 1))
    }
}

/// So many characters make a key.
pub(super) const GRAM: usize = 6;
/// Headings are found by their first characters.
pub(super) const HEAD: usize = 4;
/// A run of characters that stands more often in the draft points nowhere.
const MOST: usize = 8;

/// Characters packed into one number, 21 bits each.
pub(super) fn key(chars: &[char]) -> u128 {
    chars
        .iter()
        .fold(0, |key, &c| (key << 21) | u128::from(u32::from(c)))
}

/// A place and where in its words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub place: usize,
    pub at: usize,
}

#[derive(Debug, Default)]
struct Indexed {
    places: Vec<Place>,
    steps: Vec<Vec<PathStep>>,
    headings: Vec<Vec<char>>,
    /// Heading and text of each place, bare.
    bodies: Vec<Vec<char>>,
    grams: HashMap<u128, Vec<Found>>,
    heads: HashMap<u128, Vec<usize>>,
}

/// The places of a draft, and where each of their words stands. Copies share one index.
#[derive(Clone, Debug, Default)]
pub struct Draft(Arc<Indexed>);

impl From<Vec<Place>> for Draft {
    fn from(places: Vec<Place>) -> Self {
        let mut made = Indexed::default();
        for (number, place) in places.iter().enumerate() {
            let heading = Bare::of_text(&place.heading).chars;
            let mut body = heading.clone();
            body.extend(Bare::of_text(&place.text).chars);
            for (at, gram) in body.windows(GRAM).enumerate() {
                let known = made.grams.entry(key(gram)).or_default();
                if known.len() <= MOST {
                    known.push(Found { place: number, at });
                }
            }
            if let Some(head) = heading.get(..HEAD) {
                made.heads.entry(key(head)).or_default().push(number);
            }
            made.steps.push(steps_of(&place.path));
            made.headings.push(heading);
            made.bodies.push(body);
        }
        made.places = places;
        Self(Arc::new(made))
    }
}

impl Draft {
    /// In the order of the draft.
    #[must_use]
    pub fn places(&self) -> &[Place] {
        &self.0.places
    }

    /// Whether the draft has no places at all: nothing is known of it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.places.is_empty()
    }

    pub(super) fn steps(&self) -> &[Vec<PathStep>] {
        &self.0.steps
    }

    pub(super) fn headings(&self) -> &[Vec<char>] {
        &self.0.headings
    }

    pub(super) fn bodies(&self) -> &[Vec<char>] {
        &self.0.bodies
    }

    /// Where these [`GRAM`] characters stand; nothing when they stand in too many places.
    pub(super) fn gram(&self, chars: &[char]) -> &[Found] {
        match self.0.grams.get(&key(chars)) {
            Some(found) if found.len() <= MOST => found,
            _ => &[],
        }
    }

    /// The places whose heading begins with these [`HEAD`] characters.
    pub(super) fn headed(&self, chars: &[char]) -> &[usize] {
        self.0.heads.get(&key(chars)).map_or(&[], Vec::as_slice)
    }

    /// How much of a text is the draft's own words, in hundredths: somebody sent the draft itself
    /// when it is most of it.
    #[must_use]
    pub fn share_of(&self, text: &str) -> usize {
        let bare = Bare::of_text(text).chars;
        let mut covered = 0;
        let mut at = 0;
        while let Some(gram) = bare.get(at..at + GRAM) {
            if self.0.grams.contains_key(&key(gram)) {
                covered += GRAM;
                at += GRAM;
            } else {
                at += 1;
            }
        }
        (covered * 100)
            .checked_div(bare.len())
            .unwrap_or(0)
            .min(100)
    }
}
