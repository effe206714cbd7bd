//! A mail's place among others (RFC 5322, 3.6.4): programs show what belongs together as one
//! conversation. The numbers that stand here came in letters, so they are looked at closely.

use super::clean::line;

/// Most numbers in one mail; of more, the first and the last ones are kept.
const MOST: usize = 20;

/// The longest number, in bytes: one fits on a line whatever stands before it.
const LONGEST: usize = 250;

/// Most of the other side's subject, in characters.
const SUBJECT: usize = 80;

/// What begins the subject of an answer, in the words of the programs people use.
const ANSWERS: [&str; 9] = [
    "re:",
    "re：",
    "回复:",
    "回复：",
    "答复:",
    "答复：",
    "回覆:",
    "回覆：",
    "aw:",
];

/// The numbers of the mails that one comes after, the nearest last, without those that are none: a
/// number is letters, digits and signs of ASCII in angle brackets, so that it can neither end its
/// line nor reach into the next field.
#[must_use]
pub(super) fn chain(ids: &[String]) -> Vec<String> {
    let mut known: Vec<String> = Vec::new();
    for id in ids.iter().filter_map(|id| number(id)) {
        // One that stands twice counts where it stands last.
        known.retain(|other| *other != id);
        known.push(id);
    }
    let over = known.len().saturating_sub(MOST);
    if over > 0 {
        known.drain(1..=over);
    }
    known
}

fn number(text: &str) -> Option<String> {
    let bare = text.trim();
    let inner = bare.strip_prefix('<').unwrap_or(bare);
    let inner = inner.strip_suffix('>').unwrap_or(inner);
    let is_plain = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | ',' | ';');
    let fits = !inner.is_empty() && inner.len() <= LONGEST && inner.chars().all(is_plain);
    fits.then(|| format!("<{inner}>"))
}

/// The subject of an answer to somebody's letter: theirs, and the receipt number at the end, which
/// stays whole however long theirs is. `None` when they gave none.
#[must_use]
pub fn answer_to(theirs: &str, receipt: &str) -> Option<String> {
    let plain = line(theirs, 10 * SUBJECT);
    let mut bare = plain.as_str();
    while let Some(rest) = without_answer(bare) {
        bare = rest;
    }
    // A letter that answers ours has the number at its end already.
    let mark = format!("[{receipt}]");
    let bare = bare.trim_end().trim_end_matches(&mark);
    let bare = line(bare, SUBJECT);
    (!bare.is_empty()).then(|| format!("Re: {bare} {mark}"))
}

fn without_answer(subject: &str) -> Option<&str> {
    let subject = subject.trim_start();
    let mark = ANSWERS.iter().find(|mark| {
        let start = subject.get(..mark.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(mark))
    })?;
    subject.get(mark.len()..)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    fn cleaned(ids: &[&str]) -> Vec<String> {
        let ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
        chain(&ids)
    }

    #[test]
    fn what_is_no_number_is_left_out() {
        let long = format!("<{}@example.com>", "a".repeat(300));
        for hostile in [
            "",
            "<>",
            " ",
            "a b@example.com",
            "<a@example.com>\r\nBcc: b@example.com",
            "<a>\n",
            &long,
            "<a@b> <c@d>",
            "<甲@example.com>",
            "<a\0b@example.com>",
            "<a@b>,<c@d>",
            "<a\u{85}b>",
        ] {
            let left = cleaned(&[hostile]);
            assert!(left.is_empty() || left == ["<a>"], "{hostile:?}: {left:?}");
        }
        assert_eq!(
            cleaned(&[" <a@example.com> ", "b@example.com", "<a@example.com>"]),
            ["<b@example.com>", "<a@example.com>"]
        );
    }

    #[test]
    fn of_many_the_first_and_the_last_are_kept() {
        let ids: Vec<String> = (0..50).map(|n| format!("<{n}@example.com>")).collect();
        let kept = chain(&ids);
        assert_eq!(kept.len(), MOST);
        assert_eq!(
            (kept[0].as_str(), kept[1].as_str()),
            ("<0@example.com>", "<31@example.com>")
        );
        assert_eq!(kept.last().unwrap(), "<49@example.com>");
        assert_eq!(chain(&ids[..MOST]), ids[..MOST]);
        assert_eq!(chain(&ids[..=MOST]).len(), MOST);
    }

    #[test]
    fn an_answer_has_their_subject_and_the_receipt() {
        for (theirs, ours) in [
            ("关于楼道的意见", "Re: 关于楼道的意见 [7K2M]"),
            (
                "回复：Re: RE：关于楼道的意见 [7K2M]",
                "Re: 关于楼道的意见 [7K2M]",
            ),
            (
                "Report on the chargers",
                "Re: Report on the chargers [7K2M]",
            ),
            (
                "甲\r\nBcc: b@example.com",
                "Re: 甲 Bcc: b@example.com [7K2M]",
            ),
        ] {
            assert_eq!(answer_to(theirs, "7K2M").as_deref(), Some(ours));
        }
        for nothing in ["", " \r\n", "Re: ", "回复：[7K2M]"] {
            assert_eq!(answer_to(nothing, "7K2M"), None, "{nothing:?}");
        }
        let long = answer_to(&"长".repeat(5_000_000), "7K2M").unwrap();
        assert!(
            long.ends_with("… [7K2M]") && long.chars().count() < 100,
            "{long}"
        );
    }
}
