//! What changed between two versions as `/api/v1` sends it.

use super::model::{ChangeCode, Redline, RunKind, SectionChange, SectionRuns, TextBlock, TextRun};
use crate::documents::compare::{Block, Change, Link, Row, Run, SectionRedline, section_redline};
use crate::documents::model::{DocumentOutline, Node};
use std::collections::HashMap;

/// The changes from one version to the next, by the links the office confirmed.
#[must_use]
pub fn changes(
    (from_version, old): (u32, &DocumentOutline),
    (to_version, new): (u32, &DocumentOutline),
    links: &[Link],
) -> Redline {
    let (old, new) = (by_anchor(old), by_anchor(new));
    let change = |link: &Link| {
        let before = link
            .from
            .as_ref()
            .and_then(|anchor| old.get(anchor))
            .copied();
        let after = link.to.as_ref().and_then(|anchor| new.get(anchor)).copied();
        let shown = after.or(before);
        let (label, heading) = shown
            .map(|node| (node.label.clone(), node.heading.clone()))
            .unwrap_or_default();
        let redline = is_shown(link).then(|| section_redline(before, after));
        SectionChange::new(link.clone(), label, heading, redline)
    };
    Redline {
        from_version,
        to_version,
        changes: links.iter().map(change).collect(),
    }
}

fn is_shown(link: &Link) -> bool {
    match link.change {
        Change::Edited | Change::New | Change::Gone => true,
        Change::Moved | Change::Renumbered => link.also_edited,
        Change::Same | Change::Split | Change::Merged => false,
    }
}

fn by_anchor(document: &DocumentOutline) -> HashMap<String, &Node> {
    let places = document.walk().into_iter();
    places.map(|place| (place.anchor, place.node)).collect()
}

impl From<Change> for ChangeCode {
    fn from(change: Change) -> Self {
        match change {
            Change::Same => Self::Same,
            Change::Renumbered => Self::Renumbered,
            Change::Edited => Self::Edited,
            Change::Moved => Self::Moved,
            Change::Split => Self::Split,
            Change::Merged => Self::Merged,
            Change::New => Self::New,
            Change::Gone => Self::Gone,
        }
    }
}

impl From<Run> for TextRun {
    fn from(run: Run) -> Self {
        let (kind, text) = match run {
            Run::Same(text) => (RunKind::Same, text),
            Run::Inserted(text) => (RunKind::Inserted, text),
            Run::Deleted(text) => (RunKind::Deleted, text),
        };
        Self { kind, text }
    }
}

impl From<SectionRedline> for SectionRuns {
    fn from(redline: SectionRedline) -> Self {
        let runs = |runs: Vec<Run>| runs.into_iter().map(TextRun::from).collect();
        let row = |row: Row| row.cells.into_iter().map(runs).collect();
        let block = |block| match block {
            Block::Paragraph(words) => TextBlock::Paragraph { runs: runs(words) },
            Block::Table(rows) => TextBlock::Table {
                rows: rows.into_iter().map(row).collect(),
            },
        };
        Self {
            label: runs(redline.label),
            blocks: redline.blocks.into_iter().map(block).collect(),
        }
    }
}

impl SectionChange {
    /// A link with the words that go with it.
    fn new(link: Link, label: String, heading: String, redline: Option<SectionRedline>) -> Self {
        Self {
            from: link.from,
            to: link.to,
            change: link.change.into(),
            likeness: link.likeness,
            also_edited: link.also_edited,
            label,
            heading,
            redline: redline.map(SectionRuns::from),
        }
    }
}
