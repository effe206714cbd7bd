//! Looking up what became of a comment, by its receipt number and the contact left with it.

use crate::web::field::{Field, FieldError, summary};
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// `GET /r`; the same page again when nothing fits (404) or a field is malformed (422); and in the
/// place of every page of a receipt for which no good pass came (200, after a post 403).
#[derive(Template)]
#[template(path = "public/lookup.html")]
pub struct LookupPage {
    pub lang: Lang,
    pub layout: Layout,
    /// The receipt number as it was typed.
    pub number: Field,
    /// Telephone, e-mail or name as it was typed.
    pub contact: Field,
    /// Both are well formed, but do not belong together, or to nothing: not said which.
    pub not_found: bool,
    /// Something was sent with a pass that is over.
    pub expired: bool,
    /// What was sent then, given back.
    pub kept: Option<String>,
}

impl LookupPage {
    fn errors(&self) -> Vec<FieldError> {
        summary(&[("number", &self.number), ("contact", &self.contact)])
    }
}
