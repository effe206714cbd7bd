//! Adding to what was sent.

use crate::web::field::{Field, FieldError, summary};
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// `/r/{number}/supplement`: the form posts `k`, `on` and `text`.
#[derive(Template)]
#[template(path = "public/supplement.html")]
pub struct SupplementPage {
    pub lang: Lang,
    pub layout: Layout,
    pub number: String,
    /// The draft's title.
    pub title: String,
    /// The receipt.
    pub back: String,
    pub action: String,
    /// The pass.
    pub k: String,
    /// Where the sender has spoken already.
    pub places: Vec<Place>,
    pub on: Field,
    pub text: Field,
}

/// A section that can be chosen.
#[derive(Clone, Debug)]
pub struct Place {
    /// Identifier of a remark that is on it.
    pub value: String,
    /// Label and heading.
    pub name: String,
}

impl SupplementPage {
    fn errors(&self) -> Vec<FieldError> {
        summary(&[("on", &self.on), ("text", &self.text)])
    }
}
