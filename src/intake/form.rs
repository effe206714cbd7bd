//! A form, the public's or the desk's, turned into a submission. Every fault is found at once and
//! named by its field, so that nobody has to send the form five times.

mod faults;
mod remarks;
mod sender;

use super::model::submission::{
    Capacity, Channel, NewRemark, NewSubmission, ReceivedBasis, Sender,
};
use crate::documents::model::quote::TextQuote;
use crate::words::{Both, Lang};
pub use faults::{Faults, FormField};
use jiff::Timestamp;
pub use remarks::{MOST_REMARKS, RawRemark, read_remark};
pub use sender::read_sender;

/// A form as it came, field by field, not yet looked at.
#[derive(Clone, Debug, Default)]
pub struct RawForm {
    /// Opinions that were written down before, each looked at when it was.
    pub gathered: Vec<RawRemark>,
    /// Anchor of a section; empty for the whole draft.
    pub section: String,
    /// The version of the draft that was read; `None` for the published one.
    pub version: Option<i32>,
    pub quote: Option<TextQuote>,
    pub text: String,
    pub suggested: String,
    /// `person` or `organisation`.
    pub sender_kind: String,
    pub name: String,
    pub organisation: String,
    pub phone: String,
    pub email: String,
    pub address: String,
    /// 统一社会信用代码 of an organisation.
    pub credit_code: String,
    pub district: String,
    /// Code of a [`Capacity`]; empty when nothing was chosen.
    pub capacity: String,
    /// The language of the page it came from.
    pub lang: Lang,
    /// `yes` when given.
    pub consent: String,
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
    let remarks = remarks::remarks(raw, &mut faults);
    let sender = sender::sender(raw, rules, &mut faults);
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
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(NewSubmission {
        channel,
        received_at,
        received_basis: basis,
        sent_at: None,
        same_as: same_as(&remarks, &sender),
        sender,
        remarks,
        attachments: Vec::new(),
        uploads: Vec::new(),
        consented,
        subject: None,
        elided: None,
        raw_sha256: None,
        lang: raw.lang,
    })
}

/// The same person saying the same about the same section is the same submission: a double click,
/// a reload, the back button.
fn same_as(remarks: &[NewRemark], sender: &Sender) -> Vec<String> {
    let mut parts = Vec::with_capacity(remarks.len() * 4 + 3);
    for remark in remarks {
        let quoted = remark.quote.as_ref().map(|quote| quote.exact.clone());
        parts.extend([
            remark.anchor.clone().unwrap_or_default(),
            remark.text.clone(),
            quoted.unwrap_or_default(),
            remark.suggested.clone().unwrap_or_default(),
        ]);
    }
    let optional = |text: &Option<String>| text.clone().unwrap_or_default();
    parts.extend([
        sender.kind.code().to_owned(),
        sender.full_name(),
        optional(&sender.credit_code),
        optional(&sender.address),
        optional(&sender.district),
        sender.capacity.map_or("", Capacity::code).to_owned(),
    ]);
    parts.extend(sender.phones.iter().cloned());
    parts.extend(sender.emails.iter().cloned());
    parts
}
