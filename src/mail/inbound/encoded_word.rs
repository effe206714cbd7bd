//! Header text: encoded-words (RFC 2047), leniently, and raw 8-bit bytes.
//!
//! Adjacent encoded-words are joined as bytes before they are decoded, because Chinese mailers
//! split them in the middle of a character.

use super::charset::{self, is_gb};
use super::transfer;

/// In bytes. RFC 2047 allows 75; mailers that never fold send a whole subject in one.
const LONGEST_WORD: usize = 4096;

struct Word {
    charset: String,
    bytes: Vec<u8>,
}

/// A raw field value with its 8-bit bytes read but its encoded-words still ASCII. `hint` is the
/// charset the body declares.
#[must_use]
pub fn read_8bit(value: &[u8], hint: Option<&str>) -> String {
    charset::decode(value, hint).text
}

/// A whole unstructured field (Subject) as text on one line.
#[must_use]
pub fn unstructured(value: &[u8], hint: Option<&str>) -> String {
    one_line(&words(&read_8bit(value, hint)))
}

/// Controls become blanks: a header value is one line.
#[must_use]
pub fn one_line(text: &str) -> String {
    let flat: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    flat.trim().to_owned()
}

/// Decodes every encoded-word of a text. Blanks between two of them vanish.
#[must_use]
pub fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut pending: Option<Word> = None;
    let mut rest = text;
    while let Some(at) = rest.find("=?") {
        let (before, candidate) = rest.split_at(at);
        let Some((word, after)) = parse(candidate) else {
            finish(&mut out, &mut pending);
            let (mark, after) = candidate.split_at(2);
            out.push_str(before);
            out.push_str(mark);
            rest = after;
            continue;
        };
        if !(before.trim().is_empty() && pending.is_some()) {
            finish(&mut out, &mut pending);
            out.push_str(before);
        }
        match &mut pending {
            Some(open) if same(&open.charset, &word.charset) => open.bytes.extend(word.bytes),
            _ => {
                finish(&mut out, &mut pending);
                pending = Some(word);
            }
        }
        rest = after;
    }
    finish(&mut out, &mut pending);
    out.push_str(rest);
    out
}

fn same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other) || is_gb(one) && is_gb(other)
}

fn finish(out: &mut String, pending: &mut Option<Word>) {
    if let Some(word) = pending.take() {
        out.push_str(&charset::decode(&word.bytes, Some(&word.charset)).text);
    }
}

/// `=?charset?B|Q?text?=`; the RFC 2231 language suffix of the charset is dropped.
fn parse(text: &str) -> Option<(Word, &str)> {
    let inner = text.strip_prefix("=?")?;
    let (charset, rest) = inner.split_once('?')?;
    let (kind, rest) = rest.split_once('?')?;
    let sound = charset.len() <= 40 && charset.bytes().all(|b| b.is_ascii_graphic());
    if !sound || kind.len() != 1 {
        return None;
    }
    let (coded, after) = end_of(rest, kind)?;
    let bytes = match kind {
        "B" | "b" => transfer::base64(coded.as_bytes())?,
        "Q" | "q" => transfer::quoted_printable(coded.replace('_', " ").as_bytes()),
        _ => return None,
    };
    let charset = charset.split('*').next().unwrap_or_default().to_owned();
    Some((Word { charset, bytes }, after))
}

/// The closing `?=`: base64 holds no other `?`; in Q words sloppy mailers leave some, so there the
/// search goes on, but only so far.
fn end_of<'a>(rest: &'a str, kind: &str) -> Option<(&'a str, &'a str)> {
    let at = if kind.eq_ignore_ascii_case("b") {
        rest.bytes().take(LONGEST_WORD).position(|b| b == b'?')?
    } else {
        rest.as_bytes()
            .windows(2)
            .take(LONGEST_WORD)
            .position(|pair| pair == b"?=")?
    };
    let (coded, after) = rest.split_at_checked(at)?;
    Some((coded, after.strip_prefix("?=")?))
}
