//! From the bytes of a file to its text. One file or folder for each format.
//!
//! The text follows one set of conventions whatever the format (docs/adr/0016): a paragraph is a
//! line; a row of a table is a line that begins and ends with a TAB and has its cells between TABs,
//! paragraphs of a cell being joined by U+2028; a picture is `￼（图片N）`; a note is `〔注N〕` where it
//! is referred to and a line of its own after the paragraph or table.
//!
//! What a file says is believed before what it is called: the first bytes choose the reader, the
//! extension only where bytes cannot tell. Nothing of a file is run, fetched or written to disk,
//! except for the temporary folder of a conversion (`convert`).

mod charset;
mod confined;
mod convert;
mod docx;
mod figures;
mod html;
mod image;
mod markdown;
mod page;
mod pdf;
mod refuse;
mod sniff;
mod text;

use crate::error::Result;
use crate::words::Lang;
pub use convert::Conversion;
use serde::{Deserialize, Serialize};

/// How much a file may ask for. What goes beyond is refused with `Kind::TooLarge`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file itself: 20 MiB.
    pub file_bytes: usize,
    /// Bytes of text, XML and pictures after unpacking, counted while unpacking: 128 MiB.
    pub expanded_bytes: usize,
    /// Elements open at once in XML and HTML: 256.
    pub depth: usize,
    /// Entries of a ZIP container: 4,096.
    pub parts: usize,
    /// Pictures kept: 512.
    pub images: usize,
    /// Seconds that LibreOffice may take: 60.
    pub convert_seconds: u64,
    /// Whether it may run where it cannot be kept from the network: no.
    pub convert_without_isolation: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 20 * 1024 * 1024,
            expanded_bytes: 128 * 1024 * 1024,
            depth: 256,
            parts: 4096,
            images: 512,
            convert_seconds: 60,
            convert_without_isolation: false,
        }
    }
}

/// What a file was found to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    Text,
    Markdown,
    Html,
    Docx,
    Pdf,
    Doc,
    Wps,
    Odt,
}

impl Format {
    /// What people call it.
    #[must_use]
    pub fn word(self, lang: Lang) -> &'static str {
        match self {
            Self::Text => lang.pick("纯文本", "plain text"),
            Self::Markdown => "Markdown",
            Self::Html => lang.pick("网页", "web page"),
            Self::Docx => lang.pick("Word文档（.docx）", "Word document (.docx)"),
            Self::Pdf => lang.pick("PDF文件", "PDF"),
            Self::Doc => lang.pick("旧版Word文档（.doc）", "old Word document (.doc)"),
            Self::Wps => lang.pick("WPS文档（.wps）", "WPS document (.wps)"),
            Self::Odt => lang.pick("开放文档（.odt）", "OpenDocument text (.odt)"),
        }
    }
}

/// The text of a file, as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceText {
    /// The name of the file, without folders.
    pub name: String,
    /// SHA-256 of all bytes of the file as they came, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// The text by the conventions of this module. Of plain text in UTF-8 it is every byte but the
    /// byte-order mark.
    pub text: String,
    pub format: Format,
    /// In the order of their first appearance; `￼（图片N）` names the N-th, counted from 1.
    pub images: Vec<Image>,
    /// Headings that the format itself states: 1-based line and outline level, 1 to 9.
    pub headings: Vec<(usize, u8)>,
    /// Tables of contents: first and last line of each, 1-based.
    pub contents: Vec<[usize; 2]>,
    /// What a person should look at, in the order of the text.
    pub warnings: Vec<ReadWarning>,
}

/// A picture that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// `image/png`, `image/jpeg`, `image/gif` or `image/webp`, by its first bytes.
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
    /// The description its author gave it; often empty.
    pub alt: String,
    /// SHA-256 of `bytes`, 64 lower-case hexadecimal digits.
    pub sha256: String,
}

/// Something that was left out or that may not be as it was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadWarning {
    /// Kebab-case, stable.
    pub code: &'static str,
    /// One Chinese line.
    pub message: String,
    /// 1-based line of the text.
    pub line: usize,
}

impl Limits {
    /// The usual limits with another one for the file itself.
    #[must_use]
    pub fn of_file(file_bytes: usize) -> Self {
        Self {
            file_bytes,
            ..Self::default()
        }
    }
}

/// Reads a file of any format this program knows.
///
/// # Errors
/// One line that names the file, what is wrong with it and what to do: `TooLarge` above a limit,
/// `Invalid` for a file that is empty, broken, of another kind, has a password or holds macros,
/// `Unavailable` when LibreOffice is needed and is not there, cannot be kept from the network or does
/// not finish.
pub fn from_bytes(name: &str, bytes: &[u8], limits: &Limits) -> Result<SourceText> {
    if bytes.len() > limits.file_bytes {
        return Err(refuse::too_large(name, limits.file_bytes));
    }
    let format = sniff::judge(name, bytes)?;
    let mut page = page::Page::new(name, limits);
    match format {
        Format::Text => text::read(&mut page, bytes)?,
        Format::Markdown => markdown::read(&mut page, bytes)?,
        Format::Html => html::read(&mut page, bytes)?,
        Format::Docx => docx::read(&mut page, bytes)?,
        Format::Pdf => pdf::read(&mut page, bytes)?,
        Format::Doc | Format::Wps | Format::Odt => {
            let converted = convert::to_docx(name, format, bytes, limits)?;
            docx::read(&mut page, &converted)?;
        }
    }
    page.finish(crate::ids::sha256(bytes), format)
}
