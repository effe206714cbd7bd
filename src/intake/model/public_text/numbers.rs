//! Telephone and resident identity numbers, whoever's they are and however they are typed.
//!
//! Telephones: mobiles of eleven digits from 13x on, landlines with their area code, numbers abroad
//! with their +, and seven or eight digits behind a word such as 电话 (see [`super::super::phone`]).
//! Identity numbers: 18 characters with a date of birth in them (GB 11643-1999), 15 in the older
//! form. Sums, years, numbers of documents, postcodes, short and 400 numbers are none of these.

use super::context::{
    Label, extension, is_amount, is_dashed_extension, is_decimal, is_glued, label_before,
};
use super::identity::identity;
use super::known::national;
use super::places::Places;
use crate::intake::model::phone::{Phone, PhoneKind};
use crate::width::half;
use std::ops::Range;

/// Runs of digits that one number is made of at most; digits one by one are counted apart.
const MOST_RUNS: usize = 6;
/// Characters between two runs of one number at most: `) ` or ` - `.
const LONGEST_GAP: usize = 3;

/// Finds numbers, except those that the notice publishes.
#[derive(Clone, Debug)]
pub(super) struct Numbers {
    /// Digits, with the area code.
    published: Vec<String>,
}

/// A run of digits.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) at: Range<usize>,
    pub(super) digits: String,
}

/// What a number is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Mobile,
    Landline,
    Local,
    Foreign,
    /// A number that belongs to nobody in particular, and stays.
    Service,
}

impl Numbers {
    pub(super) fn but(published: &[String]) -> Self {
        Self {
            published: published.iter().map(|one| national(one)).collect(),
        }
    }

    pub(super) fn find(&self, chars: &[char], places: &mut Places) {
        for digit in [arabic, chinese] {
            for at in found(chars, digit) {
                if !self.is_published(chars, &at, digit) {
                    places.hide(at);
                }
            }
        }
    }

    fn is_published(&self, chars: &[char], at: &Range<usize>, digit: Digit) -> bool {
        let written: String = chars.get(at.clone()).unwrap_or_default().iter().collect();
        let plus = written
            .trim_start_matches(['(', '（'])
            .starts_with(['+', '＋']);
        let digits: String = written.chars().filter_map(digit).collect();
        let digits = national(&format!("{}{digits}", if plus { "+" } else { "" }));
        // An extension, or the area code left out.
        let same = |own: &String| {
            digits.starts_with(own.as_str()) || digits.len() > 6 && own.ends_with(&digits)
        };
        self.published.iter().filter(|own| own.len() > 6).any(same)
    }
}

/// The telephone numbers of a text, as they are written.
pub(super) fn telephones(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let places = found(&chars, arabic).into_iter();
    places
        .map(|at| chars.get(at).unwrap_or_default().iter().collect())
        .collect()
}

pub(super) type Digit = fn(char) -> Option<char>;

fn arabic(c: char) -> Option<char> {
    Some(half(c)).filter(char::is_ascii_digit)
}

/// 幺三九… as numbers are read out. Sums have 十, 百, 万 between.
fn chinese(c: char) -> Option<char> {
    Some(match c {
        '〇' | '零' | '○' => '0',
        '一' | '壹' | '幺' => '1',
        '二' | '贰' | '两' => '2',
        '三' | '叁' => '3',
        '四' | '肆' => '4',
        '五' | '伍' => '5',
        '六' | '陆' => '6',
        '七' | '柒' => '7',
        '八' | '捌' => '8',
        '九' | '玖' => '9',
        _ => return None,
    })
}

fn found(chars: &[char], digit: Digit) -> Vec<Range<usize>> {
    let runs = runs(chars, digit);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = runs.get(at..).filter(|rest| !rest.is_empty()) {
        let most = longest_chain(chars, rest);
        let read = (1..=most).rev().find_map(|count| {
            let group = rest.get(..count)?;
            Some((count, read(chars, group, rest.get(count), digit)?))
        });
        match read {
            Some((count, Some(place))) => {
                found.push(place);
                at += count;
            }
            Some((count, None)) => at += count,
            None => at += 1,
        }
    }
    found
}

fn runs(chars: &[char], digit: Digit) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (at, found) in chars
        .iter()
        .enumerate()
        .filter_map(|(at, &c)| Some((at, digit(c)?)))
    {
        match runs.last_mut() {
            Some(last) if last.at.end == at => {
                last.at.end = at + 1;
                last.digits.push(found);
            }
            _ => runs.push(Run {
                at: at..at + 1,
                digits: found.to_string(),
            }),
        }
    }
    runs
}

/// How many runs from the first on can be one number.
fn longest_chain(chars: &[char], runs: &[Run]) -> usize {
    let one_by_one = runs
        .iter()
        .take(18)
        .take_while(|run| run.digits.len() == 1)
        .count();
    let most = if one_by_one >= 11 {
        one_by_one
    } else {
        MOST_RUNS
    };
    let joined = runs
        .windows(2)
        .take(most - 1)
        .take_while(|pair| match pair {
            [one, next] => {
                let gap = chars.get(one.at.end..next.at.start).unwrap_or_default();
                gap.len() <= LONGEST_GAP && gap.iter().all(|&c| is_gap(c))
            }
            _ => false,
        });
    joined.count() + 1
}

