//! Recognises the label at the start of a line: 一、 (一) 1. (1) —— 第一章 第十二条.
//!
//! All matching is on the folded line, so that （一）, (一) and ㈠, or 1．, 1. and 1、 are the same.

use super::cited::{self, Cited};
use super::lines::at_most;
use super::ordinal::{self, inserted_number, split_digits, split_numeral};
use crate::documents::model::{NodeKind, numeral};

/// A label as found; counts are in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label {
    pub kind: NodeKind,
    /// 0 for a bullet, and for 附则 and 序言.
    pub number: u32,
    pub sub_number: Option<u32>,
    /// Length of the label.
    pub chars: usize,
    /// Blanks behind it.
    pub gap: usize,
    /// An article with no blank behind it: a label only when its number fits.
    pub loose: bool,
    /// Nothing stands behind it on its line.
    pub alone: bool,
    /// Whether the words behind an article's number are those of a reference to it.
    pub cited: Cited,
}

/// The label at the start of a folded, trimmed line.
pub(super) fn recognise(line: &str) -> Option<Label> {
    let found = match line.chars().next()? {
        '—' | '-' => bullet(line),
        '0'..='9' => arabic(line),
        '(' => bracketed(line),
        '第' => law(line),
        '\u{2474}'..='\u{2487}' | '\u{3220}'..='\u{3229}' => enclosed(line),
        '①'..='⑳' => circled(line),
        first if numeral::is_numeral(first) => chinese(line),
        _ => None,
    }?;
    let alone = found.rest.is_empty();
    (!alone || found.kind.is_law()).then_some(())?;
    let heading = found.rest.trim_start_matches(' ');
    let article = found.kind == NodeKind::Article;
    let own = line.len().saturating_sub(found.rest.len());
    // 第121.3条 cannot be checked by the count: such rules leave numbers free.
    let dotted = article && line.get(..own).is_some_and(|label| label.contains('.'));
    Some(Label {
        kind: found.kind,
        number: found.number,
        sub_number: found.sub_number,
        chars: line.get(..own).map_or(0, |label| label.chars().count()),
        gap: found.rest.len().saturating_sub(heading.len()),
        loose: article && !alone && !found.rest.starts_with(' ') && !dotted,
        alone,
        cited: if article {
            cited::of(heading)
        } else {
            Cited::No
        },
    })
}

/// The label of 附则 or 序言, which stands without a number where 第…章 could.
pub(super) fn unnumbered(line: &str, kind: NodeKind) -> Label {
    Label {
        kind,
        number: 0,
        sub_number: None,
        chars: line.chars().count(),
        gap: 0,
        loose: false,
        alone: false,
        cited: Cited::No,
    }
}

struct Found<'a> {
    kind: NodeKind,
    number: u32,
    sub_number: Option<u32>,
    rest: &'a str,
}

fn plain(kind: NodeKind, number: u32, rest: &str) -> Option<Found<'_>> {
    (number > 0).then_some(Found {
        kind,
        number,
        sub_number: None,
        rest,
    })
}

/// `——` with or without a blank between, or a single `—` before a word.
fn bullet(line: &str) -> Option<Found<'_>> {
    let rest = line.strip_prefix('—').or_else(|| line.strip_prefix("--"))?;
    let rest = rest
        .trim_start_matches(' ')
        .strip_prefix('—')
        .unwrap_or(rest);
    let next = rest.trim_start_matches(' ').chars().next()?;
    (next != '—' && !next.is_ascii_digit()).then_some(Found {
        kind: NodeKind::Bullet,
        number: 0,
        sub_number: None,
        rest,
    })
}

/// `一、` and `一.`, but not the 一、二、三产业 of a sentence.
fn chinese(line: &str) -> Option<Found<'_>> {
    let (digits, rest) = split_numeral(line);
    let number = numeral::read(digits)?;
    let rest = rest.strip_prefix(['、', '.'])?;
    let (more, after) = split_numeral(rest);
    let counting =
        !more.is_empty() && after.starts_with(['、', '产', '次', '线', '级', '类', '和']);
    if counting {
        return None;
    }
    plain(NodeKind::First, number, rest)
}

/// `1.` and `1、`, but not 2.1%, 11.72万亩 or 3.15.
fn arabic(line: &str) -> Option<Found<'_>> {
    let (digits, rest) = split_digits(line);
    if digits.len() > 3 {
        return None;
    }
    let rest = rest.strip_prefix(['.', '、'])?;
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    plain(NodeKind::Third, digits.parse().ok()?, rest)
}

