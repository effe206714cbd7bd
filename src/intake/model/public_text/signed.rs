//! Who says it of himself: behind a label (建议人：…, 住址：…), by introducing himself (我叫…), or as a
//! signature at the end.

use super::places::Places;
use super::tail;
use crate::intake::model::contact_label::{Field, labelled_at};
use crate::intake::model::contact_name::{bare_name, introduced, is_latin_name, is_none_word};
use crate::intake::model::person::{
    begins_with_word, looks_like_organisation, looks_like_person, mask_person,
};
use crate::width::{half, is_han};
use std::ops::Range;

/// A name that is not known as one has at most so many characters.
const SHORT_NAME: usize = 3;
/// A further part of an address, behind a comma, has at most so many characters.
const LONGEST_PART: usize = 24;

/// A line and where it begins, in characters.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
}

impl Line<'_> {
    /// Where some words of the line stand in the text.
    pub(super) fn place(&self, words: &str) -> Option<Range<usize>> {
        let before = self.text.split_once(words)?.0.chars().count();
        let start = self.at + before;
        Some(start..start + words.chars().count())
    }
}

pub(super) fn find(text: &str, chars: &[char], places: &mut Places) {
    let mut lines = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        lines.push(Line { text: line, at });
        at += line.chars().count() + 1;
    }
    for line in &lines {
        labels(line, chars, places);
        introductions(line, places);
    }
    tail::find(&lines, places);
}

fn labels(line: &Line<'_>, chars: &[char], places: &mut Places) {
    for (field, value) in labelled_at(line.text) {
        let at = line.at + value.start..line.at + value.end;
        let written: String = chars.get(at.clone()).unwrap_or_default().iter().collect();
        match field {
            Field::Name => names(&written, at.start, places),
            Field::Address if is_home(line, &written, at.start) => {
                let length = address_length(&written);
                places.hide(at.start..at.start + length);
            }
            // 联系方式：张三 199…
            Field::Phone => first_name(&written, at.start, places),
            Field::Private => {
                let code =
                    |c: &char| half(*c).is_ascii_alphanumeric() || matches!(half(*c), '-' | '_');
                let length = written.chars().take_while(code).count();
                places.hide(at.start..at.start + if length >= 4 { length } else { 0 });
            }
            Field::Address | Field::Organisation | Field::Email | Field::Other => {}
        }
    }
}

/// The names that a label announces; a sentence behind it is none.
fn names(written: &str, start: usize, places: &mut Places) {
    let squeezed: String = written.chars().filter(|c| !c.is_whitespace()).collect();
    if is_name(&squeezed) || is_latin_name(written) {
        places.hide(start..start + written.chars().count());
        return;
    }
    each_word(written, start, |word, at| {
        if is_name(word) {
            places.hide(at);
        }
    });
}

fn first_name(written: &str, start: usize, places: &mut Places) {
    let mut first = true;
    each_word(written, start, |word, at| {
        if first && looks_like_person(word) && !is_addressed(word) {
            places.hide(at);
        }
        first = false;
    });
}

/// Calls with each word and its place.
pub(super) fn each_word(text: &str, start: usize, mut take: impl FnMut(&str, Range<usize>)) {
    let mut word = String::new();
    for (at, c) in (start..).zip(text.chars().chain([' '])) {
        let ends = c.is_whitespace()
            || matches!(
                half(c),
                ',' | '、' | '/' | '(' | ')' | '|' | ':' | ';' | '。' | '!' | '?'
            );
        if !ends {
            word.push(c);
        } else if !word.is_empty() {
            take(&word, at - word.chars().count()..at);
            word.clear();
        }
    }
}

/// A whole name behind a label, in whatever script; 张先生 is none: the public form of a name tells
/// as much.
fn is_name(word: &str) -> bool {
    let bare = bare_name(word);
    let short = bare.chars().count() <= SHORT_NAME && bare.chars().all(|c| is_han(c) || c == '·');
    let latin = word.chars().count() > 1 && word.chars().all(|c| c.is_ascii_alphabetic());
    let named = short && bare.chars().count() > 1 || looks_like_person(bare) || latin;
    named && !is_addressed(word) && !looks_like_organisation(word) && !is_none_word(word)
}

/// 张先生, 欧阳女士, 李某: a surname and a form of address.
pub(super) fn is_addressed(word: &str) -> bool {
    const FORMS: &[&str] = &[
        "先生", "女士", "同志", "老师", "小姐", "某某", "某", "**", "*", "师傅", "阿姨", "大爷",
    ];
    FORMS
        .iter()
        .filter_map(|form| word.strip_suffix(form))
        .any(|name| {
            let masked = mask_person(&format!("{name}某某"));
            !name.is_empty() && masked == format!("{name}**")
        })
}

/// Whether an address is where somebody lives. A bare 地址 may be the place that the opinion is
/// about; one with a number of a house is nobody's but its people's.
fn is_home(line: &Line<'_>, written: &str, start: usize) -> bool {
    let before: String = line.text.chars().take(start - line.at).collect();
    let personal = [
        "住址", "家庭", "居住", "户籍", "通讯", "通信", "联系", "收件",
    ]
    .iter()
    .any(|word| before.contains(word));
    let before = before.to_lowercase();
    let house =
        written.contains(['号', '室', '栋', '幢', '弄', '楼', '组']) || before.contains("address");
    personal
        || house
            && written
                .chars()
                .any(|c| half(c).is_ascii_digit() || "一二三四五六七八九十".contains(c))
}

/// How much of what is behind the label is the address: up to the comma behind which something else
/// is said.
fn address_length(written: &str) -> usize {
    let mut length = 0;
    for (index, part) in written.split(['，', ',']).enumerate() {
        let count = part.chars().count();
        let goes_on = count <= LONGEST_PART
            && (part.chars().any(|c| half(c).is_ascii_digit())
                || part.chars().any(|c| "路街号室栋村镇乡楼弄巷幢".contains(c))
                || part.is_ascii())
            && !["建议", "应", "希望", "请", "要"]
                .iter()
                .any(|word| part.contains(word));
        if index > 0 && !goes_on {
            break;
        }
        length += count + usize::from(index > 0);
    }
    length
}

/// 我叫张三, 我是某村村民王五, my name is Wang Wei: the name is masked, as beside the opinion.
fn introductions(line: &Line<'_>, places: &mut Places) {
    if let Some(name) = introduced(line.text)
        && !begins_with_word(&name)
        && let Some(at) = line.place(&name)
    {
        places.rename(at, mask_person(&name));
    }
    if let Some(name) = introduced_in_english(line.text)
        && let Some(at) = line.place(&name)
    {
        places.rename(at, mask_person(&name));
    }
}

fn introduced_in_english(line: &str) -> Option<String> {
    let lower = line.to_ascii_lowercase();
    let verbs = ["my name is ", "i am ", "i'm ", "i’m ", "this is "];
    verbs.iter().find_map(|verb| {
        let at = lower.find(verb)? + verb.len();
        let rest = line.get(at..)?;
        let clause = rest.split([',', '.', ';', '!', '?', '\n']).next()?;
        let words: Vec<&str> = clause
            .split(' ')
            .take_while(|word| word.starts_with(char::is_uppercase))
            .take(4)
            .collect();
        let name = words.join(" ");
        (is_latin_name(&name)).then_some(name)
    })
}
