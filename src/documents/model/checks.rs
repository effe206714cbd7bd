//! Whether a notice can be opened: the window must be there, possible, and the right way round.

use super::NoticeFacts;
use crate::error::{Error, Result};
use jiff::civil::Date;

/// A sound window, both days whole, Asia/Shanghai.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub opens_on: Date,
    pub closes_on: Date,
    /// Counted with both ends.
    pub days: i32,
}

impl NoticeFacts {
    /// The window of the notice.
    ///
    /// # Errors
    ///
    /// `Invalid`, in one line that names the line of the source: no window is stated; a date of it
    /// is not in the calendar; it ends before it begins; only its end is stated and the notice is
    /// not dated.
    pub fn check(&self) -> Result<Window> {
        let Some(found) = &self.window else {
            return Err(Error::invalid(
                "公告中没有写明征求意见的起止时间，请补写，例如“2025年5月29日至2025年6月28日”",
                "the notice states no period for comments; add one, such as 2025年5月29日至2025年6月28日",
            ));
        };
        let line = found.line;
        if let Some(date) = &found.impossible {
            return Err(Error::invalid(
                format!("公告第{line}行的日期“{date}”不存在，请改正征求意见的起止时间"),
                format!(
                    "line {line} of the notice: the date {date} does not exist; correct the period"
                ),
            ));
        }
        match (self.opens_on, self.closes_on) {
            (Some(opens_on), Some(closes_on)) if closes_on < opens_on => Err(Error::invalid(
                format!(
                    "公告第{line}行：截止日期{closes_on}早于开始日期{opens_on}，请改正起止时间"
                ),
                format!(
                    "line {line} of the notice: closes on {closes_on}, before it opens on {opens_on}; correct the period"
                ),
            )),
            (Some(opens_on), Some(closes_on)) => Ok(Window {
                opens_on,
                closes_on,
                days: days_between(opens_on, closes_on),
            }),
            (None, _) => Err(Error::invalid(
                format!("公告第{line}行只写了截止时间，落款也没有日期，请补写开始日期"),
                format!(
                    "line {line} of the notice gives only the end, and the notice is not dated; add the first day"
                ),
            )),
            (_, None) => Err(Error::invalid(
                format!("公告第{line}行没有写明截止日期，请补写"),
                format!("line {line} of the notice gives no last day; add it"),
            )),
        }
    }
}

/// Days from the first to the last, both counted; zero or less when the order is wrong.
pub(crate) fn days_between(first: Date, last: Date) -> i32 {
    first
        .until(last)
        .map_or(0, |span| span.get_days())
        .saturating_add(1)
}
