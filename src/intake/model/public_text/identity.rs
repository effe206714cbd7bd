//! Resident identity numbers: 18 characters with a date of birth in them (GB 11643-1999), 15 in the
//! older form.

use super::numbers::Run;
use crate::intake::model::credit_code;
use crate::width::half;
use std::ops::Range;

/// Where the identity number that these runs are ends.
pub(super) fn identity(
    chars: &[char],
    group: &[Run],
    digits: &str,
    labelled: bool,
) -> Option<usize> {
    let last = group.last()?;
    let end = last.at.end;
    let check = chars
        .get(end)
        .is_some_and(|c| matches!(half(*c), 'X' | 'x'));
    let letter = |at: usize| {
        chars
            .get(at)
            .is_some_and(|c| half(*c).is_ascii_alphanumeric())
    };
    let first_at = group.first()?.at.start;
    if !labelled && first_at > 0 && letter(first_at - 1) {
        return None;
    }
    let one_by_one = group.iter().all(|run| run.digits.len() == 1);
    let parted =
        group.len() == 1 || one_by_one || group.len() <= 4 && group.first()?.digits.len() >= 3;
    if !parted || digits.starts_with('0') {
        return None;
    }
    match (digits.len(), check) {
        (17, true) if !letter(end + 1) && (labelled || is_birth(digits.get(6..14)?)) => {
            Some(end + 1)
        }
        (18, false) if !letter(end) => {
            let sound = is_birth(digits.get(6..14)?)
                && (credit_code::parse(digits).is_err() || is_checked(digits));
            (sound || labelled).then_some(end)
        }
        (15, false) if !letter(end) => {
            let born = format!("19{}", digits.get(6..12)?);
            (is_birth(&born) || labelled).then_some(end)
        }
        _ => None,
    }
}

/// A day between 1900 and 2099, as yyyymmdd.
fn is_birth(digits: &str) -> bool {
    let part = |at: Range<usize>| {
        digits
            .get(at)
            .and_then(|part| part.parse::<u16>().ok())
            .unwrap_or(0)
    };
    let year = part(0..4);
    (1900..2100).contains(&year) && (1..=12).contains(&part(4..6)) && (1..=31).contains(&part(6..8))
}

/// Whether the last digit fits (GB 11643-1999, ISO 7064 MOD 11-2).
fn is_checked(digits: &str) -> bool {
    let sum = digits
        .chars()
        .try_fold(0_u32, |sum, c| Some((sum * 2 + c.to_digit(10)?) % 11));
    sum == Some(1)
}
