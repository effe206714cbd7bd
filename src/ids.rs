//! Identifiers the program makes itself: UUID version 7 (RFC 9562) as text, so that both databases
//! hold the same values and rows made later sort later.

use crate::error::{Error, Result};
use jiff::Timestamp;
use std::cell::RefCell;
use std::ops::RangeInclusive;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};
use uuid::Builder;

/// Counts the identifiers of this process, so that those of the same millisecond (the remarks of
/// one letter, the events of one moment) keep the order in which they were made. Only the low 26
/// bits are used; they wrap once in 67 million (RFC 9562, 6.2, method 1).
///
/// It begins anywhere in the lower half, so that copies of the program that were started together do
/// not count side by side.
static MADE: LazyLock<AtomicU32> = LazyLock::new(|| {
    let [a, b, c, d] = random().unwrap_or_default();
    AtomicU32::new(u32::from_be_bytes([a, b, c, d]) & 0x01FF_FFFF)
});

/// Random bytes of the operating system that this thread has not used yet: asking for a few at a
/// time costs more than what they are used for.
struct Pool {
    bytes: [u8; 1024],
    used: usize,
}

thread_local! {
    static POOL: RefCell<Pool> = const {
        RefCell::new(Pool { bytes: [0; 1024], used: 1024 })
    };
}

impl Pool {
    /// Hands bytes out, once: what was handed out is wiped here.
    fn take(&mut self, wanted: &mut [u8]) -> std::result::Result<(), getrandom::Error> {
        let next = self.used + wanted.len();
        if next > self.bytes.len() {
            getrandom::fill(&mut self.bytes)?;
            self.used = 0;
            return match wanted.len() {
                few if few <= self.bytes.len() => self.take(wanted),
                _ => getrandom::fill(wanted),
            };
        }
        if let Some(bytes) = self.bytes.get_mut(self.used..next) {
            wanted.copy_from_slice(bytes);
            bytes.fill(0);
            self.used = next;
        }
        Ok(())
    }
}

/// An array of random bytes of the operating system.
///
/// # Errors
/// `Kind::Internal` when the system gives none.
pub fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0_u8; N];
    POOL.with_borrow_mut(|pool| pool.take(&mut bytes))
        .map_err(|cause| Error::internal(cause.to_string()))?;
    Ok(bytes)
}

/// A new identifier for a row made at `now`. Identifiers made by this process within the same
/// millisecond sort in the order in which they were made (RFC 9562, 6.2, method 1): the log of a
/// transaction must not read backwards.
///
/// # Errors
/// `Kind::Internal` when the system gives no random bytes.
pub fn new_id(now: Timestamp) -> Result<String> {
    let (millis, counter_and_random) = parts(now)?;
    let id = Builder::from_unix_timestamp_millis(millis, &counter_and_random);
    Ok(id.into_uuid().to_string())
}

/// Like [`new_id`], in the same order, but of version 8 (RFC 9562, 5.8): the first of its bits are
/// a number of 80 bits that [`numbered`] tells and [`with_number`] finds it by.
///
/// # Errors
/// As [`new_id`].
pub fn new_numbered_id(now: Timestamp) -> Result<String> {
    let (millis, counter_and_random) = parts(now)?;
    let mut bytes = [0_u8; 16];
    let (time, rest) = bytes.split_at_mut(6);
    time.copy_from_slice(millis.to_be_bytes().get(2..).unwrap_or(&[0; 6]));
    rest.copy_from_slice(&counter_and_random);
    Ok(Builder::from_custom_bytes(bytes).into_uuid().to_string())
}

/// Milliseconds since 1970, then 26 bits of the counter as they stand in an identifier, and
/// random bytes.
fn parts(now: Timestamp) -> Result<(u64, [u8; 10])> {
    let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
    let made = MADE.fetch_add(1, Ordering::Relaxed);
    let [_, _, a, b] = (made >> 14 & 0x0FFF).to_be_bytes();
    let [_, _, c, d] = (made & 0x3FFF).to_be_bytes();
    let [e, f, g, h, i, j] = random()?;
    Ok((millis, [a, b, c, d, e, f, g, h, i, j]))
}

/// 2020-01-01T00:00:00Z in milliseconds since 1970: from here 41 bits reach to the year 2089.
const NUMBERED_SINCE: u64 = 1_577_836_800_000;
const TIME_BITS: u64 = (1 << 41) - 1;

