//! A telephone number as people in China type it.
//!
//! Numbering: mobiles are eleven digits from 13x to 19x; a landline is an area code (010 or 02x
//! with three digits, all others with four) and seven or eight digits; 400 and 800 numbers have
//! ten digits (工业和信息化部《电信网码号资源管理办法》 and its number plan).

use crate::error::{Error, Result};
use crate::width::half;
use serde::{Serialize, Serializer};

/// What sort of number it is, and so how it can be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneKind {
    /// Eleven digits beginning 13 to 19.
    Mobile,
    /// Area code and seven or eight digits.
    Landline,
    /// Seven or eight digits without an area code: only callable inside one city.
    Local,
    /// A 400 or 800 service number.
    Service,
    /// A number outside mainland China, written with + and its country code.
    Foreign,
}

/// A telephone number: how to show it, and exactly what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    pub kind: PhoneKind,
    /// `19900001234`, `0900-5550123`, `5550123`, `400-000-1234`, `+85200000000`.
    pub normalised: String,
    /// Digits after 转, 分机, ext. or #.
    pub extension: Option<String>,
    /// What was typed, unchanged.
    pub raw: String,
}

/// In JSON a number is one string: the normalised form, with `转…` when there is an extension.
impl Serialize for Phone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.shown())
    }
}

impl Phone {
    /// Reads what somebody typed into a telephone field.
    ///
    /// # Errors
    /// `Invalid`, saying what is wrong and giving an example; the message never repeats the number.
    pub fn parse(typed: &str) -> Result<Self> {
        let shadow: String = typed.chars().map(shadow).collect();
        let (main, extension) = split_extension(strip_label(shadow.trim()))?;
        if main.trim().is_empty() {
            return Err(Error::invalid(
                "请填写电话号码，例如 19900001234 或 0900-5550123",
                "enter a telephone number, such as 19900001234 or 0900-5550123",
            ));
        }
        if main
            .chars()
            .any(|c| !matches!(c, '0'..='9' | ' ' | '-' | '(' | ')' | '+' | '.'))
        {
            return Err(Error::invalid(
                "电话号码中有数字以外的内容，或有多个号码；请只填一个号码，例如 19900001234 或 0900-5550123转801",
                "the telephone number holds other characters or more than one number; \
                 enter one, such as 19900001234 or 0900-5550123 ext. 801",
            ));
        }
        let (kind, normalised, dashed) = classify(main)?;
        Ok(Self {
            kind,
            normalised,
            extension: extension.or(dashed),
            raw: typed.trim().to_owned(),
        })
    }

    /// True for a number without an area code.
    #[must_use]
    pub fn is_local(&self) -> bool {
        self.kind == PhoneKind::Local
    }

    /// The normalised number with its extension: `0900-5550123转801`.
    #[must_use]
    pub fn shown(&self) -> String {
        match &self.extension {
            Some(extension) => format!("{}转{extension}", self.normalised),
            None => self.normalised.clone(),
        }
    }

    /// For pages where the whole number is not needed: `199****1234`, `0900-****0123`. The
    /// extension is left out.
    #[must_use]
    pub fn masked(&self) -> String {
        let tail: String = last(&self.normalised, 4);
        let head = match self.kind {
            PhoneKind::Mobile | PhoneKind::Service | PhoneKind::Foreign => {
                self.normalised.chars().take(3).collect()
            }
            PhoneKind::Landline => match self.normalised.split_once('-') {
                Some((area, _)) => format!("{area}-"),
                None => String::new(),
            },
            PhoneKind::Local => String::new(),
        };
        format!("{head}****{tail}")
    }
}

fn last(text: &str, count: usize) -> String {
    text.chars()
        .skip(text.chars().count().saturating_sub(count))
        .collect()
}

/// Half-width, all dashes one dash, all blanks one blank, invisible characters gone to blanks.
fn shadow(c: char) -> char {
    match half(c) {
        '‐'..='―' | '−' | '─' | '﹣' | 'ー' | '~' => '-',
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}' => ' ',
        '【' | '[' | '〔' | '﹝' => '(',
        '】' | ']' | '〕' | '﹞' => ')',
        '·' | '•' => '.',
        other => other,
    }
}

/// Leaves out a label typed into the field itself: `电话：`, `Tel:`, `手机号`.
fn strip_label(text: &str) -> &str {
    let start = text
        .char_indices()
        .find(|(_, c)| c.is_ascii_digit() || matches!(c, '+' | '('))
        .map_or(text.len(), |(at, _)| at);
    let (label, number) = text.split_at(start);
    if label.chars().count() <= 10 {
        number
    } else {
        text
    }
}

/// Splits at 转 / 分机 / ext / # and returns the digits after it.
fn split_extension(text: &str) -> Result<(&str, Option<String>)> {
    let lower = text.to_ascii_lowercase();
    let found = ["转", "轉", "分机", "分機", "内线", "ext", "#", "x"]
        .iter()
        .filter_map(|mark| lower.find(mark))
        .min();
    let Some((main, rest)) = found.and_then(|at| text.split_at_checked(at)) else {
        return Ok((text, None));
    };
    let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
    let noise = rest
        .chars()
        .any(|c| !c.is_ascii_digit() && !" .:-()#转轉分机機内线接号extEXTxX".contains(c));
    if digits.is_empty() || digits.len() > 6 || noise {
        return Err(Error::invalid(
            "分机号应为1至6位数字，例如 0900-5550123转801",
            "an extension is 1 to 6 digits, such as 0900-5550123 ext. 801",
        ));
    }
    Ok((main.trim_end_matches([' ', '-', ',', '(']), Some(digits)))
}

