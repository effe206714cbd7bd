//! The sheet 意见表: a frozen head that repeats in print, one line a record, and a further sheet when
//! one is full.

use super::{FONT, fault, page, write_count};
use crate::error::Result;
use crate::export::columns::{Cell, Column, columns, lines};
use crate::export::model::Head;
use crate::export::records::Shown;
use crate::export::sentences;
use crate::export::text::looks_like_formula;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

/// The looks of cells.
struct Looks {
    header: Format,
    text: Format,
    /// As `text`, and stays text when somebody edits the cell (`quotePrefix`).
    guarded: Format,
    middle: Format,
    foot: Format,
}

impl Looks {
    fn new() -> Self {
        let plain = Format::new().set_font_name(FONT).set_font_size(10.5);
        let boxed = plain
            .clone()
            .set_border(FormatBorder::Thin)
            .set_text_wrap()
            .set_align(FormatAlign::Top);
        Self {
            header: plain
                .clone()
                .set_bold()
                .set_border(FormatBorder::Thin)
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter),
            guarded: boxed.clone().set_quote_prefix(),
            middle: boxed.clone().set_align(FormatAlign::Center),
            text: boxed,
            foot: plain.set_align(FormatAlign::Right),
        }
    }
}

/// The table, sheet after sheet.
pub(super) struct Table<'a> {
    head: &'a Head,
    workbook: &'a mut Workbook,
    columns: Vec<Column>,
    looks: Looks,
    sheet: Worksheet,
    sheets: u32,
    next_row: u32,
    rows_per_sheet: u32,
}

impl<'a> Table<'a> {
    pub(super) fn new(
        head: &'a Head,
        workbook: &'a mut Workbook,
        rows_per_sheet: u32,
    ) -> Result<Self> {
        let sheet = workbook
            .new_worksheet_with_constant_memory()
            .map_err(fault)?;
        let mut table = Self {
            head,
            workbook,
            columns: columns(head.edition),
            looks: Looks::new(),
            sheet,
            sheets: 1,
            next_row: 0,
            rows_per_sheet,
        };
        table.begin().map_err(fault)?;
        Ok(table)
    }

    fn begin(&mut self) -> Result<(), XlsxError> {
        let name = match self.sheets {
            1 => "意见表".to_owned(),
            number => format!("意见表（{number}）"),
        };
        self.sheet.set_name(name)?;
        for (at, column) in (0..).zip(&self.columns) {
            self.sheet.set_column_width(at, f64::from(column.width))?;
            self.sheet
                .write_string_with_format(0, at, column.title, &self.looks.header)?;
        }
        self.sheet.set_freeze_panes(1, 0)?;
        self.sheet.set_repeat_rows(0, 0)?;
        page(&mut self.sheet);
        self.next_row = 1;
        Ok(())
    }

    pub(super) fn add(&mut self, shown: Shown) -> Result<()> {
        for line in lines(shown) {
            if self.next_row >= self.rows_per_sheet {
                self.turn_over()?;
            }
            for (at, cell) in (0..).zip(line) {
                self.cell(at, cell).map_err(fault)?;
            }
            self.next_row += 1;
        }
        Ok(())
    }

    fn cell(&mut self, at: u16, cell: Cell) -> Result<(), XlsxError> {
        let (row, looks) = (self.next_row, &self.looks);
        match cell {
            Cell::Number(number) => write_count(&mut self.sheet, row, at, number, &looks.middle),
            Cell::Text(text) if text.is_empty() => {
                self.sheet.write_blank(row, at, &looks.text).map(drop)
            }
            Cell::Text(text) => {
                let look = if looks_like_formula(&text) {
                    &looks.guarded
                } else {
                    &looks.text
                };
                self.sheet
                    .write_string_with_format(row, at, text, look)
                    .map(drop)
            }
        }
    }

    fn turn_over(&mut self) -> Result<()> {
        let next = self
            .workbook
            .new_worksheet_with_constant_memory()
            .map_err(fault)?;
        self.filter().map_err(fault)?;
        let full = std::mem::replace(&mut self.sheet, next);
        self.workbook.push_worksheet(full);
        self.sheets += 1;
        self.begin().map_err(fault)
    }

    fn filter(&mut self) -> Result<(), XlsxError> {
        let last_column = last(&self.columns);
        self.sheet
            .autofilter(0, 0, self.next_row.saturating_sub(1), last_column)
            .map(drop)
    }

    pub(super) fn finish(mut self) -> Result<()> {
        self.foot().map_err(fault)?;
        self.workbook.push_worksheet(self.sheet);
        Ok(())
    }

    fn foot(&mut self) -> Result<(), XlsxError> {
        if self.head.totals.is_empty() {
            let looks = &self.looks.text;
            self.sheet
                .write_string_with_format(1, 2, "征求意见期间未收到意见", looks)?;
            self.next_row = 2;
        } else {
            self.filter()?;
        }
        let last_column = last(&self.columns);
        let issuer = sentences::issuer(self.head);
        let date = sentences::cn_date(self.head.issued_on);
        for (row, text) in (self.next_row + 1..).zip([issuer, date]) {
            self.sheet
                .write_string_with_format(row, last_column, text, &self.looks.foot)?;
        }
        Ok(())
    }
}

fn last(columns: &[Column]) -> u16 {
    u16::try_from(columns.len().saturating_sub(1)).unwrap_or_default()
}
