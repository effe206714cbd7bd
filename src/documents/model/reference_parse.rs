//! The expressions with which people name a place: `第二部分第（三）条第8项`, `二、（三）8`, `第8条`, `2.3.8`.

use super::numeral;
use super::reference_units::{english, listed, unit};
use crate::width::half;

/// What a step of an expression can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// 第二部分, 第一章, 第二大点.
    Part,
    /// `二、` or a Chinese numeral before a bracket.
    Top,
    /// `（三）`, 第（三）条.
    Bracket,
    /// 第8条.
    Article,
    /// 第8项, 第8点, 第8款, or a bare number after another step.
    Item,
}

/// One numbered step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Component {
    pub step: Step,
    pub number: u32,
}

/// A whole expression and where it stands, in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression {
    pub components: Vec<Component>,
    pub start: usize,
    pub end: usize,
}

/// Every expression of a text, left to right.
#[must_use]
pub fn expressions(text: &[char]) -> Vec<Expression> {
    let shadow: Vec<char> = text.iter().map(|&c| half(c)).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < shadow.len() {
        if let Some(listed) = listed(&shadow, at) {
            at = listed.first().map_or(at + 1, |first| first.end);
            found.extend(listed);
            continue;
        }
        match expression_at(&shadow, at) {
            Some(expression) => {
                at = expression.end;
                found.push(expression);
            }
            None => at += 1,
        }
    }
    found
}

fn expression_at(shadow: &[char], start: usize) -> Option<Expression> {
    let first = char_at(shadow, start);
    let english = matches!(
        first.to_ascii_lowercase(),
        'a' | 'c' | 'i' | 'p' | 's' | 't'
    );
    if !(first == '第' || first.is_ascii_digit() || is_numeral(first) || english) {
        return None;
    }
    if let Some(dotted) = dotted(shadow, start) {
        return Some(dotted);
    }
    let (first, mut end, worded) = first_step(shadow, start)?;
    let mut components = vec![first];
    while components.len() < 6 {
        let gap = separators(shadow, end);
        let Some((next, after)) = next_step(shadow, end + gap, gap > 0) else {
            break;
        };
        components.push(next);
        end = after;
    }
    (components.len() > 1 || worded).then_some(Expression {
        components,
        start,
        end,
    })
}

pub(super) fn char_at(shadow: &[char], at: usize) -> char {
    shadow.get(at).copied().unwrap_or('\n')
}

fn separators(shadow: &[char], at: usize) -> usize {
    (0..4)
        .take_while(|&offset| {
            matches!(
                char_at(shadow, at + offset),
                ' ' | '、'
                    | ','
                    | '，'
                    | '的'
                    | '中'
                    | '下'
                    | '里'
                    | '之'
                    | '-'
                    | '/'
                    | '—'
                    | '.'
                    | '"'
                    | '”'
            )
        })
        .count()
}

/// The first step, its end, and whether it stands on its own (第…条 does, `（三）` does not).
fn first_step(shadow: &[char], at: usize) -> Option<(Component, usize, bool)> {
    if let Some((component, end)) = worded(shadow, at) {
        return Some((component, end, true));
    }
    let glued = at > 0
        && (char_at(shadow, at - 1).is_alphanumeric()
            && !"见对在于是就按照关是".contains(char_at(shadow, at - 1)));
    if glued {
        return None;
    }
    let (number, length, han) = number(shadow, at)?;
    let after = char_at(shadow, at + length);
    let top = Component {
        step: Step::Top,
        number,
    };
    if han && after == '、' {
        return Some((top, at + length + 1, false));
    }
    let bracket = after == '(' && bracketed(shadow, at + length).is_some();
    (bracket || matches!(after, '-' | '/') && han).then_some((top, at + length, false))
}

