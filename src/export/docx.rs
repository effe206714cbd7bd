//! The summary as a printed official document: A4, margins, fonts and page numbers of GB/T
//! 9704-2012, the table with a head that repeats. The public edition stands upright; the archive
//! edition, whose cells hold more, lies across.
//!
//! The text is streamed into the archive row by row, deflated, with one fixed time on every part
//! and no generated ids: the same record gives the same bytes.

mod parts;
mod xml;

use crate::error::{Error, Result};
use crate::export::columns::TITLES;
use crate::export::model::{Edition, Head, Row};
use crate::export::records::{Private, Shown, records, section};
use crate::export::sentences;
use parts::{DECLARATION, MAIN, RELATIONS};
use std::io::Write;
use xml::{cell, header_row, paragraph, row, table_start};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Column widths in twips; each set fills the type area, 156 mm upright and 225 mm across.
const UPRIGHT: [u32; 7] = [510, 1134, 2608, 964, 680, 794, 2154];
const ACROSS: [u32; 7] = [567, 1304, 3686, 2041, 1417, 1191, 2550];
/// Place and count in the table of places.
const PLACES: [u32; 2] = [7144, 1700];
/// Above this many rows the text may pass 4 GiB, which needs ZIP64.
const LARGE: u64 = 200_000;

/// Writes the document. Rows stream; memory does not grow with them.
///
/// # Errors
/// `Kind::Internal` when the numbers do not add up or the writer fails; what was written until then
/// must be dropped, as [`crate::export::write_file`] does.
pub fn write<W, I>(head: &Head, rows: I, out: W) -> Result<()>
where
    W: Write,
    I: IntoIterator<Item = Result<Row>>,
{
    let records = records(head, rows)?;
    let mut document = Document::start(head, out)?;
    document.front(head)?;
    if !head.totals.is_empty() {
        document.put(&paragraph("Heading1", "三、意见采纳情况表"))?;
        document.table(head.edition, records)?;
    } else {
        // Rows that come although the head counts none are refused here.
        for record in records {
            record?;
        }
    }
    document.finish(head)
}

struct Document<W: Write> {
    zip: ZipWriter<StreamWriter<W>>,
}

impl<W: Write> Document<W> {
    fn start(head: &Head, out: W) -> Result<Self> {
        let mut zip = ZipWriter::new_stream(out);
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o600);
        for (name, content) in parts::parts(head) {
            zip.start_file(name, options).map_err(Error::internal)?;
            zip.write_all(content.as_bytes()).map_err(Error::internal)?;
        }
        let options = options.large_file(head.totals.rows > LARGE);
        zip.start_file("word/document.xml", options)
            .map_err(Error::internal)?;
        let mut document = Self { zip };
        document.put(&format!(
            r#"{DECLARATION}<w:document xmlns:w="{MAIN}" xmlns:r="{RELATIONS}"><w:body>"#
        ))?;
        Ok(document)
    }

    fn put(&mut self, xml: &str) -> Result<()> {
        self.zip.write_all(xml.as_bytes()).map_err(Error::internal)
    }

    /// Title, what was done, and the numbers.
    fn front(&mut self, head: &Head) -> Result<()> {
        self.put(&paragraph("Title", &sentences::title(head)))?;
        if head.totals.is_empty() {
            return self.sentences(head);
        }
        self.put(&paragraph("Heading1", "一、公开征求意见基本情况"))?;
        self.sentences(head)?;
        self.put(&paragraph("Heading1", "二、按条款统计"))?;
        self.put(&table_start(&PLACES))?;
        self.put(&header_row(&PLACES, &["条款", "意见（条）"]))?;
        let [wide, narrow] = PLACES;
        for place in &head.totals.by_section {
            let label = section(&place.path, &place.heading).replace('\n', " ");
            let cells = cell(wide, "TableText", &label)
                + &cell(narrow, "TableMiddle", &place.opinions.to_string());
            self.put(&row(&cells))?;
        }
        self.put("</w:tbl>")
    }

    fn sentences(&mut self, head: &Head) -> Result<()> {
        for text in sentences::paragraphs(head) {
            self.put(&paragraph("Body", &text))?;
        }
        Ok(())
    }

    fn table(
        &mut self,
        edition: Edition,
        records: impl Iterator<Item = Result<Shown>>,
    ) -> Result<()> {
        let widths = match edition {
            Edition::Public => UPRIGHT,
            Edition::Archive => ACROSS,
        };
        self.put(&table_start(&widths))?;
        self.put(&header_row(&widths, &TITLES))?;
        for record in records {
            self.put(&record_row(&widths, record?))?;
        }
        self.put("</w:tbl>")
    }

    /// Issuer and date, then the page the text stands on.
    fn finish(mut self, head: &Head) -> Result<()> {
        self.put(&paragraph("Body", ""))?;
        self.put(&paragraph("Issuer", &sentences::issuer(head)))?;
        self.put(&paragraph("IssuedOn", &sentences::cn_date(head.issued_on)))?;
        self.put(page(head))?;
        self.put("</w:body></w:document>")?;
        let mut out = self.zip.finish().map_err(Error::internal)?.into_inner();
        out.flush().map_err(Error::internal)
    }
}

/// One record; what only the archive knows stands on further lines of the cell it belongs to.
fn record_row(widths: &[u32; 7], shown: Shown) -> String {
    let (mut sender, mut channel, mut outcome) = (shown.sender, shown.channel, shown.outcome);
    if let Some(private) = shown.private {
        add_lines(&mut sender, &sender_lines(&private));
        add_lines(
            &mut channel,
            &[
                ("回执：", &private.receipt),
                ("收到：", &private.received_at),
                ("", private.timing),
            ],
        );
        add_lines(
            &mut outcome,
            &[("办理：", &private.decided_by), ("", &private.decided_at)],
        );
    }
    let number = shown.number.to_string();
    let texts = [
        ("TableMiddle", &number),
        ("TableText", &shown.section),
        ("TableText", &shown.opinion),
        ("TableText", &sender),
        ("TableText", &channel),
        ("TableText", &outcome),
        ("TableText", &shown.reason),
    ];
    let cells: String = widths
        .iter()
        .zip(texts)
        .map(|(&width, (style, text))| cell(width, style, text))
        .collect();
    row(&cells)
}

fn sender_lines(private: &Private) -> [(&'static str, &str); 9] {
    [
        ("类型：", private.kind),
        ("身份：", &private.capacity),
        ("单位：", &private.organisation),
        ("联系人：", &private.contact_person),
        ("信用代码：", &private.credit_code),
        ("区县：", &private.district),
        ("电话：", &private.phones),
        ("邮箱：", &private.emails),
        ("地址：", &private.address),
    ]
}

fn add_lines(text: &mut String, lines: &[(&str, &str)]) {
    for (label, value) in lines.iter().filter(|(_, value)| !value.is_empty()) {
        text.push('\n');
        text.push_str(label);
        text.push_str(value);
    }
}

/// Page size and margins in twips: 37 mm above, 28 mm at the binding, and what the type area of
/// 156 × 225 mm leaves on the other sides. Across, the page is turned with its binding on top.
fn page(head: &Head) -> &'static str {
    match head.edition {
        Edition::Archive if !head.totals.is_empty() => {
            r#"<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1588" w:right="2098" w:bottom="1474" w:left="1984" w:header="851" w:footer="850" w:gutter="0"/></w:sectPr>"#
        }
        _ => {
            r#"<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1985" w:left="1588" w:header="851" w:footer="1588" w:gutter="0"/></w:sectPr>"#
        }
    }
}
