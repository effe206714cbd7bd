//! Numbers and addresses inside running text.

use super::email::Email;
use super::phone::Phone;
use crate::width::half;

/// Runs longer than this hold no telephone number (a run with separators and an extension is
/// under 30 characters).
const LONGEST_RUN: usize = 40;

/// The text with 15- and 18-digit identity numbers blanked out, so that the eleven digits inside
/// one are not taken for a mobile. Positions are kept.
#[must_use]
pub fn without_identity_numbers(text: &str) -> String {
    let mut run = 0;
    let long = text.chars().any(|c| {
        run = if half(c).is_ascii_digit() { run + 1 } else { 0 };
        run >= 15
    });
    if !long {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let mut kept = chars.clone();
    let mut at = 0;
    while at < chars.len() {
        let run = chars
            .iter()
            .skip(at)
            .take_while(|c| half(**c).is_ascii_digit())
            .count();
        let check = chars
            .get(at + run)
            .is_some_and(|c| matches!(half(*c), 'X' | 'x'));
        if matches!(run, 15 | 18 | 16 | 19) || run == 17 && check {
            for place in kept.iter_mut().skip(at).take(run + usize::from(run == 17)) {
                *place = ' ';
            }
        }
        at += run.max(1);
    }
    kept.into_iter().collect()
}

/// Whether seven digits are there, half- or full-width (U+FF10–19).
fn may_hold_digits(text: &str) -> bool {
    let mut count = 0;
    let mut rest = text.as_bytes();
    loop {
        rest = match rest {
            [b'0'..=b'9', tail @ ..] | [0xef, 0xbc, 0x90..=0x99, tail @ ..] => {
                count += 1;
                if count == 7 {
                    return true;
                }
                tail
            }
            [_, tail @ ..] => tail,
            [] => return false,
        };
    }
}

/// Every telephone number of a line, in order, each with the characters it was written in.
#[must_use]
pub fn phones_in(text: &str) -> Vec<Phone> {
    if !may_hold_digits(text) {
        return Vec::new();
    }
    let text = without_identity_numbers(text);
    runs(&text).iter().flat_map(|run| numbers_of(run)).collect()
}

/// Pieces that can be one number: digits, separators and extension words, up to anything else.
fn runs(text: &str) -> Vec<String> {
    let mut runs = Vec::new();
    let mut run = String::new();
    let mut glued = false;
    let mut previous = ' ';
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let shadow = half(c);
        let starts = shadow.is_ascii_digit() || matches!(shadow, '+' | '(');
        if run.is_empty() && starts {
            glued = previous.is_ascii_alphanumeric() || matches!(previous, '.' | '@' | '_');
        }
        let word = extension_word(&chars, at);
        if word > 0 && run.chars().any(|c| half(c).is_ascii_digit()) {
            run.extend(chars.iter().skip(at).take(word));
            at += word;
            previous = ' ';
            continue;
        }
        let separator = matches!(shadow, ' ' | '-' | ')' | '(' | '‐'..='―' | '−');
        if starts || separator && !run.is_empty() {
            run.push(c);
        } else {
            close(
                &mut runs,
                &mut run,
                glued || shadow == '@' || matches!(shadow, '%' | '亿' | '万' | '元'),
            );
        }
        previous = shadow;
        at += 1;
    }
    close(&mut runs, &mut run, glued);
    runs
}

fn close(runs: &mut Vec<String>, run: &mut String, spoilt: bool) {
    if !spoilt && run.chars().filter(|c| half(*c).is_ascii_digit()).count() >= 7 {
        runs.push(run.clone());
    }
    run.clear();
}

