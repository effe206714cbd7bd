//! A later last day: `/office/c/{slug}/window`, the form, and the last look before it is done.

use super::frame::{Frame, Place};
use crate::web::field::{Field, FieldError, summary};
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// The form, with what was done before.
#[derive(Template)]
#[template(path = "office/window.html")]
pub struct WindowPage {
    pub lang: Lang,
    pub layout: Layout,
    pub frame: Frame,
    pub place: Place,
    pub now: Days,
    /// The earliest day that can be chosen, as `2025-06-29`.
    pub earliest: String,
    pub closes_on: Field,
    pub reason: Field,
    /// Why it cannot be extended any more; the form is left out then.
    pub refused: Option<String>,
    /// The oldest first.
    pub changes: Vec<Change>,
}

/// A window in words.
#[derive(Clone, Debug)]
pub struct Days {
    /// First and last day with the weekday.
    pub opens: String,
    pub closes: String,
    /// Counted with both ends.
    pub count: i64,
}

/// A window that was extended.
#[derive(Clone, Debug)]
pub struct Change {
    pub was: String,
    pub is: String,
    pub reason: String,
    /// When and by whom: `2025-06-20 09:05，周青禾`.
    pub decided: String,
}

impl WindowPage {
    fn errors(&self) -> Vec<FieldError> {
        summary(&[("closes_on", &self.closes_on), ("reason", &self.reason)])
    }
}

/// Before and after, and the question whether to do it.
#[derive(Template)]
#[template(path = "office/window_check.html")]
pub struct WindowCheck {
    pub lang: Lang,
    pub layout: Layout,
    pub frame: Frame,
    pub place: Place,
    pub before: Days,
    pub after: Days,
    pub reason: String,
    /// The fields that are sent on: the last day seen, the new one, the reason.
    pub fields: Vec<(&'static str, String)>,
    /// What came after the old end and lies in the new window, as a sentence; empty when it has not
    /// ended yet.
    pub gap: String,
}
