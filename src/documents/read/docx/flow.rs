//! Where paragraphs go: into the text, a cell, a text box or a note; and the tables.

use super::paragraph::{Field, Line, Paragraph};
use crate::documents::read::page;

/// The widest table Word makes.
pub(super) const COLUMNS: usize = 63;

/// A place that takes paragraphs.
pub(super) struct Flow {
    pub kind: FlowKind,
    pub lines: Vec<Line>,
    /// A paragraph that the next one continues.
    pub carried: Option<Paragraph>,
    /// Fields open around this place, which has its own.
    pub fields: Vec<Field>,
    /// Whether the run around this place is hidden.
    pub hidden: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FlowKind {
    Body,
    Cell,
    Box,
    Note,
}

impl Flow {
    pub(super) fn new(kind: FlowKind) -> Self {
        Self {
            kind,
            lines: Vec::new(),
            carried: None,
            fields: Vec::new(),
            hidden: false,
        }
    }

    /// Everything as one piece of a line: the text of a cell or a note.
    pub(super) fn flat(&self) -> String {
        let mut paragraphs: Vec<&str> = self.lines.iter().map(|line| line.text.as_str()).collect();
        while paragraphs.last().is_some_and(|last| last.is_empty()) {
            paragraphs.pop();
        }
        page::cell(&paragraphs.join("\u{2028}"))
    }
}

/// A table that is not finished.
#[derive(Default)]
pub(super) struct Table {
    pub row: Row,
    /// Rows of a table within a cell.
    pub rows: Vec<Vec<String>>,
}

/// A row that is not finished.
#[derive(Default)]
pub(super) struct Row {
    pub cells: Vec<String>,
    pub deleted: bool,
    /// Columns left free at its end.
    pub after: usize,
    pub cell: CellShape,
}

/// What a cell says about its place.
#[derive(Default)]
pub(super) struct CellShape {
    pub span: usize,
    /// It continues the cell above or to the left, whose text it shares.
    pub continues: bool,
    pub deleted: bool,
}

impl Row {
    /// Takes the text of a cell with the columns it covers.
    pub(super) fn push(&mut self, text: String) {
        let shape = std::mem::take(&mut self.cell);
        if shape.deleted {
            return;
        }
        self.cells
            .push(if shape.continues { String::new() } else { text });
        self.skip(shape.span.min(COLUMNS).saturating_sub(1));
    }

    /// Leaves columns free.
    pub(super) fn skip(&mut self, columns: usize) {
        for _ in 0..columns.min(COLUMNS) {
            self.cells.push(String::new());
        }
    }
}
