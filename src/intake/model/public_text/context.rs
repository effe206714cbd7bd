//! What stands around a number: the word that says what it is, a unit, an extension.

use super::numbers::{Digit, Run};
use crate::width::{half, is_han};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Telephone,
    Identity,
}

const TELEPHONE: &[&str] = &[
    "电话",
    "电话号码",
    "座机",
    "固话",
    "手机",
    "手机号",
    "手机号码",
    "致电",
    "拨打",
    "来电",
    "联系方式",
    "传真",
    "微信",
    "微信号",
    "tel",
    "phone",
    "mobile",
    "cell",
    "call",
    "fax",
    "ring",
    "wechat",
    "wx",
    "vx",
];
const IDENTITY: &[&str] = &[
    "身份证",
    "身份证号",
    "身份证号码",
    "公民身份号码",
    "证件号码",
    "证件号",
    "idnumber",
    "idno",
    "idcard",
];

/// The word right before a number that says what it is.
pub(super) fn label_before(chars: &[char], at: usize) -> Option<Label> {
    let near = chars.get(at.saturating_sub(14)..at).unwrap_or_default();
    let near: String = near.iter().map(|&c| half(c).to_ascii_lowercase()).collect();
    let near: String = near.chars().filter(|c| !c.is_whitespace()).collect();
    let near = near.trim_end_matches([':', '.', '(', '为', '是', '：', '+', '/', '“', '"']);
    let ends = |words: &[&str]| words.iter().any(|word| near.ends_with(word));
    if ends(IDENTITY) {
        Some(Label::Identity)
    } else {
        ends(TELEPHONE).then_some(Label::Telephone)
    }
}

/// A part of a longer code or of an address on the web.
pub(super) fn is_glued(chars: &[char], start: usize, plus: bool) -> bool {
    let before = |back: usize| {
        start
            .checked_sub(back + usize::from(plus))
            .and_then(|at| chars.get(at))
            .map(|c| half(*c))
    };
    match before(1) {
        Some('/') => before(2).is_some_and(|c| c.is_ascii_alphanumeric()),
        Some(c) => c.is_ascii_alphanumeric() || matches!(c, '_' | '=' | '¥' | '￥' | '$' | '№'),
        None => false,
    }
}

/// Something is counted.
pub(super) fn is_amount(chars: &[char], start: usize, end: usize) -> bool {
    let unit = |at: usize, units: &str| chars.get(at).is_some_and(|&c| units.contains(c));
    let apart = chars.get(end).is_some_and(|&c| half(c) == ' ') && unit(end + 1, "元万亿吨");
    unit(end, "元万亿千百吨克米平户人辆名份%％‰岁年公㎡")
        || apart
        || start > 0
            && chars
                .get(start - 1)
                .is_some_and(|c| matches!(c, '¥' | '￥' | '$'))
}

/// 13912345678.50
pub(super) fn is_decimal(chars: &[char], end: usize, next: Option<&Run>) -> bool {
    let dot = chars.get(end).is_some_and(|c| half(*c) == '.');
    dot && next.is_some_and(|run| run.at.start == end + 1 && run.digits.len() <= 2)
}

pub(super) fn is_dashed_extension(chars: &[char], end: usize, run: &Run) -> bool {
    let dash = chars
        .get(end)
        .is_some_and(|c| half(*c) == '-' || matches!(c, '‐'..='―'));
    dash && run.at.start == end + 1 && run.digits.len() <= 5
}

/// Where an extension behind a number ends: 转801, 分机801, ext. 801, #801.
pub(super) fn extension(chars: &[char], end: usize, digit: Digit) -> Option<usize> {
    let skip = |at: usize, marks: &[char]| {
        let blank = |c: &&char| marks.contains(&half(**c));
        at + chars.iter().skip(at).take(2).take_while(blank).count()
    };
    let at = skip(end, &[' ', ',', '，']);
    let word = [
        "转分机",
        "分机",
        "分機",
        "内线",
        "转",
        "轉",
        "ext",
        "#",
        "x",
    ]
    .iter()
    .find(|word| {
        let there = chars.iter().skip(at).map(|c| half(*c).to_ascii_lowercase());
        there.take(word.chars().count()).eq(word.chars())
    })?;
    let from = skip(at + word.chars().count(), &[' ', ':', '.']);
    let count = chars
        .iter()
        .skip(from)
        .take_while(|c| digit(**c).is_some())
        .count();
    let ends = !chars
        .get(from + count)
        .is_some_and(|c| is_han(*c) && *word == "x");
    ((1..=6).contains(&count) && ends).then_some(from + count)
}
