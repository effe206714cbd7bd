//! Which label form stands above which in a document, and the level of each.

use super::lines::{self, Line};
use crate::documents::model::NodeKind;

/// The order of the label forms of one document.
pub(super) struct Ranks {
    /// 一、 heads articles, as interpretations of laws are printed, and does not stand in one.
    first_above_articles: bool,
    /// The kinds in use from the highest down, when a law's are among them; empty for a plan.
    law_kinds: Vec<NodeKind>,
}

impl Ranks {
    /// Reads the order from the labels of a body.
    pub fn of(lines: &[Line]) -> Self {
        let mut kinds: Vec<NodeKind> = Vec::new();
        for label in lines.iter().filter_map(|line| line.label) {
            if !kinds.contains(&label.kind) {
                kinds.push(label.kind);
            }
        }
        let mut ranks = Self {
            first_above_articles: kinds.contains(&NodeKind::First)
                && kinds.contains(&NodeKind::Article)
                && heads_articles(lines),
            law_kinds: Vec::new(),
        };
        if kinds.iter().any(|kind| kind.is_law()) {
            kinds.sort_unstable_by_key(|kind| ranks.rank(*kind));
            ranks.law_kinds = kinds;
        }
        ranks
    }

    fn rank(&self, kind: NodeKind) -> (NodeKind, bool) {
        if kind == NodeKind::First && self.first_above_articles {
            (NodeKind::Section, true)
        } else {
            (kind, false)
        }
    }

    /// Bullets hold nothing but words; every other form holds the forms below it, and bullets.
    pub fn may_hold(&self, open: NodeKind, new: NodeKind) -> bool {
        open != NodeKind::Bullet && (new == NodeKind::Bullet || self.rank(open) < self.rank(new))
    }

    /// The level of a node whose holder's level is one above `below`.
    pub fn level(&self, kind: NodeKind, below: u8) -> u8 {
        if kind == NodeKind::Bullet {
            return if self.law_kinds.is_empty() {
                below.max(3)
            } else {
                below
            };
        }
        if let Some(rank) = self.law_kinds.iter().position(|known| *known == kind) {
            return u8::try_from(rank).unwrap_or(u8::MAX).saturating_add(1);
        }
        match kind {
            NodeKind::Second => 2,
            NodeKind::Third => 3,
            NodeKind::Fourth => 4,
            NodeKind::Fifth => 5,
            _ => 1,
        }
    }
}

/// Whether most 一、 are headings with an article as the next label.
fn heads_articles(lines: &[Line]) -> bool {
    let next = lines::next_such(lines, |line| line.label.is_some());
    let (mut all, mut heading) = (0_usize, 0_usize);
    for (line, next) in lines.iter().zip(next) {
        if line.label.is_none_or(|label| label.kind != NodeKind::First) {
            continue;
        }
        all = all.saturating_add(1);
        let article = next
            .and_then(|at| lines.get(at)?.label)
            .is_some_and(|label| label.kind == NodeKind::Article);
        heading = heading.saturating_add(usize::from(article && !line.is_sentence()));
    }
    heading.saturating_mul(2) > all
}
