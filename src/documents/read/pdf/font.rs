//! Fonts: from the codes of a string to characters and widths.

use super::Trouble;
use super::cmap::{self, Charset, Map};
use super::file::File;
use super::glyphs;
use super::object::{Dictionary, Object, index};
use std::collections::HashMap;

/// One character as a font has it.
pub(super) struct Shown {
    /// None when nothing says what it is.
    pub text: Option<String>,
    /// In thousandths of the size.
    pub width: f64,
    /// A one-byte blank, which word spacing applies to.
    pub is_space: bool,
    pub length: usize,
}

/// A font as far as its text goes.
#[derive(Default)]
pub(super) struct Font {
    to_unicode: Option<Map>,
    /// Two bytes a code unless a map says otherwise.
    composite: bool,
    charset: Option<Charset>,
    /// For simple fonts: characters that the encoding names, by code.
    named: HashMap<u32, String>,
    /// Codes mean what they mean in Windows' Western charset.
    western: bool,
    widths: HashMap<u32, f64>,
    usual_width: f64,
}

impl Font {
    pub(super) fn read(file: &File<'_>, dictionary: &Dictionary) -> Result<Self, Trouble> {
        let mut font = Self {
            usual_width: 500.0,
            ..Self::default()
        };
        if let Some(stream) = dictionary.get("ToUnicode") {
            font.to_unicode = file.kept(stream)?.map(|bytes| Map::read(&bytes));
        }
        let kind = file.get(dictionary, "Subtype");
        if kind.name() == Some("Type0") {
            font.read_composite(file, dictionary);
        } else {
            font.read_simple(file, dictionary, kind.name() == Some("Type3"));
        }
        let mapped = font.to_unicode.as_ref().map_or(0, Map::size);
        file.spend(mapped.saturating_add(font.widths.len()).saturating_mul(64))?;
        Ok(font)
    }

    fn read_composite(&mut self, file: &File<'_>, dictionary: &Dictionary) {
        self.composite = true;
        self.usual_width = 1000.0;
        self.charset = file
            .get(dictionary, "Encoding")
            .name()
            .and_then(cmap::predefined);
        let below = match file.get(dictionary, "DescendantFonts") {
            Object::Array(fonts) => fonts.first().map(|font| file.resolve(font)),
            _ => None,
        };
        let Some(Object::Dictionary(below)) = below else {
            return;
        };
        if let Some(width) = file.get(&below, "DW").number() {
            self.usual_width = width;
        }
        // Widths are by glyph, which only where codes are glyphs is what a string holds.
        if self.charset.is_some() {
            return;
        }
        let Object::Array(items) = file.get(&below, "W") else {
            return;
        };
        let mut rest = items.iter();
        while let Some(first) = rest.next().and_then(Object::number).and_then(index) {
            match rest.next().map(|next| file.resolve(next)) {
                Some(Object::Array(widths)) => {
                    for (code, width) in (first..).zip(widths.iter()) {
                        self.width(code, width.number());
                    }
                }
                Some(Object::Number(last)) => {
                    let width = rest.next().and_then(Object::number);
                    let last = index(last).unwrap_or(first).min(0xffff);
                    for code in first..=last {
                        self.width(code, width);
                    }
                }
                _ => return,
            }
        }
    }

    fn width(&mut self, code: usize, width: Option<f64>) {
        if let (Ok(code @ 0..=0xffff), Some(width)) = (u32::try_from(code), width) {
            self.widths.insert(code, width);
        }
    }

