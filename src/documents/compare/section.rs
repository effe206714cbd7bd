//! What changed in one section: its label, its paragraphs, the rows of its tables.

use super::lines::{Pair, align, is_row};
use super::redline::{Run, compare, redline};
use crate::documents::model::Node;
use serde::{Deserialize, Serialize};

/// What changed in a section's own words.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Debug)]
pub struct SectionRedline {
    /// The label as one piece: the same, or the old one and the new one.
    pub label: Vec<Run>,
    /// Heading and text as printed, line by line; a heading that runs into its paragraph is the
    /// beginning of it.
    pub blocks: Vec<Block>,
}

/// A paragraph or a table.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Debug)]
#[serde(tag = "kind", content = "content", rename_all = "snake_case")]
pub enum Block {
    /// One line of the source without its break. Blank lines are left out.
    Paragraph(Vec<Run>),
    /// Lines that begin and end with a tab, in a row.
    Table(Vec<Row>),
}

/// A row of a table; in a row that came or went every run is inserted or deleted.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Debug)]
pub struct Row {
    pub cells: Vec<Vec<Run>>,
}

/// The redline of a section's own words, without its children. `None` on one side: it came or
/// went. For a split or a merger give the whole and each of the pieces in turn.
#[must_use]
pub fn section_redline(old: Option<&Node>, new: Option<&Node>) -> SectionRedline {
    let own = |node: Option<&Node>| {
        node.map_or_else(String::new, |node| format!("{}{}", node.heading, node.text))
    };
    let label = |node: Option<&Node>| node.map_or("", |node| node.label.as_str()).to_owned();
    let (old_words, new_words) = (own(old), own(new));
    let mut blocks = Vec::new();
    for pair in align(&lines(&old_words), &lines(&new_words)) {
        if pair.0.or(pair.1).is_some_and(is_row) {
            let row = row(pair);
            if let Some(Block::Table(rows)) = blocks.last_mut() {
                rows.push(row);
            } else {
                blocks.push(Block::Table(vec![row]));
            }
        } else {
            let (old, new) = pair;
            let runs = redline(old.unwrap_or_default(), new.unwrap_or_default());
            blocks.push(Block::Paragraph(runs));
        }
    }
    SectionRedline {
        label: replaced(label(old), label(new)),
        blocks,
    }
}

/// The lines that are not blank. A row's first tab is no indentation.
fn lines(words: &str) -> Vec<&str> {
    words
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect()
}

/// Something that is never compared in parts.
fn replaced(old: String, new: String) -> Vec<Run> {
    if old == new {
        return [Run::Same(old)].into_iter().filter(has_words).collect();
    }
    let runs = [Run::Deleted(old), Run::Inserted(new)];
    runs.into_iter().filter(has_words).collect()
}

fn has_words(run: &Run) -> bool {
    !run.text().is_empty()
}

fn row((old, new): Pair<'_>) -> Row {
    let (old, new) = (cells(old), cells(new));
    let mut row = Vec::new();
    if old.len() == new.len() {
        let both = old.iter().zip(&new);
        row.extend(both.map(|(old, new)| redline(old, new)));
    } else {
        // A column came or went: cells that stayed tell which.
        compare(&old, &new, |is_same, deleted, inserted| {
            if is_same {
                row.extend(deleted.iter().map(|cell| redline(cell, cell)));
            } else {
                let count = deleted.len().max(inserted.len());
                let cell = |cells: &[&str], at| cells.get(at).copied().unwrap_or("").to_owned();
                row.extend((0..count).map(|at| redline(&cell(deleted, at), &cell(inserted, at))));
            }
        });
    }
    Row { cells: row }
}

fn cells(line: Option<&str>) -> Vec<&str> {
    let Some(line) = line else {
        return Vec::new();
    };
    let inner = line.strip_prefix('\t').unwrap_or(line);
    let inner = inner.strip_suffix('\t').unwrap_or(inner);
    inner.split('\t').collect()
}
