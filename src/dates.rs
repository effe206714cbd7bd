//! Dates and times as pages and mails say them. Nothing here knows what time it is: the caller passes
//! civil dates and times that are already in 北京时间 (Asia/Shanghai).

use crate::words::Lang;
use jiff::civil::{Date, DateTime, Weekday};

/// `2025年6月28日（星期六）`, or `Saturday 28 June 2025`.
#[must_use]
pub fn long(lang: Lang, date: Date) -> String {
    let day_name = weekday(lang, date.weekday());
    match lang {
        Lang::Zh => format!("{}（{day_name}）", plain(lang, date)),
        Lang::En => format!("{day_name} {}", plain(lang, date)),
    }
}

/// `2025年6月28日`, or `28 June 2025`.
#[must_use]
pub fn plain(lang: Lang, date: Date) -> String {
    let (year, month, day) = (date.year(), date.month(), date.day());
    match lang {
        Lang::Zh => format!("{year}年{month}月{day}日"),
        Lang::En => format!("{day} {} {year}", month_name(month)),
    }
}

/// `2025年6月10日 10:05（北京时间）`, or `10 June 2025, 10:05 (Beijing time)`.
#[must_use]
pub fn moment(lang: Lang, at: DateTime) -> String {
    let date = plain(lang, at.date());
    let (hour, minute) = (at.hour(), at.minute());
    match lang {
        Lang::Zh => format!("{date} {hour}:{minute:02}（北京时间）"),
        Lang::En => format!("{date}, {hour}:{minute:02} (Beijing time)"),
    }
}

/// `2025-06-10 10:05`, in Beijing time: for tables of the office, in either language.
#[must_use]
pub fn moment_short(at: jiff::Timestamp) -> String {
    at.to_zoned(crate::clock::beijing())
        .strftime("%Y-%m-%d %H:%M")
        .to_string()
}

/// How long an open consultation still runs. `days` counts from today to the last day: 0 means
/// that today is the last day.
#[must_use]
pub fn left(lang: Lang, days: u32) -> String {
    match days {
        0 => lang.pick("今天是最后一天", "today is the last day").into(),
        1 => lang
            .pick(
                "还剩1天，明天是最后一天",
                "1 day left; tomorrow is the last day",
            )
            .into(),
        _ => lang.pick(format!("还有{days}天"), format!("{days} days left")),
    }
}

/// How long until a consultation opens. `days` counts from today to the first day.
#[must_use]
pub fn until_opening(lang: Lang, days: u32) -> String {
    match days {
        0 => lang.pick("今天开始", "opens today").into(),
        1 => lang.pick("明天开始", "opens tomorrow").into(),
        _ => lang.pick(format!("{days}天后开始"), format!("opens in {days} days")),
    }
}

fn weekday(lang: Lang, day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => lang.pick("星期一", "Monday"),
        Weekday::Tuesday => lang.pick("星期二", "Tuesday"),
        Weekday::Wednesday => lang.pick("星期三", "Wednesday"),
        Weekday::Thursday => lang.pick("星期四", "Thursday"),
        Weekday::Friday => lang.pick("星期五", "Friday"),
        Weekday::Saturday => lang.pick("星期六", "Saturday"),
        Weekday::Sunday => lang.pick("星期日", "Sunday"),
    }
}

fn month_name(month: i8) -> &'static str {
    match month {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        _ => "December",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_date_says_its_weekday_in_both_languages() {
        let last_day = date(2025, 6, 28);
        assert_eq!(long(Lang::Zh, last_day), "2025年6月28日（星期六）");
        assert_eq!(long(Lang::En, last_day), "Saturday 28 June 2025");
    }

    #[test]
    fn a_moment_names_the_clock_it_was_read_from() {
        let at = date(2025, 6, 10).at(9, 5, 59, 0);
        assert_eq!(moment(Lang::Zh, at), "2025年6月10日 9:05（北京时间）");
        assert_eq!(moment(Lang::En, at), "10 June 2025, 9:05 (Beijing time)");
    }

    #[test]
    fn the_last_day_is_not_called_zero_days() {
        assert_eq!(left(Lang::Zh, 0), "今天是最后一天");
        assert_eq!(left(Lang::En, 18), "18 days left");
        assert_eq!(until_opening(Lang::Zh, 1), "明天开始");
    }
}
