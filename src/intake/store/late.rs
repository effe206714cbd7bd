//! What was marked as late, when the window grows over it.

use crate::clock::to_micros;
use crate::consultations::model::Timing;
use crate::db::Db;
use crate::db::schema::{remarks, submissions};
use crate::error::Result;
use diesel::prelude::*;
use jiff::Timestamp;
use std::collections::BTreeSet;

/// Marks late remarks and submissions that were received from one instant until before another as
/// in time; answers how many submissions. Found by the remarks, which have an index by time.
pub(in crate::intake) fn count_in_time(
    db: &mut Db,
    consultation_id: &str,
    from: Timestamp,
    until: Timestamp,
) -> Result<usize> {
    let (late, in_time) = (Timing::Late.code(), Timing::InTime.code());
    let (from, until) = (to_micros(from), to_micros(until));
    let moved = remarks::table
        .filter(remarks::consultation_id.eq(consultation_id))
        .filter(remarks::received_at.ge(from))
        .filter(remarks::received_at.lt(until))
        .filter(remarks::timing.eq(late));
    let owners: Vec<String> = moved.select(remarks::submission_id).load(db)?;
    diesel::update(moved)
        .set(remarks::timing.eq(in_time))
        .execute(db)?;
    let mut count = 0;
    for owner in owners.into_iter().collect::<BTreeSet<_>>() {
        let submission = submissions::table
            .filter(submissions::consultation_id.eq(consultation_id))
            .filter(submissions::id.eq(owner))
            .filter(submissions::received_at.ge(from))
            .filter(submissions::received_at.lt(until))
            .filter(submissions::timing.eq(late));
        count += diesel::update(submission)
            .set(submissions::timing.eq(in_time))
            .execute(db)?;
    }
    Ok(count)
}
