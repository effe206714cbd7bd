//! A workbook as text: a line for each row, its cells between TABs, row by row as they are stored,
//! so that a sheet that claims to be vast costs no more than the cells it has.

use super::Found;
use calamine::{Data, Reader, Xlsx};
use std::io::{Cursor, Read};
use zip::ZipArchive;

const MOST_CELLS: usize = 200_000;
const MOST_SHEETS: usize = 20;
const MOST_PARTS: usize = 2_000;
/// Cells further to the right stand as if they were here.
const WIDEST: u32 = 64;

/// Whether these bytes are a workbook of the kind that is read (.xlsx).
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
        && ZipArchive::new(Cursor::new(bytes))
            .is_ok_and(|zip| zip.index_for_name("xl/workbook.xml").is_some())
}

/// The rows of all sheets, `most` characters of them; `None` when it cannot be opened or would
/// unpack to more than `unpacked` bytes.
pub(super) fn text(bytes: &[u8], most: usize, unpacked: usize) -> Option<Found> {
    if !fits(bytes, unpacked) {
        return None;
    }
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).ok()?;
    let mut page = Page {
        text: String::new(),
        left: most,
        cells: MOST_CELLS,
    };
    for name in book.sheet_names().into_iter().take(MOST_SHEETS) {
        page.sheet(&mut book, &name);
    }
    let text = page.text.trim().to_owned();
    (!text.is_empty()).then_some(Found {
        text,
        cut: page.left == 0 || page.cells == 0,
    })
}

/// Unpacks every part into nothing, counting: what a container says of its sizes proves nothing.
fn fits(bytes: &[u8], unpacked: usize) -> bool {
    let Ok(mut zip) = ZipArchive::new(Cursor::new(bytes)) else {
        return false;
    };
    let mut left = u64::try_from(unpacked).unwrap_or(u64::MAX);
    if zip.len() > MOST_PARTS {
        return false;
    }
    for index in 0..zip.len() {
        let Ok(part) = zip.by_index(index) else {
            return false;
        };
        let Ok(size) = std::io::copy(&mut part.take(left + 1), &mut std::io::sink()) else {
            return false;
        };
        match left.checked_sub(size) {
            Some(rest) => left = rest,
            None => return false,
        }
    }
    true
}

struct Page {
    text: String,
    /// Characters that may still be written.
    left: usize,
    cells: usize,
}

impl Page {
    fn sheet<R: Read + std::io::Seek>(&mut self, book: &mut Xlsx<R>, name: &str) {
        let Ok(mut reader) = book.worksheet_cells_reader(name) else {
            return;
        };
        let mut at: Option<(u32, u32)> = None;
        while let Ok(Some(cell)) = reader.next_cell() {
            if self.left == 0 || self.cells == 0 {
                return;
            }
            self.cells -= 1;
            let (row, column) = cell.get_position();
            let value = Data::from(cell.get_value().clone()).to_string();
            let value: String = value
                .split(['\n', '\r', '\t'])
                .collect::<Vec<_>>()
                .join(" ");
            if value.trim().is_empty() {
                continue;
            }
            let column = column.min(WIDEST);
            match at {
                Some((line, before)) if line == row => {
                    (before..column).for_each(|_| self.put("\t"));
                }
                Some(_) => self.put("\n"),
                None => {}
            }
            self.put(&value);
            at = Some((row, column));
        }
        self.put("\n");
    }

    fn put(&mut self, text: &str) {
        let taken: String = text.chars().take(self.left).collect();
        self.left -= taken.chars().count();
        self.text.push_str(&taken);
    }
}
