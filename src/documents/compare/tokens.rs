//! Text cut into what a reader takes for one thing: a word, a number with its unit, a date, the
//! number of an article, a title in 《》, a Latin word.
//!
//! Chinese words come from the dictionary segmenter of ICU4X; what it would cut apart is found
//! here first. Pieces put together again are the text, character for character.

use super::quantity::{is_digit, is_numeral, quantity, spelled};
use icu_segmenter::WordSegmenter;

/// A title in 《》 longer than this (in characters) is compared word by word like other text.
const TITLE: usize = 40;

/// What an ordinal with 第 may count.
const COUNTED: [char; 12] = [
    '条', '款', '项', '编', '章', '节', '届', '次', '号', '批', '期', '类',
];

/// The words of a text.
pub(super) fn words(text: &str) -> Vec<&str> {
    let segmenter = WordSegmenter::new_dictionary(Default::default());
    let mut words = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let plain = plain_length(rest);
        let (before, after) = split(rest, plain);
        let mut last = 0;
        for end in segmenter.segment_str(before).skip(1) {
            words.extend(before.get(last..end));
            last = end;
        }
        let special = special_length(after);
        let (token, after) = split(after, special);
        if !token.is_empty() {
            words.push(token);
        }
        rest = after;
    }
    words
}

/// Bytes at the front and at the back of a text in which no number, date or title stands: where it
/// may be cut between any two characters.
pub(super) fn plain_ends(text: &str) -> (usize, usize) {
    let front = plain_length(text);
    let mut rest = split(text, front).1;
    let mut back = text.len();
    while !rest.is_empty() {
        let after = split(rest, special_length(rest)).1;
        back = after.len();
        rest = split(after, plain_length(after)).1;
    }
    (front, back)
}

/// The sentences and lines of a text, each with the mark or break that ends it.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    text.split_inclusive(['。', '；', '！', '？', ';', '\n'])
        .collect()
}

pub(super) fn split(text: &str, at: usize) -> (&str, &str) {
    text.split_at_checked(at).unwrap_or((text, ""))
}

/// Bytes before the next special token.
fn plain_length(text: &str) -> usize {
    let mut after_latin = false;
    for (at, c) in text.char_indices() {
        let starts =
            matches!(c, '《' | '第') || is_digit(c) || is_numeral(c) || c.is_ascii_alphabetic();
        if starts && !after_latin && special_length(split(text, at).1) > 0 {
            return at;
        }
        after_latin = c.is_ascii_alphanumeric();
    }
    text.len()
}

/// Bytes of the special token that the text begins with; 0 when it begins with none.
fn special_length(text: &str) -> usize {
    match text.chars().next() {
        Some('《') => title(text),
        Some('第') => ordinal(text),
        Some(c) if is_digit(c) => quantity(text),
        Some(c) if is_numeral(c) => spelled(text),
        Some(c) if c.is_ascii_alphabetic() => latin(text),
        _ => 0,
    }
}

fn title(text: &str) -> usize {
    let ends = |(_, c): &(usize, char)| matches!(c, '》' | '\n');
    match text.char_indices().take(TITLE).find(ends) {
        Some((at, c)) if c == '》' => at.saturating_add(c.len_utf8()),
        _ => 0,
    }
}

/// 第十二条, 第3款.
fn ordinal(text: &str) -> usize {
    let number = |c: &char| is_digit(*c) || is_numeral(*c);
    let mut length = '第'.len_utf8();
    let mut chars = text.chars().skip(1).peekable();
    let mut counts = false;
    while let Some(c) = chars.next_if(number) {
        length = length.saturating_add(c.len_utf8());
        counts = true;
    }
    match chars.next() {
        Some(c) if counts && COUNTED.contains(&c) => length.saturating_add(c.len_utf8()),
        _ => 0,
    }
}

/// A Latin word with what is joined to it: `PM2.5`, `GB/T`, `e-mail`.
fn latin(text: &str) -> usize {
    let mut length = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next_goes_on = chars
            .peek()
            .is_some_and(|(_, next)| next.is_ascii_alphanumeric());
        let joins = matches!(c, '.' | '-' | '/' | '@' | '_') && next_goes_on;
        if c.is_ascii_alphanumeric() || joins {
            length = at.saturating_add(1);
        } else {
            break;
        }
    }
    length
}

#[cfg(test)]
mod tests {
    use super::words;

    fn cut(text: &str) -> Vec<&str> {
        let words = words(text);
        assert_eq!(words.concat(), text);
        words
    }

    #[test]
    fn what_a_reader_takes_for_one_thing_is_one_word() {
        for (text, one) in [
            ("自2026年1月1日起施行", "2026年1月1日"),
            ("于2026年3月底前", "2026年3月"),
            ("占比30.5%以上", "30.5%"),
            ("新增1,200个车位", "1,200个"),
            ("绿地面积１２．５万亩", "１２．５万亩"),
            (
                "依据《松涧区绿道管理办法(试行)》",
                "《松涧区绿道管理办法(试行)》",
            ),
            ("见第十二条规定", "第十二条"),
            ("PM2.5浓度下降", "PM2.5"),
            ("执行GB/T标准", "GB/T"),
            ("自取得之日起三十日内", "三十日"),
            ("推进养老服务", "养老"),
        ] {
            let words = cut(text);
            assert!(words.contains(&one), "{text}: {words:?}");
        }
    }

    #[test]
    fn open_marks_and_bare_numbers_lose_nothing() {
        for text in [
            "《没有合上",
            "第",
            "第三",
            "3",
            "3.",
            "a-",
            "1.2.",
            "",
            "\n\n",
            "《\n》",
            "2年2年",
        ] {
            cut(text);
        }
    }
}
