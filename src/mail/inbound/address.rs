//! Address fields (RFC 5322 section 3.4), leniently: a display name and an address.

use super::encoded_word::{one_line, read_8bit, words};
use crate::width::half;
use serde::Serialize;

/// Who a letter is from or to. Either may be missing; an empty From is still a letter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Mailbox {
    pub name: Option<String>,
    pub address: Option<String>,
}

/// More than this many recipients are not listed.
const MOST: usize = 500;

/// Every mailbox of an address field. Raw 8-bit bytes are read first, the list is split next, the
/// encoded-words are decoded last, so that a decoded comma splits nothing.
#[must_use]
pub fn mailboxes(value: &[u8], hint: Option<&str>) -> Vec<Mailbox> {
    let text = read_8bit(value, hint);
    split(&text)
        .iter()
        .take(MOST)
        .map(|piece| mailbox(piece))
        .filter(|m| *m != Mailbox::default())
        .collect()
}

/// Splits at commas and semicolons outside quotes, comments and angle brackets; `group:` is dropped.
fn split(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let (mut quoted, mut escaped, mut angle, mut depth) = (false, false, false, 0_u32);
    for c in text.chars() {
        let free = !quoted && !angle && depth == 0;
        match c {
            ',' | ';' if free => {
                pieces.push(String::new());
                continue;
            }
            '"' if !escaped && depth == 0 => quoted = !quoted,
            '<' if !quoted => angle = true,
            '>' if !quoted => angle = false,
            '(' if !quoted && !angle => depth += 1,
            ')' if !quoted && !angle => depth = depth.saturating_sub(1),
            _ => {}
        }
        escaped = quoted && c == '\\' && !escaped;
        if let Some(last) = pieces.last_mut() {
            last.push(c);
        }
    }
    pieces
}

fn mailbox(piece: &str) -> Mailbox {
    let piece = piece.trim();
    if let Some(open) = piece.rfind(['<', '＜']) {
        let (before, inside) = piece.split_at(open);
        let inside = inside
            .trim_start_matches(['<', '＜'])
            .trim_end_matches(['>', '＞', ' ']);
        let name = before
            .rsplit_once(':')
            .filter(|(group, _)| !group.contains('"'))
            .map_or(before, |(_, name)| name);
        return Mailbox {
            name: name_of(name),
            address: address_of(inside),
        };
    }
    if let Some((address, comment)) = piece.split_once('(') {
        return Mailbox {
            name: name_of(comment.trim_end_matches(')')),
            address: address_of(address),
        };
    }
    match address_of(piece) {
        Some(address) if address.contains('@') => Mailbox {
            name: None,
            address: Some(address),
        },
        _ => Mailbox {
            name: name_of(piece),
            address: None,
        },
    }
}

fn name_of(raw: &str) -> Option<String> {
    let trimmed = raw
        .trim()
        .trim_matches('"')
        .replace("\\\"", "\"")
        .replace("\\\\", "\\");
    let name = one_line(&words(&trimmed));
    let name = name.trim_matches(['"', '\'', ' ']).trim();
    (!name.is_empty()).then(|| name.to_owned())
}

fn address_of(raw: &str) -> Option<String> {
    let address: String = words(raw)
        .chars()
        .map(half)
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .collect();
    let address = address.trim_matches(['<', '>', '"', '\'']);
    let address = address.strip_prefix("mailto:").unwrap_or(address);
    if address.is_empty() {
        return None;
    }
    Some(match address.rsplit_once('@') {
        Some((local, domain)) => format!("{local}@{}", domain.to_ascii_lowercase()),
        None => address.to_owned(),
    })
}
