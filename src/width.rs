//! The half-width shadow of a text: matching is done on the shadow, the source keeps its own
//! characters. One character maps to exactly one character, so positions counted in characters
//! are the same in both.

/// The half-width form of one character: U+FF01–U+FF5E to ASCII, every kind of blank to a space.
/// Chinese punctuation that has no ASCII twin (`。` `、` `“`) stays.
#[must_use]
pub fn half(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\t' => ' ',
        '﹕' | '︰' | '∶' => ':',
        '﹙' | '⦅' => '(',
        '﹚' | '⦆' => ')',
        _ => c,
    }
}

/// The half-width shadow of a whole text.
#[must_use]
pub fn half_width(text: &str) -> String {
    text.chars().map(half).collect()
}

/// Whether a character is a Chinese ideograph (the unified blocks and 〇).
#[must_use]
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{323af}' | '〇')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shadow_keeps_every_position() {
        let typed = "（０２２）　８２６２－８９１１：Ａ。";
        assert_eq!(half_width(typed), "(022) 8262-8911:A。");
        assert_eq!(half_width(typed).chars().count(), typed.chars().count());
        assert!(is_han('宝') && !is_han('A') && !is_han('，'));
    }
}
