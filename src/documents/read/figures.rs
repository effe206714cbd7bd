//! Numbers as a numbering prints them (ECMA-376 part 1, 17.18.59 `ST_NumberFormat`).

use crate::documents::model::numeral;

/// How a level prints its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Figures {
    Bullet,
    /// No number at all.
    None,
    /// A name of the standard.
    Named(String),
    /// Decimal digits, padded with zeros to this width.
    Padded(usize),
}

/// The number in the given figures; `None` for figures this program does not print.
pub(super) fn print(figures: &Figures, number: i64) -> Option<String> {
    let name = match figures {
        Figures::Bullet | Figures::None => return Some(String::new()),
        Figures::Padded(width) => return Some(format!("{number:0width$}", width = *width)),
        Figures::Named(name) => name.as_str(),
    };
    let decimal = number.to_string();
    let Some(positive) = u32::try_from(number).ok().filter(|number| *number > 0) else {
        return known(name).then_some(decimal);
    };
    let printed = match name {
        "decimal" | "decimalHalfWidth" => decimal,
        "decimalZero" => format!("{number:02}"),
        "decimalFullWidth" | "decimalFullWidth2" => wide(&decimal),
        "numberInDash" => format!("- {decimal} -"),
        "ordinal" => ordinal(positive),
        "upperRoman" => roman(positive).unwrap_or(decimal),
        "lowerRoman" => roman(positive).map_or(decimal, |roman| roman.to_lowercase()),
        "upperLetter" => letters(positive, b'A').unwrap_or(decimal),
        "lowerLetter" => letters(positive, b'a').unwrap_or(decimal),
        "chineseCounting" | "taiwaneseCounting" | "koreanCounting" if positive > 99 => {
            digits(&decimal, "○一二三四五六七八九")
        }
        "chineseCounting"
        | "taiwaneseCounting"
        | "koreanCounting"
        | "chineseCountingThousand"
        | "taiwaneseCountingThousand" => numeral::write(positive),
        "japaneseCounting" => japanese(positive),
        "ideographDigital" | "japaneseDigitalTenThousand" => {
            digits(&decimal, "〇一二三四五六七八九")
        }
        "taiwaneseDigital" | "koreanDigital2" => digits(&decimal, "○一二三四五六七八九"),
        "chineseLegalSimplified" => legal(positive, "零壹贰叁肆伍陆柒捌玖", "拾佰仟"),
        "ideographLegalTraditional" => legal(positive, "零壹貳參肆伍陸柒捌玖", "拾佰仟"),
        "japaneseLegal" => legal(positive, "零壱弐参四伍六七八九", "拾百阡"),
        "ideographTraditional" => from("甲乙丙丁戊己庚辛壬癸", positive).unwrap_or(decimal),
        "ideographZodiac" => from("子丑寅卯辰巳午未申酉戌亥", positive).unwrap_or(decimal),
        "ideographZodiacTraditional" => sexagenary(positive).unwrap_or(decimal),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => {
            circled(positive).unwrap_or(decimal)
        }
        "ideographEnclosedCircle" => offset(0x3280, 10, positive).unwrap_or(decimal),
        "decimalEnclosedFullstop" => offset(0x2488, 20, positive).unwrap_or(decimal),
        "decimalEnclosedParen" => offset(0x2474, 20, positive).unwrap_or(decimal),
        _ => return None,
    };
    Some(printed)
}

/// Zero and below have no form of their own outside decimals.
fn known(name: &str) -> bool {
    print(&Figures::Named(name.to_owned()), 1).is_some()
}

fn wide(decimal: &str) -> String {
    decimal
        .chars()
        .map(|c| match c.to_digit(10) {
            Some(digit) => char::from_u32(0xff10 + digit).unwrap_or(c),
            None => c,
        })
        .collect()
}

fn digits(decimal: &str, signs: &str) -> String {
    decimal
        .chars()
        .filter_map(|c| signs.chars().nth(usize::try_from(c.to_digit(10)?).ok()?))
        .collect()
}

fn ordinal(number: u32) -> String {
    let end = match (number % 10, number % 100) {
        (1, rest) if rest != 11 => "st",
        (2, rest) if rest != 12 => "nd",
        (3, rest) if rest != 13 => "rd",
        _ => "th",
    };
    format!("{number}{end}")
}

fn roman(number: u32) -> Option<String> {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number > 9999 {
        return None;
    }
    let mut left = number;
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            out.push_str(sign);
            left -= value;
        }
    }
    Some(out)
}

/// A to Z, then AA, BB …: the letter is repeated.
fn letters(number: u32, first: u8) -> Option<String> {
    let index = number.checked_sub(1)?;
    let times = usize::try_from(index / 26 + 1)
        .ok()
        .filter(|times| *times <= 30)?;
    let letter = char::from(first.checked_add(u8::try_from(index % 26).ok()?)?);
    Some(letter.to_string().repeat(times))
}

/// Without a zero for gaps and without a one before 十, 百 and 千.
fn japanese(number: u32) -> String {
    if number > 9999 {
        return number.to_string();
    }
    let plain = numeral::write(number).replace('零', "");
    let mut out = String::new();
    let mut signs = plain.chars().peekable();
    while let Some(sign) = signs.next() {
        if !(sign == '一' && matches!(signs.peek(), Some('十' | '百' | '千'))) {
            out.push(sign);
        }
    }
    out
}

/// Figures that cannot be altered on paper: 壹拾, 壹佰零壹.
fn legal(number: u32, signs: &str, units: &str) -> String {
    if number > 9999 {
        return number.to_string();
    }
    let written = match number {
        10..=19 => format!("一{}", numeral::write(number)),
        _ => numeral::write(number),
    };
    let place = |of: &str, c: char| of.chars().position(|known| known == c);
    written
        .chars()
        .filter_map(|c| match place("十百千", c) {
            Some(at) => units.chars().nth(at),
            None => signs.chars().nth(place("零一二三四五六七八九", c)?),
        })
        .collect()
}

fn from(signs: &str, number: u32) -> Option<String> {
    let index = usize::try_from(number.checked_sub(1)?).ok()?;
    signs.chars().nth(index).map(String::from)
}

fn sexagenary(number: u32) -> Option<String> {
    let index = number.checked_sub(1).filter(|index| *index < 60)?;
    let stem = from("甲乙丙丁戊己庚辛壬癸", index % 10 + 1)?;
    let branch = from("子丑寅卯辰巳午未申酉戌亥", index % 12 + 1)?;
    Some(stem + &branch)
}

fn circled(number: u32) -> Option<String> {
    match number {
        1..=20 => offset(0x2460, 20, number),
        21..=35 => offset(0x3251 - 20, 35, number),
        36..=50 => offset(0x32b1 - 35, 50, number),
        _ => None,
    }
}

fn offset(first: u32, count: u32, number: u32) -> Option<String> {
    let index = number.checked_sub(1).filter(|index| *index < count)?;
    char::from_u32(first.checked_add(index)?).map(String::from)
}
