//! Proof of work: a number that takes a browser about a second to find and us a microsecond to
//! check, so that a flood costs its sender. Nobody has to see, hear or solve anything.
//!
//! A challenge is `time.nonce.bits.signature`, signed for one consultation. Its answer is a number
//! for which SHA-256 of `challenge:number` begins with so many zero bits. A challenge is good for an
//! hour and for one submission; the spent ones are remembered in memory, so each copy of the
//! program takes it once.

use crate::clock::{from_micros, to_micros};
use crate::error::Result;
use crate::ids::{hex, random};
use crate::privacy::vault::Vault;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;
use subtle::ConstantTimeEq;

const PURPOSE: &str = "work";
const LIFETIME: SignedDuration = SignedDuration::from_hours(1);
/// Spent challenges remembered at most; about 10 MB. Whoever pushes one out has done the work for
/// as many others.
const MOST_SPENT: usize = 200_000;
/// Digits of an answer at most.
const LONGEST_ANSWER: usize = 20;

/// A challenge of ours that is not too old.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Challenge {
    pub(super) text: String,
    pub(super) bits: u8,
    pub(super) age: SignedDuration,
}

/// A new challenge.
pub(super) fn challenge(
    vault: &Vault,
    consultation: &str,
    bits: u8,
    now: Timestamp,
) -> Result<Challenge> {
    let at = to_micros(now).to_string();
    let nonce = hex(&random::<8>()?);
    let signature = sign(vault, consultation, [&at, &nonce, &bits.to_string()])?;
    Ok(Challenge {
        text: format!("{at}.{nonce}.{bits}.{signature}"),
        bits,
        age: SignedDuration::ZERO,
    })
}

/// A challenge that came back; `None` when it is not ours, another consultation's or too old.
pub(super) fn read(
    vault: &Vault,
    consultation: &str,
    text: &str,
    now: Timestamp,
) -> Option<Challenge> {
    let mut parts = text.splitn(4, '.');
    let signed = [parts.next()?, parts.next()?, parts.next()?];
    let sent = parts.next()?;
    let own = sign(vault, consultation, signed).ok()?;
    if !bool::from(own.as_bytes().ct_eq(sent.as_bytes())) {
        return None;
    }
    let [at, _, bits] = signed;
    let age = now.duration_since(from_micros(at.parse().ok()?));
    let challenge = Challenge {
        text: text.to_owned(),
        bits: bits.parse().ok()?,
        age,
    };
    (SignedDuration::ZERO..=LIFETIME)
        .contains(&age)
        .then_some(challenge)
}

fn sign(vault: &Vault, consultation: &str, [at, nonce, bits]: [&str; 3]) -> Result<String> {
    vault
        .link()
        .keyed_hash(&[PURPOSE, consultation, at, nonce, bits])
}

impl Challenge {
    /// Whether a number is an answer. One hash, whatever it is.
    pub(super) fn is_answered(&self, answer: &str) -> bool {
        let plain = !answer.is_empty()
            && answer.len() <= LONGEST_ANSWER
            && answer.bytes().all(|byte| byte.is_ascii_digit());
        plain && zero_bits(&self.text, answer) >= u32::from(self.bits)
    }
}

fn zero_bits(challenge: &str, answer: &str) -> u32 {
    let hash = Sha256::new()
        .chain_update(challenge)
        .chain_update(":")
        .chain_update(answer)
        .finalize();
    let mut zeros = 0;
    for byte in hash {
        zeros += byte.leading_zeros();
        if byte != 0 {
            break;
        }
    }
    zeros
}

/// Half of a SHA-256.
type Digest16 = [u8; 16];

/// How often the same form may come with the same challenge: a double click, a lost answer. It is
/// registered once whatever happens here.
const SAME_FORM: u8 = 3;

/// Challenges that were spent, the oldest first.
#[derive(Default)]
pub(super) struct Spent(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    /// What a challenge was spent on, and how often.
    known: HashMap<Digest16, (Digest16, u8)>,
    order: VecDeque<(Timestamp, Digest16)>,
}

