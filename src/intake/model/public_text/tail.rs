//! The closing lines of a text: 此致 敬礼, a name, a date, an address.

use super::places::Places;
use super::signed::{Line, each_word, is_addressed};
use crate::intake::model::closing::{is_closing, is_reach, is_signed};
use crate::intake::model::contact_name::{bare_name, is_latin_name};
use crate::intake::model::person::{begins_with_word, looks_like_person};
use crate::width::{half, half_width};

/// A text's closing lines are at most so many.
const LONGEST: usize = 14;
/// So many lines among them may be of an unknown sort.
const MOST_UNKNOWN: usize = 2;
const SENTENCE_ENDS: [char; 7] = ['。', '！', '!', '？', '?', '；', ';'];

pub(super) fn find(lines: &[Line<'_>], places: &mut Places) {
    let full: Vec<&Line<'_>> = lines
        .iter()
        .filter(|line| !line.text.trim().is_empty())
        .collect();
    let mut first = full.len();
    let mut unknown = 0;
    for (at, line) in full.iter().enumerate().rev().take(LONGEST) {
        if is_closing(line.text) {
            (first, unknown) = (at, 0);
        } else if unknown < MOST_UNKNOWN && may_stand_between(line.text) {
            unknown += 1;
        } else {
            break;
        }
    }
    // A text of one word is that word, not a name.
    for line in full.iter().skip(first.max(1)) {
        closing_line(line, places);
    }
    if let Some(last) = first.checked_sub(1).and_then(|at| full.get(at)) {
        end_of_line(last, places);
    }
    for line in full.iter().skip(first) {
        end_of_line(line, places);
    }
}

fn closing_line(line: &Line<'_>, places: &mut Places) {
    let bare = line.text.trim();
    let hides = is_address(bare)
        || is_latin_name(bare)
        || is_signed(half_width(bare).trim()) && names_somebody(bare)
        || is_reach(bare) && names_somebody(bare);
    if hides && let Some(at) = line.place(bare) {
        places.hide(at);
    }
}

/// `…。此致敬礼！ 李四 2025年6月1日`, `…。——李四`, `Yours sincerely, Wang Wei`: the name stands behind the
/// last words of the line.
fn end_of_line(line: &Line<'_>, places: &mut Places) {
    let text = line.text.trim_end().trim_end_matches(SENTENCE_ENDS);
    let signs = ['—', '–'];
    let parts = text.rsplit(|c: char| SENTENCE_ENDS.contains(&c) || signs.contains(&c));
    let mut behind = parts.clone().next().unwrap_or_default();
    let parted = parts.count() > 1;
    let courtesy = behind
        .rsplit_once("敬礼")
        .or_else(|| behind.rsplit_once("此致"));
    let courteous = courtesy.is_some();
    behind = courtesy.map_or(behind, |(_, behind)| behind);
    // Yours sincerely, Wang Wei
    let latin = text
        .rsplit_once([',', '，'])
        .filter(|(before, _)| is_closing(before));
    if let Some(name) = latin
        .map(|(_, name)| name.trim())
        .filter(|name| is_latin_name(name))
    {
        let start = line.at + text.chars().count() - name.chars().count();
        places.hide(start..start + name.chars().count());
    }
    if !(parted || courteous) || !is_signed(half_width(behind).trim()) {
        return;
    }
    let start = line.at + text.chars().count() - behind.chars().count();
    each_word(behind, start, |word, at| {
        if is_somebody(word) {
            places.hide(at);
        }
    });
}

fn names_somebody(text: &str) -> bool {
    let mut words = 0;
    let mut named = false;
    each_word(text, 0, |word, _| {
        words += 1;
        named |= is_somebody(word);
    });
    // 张　三
    let squeezed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    named || words == 2 && squeezed.chars().count() == 2 && looks_like_person(&squeezed)
}

fn is_somebody(word: &str) -> bool {
    let bare = bare_name(word);
    (looks_like_person(bare) && !begins_with_word(bare)
        || looks_like_person(word) && !begins_with_word(word))
        && !is_addressed(word)
}

/// 青禾区示例路7号3栋201室
fn is_address(text: &str) -> bool {
    let digit = text
        .chars()
        .any(|c| half(c).is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let place = text.contains(['路', '街', '村', '巷', '弄', '区', '镇', '乡']);
    let ends = text.ends_with(['号', '室', '栋', '户', '楼', '幢', '组']) || text.ends_with("单元");
    digit && place && ends && text.chars().count() <= 40 && may_stand_between(text)
}

/// A line that may stand between closing lines: it says no sentence.
fn may_stand_between(text: &str) -> bool {
    text.trim().chars().count() <= 30
        && !text.contains(['。', '！', '？', '；', '：', '!', '?', ';'])
        && !["建议", "应", "希望", "意见", "第"]
            .iter()
            .any(|word| text.contains(word))
}
