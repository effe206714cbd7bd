//! Identifiers the program makes itself: UUID version 7 (RFC 9562) as text, so that both databases
//! hold the same values and rows made later sort later.

use crate::error::{Error, Result};
use jiff::Timestamp;
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

/// A new identifier for a row made at `now`.
///
/// # Errors
/// `Kind::Internal` when the system gives no random bytes.
pub fn new_id(now: Timestamp) -> Result<String> {
    let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
    Ok(
        Builder::from_unix_timestamp_millis(millis, &random::<10>()?)
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
