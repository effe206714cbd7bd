//! PDF files: their text layer, nothing else. Our own reading of objects, because the libraries
//! that do it build everything in a file in memory before anything can be bounded (docs/adr/0017).
//!
//! A character that cannot be told for sure refuses the file: a plan with guessed words is worse
//! than none.

mod cmap;
mod content;
mod file;
mod filter;
mod font;
mod glyphs;
mod layout;
mod lexer;
mod matrix;
mod object;
mod scan;

use super::page::Page;
use super::refuse;
use crate::error::{Error, Result};
use file::File;

/// Pages of one file.
const PAGES: usize = 2000;

/// Why a file cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trouble {
    /// Not a whole PDF.
    Broken,
    /// More than may be unpacked.
    Over,
    /// A character without a meaning.
    Unmapped,
    /// A way of packing that is not read.
    Packing,
}

/// Reads the bytes of a PDF file.
///
/// # Errors
/// `Invalid` for a file that is broken, encrypted, without text, or with characters that have no
/// meaning (the page is named); `TooLarge` beyond what may be unpacked.
pub(super) fn read(page: &mut Page, bytes: &[u8]) -> Result<()> {
    let at_start = |trouble| told(page, 0, trouble);
    let file = File::open(bytes, page.budget.clone()).map_err(at_start)?;
    if file.encrypted {
        return Err(refuse::password(&page.name));
    }
    let leaves = file.pages(PAGES).map_err(at_start)?;
    let mut sheets = Vec::new();
    let (mut empty, mut seen) = (Vec::new(), false);
    for (index, leaf) in leaves.iter().enumerate() {
        let number = index + 1;
        let drawn = content::read(&file, leaf).map_err(|trouble| told(page, number, trouble))?;
        seen |= drawn.invisible;
        if drawn.glyphs.is_empty() {
            empty.push(number);
        }
        sheets.push(layout::lines(drawn.glyphs));
    }
    if sheets.iter().all(Vec::is_empty) {
        return Err(refuse::invalid(
            &page.name,
            "里面没有文字，可能是扫描件，请提交可以复制文字的原文件（.docx或.txt）",
            "has no text; it may be a scan; send the document it was made from",
        ));
    }
    let (paragraphs, numbers) = layout::paragraphs(sheets);
    for paragraph in paragraphs {
        page.line(&super::page::plain(paragraph), None)?;
    }
    page.warn_at(
        1,
        "pdf-text-layer",
        "从PDF读出的文字请逐条核对：PDF只记字的位置，段落是推断的",
    );
    if seen {
        page.warn_at(
            1,
            "pdf-recognised-text",
            "文字是扫描识别的结果，可能有错字，请与原件核对",
        );
    }
    if numbers > 0 {
        page.warn_at(
            1,
            "page-numbers-left-out",
            format!("{numbers}处页码没有读取"),
        );
    }
    for number in empty {
        page.warn_at(
            1,
            "pdf-page-without-text",
            format!("第{number}页没有文字，可能是图片"),
        );
    }
    Ok(())
}

fn told(page: &Page, number: usize, trouble: Trouble) -> Error {
    let name = &page.name;
    match trouble {
        Trouble::Over => page.over(),
        Trouble::Unmapped => refuse::invalid(
            name,
            format!("第{number}页有无法解码的字符，请提交原文件（.docx或.txt）"),
            format!(
                "has characters that cannot be decoded on page {number}; send the document it was made from"
            ),
        ),
        Trouble::Packing => refuse::invalid(
            name,
            "用了不能读取的压缩方式，请提交原文件（.docx或.txt）",
            "is packed in a way that is not read; send the document it was made from",
        ),
        Trouble::Broken => refuse::invalid(
            name,
            "不是完整的PDF文件，可能已损坏，请提交原文件（.docx或.txt）",
            "is not a whole PDF; send the document it was made from",
        ),
    }
}
