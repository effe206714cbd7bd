//! The sheet 汇总: title, sentences, figures, places, conservation line, issuer and date.

use super::{FONT, fault, page, write_count};
use crate::error::Result;
use crate::export::model::Head;
use crate::export::records::section;
use crate::export::sentences;
use crate::words::Lang::Zh;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

/// Columns: label, its value, and a wide one so that sentences have a line to stand on.
const WIDTHS: [u16; 3] = [44, 16, 60];
const LAST: u16 = 2;
/// Chinese characters that fit on one line over all three columns at 10.5 pt.
const CHARS_A_LINE: usize = 56;
const LINE_POINTS: u16 = 16;

pub(super) fn sheet(head: &Head) -> Result<Worksheet> {
    Summary::new().write(head).map_err(fault)
}

struct Summary {
    sheet: Worksheet,
    row: u32,
    title: Format,
    sentence: Format,
    header: Format,
    label: Format,
    count: Format,
    foot: Format,
}

impl Summary {
    fn new() -> Self {
        let plain = Format::new().set_font_name(FONT).set_font_size(10.5);
        let boxed = plain.clone().set_border(FormatBorder::Thin);
        Self {
            sheet: Worksheet::new(),
            row: 0,
            title: Format::new()
                .set_font_name(FONT)
                .set_font_size(16)
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter),
            sentence: plain
                .clone()
                .set_text_wrap()
                .set_align(FormatAlign::Top)
                .set_align(FormatAlign::Left),
            header: boxed.clone().set_bold().set_align(FormatAlign::Center),
            label: boxed.clone().set_text_wrap().set_quote_prefix(),
            count: boxed.set_align(FormatAlign::Right),
            foot: plain.set_align(FormatAlign::Right),
        }
    }

    fn write(mut self, head: &Head) -> Result<Worksheet, XlsxError> {
        self.sheet.set_name("汇总")?;
        page(&mut self.sheet);
        for (column, width) in (0..).zip(WIDTHS) {
            self.sheet.set_column_width(column, f64::from(width))?;
        }
        self.title(head)?;
        for paragraph in sentences::paragraphs(head) {
            self.sentence(&paragraph)?;
        }
        if !head.totals.is_empty() {
            self.figures(head)?;
            self.places(head)?;
        }
        self.row += 1;
        self.foot(&sentences::issuer(head))?;
        self.foot(&sentences::cn_date(head.issued_on))?;
        Ok(self.sheet)
    }

    fn title(&mut self, head: &Head) -> Result<(), XlsxError> {
        self.sheet
            .merge_range(0, 0, 0, LAST, &sentences::title(head), &self.title)?;
        self.sheet.set_row_height(0, 48)?;
        self.sheet
            .merge_range(1, 0, 1, LAST, head.edition.word(Zh), &self.foot)?;
        self.row = 2;
        Ok(())
    }

    /// A merged cell does not grow with its text by itself.
    fn sentence(&mut self, text: &str) -> Result<(), XlsxError> {
        let lines = text.chars().count() / CHARS_A_LINE + 1;
        let height = u16::try_from(lines).unwrap_or(25).min(25) * LINE_POINTS;
        self.sheet
            .merge_range(self.row, 0, self.row, LAST, text, &self.sentence)?;
        self.sheet.set_row_height(self.row, height)?;
        self.row += 1;
        Ok(())
    }

    fn figures(&mut self, head: &Head) -> Result<(), XlsxError> {
        self.header("项目", "数量")?;
        for (label, count) in sentences::figures(head) {
            self.figure(label, count)?;
        }
        Ok(())
    }

    fn places(&mut self, head: &Head) -> Result<(), XlsxError> {
        self.header("条款", "意见（条）")?;
        for place in &head.totals.by_section {
            let label = section(&place.path, &place.heading).replace('\n', " ");
            self.figure(&label, place.opinions)?;
        }
        Ok(())
    }

    fn header(&mut self, label: &str, count: &str) -> Result<(), XlsxError> {
        self.row += 1;
        for (column, text) in [(0, label), (1, count)] {
            self.sheet
                .write_string_with_format(self.row, column, text, &self.header)?;
        }
        self.row += 1;
        Ok(())
    }

    fn figure(&mut self, label: &str, count: u64) -> Result<(), XlsxError> {
        self.sheet
            .write_string_with_format(self.row, 0, label, &self.label)?;
        write_count(&mut self.sheet, self.row, 1, count, &self.count)?;
        self.row += 1;
        Ok(())
    }

    fn foot(&mut self, text: &str) -> Result<(), XlsxError> {
        self.sheet
            .write_string_with_format(self.row, LAST, text, &self.foot)?;
        self.row += 1;
        Ok(())
    }
}
