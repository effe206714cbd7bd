//! The marks that number opinions: which list a letter follows, and where each item begins.
//! Positions and lengths are in characters of the half-width shadow.

use crate::documents::model::numeral;

/// How a list numbers its items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Style {
    /// `一、`
    Han,
    /// `（一）`
    HanBracket,
    /// `1.` `1、` `1．` `1)`
    Digit,
    /// `（1）`
    DigitBracket,
    /// `①`
    Circled,
    /// `第一，`, `第一增加…`
    Ordinal,
    /// `一是`
    Being,
    /// `首先`, `其次`, `再次`, `最后`
    Spoken,
    /// The number in the first cell of a table's row.
    Row,
    /// `意见一：` `建议1：`
    Named,
}

const STYLES: [Style; 10] = [
    Style::Row,
    Style::Han,
    Style::Ordinal,
    Style::Being,
    Style::Spoken,
    Style::Named,
    Style::Digit,
    Style::HanBracket,
    Style::DigitBracket,
    Style::Circled,
];

struct Marker {
    /// In characters.
    at: usize,
    length: usize,
    number: u32,
    style: Style,
    line_start: bool,
}

/// The list that numbers the letter: the style whose first item comes first and goes on 1, 2, …;
/// items at the start of lines go before those inside a paragraph.
#[must_use]
pub fn chain(shadow: &[char]) -> Option<Vec<(usize, usize)>> {
    let markers = markers(shadow);
    [true, false].into_iter().find_map(|line_start| {
        STYLES
            .iter()
            .filter_map(|&style| {
                let mut wanted = 1;
                let mut found: Vec<(usize, usize)> = Vec::new();
                for marker in markers
                    .iter()
                    .filter(|m| m.style == style && (m.line_start || !line_start))
                {
                    // 首先…其次…最后 has no third.
                    let last = style == Style::Spoken && wanted > 1 && marker.number > wanted;
                    if marker.number == wanted || last {
                        found.push((marker.at, marker.length));
                        wanted = marker.number + 1;
                    }
                }
                (found.len() >= 2).then_some(found)
            })
            .min_by_key(|found| found.first().map(|&(at, _)| at))
    })
}

fn markers(shadow: &[char]) -> Vec<Marker> {
    let mut found = Vec::new();
    let mut place = Place::LineStart;
    for (at, &c) in shadow.iter().enumerate() {
        if let Some((style, number, length)) = marker_at(shadow, at, place) {
            found.push(Marker {
                at,
                length,
                number,
                style,
                line_start: place == Place::LineStart,
            });
        }
        place = match c {
            '\n' => Place::LineStart,
            ' ' | '\t' | '*' | '#' | '•' | '-' if place == Place::LineStart => place,
            ' ' | '。' | ';' | ':' | '!' | '?' | '；' => Place::Sentence,
            ',' | '，' => Place::Clause,
            '议' | '见'
                if matches!(
                    at.checked_sub(1).and_then(|at| shadow.get(at)),
                    Some('建' | '意')
                ) =>
            {
                Place::Clause
            }
            _ => Place::Inside,
        };
    }
    found
}

/// What stands right before a character.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    LineStart,
    Sentence,
    Clause,
    Inside,
}

/// Style, number and length of a list marker here. After a comma only those that are words begin
/// an item, and inside a clause none does.
fn marker_at(shadow: &[char], at: usize, place: Place) -> Option<(Style, u32, usize)> {
    let next = |offset: usize| shadow.get(at + offset).copied().unwrap_or('\n');
    if place == Place::Inside {
        return None;
    }
    if let Some(marker) = worded(shadow, at) {
        return Some(marker);
    }
    if place == Place::Clause {
        return None;
    }
    let first = next(0);
    if let Some(number) = u32::from(first).checked_sub(0x2460).filter(|n| *n < 20) {
        return Some((Style::Circled, number + 1, 1));
    }
    if first == '(' {
        let (number, length, han) = number_at(shadow, at + 1)?;
        let style = if han {
            Style::HanBracket
        } else {
            Style::DigitBracket
        };
        return (next(1 + length) == ')').then_some((style, number, length + 2));
    }
    let word: String = [next(0), next(1)].iter().collect();
    if matches!(&*word, "意见" | "建议") {
        let (number, length, _) = number_at(shadow, at + 2)?;
        let end = 2 + length;
        return matches!(next(end), ':' | '、' | '.' | ',' | ' ' | '\n').then_some((
            Style::Named,
            number,
            end + 1,
        ));
    }
    let (number, length, han) = number_at(shadow, at)?;
    let mark = next(length);
    if place == Place::LineStart && !han && mark == '\t' {
        return Some((Style::Row, number, length + 1));
    }
    let sound = if han {
        matches!(mark, '、' | '.' | ',' | ':')
    } else {
        matches!(mark, '、' | ')')
            || matches!(mark, '.' | ',' | ':') && !next(length + 1).is_ascii_digit()
    };
    sound.then_some((
        if han { Style::Han } else { Style::Digit },
        number,
        length + 1,
    ))
}

