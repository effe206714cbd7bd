//! What every format does to a text before it becomes a cell.

/// Excel keeps 32,767 UTF-16 units a cell; a little less leaves room for a guard in front.
pub const CELL_LIMIT: usize = 32_000;
/// How far back from the limit a sentence's end is looked for.
const LOOK_BACK: usize = 2_000;

/// The text as it can stand in XML and in a cell: line ends as LF; control characters, which XML 1.0
/// (section 2.2) forbids, as U+FFFD, so that one sees that something was there; bidirectional
/// controls that a line leaves open are closed on that line, so that they turn nothing around after it.
#[must_use]
pub fn clean(text: &str) -> String {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut cleaned = String::with_capacity(unified.len());
    let mut open = Vec::new();
    for c in unified.chars() {
        match c {
            '\n' => {
                cleaned.extend(open.drain(..).rev());
                cleaned.push(c);
            }
            '\t' => cleaned.push(c),
            _ if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => cleaned.push('\u{FFFD}'),
            _ => {
                follow_direction(&mut open, c);
                cleaned.push(c);
            }
        }
    }
    cleaned.extend(open.drain(..).rev());
    cleaned
}

/// Keeps the closers that are still owed (Unicode Standard Annex 9, section 2).
fn follow_direction(open: &mut Vec<char>, c: char) {
    match c {
        '\u{202A}' | '\u{202B}' | '\u{202D}' | '\u{202E}' => open.push('\u{202C}'),
        '\u{2066}'..='\u{2068}' => open.push('\u{2069}'),
        '\u{202C}' if open.last() == Some(&c) => {
            open.pop();
        }
        // Closing an isolate closes what was opened inside it.
        '\u{2069}' => {
            if let Some(at) = open.iter().rposition(|&closer| closer == c) {
                open.truncate(at);
            }
        }
        _ => {}
    }
}

/// Whether a spreadsheet might take the text for a formula (OWASP, CSV Injection): it begins with
/// one of = + - @, also full-width, after blanks and invisible characters, or with a tab or line end.
#[must_use]
pub fn looks_like_formula(text: &str) -> bool {
    text.starts_with(['\t', '\r', '\n'])
        || text
            .trim_start_matches(is_blank)
            .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{FFFD}')
}

/// The text in pieces of at most `limit` UTF-16 units, cut after a sentence where one ends nearby.
/// Joined, the pieces are the text; an empty text is one empty piece.
#[must_use]
pub fn pieces(text: &str, limit: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = cut(rest, limit) {
        let (piece, after) = rest.split_at(at);
        pieces.push(piece);
        rest = after;
    }
    pieces.push(rest);
    pieces
}

/// Where to cut, as a byte offset; None when all of it fits.
fn cut(text: &str, limit: usize) -> Option<usize> {
    let mut units = 0;
    let mut sentence = None;
    let mut last = None;
    for (at, c) in text.char_indices() {
        if units + c.len_utf16() > limit {
            return sentence.or(last).or(Some(at)).filter(|&at| at > 0);
        }
        units += c.len_utf16();
        let after = at + c.len_utf8();
        if units + LOOK_BACK > limit && matches!(c, '\n' | '。' | '！' | '？' | '；') {
            sentence = Some(after);
        }
        // Neither side of a joiner, nor before a mark that belongs to the character before it.
        if !joins(c)
            && !text
                .get(after..)
                .is_some_and(|rest| rest.starts_with(joins))
        {
            last = Some(after);
        }
    }
    None
}

fn joins(c: char) -> bool {
    matches!(c, '\u{200D}' | '\u{FE00}'..='\u{FE0F}' | '\u{0300}'..='\u{036F}' | '\u{1F3FB}'..='\u{1F3FF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_lose_nothing_and_keep_to_the_limit() {
        let family = "👨\u{200D}👩\u{200D}👧";
        for text in [
            "",
            "短",
            &"字".repeat(5000),
            &"一句话。".repeat(900),
            &family.repeat(400),
        ] {
            let cut = pieces(text, 1000);
            assert_eq!(cut.concat(), text);
            assert!(cut.iter().all(|piece| piece.encode_utf16().count() <= 1000));
            assert!(cut.iter().all(|piece| !piece.starts_with(joins)));
        }
        assert!(
            pieces(&"一句话。".repeat(900), 1000)
                .iter()
                .all(|piece| piece.ends_with('。'))
        );
    }

    #[test]
    fn formulas_are_seen_behind_blanks_and_in_full_width() {
        for text in [
            "=1",
            " +1",
            "\u{3000}－1",
            "\u{200B}@SUM(A1)",
            "\tx",
            "\rx",
            "＝1",
            "\u{FEFF}=1",
        ] {
            assert!(looks_like_formula(text), "{text:?}");
        }
        for text in ["", "一、=1", "—3", "2.1%", "a@example.org"] {
            assert!(!looks_like_formula(text), "{text:?}");
        }
    }

    #[test]
    fn an_open_direction_is_closed_on_its_line() {
        assert_eq!(clean("甲\u{202E}乙\n丙"), "甲\u{202E}乙\u{202C}\n丙");
        assert_eq!(
            clean("\u{2066}a\u{202E}b\u{2069}c"),
            "\u{2066}a\u{202E}b\u{2069}c"
        );
        assert_eq!(clean("a\0b\u{1b}c\r\nd\re"), "a\u{FFFD}b\u{FFFD}c\nd\ne");
    }
}
