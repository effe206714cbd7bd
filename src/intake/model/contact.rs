//! Contact details found in a letter: what its labels say, then its signature, then the name its
//! sender goes by (a claim: a QQ nickname is not a name). Quoted text is never looked at: the
//! office's own telephone stands there.

use super::contact_label::{Field, labelled};
use super::contact_name::{is_courtesy, is_latin_name, is_none_word, squeeze_name};
use super::contact_scan::{emails_in, phones_in, without_identity_numbers};
use super::email::Email;
use super::person::{looks_like_organisation, looks_like_person, parse_name};
use super::phone::{Phone, PhoneKind};
use serde::Serialize;

/// Lines at the end that may hold an unlabelled signature.
const CLOSING_LINES: usize = 7;

/// How many lines at either end of the sender's words are searched.
const END_LINES: usize = 1000;

/// Where to look. The quoted text of a letter is deliberately not among it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Source<'a> {
    /// The sender's own words.
    pub words: &'a str,
    /// What was elided as a signature.
    pub signature: &'a str,
    /// The display name of the sender, as it stands in From.
    pub from_name: &'a str,
}

/// The office's own details, which are never the sender's.
#[derive(Clone, Debug, Default)]
pub struct Office {
    /// In any form [`Phone::parse`] understands.
    pub phones: Vec<String>,
    pub emails: Vec<String>,
}

/// Where a detail stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stood {
    /// Beside a label such as 联系电话.
    Label,
    /// In the closing lines or the signature.
    Signature,
    /// In the running text.
    Text,
    /// The display name in From: a claim.
    From,
}

/// One detail as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// `name`, `organisation`, `address`, `phone` or `email`.
    pub what: &'static str,
    pub stood: Stood,
    /// The characters of the letter, unchanged.
    pub raw: String,
}

/// What was found, best guess first. Everything is a guess that the office confirms.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Contact {
    pub name: Option<String>,
    pub organisation: Option<String>,
    pub address: Option<String>,
    pub phones: Vec<Phone>,
    pub emails: Vec<Email>,
    pub evidence: Vec<Evidence>,
}

impl Contact {
    /// True when there is no way to reach the sender but the address the letter came from.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        self.phones.is_empty() && self.emails.is_empty()
    }

    /// Reads the contact details out of a letter.
    #[must_use]
    pub fn find(source: Source<'_>, office: &Office) -> Self {
        let mut found = Finder {
            contact: Self::default(),
            office,
        };
        let words = both_ends(source.words);
        for line in words.iter().copied().chain(source.signature.lines()) {
            found.labels(line);
        }
        for line in closing_lines(source.words)
            .into_iter()
            .chain(source.signature.lines())
        {
            found.closing_line(line);
        }
        for line in words {
            found.running_text(line);
        }
        found.claimed(source.from_name);
        found.contact
    }
}

/// The lines worth looking at: all of a letter, both ends of a book.
fn both_ends(words: &str) -> Vec<&str> {
    let lines: Vec<&str> = words.lines().collect();
    let (first, rest) = lines.split_at(lines.len().min(END_LINES));
    let last = rest.iter().skip(rest.len().saturating_sub(END_LINES));
    first.iter().chain(last).copied().collect()
}

fn closing_lines(words: &str) -> Vec<&str> {
    let full = words.lines().filter(|line| !line.trim().is_empty());
    let mut last: Vec<&str> = full.rev().take(CLOSING_LINES).collect();
    last.reverse();
    last
}

struct Finder<'a> {
    contact: Contact,
    office: &'a Office,
}

