//! Receipt numbers: 80 bits derived from the submission's identifier under a secret key, written in
//! letters and digits that are not mistaken for each other when read out over the phone.

use crate::error::Result;
use crate::privacy::model::Key;
use crate::width::half;

/// Crockford's base 32: no I, L, O or U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 16;

/// The receipt number of a submission, as `XXXX-XXXX-XXXX-XXXX`. The same submission always gets
/// the same number; without the key it cannot be guessed.
///
/// # Errors
/// As [`Key::mac`].
pub fn number(key: &Key, submission_id: &str) -> Result<String> {
    let mac = key.mac(&["receipt", submission_id])?;
    let mut text = String::with_capacity(LENGTH + 3);
    for (index, byte) in mac.iter().take(LENGTH).enumerate() {
        if index > 0 && index % 4 == 0 {
            text.push('-');
        }
        let symbol = ALPHABET
            .get(usize::from(byte & 31))
            .copied()
            .unwrap_or(b'0');
        text.push(char::from(symbol));
    }
    Ok(text)
}

/// A number as people type it, made plain: any case, full-width, spaces and dashes of all kinds,
/// and the look-alikes O, I, L and U for what they stand for. `None` when it cannot be a number of
/// ours.
#[must_use]
pub fn normalise(typed: &str) -> Option<String> {
    let mut text = String::with_capacity(LENGTH + 3);
    let mut count = 0_usize;
    for c in typed.chars() {
        let c = half(c).to_ascii_uppercase();
        let c = match c {
            'O' => '0',
            'I' | 'L' => '1',
            'U' => 'V',
            other => other,
        };
        if c.is_whitespace() || matches!(c, '-' | '–' | '—' | '－' | '_' | '·') {
            continue;
        }
        if !c.is_ascii() || !ALPHABET.iter().any(|symbol| char::from(*symbol) == c) {
            return None;
        }
        if count > 0 && count.is_multiple_of(4) {
            text.push('-');
        }
        text.push(c);
        count += 1;
    }
    (count == LENGTH).then_some(text)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_number_is_steady_secret_and_readable() {
        let key = Key::from_bytes([7; 32]);
        let first = number(&key, "a").unwrap();
        assert_eq!(first, number(&key, "a").unwrap());
        assert_ne!(first, number(&key, "b").unwrap());
        assert_ne!(first, number(&Key::from_bytes([8; 32]), "a").unwrap());
        assert_eq!(first.len(), 19);
        assert_eq!(normalise(&first).as_deref(), Some(first.as_str()));
    }

    #[test]
    fn what_people_type_is_understood() {
        let want = Some("7K2M-9QXD-4RTB-2H01".to_owned());
        for typed in [
            "7k2m9qxd4rtb2h01",
            " 7K2M 9QXD 4RTB 2HO1 ",
            "7K2M—9QXD—4RTB—2HOI",
            "７Ｋ２Ｍ－９ＱＸＤ－４ＲＴＢ－２Ｈ０ｌ",
        ] {
            assert_eq!(normalise(typed), want, "{typed}");
        }
        for bad in [
            "",
            "7K2M",
            "7K2M-9QXD-4RTB-2H011",
            "七K2M-9QXD-4RTB-2H01",
            "*K2M-9QXD-4RTB-2H01",
        ] {
            assert_eq!(normalise(bad), None, "{bad}");
        }
    }
}
