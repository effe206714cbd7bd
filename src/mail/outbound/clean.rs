//! Text from outside, made fit to stand in a mail. A line end in a name must never end a header
//! line (header injection), and no character may turn the direction of writing.

use crate::shorten::shorten;

/// Characters that turn the direction of writing, and marks without width.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// One line of at most `most` characters: line ends, tabs and other control characters become one
/// blank, hidden characters go.
#[must_use]
pub(super) fn line(text: &str, most: usize) -> String {
    let seen: String = text.chars().filter(|c| !is_hidden(*c)).collect();
    let words = seen.split(|c: char| c.is_whitespace() || c.is_control());
    let plain = words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    if plain.chars().count() <= most {
        return plain;
    }
    shorten(&plain, most.saturating_sub(1))
}

/// Paragraphs: line ends stay, every other control character and hidden ones go.
#[must_use]
pub(super) fn text(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .map(|c| {
            if c == '\r' || c == '\u{2028}' || c == '\u{2029}' {
                '\n'
            } else {
                c
            }
        })
        .filter(|c| *c == '\n' || (!c.is_control() && !is_hidden(*c)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_stays_one_line_whatever_is_in_it() {
        for (dirty, clean) in [
            ("甲\r\nBcc: x@example.com", "甲 Bcc: x@example.com"),
            ("甲\n\n\n乙", "甲 乙"),
            ("a\0b\u{85}c\u{2028}d", "a b c d"),
            ("a\u{202e}b\u{200b}c\u{feff}", "abc"),
            ("  🏠 甲\t乙 ", "🏠 甲 乙"),
            ("", ""),
        ] {
            assert_eq!(line(dirty, 100), clean);
        }
        assert_eq!(
            line(&"长".repeat(5_000_000), 10),
            format!("{}…", "长".repeat(9))
        );
    }

    #[test]
    fn paragraphs_keep_their_line_ends_only() {
        assert_eq!(
            text("一\r\n二\r三\u{2028}四\0\u{202e}\u{7}"),
            "一\n二\n三\n四"
        );
    }
}
