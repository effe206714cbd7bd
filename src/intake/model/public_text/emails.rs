//! E-mail addresses, also with full-width signs, blanks round the @, and 。 for a dot.

use super::places::Places;
use crate::width::half;
use std::ops::Range;

/// Blanks on either side of the @ at most.
const MOST_BLANKS: usize = 2;
/// RFC 5321, 4.5.3.1.
const LONGEST_LOCAL: usize = 64;
const LONGEST_DOMAIN: usize = 253;

pub(super) fn find(chars: &[char], published: &[String], places: &mut Places) {
    for at in found(chars) {
        let plain = plain(chars, &at);
        if !published.iter().any(|own| own.eq_ignore_ascii_case(&plain)) {
            places.hide(at);
        }
    }
}

/// The addresses of a text, without what only the typing put into them.
pub(super) fn addresses(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    found(&chars).iter().map(|at| plain(&chars, at)).collect()
}

fn plain(chars: &[char], at: &Range<usize>) -> String {
    let written = chars.get(at.clone()).unwrap_or_default().iter();
    let dots = written.map(|&c| match half(c) {
        '。' => '.',
        '﹫' => '@',
        other => other,
    });
    dots.filter(|c| !c.is_whitespace()).collect()
}

fn found(chars: &[char]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, c) in chars.iter().enumerate() {
        if matches!(half(*c), '@' | '﹫')
            && let Some(place) = around(chars, at..at + 1)
        {
            found.push(place);
        }
        let word: String = chars
            .iter()
            .skip(at)
            .take(4)
            .map(|c| half(*c).to_ascii_lowercase())
            .collect();
        if matches!(word.as_str(), "(at)" | "[at]")
            && let Some(place) = around(chars, at..at + 4)
        {
            found.push(place);
        }
    }
    found
}

/// The address whose @ stands here.
fn around(chars: &[char], sign: Range<usize>) -> Option<Range<usize>> {
    let blank = |c: &&char| half(**c) == ' ';
    let left = chars.get(..sign.start)?.iter().rev();
    let blanks = left.clone().take(MOST_BLANKS).take_while(blank).count();
    let local = left
        .skip(blanks)
        .take(LONGEST_LOCAL)
        .take_while(|c| is_local(**c))
        .count();
    let right = chars.get(sign.end..)?;
    let skipped = right.iter().take(MOST_BLANKS).take_while(blank).count();
    let domain = domain(right.get(skipped..)?);
    let start = sign.start - blanks - local;
    (local > 0 && domain > 0).then(|| start..sign.end + skipped + domain)
}

fn is_local(c: char) -> bool {
    let c = half(c);
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '%' | '=')
}

/// How many characters the domain takes; none when there is none.
fn domain(chars: &[char]) -> usize {
    let in_name = |c: char| half(c).is_ascii_alphanumeric() || half(c) == '-';
    let label = |from: usize| {
        chars
            .iter()
            .skip(from)
            .take(LONGEST_DOMAIN)
            .take_while(|c| in_name(**c))
            .count()
    };
    let mut end = label(0);
    let mut top = 0..0;
    let mut dotted = false;
    // A 。 typed for a dot counts only while no real dot did: behind one it ends the sentence.
    let dot = |at: usize, dotted: bool| match chars.get(at).map(|c| half(*c)) {
        Some('.') => true,
        Some('。') => !dotted,
        _ => false,
    };
    while end > 0 && dot(end, dotted) {
        dotted |= chars.get(end).is_some_and(|c| half(*c) == '.');
        let next = label(end + 1);
        if next == 0 {
            break;
        }
        top = end + 1..end + 1 + next;
        end = top.end;
    }
    let letters = chars.get(top.clone()).unwrap_or_default().iter();
    let sound = top.len() >= 2 && letters.clone().all(|c| half(*c).is_ascii_alphabetic());
    if sound { end } else { 0 }
}
