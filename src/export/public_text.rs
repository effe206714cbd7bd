//! A sender sometimes writes the name and telephone into the opinion itself. Whatever the record
//! knows of the sender's own details is hidden in the public edition wherever it turns up, however it
//! is spaced. (个人信息保护法 Art. 6: no more than the purpose needs.)

use crate::export::model::Sender;

const HIDDEN: &str = "［已隐去］";
/// Shorter digit runs are amounts and dates more often than telephones.
const PHONE_DIGITS: usize = 7;
const ADDRESS_CHARS: usize = 6;

/// The text without the sender's own telephone numbers, e-mail addresses, address and full name.
#[must_use]
pub fn hide_own_details(text: &str, sender: &Sender) -> String {
    let mut shown = text.to_owned();
    for phone in &sender.phones {
        // After the whole number, its parts: people leave the area code out.
        let parts = phone.split(|c: char| !fold(c).is_ascii_digit());
        for digits in std::iter::once(national_number(phone)).chain(parts.map(str::to_owned)) {
            if digits.chars().count() >= PHONE_DIGITS {
                shown = replace(&shown, &digits, HIDDEN);
            }
        }
    }
    for email in &sender.emails {
        shown = replace(&shown, email, HIDDEN);
    }
    if let Some(address) = &sender.address
        && address.chars().count() >= ADDRESS_CHARS
    {
        shown = replace(&shown, address, HIDDEN);
    }
    if sender.full_name != sender.public_name && sender.full_name.chars().count() > 1 {
        shown = replace(&shown, &sender.full_name, &sender.public_name);
    }
    shown
}

/// The digits of a telephone number without the country code, so that 199… is found under +86 199….
fn national_number(phone: &str) -> String {
    let digits: String = phone
        .chars()
        .map(fold)
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

/// Replaces every place where the needle's significant characters follow one another.
fn replace(text: &str, needle: &str, with: &str) -> String {
    let needle: Vec<char> = needle
        .chars()
        .map(fold)
        .filter(|&c| !is_filler(c))
        .collect();
    if needle.is_empty() {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some(after) = strip(rest, &needle) {
            shown.push_str(with);
            rest = after;
        } else {
            shown.push(first);
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        }
    }
    shown
}

/// What follows the needle when the text begins with it.
fn strip<'a>(text: &'a str, needle: &[char]) -> Option<&'a str> {
    let mut wanted = needle.iter();
    let mut next = wanted.next()?;
    for (index, (at, c)) in text.char_indices().enumerate() {
        let folded = fold(c);
        if folded == *next {
            match wanted.next() {
                Some(following) => next = following,
                None => return text.get(at + c.len_utf8()..),
            }
        } else if index == 0 || !is_filler(folded) {
            return None;
        }
    }
    None
}

/// Half-width, lower case.
fn fold(c: char) -> char {
    let half = match u32::from(c) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    half.to_ascii_lowercase()
}

/// What people put between the characters of a number or a name.
fn is_filler(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '-' | '–' | '—' | '·' | '(' | ')' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::model::SenderKind;

    fn sender() -> Sender {
        Sender {
            kind: SenderKind::Person,
            public_name: "欧**".to_owned(),
            full_name: "欧阳试例".to_owned(),
            organisation: None,
            phones: vec!["+86 199-0000-1234".to_owned(), "0900-1234567".to_owned()],
            emails: vec!["Ou.Yang@example.org".to_owned()],
            address: None,
        }
    }

    #[test]
    fn own_details_are_found_however_they_are_written() {
        for (text, shown) in [
            ("电话１９９ ００００ １２３４。", "电话［已隐去］。"),
            ("请致电（0900）1234567", "请致电（［已隐去］"),
            ("致电1234567或0900 1234567", "致电［已隐去］或［已隐去］"),
            ("ou.yang@EXAMPLE.org，谢谢", "［已隐去］，谢谢"),
            ("建议人：欧阳 试例", "建议人：欧**"),
            ("第1234条、19900001235", "第1234条、19900001235"),
        ] {
            assert_eq!(hide_own_details(text, &sender()), shown);
        }
    }
}
