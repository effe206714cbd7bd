//! The number between 第 and 条, in the forms laws print it.

use crate::documents::model::numeral;

/// The number at the start of a text, and the rest: 十二, 12, 十 二, 121.3.
pub(super) fn of(text: &str) -> Option<(u32, &str)> {
    dotted_number(text)
        .or_else(|| any_number(text).filter(|(_, after)| !after.starts_with(' ')))
        .or_else(|| spread_number(text))
        .or_else(|| any_number(text))
}

/// A number, Chinese or arabic, and the rest.
fn any_number(text: &str) -> Option<(u32, &str)> {
    let (digits, rest) = split_numeral(text);
    if digits.is_empty() {
        let (digits, rest) = split_digits(text);
        let number = (digits.len() <= 4).then_some(digits)?.parse().ok()?;
        return Some((number, rest));
    }
    Some((numeral::read(digits)?, rest))
}

/// The 一 of 之一. Where no blank stands behind it, numerals of the text can: 之一一切 and 之一十八岁
/// have one sign of their own.
pub(super) fn inserted_number(text: &str) -> Option<(u32, &str)> {
    let whole = any_number(text).filter(|_| !text.starts_with("一十"));
    whole.or_else(|| {
        let sign = text.chars().next().filter(|c| numeral::is_numeral(*c))?;
        let (sign, rest) = text.split_at_checked(sign.len_utf8())?;
        Some((numeral::read(sign)?, rest))
    })
}

/// The 3 of 第121.3条, as the rules of one trade number by the part they stand in.
fn dotted_number(text: &str) -> Option<(u32, &str)> {
    let (part, rest) = split_digits(text);
    let (number, rest) = split_digits(rest.strip_prefix('.')?);
    let whole = !part.is_empty() && rest.starts_with('条') && number.len() <= 4;
    Some((whole.then_some(number)?.parse().ok()?, rest))
}

/// A number whose signs are set apart by blanks, as in 第 十 二 条, and the rest.
fn spread_number(text: &str) -> Option<(u32, &str)> {
    let spread = |c: char| c == ' ' || numeral::is_numeral(c);
    let end = text.find(|c: char| !spread(c)).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    let digits: String = digits.chars().filter(|c| *c != ' ').collect();
    Some((numeral::read(&digits)?, rest))
}

/// The Chinese numerals at the start of a text, and the rest.
pub(super) fn split_numeral(text: &str) -> (&str, &str) {
    let end = text
        .find(|c: char| !numeral::is_numeral(c))
        .unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// The digits at the start of a text, and the rest.
pub(super) fn split_digits(text: &str) -> (&str, &str) {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}
