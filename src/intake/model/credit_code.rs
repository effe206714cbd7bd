//! The unified social credit code of an organisation (统一社会信用代码, GB 32100-2015).

use crate::error::{Error, Result};
use crate::width::half;

/// The 31 characters of the code; a character's value is its place. I, O, S, V and Z are left out.
const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const LENGTH: usize = 18;

/// Reads a code as people type it: any case, full-width, with blanks. The last character checks the
/// others (GB 32100-2015, annex B: weights 3^i modulo 31).
///
/// # Errors
/// `Kind::Invalid`, in words for the sender.
pub fn parse(typed: &str) -> Result<String> {
    let code: String = typed
        .chars()
        .map(half)
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let values: Option<Vec<usize>> = code.chars().map(|c| ALPHABET.find(c)).collect();
    let Some(values) = values.filter(|values| values.len() == LENGTH) else {
        return Err(Error::invalid(
            "统一社会信用代码是18位数字和大写字母（没有 I、O、S、V、Z），请对照营业执照填写，不清楚可以不填",
            "A unified social credit code has 18 digits and letters (never I, O, S, V or Z); copy it from the licence, or leave it out",
        ));
    };
    if check_value(&values) == values.last().copied() {
        return Ok(code);
    }
    Err(Error::invalid(
        "这个统一社会信用代码的校验位不对，可能有一位抄错了，请核对，不清楚可以不填",
        "The check character of this unified social credit code does not fit; one character may be wrong. Check it, or leave it out",
    ))
}

/// The value that the last character must have.
fn check_value(values: &[usize]) -> Option<usize> {
    let mut weight = 1_usize;
    let mut sum = 0_usize;
    for value in values.split_last()?.1 {
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    Some((31 - sum % 31) % 31)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// A made-up code with its right last character.
    fn sample() -> String {
        let body = "91310000MA1FL0000";
        let values: Vec<usize> = body.chars().map(|c| ALPHABET.find(c).unwrap()).collect();
        let padded: Vec<usize> = values.into_iter().chain([0]).collect();
        let last = ALPHABET.chars().nth(check_value(&padded).unwrap()).unwrap();
        format!("{body}{last}")
    }

    #[test]
    fn the_standards_own_example_is_right() {
        // GB 32100-2015 and its explanations print 91350100M000100Y43.
        assert_eq!(parse("91350100M000100Y43").unwrap(), "91350100M000100Y43");
    }

    #[test]
    fn one_wrong_character_is_noticed_and_spelling_is_forgiven() {
        let code = sample();
        let typed = format!(
            " {} {}",
            code.get(..4).unwrap().to_lowercase(),
            code.get(4..).unwrap()
        );
        assert_eq!(parse(&typed).unwrap(), code);
        for at in 0..LENGTH {
            let wrong: String = code
                .chars()
                .enumerate()
                .map(|(index, c)| {
                    if index == at {
                        if c == '7' { '8' } else { '7' }
                    } else {
                        c
                    }
                })
                .collect();
            assert!(parse(&wrong).is_err(), "{wrong}");
        }
        for bad in [
            "",
            "9131",
            "91310000MA1FL000O0",
            "９１３１０００００００００００００１",
        ] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
