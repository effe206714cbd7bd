//! How many forms the whole site gets: the last minute, as a sliding count.

use std::sync::Mutex;

const MINUTE: i64 = 60_000_000;

/// Counts by the minute. The minute before counts for as much of it as the last sixty seconds hold.
#[derive(Default)]
pub(super) struct Pulse(Mutex<Counts>);

#[derive(Clone, Copy, Default)]
struct Counts {
    minute: i64,
    now: i64,
    before: i64,
}

impl Pulse {
    /// Counts one more; answers how many came in the last sixty seconds, with this one.
    pub(super) fn beat(&self, now: i64) -> i64 {
        let Ok(mut counts) = self.0.lock() else {
            return 0;
        };
        let minute = now.div_euclid(MINUTE);
        if minute != counts.minute {
            let followed = minute == counts.minute + 1;
            *counts = Counts {
                minute,
                now: 0,
                before: if followed { counts.now } else { 0 },
            };
        }
        counts.now += 1;
        let left = MINUTE - now.rem_euclid(MINUTE);
        counts.now + counts.before * left / MINUTE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_sixty_seconds_are_counted_across_the_minute() {
        let pulse = Pulse::default();
        for _ in 0..100 {
            pulse.beat(MINUTE + 59_000_000);
        }
        assert_eq!(pulse.beat(2 * MINUTE), 101);
        assert_eq!(pulse.beat(2 * MINUTE + MINUTE / 2), 52);
        assert_eq!(pulse.beat(9 * MINUTE), 1);
    }
}
