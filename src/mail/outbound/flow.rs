//! Lines that any reader shows well: `format=flowed; delsp=yes` (RFC 3676). Readers that know it set
//! the paragraphs to their own width; the others show lines of 76 columns at most.

/// Columns of a line, a Chinese character being two.
const WIDTH: usize = 76;

/// Characters that begin no line, and those that end none.
const NOT_FIRST: &str = "，。、；：？！）】》〉」』”’…—％,.;:?!)]}%";
const NOT_LAST: &str = "（【《〈「『“‘([{";

/// Breaks paragraphs into flowed lines with CRLF ends.
#[must_use]
pub(super) fn flow(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for paragraph in text.split('\n') {
        for line in lines(paragraph.trim_end()) {
            // Space-stuffing (4.4): such a line would mean something else.
            if line.starts_with([' ', '>']) || line.starts_with("From ") {
                out.push(' ');
            }
            out.push_str(&line);
            out.push_str("\r\n");
        }
    }
    out
}

/// The lines of a paragraph; all but the last end in the blank that says it goes on.
fn lines(paragraph: &str) -> Vec<String> {
    let mut done = Vec::new();
    let mut line = String::new();
    let mut columns = 0;
    // The last place where the line may end, in bytes.
    let mut place: Option<usize> = None;
    let mut before: Option<char> = None;
    for c in paragraph.chars() {
        if before.is_some_and(|before| may_part(before, c)) {
            place = Some(line.len());
        }
        if columns + width(c) > WIDTH
            && let Some(at) = place.take()
        {
            let rest = line.split_off(at);
            line.push(' ');
            done.push(std::mem::replace(&mut line, rest));
            columns = line.chars().map(width).sum();
        }
        line.push(c);
        columns += width(c);
        before = Some(c);
    }
    done.push(line);
    done
}

fn may_part(before: char, after: char) -> bool {
    if before == ' ' {
        return after != ' ';
    }
    let wide = width(before) == 2 || width(after) == 2;
    wide && after != ' ' && !NOT_FIRST.contains(after) && !NOT_LAST.contains(before)
}

/// Hangul, Chinese, kana, full-width signs and pictures take two columns.
fn width(c: char) -> usize {
    if c >= '\u{1100}' { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_paragraphs_are_parted_and_come_together_again() {
        let chinese = "建议在每个单元门口张贴清理通知，写明日期、地点和联系电话；".repeat(9);
        let english = "We read each comment one by one and publish what became of it. ".repeat(9);
        let address = format!("网址是 https://example.org/{}，请保存。", "r".repeat(200));
        for text in [chinese.as_str(), english.trim_end(), &address] {
            let flowed = flow(text);
            let parts: Vec<&str> = flowed.trim_end_matches("\r\n").split("\r\n").collect();
            assert!(parts.len() > 1, "{flowed}");
            let (last, soft) = parts.split_last().unwrap_or((&"", &[]));
            let mut whole: String = soft
                .iter()
                .map(|line| line.strip_suffix(' ').unwrap_or("no soft end"))
                .collect();
            whole.push_str(last);
            assert_eq!(whole, text);
            for line in &parts {
                assert!(!line.starts_with(|c: char| NOT_FIRST.contains(c)), "{line}");
            }
        }
    }

    #[test]
    fn lines_that_would_mean_something_else_are_stuffed() {
        assert_eq!(
            flow("> a\nFrom b\n c\nd"),
            " > a\r\n From b\r\n  c\r\nd\r\n"
        );
    }
}
