//! The columns of the table for the formats that have one cell a column: the seven of the published
//! form, and what the archive adds to their right.

use crate::export::model::Edition;
use crate::export::records::Shown;
use crate::export::text::{CELL_LIMIT, pieces};

/// One column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    pub title: &'static str,
    /// In characters of the default font, as spreadsheets measure it.
    pub width: u16,
}

/// A cell: a number that can be summed, or plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    Number(u64),
    Text(String),
}

/// The seven titles of the published form.
pub const TITLES: [&str; 7] = [
    "序号",
    "条款",
    "意见建议",
    "提出单位或个人",
    "渠道",
    "采纳情况",
    "理由或修改说明",
];

const WIDTHS: [u16; 7] = [7, 20, 56, 18, 14, 13, 44];

const PRIVATE: [Column; 15] = [
    column("提出人类型", 11),
    column("身份", 18),
    column("所在单位", 24),
    column("单位联系人", 12),
    column("统一社会信用代码", 22),
    column("所在区县", 16),
    column("联系电话", 18),
    column("电子邮箱", 26),
    column("通信地址", 26),
    column("回执号", 18),
    column("收到时间", 24),
    column("时限", 9),
    column("意见条数", 9),
    column("办理人", 12),
    column("办理时间", 22),
];

const fn column(title: &'static str, width: u16) -> Column {
    Column { title, width }
}

/// The columns of an edition, left to right.
#[must_use]
pub fn columns(edition: Edition) -> Vec<Column> {
    let form = TITLES
        .into_iter()
        .zip(WIDTHS)
        .map(|(title, width)| column(title, width));
    match edition {
        Edition::Public => form.collect(),
        Edition::Archive => form.chain(PRIVATE).collect(),
    }
}

/// The cells of one record, in the order of [`columns`].
#[must_use]
pub fn cells(shown: Shown) -> Vec<Cell> {
    let mut cells = vec![
        Cell::Number(shown.number),
        Cell::Text(shown.section),
        Cell::Text(shown.opinion),
        Cell::Text(shown.sender),
        Cell::Text(shown.channel),
        Cell::Text(shown.outcome),
        Cell::Text(shown.reason),
    ];
    if let Some(private) = shown.private {
        cells.extend([
            Cell::Text(private.kind.to_owned()),
            Cell::Text(private.capacity),
            Cell::Text(private.organisation),
            Cell::Text(private.contact_person),
            Cell::Text(private.credit_code),
            Cell::Text(private.district),
            Cell::Text(private.phones),
            Cell::Text(private.emails),
            Cell::Text(private.address),
            Cell::Text(private.receipt),
            Cell::Text(private.received_at),
            Cell::Text(private.timing.to_owned()),
            Cell::Number(private.count),
            Cell::Text(private.decided_by),
            Cell::Text(private.decided_at),
        ]);
    }
    cells
}

/// The record as one line of cells, or as several when a text is longer than a cell may be: further
/// lines are numbered 12（续） and hold what is left, so nothing is cut silently.
#[must_use]
pub fn lines(shown: Shown) -> Vec<Vec<Cell>> {
    let number = shown.number;
    let cells = cells(shown);
    let parts: Vec<Vec<&str>> = cells
        .iter()
        .map(|cell| match cell {
            Cell::Number(_) => Vec::new(),
            Cell::Text(text) => pieces(text, CELL_LIMIT),
        })
        .collect();
    let longest = parts.iter().map(Vec::len).max().unwrap_or(1);
    if longest <= 1 {
        return vec![cells];
    }
    (0..longest)
        .map(|line| continued(&cells, &parts, line, number))
        .collect()
}

fn continued(cells: &[Cell], parts: &[Vec<&str>], line: usize, number: u64) -> Vec<Cell> {
    let mut cells: Vec<Cell> = cells
        .iter()
        .zip(parts)
        .map(|(cell, parts)| match cell {
            Cell::Number(_) if line == 0 => cell.clone(),
            _ => Cell::Text(parts.get(line).copied().unwrap_or_default().to_owned()),
        })
        .collect();
    if line > 0
        && let Some(first) = cells.first_mut()
    {
        *first = Cell::Text(format!("{number}（续）"));
    }
    cells
}
