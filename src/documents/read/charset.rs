//! From bytes to characters, strictly: what cannot be decoded is an error, never a guess.

use super::refuse;
use crate::error::{Error, Result};
use encoding_rs::{DecoderResult, Encoding, GB18030, UTF_16BE, UTF_16LE};

/// The text of some bytes without its byte-order mark. `declared` is the charset that the file
/// itself names; it counts only after a byte-order mark and after UTF-8 that is valid as such.
///
/// # Errors
/// `Invalid` with the offset of the first byte that does not fit.
pub(super) fn decode(name: &str, bytes: &[u8], declared: Option<&str>) -> Result<String> {
    if let Some(body) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        let text = std::str::from_utf8(body).map_err(|cause| {
            not_decoded(name, cause.valid_up_to().saturating_add(3), "UTF-8").caused_by(cause)
        })?;
        return without_nul(name, text.to_owned(), 3);
    }
    for (mark, encoding) in [(b"\xff\xfe", UTF_16LE), (b"\xfe\xff", UTF_16BE)] {
        if let Some(body) = bytes.strip_prefix(mark) {
            return strictly(name, encoding, body, 2).and_then(|text| without_nul(name, text, 2));
        }
    }
    if let Some(text) = unmarked_utf16(name, bytes) {
        return Ok(text);
    }
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(nul(name, at));
    }
    let invalid = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(text.to_owned()),
        Err(cause) => cause,
    };
    // A text that was UTF-8 so far is broken UTF-8 and nothing else.
    let at = invalid.valid_up_to();
    let so_far = bytes.get(..at).unwrap_or_default();
    if String::from_utf8_lossy(so_far)
        .chars()
        .filter(|c| *c > '\u{7ff}')
        .take(4)
        .count()
        == 4
    {
        return Err(not_decoded(name, at, "UTF-8").caused_by(invalid));
    }
    let named = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    // Pages name GB2312 or GBK and use the characters of GB18030, which holds both.
    if let Some(encoding) = named.filter(|encoding| !is_unicode(encoding)) {
        let encoding = if encoding == encoding_rs::GBK {
            GB18030
        } else {
            encoding
        };
        return strictly(name, encoding, bytes, 0);
    }
    if looks_like_gb18030(bytes) {
        return strictly(name, GB18030, bytes, 0);
    }
    Err(refuse::invalid(
        name,
        format!("从第{at}字节起既不是UTF-8，也不像GB18030（GBK）编码，请另存为UTF-8编码后再提交"),
        format!("is neither UTF-8 nor GB18030 (GBK) from byte offset {at}; save it as UTF-8"),
    )
    .caused_by(invalid))
}

fn is_unicode(encoding: &'static Encoding) -> bool {
    [encoding_rs::UTF_8, UTF_16LE, UTF_16BE].contains(&encoding)
}

fn strictly(
    name: &str,
    encoding: &'static Encoding,
    bytes: &[u8],
    skipped: usize,
) -> Result<String> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let room = decoder
        .max_utf8_buffer_length_without_replacement(bytes.len())
        .ok_or_else(|| Error::internal("a file longer than memory"))?;
    let mut text = String::with_capacity(room);
    let (result, read) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    if let DecoderResult::Malformed(wrong, after) = result {
        let back = usize::from(wrong).saturating_add(usize::from(after));
        let at = read.saturating_sub(back).saturating_add(skipped);
        return Err(not_decoded(name, at, encoding.name()));
    }
    text.shrink_to_fit();
    Ok(text)
}

fn not_decoded(name: &str, at: usize, charset: &str) -> Error {
    refuse::invalid(
        name,
        format!("第{at}字节处不是有效的{charset}编码，文件可能损坏，请另存为UTF-8编码后再提交"),
        format!("is not valid {charset} at byte offset {at}; save it as UTF-8"),
    )
}

fn without_nul(name: &str, text: String, skipped: usize) -> Result<String> {
    match text.find('\0') {
        Some(at) => Err(nul(name, at.saturating_add(skipped))),
        None => Ok(text),
    }
}

fn nul(name: &str, at: usize) -> Error {
    refuse::invalid(
        name,
        format!("在第{at}字节处有空字符（NUL），不是纯文本，请另存为UTF-8编码的.txt"),
        format!("has a NUL byte at offset {at}; it is not plain text; save it as UTF-8 .txt"),
    )
}

/// UTF-16 without a mark: read in one of both orders, nearly all of it is what Chinese documents are
/// written with. In the other order it is a scatter of scripts; 一 is U+4E00, so zeros alone say
/// nothing of the order.
fn unmarked_utf16(name: &str, bytes: &[u8]) -> Option<String> {
    if !bytes.len().is_multiple_of(2) || !bytes.contains(&0) {
        return None;
    }
    [UTF_16LE, UTF_16BE].into_iter().find_map(|encoding| {
        let text = strictly(name, encoding, bytes, 0).ok()?;
        let (mut usual, mut all) = (0_usize, 0_usize);
        for c in text.chars() {
            if c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}') {
                return None;
            }
            let known = matches!(c, '\t'..='~' | '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{303f}'
                | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}');
            usual = usual.saturating_add(usize::from(known));
            all = all.saturating_add(1);
        }
        (usual.saturating_mul(10) >= all.saturating_mul(9)).then_some(text)
    })
}

/// Nearly all bytes above ASCII come in pairs that GB18030 uses for Chinese characters, and nearly
/// all of those in the part that GB 2312 had: other two-byte charsets use other second bytes.
fn looks_like_gb18030(bytes: &[u8]) -> bool {
    let (mut pairs, mut rare, mut strays) = (0_usize, 0_usize, 0_usize);
    let mut rest = bytes.iter().copied().take(65_536);
    while let Some(byte) = rest.next() {
        match byte {
            0..=0x7f => {}
            0x81..=0xfe => match rest.next() {
                Some(second @ (0x40..=0x7e | 0x80..=0xfe)) => {
                    pairs = pairs.saturating_add(1);
                    let common = matches!(byte, 0xa1..=0xa9 | 0xb0..=0xf7) && second >= 0xa1;
                    rare = rare.saturating_add(usize::from(!common));
                }
                // Four bytes: digits stand in the second and the fourth.
                Some(0x30..=0x39) => {
                    let (third, fourth) = (rest.next(), rest.next());
                    let whole =
                        matches!(third, Some(0x81..=0xfe)) && matches!(fourth, Some(0x30..=0x39));
                    strays = strays.saturating_add(usize::from(!whole));
                }
                // The sample may end within a pair.
                None => {}
                Some(_) => strays = strays.saturating_add(1),
            },
            _ => strays = strays.saturating_add(1),
        }
    }
    pairs >= 2 && strays.saturating_mul(50) <= pairs && rare.saturating_mul(4) <= pairs
}
