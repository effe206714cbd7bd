//! Looking up what became of a comment, by its receipt number.

use crate::web::field::{Field, FieldError, summary};
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// `GET /r`, and the same page again when the number was not found (404) or malformed (422).
#[derive(Template)]
#[template(path = "public/lookup.html")]
pub struct LookupPage {
    pub lang: Lang,
    pub layout: Layout,
    /// The receipt number as it was typed.
    pub number: Field,
    /// The number is well formed, but nothing is kept under it.
    pub not_found: bool,
}

impl LookupPage {
    fn errors(&self) -> Vec<FieldError> {
        summary(&[("number", &self.number)])
    }
}
