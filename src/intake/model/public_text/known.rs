//! What the record knows of the sender, however it is spaced and in whatever width.

use super::places::Places;
use crate::intake::model::contact::Office;
use crate::intake::model::person::mask_person;
use crate::intake::model::sender::Sender;
use crate::width::half;

/// Shorter digit runs are amounts and dates more often than telephones.
const PHONE_DIGITS: usize = 7;
const ADDRESS_CHARS: usize = 6;

/// Details of one sender, ready to be looked for.
#[derive(Clone, Debug)]
pub(super) struct Known {
    /// Folded; nothing of it is shown.
    hidden: Vec<Vec<char>>,
    /// Folded, and the masked form.
    names: Vec<(Vec<char>, String)>,
}

impl Known {
    pub(super) fn of(sender: &Sender, published: &Office) -> Self {
        let own: Vec<String> = published.phones.iter().map(|p| national(p)).collect();
        let mut hidden: Vec<String> = Vec::new();
        for phone in &sender.phones {
            let whole = national(phone);
            if own.contains(&whole) {
                continue;
            }
            // After the whole number, its parts: people leave the area code out.
            hidden.push(whole);
            let parts = phone.split(|c: char| !half(c).is_ascii_digit());
            hidden.extend(
                parts
                    .filter(|part| !own.iter().any(|o| o.ends_with(part)))
                    .map(str::to_owned),
            );
        }
        hidden.retain(|digits| digits.chars().count() >= PHONE_DIGITS);
        let theirs = |one: &&String| {
            published
                .emails
                .iter()
                .any(|own| own.eq_ignore_ascii_case(one))
        };
        hidden.extend(sender.emails.iter().filter(|one| !theirs(one)).cloned());
        let address = sender.address.iter();
        hidden.extend(
            address
                .filter(|text| text.chars().count() >= ADDRESS_CHARS)
                .cloned(),
        );
        let names = sender
            .name
            .iter()
            .filter(|name| name.trim().chars().count() > 1)
            .map(|name| (folded(name), mask_person(name)));
        Self {
            hidden: hidden.iter().map(|one| folded(one)).collect(),
            names: names.collect(),
        }
    }

    pub(super) fn find(&self, chars: &[char], places: &mut Places) {
        for needle in &self.hidden {
            each(chars, needle, char::is_whitespace, |at| places.hide(at));
        }
        for (needle, shown) in &self.names {
            // A name does not go on in the next line: 找小张↵三、… is none.
            let blank = |c: char| c.is_whitespace() && c != '\n';
            each(chars, needle, blank, |at| places.rename(at, shown.clone()));
        }
    }
}

/// Every place where the needle's characters follow one another.
fn each(
    chars: &[char],
    needle: &[char],
    blank: fn(char) -> bool,
    mut take: impl FnMut(std::ops::Range<usize>),
) {
    let mut at = 0;
    while at < chars.len() && !needle.is_empty() {
        match end_of(chars, at, needle, blank) {
            Some(end) => {
                take(at..end);
                at = end;
            }
            None => at += 1,
        }
    }
}

/// Where the needle ends when it stands here.
fn end_of(chars: &[char], at: usize, needle: &[char], blank: fn(char) -> bool) -> Option<usize> {
    let word = |c: Option<&char>| c.is_some_and(|c| half(*c).is_ascii_alphabetic());
    let latin = |c: Option<&char>| c.is_some_and(char::is_ascii_alphabetic);
    // Li Na is not in Carolina.
    if latin(needle.first()) && at > 0 && word(chars.get(at - 1)) {
        return None;
    }
    let mut wanted = needle.iter();
    let mut next = wanted.next()?;
    for (place, &c) in chars.iter().enumerate().skip(at) {
        if fold(c) == *next {
            match wanted.next() {
                Some(following) => next = following,
                None if latin(needle.last()) && word(chars.get(place + 1)) => return None,
                None => return Some(place + 1),
            }
        } else if place == at || !(blank(c) || is_filler(c)) {
            return None;
        }
    }
    None
}

fn folded(text: &str) -> Vec<char> {
    let kept = text
        .chars()
        .filter(|&c| !(c.is_whitespace() || is_filler(c)));
    kept.map(fold).collect()
}

/// Half-width, lower case.
fn fold(c: char) -> char {
    half(c).to_ascii_lowercase()
}

/// What people put between the characters of a number or a name, blanks aside.
fn is_filler(c: char) -> bool {
    matches!(
        half(c),
        '-' | '–' | '—' | '·' | '(' | ')' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}'
    )
}

/// The digits of a telephone number without the country code, so that 199… is found under +86 199….
pub(super) fn national(phone: &str) -> String {
    let digits: String = phone
        .chars()
        .map(half)
        .filter(char::is_ascii_digit)
        .collect();
    let international = phone.trim_start().starts_with(['+', '＋']);
    let rest = match digits.strip_prefix("0086") {
        Some(rest) => Some(rest),
        None if international => digits.strip_prefix("86"),
        None => None,
    };
    rest.unwrap_or(&digits).to_owned()
}
