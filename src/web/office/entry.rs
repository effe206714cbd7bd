//! Entering what came by phone, letter or visit: `/office/c/{slug}/submissions/new`.

use super::frame::{Frame, Place};
use super::parts::Choice;
use crate::web::field::{Field, FieldError, summary};
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// The form for one submission taken by hand. It posts to `/office/c/{slug}/submissions`.
#[derive(Template)]
#[template(path = "office/entry.html")]
pub struct Entry {
    pub lang: Lang,
    pub layout: Layout,
    pub frame: Frame,
    pub place: Place,
    pub fields: Fields,
    /// The places of the draft; the first entry is the whole draft.
    pub sections: Vec<Choice>,
    pub section_error: Option<String>,
    /// One key for one opening of the form (hidden field `once`), so that a double click
    /// registers once.
    pub once: String,
}

/// The fields by the names the form posts; `section` is in [`Entry::sections`].
#[derive(Clone, Debug, Default)]
pub struct Fields {
    /// `phone`, `letter` or `visit`; empty before a choice.
    pub channel: Field,
    /// The day it came, `2025-06-10`.
    pub received_on: Field,
    /// The time of that day in Beijing, `09:30`; may stay empty.
    pub received_at: Field,
    pub text: Field,
    /// `person` or `organisation`.
    pub sender_kind: Field,
    pub name: Field,
    pub organisation: Field,
    pub phone: Field,
    pub email: Field,
    pub address: Field,
}

impl Entry {
    /// The lines of the summary, in the order of the fields on the page.
    #[must_use]
    pub fn errors(&self) -> Vec<FieldError> {
        let section = Field {
            value: String::new(),
            error: self.section_error.clone(),
        };
        let fields = &self.fields;
        summary(&[
            ("channel-phone", &fields.channel),
            ("received_on", &fields.received_on),
            ("received_at", &fields.received_at),
            ("section", &section),
            ("text", &fields.text),
            ("sender_kind-person", &fields.sender_kind),
            ("name", &fields.name),
            ("organisation", &fields.organisation),
            ("phone", &fields.phone),
            ("email", &fields.email),
            ("address", &fields.address),
        ])
    }
}
