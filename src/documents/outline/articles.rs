//! Decides which 第…条 at the start of a line number an article, by the count of the articles.

use super::cited::Cited;
use super::label::Label;
use super::lines::Line;
use crate::documents::model::NodeKind;

/// How many articles a text may leave out where nothing but the count tells a label.
const GAP: u32 = 5;

/// Takes the label of every reference.
pub(super) fn settle(lines: &mut [Line]) {
    let next = next_articles(lines);
    let mut count = Count::default();
    let mut ended = true;
    for (line, next) in lines.iter_mut().zip(next) {
        if let Some(label) = article(line) {
            if count.accepts(&label, next, ended) {
                count.last = (label.number, label.sub_number.unwrap_or(0));
            } else {
                line.label = None;
            }
        }
        ended = ends(line);
    }
}

fn article(line: &Line) -> Option<Label> {
    line.label.filter(|label| label.kind == NodeKind::Article)
}

/// For each line the number of the next line that could begin an article.
fn next_articles(lines: &[Line]) -> Vec<Option<u32>> {
    let mut nearest = None;
    let mut found: Vec<Option<u32>> = lines
        .iter()
        .rev()
        .map(|line| {
            let answer = nearest;
            if let Some(label) = article(line).filter(|label| label.cited != Cited::Surely) {
                nearest = Some(label.number);
            }
            answer
        })
        .collect();
    found.reverse();
    found
}

/// Whether an article can begin on the next line: not within a sentence. Headings and what is short
/// need no mark at their end.
fn ends(line: &Line) -> bool {
    let marks = ['。', ';', ':', '!', '?', ')', '”', '》', '|'];
    let heading = line
        .label
        .is_some_and(|label| label.kind.is_law() && label.kind != NodeKind::Article);
    heading || line.shadow.ends_with(marks) || line.at_most(15)
}

#[derive(Default)]
struct Count {
    /// The last article, and the 一 of 之一.
    last: (u32, u32),
}

impl Count {
    fn accepts(&self, label: &Label, next: Option<u32>, ended: bool) -> bool {
        let fits = self.fits(label);
        match (label.loose, label.cited) {
            (true, Cited::Surely) => false,
            (true, Cited::Perhaps) if label.number == 1 && label.sub_number.is_none() => {
                self.last.0 == 0
            }
            (true, _) => fits || (ended && self.skips(label, next)),
            (false, Cited::No) => fits || ended,
            (false, Cited::Perhaps) => {
                fits || (ended && next == Some(label.number.saturating_add(1)))
            }
            (false, Cited::Surely) => fits && ended,
        }
    }

    fn fits(&self, label: &Label) -> bool {
        let (last, sub) = self.last;
        match label.sub_number {
            Some(own) => label.number == last && own == sub.saturating_add(1),
            None => label.number == 1 || label.number == last.saturating_add(1),
        }
    }

    /// An article or a few are left out, and the count goes on from here.
    fn skips(&self, label: &Label, next: Option<u32>) -> bool {
        let (last, _) = self.last;
        let near = label.number > last && label.number <= last.saturating_add(GAP);
        let goes_on = next.is_some_and(|next| next == label.number.saturating_add(1));
        near && goes_on && label.sub_number.is_none()
    }
}
