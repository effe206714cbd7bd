//! Identifiers the program makes itself: UUID version 7 (RFC 9562) as text, so that both databases
//! hold the same values and rows made later sort later.

use crate::error::{Error, Result};
use jiff::Timestamp;
use std::sync::atomic::{AtomicU32, Ordering};
use uuid::Builder;

/// Fills an array with random bytes of the operating system.
///
/// # Errors
/// `Kind::Internal` when the system gives none.
pub fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0_u8; N];
    getrandom::fill(&mut bytes).map_err(|cause| Error::internal(cause.to_string()))?;
    Ok(bytes)
}

/// Counts the identifiers made by this process: its low 26 bits put those of one millisecond in
/// the order in which they were made (RFC 9562, 6.2, method 1).
static MADE: AtomicU32 = AtomicU32::new(0);

/// A new identifier for a row made at `now`. Of two made one after the other at the same instant,
/// the second sorts after the first: the opinions of one letter stay in the letter's order.
///
/// # Errors
/// `Kind::Internal` when the system gives no random bytes.
pub fn new_id(now: Timestamp) -> Result<String> {
    let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
    let count = MADE.fetch_add(1, Ordering::Relaxed);
    let bits = |down: u32, mask: u32| u8::try_from((count >> down) & mask).unwrap_or(0);
    let mut rest = random::<10>()?;
    // The version takes the upper four bits of the first byte, the variant two of the third.
    let counted = [bits(22, 0x0f), bits(14, 0xff), bits(8, 0x3f), bits(0, 0xff)];
    for (place, byte) in rest.iter_mut().zip(counted) {
        *place = byte;
    }
    Ok(Builder::from_unix_timestamp_millis(millis, &rest)
        .into_uuid()
        .to_string())
}

/// Whether a text that came from outside has the shape of one of our identifiers.
#[must_use]
pub fn is_id(text: &str) -> bool {
    text.len() == 36 && uuid::Uuid::try_parse(text).is_ok()
}

/// Lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// The SHA-256 of some bytes, in lower-case hexadecimal: how originals are named.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    hex(&sha2::Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn identifiers_of_one_instant_sort_as_they_were_made() {
        let now = Timestamp::UNIX_EPOCH;
        let made: Vec<String> = (0..2000).map(|_| new_id(now).unwrap()).collect();
        assert!(made.is_sorted());
        assert!(made.iter().all(|id| is_id(id)));
    }
}
