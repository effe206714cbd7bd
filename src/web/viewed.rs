//! Noting who looked at what is sealed. Every page and file of the office that shows who a sender is,
//! what was sent as it was sent, or what was written to a sender calls one of these first.

use super::frame::Office;
use crate::audit::model::{Action, NewEvent};
use crate::audit::record;
use crate::error::Result;
use serde_json::{Value, json};
use std::sync::Arc;

/// What was looked at.
pub(super) struct Look<'a> {
    /// The consultation's identifier; empty for what belongs to none.
    pub(super) owner: &'a str,
    pub(super) action: Action,
    pub(super) subject: &'static str,
    pub(super) subject_id: &'a str,
}

/// Notes a look at a page: once for each person and thing in ten minutes.
///
/// # Errors
/// What the database reports; the page is not shown then.
pub(super) async fn viewed(office: &Office, look: Look<'_>) -> Result<()> {
    note(office, look, json!({}), false).await
}

/// Notes that something was taken out: each time.
///
/// # Errors
/// As [`viewed`].
pub(super) async fn taken(office: &Office, look: Look<'_>, detail: Value) -> Result<()> {
    note(office, look, detail, true).await
}

async fn note(office: &Office, look: Look<'_>, detail: Value, each: bool) -> Result<()> {
    let actor = office.signed_in.staff.actor();
    let clock = Arc::clone(&office.app.clock);
    let (owner, id) = (look.owner.to_owned(), look.subject_id.to_owned());
    let (action, subject) = (look.action, look.subject);
    let noted = office.app.database.write(move |db| {
        let event = NewEvent {
            consultation: &owner,
            action,
            subject,
            subject_id: &id,
            detail: detail.clone(),
        };
        match each {
            true => record::record(db, &actor, clock.now(), &event),
            false => record::viewed(db, &actor, clock.now(), &event),
        }
    });
    noted.await
}
