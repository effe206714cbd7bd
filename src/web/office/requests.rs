//! Requests about personal data: `/office/requests`, and one of them.

use super::frame::Frame;
use super::parts::Link;
use super::remark::Sender;
use crate::intake::form::FormField;
use crate::web::field::{Field, FieldError, summary};
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// The work list: those that wait, the oldest first, then the latest that were dealt with.
#[derive(Template)]
#[template(path = "office/requests.html")]
pub struct Requests {
    pub lang: Lang,
    pub layout: Layout,
    pub frame: Frame,
    pub waiting: Vec<Row>,
    pub done: Vec<Row>,
}

/// One request in the list.
#[derive(Clone, Debug)]
pub struct Row {
    pub href: String,
    /// What is asked, in words.
    pub what: String,
    /// The draft's title.
    pub about: String,
    /// `2025年6月10日 09:12`
    pub asked: String,
    /// How long it waits, in words; or who dealt with it and when.
    pub stands: String,
}

/// One request, with what is needed to deal with it. The form posts `csrf`, `answer`, `act`
/// (`do` or `only-answer`), and for a correction the fields of the sender.
#[derive(Template)]
#[template(path = "office/request.html")]
pub struct Request {
    pub lang: Lang,
    pub layout: Layout,
    pub frame: Frame,
    /// `copy`, `correct` or `erase`.
    pub code: &'static str,
    /// The same in words.
    pub what: String,
    pub about: String,
    pub receipt: String,
    pub asked: String,
    /// What the person wrote; empty when nothing.
    pub note: String,
    pub sender: Sender,
    /// Whether an answer can be mailed.
    pub has_email: bool,
    /// The remarks of the submission in the queue.
    pub remarks: Vec<Link>,
    pub action: String,
    /// Where the copy is made.
    pub copy: String,
    pub back: String,
    /// Who dealt with it and when; `None` while it waits.
    pub done: Option<String>,
    pub answer: Field,
    pub correction: Correction,
}

/// The fields of a correction.
#[derive(Clone, Debug, Default)]
pub struct Correction {
    /// `person` or `organisation`; kept as it is.
    pub kind: String,
    pub name: Field,
    pub organisation: Field,
    pub phone: Field,
    pub email: Field,
    pub address: Field,
}

impl Correction {
    /// Each field with its name in the form.
    pub fn fields(&mut self) -> [(FormField, &mut Field); 5] {
        [
            (FormField::Name, &mut self.name),
            (FormField::Organisation, &mut self.organisation),
            (FormField::Phone, &mut self.phone),
            (FormField::Email, &mut self.email),
            (FormField::Address, &mut self.address),
        ]
    }
}

impl Request {
    /// The lines of the summary.
    #[must_use]
    pub fn errors(&self) -> Vec<FieldError> {
        let own = &self.correction;
        summary(&[
            ("name", &own.name),
            ("organisation", &own.organisation),
            ("phone", &own.phone),
            ("email", &own.email),
            ("address", &own.address),
            ("answer", &self.answer),
        ])
    }
}
