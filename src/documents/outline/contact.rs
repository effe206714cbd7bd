//! Reads where and how opinions are to be sent.

use super::lines::Line;
use crate::documents::model::Contact;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Person,
    Phone,
    PersonAndPhone,
    Email,
    Address,
    Fax,
    Postcode,
}

/// What stands before a colon; the longer before the shorter that it begins with.
const KEYS: [(&str, Field); 32] = [
    ("联系人及联系电话", Field::PersonAndPhone),
    ("联系人及联系方式", Field::PersonAndPhone),
    ("联系人及电话", Field::PersonAndPhone),
    ("联系人和电话", Field::PersonAndPhone),
    ("联系人", Field::Person),
    ("收件人", Field::Person),
    ("联系电话", Field::Phone),
    ("咨询电话", Field::Phone),
    ("办公电话", Field::Phone),
    ("反馈电话", Field::Phone),
    ("联系方式", Field::Phone),
    ("电话传真", Field::Phone),
    ("电话", Field::Phone),
    ("电子邮箱地址", Field::Email),
    ("电子邮件地址", Field::Email),
    ("电子邮箱", Field::Email),
    ("电子邮件", Field::Email),
    ("电子信箱", Field::Email),
    ("邮箱地址", Field::Email),
    ("邮箱", Field::Email),
    ("E-mail", Field::Email),
    ("Email", Field::Email),
    ("通讯地址", Field::Address),
    ("通信地址", Field::Address),
    ("联系地址", Field::Address),
    ("邮寄地址", Field::Address),
    ("地址", Field::Address),
    ("信函", Field::Address),
    ("来信", Field::Address),
    ("传真", Field::Fax),
    ("邮政编码", Field::Postcode),
    ("邮编", Field::Postcode),
];

/// No key is printed longer, blanks between its characters counted.
const LONGEST_KEY: usize = 30;

/// The contact point of a notice. The first value of each kind counts.
pub(super) fn of(lines: &[Line]) -> Contact {
    let mut contact = Contact::default();
    for line in lines {
        for (field, start, end) in values(&line.shadow) {
            let folded = line.shadow.get(start..end).unwrap_or_default();
            set(&mut contact, field, folded, || {
                let ends = [',', '，', '、', '(', '（', ';', '；'];
                line.printed(start, end)
                    .trim()
                    .trim_end_matches(ends)
                    .to_owned()
            });
        }
    }
    if contact.email.is_none() {
        contact.email = lines.iter().find_map(|line| email_in(&line.shadow));
    }
    contact
}

/// Keeps a value where none is known yet; `printed` is asked for only when it is kept.
fn set(contact: &mut Contact, field: Field, folded: &str, printed: impl Fn() -> String) {
    let folded = folded.trim_matches([' ', '、', '.', ',']);
    let folded = if folded.contains('(') {
        folded
    } else {
        folded.trim_end_matches(')')
    };
    if folded.is_empty() {
        return;
    }
    let digits = folded.chars().filter(char::is_ascii_digit).count();
    let keep = |slot: &mut Option<String>, value: &str, sound: bool| {
        if slot.is_none() && sound && !value.is_empty() {
            *slot = Some(value.to_owned());
        }
    };
    match field {
        Field::Person => contact.person = contact.person.take().or_else(|| Some(printed())),
        Field::Address => contact.address = contact.address.take().or_else(|| Some(printed())),
        Field::Phone => keep(&mut contact.phone, folded, digits >= 5),
        Field::Fax => keep(&mut contact.fax, folded, digits >= 5),
        Field::Postcode => keep(&mut contact.postcode, folded, digits == 6),
        Field::Email => keep(
            &mut contact.email,
            &email_in(folded).unwrap_or_default(),
            true,
        ),
        Field::PersonAndPhone => {
            let split = folded
                .find(|c: char| c.is_ascii_digit())
                .unwrap_or(folded.len());
            let (person, phone) = folded.split_at_checked(split).unwrap_or((folded, ""));
            keep(
                &mut contact.person,
                person.trim_matches([' ', ',', '、', '(']),
                true,
            );
            keep(
                &mut contact.phone,
                phone.trim_matches([' ', ')']),
                digits >= 5,
            );
        }
    }
}

/// The `key: value` pairs of a folded line; the value's place in bytes.
fn values(line: &str) -> Vec<(Field, usize, usize)> {
    let mut keys: Vec<(Field, usize, usize)> = Vec::new();
    let mut start = 0_usize;
    for (colon, _) in line.match_indices(':') {
        let before = line.get(start..colon).unwrap_or_default();
        let near = before
            .char_indices()
            .rev()
            .nth(LONGEST_KEY)
            .map_or(start, |(index, _)| start.saturating_add(index));
        let first = line.get(near..colon).unwrap_or_default().char_indices();
        let key = first
            .map(|(index, _)| near.saturating_add(index))
            .find_map(|at| {
                let (field, length) = key_at(line.get(at..)?)?;
                Some((field, at, at.saturating_add(length)))
            });
        keys.extend(key);
        start = colon.saturating_add(1);
    }
    let ends = keys
        .iter()
        .skip(1)
        .map(|(_, key, _)| *key)
        .chain([line.len()]);
    keys.iter()
        .zip(ends)
        .map(|((field, _, value), end)| {
            let words = line.get(*value..end).unwrap_or_default();
            let stop = match field {
                Field::Address | Field::PersonAndPhone => words.find([';', '。']),
                // What a bracket adds to a number, such as one for text messages, belongs to it.
                Field::Phone => outside_brackets(words, [';', '。', ',']),
                _ => words.find([';', '。', ',']),
            };
            (
                *field,
                *value,
                value.saturating_add(stop.unwrap_or(words.len())),
            )
        })
        .collect()
}

/// Where the first of these marks stands that no bracket encloses.
fn outside_brackets(words: &str, marks: [char; 3]) -> Option<usize> {
    let mut depth = 0_u32;
    words.char_indices().find_map(|(at, c)| {
        match c {
            '(' => depth = depth.saturating_add(1),
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        (depth == 0 && marks.contains(&c)).then_some(at)
    })
}

/// A key with its colon at the start of a text, blanks inside it allowed: its length in bytes.
fn key_at(text: &str) -> Option<(Field, usize)> {
    KEYS.iter().find_map(|(key, field)| {
        let mut rest = text;
        for c in key.chars() {
            rest = rest.trim_start_matches(' ').strip_prefix(c)?;
        }
        let rest = rest.trim_start_matches(' ').strip_prefix(':')?;
        (!text.starts_with(' ')).then_some((*field, text.len().saturating_sub(rest.len())))
    })
}

/// Whether a line is one of contact data.
pub(super) fn opens_with_key(line: &str) -> bool {
    key_at(line).is_some()
}

fn email_in(text: &str) -> Option<String> {
    let at = text.find('@')?;
    let (before, after) = text.split_at_checked(at)?;
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
    let user = before
        .rsplit(|c: char| !allowed(c))
        .next()?
        .trim_start_matches('.');
    let domain = after
        .strip_prefix('@')?
        .split(|c: char| !allowed(c))
        .next()?;
    let domain = domain.trim_end_matches(['.', '-']);
    (!user.is_empty() && domain.contains('.')).then(|| format!("{user}@{domain}"))
}
