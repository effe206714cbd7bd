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
        '\u{2000}'..='\u{200f}' | '\u{202f}' | '\u{205f}' | '\u{2060}' | '\u{feff}' => ' ',
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
    text.chars().map(fold_char).collect()
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
