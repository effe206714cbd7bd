//! Changing one's own password: `/office/password`.

use super::frame::Frame;
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// The page with the form. It posts `csrf`, `current`, `new`, `again` and `next`.
#[derive(Template)]
#[template(path = "office/password.html")]
pub struct PasswordPage {
    pub lang: Lang,
    pub layout: Layout,
    pub frame: Frame,
    /// For the browser's store of passwords.
    pub login: String,
    /// Where the person wanted to go; empty for the desk.
    pub next: String,
    /// Whether nothing else opens before it is changed.
    pub must_change: bool,
    pub fault: Option<Fault>,
}

/// What is wrong with what was typed, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub words: String,
    pub field: Field,
}

/// Where the fault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Current,
    New,
    /// In no field.
    Neither,
}

impl PasswordPage {
    /// Whether a field is at fault.
    #[must_use]
    pub fn is_wrong(&self, field: Field) -> bool {
        self.fault
            .as_ref()
            .is_some_and(|fault| fault.field == field)
    }
}
