//! Labels in front of contact details: 姓名：…, 联系电话：…, also with blanks inside (`姓　名`),
//! several on one line, half- or full-width colons.

use crate::width::half;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a label announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Name,
    Organisation,
    Address,
    Phone,
    Email,
    /// A label that ends the value before it but says nothing we keep (身份证, 传真, 日期…).
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
    ("name", Field::Name),
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
    ("身份证", Field::Other),
    ("身份证号", Field::Other),
    ("身份证号码", Field::Other),
    ("证件号码", Field::Other),
    ("公民身份号码", Field::Other),
    ("统一社会信用代码", Field::Other),
    ("传真", Field::Other),
    ("fax", Field::Other),
    ("邮编", Field::Other),
    ("邮政编码", Field::Other),
    ("微信", Field::Other),
    ("微信号", Field::Other),
    ("qq", Field::Other),
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
    let starts: Vec<usize> = marks
        .iter()
        .map(|&(start, _, _)| start)
        .chain([source.len()])
        .collect();
    marks
        .iter()
        .zip(starts.iter().skip(1))
        .map(|(&(_, end, field), &next)| {
            let value: String = source
                .iter()
                .skip(end)
                .take(next.saturating_sub(end))
                .collect();
            (field, cut(field, &value))
        })
        .filter(|(_, value)| !value.is_empty())
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
        ' ' | ',' | ';' | '|' | '、' | '。' | '(' | '*' | '【' | '/' | '•' | '-' | '】' | ')'
    )
}

/// A name or organisation ends at the first sentence mark; an address may hold commas.
fn cut(field: Field, value: &str) -> String {
    let ends: &[char] = match field {
        Field::Name | Field::Organisation => &['，', ',', '；', ';', '。', '|', '/', '（', '('],
        _ => &['；', ';', '|', '。'],
    };
    let keep = match field {
        Field::Phone | Field::Email | Field::Other => value,
        _ => value.trim_start().split(ends).next().unwrap_or_default(),
    };
    keep.trim()
        .trim_matches(['，', ',', '；', ';', '|', '*'])
        .trim()
        .to_owned()
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
