//! The line with which a mailer says who wrote what follows. Nothing but a date, a name and an
//! address may stand in it: “…在文章中写道：” is somebody's sentence.

use super::head_words::{WROTE, WROTE_INSIDE};
use super::heads::{Head, HeadKind, next_full};
use super::lines::{Line, Mark};

/// Whether an attribution may end with this line.
#[must_use]
pub fn may_end(shadow: &str) -> bool {
    shadow.ends_with(':') || shadow.ends_with("写道")
}

/// `在 2025-06-10 10:00:00，"…" <…> 写道：`, perhaps broken over three lines.
#[must_use]
pub fn attribution(lines: &[Line], shadows: &[String], at: usize) -> Option<Head> {
    let mut joined = String::new();
    for line in at..shadows.len().min(at + 3) {
        let shadow = shadows.get(line).filter(|shadow| !shadow.is_empty())?;
        if joined.len() + shadow.len() > 900 {
            return None;
        }
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(shadow);
        if !may_end(shadow) {
            continue;
        }
        let lower = joined.to_lowercase();
        if let Some((before, verb)) = verb_stripped(&lower) {
            let next = next_full(shadows, line + 1).and_then(|next| lines.get(next));
            let quoted = next.is_some_and(|next| matches!(next.mark, Mark::Quote | Mark::Indented));
            let sound = is_attribution(before, quoted, verb);
            return sound.then_some(Head {
                kind: HeadKind::Reply,
                first: at,
                last: line + 1,
            });
        }
    }
    None
}

/// What stands before the verb, and whether there is one: `2025年6月1日(日) 9:00 Name <address>:` has
/// none.
fn verb_stripped(joined: &str) -> Option<(&str, bool)> {
    let text = joined.trim_start_matches(['>', ' ', '|']);
    let ended = WROTE.iter().find_map(|verb| text.strip_suffix(verb));
    if let Some(before) = ended {
        return Some((before.trim_end(), true));
    }
    let before = text.strip_suffix(':')?.trim_end();
    if WROTE_INSIDE.iter().any(|verb| text.contains(verb)) {
        return Some((before, true));
    }
    before.ends_with('>').then_some((before, false))
}

/// Nothing but a date or a time, a name and an address may stand before the verb.
fn is_attribution(before: &str, quoted: bool, verb: bool) -> bool {
    let address = before.contains('@');
    let clock = before
        .as_bytes()
        .windows(3)
        .any(|w| matches!(w, [a, b':', c] if a.is_ascii_digit() && c.is_ascii_digit()));
    let date = before.chars().filter(char::is_ascii_digit).count() >= 5;
    let stated = address && (clock || date) || clock && date || quoted && (address || date);
    if !stated || !(verb || address && clock && date) {
        return false;
    }
    let name = residue(before);
    let sentence = name.contains(['。', '!', '?', ';', '；', '、']);
    let inside = before.ends_with(['中', '里', '上', '曾', '内', '样', '地']);
    !sentence && !inside && name.chars().count() <= 60
}

/// What is left of an attribution without its dates, times and addresses: the name.
fn residue(before: &str) -> String {
    let mut name = String::new();
    let mut angle = false;
    for c in before.chars() {
        match c {
            '<' | '[' => angle = true,
            '>' | ']' => angle = false,
            _ if angle || c.is_ascii_digit() => {}
            ':' | '-' | '/' | ',' | '，' | '"' | '“' | '”' | '(' | ')' | ' ' | '.' | '+' => {}
            '年' | '月' | '日' | '时' | '分' | '秒' | '在' | '于' | '於' => {}
            _ => name.push(c),
        }
    }
    name
}
