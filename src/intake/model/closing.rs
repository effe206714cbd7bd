//! Lines that end a letter and say nothing about the draft: courtesies, the name, the date, contact
//! details.

use super::contact_label::{begins_with_label, labelled};
use super::contact_name::{bare_name, is_department, is_latin_name, is_title};
use super::contact_scan::{emails_in, phones_in};
use super::person::{looks_like_organisation, looks_like_person};
use super::phone::Phone;
use crate::width::{half, is_han};

const COURTESIES: &[&str] = &[
    "此致",
    "敬礼",
    "致礼",
    "谢谢",
    "感谢",
    "多谢",
    "顺祝",
    "祝好",
    "祝工作",
    "祝您",
    "祝你",
    "商祺",
    "以上",
    "妥否",
    "望采纳",
    "望考虑",
    "请参考",
    "供参考",
    "仅供参考",
    "致敬",
    "敬上",
    "谨上",
    "盼复",
    "盼回复",
    "期待回复",
    "打扰了",
    "best regards",
    "best wishes",
    "best,",
    "kind regards",
    "warm regards",
    "yours",
    "cheers",
    "respectfully",
    "regards",
    "thank",
    "thanks",
    "wishes",
    "sincerely",
];

/// Whether a line at the end of a letter is no part of an opinion.
#[must_use]
pub fn is_closing(line: &str) -> bool {
    // No closing line is longer than 60 characters, signs around it not counted.
    if line.len() > 600 {
        return false;
    }
    let mut shadow: String = line.chars().map(half).collect();
    shadow.make_ascii_lowercase();
    let text = shadow
        .trim()
        .trim_matches(['-', '—', '*', '_', '!', '.', '。', '~', '(', ')'])
        .trim();
    let count = text.chars().count();
    if count == 0 {
        return true;
    }
    if count > 60 {
        return false;
    }
    let sentence = line.trim_end().ends_with('。') && count > 12;
    is_courtesy(text, count)
        || is_date(text)
        || is_labelled(line, text)
        || !sentence && (is_signed(text) || is_latin_name(line.trim()))
        || count <= 40 && is_reach(line)
}

/// The label is at the very front: “联系人：张三”, not “建议公布地址：…”, and no sentence is behind it.
fn is_labelled(line: &str, text: &str) -> bool {
    let first = text.split([' ', ';', ',']).next().unwrap_or_default();
    first.chars().count() <= 40 && begins_with_label(line) && !labelled(line).is_empty()
}

/// A short line that begins with a courtesy and holds no second clause.
fn is_courtesy(text: &str, count: usize) -> bool {
    count <= 16 && COURTESIES.iter().any(|word| text.starts_with(word)) && !text.contains("建议")
}

fn is_date(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    digits >= 3
        && text.chars().all(|c| {
            c.is_ascii_digit() || " 年月日号时分:-/.于星期一二三四五六上下午晚".contains(c)
        })
        && text.contains(['年', '月', '-', '/', '.'])
}

/// A name, an organisation or both, with posts and dates, and nothing else.
#[must_use]
pub fn is_signed(text: &str) -> bool {
    let words: Vec<&str> = text
        .split([' ', ':', ',', '，', '\t', '|', '/'])
        .filter(|word| !word.is_empty())
        .collect();
    let who = |word: &str| {
        let bare = bare_name(word);
        looks_like_person(bare) || looks_like_organisation(bare)
    };
    if words.len() > 5 || words.iter().any(|word| word.len() > 120) {
        return false;
    }
    let single = words.len() == 2 && words.iter().all(|word| word.chars().count() == 1);
    if single {
        return looks_like_person(&words.concat());
    }
    if looks_like_organisation(text) {
        return true;
    }
    // 退休教师 李建国: what somebody is, and the name.
    if let [what, name] = words.as_slice()
        && who(name)
        && !text.contains([',', '，', '、', '第', '应', '要', '请', '附'])
        && what.chars().all(is_han)
        && what.chars().count() <= 8
    {
        return true;
    }
    let mut said = false;
    words.iter().all(|word| {
        let one = who(word) || is_title(word) || is_date(word);
        said |= one;
        one || is_department(word)
    }) && said
}

/// A telephone number or an address, with at most a few characters beside it.
#[must_use]
pub fn is_reach(line: &str) -> bool {
    is_reach_of(line, &phones_in(line))
}

/// The same when the numbers of the line are known.
pub(super) fn is_reach_of(line: &str, phones: &[Phone]) -> bool {
    let emails = emails_in(line);
    let found = phones.iter().map(|phone| phone.raw.chars().count());
    let found = found.chain(emails.iter().map(|email| email.raw().chars().count()));
    let found: usize = found.sum();
    found > 0 && line.trim().chars().count() <= found + 8
}
