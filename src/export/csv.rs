//! The summary as CSV for spreadsheets: UTF-8 with a byte order mark (Excel reads it as GBK
//! otherwise), CRLF, every field quoted, the same number of fields on every line (RFC 4180). A field
//! that a spreadsheet might run as a formula gets an apostrophe in front (OWASP, CSV Injection).

use crate::error::{Error, Result};
use crate::export::columns::{Cell, columns, lines};
use crate::export::model::{Head, Row};
use crate::export::records::{records, section};
use crate::export::sentences;
use crate::export::text::looks_like_formula;
use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};
use std::io::Write;

/// Writes head, table and foot. Rows stream; memory does not grow with them.
///
/// # Errors
/// `Kind::Internal` when the numbers do not add up or the writer fails; what was written until then
/// must be dropped, as [`crate::export::write_file`] does.
pub fn write<W, I>(head: &Head, rows: I, mut out: W) -> Result<()>
where
    W: Write,
    I: IntoIterator<Item = Result<Row>>,
{
    let records = records(head, rows)?;
    out.write_all("\u{FEFF}".as_bytes())
        .map_err(Error::internal)?;
    let columns = columns(head.edition);
    let mut sheet = Sheet {
        writer: WriterBuilder::new()
            .terminator(Terminator::CRLF)
            .quote_style(QuoteStyle::Always)
            .from_writer(out),
        width: columns.len(),
    };
    sheet.head(head)?;
    sheet.line(columns.iter().map(|column| column.title.to_owned()))?;
    for record in records {
        for line in lines(record?) {
            sheet.line(line.into_iter().map(field))?;
        }
    }
    sheet.foot(head)
}

struct Sheet<W: Write> {
    writer: Writer<W>,
    width: usize,
}

impl<W: Write> Sheet<W> {
    fn head(&mut self, head: &Head) -> Result<()> {
        self.text(&sentences::title(head))?;
        for paragraph in sentences::paragraphs(head) {
            self.text(&paragraph)?;
        }
        if !head.totals.is_empty() {
            for (label, count) in sentences::figures(head) {
                self.line([label.to_owned(), count.to_string()])?;
            }
            for place in &head.totals.by_section {
                let label = section(&place.path, &place.heading).replace('\n', " ");
                self.line([guarded(label), place.opinions.to_string()])?;
            }
        }
        self.line([])
    }

    fn foot(mut self, head: &Head) -> Result<()> {
        self.line([])?;
        self.text(&sentences::issuer(head))?;
        self.text(&sentences::cn_date(head.issued_on))?;
        self.writer.flush().map_err(Error::internal)
    }

    fn text(&mut self, text: &str) -> Result<()> {
        self.line([guarded(text.to_owned())])
    }

    /// One line, filled up with empty fields to the table's width.
    fn line(&mut self, fields: impl IntoIterator<Item = String>) -> Result<()> {
        let filled = fields
            .into_iter()
            .chain(std::iter::repeat(String::new()))
            .take(self.width);
        self.writer.write_record(filled).map_err(Error::internal)
    }
}

fn field(cell: Cell) -> String {
    match cell {
        Cell::Number(number) => number.to_string(),
        Cell::Text(text) => guarded(text),
    }
}

fn guarded(text: String) -> String {
    if looks_like_formula(&text) {
        format!("'{text}")
    } else {
        text
    }
}