/// How many characters an extension word takes here; a digit must follow it.
fn extension_word(chars: &[char], at: usize) -> usize {
    let begins = chars.get(at).is_some_and(|c| {
        matches!(
            c,
            '转' | '轉' | '分' | '内' | '#' | 'e' | 'E' | 'ｅ' | 'Ｅ' | '＃'
        )
    });
    if !begins {
        return 0;
    }
    [
        "转",
        "轉",
        "分机",
        "分機",
        "转分机",
        "内线",
        "ext.",
        "ext",
        "#",
    ]
    .iter()
    .filter(|word| {
        word.chars().enumerate().all(|(i, w)| {
            chars
                .get(at + i)
                .is_some_and(|c| half(*c).to_ascii_lowercase() == w)
        })
    })
    .map(|word| word.chars().count())
    .filter(|length| {
        chars
            .iter()
            .skip(at + length)
            .find(|c| !matches!(half(**c), ' ' | ':' | '.'))
            .is_some_and(|c| half(*c).is_ascii_digit())
    })
    .max()
    .unwrap_or(0)
}

/// One run may be one number with blanks in it or several numbers with blanks between them: the
/// longest reading from the left wins.
fn numbers_of(run: &str) -> Vec<Phone> {
    let pieces: Vec<&str> = run
        .split([' ', '\u{3000}', '\u{a0}'])
        .filter(|piece| !piece.is_empty())
        .take(LONGEST_RUN)
        .collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        let longest = (1..=(pieces.len() - at).min(5)).rev().find_map(|count| {
            let group: Vec<&str> = pieces.iter().skip(at).take(count).copied().collect();
            let joined = group.join(" ");
            let whole =
                group.len() == count && joined.chars().count() <= LONGEST_RUN && is_sound(&joined);
            whole
                .then(|| Phone::parse(&joined).ok())
                .flatten()
                .map(|phone| (count, phone))
        });
        match longest {
            Some((count, phone)) => {
                found.push(phone);
                at += count;
            }
            None => at += 1,
        }
    }
    found
}

/// Two whole numbers side by side must not read as one with an extension, and dates are no phones.
fn is_sound(text: &str) -> bool {
    let shadow: String = text.chars().map(half).collect();
    let digits: Vec<&str> = shadow
        .split(|c: char| !c.is_ascii_digit())
        .filter(|group| !group.is_empty())
        .collect();
    let date = matches!(digits.as_slice(), [year, month, day] if year.len() == 4
        && (year.starts_with("19") || year.starts_with("20")) && month.len() <= 2 && day.len() <= 2);
    let compact_date = matches!(digits.as_slice(), [day] if day.len() == 8
        && (day.starts_with("19") || day.starts_with("20")) && !shadow.contains('-')
        && day.get(4..6).and_then(|month| month.parse::<u8>().ok()).is_some_and(|month| (1..=12).contains(&month)));
    !date && !compact_date
}

/// Every e-mail address of a line, in order.
#[must_use]
pub fn emails_in(text: &str) -> Vec<Email> {
    if !text.contains(['@', '＠', '﹫']) {
        return Vec::new();
    }
    let chars: Vec<char> = text.chars().take(100_000).collect();
    let mut found: Vec<Email> = Vec::new();
    for (at, _) in chars
        .iter()
        .enumerate()
        .filter(|(_, c)| matches!(**c, '@' | '＠' | '﹫'))
    {
        let local = chars
            .iter()
            .take(at)
            .rev()
            .take(64)
            .take_while(|c| is_address(**c, false))
            .count();
        let domain = domain_at(&chars, at + 1);
        let raw: String = chars
            .iter()
            .skip(at - local)
            .take(local + 1 + domain)
            .collect();
        if local > 0
            && let Ok(email) = Email::parse(raw.trim_start_matches(['.', '-']))
        {
            found.push(email);
        }
    }
    found
}

/// How many characters the domain takes: a `。` typed for a dot counts only while no real dot did.
fn domain_at(chars: &[char], start: usize) -> usize {
    let mut dotted = false;
    let tail = chars.iter().enumerate().skip(start).take(253);
    tail.take_while(|&(at, &c)| {
        dotted |= half(c) == '.';
        let stop = c == '。'
            && !dotted
            && chars
                .get(at + 1)
                .is_some_and(|next| half(*next).is_ascii_alphanumeric());
        is_address(c, true) || stop
    })
    .count()
}

fn is_address(c: char, domain: bool) -> bool {
    let shadow = half(c);
    shadow.is_ascii_alphanumeric()
        || matches!(shadow, '.' | '-' | '_')
        || !domain && matches!(shadow, '+' | '%' | '=')
}
