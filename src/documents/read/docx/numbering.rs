//! Automatic numbering: `numbering.xml` and the counters that run while a document is read
//! (ECMA-376 part 1, 17.9).

use super::styles::{Resolved, Styles};
use crate::documents::read::figures::{self, Figures};
use std::collections::{HashMap, HashSet};

/// Levels of a numbering.
pub(super) const LEVELS: usize = 9;

#[derive(Clone, Debug)]
pub(super) struct Level {
    pub start: i64,
    pub figures: Figures,
    pub text: String,
    /// All numbers of the label in decimal figures.
    pub legal: bool,
    pub suffix: Suffix,
    /// The number of levels whose use starts this one again; 0 for none.
    pub restart: Option<i64>,
    pub style: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Suffix {
    Gap,
    Nothing,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 0,
            figures: Figures::Named("decimal".to_owned()),
            text: String::new(),
            legal: false,
            suffix: Suffix::Gap,
            restart: None,
            style: None,
        }
    }
}

#[derive(Clone, Debug, Default)]
pub(super) struct Abstract {
    pub levels: HashMap<usize, Level>,
    pub style_link: Option<String>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Number {
    pub of: String,
    pub starts: HashMap<usize, i64>,
    pub levels: HashMap<usize, Level>,
}

/// The numberings of a document and how far each has counted.
#[derive(Default)]
pub(super) struct Numbering {
    pub abstracts: HashMap<String, Abstract>,
    pub numbers: HashMap<String, Number>,
    counters: HashMap<String, [Option<i64>; LEVELS]>,
    /// Numberings whose own start was used, by level.
    started: HashSet<(String, usize)>,
    /// Figures that were asked for and are not known.
    pub unknown: Option<String>,
}

/// What a paragraph itself says about its numbering.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    pub number: Option<String>,
    pub level: Option<i64>,
}

impl Numbering {
    /// Counts a paragraph and answers its label with what separates it from the text; `None` for a
    /// paragraph without one.
    pub(super) fn label(
        &mut self,
        asked: &Asked,
        style: &Resolved,
        styles: &mut Styles,
    ) -> Option<String> {
        let (id, by_style) = match (&asked.number, &style.number) {
            (Some(own), _) => (own.clone(), None),
            (None, Some((number, stated_by))) => (number.clone(), Some(stated_by.as_str())),
            (None, None) => return None,
        };
        let number = self.numbers.get(&id)?.clone();
        let shape = self.shape(&number.of, styles)?;
        let of_style = || {
            let linked = by_style.and_then(|style| self.linked(&shape, style));
            linked.or_else(|| style.level.and_then(|level| usize::try_from(level).ok()))
        };
        let level = match asked.level {
            Some(level) => usize::try_from(level).ok(),
            None => of_style(),
        };
        let level = level.unwrap_or(0).min(LEVELS - 1);
        self.count(&id, &number, &shape, level);
        self.print(&number, &shape, level)
    }

    /// The numbering that holds the levels: one may stand for another through a style.
    fn shape(&self, of: &str, styles: &mut Styles) -> Option<String> {
        let mut of = of.to_owned();
        for _ in 0..8 {
            let Some(style) = self.abstracts.get(&of)?.style_link.clone() else {
                break;
            };
            match styles
                .numbering(&style)
                .and_then(|id| self.numbers.get(&id))
            {
                Some(number) if number.of != of => of = number.of.clone(),
                _ => break,
            }
        }
        Some(of)
    }

    fn linked(&self, shape: &str, style: &str) -> Option<usize> {
        let levels = &self.abstracts.get(shape)?.levels;
        let mut found: Vec<usize> = levels
            .iter()
            .filter(|(_, level)| level.style.as_deref() == Some(style))
            .map(|(index, _)| *index)
            .collect();
        found.sort_unstable();
        found.first().copied()
    }

    fn level<'a>(&'a self, number: &'a Number, shape: &str, level: usize) -> Option<&'a Level> {
        let own = number.levels.get(&level);
        own.or_else(|| self.abstracts.get(shape)?.levels.get(&level))
    }

    fn start(&self, number: &Number, shape: &str, level: usize) -> i64 {
        let stated = number.starts.get(&level).copied();
        stated.unwrap_or_else(|| {
            self.level(number, shape, level)
                .map_or(0, |level| level.start)
        })
    }

    fn count(&mut self, id: &str, number: &Number, shape: &str, level: usize) {
        let first =
            number.starts.contains_key(&level) && self.started.insert((id.to_owned(), level));
        let start = self.start(number, shape, level);
        let restarts: Vec<usize> = (level + 1..LEVELS)
            .filter(|below| {
                let stated = self
                    .level(number, shape, *below)
                    .and_then(|level| level.restart);
                let after = stated.and_then(|after| usize::try_from(after).ok());
                level < after.unwrap_or(*below).min(*below)
            })
            .collect();
        let counters = self.counters.entry(shape.to_owned()).or_default();
        if let Some(counter) = counters.get_mut(level) {
            *counter = Some(match *counter {
                Some(value) if !first => value.saturating_add(1),
                _ => start,
            });
        }
        for below in restarts {
            if let Some(counter) = counters.get_mut(below) {
                *counter = None;
            }
        }
    }

    fn print(&mut self, number: &Number, shape: &str, level: usize) -> Option<String> {
        let stated = self.level(number, shape, level)?.clone();
        if stated.figures == Figures::Bullet {
            let bullet = bullet(&stated.text)?;
            return Some(separated(bullet.to_owned(), stated.suffix));
        }
        let mut label = String::new();
        let mut signs = stated.text.chars().peekable();
        while let Some(sign) = signs.next() {
            let place = (sign == '%')
                .then(|| signs.peek().and_then(|next| next.to_digit(10)))
                .flatten()
                .and_then(|digit| usize::try_from(digit).ok()?.checked_sub(1));
            let Some(place) = place else {
                label.push(sign);
                continue;
            };
            signs.next();
            if place > level {
                continue;
            }
            let counted = self.counters.get(shape).and_then(|all| *all.get(place)?);
            let value = counted.unwrap_or_else(|| self.start(number, shape, place));
            let decimal = Figures::Named("decimal".to_owned());
            let figures = match self.level(number, shape, place) {
                Some(level) if !stated.legal => level.figures.clone(),
                _ => decimal,
            };
            match figures::print(&figures, value) {
                Some(printed) => label.push_str(&printed),
                None => {
                    if let Figures::Named(name) = figures {
                        self.unknown = Some(name);
                    }
                    label.push_str(&value.to_string());
                }
            }
        }
        (!label.is_empty()).then(|| separated(label, stated.suffix))
    }
}

/// Bullets come from fonts of signs; a dash is a bullet that official documents print.
fn bullet(text: &str) -> Option<&'static str> {
    let text = text.trim();
    let dash = |c: char| matches!(c, '-' | '‐' | '‑' | '–' | '—' | '―' | '─' | '－' | '﹣');
    if text.is_empty() {
        None
    } else if text.chars().all(dash) {
        Some("——")
    } else {
        Some("•")
    }
}

/// A label that ends with a mark of full width or a closing bracket stands right before its text,
/// as it is printed; after any other there is one space.
fn separated(label: String, suffix: Suffix) -> String {
    let tight = label.chars().next_back().is_none_or(|c| {
        matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}' | ')' | ']' | '—' | '”' | ' ')
    });
    if suffix == Suffix::Nothing || tight {
        label
    } else {
        label + " "
    }
}