/// Items that begin with words: `第一，`, `第一增加`, `一是`, `首先`.
fn worded(shadow: &[char], at: usize) -> Option<(Style, u32, usize)> {
    let next = |offset: usize| shadow.get(at + offset).copied().unwrap_or('\n');
    let spoken = [
        ("首先", 1),
        ("其次", 2),
        ("再次", 3),
        ("再者", 3),
        ("最后", 4),
        ("最後", 4),
    ];
    let word: String = [next(0), next(1)].iter().collect();
    if let Some(&(_, number)) = spoken.iter().find(|(known, _)| *known == word) {
        return Some((Style::Spoken, number, 2));
    }
    if next(0) != '第' {
        let (number, length, han) = number_at(shadow, at)?;
        let being = han && next(length) == '是' && next(length + 1) != '否';
        return being.then_some((Style::Being, number, length + 1));
    }
    let (number, length, han) = number_at(shadow, at + 1)?;
    let mut end = 1 + length;
    if matches!(next(end), '点' | '个')
        && matches!(next(end + 1), ',' | '、' | ':' | '.' | ' ' | '是')
    {
        end += 1;
    }
    if matches!(next(end), ',' | '、' | ':' | '.' | ' ' | '是') {
        return Some((Style::Ordinal, number, end + 1));
    }
    // 第一增加…: a word goes on, and it is none that counts something.
    let counted = "条项款点章节部编段页个次名批步季年期届类种天周月日方手线时任产者等级层阶位家大小份行列人代款组号台轮场楼版本句处书把流十百千\n";
    let goes_on = han && crate::width::is_han(next(end)) && !counted.contains(next(end));
    goes_on.then_some((Style::Ordinal, number, end))
}

/// A number of up to three digits or up to three Chinese numerals: value, length, whether Chinese.
fn number_at(shadow: &[char], at: usize) -> Option<(u32, usize, bool)> {
    let digits: String = shadow
        .iter()
        .skip(at)
        .take_while(|c| c.is_ascii_digit())
        .take(4)
        .collect();
    if !digits.is_empty() {
        return (digits.len() <= 3)
            .then(|| digits.parse().ok())
            .flatten()
            .map(|number| (number, digits.len(), false));
    }
    let numerals: String = shadow
        .iter()
        .skip(at)
        .take_while(|&&c| "一二三四五六七八九十".contains(c))
        .take(4)
        .collect();
    let length = numerals.chars().count();
    if length > 3 {
        return None;
    }
    Some((numeral::read(&numerals)?, length, true))
}

/// Without numbering: two or more lines that each begin by naming a place (`第8条：…`, `关于第二部分…`).
#[must_use]
pub fn references_at_line_start(shadow: &[char]) -> Vec<(usize, usize)> {
    let mut starts = Vec::new();
    let mut at = 0;
    for line in shadow.split(|&c| c == '\n') {
        let blanks = line
            .iter()
            .take_while(|&&c| matches!(c, ' ' | '\t'))
            .count();
        let text: String = line.iter().skip(blanks).take(24).collect();
        let bare = [
            "关于",
            "针对",
            "对于",
            "对",
            "就",
            "建议将",
            "建议把",
            "建议",
            "另外",
            "此外",
        ]
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .unwrap_or(&text);
        let numbered = bare.strip_prefix('第').is_some_and(|rest| {
            let unit = rest.trim_start_matches(|c: char| {
                c.is_ascii_digit() || "一二三四五六七八九十百()".contains(c)
            });
            unit.len() < rest.len() && unit.starts_with(['条', '项', '款', '点', '章', '节', '部'])
        });
        if numbered {
            starts.push((at + blanks, 0));
        }
        at += line.len() + 1;
    }
    if starts.len() >= 2 {
        starts
    } else {
        Vec::new()
    }
}
