//! The lines of two texts set side by side: equal ones first, then, between them, those that are
//! alike, in order.

use super::grams::Grams;
use super::redline::compare;
use crate::documents::model::shadow;

/// From which likeness (Dice, per mille) on two lines are shown as one that changed; below it a
/// reader is better served by the old line struck out and the new one beneath.
const ALIKE: u16 = 400;
/// Up to so many pairs between two equal lines each is weighed; beyond it lines are paired in turn.
const WEIGHED: usize = 4_096;

/// A line of the old text, of the new one, or of both.
pub(super) type Pair<'a> = (Option<&'a str>, Option<&'a str>);

/// Pairs lines in order. Every line is in exactly one pair.
pub(super) fn align<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<Pair<'a>> {
    let squeezed = |lines: &[&'a str]| -> Vec<Line<'a>> {
        let line = |text: &&'a str| Line {
            text,
            words: shadow::squeeze(text),
        };
        lines.iter().map(line).collect()
    };
    let (old, new) = (squeezed(old), squeezed(new));
    let (old_words, new_words) = (words(&old), words(&new));
    let mut pairs = Vec::new();
    let (mut mine, mut theirs) = (old.as_slice(), new.as_slice());
    compare(&old_words, &new_words, |is_same, deleted, inserted| {
        let (here, rest) = mine.split_at_checked(deleted.len()).unwrap_or((mine, &[]));
        mine = rest;
        let (there, rest) = theirs
            .split_at_checked(inserted.len())
            .unwrap_or((theirs, &[]));
        theirs = rest;
        if is_same {
            let both = here.iter().zip(there);
            pairs.extend(both.map(|(old, new)| (Some(old.text), Some(new.text))));
        } else {
            pairs.extend(weigh(here, there));
        }
    });
    pairs
}

/// Whether a line is a row of a table.
pub(super) fn is_row(line: &str) -> bool {
    line.len() > 1 && line.starts_with('\t') && line.ends_with('\t')
}

struct Line<'a> {
    text: &'a str,
    words: String,
}

fn words<'l>(lines: &'l [Line<'_>]) -> Vec<&'l str> {
    lines.iter().map(|line| line.words.as_str()).collect()
}

/// Pairs the lines of a block that differs so that the sum of likenesses is greatest.
fn weigh<'a>(old: &[Line<'a>], new: &[Line<'a>]) -> Vec<Pair<'a>> {
    let grams = |lines: &[Line<'a>]| -> Vec<(bool, Grams)> {
        let line = |line: &Line<'a>| (is_row(line.text), Grams::of(&line.words));
        lines.iter().map(line).collect()
    };
    let likeness = if old.len().saturating_mul(new.len()) > WEIGHED {
        Likeness::Diagonal(grams(old), grams(new))
    } else {
        Likeness::Full(table(&grams(old), &grams(new)))
    };
    let mut pairs = Vec::new();
    let (mut here, mut there) = (0_usize, 0_usize);
    while here < old.len() || there < new.len() {
        let step = likeness.step(here, there, old.len(), new.len());
        let (down, right) = match step {
            Step::Pair => (1, 1),
            Step::Delete => (1, 0),
            Step::Insert => (0, 1),
        };
        let mine = old.get(here).filter(|_| down == 1);
        let theirs = new.get(there).filter(|_| right == 1);
        pairs.push((mine.map(|line| line.text), theirs.map(|line| line.text)));
        here = here.saturating_add(down);
        there = there.saturating_add(right);
    }
    pairs
}

enum Step {
    Pair,
    Delete,
    Insert,
}

enum Likeness {
    /// The greatest sum from each pair of positions to the end, row by row.
    Full(Vec<Vec<(u32, u16)>>),
    Diagonal(Vec<(bool, Grams)>, Vec<(bool, Grams)>),
}

impl Likeness {
    fn step(&self, here: usize, there: usize, old: usize, new: usize) -> Step {
        if here >= old {
            return Step::Insert;
        }
        if there >= new {
            return Step::Delete;
        }
        match self {
            Self::Diagonal(mine, theirs) => match (mine.get(here), theirs.get(there)) {
                (Some(mine), Some(theirs)) if alike(mine, theirs) > 0 => Step::Pair,
                _ if old - here >= new - there => Step::Delete,
                _ => Step::Insert,
            },
            Self::Full(table) => {
                let at = |row: usize, column: usize| {
                    let cell = table.get(row).and_then(|row| row.get(column));
                    cell.copied().unwrap_or_default()
                };
                let (best, likeness) = at(here, there);
                let (below, _) = at(here + 1, there);
                let (aslant, _) = at(here + 1, there + 1);
                if likeness > 0 && best == aslant + u32::from(likeness) {
                    Step::Pair
                } else if best == below {
                    Step::Delete
                } else {
                    Step::Insert
                }
            }
        }
    }
}

/// From the last rows to the first: the greatest sum from here on, and the likeness of this pair.
fn table(old: &[(bool, Grams)], new: &[(bool, Grams)]) -> Vec<Vec<(u32, u16)>> {
    let mut rows = vec![vec![(0, 0); new.len() + 1]];
    for mine in old.iter().rev() {
        let below = rows.last().map_or(&[][..], Vec::as_slice);
        let mut row = vec![(0_u32, 0_u16)];
        let columns = new.iter().enumerate().rev();
        for (column, theirs) in columns {
            let at = |place: usize| below.get(place).map_or(0, |cell| cell.0);
            let right = row.last().map_or(0, |cell| cell.0);
            let likeness = alike(mine, theirs);
            let paired = if likeness > 0 {
                at(column + 1) + u32::from(likeness)
            } else {
                0
            };
            row.push((paired.max(at(column)).max(right), likeness));
        }
        row.reverse();
        rows.push(row);
    }
    rows.reverse();
    rows
}

/// The likeness of two lines, 0 when they are not to be shown as one.
fn alike(old: &(bool, Grams), new: &(bool, Grams)) -> u16 {
    let dice = old.1.dice(&new.1);
    if old.0 == new.0 && dice >= ALIKE {
        dice
    } else {
        0
    }
}
