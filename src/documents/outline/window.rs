//! Reads from when to when opinions are taken.

use super::dates::{self, FoundDate, RawDate};
use super::lines::Line;
use crate::documents::model::{NoticeFacts, WindowFound, days_between, numeral};
use jiff::ToSpan;
use jiff::civil::Date;

/// Words that say that dates near them are those of the window.
const CONTEXT: [&str; 9] = [
    "征求意见",
    "征求社会",
    "公开征求",
    "意见征集",
    "征集意见",
    "征集时间",
    "反馈",
    "期限",
    "时间",
];

/// Fills `opens_on`, `closes_on`, `days` and `window` of facts whose `issued_on` is known.
pub(super) fn fill(facts: &mut NoticeFacts, lines: &[Line]) {
    let year = facts
        .issued_on
        .and_then(|date| u32::try_from(date.year()).ok())
        .or_else(|| first_year(lines));
    let found = ranges(lines, year)
        .or_else(|| deadline(lines, year, facts.issued_on))
        .or_else(|| duration(lines, facts.issued_on));
    let Some(found) = found else {
        return;
    };
    facts.opens_on = found.opens_on;
    facts.closes_on = found.closes_on;
    facts.days = match (found.opens_on, found.closes_on) {
        (Some(first), Some(last)) if first <= last => Some(days_between(first, last)),
        _ => None,
    };
    facts.window = Some(found.window);
}

struct Found {
    opens_on: Option<Date>,
    closes_on: Option<Date>,
    window: WindowFound,
}

fn first_year(lines: &[Line]) -> Option<u32> {
    lines
        .iter()
        .flat_map(|line| dates::find_all(&line.shadow))
        .find_map(|found| found.date.year)
}

/// `甲日至乙日`, also `5月29日至31日`: the first in a context that speaks of comments, or else the first.
fn ranges(lines: &[Line], year: Option<u32>) -> Option<Found> {
    let mut fallback = None;
    let mut previous = "";
    for line in lines.iter().filter(|line| !line.is_blank()) {
        let context = CONTEXT
            .iter()
            .any(|word| line.shadow.contains(word) || previous.contains(word));
        previous = &line.shadow;
        let found = dates::find_all(&line.shadow);
        for (index, first) in found.iter().enumerate() {
            let next = found.get(index.saturating_add(1)).copied();
            let next = next.filter(|last| joined(&line.shadow, first, last));
            let last = next.or_else(|| {
                dates::day_behind(&line.shadow, first)
                    .filter(|last| joined(&line.shadow, first, last))
            });
            let Some(last) = last else {
                continue;
            };
            let range = range(line, first, &last, year);
            if context {
                return Some(range);
            }
            fallback = fallback.or(Some(range));
        }
    }
    fallback
}

/// Whether only 至, 到, a dash and the like stand between two dates.
fn joined(line: &str, first: &FoundDate, last: &FoundDate) -> bool {
    let between = line.get(first.end..last.start).unwrap_or_default();
    let mut depth = 0_usize;
    let mut core = String::new();
    for c in between.chars().take(40) {
        match c {
            '(' => depth = depth.saturating_add(1),
            ')' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            ' '
            | '上'
            | '下'
            | '午'
            | '起'
            | '开'
            | '始'
            | ','
            | '时'
            | '分'
            | '点'
            | ':'
            | '零'
            | '0'..='9' => {}
            other => core.push(other),
        }
    }
    let short = between.chars().nth(40).is_none();
    let words = [
        "至",
        "到",
        "-",
        "--",
        "—",
        "——",
        "~",
        "~~",
        "止至",
        "截至",
        "截止",
        "截止到",
        "截止至",
    ];
    short && words.contains(&core.as_str())
}

