//! The beginning of a text, for lists.

/// Whether a cut between these two characters would go through a number or a word: `0.|8`, `1|200`.
#[must_use]
pub fn splits(before: char, after: char) -> bool {
    belongs(before) && belongs(after)
}

fn belongs(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(
            c,
            '.' | ',' | '%' | ':' | '/' | '@' | '-' | '０'..='９' | '．' | '％'
        )
}

/// At most `most` characters of a text and a `…` when there are more. Numbers and words stay whole
/// unless one of them alone is longer than half of that.
#[must_use]
pub fn shorten(text: &str, most: usize) -> String {
    let mut chars = text.chars();
    let mut kept: Vec<char> = chars.by_ref().take(most).collect();
    let Some(mut after) = chars.next() else {
        return text.to_owned();
    };
    let whole = kept.clone();
    while let Some(last) = kept.last().copied() {
        if !splits(last, after) {
            break;
        }
        after = last;
        kept.pop();
    }
    if kept.len() < most / 2 {
        kept = whole;
    }
    let kept: String = kept.into_iter().collect();
    let end: &[_] = &[' ', '，', '、', '；', '：'];
    format!("{}…", kept.trim_end_matches(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_not_cut() {
        for (text, most, shown) in [
            ("短", 1, "短"),
            ("甲乙丙", 2, "甲乙…"),
            ("净宽不小于0.8米。", 7, "净宽不小于…"),
            ("净宽不小于0.8米。", 8, "净宽不小于0.8…"),
            ("总数为2,400户。", 6, "总数为…"),
            ("甲乙丙，丁", 4, "甲乙丙…"),
            ("寄到name@example.org好", 12, "寄到name@examp…"),
            ("甲乙丙丁戊己name@example.org", 12, "甲乙丙丁戊己…"),
        ] {
            assert_eq!(shorten(text, most), shown, "{text}");
        }
    }
}
