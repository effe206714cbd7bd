//! How the mailboxes stand, for the office: when each was read last, what keeps it from being read,
//! and which of its letters could not be; and having such a letter tried again.

mod model;
mod store;

use super::model::Remembered;
use crate::audit::model::{Action, Actor, NewEvent};
use crate::audit::record::record;
use crate::clock::Clock;
use crate::db::Db;
use crate::error::{Error, Kind, Result};
pub use model::Failed;
use serde_json::json;

/// Letters of one mailbox that are listed.
const MOST: i64 = 50;

/// One mailbox.
#[derive(Clone, Debug)]
pub struct Standing {
    pub mailbox: Remembered,
    /// The oldest first, at most 50.
    pub failed: Vec<Failed>,
}

/// Every mailbox that was ever looked into, by name.
///
/// # Errors
/// What the database reports.
pub fn all(db: &mut Db) -> Result<Vec<Standing>> {
    let known = store::all(db)?;
    let with_failed = known.into_iter().map(|mailbox| {
        Ok(Standing {
            failed: store::failed(db, &mailbox.id, mailbox.generation, MOST)?,
            mailbox,
        })
    });
    with_failed.collect()
}

/// Whether any mailbox of these names cannot be read now, so that every page of the office leads to
/// it. One that was taken out of the settings troubles nobody.
///
/// # Errors
/// What the database reports.
pub fn any_failing(db: &mut Db, names: &[String]) -> Result<bool> {
    if names.is_empty() {
        return Ok(false);
    }
    store::any_failing(db, names)
}

/// Lets a letter that could not be read be tried again at the next look.
///
/// # Errors
/// `Kind::Conflict` when it was read meanwhile or is gone, `Kind::Forbidden` for staff who may only
/// look.
pub fn retry(
    db: &mut Db,
    actor: &Actor,
    clock: &dyn Clock,
    mailbox: &str,
    letter: (i64, i64),
) -> Result<()> {
    actor.must_be_able_to_change()?;
    if !store::make_due(db, mailbox, letter)? {
        return Err(Error::new(
            Kind::Conflict,
            "这封信已经收下，或者已经不在信箱里了，请刷新页面看一看",
            "this letter was fetched meanwhile, or is no longer in the mailbox; reload the page",
        ));
    }
    let (generation, uid) = letter;
    record(
        db,
        actor,
        clock.now(),
        &NewEvent {
            consultation: "",
            action: Action::LetterRetried,
            subject: "mailbox",
            subject_id: mailbox,
            detail: json!({"generation": generation, "uid": uid}),
        },
    )
}
