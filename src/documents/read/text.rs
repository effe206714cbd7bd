//! Plain text: UTF-8, with or without a byte-order mark.

use super::{Format, SourceText};
use crate::error::{Error, Kind, Result};

/// The largest file taken unless the configuration says otherwise: 20 MiB.
pub const DEFAULT_LIMIT: usize = 20 * 1024 * 1024;

/// Reads the bytes of a text file.
///
/// # Errors
///
/// `TooLarge` above `limit` bytes; `Invalid` for an empty file, a file of another kind (what it
/// looks like is named), a NUL byte, or bytes that are not UTF-8 (the offset is named).
pub fn from_bytes(name: &str, bytes: &[u8], limit: usize) -> Result<SourceText> {
    if bytes.len() > limit {
        return Err(Error::new(
            Kind::TooLarge,
            format!("文件“{name}”超过{limit}字节的上限，请拆分或压缩内容"),
            format!("file {name} is above the limit of {limit} bytes; make it smaller"),
        ));
    }
    if let Some((zh, en)) = looks_like(bytes) {
        return Err(Error::invalid(
            format!("文件“{name}”看起来是{zh}，不是纯文本，请另存为UTF-8编码的.txt再提交"),
            format!("file {name} looks like {en}, not plain text; save it as UTF-8 .txt"),
        ));
    }
    let (skipped, body) = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => (3_usize, rest),
        None => (0, bytes),
    };
    if let Some(at) = body.iter().position(|byte| *byte == 0) {
        let at = at.saturating_add(skipped);
        return Err(Error::invalid(
            format!("文件“{name}”在第{at}字节处有空字符(NUL)，不是纯文本，请另存为UTF-8编码的.txt"),
            format!(
                "file {name} has a NUL byte at offset {at}; it is not plain text; save it as UTF-8 .txt"
            ),
        ));
    }
    let text = std::str::from_utf8(body).map_err(|cause| {
        let at = cause.valid_up_to().saturating_add(skipped);
        not_utf8(name, at, body).caused_by(cause)
    })?;
    if text.trim().is_empty() {
        return Err(Error::invalid(
            format!("文件“{name}”是空的，请检查后重新选择"),
            format!("file {name} is empty; choose another"),
        ));
    }
    Ok(SourceText {
        name: name.to_owned(),
        sha256: crate::ids::sha256(bytes),
        text: text.to_owned(),
        format: Format::Text,
        images: Vec::new(),
        headings: Vec::new(),
        contents: Vec::new(),
        warnings: Vec::new(),
    })
}

/// The kinds people send by mistake, by their first bytes.
fn looks_like(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const KINDS: [(&[u8], &str, &str); 11] = [
        (
            b"PK\x03\x04",
            "Office文档或压缩包(docx/xlsx/zip)",
            "an Office document or archive (docx/xlsx/zip)",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "旧版Office文档(doc/xls/wps)",
            "an old Office document (doc/xls/wps)",
        ),
        (b"%PDF-", "PDF文件", "a PDF"),
        (b"{\\rtf", "RTF文档", "an RTF document"),
        (b"MZ", "Windows程序", "a Windows program"),
        (b"\x7fELF", "Linux程序", "a Linux program"),
        (b"\x89PNG", "PNG图片", "a PNG image"),
        (b"\xff\xd8\xff", "JPEG图片", "a JPEG image"),
        (b"Rar!", "RAR压缩包", "a RAR archive"),
        (b"\xff\xfe", "UTF-16编码的文本", "UTF-16 text"),
        (b"\xfe\xff", "UTF-16编码的文本", "UTF-16 text"),
    ];
    KINDS
        .iter()
        .find(|(magic, _, _)| bytes.starts_with(magic))
        .map(|(_, zh, en)| (*zh, *en))
}

fn not_utf8(name: &str, at: usize, body: &[u8]) -> Error {
    let (zh, en) = if looks_like_gb18030(body) {
        (
            "，看起来是GB18030(GBK)编码",
            ", it looks like GB18030 (GBK)",
        )
    } else {
        ("", "")
    };
    Error::invalid(
        format!("文件“{name}”从第{at}字节起不是UTF-8编码{zh}，请另存为UTF-8编码后再提交"),
        format!("file {name} is not UTF-8 from byte offset {at}{en}; save it as UTF-8"),
    )
}

/// Nearly all bytes above ASCII come in pairs that GB18030 uses for Chinese characters.
fn looks_like_gb18030(body: &[u8]) -> bool {
    let (mut pairs, mut strays) = (0_usize, 0_usize);
    let mut bytes = body.iter().copied().take(65_536);
    while let Some(byte) = bytes.next() {
        match byte {
            0..=0x7f => {}
            0x81..=0xfe => match bytes.next() {
                Some(0x40..=0x7e | 0x80..=0xfe) => pairs = pairs.saturating_add(1),
                _ => strays = strays.saturating_add(1),
            },
            _ => strays = strays.saturating_add(1),
        }
    }
    pairs >= 4 && strays.saturating_mul(50) <= pairs
}
