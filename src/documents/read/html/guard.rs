//! A look over the tags of a page before it is read: a tag with very many attributes would cost the
//! tokenizer the square of their number, because it compares each with all before it.
//!
//! The states follow the tokenizer's own (WHATWG HTML 13.2.5), so that both see the same tags.

use super::super::refuse;
use crate::error::Result;

/// Attributes of one tag. Pages have a few dozen.
const MOST: usize = 500;

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    TagName,
    BeforeName,
    Name,
    AfterName,
    BeforeValue,
    Quoted(u8),
    Unquoted,
}

/// Refuses a page with a tag of more attributes than anybody writes.
pub(super) fn check(name: &str, html: &str) -> Result<()> {
    let bytes = html.as_bytes();
    let mut at = 0;
    while let Some(found) = seek(bytes, at, b"<") {
        at = after(bytes, found);
        if at <= found {
            let (end, attributes) = tag(bytes, found + 1);
            if attributes > MOST {
                return Err(refuse::invalid(
                    name,
                    format!(
                        "第{found}字节处的标签有{attributes}个属性，不像是正常的网页，请把正文复制为.txt再提交"
                    ),
                    format!(
                        "has a tag with {attributes} attributes at byte {found}; copy its text into a .txt"
                    ),
                ));
            }
            at = raw_end(bytes, found, end);
        }
    }
    Ok(())
}

fn seek(bytes: &[u8], from: usize, wanted: &[u8]) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let first = wanted.first()?;
    let mut start = 0;
    loop {
        let step = rest.get(start..)?.iter().position(|byte| byte == first)?;
        let here = start + step;
        let window = rest.get(here..here + wanted.len())?;
        if window.eq_ignore_ascii_case(wanted) {
            return Some(from + here);
        }
        start = here + 1;
    }
}

/// What follows a `<` that opens no tag: a comment, a declaration, or a sign. The same place when
/// it opens one.
fn after(bytes: &[u8], found: usize) -> usize {
    let end = bytes.len();
    let rest = bytes.get(found + 1..).unwrap_or_default();
    match rest {
        [b'!', b'-', b'-', ..] => {
            let body = found + 4;
            match bytes.get(body..).unwrap_or_default() {
                [b'>', ..] => body + 1,
                [b'-', b'>', ..] => body + 2,
                _ => {
                    let plain = seek(bytes, body, b"-->").map(|at| at + 3);
                    let odd = seek(bytes, body, b"--!>").map(|at| at + 4);
                    plain.into_iter().chain(odd).min().unwrap_or(end)
                }
            }
        }
        [b'!' | b'?', ..] => seek(bytes, found, b">").map_or(end, |at| at + 1),
        [b'/', letter, ..] if letter.is_ascii_alphabetic() => found,
        [b'/', ..] => seek(bytes, found, b">").map_or(end, |at| at + 1),
        [letter, ..] if letter.is_ascii_alphabetic() => found,
        _ => found + 1,
    }
}

/// Where the tag that begins before `from` ends, and how many attributes it has.
fn tag(bytes: &[u8], from: usize) -> (usize, usize) {
    let (mut state, mut count) = (State::TagName, 0_usize);
    for (at, byte) in bytes.iter().enumerate().skip(from) {
        let byte = *byte;
        // The slash of an end tag belongs to its name.
        if at == from && byte == b'/' {
            continue;
        }
        let blank = matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0c);
        let begins = |count: &mut usize| {
            *count += 1;
            State::Name
        };
        state = match (state, byte) {
            (State::Quoted(quote), _) if byte == quote => State::BeforeName,
            (State::Quoted(_), _) => state,
            (_, b'>') => return (at + 1, count),
            (State::TagName | State::Unquoted, _) if blank => State::BeforeName,
            (State::TagName, b'/') => State::BeforeName,
            (State::TagName | State::Unquoted, _) => state,
            (State::BeforeName, _) if blank || byte == b'/' => state,
            (State::BeforeName, _) => begins(&mut count),
            (State::Name | State::AfterName, b'/') => State::BeforeName,
            (State::Name | State::AfterName, b'=') => State::BeforeValue,
            (State::Name | State::AfterName, _) if blank => State::AfterName,
            (State::Name, _) => state,
            (State::AfterName, _) => begins(&mut count),
            (State::BeforeValue, _) if blank => state,
            (State::BeforeValue, b'"' | b'\'') => State::Quoted(byte),
            (State::BeforeValue, _) => State::Unquoted,
        };
    }
    (bytes.len(), count)
}

/// The end of what a tag at `found` makes raw text: the place after the tag when it makes none.
fn raw_end(bytes: &[u8], found: usize, end: usize) -> usize {
    let open = bytes.get(found + 1..end).unwrap_or_default();
    let name: Vec<u8> = open
        .iter()
        .copied()
        .take_while(u8::is_ascii_alphabetic)
        .map(|letter| letter.to_ascii_lowercase())
        .collect();
    let Some(name) = super::tree::RAW.iter().find(|raw| raw.as_bytes() == name) else {
        return end;
    };
    let closing = format!("</{name}");
    let mut at = end;
    while let Some(close) = seek(bytes, at, closing.as_bytes()) {
        let ends = bytes.get(close + closing.len());
        if ends.is_none_or(|c| c.is_ascii_whitespace() || matches!(c, b'/' | b'>')) {
            return close;
        }
        at = close + 1;
    }
    bytes.len()
}
