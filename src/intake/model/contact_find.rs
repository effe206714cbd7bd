//! The rules by which words of a letter become contact details.

use super::closing::{is_closing, is_reach_of, is_signed};
use super::contact::{Contact, Evidence, Office, Stood};
use super::contact_label::{Field, labelled};
use super::contact_name::{bare_name, introduced, is_latin_name, is_none_word, squeeze_name};
use super::contact_scan::{emails_in, phones_in};
use super::contact_whose::is_somebody_elses;
use super::email::Email;
use super::person::{looks_like_organisation, looks_like_person, parse_name};
use super::phone::{Phone, PhoneKind};
use super::span::{Here, Part, Span};

/// A letter's closing lines are at most so many.
const LONGEST_TAIL: usize = 14;
/// So many lines among them may be of an unknown sort (a post, a slogan, an address).
const MOST_UNKNOWN: usize = 2;

/// Marks that end a value and do not belong to it.
const ENDS: [char; 6] = ['。', '；', ';', '，', ',', '、'];

pub(super) struct Finder<'a> {
    pub contact: Contact,
    office: &'a Office,
}

impl<'a> Finder<'a> {
    pub(super) fn new(office: &'a Office) -> Self {
        Self {
            contact: Contact::default(),
            office,
        }
    }

    pub(super) fn labels(&mut self, here: &Here<'_>) {
        for (field, value) in labelled(here.line) {
            match field {
                Field::Name => self.name(here, &value, Stood::Label),
                Field::Organisation => self.organisation(here, &value, Stood::Label),
                Field::Address => self.address(here, &value),
                Field::Phone => {
                    self.phones(here, &phones_in(&value), Stood::Label, true);
                    self.emails(here, &value, Stood::Label);
                    self.name_beside(here, &value);
                }
                Field::Email => self.emails(here, &value, Stood::Label),
                Field::Private | Field::Other => {}
            }
        }
    }

    /// `联系方式：张三 19900001234`: a name before the number.
    fn name_beside(&mut self, here: &Here<'_>, value: &str) {
        let first = value
            .split([' ', '\u{3000}', '，', ',', '、', '/', '（', '('])
            .next()
            .unwrap_or_default();
        if looks_like_person(first) {
            self.name(here, first, Stood::Label);
        }
    }

    /// 我叫张三, 本人李四，…: a name somebody introduces himself with.
    pub(super) fn introduction(&mut self, here: &Here<'_>) {
        if let Some(name) = introduced(here.line) {
            self.name(here, &name, Stood::Label);
        }
    }

