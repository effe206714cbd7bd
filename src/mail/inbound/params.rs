//! `Content-Type` and `Content-Disposition`: a value and its parameters, with the continuations
//! and charsets of RFC 2231, and the forms mailers really send (raw 8-bit names, encoded-words in
//! quotes, names with blanks and no quotes).

use super::charset;
use super::encoded_word::{one_line, read_8bit, words};
use super::transfer::hex_pair;
use std::collections::BTreeMap;

/// `text/plain; charset=gbk` taken apart; the value in lower case, parameters by lower-case name.
#[derive(Clone, Debug, Default)]
pub struct Valued {
    pub value: String,
    params: BTreeMap<String, String>,
}

impl Valued {
    /// Reads one field value. `hint` is a charset for raw 8-bit bytes.
    #[must_use]
    pub fn read(raw: &[u8], hint: Option<&str>) -> Self {
        let text = read_8bit(raw, hint);
        let mut pieces = split(&text).into_iter();
        let value = pieces
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        let value = value
            .split([' ', '('])
            .next()
            .unwrap_or_default()
            .to_owned();
        let mut plain: BTreeMap<String, String> = BTreeMap::new();
        let mut extended: BTreeMap<String, BTreeMap<u32, (String, bool)>> = BTreeMap::new();
        for piece in pieces.take(200) {
            let Some((name, value)) = piece.split_once('=') else {
                continue;
            };
            let name = name.trim().to_ascii_lowercase();
            let value = unquote(value.trim());
            match section(&name) {
                Some((base, number, coded)) => {
                    extended
                        .entry(base)
                        .or_default()
                        .entry(number)
                        .or_insert((value, coded));
                }
                None => {
                    plain.entry(name).or_insert(value);
                }
            }
        }
        let mut params: BTreeMap<String, String> = plain
            .into_iter()
            .map(|(name, value)| (name, one_line(&words(&value))))
            .collect();
        for (base, sections) in extended {
            let text = joined(sections.into_values());
            if !text.is_empty() {
                params.insert(base, one_line(&text));
            }
        }
        Self { value, params }
    }

    /// A value of our own making, with at most one parameter.
    #[must_use]
    pub fn made(value: &str, param: Option<(&str, &str)>) -> Self {
        let params = param.map(|(name, value)| (name.to_owned(), one_line(value)));
        Self {
            value: value.to_owned(),
            params: params.into_iter().collect(),
        }
    }

    /// One parameter, decoded.
    #[must_use]
    pub fn param(&self, name: &str) -> Option<&str> {
        self.params
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }
}

/// Splits at semicolons outside quotes.
fn split(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let (mut quoted, mut escaped) = (false, false);
    for c in text.chars() {
        if c == ';' && !quoted {
            pieces.push(String::new());
            continue;
        }
        if c == '"' && !escaped {
            quoted = !quoted;
        }
        escaped = quoted && c == '\\' && !escaped;
        if let Some(last) = pieces.last_mut() {
            last.push(c);
        }
    }
    pieces
}

fn unquote(value: &str) -> String {
    let Some(inner) = value.strip_prefix('"') else {
        return value.trim_matches('\'').to_owned();
    };
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    inner.replace("\\\"", "\"").replace("\\\\", "\\")
}

/// `filename*0*` is (filename, 0, coded); `filename*` is (filename, 0, coded).
fn section(name: &str) -> Option<(String, u32, bool)> {
    let (base, rest) = name.split_once('*')?;
    let coded = rest.is_empty() || rest.ends_with('*');
    let number = rest.trim_end_matches('*');
    let number = if number.is_empty() {
        0
    } else {
        number.parse().ok()?
    };
    Some((base.to_owned(), number, coded))
}

/// The sections in order: all bytes first, then one decoding, since a character may be cut in two.
fn joined(sections: impl Iterator<Item = (String, bool)>) -> String {
    let mut label: Option<String> = None;
    let mut bytes = Vec::new();
    for (index, (value, coded)) in sections.enumerate() {
        let mut text = value.as_str();
        if index == 0 && coded {
            let mut parts = value.splitn(3, '\'');
            if let (Some(charset), Some(_), Some(rest)) = (parts.next(), parts.next(), parts.next())
            {
                label = Some(charset.to_owned());
                text = rest;
            }
        }
        if coded {
            bytes.extend(percent(text))
        } else {
            bytes.extend_from_slice(text.as_bytes())
        }
    }
    words(&charset::decode(&bytes, label.as_deref()).text)
}

fn percent(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match hex_pair(after) {
            Some((value, tail)) if byte == b'%' => {
                out.push(value);
                rest = tail;
            }
            _ => out.push(byte),
        }
    }
    out
}
