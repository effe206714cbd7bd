//! The normalised shadow of a text: what matching is done on, never what is kept.
//!
//! One character becomes exactly one character, so a count of characters in the shadow is a count
//! of characters in the source.

use crate::width::half;

/// Folds one character: full-width ASCII, brackets, colons, commas, digits and the many dashes to
/// one form each; every blank to a space.
#[must_use]
pub fn fold_char(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => half(c),
        '\u{3000}' | '\u{a0}' | '\t' | '\r' | '\n' | '\u{b}' | '\u{c}' => ' ',
        '\u{2000}'..='\u{200f}' | '\u{2028}' | '\u{202f}' | '\u{205f}' | '\u{2060}' => ' ',
        // U+E5E5 is a blank in the fonts of some government systems.
        '\u{feff}' | '\u{e5e5}' => ' ',
        '―' | '–' | '‒' | '─' | '━' | '−' | '﹣' => '—',
        '﹙' => '(',
        '﹚' => ')',
        '﹒' => '.',
        '﹕' => ':',
        '﹔' => ';',
        '﹐' => ',',
        '○' | '〇' | '◯' => '〇',
        other => other,
    }
}

/// The shadow of a text, of the same number of characters.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out, |_| ());
    out
}

/// Appends the shadow of a text, and tells of the characters that are looked at one by one, among
/// them every “ ” 《 and 》.
///
/// Nearly all of an official text is ideographs, which fold to themselves: they are copied in
/// stretches and never decoded.
pub fn fold_into(text: &str, out: &mut String, mut seen: impl FnMut(char)) {
    let mut rest = text;
    while !rest.is_empty() {
        let plain = unchanged(rest.as_bytes());
        let (copied, tail) = rest.split_at_checked(plain).unwrap_or((rest, ""));
        out.push_str(copied);
        let mut chars = tail.chars();
        if let Some(c) = chars.next() {
            seen(c);
            out.push(fold_char(c));
        }
        rest = chars.as_str();
    }
}

/// How many bytes at the start hold characters that fold to themselves: printing ASCII, and what
/// UTF-8 begins with E3 to E9, that is U+3000 to U+9FFF, but for the blank U+3000 and 《》.
fn unchanged(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    loop {
        rest = match rest {
            [0xe4..=0xe9, _, _, tail @ ..] | [0x20..=0x7e, tail @ ..] => tail,
            [0xe3, 0x80, 0x80 | 0x8a | 0x8b, ..] => break,
            [0xe3, _, _, tail @ ..] => tail,
            _ => break,
        };
    }
    bytes.len().saturating_sub(rest.len())
}

/// The shadow without blanks at either end, and how many characters stood before it.
#[must_use]
pub fn fold_trimmed(text: &str) -> (usize, String) {
    let folded = fold(text);
    let body = folded.trim_start_matches(' ');
    let indent = folded.len().saturating_sub(body.len());
    (indent, body.trim_end_matches(' ').to_owned())
}

/// The shadow without any blank: for comparing words.
#[must_use]
pub fn squeeze(text: &str) -> String {
    text.chars().map(fold_char).filter(|c| *c != ' ').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copying_in_stretches_folds_every_character_as_one_by_one() {
        let all: String = ('\0'..='\u{ffff}')
            .chain('\u{1f000}'..='\u{20010}')
            .collect();
        let one_by_one: String = all.chars().map(fold_char).collect();
        assert!(fold(&all) == one_by_one);
    }
}