fn is_gap(c: char) -> bool {
    matches!(
        half(c),
        ' ' | '-' | '‐'..='―' | '−' | '－' | '.' | '·' | '•' | '(' | ')' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
    )
}

/// The place of the number that these runs are; an inner `None` for one that stays.
fn read(
    chars: &[char],
    group: &[Run],
    next: Option<&Run>,
    digit: Digit,
) -> Option<Option<Range<usize>>> {
    let (first, last) = (group.first()?, group.last()?);
    let before = |back: usize| {
        first
            .at
            .start
            .checked_sub(back)
            .and_then(|at| chars.get(at))
            .map(|c| half(*c))
    };
    let plus = before(1) == Some('+') && !before(2).is_some_and(|c| c.is_ascii_digit());
    let digits: String = group.iter().map(|run| run.digits.as_str()).collect();
    let label = label_before(chars, first.at.start - usize::from(plus));
    if let Some(end) = identity(chars, group, &digits, label == Some(Label::Identity)) {
        return Some(Some(first.at.start..end));
    }
    let sort = telephone(group, &digits, plus, label == Some(Label::Telephone))?;
    if sort == Sort::Service {
        return Some(None);
    }
    let labelled = label.is_some();
    let end = last.at.end;
    if !labelled && (is_glued(chars, first.at.start, plus) || is_amount(chars, first.at.start, end))
        || chars
            .get(end)
            .is_some_and(|c| half(*c).is_ascii_alphabetic())
            && extension(chars, end, digit).is_none()
        || !labelled && is_decimal(chars, end, next)
    {
        return Some(None);
    }
    let start = first.at.start - usize::from(plus);
    let end = extension(chars, end, digit).unwrap_or(end);
    let dashed = next.filter(|run| sort == Sort::Landline && is_dashed_extension(chars, end, run));
    let end = dashed.map_or(end, |run| run.at.end);
    // （0900）5550123
    let opens = start
        .checked_sub(1)
        .filter(|&at| chars.get(at).is_some_and(|c| half(*c) == '('));
    let inside = chars.get(start..end).unwrap_or_default();
    let closes = inside.iter().any(|c| half(*c) == ')') && !inside.iter().any(|c| half(*c) == '(');
    Some(Some(opens.filter(|_| closes).unwrap_or(start)..end))
}

/// What these digits are as a telephone number.
fn telephone(group: &[Run], digits: &str, plus: bool, labelled: bool) -> Option<Sort> {
    let first = group.first()?;
    let alone = group.len() == 1;
    let one_by_one = group.iter().all(|run| run.digits.len() == 1);
    // 1 35 2025 1234 is a list of numbers.
    let whole_groups = alone || one_by_one || first.digits.len() >= 3;
    if plus && !digits.starts_with("86") {
        return (8..=15).contains(&digits.len()).then_some(Sort::Foreign);
    }
    let has_code = plus || ["0086", "86", "086"].contains(&first.digits.as_str());
    if has_code || alone {
        let bare = digits.strip_prefix("00").unwrap_or(digits);
        let bare = bare.strip_prefix("86").unwrap_or(bare);
        if bare.len() < digits.len()
            && (has_code || digits.starts_with("0086") || digits.starts_with("861"))
        {
            let kind = Phone::parse(&format!("+86{bare}"))
                .ok()
                .map(|phone| phone.kind);
            match kind {
                Some(PhoneKind::Mobile) => return Some(Sort::Mobile),
                Some(PhoneKind::Landline) if has_code || digits.starts_with("0086") => {
                    return Some(Sort::Landline);
                }
                _ => {}
            }
        }
    }
    let area = area_length(digits);
    let rest = digits.len().saturating_sub(area);
    // Also numbers that no exchange gives out (they begin with 1): written so they are meant as one.
    if digits.starts_with('0') && first.digits.len() == area && !alone && matches!(rest, 7 | 8) {
        return Some(Sort::Landline);
    }
    let kind = Phone::parse(digits).ok()?.kind;
    let lengths: Vec<usize> = group.iter().map(|run| run.digits.len()).collect();
    match kind {
        PhoneKind::Mobile => whole_groups.then_some(Sort::Mobile),
        PhoneKind::Landline => {
            let known = !digits.starts_with("01") || digits.starts_with("010");
            let parted = alone || one_by_one || first.digits.len() == area;
            (known && parted).then_some(Sort::Landline)
        }
        PhoneKind::Local => {
            (labelled && matches!(lengths.as_slice(), [_] | [3 | 4, 4])).then_some(Sort::Local)
        }
        PhoneKind::Service => Some(Sort::Service),
        PhoneKind::Foreign => None,
    }
}

/// 010, 02x and four digits from 03xx on.
fn area_length(digits: &str) -> usize {
    if digits.starts_with("010") || digits.starts_with("02") {
        3
    } else {
        4
    }
}
