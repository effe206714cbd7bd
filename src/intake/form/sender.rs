//! Who sends a form.

use super::faults::{Faults, FormField};
use super::{RawForm, Rules};
use crate::error::{Error, Result};
use crate::intake::model::credit_code;
use crate::intake::model::email::Email;
use crate::intake::model::person::parse_name;
use crate::intake::model::phone::Phone;
use crate::intake::model::submission::{Capacity, Sender, SenderKind};
use crate::words::Both;

/// Checks who sends, by themselves.
///
/// # Errors
/// Every fault with its field.
pub fn read_sender(raw: &RawForm) -> std::result::Result<Sender, Faults> {
    let mut faults = Faults::default();
    let sender = sender(raw, Rules::Public, &mut faults);
    if faults.is_empty() {
        Ok(sender)
    } else {
        Err(faults)
    }
}

pub(super) fn sender(raw: &RawForm, rules: Rules, faults: &mut Faults) -> Sender {
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
    let credit_code = (kind == SenderKind::Organisation && optional(&raw.credit_code))
        .then(|| faults.keep(FormField::CreditCode, credit_code::parse(&raw.credit_code)))
        .flatten();
    let district = optional(&raw.district)
        .then(|| faults.keep(FormField::District, district(&raw.district)))
        .flatten();
    Sender {
        kind,
        name,
        organisation,
        credit_code,
        district,
        capacity: capacity(raw, faults),
        phones: phone.map(|phone| phone.shown()).into_iter().collect(),
        emails: email
            .map(|email| email.as_str().to_owned())
            .into_iter()
            .collect(),
        address,
    }
}

fn capacity(raw: &RawForm, faults: &mut Faults) -> Option<Capacity> {
    let code = raw.capacity.trim();
    let capacity = Capacity::parse(code);
    if capacity.is_none() && !code.is_empty() {
        faults.add(
            FormField::Capacity,
            Both::new(
                "请从列出的身份里选一个，或者不选",
                "Choose one of the capacities listed, or none",
            ),
        );
    }
    capacity
}

fn district(typed: &str) -> Result<String> {
    plain_line(typed.trim(), 60).ok_or_else(|| {
        Error::invalid(
            "所在区县须在60个字以内，不含换行等控制字符",
            "A district has at most 60 characters and no control characters",
        )
    })
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
