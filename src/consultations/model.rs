//! A consultation and its window.

use crate::clock::start_of_day;
use crate::error::{Error, Result};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

/// The days on which comments are taken. Both are whole days in Beijing time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub opens_on: Date,
    pub closes_on: Date,
    /// The first instant in.
    pub opens_at: Timestamp,
    /// The first instant out: the start of the day after `closes_on`.
    pub closes_at: Timestamp,
}

/// How an instant of receipt stands to the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timing {
    /// 早到: before the first day.
    Early,
    /// 期内.
    InTime,
    /// 逾期: after the last day. Kept and counted apart, never dropped.
    Late,
}

impl Timing {
    /// The code that is stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Early => "early",
            Self::InTime => "in",
            Self::Late => "late",
        }
    }

    /// The word shown.
    #[must_use]
    pub fn word(self, lang: impl std::borrow::Borrow<crate::words::Lang>) -> &'static str {
        let lang = lang.borrow();
        match self {
            Self::Early => lang.pick("提前", "Early"),
            Self::InTime => lang.pick("期限内", "In time"),
            Self::Late => lang.pick("逾期", "Late"),
        }
    }

    /// Whether it came outside the window and so carries a mark.
    #[must_use]
    pub fn is_outside(self) -> bool {
        self != Self::InTime
    }

    /// All three, in the order of filters.
    pub const ALL: [Self; 3] = [Self::InTime, Self::Late, Self::Early];

    /// The timing of a stored code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Early, Self::InTime, Self::Late]
            .into_iter()
            .find(|timing| timing.code() == code)
    }
}

impl Window {
    /// The window from its first and last day.
    ///
    /// # Errors
    /// `Kind::Invalid` when it ends before it starts, or lies outside the calendar.
    pub fn new(opens_on: Date, closes_on: Date) -> Result<Self> {
        if closes_on < opens_on {
            return Err(Error::invalid(
                format!(
                    "征求意见的截止日期 {closes_on} 早于开始日期 {opens_on}，请改正公告中的日期"
                ),
                format!(
                    "the window closes on {closes_on}, before it opens on {opens_on}; correct the notice"
                ),
            ));
        }
        let outside = || {
            Error::invalid(
                "征求意见的日期超出可用范围，请改正公告中的日期",
                "the window's dates are out of range; correct the notice",
            )
        };
        let after = closes_on.checked_add(1.day()).map_err(|_| outside())?;
        Ok(Self {
            opens_on,
            closes_on,
            opens_at: start_of_day(opens_on).ok_or_else(outside)?,
            closes_at: start_of_day(after).ok_or_else(outside)?,
        })
    }

    /// Where an instant falls: the first second in is the start of the first day, the first second
    /// out the start of the day after the last.
    #[must_use]
    pub fn judge(&self, at: Timestamp) -> Timing {
        if at < self.opens_at {
            Timing::Early
        } else if at < self.closes_at {
            Timing::InTime
        } else {
            Timing::Late
        }
    }

    /// Days of the window, counted with both ends.
    #[must_use]
    pub fn days(&self) -> i64 {
        self.closes_on
            .since(self.opens_on)
            .map_or(0, |span| i64::from(span.get_days()) + 1)
    }

    /// Days left on a day inside the window, today included: 1 on the last day.
    #[must_use]
    pub fn days_left(&self, today: Date) -> i64 {
        self.closes_on
            .since(today)
            .map_or(0, |span| i64::from(span.get_days()) + 1)
    }
}

/// Where a consultation stands in time; derived, never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    Open,
    Coming,
    Closed,
    Answered,
}

/// One consultation as the notice states it.
#[derive(Clone, Debug)]
pub struct Consultation {
    pub id: String,
    pub slug: String,
    pub title: String,
    pub draft_title: String,
    pub issuer: String,
    pub issued_on: Option<Date>,
    pub window: Window,
    pub contact: OfficeContact,
    /// As the notice names them: 电话, 电子邮件.
    pub channels: Vec<String>,
    pub attachments: Vec<String>,
    /// The notice's own paragraphs, one a line.
    pub notice_text: String,
    /// SHA-256 of the file it was imported from.
    pub source_sha256: String,
    pub source_name: String,
    /// The data key of its contact details, wrapped by the site's.
    pub wrapped_key: Vec<u8>,
    pub published_at: Timestamp,
    pub answered_at: Option<Timestamp>,
    /// Why the window is shorter than 30 days, in the office's words (国令第713号 Art. 15).
    pub short_reason: Option<String>,
    /// When the office turned the public wall on; `None` while it is off.
    pub wall_opened_at: Option<Timestamp>,
    /// The version of its texts that readers see.
    pub version: i32,
}

/// A later last day, and why: 延长征求意见期限.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WindowChange {
    /// The last day as it was.
    pub closed_on: Date,
    /// The last day from then on.
    pub closes_on: Date,
    /// In the office's words.
    pub reason: String,
    pub changed_at: Timestamp,
    /// The member of staff, for the office's own pages.
    pub changed_by: String,
}

/// How the notice says that the office is reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfficeContact {
    pub person: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub address: Option<String>,
}

impl Consultation {
    /// Where it stands at an instant.
    #[must_use]
    pub fn stage(&self, now: Timestamp) -> Stage {
        match self.window.judge(now) {
            Timing::Early => Stage::Coming,
            Timing::InTime => Stage::Open,
            Timing::Late if self.answered_at.is_some_and(|at| at <= now) => Stage::Answered,
            Timing::Late => Stage::Closed,
        }
    }
}

/// Whether a text can be the short name of a consultation in an address: 1–60 lower-case letters,
/// digits and inner hyphens.
#[must_use]
pub fn is_slug(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=60).contains(&text.len())
        && text.chars().all(allowed)
        && !text.starts_with('-')
        && !text.ends_with('-')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use jiff::civil::date;

    fn seed() -> Window {
        Window::new(date(2025, 5, 29), date(2025, 6, 28)).unwrap()
    }

    #[test]
    fn both_days_are_whole_to_the_second() {
        let window = seed();
        let judge = |text: &str| window.judge(text.parse().unwrap());
        assert_eq!(judge("2025-05-28T23:59:59+08:00"), Timing::Early);
        assert_eq!(judge("2025-05-29T00:00:00+08:00"), Timing::InTime);
        assert_eq!(judge("2025-06-28T23:59:59.999999+08:00"), Timing::InTime);
        assert_eq!(judge("2025-06-29T00:00:00+08:00"), Timing::Late);
    }

    #[test]
    fn days_are_counted_with_both_ends() {
        assert_eq!(seed().days(), 31);
        assert_eq!(seed().days_left(date(2025, 6, 28)), 1);
        assert_eq!(seed().days_left(date(2025, 5, 29)), 31);
        let across_months = Window::new(date(2025, 11, 30), date(2026, 3, 1)).unwrap();
        assert_eq!(across_months.days(), 92);
    }

    #[test]
    fn a_window_that_ends_before_it_starts_is_refused() {
        assert!(Window::new(date(2025, 6, 28), date(2025, 5, 29)).is_err());
    }

    #[test]
    fn slugs_are_plain() {
        assert!(is_slug("2025-zhiliang"));
        for bad in ["", "-a", "a-", "A", "中", "a/b", "a b", &"a".repeat(61)] {
            assert!(!is_slug(bad), "{bad}");
        }
    }
}
