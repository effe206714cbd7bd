//! Who signed in and who changed accounts: `/office/accounts`, read only.

use super::frame::Frame;
use super::parts::{Choice, Paging};
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// The events that belong to no consultation, newest first.
#[derive(Template)]
#[template(path = "office/accounts.html")]
pub struct Accounts {
    pub lang: Lang,
    pub layout: Layout,
    pub frame: Frame,
    /// Everyone who appears in the record; the filter sends `who` by GET.
    pub who: Vec<Choice>,
    pub rows: Vec<Row>,
    pub paging: Paging,
}

impl Accounts {
    /// Whether one person is picked out.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        let mut choices = self.who.iter();
        choices.any(|choice| choice.selected && !choice.value.is_empty())
    }
}

/// One event.
#[derive(Clone, Debug)]
pub struct Row {
    /// `2025-06-12 10:20:07`
    pub when: String,
    pub who: String,
    pub what: String,
    /// Whose account it is about; empty for none.
    pub login: String,
    /// The address it came from; empty when it is not known.
    pub address: String,
}
