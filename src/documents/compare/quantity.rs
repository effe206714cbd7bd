//! Numbers with their units, dates and times: one thing to a reader.

use super::tokens::split;

/// What may follow a number and belongs to it, the longer before the shorter that begins it.
const UNITS: [&str; 62] = [
    "平方公里",
    "立方米",
    "平方米",
    "工作日",
    "个工作日",
    "万千瓦时",
    "千瓦时",
    "万千瓦",
    "千瓦",
    "万亿元",
    "亿元",
    "万元",
    "万亩",
    "万吨",
    "万人次",
    "万人",
    "万户",
    "公里",
    "公顷",
    "公斤",
    "人次",
    "小时",
    "分钟",
    "个月",
    "个百分点",
    "百分点",
    "年",
    "月",
    "日",
    "时",
    "分",
    "秒",
    "天",
    "周",
    "元",
    "亩",
    "米",
    "吨",
    "度",
    "人",
    "名",
    "户",
    "家",
    "个",
    "处",
    "项",
    "条",
    "所",
    "座",
    "次",
    "倍",
    "批",
    "辆",
    "张",
    "套",
    "台",
    "件",
    "岁",
    "%",
    "％",
    "‰",
    "级",
];

/// The order in which the parts of a date and a time follow each other.
const DATE: [&str; 5] = ["年", "月", "日", "时", "分"];

/// Bytes of the number with its unit that a text begins with, of a date or time with all its parts.
pub(super) fn quantity(text: &str) -> usize {
    let mut length = 0_usize;
    let mut next = 0;
    loop {
        let rest = split(text, length).1;
        let number = number(rest);
        let after = split(rest, number).1;
        let unit = UNITS.iter().find(|unit| after.starts_with(**unit));
        let step = unit.and_then(|unit| DATE.iter().position(|part| part == unit));
        let goes_on = length == 0 || step.is_some_and(|step| step >= next);
        if number == 0 || !goes_on {
            return length;
        }
        length = length.saturating_add(number + unit.map_or(0, |unit| unit.len()));
        match step {
            Some(step) => next = step.saturating_add(1),
            None => return length,
        }
    }
}

/// Bytes of digits, with points and commas between digits.
fn number(text: &str) -> usize {
    let mut length = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next_is_digit = chars.peek().is_some_and(|(_, next)| is_digit(*next));
        if is_digit(c) || at > 0 && matches!(c, '.' | ',' | '．') && next_is_digit {
            length = at.saturating_add(c.len_utf8());
        } else {
            break;
        }
    }
    length
}

/// A number in Chinese numerals with its unit: 三十日, 十二处. Without a unit it may be any word
/// (一体化, 万一) and is left to the dictionary.
pub(super) fn spelled(text: &str) -> usize {
    let number = text.trim_start_matches(is_numeral);
    let length = text.len().saturating_sub(number.len());
    let unit = UNITS.iter().find(|unit| number.starts_with(**unit));
    unit.map_or(0, |unit| length.saturating_add(unit.len()))
}

pub(super) fn is_numeral(c: char) -> bool {
    "〇零一二两三四五六七八九十百千万亿".contains(c)
}

pub(super) fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}
