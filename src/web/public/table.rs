//! A table in a text: rows that follow each other, cells parted by tabs.

use super::para::{Para, Pictures, Words};

const NEW_LINE: char = '\u{2028}';
/// A head's cells name what is below; longer ones are content.
const LONGEST_HEAD: usize = 16;
const LONGEST_LABEL: usize = 30;

/// A table, row by row as printed; rows may differ in length where the source joins cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Names what the table is to those who do not see it.
    pub label: String,
    pub head: Vec<Cell>,
    pub rows: Vec<Vec<Cell>>,
}

/// The lines of a cell.
pub type Cell = Vec<Words>;

impl Table {
    /// What rows that follow each other are on the page: a table, or the paragraphs of the only cell
    /// when there is one alone.
    pub(super) fn paras(mut rows: Vec<Vec<Cell>>) -> Vec<Para> {
        if let [only] = rows.as_slice()
            && let [cell] = only.as_slice()
        {
            let lines = cell.iter().filter(|line| !line.is_empty());
            return lines.cloned().map(Para::Text).collect();
        }
        let Some(first) = rows.first() else {
            return Vec::new();
        };
        let label = label(first);
        let head = if rows.len() > 1 && first.iter().all(is_head) {
            rows.remove(0)
        } else {
            Vec::new()
        };
        vec![Para::Table(Self { label, head, rows })]
    }

    /// All lines of all cells, row by row.
    pub(super) fn lines(&self) -> impl Iterator<Item = &Words> {
        let head = std::iter::once(&self.head);
        head.chain(&self.rows).flatten().flatten()
    }
}

/// The cells of a line that is a table's row.
pub(super) fn row(line: &str, pictures: &Pictures) -> Option<Vec<Cell>> {
    let inner = line.strip_prefix('\t')?.strip_suffix('\t')?;
    let cells = inner.split('\t').map(|cell| {
        cell.split(NEW_LINE)
            .map(|line| Words::read(line.trim(), pictures))
            .collect()
    });
    Some(cells.collect())
}

fn is_head(cell: &Cell) -> bool {
    (1..=LONGEST_HEAD).contains(&words(cell).trim().chars().count())
}

fn words(cell: &Cell) -> String {
    let mut text = String::new();
    for line in cell {
        line.plain(&mut text);
    }
    text
}

fn label(row: &[Cell]) -> String {
    let names: Vec<String> = row
        .iter()
        .map(words)
        .filter(|name| !name.is_empty())
        .collect();
    let names: String = names.join("、").chars().take(LONGEST_LABEL).collect();
    format!("表格：{names}")
}
