//! What is a name among the words of a letter's end, and what only looks like one.

use super::person::looks_like_person;
use crate::width::{half, is_han};

/// `张 三` is 张三; the blanks of a name in Latin letters stay.
#[must_use]
pub fn squeeze_name(name: &str) -> String {
    if name.chars().any(|c| c.is_ascii_alphabetic()) {
        return name.to_owned();
    }
    name.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What people write into a field they leave empty.
#[must_use]
pub fn is_none_word(text: &str) -> bool {
    matches!(
        text,
        "无" | "没有"
            | "暂无"
            | "/"
            | "-"
            | "—"
            | "个人"
            | "匿名"
            | "保密"
            | "略"
            | "同上"
            | "none"
            | "n/a"
    )
}

/// What people put before or behind their name.
#[rustfmt::skip]
const AROUND: &[&str] = &[
    "市民", "村民", "居民", "群众", "读者", "业主", "住户", "一位", "一名", "一个", "普通", "您的", "敬上", "谨上",
    "呈上", "敬启", "启", "上", "签名", "署名", "签字", "落款", "盖章", "公章",
];

/// Posts and forms of address.
#[rustfmt::skip]
const TITLES: &[&str] = &[
    "总经理", "副总经理", "董事长", "经理", "主任", "副主任", "高级工程师", "工程师", "教授", "副教授", "律师",
    "会长", "秘书长", "总监", "部长", "科长", "书记", "代表", "委员", "医生", "老师", "厂长", "店长", "校长",
    "先生", "女士", "同志", "村主任", "负责人", "联系人", "研究员", "助理", "主管", "顾问",
];

/// A post, a form of address or such a word alone.
#[must_use]
pub fn is_title(text: &str) -> bool {
    text.len() <= 30 && is_post(text)
}

fn is_post(text: &str) -> bool {
    TITLES.iter().any(|title| text.ends_with(title)) && text.chars().count() <= 10
        || AROUND.contains(&text)
}

/// A part of an organisation: 质量部, 综合科.
#[must_use]
pub fn is_department(text: &str) -> bool {
    (3..=8).contains(&text.chars().count())
        && text.ends_with(['部', '科', '处', '室', '组', '所', '队', '班', '院', '系'])
        && text.chars().all(is_han)
}

/// The word without dashes, brackets, and what people put around their name.
#[must_use]
pub fn bare_name(word: &str) -> &str {
    let marks = [
        '—', '-', '–', '(', '（', '：', ':', '~', ')', '）', '。', '.', '*', '_', '【', '】', '[',
        ']',
    ];
    let mut name = word.trim_matches(marks);
    if name.len() > 90 {
        return name;
    }
    for around in AROUND {
        for shorter in [name.strip_prefix(around), name.strip_suffix(around)] {
            if let Some(shorter) = shorter
                && shorter.chars().count() >= 2
            {
                name = shorter.trim_matches(marks);
            }
        }
    }
    let title = |name: &&str| {
        let shorter = TITLES.iter().find_map(|title| name.strip_suffix(title));
        shorter
            .filter(|shorter| looks_like_person(shorter))
            .map(str::len)
    };
    match title(&name) {
        Some(length) => name.get(..length).unwrap_or(name),
        None => name,
    }
}

/// Words of courtesy that are written like names.
#[rustfmt::skip]
const COURTEOUS: &[&str] = &[
    "best", "kind", "warm", "regards", "sincerely", "yours", "thanks", "thank", "dear", "hello", "hi", "cheers",
    "wishes", "respectfully", "faithfully", "cordially", "the", "sent", "from", "my", "re", "please", "i", "we",
    "agree", "no", "yes", "ok", "support", "many", "with", "and", "to", "sir", "madam",
];

/// `Wang Wei`, `John Q. Smith`: two to four capitalised words that are no courtesy.
#[must_use]
pub fn is_latin_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    (2..=4).contains(&words.len())
        && words.iter().all(|word| {
            word.starts_with(|c: char| c.is_uppercase())
                && word
                    .chars()
                    .all(|c| c.is_alphabetic() && !is_han(c) || matches!(c, '.' | '-' | '\''))
                && !COURTEOUS.contains(&&*word.to_lowercase())
        })
}

/// The name somebody introduces himself with: 我叫张三, 本人李四，, 我是某村村民王五。
#[must_use]
pub fn introduced(line: &str) -> Option<String> {
    if !line.contains(['我', '本']) {
        return None;
    }
    [
        "我叫",
        "我的名字叫",
        "我的名字是",
        "本人姓名",
        "本人是",
        "我是",
        "本人",
        "我名叫",
        "本人叫",
    ]
    .iter()
    .filter_map(|verb| {
        let (_, rest) = line.split_once(verb)?;
        let clause: String = rest
            .chars()
            .take(40)
            .take_while(|&c| is_han(c) || c == '·')
            .collect();
        let ended = rest.chars().nth(clause.chars().count());
        let ended = ended
            .is_none_or(|c| matches!(half(c), ',' | '。' | '、' | ';' | '(' | ' ' | '!' | '.'));
        ended.then(|| named_at_end(&clause, verb)).flatten()
    })
    .next()
}

/// The clause is a name, or ends in one after 村民, 职工, 的 and the like.
fn named_at_end(clause: &str, verb: &str) -> Option<String> {
    let certain = matches!(
        verb,
        "我叫" | "我的名字叫" | "我的名字是" | "本人姓名" | "我名叫" | "本人叫"
    );
    if looks_like_person(clause) && (certain || clause.chars().count() == 3) {
        return Some(clause.to_owned());
    }
    [
        "村民",
        "市民",
        "居民",
        "业主",
        "职工",
        "员工",
        "学生",
        "教师",
        "工程师",
        "负责人",
        "经理",
        "农民",
        "商户",
    ]
    .iter()
    .filter_map(|role| clause.rsplit_once(role))
    .map(|(_, name)| name)
    .find(|name| looks_like_person(name))
    .map(str::to_owned)
}
