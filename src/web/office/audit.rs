//! Who did what: `/office/c/{slug}/audit`, read only.

use super::frame::{Frame, Place};
use super::parts::{Choice, Link, Paging};
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// The record of one consultation, newest first.
#[derive(Template)]
#[template(path = "office/audit.html")]
pub struct Audit {
    pub lang: Lang,
    pub layout: Layout,
    pub frame: Frame,
    pub place: Place,
    /// Everyone who appears in the record; the filter sends `who` by GET.
    pub who: Vec<Choice>,
    /// `共214条记录，最近的在前`
    pub summary: String,
    pub rows: Vec<Row>,
    pub paging: Paging,
}

impl Audit {
    /// Whether one person is picked out.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        self.who
            .iter()
            .any(|choice| choice.selected && !choice.value.is_empty())
    }
}

/// One event.
#[derive(Clone, Debug)]
pub struct Row {
    /// `2025-06-12 10:20:07`
    pub when: String,
    pub who: String,
    pub what: String,
    /// What it was done to; `None` for events that have no page.
    pub subject: Option<Link>,
    /// From what to what, or any other note; empty when there is none.
    pub note: String,
}
