//! Whether what somebody types is the contact that a sender left: the telephone number by its
//! digits, the e-mail address in lower case; the name only for a sender who left neither.
//!
//! The work is the same whatever the answer: a fixed number of keyed hashes, all compared, in
//! constant time each.

use super::phone::Phone;
use super::submission::Sender;
use crate::error::Result;
use crate::privacy::model::Key;
use crate::width::half;
use subtle::{Choice, ConstantTimeEq};

/// Ways of one sender that are compared; nobody leaves more.
const SLOTS: usize = 12;
/// Forms of what was typed: a number, an address, a name.
const FORMS: usize = 3;
/// Keyed hashes made for one comparison.
pub const HASHES: usize = SLOTS + FORMS;

/// Whether `typed` is a contact of this sender. A sender who left nothing to compare with (no way
/// and no name, or all of it erased since) is known by the receipt number alone.
///
/// # Errors
/// Never in practice (see [`Key::mac`]).
pub fn is_theirs(key: &Key, sender: &Sender, typed: &str) -> Result<bool> {
    let held = held(sender);
    let nothing_left = Choice::from(u8::from(held.is_empty()));
    let typed = [
        ("phone", digits(typed)),
        ("email", lower(typed)),
        ("name", lower(typed)),
    ];
    let typed = typed
        .into_iter()
        .map(|(kind, words)| hash(key, kind, &words, "typed"))
        .collect::<Result<Vec<_>>>()?;
    let blank = std::iter::repeat(("nothing", String::new()));
    let mut fits = nothing_left;
    for (kind, words) in held.into_iter().chain(blank).take(SLOTS) {
        let slot = hash(key, kind, &words, "held")?;
        for one in &typed {
            fits |= slot.ct_eq(one);
        }
    }
    Ok(fits.into())
}

/// What can be compared with: telephone and e-mail, or the names where there is neither.
fn held(sender: &Sender) -> Vec<(&'static str, String)> {
    let phones = sender.phones.iter().map(|phone| ("phone", digits(phone)));
    let emails = sender.emails.iter().map(|email| ("email", lower(email)));
    let ways: Vec<_> = phones.chain(emails).collect();
    if !ways.is_empty() {
        return ways;
    }
    let names = [&sender.name, &sender.organisation].into_iter().flatten();
    names.map(|name| ("name", lower(name))).collect()
}

/// A blank never fits: it is hashed under the side it stands on.
fn hash(key: &Key, kind: &str, words: &str, side: &str) -> Result<[u8; 32]> {
    let kind = if words.is_empty() { side } else { kind };
    key.mac(&["contact", kind, words])
}

/// The digits of a telephone number, without the country code of China.
fn digits(typed: &str) -> String {
    let plain = Phone::parse(typed).map_or_else(|_| typed.to_owned(), |phone| phone.normalised);
    plain
        .chars()
        .map(half)
        .filter(char::is_ascii_digit)
        .collect()
}

/// Half-width, lower case, without blanks.
fn lower(typed: &str) -> String {
    let plain = typed.chars().map(half).filter(|c| !c.is_whitespace());
    plain.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn fits(sender: &Sender, typed: &str) -> bool {
        is_theirs(&Key::from_bytes([7; 32]), sender, typed).unwrap()
    }

    #[test]
    fn a_contact_is_known_however_it_is_typed() {
        let sender = Sender {
            name: Some("沈知秋".to_owned()),
            phones: vec!["19900001234".to_owned(), "0900-5550123".to_owned()],
            emails: vec!["Shen.Zhiqiu@example.org".to_owned()],
            ..Sender::default()
        };
        for typed in [
            "19900001234",
            "+86 199 0000 1234",
            "１９９－００００－１２３４",
            "(0900)5550123",
            "09005550123",
            " shen.zhiqiu@EXAMPLE.org",
        ] {
            assert!(fits(&sender, typed), "{typed}");
        }
        for typed in [
            "",
            " ",
            "沈知秋",
            "1990000123",
            "5550123",
            "zhiqiu@example.org",
            "nothing",
        ] {
            assert!(!fits(&sender, typed), "{typed}");
        }
    }

    #[test]
    fn the_name_counts_only_where_no_way_was_left() {
        let mut sender = Sender {
            organisation: Some("青禾区 Example 协会".to_owned()),
            ..Sender::default()
        };
        assert!(fits(&sender, "青禾区example协会"));
        assert!(!fits(&sender, ""));
        sender.phones.push("19900001234".to_owned());
        assert!(!fits(&sender, "青禾区example协会"));
        // Nothing was left, or all was erased: the number alone is the key.
        assert!(fits(&Sender::default(), "anything"));
    }
}
