//! Identifiers the program makes itself: UUID version 7 (RFC 9562) as text, so that both databases
//! hold the same values and rows made later sort later.

use crate::error::{Error, Result};
use jiff::Timestamp;
use std::sync::atomic::{AtomicU64, Ordering};
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

/// The last identifier's milliseconds (upper 52 bits) and its place within them (lower 12 bits).
static LAST: AtomicU64 = AtomicU64::new(0);

/// A new identifier for a row made at `now`. Identifiers made by this process within the same
/// millisecond sort in the order in which they were made (RFC 9562, 6.2, method 1): the log of a
/// transaction must not read backwards.
///
/// # Errors
/// `Kind::Internal` when the system gives no random bytes.
pub fn new_id(now: Timestamp) -> Result<String> {
    let present = u64::try_from(now.as_millisecond()).unwrap_or(0) << 12;
    let next = |last: u64| {
        if last >> 12 == present >> 12 {
            last + 1
        } else {
            present
        }
    };
    let last = LAST
        .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| {
            Some(next(last))
        })
        .unwrap_or(present);
    let [.., high, low] = next(last).to_be_bytes();
    let mut tail = random::<10>()?;
    let [first, second, ..] = &mut tail;
    (*first, *second) = (high & 0x0f, low);
    Ok(Builder::from_unix_timestamp_millis(next(last) >> 12, &tail)
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
    fn identifiers_of_one_moment_sort_in_the_order_they_were_made() {
        let now: Timestamp = "2025-06-10T10:00:00Z".parse().unwrap();
        let made: Vec<String> = (0..3).map(|_| new_id(now).unwrap()).collect();
        let mut sorted = made.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!(made, sorted);
        assert!(
            made.iter()
                .all(|id| is_id(id) && id.starts_with("01975948-4d00-7")),
            "{made:?}"
        );
    }
}