/// `(一)` and `(1)`, but not the (一)、(二) of a sentence.
fn bracketed(line: &str) -> Option<Found<'_>> {
    let inner = line.strip_prefix('(')?.trim_start_matches(' ');
    let (digits, after) = split_numeral(inner);
    let (kind, number, after) = match numeral::read(digits) {
        Some(number) => (NodeKind::Second, number, after),
        None => {
            let (digits, after) = split_digits(inner);
            let short = (1..=3).contains(&digits.len());
            (
                NodeKind::Fourth,
                short.then_some(digits)?.parse().ok()?,
                after,
            )
        }
    };
    let rest = after.trim_start_matches(' ').strip_prefix(')')?;
    if cited::is_item(rest) {
        return None;
    }
    // `(一)、` is printed too; the 、 is the label's.
    plain(kind, number, rest.strip_prefix('、').unwrap_or(rest))
}

/// The one-character forms ㈠ and ⑴.
fn enclosed(line: &str) -> Option<Found<'_>> {
    let mut chars = line.chars();
    let code = u32::from(chars.next()?);
    let (kind, first) = match code {
        0x3220..=0x3229 => (NodeKind::Second, 0x3220),
        0x2474..=0x2487 => (NodeKind::Fourth, 0x2474),
        _ => return None,
    };
    let number = code.saturating_sub(first).saturating_add(1);
    plain(kind, number, chars.as_str())
}

/// ① to ⑳; whether it counts anything is decided where its neighbours are known.
fn circled(line: &str) -> Option<Found<'_>> {
    let mut chars = line.chars();
    let code = u32::from(chars.next()?);
    let number = code.checked_sub(u32::from('①'))?.saturating_add(1);
    plain(NodeKind::Fifth, number, chars.as_str())
}

/// 第一编, 第一分编, 第二章, 第三节 as headings; 第四条 and 第四条之一.
fn law(line: &str) -> Option<Found<'_>> {
    let inner = line.strip_prefix('第')?.trim_start_matches(' ');
    let (number, after) = ordinal::of(inner)?;
    let after = after.trim_start_matches(' ');
    let mut rest = after.chars();
    let kind = match rest.next()? {
        '编' => NodeKind::Part,
        '分' => {
            return heading(NodeKind::SubPart, number, after.strip_prefix("分编")?);
        }
        '章' => NodeKind::Chapter,
        '节' => NodeKind::Section,
        '条' => NodeKind::Article,
        _ => return None,
    };
    let rest = rest.as_str();
    if kind != NodeKind::Article {
        return heading(kind, number, rest);
    }
    let (sub_number, rest) = match rest.strip_prefix('之').and_then(inserted_number) {
        Some((sub, after)) => (Some(sub), after),
        None => (None, rest),
    };
    if cited::is_amendment(rest.trim_start_matches(' ')) {
        return None;
    }
    Some(Found {
        sub_number,
        ..plain(kind, number, rest)?
    })
}

/// A chapter heading stands alone on its line.
fn heading(kind: NodeKind, number: u32, rest: &str) -> Option<Found<'_>> {
    let prose = rest.ends_with([';', ',', ':']) || !at_most(rest, 60) || rest.contains('。');
    if prose || cited::of(rest.trim_start_matches(' ')) == Cited::Surely {
        return None;
    }
    plain(kind, number, rest)
}

/// Whether the line goes on to count: `1.甲;2.乙;3.丙。` is one paragraph and no heading. The next
/// number must follow a semicolon, and the own number must not come again before it.
pub(super) fn is_enumeration(line: &str, label: &Label) -> bool {
    if !line.contains(';') {
        return false;
    }
    let next = label.number.saturating_add(1);
    let (again, next) = match label.kind {
        NodeKind::Second => (
            format!("({})", numeral::write(label.number)),
            format!("({})", numeral::write(next)),
        ),
        NodeKind::Third => (format!("{}.", label.number), format!("{next}.")),
        NodeKind::Fourth => (format!("({})", label.number), format!("({next})")),
        _ => return false,
    };
    for part in line.split(';').skip(1) {
        let part = part.trim_start_matches(' ');
        let counted = |mark: &str| {
            part.strip_prefix(mark)
                .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
        };
        if counted(&again) {
            return false;
        }
        if counted(&next) {
            return true;
        }
    }
    false
}
