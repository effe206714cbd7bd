//! Bytes to characters, for mail that lies about its charset.
//!
//! The order: a byte-order mark; valid UTF-8; any GB label read as GB18030 (a superset of GB 2312
//! and GBK, GB 18030-2022); the label; then the reading that looks most like Chinese.

use super::charset_guess::{best, looks_chinese};
use encoding_rs::{BIG5, Encoding, GB18030, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A text and how it was read.
#[derive(Clone, Debug)]
pub struct Decoded {
    pub text: String,
    /// The WHATWG name of the encoding used.
    pub charset: &'static str,
    /// True when some bytes had no reading and stand as U+FFFD.
    pub lossy: bool,
}

/// Reads bytes under a label that may be absent or wrong.
#[must_use]
pub fn decode(bytes: &[u8], label: Option<&str>) -> Decoded {
    let label = label.map(tidy_label).unwrap_or_default();
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return with(encoding, bytes.get(mark..).unwrap_or_default());
    }
    if let Some(decoded) = seven_bit(bytes, &label) {
        return decoded;
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && (text.is_ascii() || !accident(text, bytes, &label))
    {
        return Decoded {
            text: text.to_owned(),
            charset: UTF_8.name(),
            lossy: false,
        };
    }
    labelled(bytes, &label)
}

/// Whether this label names one of the GB charsets, `hz-gb-2312` among them.
#[must_use]
pub fn is_gb(label: &str) -> bool {
    let label = tidy_label(label);
    label.contains("gb") && !label.contains("big5")
        || matches!(
            &*label,
            "cp936" | "ms936" | "936" | "windows-936" | "x-cp936" | "euc-cn" | "chinese"
        )
}

fn tidy_label(label: &str) -> String {
    label
        .trim()
        .trim_matches(['"', '\'', ';', ' '])
        .to_ascii_lowercase()
}

fn with(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, lossy) = encoding.decode_without_bom_handling(bytes);
    Decoded {
        text: text.into_owned(),
        charset: encoding.name(),
        lossy,
    }
}

/// Charsets that hide in 7-bit or NUL-ridden bytes, where "valid UTF-8" proves nothing.
fn seven_bit(bytes: &[u8], label: &str) -> Option<Decoded> {
    if label.starts_with("utf-16") || label.starts_with("utf16") || label == "unicode" {
        let nuls = bytes.iter().filter(|&&b| b == 0).count();
        let little = label.ends_with("le") || !label.ends_with("be") && bytes.get(1) == Some(&0);
        let plausible = nuls > 0 || std::str::from_utf8(bytes).is_err();
        return plausible.then(|| with(if little { UTF_16LE } else { UTF_16BE }, bytes));
    }
    if !bytes.is_ascii() {
        return None;
    }
    if label.starts_with("hz") && contains(bytes, b"~{") {
        return Some(with(GB18030, &hz_to_gb(bytes)));
    }
    if label.starts_with("utf-7") || label == "unicode-1-1-utf-7" {
        return Some(Decoded {
            text: utf7(bytes),
            charset: "UTF-7",
            lossy: false,
        });
    }
    contains(bytes, b"\x1b$").then(|| with(ISO_2022_JP, bytes))
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// RFC 1843: between `~{` and `~}` two 7-bit bytes are one GB 2312 character.
fn hz_to_gb(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    let mut chinese = false;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match (byte, after.first()) {
            (b'~', Some(b'{')) => chinese = true,
            (b'~', Some(b'}')) => chinese = false,
            (b'~', Some(b'\n')) => {}
            (b'~', Some(b'~')) => out.push(b'~'),
            (b'\n', _) => {
                chinese = false;
                out.push(byte);
                continue;
            }
            _ => {
                out.push(if chinese && byte > 0x20 {
                    byte | 0x80
                } else {
                    byte
                });
                continue;
            }
        }
        rest = after.get(1..).unwrap_or_default();
    }
    out
}

/// RFC 2152: `+…-` holds base64 of UTF-16BE.
fn utf7(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'+' {
            out.push(char::from(byte));
            continue;
        }
        let length = after
            .iter()
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/'))
            .count();
        let (coded, tail) = after.split_at_checked(length).unwrap_or((after, &[]));
        rest = tail.strip_prefix(b"-").unwrap_or(tail);
        match super::transfer::base64(coded) {
            Some(units) if length > 0 => {
                out.push_str(&UTF_16BE.decode_without_bom_handling(&units).0)
            }
            _ => out.push('+'),
        }
    }
    out
}

/// GB bytes that are valid UTF-8 by accident: they then read as Greek, Cyrillic or Arabic letters.
/// A GB label decides for Chinese; without a label every pair must be a common Chinese character
/// (GB 2312 level 1), which real text in those scripts never is.
fn accident(text: &str, bytes: &[u8], label: &str) -> bool {
    let two_byte_letters = text
        .chars()
        .all(|c| c.is_ascii() || ('\u{80}'..'\u{800}').contains(&c));
    if !two_byte_letters {
        return false;
    }
    let gb = with(GB18030, bytes);
    if gb.lossy {
        return false;
    }
    is_gb(label) || label != "utf-8" && label != "utf8" && level_one(bytes)
}

fn level_one(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some((&lead, after)) = rest.split_first() {
        rest = after;
        if lead.is_ascii() {
            continue;
        }
        match after.split_first() {
            Some((0xa1..=0xfe, tail)) if (0xb0..=0xd7).contains(&lead) => rest = tail,
            _ => return false,
        }
    }
    true
}

fn labelled(bytes: &[u8], label: &str) -> Decoded {
    if is_gb(label) {
        let gb = with(GB18030, bytes);
        return if gb.lossy { best(bytes, Some(gb)) } else { gb };
    }
    let named = Encoding::for_label(label.as_bytes()).filter(|named| named.name() != "replacement");
    match named {
        Some(named) if named == UTF_8 || named == WINDOWS_1252 => best(bytes, None),
        Some(named) => {
            let decoded = with(named, bytes);
            let foreign = named.is_single_byte() && looks_chinese(&with(GB18030, bytes));
            let mislabelled = named == BIG5 && !looks_chinese(&decoded);
            if decoded.lossy || foreign || mislabelled {
                best(bytes, Some(decoded))
            } else {
                decoded
            }
        }
        None => best(bytes, None),
    }
}