impl Spent {
    /// Spends a challenge on a form; `false` when it was spent on another before, or too often on
    /// this one.
    pub(super) fn spend(&self, challenge: &Challenge, form: Digest16, now: Timestamp) -> bool {
        let Ok(mut kept) = self.0.lock() else {
            return true;
        };
        let mut key = [0; 16];
        let hash = Sha256::digest(&challenge.text);
        key.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
        if let Some((on, times)) = kept.known.get_mut(&key) {
            *times = times.saturating_add(1);
            return *on == form && *times <= SAME_FORM;
        }
        kept.forget_old(now);
        kept.known.insert(key, (form, 1));
        kept.order.push_back((now, key));
        true
    }
}

impl Kept {
    /// Those that are too old to be read again need not be remembered.
    fn forget_old(&mut self, now: Timestamp) {
        while let Some((at, oldest)) = self.order.front().copied() {
            if now.duration_since(at) <= LIFETIME && self.order.len() < MOST_SPENT {
                break;
            }
            self.known.remove(&oldest);
            self.order.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::privacy::model::Key;

    fn vault(byte: u8) -> Vault {
        Vault::new(&Key::from_bytes([byte; 32])).unwrap()
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_749_520_800 + seconds).unwrap()
    }

    fn answer(challenge: &Challenge) -> String {
        let tried = (0..u32::MAX).map(|number| number.to_string());
        tried
            .into_iter()
            .find(|one| challenge.is_answered(one))
            .unwrap()
    }

    #[test]
    fn a_challenge_is_answered_by_work_and_by_nothing_else() {
        let made = challenge(&vault(7), "c", 10, at(0)).unwrap();
        let back = read(&vault(7), "c", &made.text, at(60)).unwrap();
        let found = answer(&back);
        assert!(zero_bits(&made.text, &found) >= 10);
        let wrong = (0..)
            .map(|n: u32| n.to_string())
            .find(|n| zero_bits(&made.text, n) == 9);
        assert!(!back.is_answered(&wrong.unwrap()));
        for odd in ["", "-1", "x", &format!("{found} "), &"0".repeat(21)] {
            assert!(!back.is_answered(odd), "{odd}");
        }
    }

    #[test]
    fn a_forged_old_or_borrowed_challenge_is_none() {
        let made = challenge(&vault(7), "c", 18, at(0)).unwrap();
        assert!(read(&vault(7), "c", &made.text, at(3600)).is_some());
        assert!(read(&vault(7), "c", &made.text, at(3601)).is_none());
        assert!(read(&vault(7), "c", &made.text, at(-1)).is_none());
        assert!(read(&vault(7), "d", &made.text, at(1)).is_none());
        assert!(read(&vault(8), "c", &made.text, at(1)).is_none());
        let easier = made.text.replacen(".18.", ".1.", 1);
        assert!(read(&vault(7), "c", &easier, at(1)).is_none());
        for odd in ["", "...", "1.2.3.4", "1.2.3"] {
            assert!(read(&vault(7), "c", odd, at(1)).is_none(), "{odd}");
        }
    }

    #[test]
    fn a_challenge_is_spent_on_one_form_and_the_memory_is_bounded() {
        let (spent, form, other_form) = (Spent::default(), [1; 16], [2; 16]);
        let made = challenge(&vault(7), "c", 1, at(0)).unwrap();
        assert!(spent.spend(&made, form, at(1)));
        assert!(!spent.spend(&made, other_form, at(2)));
        assert!(spent.spend(&made, form, at(2)), "a double click");
        assert!(!spent.spend(&made, form, at(3)));
        assert!(!spent.spend(&made, form, at(3600)));
        let other = |number: u32| Challenge {
            text: number.to_string(),
            bits: 1,
            age: SignedDuration::ZERO,
        };
        for number in 0..300_000 {
            assert!(spent.spend(&other(number), form, at(10)));
        }
        assert_eq!(spent.0.lock().unwrap().order.len(), MOST_SPENT);
        assert_eq!(spent.0.lock().unwrap().known.len(), MOST_SPENT);
        assert!(spent.spend(&other(300_000), form, at(10_000)));
        assert_eq!(spent.0.lock().unwrap().order.len(), 1);
    }
}
