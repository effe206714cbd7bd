//! Dates as official texts print them: 2025年5月29日, 5月29日, 2025-05-29, 二○一○年九月七日.

use crate::documents::model::numeral;
use jiff::civil::Date;

/// A date as printed; it need not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RawDate {
    pub year: Option<u32>,
    pub month: u32,
    pub day: u32,
}

impl RawDate {
    /// The day in the calendar, with a year for a date that has none.
    pub fn on(self, year: Option<u32>) -> Option<Date> {
        let year = i16::try_from(self.year.or(year)?).ok()?;
        let month = i8::try_from(self.month).ok()?;
        let day = i8::try_from(self.day).ok()?;
        Date::new(year, month, day).ok()
    }
}

/// A date found in a folded text, with its place in bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct FoundDate {
    pub date: RawDate,
    pub start: usize,
    pub end: usize,
}

/// The longest date as printed, in bytes of the shadow, with room for blanks.
const LONGEST: usize = 120;

/// The date that a whole folded line is, with a year.
pub(super) fn whole(line: &str) -> Option<RawDate> {
    if line.len() > LONGEST {
        return None;
    }
    let (date, rest) = leading(line)?;
    (rest.trim_start_matches(' ').is_empty() && date.year.is_some()).then_some(date)
}

/// The date at the end of a folded line, and what stands before it.
pub(super) fn trailing(line: &str) -> Option<(&str, RawDate)> {
    if !line.ends_with(['日', '号']) && !line.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let found = find_all(line).into_iter().next_back()?;
    let after = line.get(found.end..)?;
    (after.trim_start_matches(' ').is_empty() && found.date.year.is_some()).then_some(())?;
    Some((line.get(..found.start)?.trim_end_matches(' '), found.date))
}

/// All dates of a folded text.
pub(super) fn find_all(text: &str) -> Vec<FoundDate> {
    let mut found: Vec<FoundDate> = Vec::new();
    let mut inside_number = false;
    for (start, c) in text.char_indices() {
        let numeric = c.is_ascii_digit() || numeral::is_numeral(c);
        let fresh = numeric && !inside_number;
        inside_number = numeric;
        if !fresh || found.last().is_some_and(|last| start < last.end) {
            continue;
        }
        let Some(tail) = text.get(start..) else {
            continue;
        };
        if let Some((date, rest)) = leading(tail) {
            let end = text.len().saturating_sub(rest.len());
            found.push(FoundDate { date, start, end });
        }
    }
    found
}

/// A date at the start of a folded text, and the rest.
fn leading(text: &str) -> Option<(RawDate, &str)> {
    let (first, rest) = number(text)?;
    if let Some(rest) = eat(rest, "年").filter(|_| first >= 1000) {
        let (month, rest) = number(rest)?;
        let (day, rest) = month_end(rest)?;
        return Some((dated(Some(first), month, day), rest));
    }
    if let Some((day, rest)) = month_end(rest) {
        return Some((dated(None, first, day), rest));
    }
    let separator = rest
        .chars()
        .next()
        .filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (month, rest) = number(rest.strip_prefix(separator)?)?;
    let (day, rest) = number(rest.strip_prefix(separator)?)?;
    let sound = first >= 1000 && !rest.starts_with(|c: char| c.is_ascii_digit());
    sound.then_some((
        dated(Some(first), month, day),
        eat(rest, "日").unwrap_or(rest),
    ))
}

/// `至28日` behind a date: the day of the same month, and the byte behind it.
pub(super) fn day_behind(line: &str, first: &FoundDate) -> Option<FoundDate> {
    let tail = line.get(first.end..)?;
    let mut depth = 0_u32;
    let (at, _) = tail.char_indices().find(|(_, c)| {
        match c {
            '(' => depth = depth.saturating_add(1),
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let stops = c.is_ascii_digit() || numeral::is_numeral(*c) || matches!(c, '。' | ';' | ',');
        depth == 0 && stops
    })?;
    let (_, after) = tail.split_at_checked(at)?;
    let start = line.len().saturating_sub(after.len());
    let (day, rest) = number(after)?;
    let rest = eat(rest, "日").or_else(|| eat(rest, "号"))?;
    let end = line.len().saturating_sub(rest.len());
    let date = RawDate { day, ..first.date };
    Some(FoundDate { date, start, end })
}

fn dated(year: Option<u32>, month: u32, day: u32) -> RawDate {
    RawDate { year, month, day }
}

/// `月28日`: the day, and the rest.
fn month_end(text: &str) -> Option<(u32, &str)> {
    let (day, rest) = number(eat(text, "月")?)?;
    let rest = eat(rest, "日").or_else(|| eat(rest, "号"))?;
    Some((day, rest))
}

fn eat<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    text.trim_start_matches(' ').strip_prefix(word)
}

/// A number of one to four digits, arabic or Chinese, and the rest.
fn number(text: &str) -> Option<(u32, &str)> {
    let text = text.trim_start_matches(' ');
    let arabic = text.bytes().take(5).take_while(u8::is_ascii_digit).count();
    if arabic > 0 {
        let (digits, rest) = text.split_at_checked(arabic).filter(|_| arabic <= 4)?;
        return Some((digits.parse().ok()?, rest));
    }
    let chinese: usize = text
        .chars()
        .take(5)
        .take_while(|c| numeral::is_numeral(*c))
        .map(char::len_utf8)
        .sum();
    let (digits, rest) = text.split_at_checked(chinese)?;
    let value = numeral::read(digits).or_else(|| numeral::read_digits(digits))?;
    Some((value, rest))
}
