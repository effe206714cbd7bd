//! What the database remembers of the site key, and requests about personal data.

use crate::db::Db;
use crate::db::schema::{privacy_requests, site_settings};
use crate::error::Result;
use diesel::prelude::*;

/// The check value that the database was made with: the one given here when it had none.
pub(super) fn site_key_check(db: &mut Db, value: &str) -> Result<String> {
    let row = (
        site_settings::name.eq("site_key_check"),
        site_settings::value.eq(value),
    );
    if crate::insert_once!(db, site_settings::table, row)? {
        return Ok(value.to_owned());
    }
    Ok(site_settings::table
        .filter(site_settings::name.eq("site_key_check"))
        .select(site_settings::value)
        .first(db)?)
}

/// Submission, instant asked, instant done, answer.
pub(super) type RequestRow = (String, i64, Option<i64>, Option<String>);

/// A request about personal data.
pub(super) fn request(db: &mut Db, consultation_id: &str, id: &str) -> Result<Option<RequestRow>> {
    Ok(privacy_requests::table
        .filter(privacy_requests::consultation_id.eq(consultation_id))
        .filter(privacy_requests::id.eq(id))
        .select((
            privacy_requests::submission_id,
            privacy_requests::asked_at,
            privacy_requests::done_at,
            privacy_requests::answer,
        ))
        .first(db)
        .optional()?)
}
