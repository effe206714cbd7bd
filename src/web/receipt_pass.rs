//! The pass that opens a receipt's pages: given to whoever has just sent the submission or has
//! named its receipt number and contact, carried in the address as `k`, good for an hour, for that
//! one receipt.

use crate::error::Result;
use crate::privacy::vault::Vault;
use jiff::{SignedDuration, Timestamp};
use subtle::ConstantTimeEq;

/// How long a pass is good.
pub const GOOD_FOR: SignedDuration = SignedDuration::from_mins(60);

/// A pass for a receipt number (as printed, with hyphens), such as `1749523200-9f…`: when it ends,
/// in seconds of Unix time, and the signature over both.
///
/// # Errors
/// Never in practice (see [`crate::privacy::model::Key::mac`]).
pub fn pass(vault: &Vault, receipt: &str, now: Timestamp) -> Result<String> {
    let ends = now
        .as_second()
        .saturating_add(GOOD_FOR.as_secs())
        .to_string();
    let signature = signature(vault, receipt, &ends)?;
    Ok(format!("{ends}-{signature}"))
}

/// Whether a pass is ours, for this receipt, and not over.
///
/// # Errors
/// As [`pass`].
pub fn check(vault: &Vault, receipt: &str, pass: &str, now: Timestamp) -> Result<bool> {
    let Some((ends, sent)) = pass.split_once('-') else {
        return Ok(false);
    };
    let own = signature(vault, receipt, ends)?;
    let is_ours = bool::from(own.as_bytes().ct_eq(sent.as_bytes()));
    let is_good = ends.parse().is_ok_and(|ends: i64| now.as_second() < ends);
    Ok(is_ours && is_good)
}

fn signature(vault: &Vault, receipt: &str, ends: &str) -> Result<String> {
    vault.link().keyed_hash(&["receipt-pass", receipt, ends])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::privacy::model::Key;

    const RECEIPT: &str = "7K2M-9QXD-4RTB-2HWN";

    #[test]
    fn a_pass_is_good_for_one_receipt_and_one_hour() {
        let vault = Vault::new(&Key::from_bytes([7; 32])).unwrap();
        let now: Timestamp = "2025-06-10T10:00:00+08:00".parse().unwrap();
        let good = pass(&vault, RECEIPT, now).unwrap();
        let fits = |receipt, pass: &str, minutes| {
            let later = now + SignedDuration::from_mins(minutes);
            check(&vault, receipt, pass, later).unwrap()
        };
        assert!(fits(RECEIPT, &good, 0));
        assert!(fits(RECEIPT, &good, 59));
        assert!(!fits(RECEIPT, &good, 60));
        assert!(!fits("7K2M-9QXD-4RTB-2HWM", &good, 0));
        let (ends, signature) = good.split_once('-').unwrap();
        let later = ends.parse::<i64>().unwrap() + 3600;
        for bad in [
            "",
            "-",
            ends,
            signature,
            &format!("{later}-{signature}"),
            &format!("{ends}-"),
            &format!("{good}0"),
        ] {
            assert!(!fits(RECEIPT, bad, 0), "{bad}");
        }
        let other = Vault::new(&Key::from_bytes([8; 32])).unwrap();
        assert!(!check(&other, RECEIPT, &good, now).unwrap());
    }
}
