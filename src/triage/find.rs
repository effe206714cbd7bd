//! Finding remarks.

use super::model::{Answered, Cursor, Filter, Page, Remark};
use super::store;
use crate::db::Db;
use crate::error::{Error, Kind, Result};
use crate::ids::is_id;

/// A remark of a consultation.
///
/// # Errors
/// `Kind::NotFound` when there is none.
pub fn remark(db: &mut Db, consultation_id: &str, id: &str) -> Result<Remark> {
    look_for(db, consultation_id, id)?.ok_or_else(|| {
        Error::new(
            Kind::NotFound,
            "没有这条意见，请从意见列表里重新进入",
            "there is no such remark; go back to the queue",
        )
    })
}

/// Asks only for what can be an identifier: it comes from an address.
fn look_for(db: &mut Db, consultation_id: &str, id: &str) -> Result<Option<Remark>> {
    if !is_id(id) {
        return Ok(None);
    }
    store::remark(db, consultation_id, id)
}

/// All remarks of one submission, in its order.
///
/// # Errors
/// What the database reports.
pub fn of_submission(
    db: &mut Db,
    consultation_id: &str,
    submission_id: &str,
) -> Result<Vec<Remark>> {
    store::of_submission(db, consultation_id, submission_id)
}

/// The identifiers of the remarks before and after a place in the queue.
///
/// # Errors
/// What the database reports.
pub fn neighbours(
    db: &mut Db,
    consultation_id: &str,
    cursor: &Cursor,
) -> Result<(Option<String>, Option<String>)> {
    store::neighbours(db, consultation_id, cursor)
}

/// The next remark without an outcome, after a remark by time of receipt and then from the start.
///
/// # Errors
/// `Kind::NotFound` when the remark to start from does not exist.
pub fn next_unanswered(db: &mut Db, consultation_id: &str, from: &str) -> Result<Option<String>> {
    let here = remark(db, consultation_id, from)?;
    let unanswered = Filter {
        answered: Some(Answered::NotYet),
        ..Filter::default()
    };
    let after = Page::After(Cursor {
        received_at: crate::clock::to_micros(here.received_at),
        id: here.id,
    });
    for page in [after, Page::First] {
        let found = store::page(db, consultation_id, &unanswered, &page, 1)?;
        if let Some(next) = found.into_iter().next() {
            return Ok(Some(next.id));
        }
    }
    Ok(None)
}
