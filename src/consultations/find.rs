//! Finding consultations.

use super::model::{Consultation, WindowChange, is_slug};
use super::store;
use crate::db::Db;
use crate::error::{Error, Kind, Result};
use jiff::Timestamp;

/// The consultation with this short name, as it stands at an instant.
///
/// # Errors
/// `Kind::NotFound` when there is none, or none that is published by then.
pub fn by_slug(db: &mut Db, slug: &str, now: Timestamp) -> Result<Consultation> {
    // Whatever else stands in an address (NUL, which PostgreSQL refuses) is nobody's name.
    if !is_slug(slug) {
        return Err(no_such());
    }
    store::by_slug(db, slug, now)?.ok_or_else(no_such)
}

/// The consultation with this identifier, as it stands at an instant.
///
/// # Errors
/// `Kind::NotFound` when there is none, or none that is published by then.
pub fn by_id(db: &mut Db, id: &str, now: Timestamp) -> Result<Consultation> {
    store::by_id(db, id, now)?.ok_or_else(no_such)
}

/// All consultations published by an instant, the ones that close last first.
///
/// # Errors
/// What the database reports.
pub fn all(db: &mut Db, now: Timestamp) -> Result<Vec<Consultation>> {
    store::all(db, now)
}

/// How the window of a consultation was extended, the oldest change first.
///
/// # Errors
/// What the database reports.
pub fn window_changes(db: &mut Db, id: &str) -> Result<Vec<WindowChange>> {
    store::window_changes(db, id)
}

#[track_caller]
fn no_such() -> Error {
    Error::new(
        Kind::NotFound,
        "没有这个征求意见公告，请核对名称",
        "there is no consultation of that name; check it and try again",
    )
}