fn range(line: &Line, first: &FoundDate, last: &FoundDate, year: Option<u32>) -> Found {
    let opening_year = first
        .date
        .year
        .or_else(|| year_before(first.date, last.date))
        .or(year);
    let opens_on = first.date.on(opening_year);
    let closing_year = last.date.year.or_else(|| {
        let turned = last.date.month < first.date.month;
        opening_year.map(|year| year.saturating_add(u32::from(turned)))
    });
    let closes_on = last.date.on(closing_year);
    let impossible = [
        (first, opens_on, opening_year),
        (last, closes_on, closing_year),
    ]
    .into_iter()
    .find(|(_, date, year)| date.is_none() && year.is_some())
    .map(|(found, _, _)| line.printed(found.start, found.end).to_owned());
    Found {
        opens_on,
        closes_on,
        window: WindowFound {
            raw: line.printed(first.start, last.end).to_owned(),
            line: line.number,
            impossible,
        },
    }
}

/// The year of a first day that leaves it to the last: the year before where the months turn.
fn year_before(first: RawDate, last: RawDate) -> Option<u32> {
    let turned = last.month < first.month;
    last.year.map(|year| year.saturating_sub(u32::from(turned)))
}

/// `截止时间为…`, `于…前`: no opening is given, so the notice's own date counts as the first day.
fn deadline(lines: &[Line], year: Option<u32>, issued_on: Option<Date>) -> Option<Found> {
    for line in lines {
        for found in dates::find_all(&line.shadow) {
            let before = line.shadow.get(..found.start).unwrap_or_default();
            let after = line.shadow.get(found.end..).unwrap_or_default();
            let near = before
                .char_indices()
                .rev()
                .nth(11)
                .map_or(0, |(index, _)| index);
            let near = before.get(near..).unwrap_or_default();
            let after = after.trim_start_matches([' ', '(', ')', '含', '日', '当', '天']);
            let ends = ["截止", "截至"].iter().any(|word| near.contains(word))
                || ["前", "之前", "以前", "止", "截止"]
                    .iter()
                    .any(|word| after.starts_with(word));
            if !ends {
                continue;
            }
            let own_year = found.date.year.or(year);
            let closes_on = found.date.on(own_year);
            let printed = line.printed(found.start, found.end).to_owned();
            return Some(Found {
                opens_on: issued_on,
                closes_on,
                window: WindowFound {
                    impossible: (closes_on.is_none() && own_year.is_some())
                        .then(|| printed.clone()),
                    raw: printed,
                    line: line.number,
                },
            });
        }
    }
    None
}

/// `自公告发布之日起30日内`: the day of the notice is not counted, so the last day is 30 days later.
fn duration(lines: &[Line], issued_on: Option<Date>) -> Option<Found> {
    const FROM: &str = "之日起";
    for line in lines {
        for (at, _) in line.shadow.match_indices(FROM) {
            let start = at.saturating_add(FROM.len());
            let tail = line.shadow.get(start..).unwrap_or_default();
            let tail = tail.trim_start_matches([' ', ',']);
            let Some((days, used)) = days_at(tail) else {
                continue;
            };
            let end = line
                .shadow
                .len()
                .saturating_sub(tail.len())
                .saturating_add(used);
            return Some(Found {
                opens_on: issued_on,
                closes_on: issued_on.and_then(|date| date.checked_add(days.days()).ok()),
                window: WindowFound {
                    raw: line.printed(at, end).to_owned(),
                    line: line.number,
                    impossible: None,
                },
            });
        }
    }
    None
}

/// `30日`, `三十天` at the start of a text: the days, and the bytes used.
fn days_at(text: &str) -> Option<(i32, usize)> {
    let digits = text
        .find(|c: char| !(c.is_ascii_digit() || numeral::is_numeral(c)))
        .unwrap_or(text.len());
    let (number, rest) = text.split_at_checked(digits)?;
    let days: u32 = number.parse().ok().or_else(|| numeral::read(number))?;
    let unit = rest.chars().next().filter(|c| matches!(c, '日' | '天'))?;
    let days = i32::try_from(days)
        .ok()
        .filter(|days| (1..=3650).contains(days))?;
    Some((days, digits.saturating_add(unit.len_utf8())))
}
