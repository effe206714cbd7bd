//! What a file is: by its first bytes, then by its extension.

use super::{Format, refuse};
use crate::error::{Error, Result};

const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// The kinds people send by mistake, by their first bytes.
const OTHERS: [(&[u8], &str, &str); 12] = [
    (b"{\\rtf", "RTF文档", "an RTF document"),
    (b"MZ", "Windows程序", "a Windows program"),
    (b"\x7fELF", "Linux程序", "a Linux program"),
    (b"\x89PNG", "PNG图片", "a PNG image"),
    (b"\xff\xd8\xff", "JPEG图片", "a JPEG image"),
    (b"GIF8", "GIF图片", "a GIF image"),
    (b"BM", "BMP图片", "a BMP image"),
    (b"Rar!", "RAR压缩包", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "7z压缩包", "a 7z archive"),
    (b"\x1f\x8b", "gzip压缩包", "a gzip archive"),
    (b"\xff\xfe\x00\x00", "UTF-32编码的文本", "UTF-32 text"),
    (b"\x00\x00\xfe\xff", "UTF-32编码的文本", "UTF-32 text"),
];

/// The format of a file.
///
/// # Errors
/// `Invalid` for an empty file and for kinds that are no documents, which are named.
pub(super) fn judge(name: &str, bytes: &[u8]) -> Result<Format> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(refuse::empty(name));
    }
    let extension = extension(name);
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return zip(name, bytes);
    }
    if bytes.starts_with(OLE) {
        return ole(name, &extension, bytes);
    }
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    // Some programs write a few bytes before the mark; readers look for it in the first 1,024.
    if bytes.starts_with(b"%PDF-") || extension == "pdf" && find(head, b"%PDF-") {
        return Ok(Format::Pdf);
    }
    for (magic, zh, en) in OTHERS {
        // Two letters alone may begin a text.
        let is_text = magic.len() == 2 && magic.is_ascii() && !bytes.contains(&0);
        if bytes.starts_with(magic) && !is_text {
            return Err(other(name, zh, en));
        }
    }
    markup(name, &extension, head)
}

fn other(name: &str, zh: &str, en: &str) -> Error {
    refuse::invalid(
        name,
        format!("看起来是{zh}，不是可以读取的文稿，请另存为.docx或UTF-8编码的.txt再提交"),
        format!("looks like {en}, not a document; save it as .docx or UTF-8 .txt"),
    )
}

fn extension(name: &str) -> String {
    name.rsplit_once('.')
        .map(|(_, extension)| extension.trim().to_ascii_lowercase())
        .unwrap_or_default()
}

fn find(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// An OpenDocument file begins with an unpacked entry that holds its media type; whether any other
/// container is a Word document is seen when it is opened.
fn zip(name: &str, bytes: &[u8]) -> Result<Format> {
    const LEAD: &[u8] = b"application/vnd.oasis.opendocument.";
    let head = bytes.get(30..bytes.len().min(200)).unwrap_or_default();
    let Some(at) = head
        .starts_with(b"mimetype")
        .then(|| head.windows(LEAD.len()).position(|window| window == LEAD))
        .flatten()
    else {
        return Ok(Format::Docx);
    };
    let kind = head.get(at + LEAD.len()..).unwrap_or_default();
    if kind.starts_with(b"text") {
        Ok(Format::Odt)
    } else if kind.starts_with(b"spreadsheet") {
        Err(other(name, "表格文件（ods）", "a spreadsheet (ods)"))
    } else {
        Err(other(
            name,
            "其他开放文档（odp/odg）",
            "another OpenDocument file",
        ))
    }
}

/// The compound file of the old Office. The names in its directory are UTF-16.
fn ole(name: &str, extension: &str, bytes: &[u8]) -> Result<Format> {
    let holds = |entry: &str| {
        let wide: Vec<u8> = entry.encode_utf16().flat_map(u16::to_le_bytes).collect();
        find(bytes, &wide)
    };
    if holds("EncryptedPackage") {
        return Err(refuse::password(name));
    }
    if holds("WordDocument") {
        // The first words of the main stream, which nearly always follows the header: a mark, and
        // flags of which 0x0100 says that the document is encrypted ([MS-DOC] 2.5.2).
        let encrypted =
            bytes.get(512..514) == Some(b"\xec\xa5") && bytes.get(523).is_some_and(|b| b & 1 == 1);
        return if encrypted {
            Err(refuse::password(name))
        } else if extension == "wps" {
            Ok(Format::Wps)
        } else {
            Ok(Format::Doc)
        };
    }
    Err(if holds("Workbook") || holds("Book") {
        other(
            name,
            "旧版表格文件（xls/et）",
            "an old spreadsheet (xls/et)",
        )
    } else if holds("PowerPoint Document") {
        other(
            name,
            "旧版演示文件（ppt/dps）",
            "an old presentation (ppt/dps)",
        )
    } else {
        other(
            name,
            "旧版Office文件，但不是文字文档",
            "an old Office file without text",
        )
    })
}

fn markup(name: &str, extension: &str, head: &[u8]) -> Result<Format> {
    // UTF-16 markup shows its letters when the zeros are left out.
    let shown: Vec<u8> = head.iter().copied().filter(|byte| *byte != 0).collect();
    let shown = String::from_utf8_lossy(&shown).to_ascii_lowercase();
    let start = shown
        .trim_start_matches(['\u{feff}', '\u{fffd}'])
        .trim_start();
    if start.starts_with("mime-version:") {
        return Err(other(name, "网页归档（mht）", "a web archive (mht)"));
    }
    if start.starts_with("<?xml") {
        let word = ["word.document", "worddocument", "pkg:package"];
        if word.iter().any(|mark| start.contains(mark)) {
            return Err(other(name, "Word的XML文档", "a Word XML document"));
        }
        if start.contains("<html") || start.contains("<!doctype html") {
            return Ok(Format::Html);
        }
    }
    let html = ["<!doctype html", "<html", "<head", "<body"];
    if html.iter().any(|mark| start.starts_with(mark)) {
        return Ok(Format::Html);
    }
    Ok(match extension {
        "html" | "htm" | "shtml" | "xhtml" => Format::Html,
        "md" | "markdown" => Format::Markdown,
        _ => Format::Text,
    })
}
