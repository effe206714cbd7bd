//! What the office states about a new consultation.

use super::steps::Steps;
use crate::web::field::{Field, FieldError, summary};
use crate::web::layout::Layout;
use crate::web::office::frame::Frame;
use crate::words::Lang;
use askama::Template;

/// `GET /office/imports/{id}/facts`.
#[derive(Template)]
#[template(path = "office/imports/facts.html")]
pub struct FactsPage {
    pub lang: Lang,
    pub layout: Layout,
    pub frame: Frame,
    pub steps: Steps,
    pub open: bool,
    pub revision: i32,
    /// The fields by the names of the form, in its order.
    pub fields: FactsFields,
    /// The words of the notice that the window was read from, with their line.
    pub window_words: Option<(String, usize)>,
}

/// The fields by the names the form posts.
#[derive(Clone, Debug, Default)]
pub struct FactsFields {
    pub title: Field,
    pub draft_title: Field,
    pub issuer: Field,
    pub issued_on: Field,
    pub opens_on: Field,
    pub closes_on: Field,
    pub short_reason: Field,
    pub person: Field,
    pub phone: Field,
    pub email: Field,
    pub address: Field,
    pub channels: Field,
    pub slug: Field,
}

impl FactsFields {
    /// Each field with its name, in the order of the page.
    #[must_use]
    pub fn all(&self) -> [(&'static str, &Field); 13] {
        [
            ("title", &self.title),
            ("draft_title", &self.draft_title),
            ("issuer", &self.issuer),
            ("issued_on", &self.issued_on),
            ("opens_on", &self.opens_on),
            ("closes_on", &self.closes_on),
            ("short_reason", &self.short_reason),
            ("person", &self.person),
            ("phone", &self.phone),
            ("email", &self.email),
            ("address", &self.address),
            ("channels", &self.channels),
            ("slug", &self.slug),
        ]
    }

    /// The field of a name of the form.
    pub fn by_name(&mut self, name: &str) -> Option<&mut Field> {
        Some(match name {
            "title" => &mut self.title,
            "draft_title" => &mut self.draft_title,
            "issuer" => &mut self.issuer,
            "issued_on" => &mut self.issued_on,
            "opens_on" => &mut self.opens_on,
            "closes_on" => &mut self.closes_on,
            "short_reason" => &mut self.short_reason,
            "person" => &mut self.person,
            "phone" => &mut self.phone,
            "email" => &mut self.email,
            "address" => &mut self.address,
            "channels" => &mut self.channels,
            "slug" => &mut self.slug,
            _ => return None,
        })
    }
}

impl FactsPage {
    fn errors(&self) -> Vec<FieldError> {
        summary(&self.fields.all())
    }
}
