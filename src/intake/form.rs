//! A form, the public's or the desk's, turned into a submission. Every fault is found at once and
//! named by its field, so that nobody has to send the form five times.

use super::model::email::Email;
use super::model::person::parse_name;
use super::model::phone::Phone;
use super::model::submission::{
    Channel, NewRemark, NewSubmission, ReceivedBasis, Sender, SenderKind, check_text,
};
use crate::error::{Error, Result};
use crate::words::{Both, Lang};
use jiff::Timestamp;

/// A form as it came, field by field, not yet looked at.
#[derive(Clone, Debug, Default)]
pub struct RawForm {
    /// Anchor of a section; empty for the whole draft.
    pub section: String,
    pub text: String,
    /// `person` or `organisation`.
    pub sender_kind: String,
    pub name: String,
    pub organisation: String,
    pub phone: String,
    pub email: String,
    pub address: String,
    /// `yes` when given.
    pub consent: String,
    /// The language of the page that the form stood on.
    pub lang: Lang,
}

/// The fields of [`RawForm`], to name a fault by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FormField {
    Section,
    Text,
    SenderKind,
    Name,
    Organisation,
    Phone,
    Email,
    Address,
    Consent,
}

/// What is wrong with a form: at least one field with its message.
#[derive(Clone, Debug, Default)]
pub struct Faults(Vec<(FormField, Both)>);

impl Faults {
    /// Adds a fault.
    pub fn add(&mut self, field: FormField, message: Both) {
        self.0.push((field, message));
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first message for a field.
    #[must_use]
    pub fn of(&self, field: FormField) -> Option<&Both> {
        self.0
            .iter()
            .find(|(at, _)| *at == field)
            .map(|(_, message)| message)
    }

    fn keep<T>(&mut self, field: FormField, answer: Result<T>) -> Option<T> {
        match answer {
            Ok(value) => Some(value),
            Err(error) => {
                self.add(field, error.both().clone());
                None
            }
        }
    }
}

/// Who fills the form in, and so what is asked of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rules {
    /// The public: a name, a way to reach the sender, and consent.
    Public,
    /// Staff for somebody who called, wrote or came: what is not known may stay empty.
    Desk,
}

/// Checks a form.
///
/// # Errors
/// Every fault with its field.
pub fn read(
    raw: &RawForm,
    rules: Rules,
    channel: Channel,
    basis: ReceivedBasis,
    received_at: Timestamp,
) -> std::result::Result<NewSubmission, Faults> {
    let mut faults = Faults::default();
    let text = faults.keep(FormField::Text, check_text(&raw.text));
    let sender = sender(raw, rules, &mut faults);
    let consented = raw.consent == "yes";
    if rules == Rules::Public && !consented {
        faults.add(
            FormField::Consent,
            Both::new(
                "请勾选同意，我们才能保存您的意见和联系方式",
                "Tick the box so that we may keep your comment and contact details",
            ),
        );
    }
    let anchor = Some(raw.section.trim()).filter(|anchor| !anchor.is_empty());
    match text {
        Some(text) if faults.is_empty() => Ok(NewSubmission {
            channel,
            received_at,
            received_basis: basis,
            sent_at: None,
            same_as: same_as(raw, &text, &sender),
            sender,
            remarks: vec![NewRemark {
                anchor: anchor.map(str::to_owned),
                text,
                ..NewRemark::default()
            }],
            attachments: Vec::new(),
            consented,
            subject: None,
            elided: None,
            raw_sha256: None,
            lang: raw.lang,
        }),
        _ => Err(faults),
    }
}

/// The same person saying the same about the same section is the same submission: a double click,
/// a reload, the back button.
fn same_as(raw: &RawForm, text: &str, sender: &Sender) -> Vec<String> {
    let mut parts = vec![
        raw.section.trim().to_owned(),
        text.to_owned(),
        sender.full_name(),
    ];
    parts.extend(sender.phones.iter().cloned());
    parts.extend(sender.emails.iter().cloned());
    parts
}

fn sender(raw: &RawForm, rules: Rules, faults: &mut Faults) -> Sender {
    let kind = SenderKind::parse(raw.sender_kind.trim()).unwrap_or_else(|| {
        faults.add(
            FormField::SenderKind,
            Both::new("请选择个人或单位", "Choose person or organisation"),
        );
        SenderKind::Person
    });
    let optional = |typed: &str| !typed.trim().is_empty();
    let name_needed = rules == Rules::Public && kind == SenderKind::Person;
    let name = (name_needed || optional(&raw.name))
        .then(|| faults.keep(FormField::Name, parse_name(&raw.name)))
        .flatten();
    let body_needed = rules == Rules::Public && kind == SenderKind::Organisation;
    let organisation = (body_needed || optional(&raw.organisation))
        .then(|| faults.keep(FormField::Organisation, organisation(&raw.organisation)))
        .flatten();
    let phone = optional(&raw.phone)
        .then(|| faults.keep(FormField::Phone, Phone::parse(&raw.phone)))
        .flatten();
    let email = optional(&raw.email)
        .then(|| faults.keep(FormField::Email, Email::parse(&raw.email)))
        .flatten();
    if rules == Rules::Public && !optional(&raw.phone) && !optional(&raw.email) {
        faults.add(
            FormField::Phone,
            Both::new(
                "请至少填写电话或电子邮箱中的一项，方便我们与您联系",
                "Give a phone number or an e-mail address, so that we can reach you",
            ),
        );
    }
    let address = optional(&raw.address)
        .then(|| faults.keep(FormField::Address, address(&raw.address)))
        .flatten();
    Sender {
        kind,
        name,
        organisation,
        phones: phone.map(|phone| phone.shown()).into_iter().collect(),
        emails: email
            .map(|email| email.as_str().to_owned())
            .into_iter()
            .collect(),
        address,
    }
}

fn organisation(typed: &str) -> Result<String> {
    let name = typed.trim();
    if name.is_empty() {
        return Err(Error::invalid(
            "请填写单位名称",
            "Enter the organisation's name",
        ));
    }
    plain_line(name, 100).ok_or_else(|| {
        Error::invalid(
            "单位名称须在100个字以内，不含换行等控制字符",
            "An organisation's name has at most 100 characters and no control characters",
        )
    })
}

fn address(typed: &str) -> Result<String> {
    plain_line(typed.trim(), 200).ok_or_else(|| {
        Error::invalid(
            "地址须在200个字以内，不含换行等控制字符",
            "An address has at most 200 characters and no control characters",
        )
    })
}

/// A line of at most `most` characters without control characters or marks that reverse the
/// writing direction (Unicode UAX #9), which could make it look like another.
fn plain_line(text: &str, most: usize) -> Option<String> {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    (text.chars().count() <= most && !text.chars().any(hidden)).then(|| text.to_owned())
}
