//! Labels in front of contact details: 姓名：…, 联系电话：…, also with blanks inside (`姓　名`),
//! several on one line, half- or full-width colons.
//!
//! Longer than 300 lines because half of it is the table of labels.

use crate::width::half;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// What a label announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Name,
    Organisation,
    Address,
    Phone,
    Email,
    /// What tells who somebody is and is not kept: 身份证, 微信, QQ.
    Private,
    /// A label that ends the value before it but says nothing we keep (日期, 职务…).
    Other,
}

/// The longest of two that fit is taken, so the order does not matter.
const LABELS: &[(&str, Field)] = &[
    ("姓名", Field::Name),
    ("联系人", Field::Name),
    ("联系人姓名", Field::Name),
    ("本人姓名", Field::Name),
    ("反馈人", Field::Name),
    ("建议人", Field::Name),
    ("意见人", Field::Name),
    ("提出人", Field::Name),
    ("意见提出人", Field::Name),
    ("留言人", Field::Name),
    ("来信人", Field::Name),
    ("写信人", Field::Name),
    ("发件人", Field::Name),
    ("署名", Field::Name),
    ("名字", Field::Name),
    ("建议者", Field::Name),
    ("提议人", Field::Name),
    ("提出者", Field::Name),
    ("反映人", Field::Name),
    ("投诉人", Field::Name),
    ("签名", Field::Name),
    ("签字", Field::Name),
    ("落款", Field::Name),
    ("name", Field::Name),
    ("full name", Field::Name),
    ("my name", Field::Name),
    ("signed", Field::Name),
    ("signature", Field::Name),
    ("contact", Field::Name),
    ("contact person", Field::Name),
    ("单位", Field::Organisation),
    ("单位名称", Field::Organisation),
    ("工作单位", Field::Organisation),
    ("所在单位", Field::Organisation),
    ("反馈单位", Field::Organisation),
    ("公司", Field::Organisation),
    ("公司名称", Field::Organisation),
    ("企业名称", Field::Organisation),
    ("机构名称", Field::Organisation),
    ("organisation", Field::Organisation),
    ("organization", Field::Organisation),
    ("company", Field::Organisation),
    ("地址", Field::Address),
    ("联系地址", Field::Address),
    ("通讯地址", Field::Address),
    ("通信地址", Field::Address),
    ("家庭住址", Field::Address),
    ("家庭地址", Field::Address),
    ("单位地址", Field::Address),
    ("公司地址", Field::Address),
    ("住址", Field::Address),
    ("居住地", Field::Address),
    ("居住地址", Field::Address),
    ("现住址", Field::Address),
    ("户籍地址", Field::Address),
    ("收件地址", Field::Address),
    ("home address", Field::Address),
    ("address", Field::Address),
    ("电话", Field::Phone),
    ("联系电话", Field::Phone),
    ("电话号码", Field::Phone),
    ("办公电话", Field::Phone),
    ("固定电话", Field::Phone),
    ("家庭电话", Field::Phone),
    ("手机", Field::Phone),
    ("手机号", Field::Phone),
    ("手机号码", Field::Phone),
    ("联系手机", Field::Phone),
    ("移动电话", Field::Phone),
    ("座机", Field::Phone),
    ("固话", Field::Phone),
    ("联系方式", Field::Phone),
    ("联系方法", Field::Phone),
    ("联系人及电话", Field::Phone),
    ("联系人及联系电话", Field::Phone),
    ("联系人及联系方式", Field::Phone),
    ("联系人和电话", Field::Phone),
    ("联系人电话", Field::Phone),
    ("联系人/电话", Field::Phone),
    ("姓名及电话", Field::Phone),
    ("姓名及联系方式", Field::Phone),
    ("姓名电话", Field::Phone),
    ("姓名/电话", Field::Phone),
    ("姓名、电话", Field::Phone),
    ("本人电话", Field::Phone),
    ("我的电话", Field::Phone),
    ("我的手机", Field::Phone),
    ("电话/手机", Field::Phone),
    ("电话(微信)", Field::Phone),
    ("电话(微信同号)", Field::Phone),
    ("手机(微信同号)", Field::Phone),
    ("tel", Field::Phone),
    ("phone", Field::Phone),
    ("mobile", Field::Phone),
    ("cell", Field::Phone),
    ("邮箱", Field::Email),
    ("电子邮箱", Field::Email),
    ("电子邮件", Field::Email),
    ("邮箱地址", Field::Email),
    ("联系邮箱", Field::Email),
    ("e-mail", Field::Email),
    ("email", Field::Email),
    ("mail", Field::Email),
    ("身份证", Field::Private),
    ("身份证号", Field::Private),
    ("身份证号码", Field::Private),
    ("证件号码", Field::Private),
    ("公民身份号码", Field::Private),
    ("统一社会信用代码", Field::Other),
    ("传真", Field::Private),
    ("fax", Field::Private),
    ("qq号", Field::Private),
    ("qq号码", Field::Private),
    ("身份证件号码", Field::Private),
    ("id number", Field::Private),
    ("wechat", Field::Private),
    ("邮编", Field::Other),
    ("邮政编码", Field::Other),
    ("微信", Field::Private),
    ("微信号", Field::Private),
    ("qq", Field::Private),
    ("日期", Field::Other),
    ("时间", Field::Other),
    ("职务", Field::Other),
    ("职业", Field::Other),
    ("性别", Field::Other),
    ("年龄", Field::Other),
    ("备注", Field::Other),
    ("网址", Field::Other),
];

