//! Reading objects from bytes (ISO 32000-1, 7.2 and 7.3).

use super::object::{Dictionary, Object};

/// Arrays and dictionaries within each other.
const DEEPEST: usize = 32;
/// Items of one object, all levels together.
const ITEMS: usize = 200_000;

/// Reads objects one after the other.
#[derive(Clone)]
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    pub at: usize,
    items: usize,
}

pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

fn is_delimiter(byte: u8) -> bool {
    matches!(
        byte,
        b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
    )
}

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self {
            bytes,
            at,
            items: 0,
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    pub(super) fn skip_blanks(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                let end = self.rest().iter().position(|b| matches!(b, b'\n' | b'\r'));
                self.at += end.unwrap_or(self.rest().len());
            } else if is_blank(byte) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    /// The next object; `None` at the end of the bytes or beyond the limits of one object.
    pub(super) fn next(&mut self) -> Option<Object> {
        self.items = 0;
        self.object(0)
    }

    fn object(&mut self, depth: usize) -> Option<Object> {
        self.items += 1;
        if depth > DEEPEST || self.items > ITEMS {
            self.at = self.bytes.len();
            return None;
        }
        self.skip_blanks();
        match self.peek()? {
            b'/' => {
                self.at += 1;
                Some(Object::Name(self.name()))
            }
            b'(' => Some(Object::Text(self.literal())),
            b'<' if self.rest().starts_with(b"<<") => {
                self.at += 2;
                Some(Object::Dictionary(self.dictionary(depth)?))
            }
            b'<' => Some(Object::Text(self.hexadecimal())),
            b'[' => {
                self.at += 1;
                let mut items = Vec::new();
                loop {
                    self.skip_blanks();
                    match self.peek() {
                        None => return Some(Object::Array(items)),
                        Some(b']') => {
                            self.at += 1;
                            return Some(Object::Array(items));
                        }
                        _ => items.push(self.object(depth + 1)?),
                    }
                }
            }
            b')' | b'>' | b']' | b'{' | b'}' => {
                self.at += 1;
                Some(Object::Null)
            }
            b'+' | b'-' | b'.' | b'0'..=b'9' => Some(self.number_or_reference()),
            _ => Some(self.word()),
        }
    }

    fn dictionary(&mut self, depth: usize) -> Option<Dictionary> {
        let mut pairs = Vec::new();
        loop {
            self.skip_blanks();
            match self.peek() {
                None => return Some(Dictionary(pairs)),
                Some(b'>') => {
                    self.at += if self.rest().starts_with(b">>") { 2 } else { 1 };
                    return Some(Dictionary(pairs));
                }
                Some(b'/') => {
                    self.at += 1;
                    let name = self.name();
                    let value = self.object(depth + 1)?;
                    pairs.push((name, value));
                }
                _ => {
                    self.object(depth + 1)?;
                }
            }
        }
    }

    fn regular(&mut self) -> &'a [u8] {
        let rest = self.rest();
        let end = rest
            .iter()
            .position(|byte| is_blank(*byte) || is_delimiter(*byte))
            .unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or_default()
    }

    fn name(&mut self) -> String {
        let raw = self.regular();
        let mut bytes = Vec::with_capacity(raw.len());
        let mut rest = raw.iter();
        while let Some(byte) = rest.next() {
            let pair = rest.as_slice().get(..2).and_then(hex_pair);
            match (byte, pair) {
                (b'#', Some(value)) => {
                    bytes.push(value);
                    rest.nth(1);
                }
                _ => bytes.push(*byte),
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn word(&mut self) -> Object {
        let word = self.regular();
        if word.is_empty() {
            self.at += 1;
        }
        match word {
            b"true" | b"false" => Object::Bool,
            b"null" => Object::Null,
            word => Object::Word(String::from_utf8_lossy(word).into_owned()),
        }
    }

    fn number_or_reference(&mut self) -> Object {
        let text = String::from_utf8_lossy(self.regular());
        let Ok(number) = text.parse::<f64>() else {
            return Object::Word(text.into_owned());
        };
        let plain = text.bytes().all(|byte| byte.is_ascii_digit());
        if let (true, Ok(id)) = (plain, text.parse::<u32>()) {
            let mut ahead = self.clone();
            ahead.skip_blanks();
            let generation = ahead.regular();
            if !generation.is_empty() && generation.iter().all(u8::is_ascii_digit) {
                ahead.skip_blanks();
                if ahead.regular() == b"R" {
                    self.at = ahead.at;
                    return Object::Reference(id);
                }
            }
        }
        Object::Number(if number.is_finite() { number } else { 0.0 })
    }

    fn literal(&mut self) -> Vec<u8> {
        self.at += 1;
        let (mut out, mut depth) = (Vec::new(), 1_usize);
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => depth += 1,
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                b'\\' => {
                    self.escaped(&mut out);
                    continue;
                }
                _ => {}
            }
            out.push(byte);
        }
        out
    }

    fn escaped(&mut self, out: &mut Vec<u8>) {
        let Some(byte) = self.peek() else { return };
        self.at += 1;
        match byte {
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b't' => out.push(b'\t'),
            b'b' => out.push(8),
            b'f' => out.push(12),
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
            }
            b'\n' => {}
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek() else {
                        break;
                    };
                    self.at += 1;
                    value = value * 8 + u32::from(digit - b'0');
                }
                let [_, _, _, low] = value.to_be_bytes();
                out.push(low);
            }
            other => out.push(other),
        }
    }

    fn hexadecimal(&mut self) -> Vec<u8> {
        self.at += 1;
        let rest = self.rest();
        let end = rest.iter().position(|b| *b == b'>').unwrap_or(rest.len());
        self.at += (end + 1).min(rest.len());
        unhex(rest.get(..end).unwrap_or_default())
    }
}

fn hex_pair(pair: &[u8]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    match pair {
        [high, low] => u8::try_from(digit(*high)? * 16 + digit(*low)?).ok(),
        _ => None,
    }
}

/// Bytes written as hexadecimal digits; an odd last digit counts as if a zero followed.
pub(super) fn unhex(text: &[u8]) -> Vec<u8> {
    let mut digits: Vec<u8> = text.iter().copied().filter(u8::is_ascii_hexdigit).collect();
    if digits.len() % 2 == 1 {
        digits.push(b'0');
    }
    digits.chunks_exact(2).filter_map(hex_pair).collect()
}
