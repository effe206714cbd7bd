//! Subjects of letters.

use crate::width::half_width;

/// What mail programs put in front of a subject, in the languages they speak.
const PREFIXES: [&str; 16] = [
    "re", "fw", "fwd", "回复", "答复", "回覆", "答覆", "转发", "轉寄", "转", "回", "aw", "wg",
    "sv", "vs", "tr",
];

/// A subject without what mail programs put in front (`Re:`, `回复：`, `转发:`, `Re[2]:`), and without
/// blanks, so that a thread's subjects are the same.
pub(in crate::intake) fn bare_subject(subject: &str) -> String {
    let flat = half_width(subject).to_lowercase();
    let mut rest = flat.trim();
    while let Some((first, behind)) = rest.split_once(':') {
        let counted = first.trim_end_matches(|c: char| c.is_ascii_digit() || "[]()".contains(c));
        if !PREFIXES.contains(&counted.trim()) {
            break;
        }
        rest = behind.trim_start();
    }
    rest.split_whitespace().collect()
}

#[cfg(test)]
mod tests {
    use super::bare_subject;

    #[test]
    fn a_threads_subjects_are_the_same() {
        for subject in [
            "对方案的意见",
            "Re: 对方案的意见",
            "回复：回复: 对方案的意见",
            "RE[2]: 对方案的意见 ",
            "转发:对方案的 意见",
        ] {
            assert_eq!(bare_subject(subject), "对方案的意见", "{subject}");
        }
        assert_eq!(bare_subject("建议:加装扶手"), "建议:加装扶手");
        assert_eq!(bare_subject(""), "");
    }
}