/// The number of an identifier of [`new_numbered_id`], below 2^80: 41 bits of time, 26 of the
/// counter, 13 random ones. `None` for every other identifier.
#[must_use]
pub fn numbered(id: &str) -> Option<u128> {
    let id = uuid::Uuid::try_parse(id).ok()?;
    if id.get_version_num() != 8 {
        return None;
    }
    let bits = id.as_u128();
    let millis = u64::try_from(bits >> 80).ok()?;
    let time = millis.wrapping_sub(NUMBERED_SINCE) & TIME_BITS;
    let (high, low) = (bits >> 64 & 0x0FFF, bits >> 48 & 0x3FFF);
    let random = bits >> 35 & 0x1FFF;
    Some(u128::from(time) << 39 | high << 27 | low << 13 | random)
}

/// Between which identifiers, both included, the one with a number below 2^80 stands.
#[must_use]
pub fn with_number(number: u128) -> RangeInclusive<String> {
    let time = u64::try_from(number >> 39).unwrap_or(u64::MAX) & TIME_BITS;
    let millis = u128::from(time.wrapping_add(NUMBERED_SINCE));
    let (high, low) = (number >> 27 & 0x0FFF, number >> 13 & 0x3FFF);
    let first = millis << 80 | 8 << 76 | high << 64 | 2 << 62 | low << 48 | (number & 0x1FFF) << 35;
    let text = |bits: u128| uuid::Uuid::from_u128(bits).to_string();
    text(first)..=text(first | ((1 << 35) - 1))
}

/// Between which identifiers, both included, those stand that were made in the same millisecond as
/// this one: what a transaction writes down beside a row is found by it without an index of its own.
#[must_use]
pub fn made_with(id: &str) -> RangeInclusive<String> {
    let time: String = id.chars().take(13).collect();
    format!("{time}-0000-0000-000000000000")..=format!("{time}-ffff-ffff-ffffffffffff")
}

/// Between which identifiers, both included, those stand that were made in this millisecond.
#[must_use]
pub fn made_at(at: Timestamp) -> RangeInclusive<String> {
    let millis = u64::try_from(at.as_millisecond()).unwrap_or(0);
    let first = Builder::from_unix_timestamp_millis(millis, &[0; 10]);
    made_with(&first.into_uuid().to_string())
}

/// The sixteen bytes of an identifier, for tables in which its text would be most of a row.
///
/// # Errors
/// `Kind::Internal` for a text that is no identifier.
pub fn id_bytes(id: &str) -> Result<[u8; 16]> {
    uuid::Uuid::try_parse(id)
        .map(uuid::Uuid::into_bytes)
        .map_err(Error::internal)
}

/// The identifier that [`id_bytes`] gave the bytes of.
///
/// # Errors
/// `Kind::Internal` for anything but sixteen bytes.
pub fn id_of_bytes(bytes: &[u8]) -> Result<String> {
    uuid::Uuid::from_slice(bytes)
        .map(|id| id.to_string())
        .map_err(Error::internal)
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
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
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

    #[test]
    fn identifiers_of_one_moment_stand_together() {
        let now: Timestamp = "2025-06-10T00:00:00.123456Z".parse().unwrap();
        let later = now + jiff::SignedDuration::from_millis(1);
        let of = [new_id(now).unwrap(), new_numbered_id(now).unwrap()];
        for bounds in [made_at(now), made_with(&of[0]), made_with(&of[1])] {
            assert!(of.iter().all(|id| bounds.contains(id)), "{bounds:?}");
            assert!(!bounds.contains(&new_id(later).unwrap()));
        }
    }

    #[test]
    fn random_bytes_are_never_handed_out_twice() {
        let mut seen: Vec<[u8; 24]> = (0..1000).map(|_| random().unwrap()).collect();
        assert_eq!(random::<5000>().unwrap().len(), 5000);
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 1000);
        assert!(!seen.contains(&[0; 24]));
        assert_ne!(random::<5000>().unwrap()[4000..], [0; 1000]);
    }

    #[test]
    fn an_identifier_is_found_by_its_number() {
        let now: Timestamp = "2025-06-10T00:00:00Z".parse().unwrap();
        let made: Vec<String> = (0..40_000).map(|_| new_numbered_id(now).unwrap()).collect();
        assert!(made.is_sorted() && made.iter().all(|id| is_id(id)));
        let numbers: Vec<u128> = made.iter().map(|id| numbered(id).unwrap()).collect();
        let mut apart = numbers.clone();
        apart.dedup();
        assert_eq!(apart.len(), made.len(), "two have one number");
        for (id, number) in made.iter().zip(numbers) {
            assert!(number < 1 << 80 && with_number(number).contains(id), "{id}");
            assert!(!with_number(number ^ 1).contains(id), "{id}");
        }
        assert_eq!(numbered(&new_id(now).unwrap()), None, "an older kind");
        assert_eq!(numbered("x"), None);
    }
}
