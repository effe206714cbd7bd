//! Receipt numbers: 80 bits in letters and digits that are not mistaken for each other when read
//! out over the phone.
//!
//! A number is the number of the submission's identifier ([`ids::numbered`]), shuffled by a secret
//! permutation of all numbers of 80 bits. So whoever holds the key reads from a receipt which
//! submission it is for, and no index of random numbers is needed; to everybody else one number is
//! as likely as another. Receipts of before that were derived from the identifier one way only.

use crate::error::Result;
use crate::ids;
use crate::privacy::model::Key;
use crate::width::half;
use std::ops::RangeInclusive;

/// Crockford's base 32: no I, L, O or U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 16;
/// Rounds of the permutation: four already make it indistinguishable from a random one, asked both
/// ways (Luby and Rackoff, 1988); twice as many leave room.
const ROUNDS: u8 = 8;
const HALF: u64 = (1 << 40) - 1;

/// The receipt number of a submission, as `XXXX-XXXX-XXXX-XXXX`. The same submission always gets
/// the same number; without the key it cannot be guessed.
///
/// # Errors
/// As [`Key::mac`].
pub fn number(key: &Key, submission_id: &str) -> Result<String> {
    match ids::numbered(submission_id) {
        Some(plain) => {
            let shuffled = shuffle(key, plain)?;
            let symbol = |place: usize| shuffled >> (5 * (LENGTH - 1 - place));
            Ok(spelled((0..LENGTH).map(symbol)))
        }
        None => {
            let mac = key.mac(&["receipt", submission_id])?;
            Ok(spelled(mac.iter().map(|byte| u128::from(*byte))))
        }
    }
}

/// Between which identifiers the submission with a number of the form that [`normalise`] gives
/// stands, if the number is of the newer kind.
///
/// # Errors
/// As [`Key::mac`].
pub fn submission(key: &Key, number: &str) -> Result<RangeInclusive<String>> {
    let mut shuffled = 0_u128;
    for symbol in number.bytes().filter(|symbol| *symbol != b'-') {
        let value = ALPHABET.iter().position(|known| *known == symbol);
        let value = u128::try_from(value.unwrap_or(0)).unwrap_or(0);
        shuffled = (shuffled << 5 | value) & ((1 << 80) - 1);
    }
    Ok(ids::with_number(plain(key, shuffled)?))
}

/// Sixteen symbols by their lowest five bits, in groups of four.
fn spelled(symbols: impl Iterator<Item = u128>) -> String {
    let mut text = String::with_capacity(LENGTH + 3);
    for (index, symbol) in symbols.take(LENGTH).enumerate() {
        if index > 0 && index % 4 == 0 {
            text.push('-');
        }
        let symbol = usize::try_from(symbol & 31).unwrap_or(0);
        text.push(char::from(ALPHABET.get(symbol).copied().unwrap_or(b'0')));
    }
    text
}

/// A Feistel network over two halves of 40 bits with HMAC-SHA-256 as its function.
fn shuffle(key: &Key, plain: u128) -> Result<u128> {
    let (mut left, mut right) = halves(plain);
    for round in 0..ROUNDS {
        (left, right) = (right, left ^ scramble(key, round, right)?);
    }
    Ok(u128::from(left) << 40 | u128::from(right))
}

/// Undoes [`shuffle`].
fn plain(key: &Key, shuffled: u128) -> Result<u128> {
    let (mut left, mut right) = halves(shuffled);
    for round in (0..ROUNDS).rev() {
        (left, right) = (right ^ scramble(key, round, left)?, left);
    }
    Ok(u128::from(left) << 40 | u128::from(right))
}

fn halves(number: u128) -> (u64, u64) {
    let half = |bits: u128| u64::try_from(bits & u128::from(HALF)).unwrap_or(0);
    (half(number >> 40), half(number))
}

fn scramble(key: &Key, round: u8, half: u64) -> Result<u64> {
    let mut words = *b"number\0\0\0\0\0\0\0\0\0";
    let (_, rest) = words.split_at_mut(6);
    if let Some((first, rest)) = rest.split_first_mut() {
        *first = round;
        rest.copy_from_slice(&half.to_be_bytes());
    }
    let [a, b, c, d, e, ..] = key.mac_of(&words)?;
    Ok(u64::from_be_bytes([0, 0, 0, a, b, c, d, e]))
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
    fn a_number_leads_back_to_its_submission() {
        let now = "2025-06-10T00:00:00Z".parse().unwrap();
        let (key, other) = (Key::from_bytes([7; 32]), Key::from_bytes([8; 32]));
        let ids: Vec<_> = (0..500)
            .map(|_| ids::new_numbered_id(now).unwrap())
            .collect();
        let mut numbers: Vec<_> = ids.iter().map(|id| number(&key, id).unwrap()).collect();
        for (id, number) in ids.iter().zip(&numbers) {
            assert_eq!(normalise(number).as_ref(), Some(number));
            assert!(submission(&key, number).unwrap().contains(id), "{id}");
            assert!(!submission(&other, number).unwrap().contains(id), "{id}");
        }
        // Neighbours in time are nowhere near each other.
        numbers.sort();
        numbers.dedup_by_key(|number| number.chars().take(4).collect::<String>());
        assert!(numbers.len() > 490, "{}", numbers.len());
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
