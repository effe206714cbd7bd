//! Chinese numerals as labels use them.

/// 一 to 九百九十九.
#[must_use]
pub fn han_value(numerals: &str) -> Option<u32> {
    let (mut total, mut digit, mut any) = (0_u32, 0_u32, false);
    for c in numerals.chars() {
        any = true;
        match c {
            '〇' | '零' => {}
            '十' => (total, digit) = (total + digit.max(1) * 10, 0),
            '百' => (total, digit) = (total + digit.max(1) * 100, 0),
            _ => {
                digit = "一二三四五六七八九"
                    .chars()
                    .zip(1..)
                    .find(|(numeral, _)| *numeral == c)?
                    .1
            }
        }
    }
    let value = total + digit;
    (any && value > 0).then_some(value)
}

/// 1 to 99 in Chinese numerals; larger numbers in digits.
#[must_use]
pub fn han_numeral(value: u32) -> String {
    let digit = |number: u32| {
        "〇一二三四五六七八九"
            .chars()
            .zip(0..)
            .find(|(_, n)| *n == number)
            .map_or('〇', |(c, _)| c)
    };
    let (tens, ones) = (value / 10, value % 10);
    match (tens, ones) {
        (0, _) => digit(ones).to_string(),
        (1, 0) => "十".to_owned(),
        (1, _) => format!("十{}", digit(ones)),
        (2..=9, 0) => format!("{}十", digit(tens)),
        (2..=9, _) => format!("{}十{}", digit(tens), digit(ones)),
        _ => value.to_string(),
    }
}