type Classified = (PhoneKind, String, Option<String>);

fn classify(main: &str) -> Result<Classified> {
    let mut digits: String = main.chars().filter(char::is_ascii_digit).collect();
    let mut national = false;
    let plus = main.trim_start_matches(['(', ' ']).starts_with('+');
    if plus && !digits.starts_with("86") {
        return foreign(&digits);
    }
    for prefix in ["0086", "86"] {
        let long = digits.len() >= prefix.len() + 9;
        if (prefix == "0086" || plus || digits.len() >= 12 && is_mobile(after(&digits, 2)))
            && long
            && let Some(rest) = digits.strip_prefix(prefix)
        {
            (digits, national) = (rest.to_owned(), true);
            break;
        }
    }
    if let Some(bare) = digits.strip_prefix('0').filter(|bare| is_mobile(bare)) {
        return Ok((PhoneKind::Mobile, bare.to_owned(), None));
    }
    if is_mobile(&digits) {
        return Ok((PhoneKind::Mobile, digits, None));
    }
    if digits.len() == 10 && (digits.starts_with("400") || digits.starts_with("800")) {
        let (head, rest) = digits.split_at(3);
        let (middle, tail) = rest.split_at(3);
        return Ok((PhoneKind::Service, format!("{head}-{middle}-{tail}"), None));
    }
    if national && !digits.starts_with('0') {
        digits.insert(0, '0');
    }
    landline(&digits)
        .or_else(|| local(&digits))
        .map(|(kind, number)| (kind, number, None))
        .or_else(|| with_dashed_extension(main, national))
        .ok_or_else(|| wrong_length(&digits))
}

fn after(digits: &str, count: usize) -> &str {
    digits.get(count..).unwrap_or_default()
}

fn is_mobile(digits: &str) -> bool {
    let mut chars = digits.chars();
    digits.len() == 11
        && chars.next() == Some('1')
        && chars.next().is_some_and(|c| ('3'..='9').contains(&c))
}

fn foreign(digits: &str) -> Result<Classified> {
    if (7..=15).contains(&digits.len()) {
        return Ok((PhoneKind::Foreign, format!("+{digits}"), None));
    }
    Err(Error::invalid(
        "境外号码应为“+”加国家或地区代码和号码，共7至15位数字，例如 +852 0000 0000",
        "a number outside mainland China is + and 7 to 15 digits, such as +852 0000 0000",
    ))
}

/// How many digits the area code at the front has: 010 and 02x three, all others four.
fn area_length(digits: &str) -> usize {
    if digits.starts_with("01") || digits.starts_with("02") {
        3
    } else {
        4
    }
}

fn landline(digits: &str) -> Option<(PhoneKind, String)> {
    if !digits.starts_with('0') || digits.starts_with("00") {
        return None;
    }
    let (area, number) = digits.split_at_checked(area_length(digits))?;
    let sound = matches!(number.len(), 7 | 8) && !number.starts_with(['0', '1']);
    sound.then(|| (PhoneKind::Landline, format!("{area}-{number}")))
}

fn local(digits: &str) -> Option<(PhoneKind, String)> {
    let sound = matches!(digits.len(), 7 | 8) && !digits.starts_with(['0', '1']);
    sound.then(|| (PhoneKind::Local, digits.to_owned()))
}

/// `0900-5550123-801`: the last group is an extension when what stands before it is whole.
fn with_dashed_extension(main: &str, national: bool) -> Option<Classified> {
    let (number, extension) = main.trim().rsplit_once('-')?;
    let extension = extension.trim();
    if !(1..=6).contains(&extension.len()) || !extension.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let mut digits: String = number.chars().filter(char::is_ascii_digit).collect();
    if national {
        let bare = digits
            .trim_start_matches("00")
            .trim_start_matches("86")
            .trim_start_matches('0');
        digits = format!("0{bare}");
    }
    let (kind, number) = landline(&digits).or_else(|| local(&digits))?;
    Some((kind, number, Some(extension.to_owned())))
}

fn wrong_length(digits: &str) -> Error {
    let count = digits.len();
    if digits.starts_with('1') {
        return Error::invalid(
            format!("手机号码应为11位、以13至19开头，这里是{count}位；例如 19900001234"),
            format!(
                "a mobile number has 11 digits and begins 13 to 19; this has {count}; such as 19900001234"
            ),
        );
    }
    if digits.starts_with('0') {
        return Error::invalid(
            format!("固定电话应为区号加7或8位号码，这里一共{count}位；例如 0900-5550123"),
            format!(
                "a landline is an area code and 7 or 8 digits; this has {count} in all; such as 0900-5550123"
            ),
        );
    }
    Error::invalid(
        format!(
            "电话号码的位数不对（{count}位）；手机11位，固定电话请加区号，例如 19900001234 或 0900-5550123"
        ),
        format!(
            "the number of digits ({count}) does not fit; a mobile has 11, a landline needs its area code, such as 19900001234 or 0900-5550123"
        ),
    )
}
