//! Identifiers the program makes itself: UUID version 7 (RFC 9562) as text, so that both databases
//! hold the same values and rows made later sort later.

use crate::error::{Error, Result};
use jiff::Timestamp;
use std::sync::atomic::{AtomicU32, Ordering};
use uuid::Builder;

/// Counts the identifiers of this process, so that those of the same millisecond (the remarks of
/// one letter, the events of one moment) keep the order in which they were made. Only the low 26
/// bits are used; they wrap once in 67 million (RFC 9562, 6.2, method 1).
static MADE: AtomicU32 = AtomicU32::new(0);

/// Fills an array with random bytes of the operating system.
///
/// # Errors
/// `Kind::Internal` when the system gives none.
pub fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0_u8; N];
    getrandom::fill(&mut bytes).map_err(|cause| Error::internal(cause.to_string()))?;
    Ok(bytes)
}

/// A new identifier for a row made at `now`. Identifiers made by this process within the same
/// millisecond sort in the order in which they were made (RFC 9562, 6.2, method 1): the log of a
/// transaction must not read backwards.
///
/// # Errors
/// `Kind::Internal` when the system gives no random bytes.
pub fn new_id(now: Timestamp) -> Result<String> {
    let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
    let made = MADE.fetch_add(1, Ordering::Relaxed);
    let [_, _, a, b] = (made >> 14 & 0x0FFF).to_be_bytes();
    let [_, _, c, d] = (made & 0x3FFF).to_be_bytes();
    let [e, f, g, h, i, j] = random()?;
    Ok(
        Builder::from_unix_timestamp_millis(millis, &[a, b, c, d, e, f, g, h, i, j])
            .into_uuid()
            .to_string(),
    )
}

/// Whether a text that came from outside has the shape of one of our identifiers.
#[must_use]
pub fn is_id(text: &str) -> bool {
    text.len() == 36 && uuid::Uuid::try_parse(text).is_ok()
}

/// Lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
    ];
    let digit = |half: u8| DIGITS.get(usize::from(half)).copied().unwrap_or('0');
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(digit(byte >> 4));
        text.push(digit(byte & 15));
    }
    text
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
    fn identifiers_of_one_moment_keep_their_order() {
        let now: Timestamp = "2025-06-10T00:00:00Z".parse().unwrap();
        let made: Vec<String> = (0..40_000).map(|_| new_id(now).unwrap()).collect();
        assert!(made.is_sorted(), "two identifiers changed places");
        assert!(made.iter().all(|id| is_id(id)));
        let later = now + jiff::SignedDuration::from_millis(1);
        assert!(new_id(later).unwrap() > made.into_iter().max().unwrap());
    }
}