/// The labels by their first character.
static BY_FIRST: LazyLock<HashMap<char, Vec<(&'static str, Field)>>> = LazyLock::new(|| {
    let mut found: HashMap<char, Vec<(&str, Field)>> = HashMap::new();
    for &(label, field) in LABELS {
        if let Some(first) = label.chars().next() {
            found.entry(first).or_default().push((label, field));
        }
    }
    found
});

/// The labelled values of one line, in order. A label stands at the start of the line or after a
/// blank or a separator; only 电话/手机 may lack the colon, and only when a number follows.
#[must_use]
pub fn labelled(line: &str) -> Vec<(Field, String)> {
    let found = labelled_at(line).into_iter();
    let value = |at: Range<usize>| line.chars().skip(at.start).take(at.len()).collect();
    found.map(|(field, at)| (field, value(at))).collect()
}

/// The same as places: characters of the line.
#[must_use]
pub fn labelled_at(line: &str) -> Vec<(Field, Range<usize>)> {
    let colon = line.contains([':', '：', '﹕', '︰', '∶']);
    // Only telephones go without a colon.
    let phone = line.contains([
        '电', '手', '联', '座', '固', '我', '本', '姓', '办', '家', '移',
    ]);
    let may_hold_one = colon || phone || line.is_ascii();
    if !may_hold_one {
        return Vec::new();
    }
    let source: Vec<char> = line.chars().take(2000).collect();
    let shadow: Vec<char> = source
        .iter()
        .map(|&c| half(c).to_ascii_lowercase())
        .collect();
    let mut marks: Vec<(usize, usize, Field)> = Vec::new();
    let mut at = 0;
    while at < shadow.len() {
        let boundary = at == 0 || shadow.get(at - 1).is_some_and(|&c| is_boundary(c));
        match boundary.then(|| label_at(&shadow, at)).flatten() {
            Some((end, field)) => {
                marks.push((at, end, field));
                at = end;
            }
            None => at += 1,
        }
    }
    let starts = marks.iter().map(|&(start, _, _)| start);
    let starts: Vec<usize> = starts.chain([source.len()]).collect();
    marks
        .iter()
        .zip(starts.iter().skip(1))
        .map(|(&(_, end, field), &next)| (field, cut(field, &source, end..next)))
        .filter(|(_, at)| !at.is_empty())
        .collect()
}

/// Whether a line begins with a label and its value.
#[must_use]
pub fn begins_with_label(line: &str) -> bool {
    let shadow: Vec<char> = line
        .trim_start_matches(|c: char| is_boundary(half(c)))
        .chars()
        .take(40)
        .map(|c| half(c).to_ascii_lowercase())
        .collect();
    label_at(&shadow, 0).is_some()
}

fn is_boundary(c: char) -> bool {
    matches!(
        c,
        ' ' | ','
            | ';'
            | '|'
            | '、'
            | '。'
            | '('
            | '*'
            | '【'
            | '/'
            | '•'
            | '-'
            | '】'
            | ')'
            | '!'
            | '?'
    )
}

/// A name or organisation ends at the first sentence mark; an address may hold commas.
fn cut(field: Field, source: &[char], value: Range<usize>) -> Range<usize> {
    let ends: &[char] = match field {
        Field::Name | Field::Organisation => &['，', ',', '；', ';', '。', '|', '/', '（', '('],
        Field::Address => &['；', ';', '|', '。'],
        _ => &[],
    };
    let mut kept = trim(source, value, char::is_whitespace);
    let stands = |at: &usize| source.get(*at).is_some_and(|c| ends.contains(c));
    kept.end = kept.clone().find(stands).unwrap_or(kept.end);
    let drops: [fn(char) -> bool; 3] = [
        char::is_whitespace,
        |c: char| matches!(c, '，' | ',' | '；' | ';' | '|' | '*'),
        char::is_whitespace,
    ];
    for drop in drops {
        kept = trim(source, kept, drop);
    }
    kept
}

/// The place without such characters at both of its ends.
fn trim(source: &[char], place: Range<usize>, drop: fn(char) -> bool) -> Range<usize> {
    let keeps = |at: &usize| source.get(*at).is_some_and(|&c| !drop(c));
    let Some(start) = place.clone().find(keeps) else {
        return place.end..place.end;
    };
    let last = place.clone().rev().find(keeps).unwrap_or(start);
    start..last + 1
}

/// The end of the longest label that starts here, its colon included.
fn label_at(shadow: &[char], at: usize) -> Option<(usize, Field)> {
    BY_FIRST
        .get(shadow.get(at)?)?
        .iter()
        .filter_map(|&(label, field)| {
            let end = matched(shadow, at, label)?;
            let colon = shadow
                .iter()
                .skip(end)
                .position(|&c| !matches!(c, ' ' | '*' | '】' | ')'))?;
            let next = shadow.get(end + colon)?;
            if matches!(next, ':') {
                return Some((end + colon + 1, field));
            }
            let bare_number = field == Field::Phone && (next.is_ascii_digit() || *next == '+');
            bare_number.then_some((end + colon, field))
        })
        .max_by_key(|&(end, _)| end)
}

/// Matches a label, blanks allowed between its Chinese characters.
fn matched(shadow: &[char], at: usize, label: &str) -> Option<usize> {
    let mut position = at;
    for (index, wanted) in label.chars().enumerate() {
        let mut blanks = 0;
        while index > 0 && !wanted.is_ascii() && blanks < 6 && shadow.get(position) == Some(&' ') {
            position += 1;
            blanks += 1;
        }
        if shadow.get(position) != Some(&wanted) {
            return None;
        }
        position += 1;
    }
    Some(position)
}
