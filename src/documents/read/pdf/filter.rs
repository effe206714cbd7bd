//! The ways in which streams are packed (ISO 32000-1, 7.4), as far as text streams are.

use super::Trouble;
use super::file::File;
use super::lexer::unhex;
use super::object::{Dictionary, Object};
use flate2::bufread::ZlibDecoder;
use std::io::Read;

impl File<'_> {
    /// The bytes of a stream, unpacked.
    pub(super) fn unfilter(&self, dictionary: &Dictionary, raw: &[u8]) -> Result<Vec<u8>, Trouble> {
        let filters = match self.get(dictionary, "Filter") {
            Object::Array(filters) => filters.iter().map(|one| self.resolve(one)).collect(),
            Object::Null => Vec::new(),
            one => vec![one],
        };
        let mut bytes = raw.to_vec();
        for filter in filters.iter().take(8) {
            bytes = match filter.name() {
                Some("FlateDecode" | "Fl") => self.inflate(&bytes)?,
                Some("ASCIIHexDecode" | "AHx") => {
                    let end = bytes.iter().position(|b| *b == b'>').unwrap_or(bytes.len());
                    unhex(bytes.get(..end).unwrap_or_default())
                }
                Some("ASCII85Decode" | "A85") => ascii85(&bytes),
                _ => return Err(Trouble::Packing),
            };
        }
        if !self.budget.take(bytes.len()) {
            return Err(Trouble::Over);
        }
        Ok(bytes)
    }

    /// What a damaged stream gives before the damage is kept, as viewers do.
    fn inflate(&self, bytes: &[u8]) -> Result<Vec<u8>, Trouble> {
        let most = self.budget.left();
        let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
        let mut out = Vec::new();
        let _ = ZlibDecoder::new(bytes).take(limit).read_to_end(&mut out);
        if out.len() > most {
            return Err(Trouble::Over);
        }
        Ok(out)
    }
}

fn ascii85(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() / 5 * 4);
    let mut group: Vec<u32> = Vec::with_capacity(5);
    let mut flush = |group: &mut Vec<u32>| {
        let given = group.len();
        if given < 2 {
            return;
        }
        group.resize(5, 84);
        let value = group.iter().fold(0_u32, |value, digit| {
            value.wrapping_mul(85).wrapping_add(*digit)
        });
        out.extend(value.to_be_bytes().iter().take(given - 1));
        group.clear();
    };
    for byte in text {
        match byte {
            b'!'..=b'u' => group.push(u32::from(byte - b'!')),
            b'z' if group.is_empty() => group.extend([0; 5]),
            b'~' => break,
            _ => continue,
        }
        if group.len() == 5 {
            flush(&mut group);
        }
    }
    flush(&mut group);
    out
}
