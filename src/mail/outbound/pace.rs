//! How many mails a minute: providers turn senders away who are faster.

use jiff::Timestamp;

/// Counts the mails of the present minute.
#[derive(Clone, Debug)]
pub struct Pace {
    a_minute: usize,
    since: Option<Timestamp>,
    taken: usize,
}

impl Pace {
    /// A pace of so many mails a minute; 0 for no limit.
    #[must_use]
    pub fn new(a_minute: u32) -> Self {
        Self {
            a_minute: usize::try_from(a_minute).unwrap_or(usize::MAX),
            since: None,
            taken: 0,
        }
    }

    /// How many may be sent now.
    pub fn left(&mut self, now: Timestamp) -> usize {
        if self.a_minute == 0 {
            return usize::MAX;
        }
        // A clock that was set back begins a new minute too.
        let fresh = |since: Timestamp| !(0..60).contains(&now.duration_since(since).as_secs());
        if self.since.is_none_or(fresh) {
            self.since = Some(now);
            self.taken = 0;
        }
        self.a_minute.saturating_sub(self.taken)
    }

    /// Notes that some were taken.
    pub fn took(&mut self, mails: usize) {
        self.taken = self.taken.saturating_add(mails);
    }

    /// Notes that one that was taken turned out to be none.
    pub fn give_back(&mut self) {
        self.taken = self.taken.saturating_sub(1);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_minute_has_so_many_and_no_more() {
        let at = |text: &str| -> Timestamp { text.parse().unwrap() };
        let mut pace = Pace::new(3);
        assert_eq!(pace.left(at("2025-06-10T00:00:00Z")), 3);
        pace.took(2);
        assert_eq!(pace.left(at("2025-06-10T00:00:59Z")), 1);
        pace.took(2);
        pace.give_back();
        assert_eq!(pace.left(at("2025-06-10T00:00:59Z")), 0);
        assert_eq!(pace.left(at("2025-06-10T00:01:00Z")), 3);
        assert_eq!(Pace::new(0).left(at("2025-06-10T00:00:00Z")), usize::MAX);
    }
}
