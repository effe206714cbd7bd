//! The summary as a workbook: 汇总 (the numbers) and 意见表 (the table). Rows go to a temporary file
//! as they come, so memory stays the same at any size. Text is written as inline strings only: never
//! as a formula, an address or a number.

mod summary;
mod table;

use crate::error::{Error, Result};
use crate::export::model::{Head, Row};
use crate::export::records::records;
use crate::export::sentences;
use jiff::tz::TimeZone;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::io::Write;
use table::Table;

/// A sheet ends at row 1,048,576; the table goes on in a further sheet before that.
const ROWS_PER_SHEET: u32 = 1_000_000;
/// Above this many rows a part may pass 4 GiB, which needs ZIP64.
const LARGE: u64 = 200_000;
const A4: u8 = 9;
const FONT: &str = "宋体";

/// Writes the workbook. Nothing reaches `out` before all rows were read and found to add up.
///
/// # Errors
/// `Kind::Internal` when the numbers do not add up or the writer fails.
pub fn write<W, I>(head: &Head, rows: I, out: W) -> Result<()>
where
    W: Write + Send,
    I: IntoIterator<Item = Result<Row>>,
{
    write_sheets(head, rows, out, ROWS_PER_SHEET)
}

fn write_sheets<W, I>(head: &Head, rows: I, out: W, rows_per_sheet: u32) -> Result<()>
where
    W: Write + Send,
    I: IntoIterator<Item = Result<Row>>,
{
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(head)?);
    workbook.use_zip_large_file(head.totals.rows > LARGE);
    workbook.push_worksheet(summary::sheet(head)?);
    let mut table = Table::new(head, &mut workbook, rows_per_sheet)?;
    for record in records(head, rows)? {
        table.add(record?)?;
    }
    table.finish()?;
    workbook.save_to_writer(out).map_err(fault)
}

fn properties(head: &Head) -> Result<DocProperties> {
    let at = head.as_of.to_zoned(TimeZone::UTC);
    let part = |value: i8| u8::try_from(value).unwrap_or_default();
    let created = ExcelDateTime::from_ymd(
        u16::try_from(at.year()).map_err(Error::internal)?,
        u8::try_from(at.month()).map_err(Error::internal)?,
        u8::try_from(at.day()).map_err(Error::internal)?,
    )
    .and_then(|day| {
        day.and_hms(
            u16::from(part(at.hour())),
            part(at.minute()),
            f64::from(at.second()),
        )
    })
    .map_err(fault)?;
    Ok(DocProperties::new()
        .set_title(sentences::title(head))
        .set_author(sentences::issuer(head))
        .set_company(sentences::issuer(head))
        .set_creation_datetime(&created))
}

/// A4 across, one page wide, pages numbered.
fn page(sheet: &mut Worksheet) {
    sheet.set_paper_size(A4);
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.6, 0.6, 0.75, 0.75, 0.3, 0.3);
    sheet.set_footer("&C第 &P 页，共 &N 页");
}

/// Numbers up to u32 as numbers; larger ones, which no consultation has seen, as text, exactly.
fn write_count(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    count: u64,
    look: &Format,
) -> Result<(), XlsxError> {
    match u32::try_from(count) {
        Ok(count) => sheet.write_number_with_format(row, column, count, look),
        Err(_) => sheet.write_string_with_format(row, column, count.to_string(), look),
    }
    .map(drop)
}

#[track_caller]
fn fault(cause: XlsxError) -> Error {
    Error::internal(cause)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::model::{
        Channel, Details, Edition, Office, Sender, SenderKind, Status, Timing,
    };
    use crate::export::totals::Totals;
    use calamine::{Reader, Xlsx, open_workbook_from_rs};
    use jiff::{Timestamp, civil::date};
    use std::io::Cursor;

    fn row(number: u64) -> Row {
        Row {
            number,
            section_path: "一".to_owned(),
            section_heading: String::new(),
            opinion: format!("意见{number}").as_str().into(),
            sender: Sender {
                kind: SenderKind::Organisation,
                public_name: "虚构合作社".to_owned(),
                full_name: "虚构合作社".to_owned(),
                details: Details::default(),
            },
            channel: Channel::Web,
            received_at: Timestamp::UNIX_EPOCH,
            timing: Timing::InTime,
            receipt: String::new(),
            status: Status::Valid,
            outcome: None,
            reason: String::new(),
            decided_by: None,
            decided_at: None,
            merged: Vec::new(),
        }
    }

    #[test]
    fn a_full_sheet_goes_on_in_the_next() {
        let rows: Vec<Row> = (1..=5).map(row).collect();
        let head = Head {
            title: "反馈".to_owned(),
            draft_title: "方案".to_owned(),
            issuer: "虚构局".to_owned(),
            opens_on: date(2025, 5, 29),
            closes_on: date(2025, 6, 28),
            issued_on: date(2025, 7, 5),
            as_of: Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(24 * 365 * 50),
            zone: TimeZone::UTC,
            edition: Edition::Public,
            published: Office::default(),
            totals: Totals::from_rows(&rows, 1, 5),
        };
        let mut bytes = Vec::new();
        write_sheets(&head, rows.into_iter().map(Ok), &mut bytes, 3).unwrap();
        let mut workbook: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
        let names = workbook.sheet_names();
        assert_eq!(names, ["汇总", "意见表", "意见表（2）", "意见表（3）"]);
        let seen: Vec<String> = names[1..]
            .iter()
            .flat_map(|name| {
                let range = workbook.worksheet_range(name).unwrap();
                let opinions: Vec<String> = range.rows().map(|row| row[2].to_string()).collect();
                opinions
            })
            .filter(|text| text.starts_with("意见") && text != "意见建议")
            .collect();
        assert_eq!(seen, ["意见1", "意见2", "意见3", "意见4", "意见5"]);
    }
}
