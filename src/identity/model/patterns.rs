//! Passwords that are patterns and no words, which an estimator made elsewhere takes for surprising:
//! rows of the keyboard, pieces again and again, and known words with digits and nothing else.

use crate::width::half_width;

/// Rows of the keyboard and of the digits, and what lies above each other on it.
const ROWS: [&str; 7] = [
    "1234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "一二三四五六七八九十百千万",
];

/// Whether a password is a pattern, or made of known words and digits.
pub(super) fn is_plain(password: &str, known: &[&str]) -> bool {
    let password = half_width(password).to_lowercase();
    let mut left = password.clone();
    for word in known.iter().filter(|word| word.chars().count() > 1) {
        left = left.replace(&half_width(word).to_lowercase(), "\u{1}");
    }
    let said = |c: &char| c.is_alphanumeric() && !c.is_ascii_digit();
    left.chars().filter(said).count() < 4 || is_pattern(&password)
}

/// Few different characters, one piece again and again, or the rows of the keyboard.
fn is_pattern(password: &str) -> bool {
    let chars: Vec<char> = password.chars().collect();
    let different: std::collections::BTreeSet<&char> = chars.iter().collect();
    let again = (1..=chars.len() / 2).any(|period| {
        let shifted = chars.iter().skip(period);
        shifted.zip(&chars).all(|(one, before)| one == before)
    });
    let beside = chars.windows(2).filter(|pair| {
        let [one, next] = pair else { return false };
        one == next
            || ROWS.iter().any(|row| {
                let mut keys = row.chars().zip(row.chars().skip(1));
                keys.any(|key| key == (*one, *next) || key == (*next, *one))
            })
    });
    different.len() < 5 || again || beside.count() * 4 >= chars.len().saturating_sub(1) * 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_and_known_words_with_digits_are_plain() {
        for password in [
            "qwertyuiop12",
            "ｑｗｅｒｔｙｕｉｏｐ１２",
            "aaaaaaaaaaaa",
            "好好好好好好好好好好好好",
            "一二三四五六七八九十百千",
            "abcabcabcabc",
            "123456789012",
            "岚溪区意见征集202512",
        ] {
            assert!(is_plain(password, &["岚溪区意见征集"]), "{password}");
        }
        for password in [
            "门前老槐树上住着三只喜鹊",
            "correct horse battery staple",
            "Qing-he-2025-lu",
        ] {
            assert!(!is_plain(password, &["岚溪区意见征集"]), "{password}");
        }
    }
}
