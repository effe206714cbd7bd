//! The only place that asks what time it is. Everything else is handed a [`Clock`], so that the
//! window of a consultation can be tested to the second.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};

/// Where the time comes from.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Timestamp;
}

/// The machine's own clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one reading of the machine's clock"
    )]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A clock that stands still, for tests and for entering what happened at a known time.
#[derive(Clone, Copy, Debug)]
pub struct FixedClock(pub Timestamp);

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        self.0
    }
}

/// A clock that was set to another time and runs on from there, for the demonstration.
#[derive(Clone, Copy, Debug)]
pub struct ShiftedClock {
    set_to: Timestamp,
    started: std::time::Instant,
}

impl ShiftedClock {
    /// Starts a clock at `set_to`.
    #[must_use]
    pub fn starting_at(set_to: Timestamp) -> Self {
        Self {
            set_to,
            started: std::time::Instant::now(),
        }
    }
}

impl Clock for ShiftedClock {
    fn now(&self) -> Timestamp {
        self.set_to
            .checked_add(self.started.elapsed())
            .unwrap_or(self.set_to)
    }
}

/// Beijing time. China has kept UTC+8 without summer time since 1991, so a fixed offset is exact
/// for every consultation this program can hold and needs no time-zone database.
#[must_use]
pub fn beijing() -> TimeZone {
    TimeZone::fixed(Offset::constant(8))
}

/// The first instant of a day in Beijing.
///
/// Returns `None` for days outside the range of an instant (years before -9999 or after 9999).
#[must_use]
pub fn start_of_day(day: Date) -> Option<Timestamp> {
    day.to_zoned(beijing()).ok().map(|zoned| zoned.timestamp())
}

/// Microseconds since 1970-01-01T00:00:00Z, the form in which instants are stored.
#[must_use]
pub fn to_micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

/// The instant that was stored as microseconds; the epoch when the number is out of range.
#[must_use]
pub fn from_micros(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros).unwrap_or(Timestamp::UNIX_EPOCH)
}
