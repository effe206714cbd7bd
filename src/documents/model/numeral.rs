//! Chinese numerals up to 9999, read and written.

const DIGITS: &str = "〇一二三四五六七八九";

/// Whether a (folded) character can stand in a Chinese numeral.
#[must_use]
pub fn is_numeral(c: char) -> bool {
    digit(c).is_some() || unit(c).is_some()
}

fn digit(c: char) -> Option<u32> {
    match c {
        '〇' | '零' => Some(0),
        '一' => Some(1),
        '二' | '两' => Some(2),
        '三' => Some(3),
        '四' => Some(4),
        '五' => Some(5),
        '六' => Some(6),
        '七' => Some(7),
        '八' => Some(8),
        '九' => Some(9),
        _ => None,
    }
}

fn unit(c: char) -> Option<u32> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}

/// Reads a positional numeral such as 二十一, 一百零三 or 十; `None` for anything else, such as
/// 三一 or 十百.
#[must_use]
pub fn read(text: &str) -> Option<u32> {
    let mut total = 0_u32;
    let mut pending: Option<u32> = None;
    let mut smallest = 10_000_u32;
    for c in text.chars() {
        if let Some(value) = digit(c) {
            let misplaced = if value == 0 {
                pending.is_some() || total == 0
            } else {
                pending.replace(value).is_some()
            };
            if misplaced {
                return None;
            }
        } else {
            let scale = unit(c)?;
            if scale >= smallest {
                return None;
            }
            let factor = match pending.take() {
                Some(value) => value,
                None if scale == 10 => 1,
                None => return None,
            };
            total = total.checked_add(factor.checked_mul(scale)?)?;
            smallest = scale;
        }
    }
    let total = total.checked_add(pending.unwrap_or(0))?;
    (total > 0).then_some(total)
}

/// Reads digits one by one, as years are written: 二〇二五 is 2025.
#[must_use]
pub fn read_digits(text: &str) -> Option<u32> {
    let mut value = 0_u32;
    for c in text.chars() {
        value = value.checked_mul(10)?.checked_add(digit(c)?)?;
    }
    (!text.is_empty()).then_some(value)
}

/// Writes a number as 二十一, 一百零三, 十; the plain digits above 9999.
#[must_use]
pub fn write(number: u32) -> String {
    if number == 0 || number > 9999 {
        return number.to_string();
    }
    let mut out = String::new();
    let mut zero = false;
    for (scale, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let value = (number / scale) % 10;
        if value == 0 {
            zero = !out.is_empty();
            continue;
        }
        if zero {
            out.push('零');
            zero = false;
        }
        if !(scale == 10 && value == 1 && out.is_empty()) {
            out.extend(
                usize::try_from(value)
                    .ok()
                    .and_then(|at| DIGITS.chars().nth(at)),
            );
        }
        out.push_str(name);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_undoes_writing() {
        for number in 1..=9999 {
            assert_eq!(read(&write(number)), Some(number), "{}", write(number));
        }
    }

    #[test]
    fn what_is_no_numeral_is_refused() {
        for text in ["", "三一", "十百", "零", "一千百", "甲"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(read_digits("二〇一〇"), Some(2010));
    }
}