impl Finder<'_> {
    fn labels(&mut self, line: &str) {
        for (field, value) in labelled(line) {
            match field {
                Field::Name => self.name(&value, Stood::Label),
                Field::Organisation => self.organisation(&value, Stood::Label),
                Field::Address => self.address(&value),
                Field::Phone => self.phones(&value, Stood::Label, true),
                Field::Email => self.emails(&value, Stood::Label),
                Field::Other => {}
            }
        }
    }

    /// A name or an organisation alone on one of the last lines, and landlines beside it.
    fn closing_line(&mut self, line: &str) {
        let line = line.trim();
        if !labelled(line).is_empty() {
            return;
        }
        self.phones(&without_identity_numbers(line), Stood::Signature, false);
        self.emails(line, Stood::Signature);
        let words: Vec<&str> = line
            .split([' ', '\u{3000}', '，', ',', '|', '\t', '\u{a0}', '/'])
            .filter(|word| !word.is_empty())
            .collect();
        if words.len() > 5 {
            return;
        }
        if words.len() == 2 && words.iter().all(|word| word.chars().count() == 1) {
            self.signed(&words.concat());
        }
        for word in words {
            self.signed(word);
        }
    }

    fn signed(&mut self, word: &str) {
        let bare = word.trim_start_matches(['—', '-', '–', '(', '（', '：', ':', '~']);
        let bare = bare.trim_end_matches([')', '）', '。', '.']);
        let bare = [
            "市民", "村民", "居民", "群众", "读者", "敬上", "谨上", "呈上",
        ]
        .iter()
        .fold(bare, |name, word| {
            name.trim_start_matches(word).trim_end_matches(word)
        })
        .trim_start_matches(['：', ':']);
        if looks_like_organisation(bare) {
            self.organisation(bare, Stood::Signature);
        } else if looks_like_person(bare) && !is_courtesy(bare) {
            self.name(bare, Stood::Signature);
        }
    }

    fn running_text(&mut self, line: &str) {
        self.phones(&without_identity_numbers(line), Stood::Text, false);
        self.emails(line, Stood::Text);
    }

    fn claimed(&mut self, name: &str) {
        let name = name.trim();
        if looks_like_organisation(name) {
            self.organisation(name, Stood::From);
        } else if looks_like_person(name) || is_latin_name(name) {
            self.name(name, Stood::From);
        }
    }

    fn name(&mut self, raw: &str, stood: Stood) {
        let bare = raw
            .trim()
            .trim_end_matches(['。', '；', ';', '，', ',', '、'])
            .trim();
        if looks_like_organisation(bare) && self.contact.organisation.is_none() {
            self.organisation(bare, stood);
            return;
        }
        let squeezed = squeeze_name(bare);
        if self.contact.name.is_none()
            && bare.chars().count() <= 30
            && let Ok(name) = parse_name(&squeezed)
        {
            self.contact.name = Some(name);
            self.note("name", stood, raw);
        }
    }

    fn organisation(&mut self, raw: &str, stood: Stood) {
        let bare = raw
            .trim()
            .trim_end_matches(['。', '；', ';', '，', ',', '、']);
        if self.contact.organisation.is_none()
            && !is_none_word(bare)
            && let Ok(name) = parse_name(bare)
        {
            self.contact.organisation = Some(name);
            self.note("organisation", stood, raw);
        }
    }

    fn address(&mut self, raw: &str) {
        let bare = raw
            .trim()
            .trim_end_matches(['。', '；', ';', '，', ',', '、']);
        if bare.contains('@') {
            self.emails(raw, Stood::Label);
        } else if self.contact.address.is_none() && !bare.is_empty() && !is_none_word(bare) {
            self.contact.address = Some(bare.to_owned());
            self.note("address", Stood::Label, raw);
        }
    }

    /// A number without area code counts only beside a label; a landline in the running text may
    /// be anybody's and counts only in the closing lines.
    fn phones(&mut self, text: &str, stood: Stood, labelled: bool) {
        for phone in phones_in(text) {
            let counts = match phone.kind {
                PhoneKind::Mobile => true,
                PhoneKind::Local => labelled,
                PhoneKind::Landline => labelled || stood == Stood::Signature,
                PhoneKind::Service | PhoneKind::Foreign => labelled,
            };
            let known = self
                .contact
                .phones
                .iter()
                .any(|have| have.normalised == phone.normalised);
            if counts && !known && !self.is_office_phone(&phone) {
                self.note("phone", stood, &phone.raw);
                self.contact.phones.push(phone);
            }
        }
        if labelled {
            self.emails(text, stood);
        }
    }

    fn emails(&mut self, text: &str, stood: Stood) {
        for email in emails_in(text) {
            let known = self
                .contact
                .emails
                .iter()
                .any(|have| have.same_as(email.as_str()));
            let office = self.office.emails.iter().any(|own| email.same_as(own));
            if !known && !office {
                self.note("email", stood, email.raw());
                self.contact.emails.push(email);
            }
        }
    }

    fn is_office_phone(&self, phone: &Phone) -> bool {
        let local = format!("-{}", phone.normalised);
        let own = self
            .office
            .phones
            .iter()
            .flat_map(|own| Phone::parse(own).ok().into_iter().chain(phones_in(own)));
        own.map(|own| own.normalised)
            .any(|own| own == phone.normalised || phone.is_local() && own.ends_with(&local))
    }

    fn note(&mut self, what: &'static str, stood: Stood, raw: &str) {
        self.contact.evidence.push(Evidence {
            what,
            stood,
            raw: raw.trim().to_owned(),
        });
    }
}
