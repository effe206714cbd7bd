//! From the codes of a string to characters: ToUnicode maps (ISO 32000-1, 9.10.3) and the
//! predefined maps of Chinese fonts.

use super::lexer::Lexer;
use super::object::Object;
use std::collections::HashMap;

/// Mappings of one font.
const MOST: usize = 200_000;

/// A map that stands in the file.
#[derive(Debug, Default)]
pub(super) struct Map {
    /// By length in bytes and code.
    characters: HashMap<(usize, u32), String>,
    ranges: Vec<(usize, u32, u32, u32)>,
    /// Lengths of codes with their first and last.
    spaces: Vec<(usize, u32, u32)>,
}

fn code(bytes: &[u8]) -> Option<(usize, u32)> {
    if bytes.is_empty() || bytes.len() > 4 {
        return None;
    }
    let value = bytes
        .iter()
        .fold(0_u32, |value, byte| value << 8 | u32::from(*byte));
    Some((bytes.len(), value))
}

fn utf16(bytes: &[u8]) -> Option<String> {
    let units: Vec<u16> = bytes
        .chunks_exact(2)
        .map(|pair| match pair {
            [high, low] => u16::from_be_bytes([*high, *low]),
            _ => 0,
        })
        .collect();
    String::from_utf16(&units).ok()
}

impl Map {
    pub(super) fn read(bytes: &[u8]) -> Self {
        let mut map = Self::default();
        let mut lexer = Lexer::new(bytes, 0);
        let mut held: Vec<Object> = Vec::new();
        while let Some(object) = lexer.next() {
            let Object::Word(word) = &object else {
                if held.len() < MOST {
                    held.push(object);
                }
                continue;
            };
            match word.as_str() {
                "endcodespacerange" => map.take_spaces(&held),
                "endbfchar" => map.take_characters(&held),
                "endbfrange" => map.take_ranges(&held),
                _ => {}
            }
            held.clear();
        }
        map
    }

    fn take_spaces(&mut self, held: &[Object]) {
        for pair in held.chunks_exact(2) {
            if let [Object::Text(first), Object::Text(last)] = pair
                && let (Some((length, first)), Some((_, last))) = (code(first), code(last))
                && self.spaces.len() < 256
            {
                self.spaces.push((length, first, last));
            }
        }
    }

    fn take_characters(&mut self, held: &[Object]) {
        for pair in held.chunks_exact(2) {
            if let [Object::Text(from), Object::Text(to)] = pair
                && let (Some(from), Some(to)) = (code(from), utf16(to))
                && self.characters.len() < MOST
            {
                self.characters.insert(from, to);
            }
        }
    }

    fn take_ranges(&mut self, held: &[Object]) {
        for triple in held.chunks_exact(3) {
            let [Object::Text(first), Object::Text(last), to] = triple else {
                continue;
            };
            let (Some((length, first)), Some((_, last))) = (code(first), code(last)) else {
                continue;
            };
            match to {
                Object::Text(to) => {
                    let Some(text) = utf16(to) else { continue };
                    let mut signs = text.chars();
                    match (signs.next(), signs.next()) {
                        (Some(start), None) if self.ranges.len() < MOST => {
                            self.ranges.push((length, first, last, u32::from(start)));
                        }
                        (Some(_), Some(_)) => {
                            self.characters.insert((length, first), text);
                        }
                        _ => {}
                    }
                }
                Object::Array(list) => {
                    for (step, to) in (0_u32..).zip(list.iter()) {
                        if let (Object::Text(to), Some(code)) = (to, first.checked_add(step))
                            && let Some(to) = utf16(to)
                            && self.characters.len() < MOST
                        {
                            self.characters.insert((length, code), to);
                        }
                    }
                }
                _ => {}
            }
        }
        self.ranges.sort_unstable();
    }

    /// How many mappings there are.
    pub(super) fn size(&self) -> usize {
        self.characters.len().saturating_add(self.ranges.len())
    }

    /// The characters of a code.
    pub(super) fn character(&self, length: usize, code: u32) -> Option<String> {
        if let Some(found) = self.characters.get(&(length, code)) {
            return Some(found.clone());
        }
        let after = self
            .ranges
            .partition_point(|range| (range.0, range.1) <= (length, code));
        // Ranges of a sound map do not overlap; a few are looked at in case they do.
        let near = self.ranges.get(after.saturating_sub(4)..after)?;
        let (_, first, _, start) = near
            .iter()
            .rev()
            .find(|range| range.0 == length && range.2 >= code)?;
        char::from_u32(start.checked_add(code - first)?).map(String::from)
    }

    /// The length of the code that begins some bytes.
    pub(super) fn length(&self, bytes: &[u8], usual: usize) -> usize {
        let fits = |space: &&(usize, u32, u32)| {
            bytes
                .get(..space.0)
                .and_then(code)
                .is_some_and(|(_, value)| (space.1..=space.2).contains(&value))
        };
        self.spaces
            .iter()
            .filter(fits)
            .map(|space| space.0)
            .min()
            .unwrap_or(usual)
    }
}

/// The charset of a predefined map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Charset {
    /// UTF-16, high byte first; UCS-2 is the part of it without pairs.
    Utf16,
    /// GB18030, which holds GB 2312 and GBK.
    Gb18030,
}

/// The charset of a map that fonts name (ISO 32000-1, table 118).
pub(super) fn predefined(name: &str) -> Option<Charset> {
    let plain = name.trim_end_matches("-H").trim_end_matches("-V");
    match plain {
        "UniGB-UCS2" | "UniGB-UTF16" | "UniCNS-UCS2" | "UniCNS-UTF16" | "UniJIS-UCS2"
        | "UniJIS-UTF16" | "UniKS-UCS2" | "UniKS-UTF16" => Some(Charset::Utf16),
        "GB-EUC" | "GBpc-EUC" | "GBK-EUC" | "GBKp-EUC" | "GBK2K" => Some(Charset::Gb18030),
        _ => None,
    }
}

impl Charset {
    /// The next character of a string and its length in bytes.
    pub(super) fn next(self, bytes: &[u8]) -> Option<(String, usize)> {
        match self {
            Self::Utf16 => {
                let pair = bytes.get(..2)?;
                match utf16(pair) {
                    Some(text) => Some((text, 2)),
                    None => Some((utf16(bytes.get(..4)?)?, 4)),
                }
            }
            Self::Gb18030 => {
                let length = match bytes {
                    [0..=0x80, ..] => 1,
                    [_, 0x30..=0x39, ..] => 4,
                    _ => 2,
                };
                let text = encoding_rs::GB18030
                    .decode_without_bom_handling_and_without_replacement(bytes.get(..length)?)?;
                Some((text.into_owned(), length))
            }
        }
    }
}