/// 第N部分, 第（N）条, 第N项.
fn worded(shadow: &[char], at: usize) -> Option<(Component, usize)> {
    if char_at(shadow, at) != '第' {
        return english(shadow, at);
    }
    let (number, mut end, bracket) = match bracketed(shadow, at + 1) {
        Some((number, end)) => (number, end, true),
        None => {
            number(shadow, at + 1).map(|(number, length, _)| (number, at + 1 + length, false))?
        }
    };
    while char_at(shadow, end) == ' ' || char_at(shadow, end) == '、' && bracket {
        end += 1;
    }
    let (step, length) = unit(shadow, end)?;
    let step = if bracket { Step::Bracket } else { step };
    Some((Component { step, number }, end + length))
}

fn next_step(shadow: &[char], at: usize, separated: bool) -> Option<(Component, usize)> {
    if let Some(step) = worded(shadow, at) {
        return Some(step);
    }
    if let Some((number, mut end)) = bracketed(shadow, at) {
        end += unit_length(shadow, end);
        return Some((
            Component {
                step: Step::Bracket,
                number,
            },
            end,
        ));
    }
    let (number, length, han) = number(shadow, at)?;
    let end = at + length;
    let unit = unit_length(shadow, end);
    let after = char_at(shadow, end);
    let measured = !han
        && (after.is_ascii_digit()
            || matches!(
                after,
                '%' | '万'
                    | '亿'
                    | '年'
                    | '月'
                    | '日'
                    | '个'
                    | '家'
                    | '元'
                    | '天'
                    | '名'
                    | '次'
                    | '倍'
            ));
    let bare = !han
        && !measured
        && (!separated || char_at(shadow, at - 1) != '.' || unit > 0 || after != '.');
    (unit > 0 || bare).then_some((
        Component {
            step: Step::Item,
            number,
        },
        end + unit,
    ))
}

fn unit_length(shadow: &[char], at: usize) -> usize {
    usize::from(matches!(char_at(shadow, at), '条' | '项' | '点' | '款'))
}

/// `2.3.8`, `2-3-8`: part, bracket, item; years are no parts.
fn dotted(shadow: &[char], start: usize) -> Option<Expression> {
    let free = start == 0
        || !matches!(char_at(shadow, start - 1), '0'..='9' | '.' | '-' | 'a'..='z' | 'A'..='Z');
    let mut steps = Vec::new();
    let mut end = start;
    for step in [Step::Top, Step::Bracket, Step::Item] {
        if !steps.is_empty() {
            if !matches!(char_at(shadow, end), '.' | '-') {
                return None;
            }
            end += 1;
        }
        let (number, length, han) = number(shadow, end)?;
        if han || number > 60 {
            return None;
        }
        steps.push(Component { step, number });
        end += length;
    }
    let ends = !matches!(char_at(shadow, end), '0'..='9' | '.' | '-' | '%');
    (free && ends).then_some(Expression {
        components: steps,
        start,
        end,
    })
}

fn bracketed(shadow: &[char], at: usize) -> Option<(u32, usize)> {
    if char_at(shadow, at) != '(' {
        return None;
    }
    let (number, length, _) = number(shadow, at + 1)?;
    (char_at(shadow, at + 1 + length) == ')').then_some((number, at + length + 2))
}

/// A number in digits or Chinese numerals: value, length, whether Chinese.
pub(super) fn number(shadow: &[char], at: usize) -> Option<(u32, usize, bool)> {
    let tail = shadow.get(at..)?;
    let digits = tail
        .iter()
        .take(5)
        .take_while(|c| c.is_ascii_digit())
        .count();
    if digits > 0 {
        let value = tail.iter().take(digits).filter_map(|c| c.to_digit(10));
        let value = value.fold(0, |value, digit| value * 10 + digit);
        return (digits <= 4).then_some((value, digits, false));
    }
    let numerals: String = tail
        .iter()
        .take(8)
        .take_while(|c| is_numeral(**c))
        .collect();
    let value = numeral::read(&numerals)?;
    Some((value, numerals.chars().count(), true))
}

fn is_numeral(c: char) -> bool {
    matches!(
        c,
        '〇' | '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百'
    )
}
