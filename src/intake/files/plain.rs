//! Plain text, and what only looks like it.

use super::kind::FileKind;
use super::name::extension;
use super::refusal::Refusal;
use encoding_rs::GB18030;

/// How far a browser looks for HTML (WHATWG MIME Sniffing, 5.2: 1445 bytes).
const LOOKED_AT: usize = 1445;

/// What begins a page or makes one do something.
const PAGE_MARKS: [&[u8]; 9] = [
    b"<!doctype",
    b"<html",
    b"<head",
    b"<body",
    b"<script",
    b"<svg",
    b"<iframe",
    b"<img",
    b"<?php",
];

/// Extensions by which a system runs a text.
const RUN: [&str; 26] = [
    "bat", "cmd", "com", "ps1", "psm1", "vbs", "vbe", "js", "jse", "mjs", "wsf", "wsh", "hta",
    "sh", "bash", "py", "pl", "rb", "php", "reg", "scr", "lnk", "url", "desktop", "command", "jsp",
];

/// Whether all of it is text in UTF-8 or GB18030, without control characters but the usual ones.
pub(super) fn is_text(bytes: &[u8]) -> bool {
    if bytes.contains(&0) {
        return false;
    }
    let plain = |text: &str| {
        !text
            .chars()
            .any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{C}'))
    };
    match std::str::from_utf8(bytes) {
        Ok(text) => plain(text),
        Err(_) => GB18030
            .decode_without_bom_handling_and_without_replacement(bytes)
            .is_some_and(|text| plain(&text)),
    }
}

/// A text that is only a text.
pub(super) fn kind_of(name: &str, bytes: &[u8]) -> Result<FileKind, Refusal> {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = text.trim_ascii_start();
    let extension = extension(name);
    if text.starts_with(b"#!") || text.starts_with(b"%!") || RUN.contains(&extension.as_str()) {
        return Err(Refusal::Script);
    }
    let tag = |after: &u8| after.is_ascii_alphabetic() || matches!(after, b'!' | b'?' | b'/');
    if (text.first() == Some(&b'<') && text.get(1).is_some_and(tag)) || begins_as_page(text) {
        return Err(Refusal::Markup);
    }
    Ok(FileKind::Text)
}

/// Whether a browser that guesses could take it for a page.
pub(super) fn begins_as_page(bytes: &[u8]) -> bool {
    let head = bytes.get(..LOOKED_AT.min(bytes.len())).unwrap_or_default();
    let head = head.to_ascii_lowercase();
    PAGE_MARKS
        .iter()
        .any(|mark| head.windows(mark.len()).any(|there| there == *mark))
}
