//! Whether an expression fits a canonical path, and how well.

use super::numeral;
use super::reference_parse::{Component, Step};
use crate::width::half_width;

/// How one step of a path is labelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Label {
    /// `二`
    Han,
    /// `(三)`, `(1)`
    Bracket,
    /// `8`
    Digit,
    /// `—3`
    Bullet,
    /// `第12条`
    Article,
    /// `第一章`, `第二编`, `第三节`
    Chapter,
}

/// One step of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathStep {
    label: Label,
    number: u32,
}

/// The steps of a canonical path; a step that reads as no label is left out.
#[must_use]
pub fn steps_of(path: &str) -> Vec<PathStep> {
    half_width(path).split('/').filter_map(step).collect()
}

fn value(text: &str) -> Option<u32> {
    text.parse().ok().or_else(|| numeral::read(text))
}

fn step(text: &str) -> Option<PathStep> {
    let text = text.trim().trim_end_matches(['、', '.']);
    if let Some(inner) = text
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
    {
        return Some(PathStep {
            label: Label::Bracket,
            number: value(inner)?,
        });
    }
    if let Some(order) = text.strip_prefix(['—', '-']) {
        return Some(PathStep {
            label: Label::Bullet,
            number: value(order.trim_start_matches('—'))?,
        });
    }
    if let Some(rest) = text.strip_prefix('第') {
        let unit = rest.chars().last()?;
        let number = value(rest.trim_end_matches(unit).trim_end_matches("部"))?;
        let label = if unit == '条' {
            Label::Article
        } else {
            Label::Chapter
        };
        return Some(PathStep { label, number });
    }
    let label = if text.starts_with(|c: char| c.is_ascii_digit()) {
        Label::Digit
    } else {
        Label::Han
    };
    Some(PathStep {
        label,
        number: value(text)?,
    })
}

/// How well an expression fits a path; larger is better.
pub struct Fit {
    pub score: u32,
}

impl Fit {
    /// The last component must be the last step of the path; those before it must come before it,
    /// in order, and steps may be skipped.
    #[must_use]
    pub fn of(components: &[Component], path: &[PathStep]) -> Option<Self> {
        let (last, before) = components.split_last()?;
        let (end, mut above) = path.split_last()?;
        let mut score = likeness(*last, *end)? * 10;
        for component in before.iter().rev() {
            let (at, points) = above
                .iter()
                .enumerate()
                .rev()
                .find_map(|(at, step)| Some((at, likeness(*component, *step)?)))?;
            score += points * 10;
            above = above.get(..at).unwrap_or_default();
        }
        let skipped = u32::try_from(path.len() - components.len().min(path.len()))
            .unwrap_or(9)
            .min(9);
        Some(Self {
            score: score + 9 - if components.len() > 1 { skipped } else { 0 },
        })
    }
}

/// How naturally people call this step so: `None` never, 1 at a pinch.
fn likeness(component: Component, step: PathStep) -> Option<u32> {
    if component.number != step.number {
        return None;
    }
    let points = match (component.step, step.label) {
        (Step::Part, Label::Han | Label::Chapter)
        | (Step::Top, Label::Han)
        | (Step::Bracket, Label::Bracket)
        | (Step::Article, Label::Article)
        | (Step::Item, Label::Digit) => 4,
        (Step::Article, Label::Digit) | (Step::Bracket, Label::Chapter) => 3,
        (Step::Item | Step::Article, Label::Bracket) | (Step::Top, Label::Chapter) => 2,
        (Step::Bracket, Label::Digit) | (Step::Item, Label::Bullet | Label::Article) => 1,
        _ => return None,
    };
    Some(points)
}

/// The path an expression spells out by itself: part, bracket and item from the top, or one article.
#[must_use]
pub fn spelled(components: &[Component]) -> Option<String> {
    if let [
        Component {
            step: Step::Article,
            number,
        },
    ] = components
    {
        return Some(format!("第{number}条"));
    }
    let (top, rest) = components
        .split_first()
        .filter(|(top, _)| matches!(top.step, Step::Part | Step::Top))?;
    let (group, items) = rest
        .split_first()
        .filter(|(group, _)| group.step == Step::Bracket)?;
    let head = format!(
        "{}/({})",
        numeral::write(top.number),
        numeral::write(group.number)
    );
    match items {
        [] => Some(head),
        [item] if matches!(item.step, Step::Item | Step::Article) => {
            Some(format!("{head}/{}", item.number))
        }
        _ => None,
    }
}