    /// The closing lines of a text: names, organisations and landlines that stand alone there.
    pub(super) fn tail(&mut self, lines: &[Here<'_>]) {
        let full: Vec<&Here<'_>> = lines
            .iter()
            .filter(|here| !here.line.trim().is_empty())
            .collect();
        let mut first = full.len();
        let mut unknown = 0;
        for (at, here) in full.iter().enumerate().rev().take(LONGEST_TAIL) {
            if is_closing(here.line) {
                first = at;
                unknown = 0;
            } else if unknown < MOST_UNKNOWN && is_short(here.line) {
                unknown += 1;
            } else {
                break;
            }
        }
        self.courtesy_inside(full.get(first.saturating_sub(1)..).unwrap_or_default());
        // A letter of one word is that word, not a name.
        for here in full.iter().skip(first.max(1)) {
            if is_signed_line(here) {
                self.signature_line(here);
            } else if is_closing(here.line) {
                self.ways(here);
            }
        }
    }

    /// `…。此致 敬礼！ 李四 2025年6月1日`: all on the last line of the words.
    fn courtesy_inside(&mut self, last: &[&Here<'_>]) {
        for here in last {
            if let Some((before, after)) = here.line.rsplit_once("敬礼") {
                let at = here.at + before.chars().count() + 2;
                let signs: &[char] = &['!', '！', '。', ' ', '\u{3000}'];
                let name = after.trim_start_matches(signs);
                let skipped = after.chars().count() - name.chars().count();
                self.signature_line(&Here::new(here.part, here.file, name, at + skipped));
            }
        }
    }

    /// One line of a signature.
    pub(super) fn signature_line(&mut self, here: &Here<'_>) {
        let line = here.line.trim();
        if !labelled(line).is_empty() {
            return;
        }
        self.ways(here);
        if is_latin_name(line) {
            self.name(here, line, Stood::Signature);
            return;
        }
        let words: Vec<&str> = line
            .split([' ', '\u{3000}', '，', ',', '|', '\t', '\u{a0}', '/'])
            .filter(|word| !word.is_empty())
            .collect();
        if words.len() > 5 || looks_like_organisation(line) {
            self.signed(here, line);
            return;
        }
        if words.len() == 2 && words.iter().all(|word| word.chars().count() == 1) {
            self.signed(here, &words.concat());
        }
        for word in words {
            self.signed(here, word);
        }
    }

    fn ways(&mut self, here: &Here<'_>) {
        if here.part == Part::Signature || is_reach_of(here.line, here.phones()) {
            self.phones(here, here.phones(), Stood::Signature, false);
            self.emails(here, here.line, Stood::Signature);
        }
    }

    fn signed(&mut self, here: &Here<'_>, word: &str) {
        let bare = bare_name(word);
        if looks_like_organisation(bare) {
            self.organisation(here, bare, Stood::Signature);
        } else if looks_like_person(bare) {
            self.name(here, bare, Stood::Signature);
        }
    }

    pub(super) fn running_text(&mut self, here: &Here<'_>) {
        self.phones(here, here.phones(), Stood::Text, false);
        self.emails(here, here.line, Stood::Text);
    }

    pub(super) fn claimed(&mut self, name: &str) {
        let here = Here::new(Part::From, None, name, 0);
        let name = name.trim();
        if looks_like_organisation(name) {
            self.organisation(&here, name, Stood::From);
        } else if looks_like_person(name) || is_latin_name(name) {
            self.name(&here, name, Stood::From);
        }
    }

    fn name(&mut self, here: &Here<'_>, raw: &str, stood: Stood) {
        let bare = raw.trim().trim_end_matches(ENDS).trim();
        if looks_like_organisation(bare) && self.contact.organisation.is_none() {
            self.organisation(here, bare, stood);
            return;
        }
        let squeezed = squeeze_name(bare);
        let fits = bare.chars().count() <= 30 && !is_none_word(bare);
        let fits = fits && squeezed.chars().any(char::is_alphabetic);
        if self.contact.name.is_none()
            && fits
            && let Ok(name) = parse_name(&squeezed)
        {
            self.contact.name = Some(name);
            self.note("name", stood, here.find(bare));
        }
    }

    fn organisation(&mut self, here: &Here<'_>, raw: &str, stood: Stood) {
        let bare = raw.trim().trim_end_matches(ENDS);
        if self.contact.organisation.is_none()
            && !is_none_word(bare)
            && let Ok(name) = parse_name(bare)
        {
            self.contact.organisation = Some(name);
            self.note("organisation", stood, here.find(bare));
        }
    }

    fn address(&mut self, here: &Here<'_>, raw: &str) {
        let bare = raw.trim().trim_end_matches(ENDS);
        if bare.contains('@') {
            self.emails(here, raw, Stood::Label);
        } else if self.contact.address.is_none() && !bare.is_empty() && !is_none_word(bare) {
            self.contact.address = Some(bare.to_owned());
            self.note("address", Stood::Label, here.find(bare));
        }
    }

    /// A number without area code counts only beside a label; a landline in the running text may
    /// be anybody's and counts only in the closing lines; one that the words around it give to the
    /// office never does.
    fn phones(&mut self, here: &Here<'_>, found: &[Phone], stood: Stood, labelled: bool) {
        for phone in found {
            let counts = match phone.kind {
                PhoneKind::Mobile => true,
                PhoneKind::Local => labelled,
                PhoneKind::Landline => labelled || stood == Stood::Signature,
                PhoneKind::Service | PhoneKind::Foreign => labelled || stood == Stood::Signature,
            };
            let known = self
                .contact
                .phones
                .iter()
                .any(|have| have.normalised == phone.normalised);
            if counts
                && !known
                && !self.is_office_phone(phone)
                && !is_somebody_elses(here.line, &phone.raw, stood == Stood::Label)
            {
                self.note("phone", stood, here.find(&phone.raw));
                self.contact.phones.push(phone.clone());
            }
        }
    }

    fn emails(&mut self, here: &Here<'_>, text: &str, stood: Stood) {
        for email in emails_in(text) {
            let known = self
                .contact
                .emails
                .iter()
                .any(|have| have.same_as(email.as_str()));
            let theirs =
                |own: &String| Email::parse(own).is_ok_and(|own| own.same_as(email.as_str()));
            if !known
                && !self.office.emails.iter().any(theirs)
                && !is_somebody_elses(here.line, email.raw(), stood == Stood::Label)
            {
                self.note("email", stood, here.find(email.raw()));
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

    fn note(&mut self, what: &'static str, stood: Stood, (span, raw): (Span, String)) {
        self.contact.evidence.push(Evidence {
            what,
            stood,
            raw,
            span,
        });
    }
}

/// A closing line that is a name, an organisation or both, or a way to reach somebody.
fn is_signed_line(here: &Here<'_>) -> bool {
    let text = crate::width::half_width(here.line);
    is_signed(text.trim())
        || is_reach_of(here.line, here.phones())
        || is_latin_name(here.line.trim())
}

/// A line that may stand between closing lines: it says no sentence.
fn is_short(line: &str) -> bool {
    line.trim().chars().count() <= 30
        && !line.contains(['。', '！', '？', '；', '：', '!', '?', ';'])
        && !["建议", "应", "希望", "意见", "第"]
            .iter()
            .any(|word| line.contains(word))
}
