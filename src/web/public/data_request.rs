//! Asking about one's personal data.

use crate::web::field::{Field, FieldError, summary};
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// `/r/{number}/requests`: the form posts `k`, `kind` and `text`.
#[derive(Template)]
#[template(path = "public/data_request.html")]
pub struct DataRequestPage {
    pub lang: Lang,
    pub layout: Layout,
    pub number: String,
    /// The draft's title.
    pub title: String,
    /// Who holds the data.
    pub office: String,
    /// The receipt.
    pub back: String,
    pub action: String,
    /// The pass.
    pub k: String,
    /// Whether an answer can be mailed.
    pub has_email: bool,
    /// Whether the contact details are erased already.
    pub is_erased: bool,
    pub kind: Field,
    pub note: Field,
    /// What was asked before.
    pub asked: Vec<AskedRow>,
}

/// One earlier request.
#[derive(Clone, Debug)]
pub struct AskedRow {
    pub what: String,
    pub asked: String,
    /// When it was dealt with.
    pub done: Option<String>,
    pub answer: Option<String>,
}

impl DataRequestPage {
    fn errors(&self) -> Vec<FieldError> {
        summary(&[("kind-copy", &self.kind), ("text", &self.note)])
    }
}
