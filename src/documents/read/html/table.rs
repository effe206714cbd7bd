//! Tables of a page: those that hold data become rows; those that only place things on the page are
//! taken apart.

use crate::documents::read::page;

/// Columns and rows beyond these are not counted.
const COLUMNS: usize = 63;
const ROWS: usize = 1000;

/// Lines that were written, and which of them are headings.
#[derive(Default)]
pub(super) struct Piece {
    /// Each line with its end.
    pub text: String,
    /// 0-based line within the piece, and level.
    pub levels: Vec<(usize, u8)>,
    lines: usize,
}

impl Piece {
    pub(super) fn line(&mut self, line: &str, level: Option<u8>) {
        if let Some(level) = level {
            self.levels.push((self.lines, level));
        }
        self.text.push_str(line);
        self.text.push('\n');
        self.lines += 1;
    }

    pub(super) fn append(&mut self, other: Self) {
        let moved = other
            .levels
            .iter()
            .map(|(at, level)| (at + self.lines, *level));
        self.levels.extend(moved);
        self.text.push_str(&other.text);
        self.lines += other.lines;
    }

    fn holds_rows(&self) -> bool {
        self.text.split('\n').any(is_row)
    }

    /// All lines as the text of a cell.
    fn flat(&self) -> String {
        let lines: Vec<String> = self
            .text
            .split_terminator('\n')
            .map(|line| {
                if is_row(line) {
                    page::cell(line.trim_matches('\t'))
                } else {
                    page::cell(line)
                }
            })
            .collect();
        lines.join("\u{2028}").trim().to_owned()
    }
}

fn is_row(line: &str) -> bool {
    line.len() > 1 && line.starts_with('\t') && line.ends_with('\t')
}

/// A cell with its text.
pub(super) struct Cell {
    piece: Piece,
    columns: usize,
    rows: usize,
}

impl Cell {
    pub(super) fn of(piece: Piece) -> Self {
        Self {
            piece,
            columns: 1,
            rows: 1,
        }
    }
}

/// A table that is not finished.
pub(super) struct Table {
    /// Its writer says that it only places things.
    layout: bool,
    rows: Vec<Vec<Cell>>,
    row: Vec<Cell>,
    /// Columns and rows of the cell that is open.
    span: (usize, usize),
}

impl Table {
    pub(super) fn new(layout: bool) -> Self {
        Self {
            layout,
            rows: Vec::new(),
            row: Vec::new(),
            span: (1, 1),
        }
    }

    /// What the cell that opens says of its size.
    /// Answers the columns.
    pub(super) fn spans(&mut self, columns: Option<&str>, rows: Option<&str>) -> usize {
        let count = |value: Option<&str>| value.and_then(|value| value.trim().parse().ok());
        self.span = (
            count(columns).unwrap_or(1).clamp(1, COLUMNS),
            count(rows).unwrap_or(1).clamp(1, ROWS),
        );
        self.span.0
    }

    pub(super) fn push(&mut self, mut cell: Cell) {
        (cell.columns, cell.rows) = std::mem::replace(&mut self.span, (1, 1));
        self.row.push(cell);
    }

    pub(super) fn end_row(&mut self) {
        if !self.row.is_empty() {
            self.rows.push(std::mem::take(&mut self.row));
        }
    }

    /// The lines of the table, and whether a table within it was pressed into a cell; nothing when
    /// they would be longer than `most` bytes, which cells over many rows can make them.
    pub(super) fn finish(mut self, whole_page: bool, most: usize) -> Option<(Piece, bool)> {
        self.end_row();
        let mut out = Piece::default();
        if self.only_places(whole_page) {
            for cell in self.rows.into_iter().flatten() {
                out.append(cell.piece);
            }
            return Some((out, false));
        }
        let mut nested = false;
        // For each column, how many more rows the cell above covers.
        let mut covered: Vec<usize> = Vec::new();
        for row in self.rows {
            let mut cells: Vec<String> = Vec::new();
            for cell in row {
                free(&mut covered, &mut cells);
                nested |= cell.piece.holds_rows();
                let text = cell.piece.flat();
                for column in 0..cell.columns {
                    let at = cells.len();
                    if at >= covered.len() {
                        covered.resize(at + 1, 0);
                    }
                    if let Some(below) = covered.get_mut(at) {
                        *below = cell.rows - 1;
                    }
                    cells.push(if column == 0 {
                        text.clone()
                    } else {
                        String::new()
                    });
                }
            }
            free(&mut covered, &mut cells);
            out.line(&page::row(&cells), None);
            if out.text.len() > most {
                return None;
            }
        }
        Some((out, nested))
    }

    fn only_places(&self, whole_page: bool) -> bool {
        let cells = || self.rows.iter().flatten();
        let long = |cell: &Cell, characters: usize| cell.piece.text.chars().count() > characters;
        self.layout
            || self.rows.iter().all(|row| row.len() <= 1)
            || cells().any(|cell| cell.piece.holds_rows() && long(cell, 300))
            || whole_page
                && cells().count() <= 6
                && cells().any(|cell| cell.piece.lines >= 8 && long(cell, 500))
    }
}

/// Leaves the columns free that a cell above covers.
fn free(covered: &mut [usize], cells: &mut Vec<String>) {
    while let Some(below) = covered.get_mut(cells.len()).filter(|below| **below > 0) {
        *below -= 1;
        cells.push(String::new());
    }
}