    fn read_simple(&mut self, file: &File<'_>, dictionary: &Dictionary, drawn: bool) {
        let first = file.get(dictionary, "FirstChar").number().and_then(index);
        if let (Some(first), Object::Array(widths)) = (first, file.get(dictionary, "Widths")) {
            // Fonts that are drawn measure in units of their own.
            let unit = match file.get(dictionary, "FontMatrix") {
                Object::Array(matrix) if drawn => {
                    matrix.first().and_then(Object::number).unwrap_or(0.001) * 1000.0
                }
                _ => 1.0,
            };
            for (code, width) in (first..).zip(widths.iter()).take(256) {
                self.width(code, file.resolve(width).number().map(|width| width * unit));
            }
        }
        let descriptor = file.dictionary(dictionary, "FontDescriptor");
        let flags = file.get(&descriptor, "Flags").number().and_then(index);
        let is_symbolic = flags.is_some_and(|flags| flags & 4 != 0);
        let encoding = file.get(dictionary, "Encoding");
        let base = match &encoding {
            Object::Dictionary(own) => file.get(own, "BaseEncoding").name().map(str::to_owned),
            other => other.name().map(str::to_owned),
        };
        // What a symbolic font without an encoding shows is known to the font alone.
        self.western = !drawn && (base.is_some() || !is_symbolic);
        let Object::Dictionary(own) = encoding else {
            return;
        };
        let Object::Array(differences) = file.get(&own, "Differences") else {
            return;
        };
        let mut code = 0_u32;
        for item in differences.iter().take(1024) {
            match item {
                Object::Number(number) => {
                    code = index(*number)
                        .and_then(|number| u32::try_from(number).ok())
                        .unwrap_or(0);
                }
                Object::Name(name) => {
                    let known = glyphs::named(name).unwrap_or_default();
                    self.named.insert(code, known);
                    code = code.saturating_add(1);
                }
                _ => {}
            }
        }
    }

    /// The characters of a string, each with its width.
    pub(super) fn show(&self, text: &[u8]) -> Vec<Shown> {
        let mut out = Vec::with_capacity(text.len());
        let mut rest = text;
        while !rest.is_empty() {
            let shown = self.next(rest);
            rest = rest.get(shown.length.max(1)..).unwrap_or_default();
            out.push(shown);
        }
        out
    }

    fn next(&self, bytes: &[u8]) -> Shown {
        let by_charset = self.charset.map(|charset| charset.next(bytes));
        let length = match (&by_charset, &self.to_unicode) {
            (Some(found), _) => found.as_ref().map_or(bytes.len(), |(_, length)| *length),
            (None, Some(map)) if self.composite => map.length(bytes, 2),
            _ if self.composite => 2,
            _ => 1,
        };
        let head = bytes.get(..length.min(bytes.len())).unwrap_or_default();
        let code = head
            .iter()
            .take(4)
            .fold(0_u32, |code, byte| code << 8 | u32::from(*byte));
        let mapped = self
            .to_unicode
            .as_ref()
            .and_then(|map| map.character(head.len(), code));
        let text = mapped
            .or_else(|| by_charset.flatten().map(|(text, _)| text))
            .or_else(|| self.simple(code))
            .filter(|text| is_sound(text));
        let is_wide = text
            .as_deref()
            .and_then(|text| text.chars().next())
            .is_some_and(|c| c >= '\u{2e80}');
        // A width that is nowhere stated is guessed by the kind of character.
        let guessed = if self.composite && self.charset.is_some() && !is_wide {
            500.0
        } else {
            self.usual_width
        };
        Shown {
            width: self.widths.get(&code).copied().unwrap_or(guessed),
            is_space: length == 1 && code == 32,
            length,
            text,
        }
    }

    fn simple(&self, code: u32) -> Option<String> {
        if self.composite {
            return None;
        }
        if let Some(named) = self.named.get(&code) {
            return (!named.is_empty()).then(|| named.clone());
        }
        if !self.western {
            return None;
        }
        let byte = [u8::try_from(code).ok()?];
        let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte);
        Some(text.into_owned())
    }
}

/// Whether characters say something: not private, not a replacement, not a control.
fn is_sound(text: &str) -> bool {
    let odd = |c: char| {
        matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fffc}' | '\u{fffd}' | '\u{f0000}'..='\u{10ffff}')
            || c.is_control() && !matches!(c, '\t' | '\n' | '\r')
    };
    !text.is_empty() && !text.chars().any(odd)
}
