//! When a form was shown: a signed mark in a hidden field. Nobody fills in a form within three
//! seconds; a program that does is shown its form again, to look it over.

use crate::clock::{from_micros, to_micros};
use crate::error::Result;
use crate::privacy::vault::Vault;
use jiff::{SignedDuration, Timestamp};
use subtle::ConstantTimeEq;

const PURPOSE: &str = "form mark";
/// Of a form that is shown for the first time.
const FIRST: &str = "1";
/// Of one that is shown again to be looked over: it is taken however soon it comes, and whatever a
/// browser filled into the trap.
const AGAIN: &str = "2";

/// How long a form that is shown again counts as looked over: a mark that is kept and used for ever
/// would be a way past every later look.
const LOOKED_OVER: SignedDuration = SignedDuration::from_hours(1);

/// A mark that is ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) age: SignedDuration,
    pub(super) looked_over: bool,
}

/// The mark of a form that is shown now.
///
/// # Errors
/// Never in practice (see [`crate::privacy::model::Key::keyed_hash`]).
pub fn new(vault: &Vault, now: Timestamp) -> Result<String> {
    make(vault, now, FIRST)
}

/// The mark of a form that is shown again to be looked over.
///
/// # Errors
/// As [`new`].
pub fn again(vault: &Vault, now: Timestamp) -> Result<String> {
    make(vault, now, AGAIN)
}

/// What a mark says; `None` for one that is not ours or not there.
pub(super) fn read(vault: &Vault, text: &str, now: Timestamp) -> Option<Mark> {
    let mut parts = text.trim().splitn(3, '.');
    let (at, kind, sent) = (parts.next()?, parts.next()?, parts.next()?);
    let own = vault.link().keyed_hash(&[PURPOSE, at, kind]).ok()?;
    if !bool::from(own.as_bytes().ct_eq(sent.as_bytes())) {
        return None;
    }
    let age = now.duration_since(from_micros(at.parse().ok()?));
    Some(Mark {
        looked_over: kind == AGAIN && age <= LOOKED_OVER,
        age,
    })
}

fn make(vault: &Vault, now: Timestamp, kind: &str) -> Result<String> {
    let at = to_micros(now).to_string();
    let signature = vault.link().keyed_hash(&[PURPOSE, &at, kind])?;
    Ok(format!("{at}.{kind}.{signature}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::privacy::model::Key;

    #[test]
    fn only_our_own_marks_have_an_age() {
        let vault = Vault::new(&Key::from_bytes([7; 32])).unwrap();
        let shown: Timestamp = "2025-06-10T02:00:00Z".parse().unwrap();
        let later = shown + SignedDuration::from_secs(5);
        let mark = new(&vault, shown).unwrap();
        assert_eq!(
            read(&vault, &mark, later).map(|mark| mark.age),
            Some(SignedDuration::from_secs(5))
        );
        for forged in [
            "",
            "1.1",
            "1749520800000000.1.",
            &mark.replacen("17", "16", 1),
            &mark.replacen(".1.", ".2.", 1),
            &format!("{mark}0"),
        ] {
            assert!(read(&vault, forged, later).is_none(), "{forged}");
        }
        let other = Vault::new(&Key::from_bytes([8; 32])).unwrap();
        assert!(read(&other, &mark, later).is_none());
        let seen = again(&vault, shown).unwrap();
        let looked_over = |minutes| {
            let at = shown + SignedDuration::from_mins(minutes);
            read(&vault, &seen, at).unwrap().looked_over
        };
        assert!(looked_over(59) && !looked_over(61));
    }
}
