//! `Date` and `Received` (RFC 5322 sections 3.3 and 3.6.7), leniently, with the offset as stated.

use jiff::tz::Offset;
use jiff::{Timestamp, civil};
use serde::{Serialize, Serializer};

/// An instant and the offset it was written with; RFC 3339 in JSON (`2025-06-10T10:00:00+08:00`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    pub at: Timestamp,
    pub offset: Offset,
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.at.display_with_offset(self.offset))
    }
}

/// One relay's stamp: who received it, and when. Only those of the office's own server can be trusted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Relay {
    pub by_host: Option<String>,
    pub at: Option<Moment>,
}

/// One `Received` field.
#[must_use]
pub fn relay(value: &[u8]) -> Relay {
    let text = String::from_utf8_lossy(value);
    let (path, date) = text.rsplit_once(';').unwrap_or((&text, ""));
    let mut tokens = path.split_ascii_whitespace();
    let by_host = tokens
        .by_ref()
        .find(|token| token.eq_ignore_ascii_case("by"))
        .and_then(|_| tokens.next())
        .map(|host| host.trim_matches(['(', ')', ';']).to_ascii_lowercase());
    Relay {
        by_host,
        at: moment(date.as_bytes()),
    }
}

/// Day, month name, year, time and zone in the usual order, or `2025-06-10 10:00:00 +0800`.
#[must_use]
pub fn moment(value: &[u8]) -> Option<Moment> {
    let text = String::from_utf8_lossy(value);
    let text = without_time_mark(&without_comments(&text));
    let tokens: Vec<&str> = text
        .split([' ', ',', '\t'])
        .filter(|token| !token.is_empty())
        .take(20)
        .collect();
    let clock = tokens.iter().position(|token| token.contains(':'))?;
    let (hour, minute, second) = time(tokens.get(clock)?)?;
    let (year, month, day) = day(&tokens)?;
    let local = civil::DateTime::new(year, month, day, hour, minute, second.min(59), 0).ok()?;
    let glued = tokens
        .get(clock)
        .and_then(|token| token.find(['+', '-', 'Z']).and_then(|at| token.get(at..)));
    let zone = glued
        .into_iter()
        .chain(tokens.iter().skip(clock + 1).copied())
        .find_map(zone);
    let offset = zone.or_else(|| Offset::from_seconds(0).ok())?;
    Some(Moment {
        at: offset.to_timestamp(local).ok()?,
        offset,
    })
}

/// `2025-06-10T10:00:00`: the T between two digits becomes a blank.
fn without_time_mark(text: &str) -> String {
    let marked = text
        .as_bytes()
        .windows(3)
        .any(|w| matches!(w, [a, b'T', c] if a.is_ascii_digit() && c.is_ascii_digit()));
    if !marked {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let digit = |at: Option<usize>| {
        at.and_then(|at| chars.get(at))
            .is_some_and(char::is_ascii_digit)
    };
    let is_mark =
        |at: usize, c: char| c == 'T' && digit(at.checked_sub(1)) && digit(at.checked_add(1));
    chars
        .iter()
        .enumerate()
        .map(|(at, &c)| if is_mark(at, c) { ' ' } else { c })
        .collect()
}

fn without_comments(text: &str) -> String {
    let mut depth = 0_u32;
    text.chars()
        .filter(|&c| {
            if c == '(' {
                depth += 1;
            }
            let inside = depth > 0;
            if c == ')' {
                depth = depth.saturating_sub(1);
            }
            !inside
        })
        .collect()
}

fn time(token: &str) -> Option<(i8, i8, i8)> {
    let clock = token.split(['+', '-', 'Z', '.']).next()?;
    let mut parts = clock.split(':').map(|part| part.parse::<i8>().ok());
    Some((
        parts.next()??,
        parts.next()??,
        parts.next().flatten().unwrap_or(0),
    ))
}

fn day(tokens: &[&str]) -> Option<(i16, i8, i8)> {
    let dashed = tokens
        .iter()
        .find(|t| t.matches(['-', '/']).count() == 2 && !t.contains(':'));
    if let Some(dashed) = dashed {
        let parts: Vec<&str> = dashed.split(['-', '/']).collect();
        return match parts.as_slice() {
            [d, name, y] if month(name).is_some() => {
                Some((full_year(y)?, month(name)?, d.parse().ok()?))
            }
            [y, m, d] => Some((full_year(y)?, m.parse().ok()?, d.parse().ok()?)),
            _ => None,
        };
    }
    let name = tokens.iter().position(|token| month(token).is_some())?;
    let month = month(tokens.get(name)?)?;
    let number = |at: usize| tokens.get(at).and_then(|token| token.parse::<i8>().ok());
    let before = name.checked_sub(1).and_then(number);
    let day = before.or_else(|| number(name + 1))?;
    let year = tokens
        .iter()
        .skip(name + 1)
        .filter(|token| !token.contains(':'))
        .find_map(|token| {
            let plain = token.len() == 4 || token.len() == 2 && before.is_some();
            plain.then(|| full_year(token)).flatten()
        })?;
    Some((year, month, day))
}

/// Two digits as RFC 5322 section 4.3 reads them.
fn full_year(text: &str) -> Option<i16> {
    let year: i16 = text.parse().ok()?;
    Some(match year {
        0..=49 => year + 2000,
        50..=999 => year + 1900,
        _ => year,
    })
}

fn month(token: &str) -> Option<i8> {
    let lower = token.to_ascii_lowercase();
    let names = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let at = names.iter().position(|name| lower.starts_with(name))?;
    i8::try_from(at + 1).ok()
}

/// `+0800`, `+08:00`, `GMT`, `Z`, `CST` (China Standard Time here, not Central), US zones.
fn zone(token: &str) -> Option<Offset> {
    let hours = match token {
        "GMT" | "UT" | "UTC" | "Z" => 0,
        "CST" => 8,
        "EST" => -5,
        "EDT" => -4,
        "CDT" => -5,
        "MST" => -7,
        "MDT" => -6,
        "PST" => -8,
        "PDT" => -7,
        _ => return numeric_zone(token),
    };
    Offset::from_seconds(hours * 3600).ok()
}

fn numeric_zone(token: &str) -> Option<Offset> {
    let sign = match token.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let digits: String = token.chars().filter(char::is_ascii_digit).collect();
    let hours: i32 = digits.get(..2)?.parse().ok()?;
    let minutes: i32 = digits.get(2..4).unwrap_or("0").parse().ok()?;
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()
}
