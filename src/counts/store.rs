//! The tables of counts. PostgreSQL spreads each count over several rows, whose sum counts.

use super::model::{Place, Senders, State, Tally};
use crate::consultations::model::Timing;
use crate::db::schema::{remark_counts, remark_times, remarks, submission_counts};
use crate::db::{Db, people};
use crate::error::{Error, Result};
use crate::intake::model::submission::Channel;
use diesel::dsl::{count_star, sql};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

/// A sum as both databases give it in 64 bits.
macro_rules! sum {
    ($column:literal) => {
        sql::<BigInt>(concat!("CAST(coalesce(sum(", $column, "), 0) AS BIGINT)"))
    };
}

/// Two changes of one count by different connections stand in different rows; their sum is never
/// below none.
fn whole(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}

fn timing(code: &str) -> Result<Timing> {
    Timing::parse(code).ok_or_else(|| Error::internal(format!("unknown timing {code}")))
}

pub(super) fn remarks(db: &mut Db, consultation_id: &str) -> Result<Vec<Tally>> {
    let kinds = (
        remark_counts::section_id,
        remark_counts::channel,
        remark_counts::timing,
        remark_counts::state,
    );
    let rows: Vec<(String, String, String, String, i64)> = remark_counts::table
        .filter(remark_counts::consultation_id.eq(consultation_id))
        .group_by(kinds)
        .select((
            remark_counts::section_id,
            remark_counts::channel,
            remark_counts::timing,
            remark_counts::state,
            sum!("remarks"),
        ))
        .load(db)?;
    rows.into_iter()
        .filter(|row| row.4 > 0)
        .map(|(section, channel, timed, state, remarks)| {
            Ok(Tally {
                section_id: Some(section).filter(|section| !section.is_empty()),
                channel: Channel::parse(&channel)
                    .ok_or_else(|| Error::internal(format!("unknown channel {channel}")))?,
                timing: timing(&timed)?,
                state: State::parse(&state)?,
                remarks: whole(remarks),
            })
        })
        .collect()
}

pub(super) fn all_remarks(db: &mut Db) -> Result<Vec<(String, Timing, State, u64)>> {
    let rows: Vec<(String, String, String, i64)> = remark_counts::table
        .group_by((
            remark_counts::consultation_id,
            remark_counts::timing,
            remark_counts::state,
        ))
        .select((
            remark_counts::consultation_id,
            remark_counts::timing,
            remark_counts::state,
            sum!("remarks"),
        ))
        .load(db)?;
    rows.into_iter()
        .map(|(consultation, timed, state, remarks)| {
            Ok((
                consultation,
                timing(&timed)?,
                State::parse(&state)?,
                whole(remarks),
            ))
        })
        .collect()
}

pub(super) fn submissions(db: &mut Db, consultation_id: &str) -> Result<u64> {
    let count: i64 = submission_counts::table
        .filter(submission_counts::consultation_id.eq(consultation_id))
        .select(sum!("submissions"))
        .first(db)?;
    Ok(whole(count))
}

pub(super) fn all_submissions(db: &mut Db) -> Result<Vec<(String, u64)>> {
    let rows: Vec<(String, i64)> = submission_counts::table
        .group_by(submission_counts::consultation_id)
        .select((submission_counts::consultation_id, sum!("submissions")))
        .load(db)?;
    let rows = rows.into_iter();
    Ok(rows.map(|(id, count)| (id, whole(count))).collect())
}

/// People as far as they are carried over, and what the changes since then make of them.
pub(super) fn senders(db: &mut Db, consultation_id: &str) -> Result<Senders> {
    let submissions = submissions(db, consultation_id)?;
    let carried: i64 = submission_counts::table
        .filter(submission_counts::consultation_id.eq(consultation_id))
        .select(sum!("people"))
        .first(db)?;
    Ok(Senders {
        submissions,
        people: whole(carried + people::since(db, consultation_id)?),
    })
}

pub(super) fn steps(db: &mut Db, consultation_id: &str) -> Result<Vec<(i64, u64)>> {
    let rows: Vec<(i64, i64)> = remark_times::table
        .filter(remark_times::consultation_id.eq(consultation_id))
        .group_by(remark_times::step)
        .select((remark_times::step, sum!("remarks")))
        .order(remark_times::step.asc())
        .load(db)?;
    let rows = rows.into_iter();
    Ok(rows.map(|(step, count)| (step, whole(count))).collect())
}

/// How many remarks come after one place and not after another.
pub(super) fn between(
    db: &mut Db,
    consultation_id: &str,
    (after, after_id): &Place,
    (until, until_id): &Place,
) -> Result<u64> {
    let count: i64 = remarks::table
        .filter(remarks::consultation_id.eq(consultation_id))
        .filter(remarks::received_at.ge(after))
        .filter(remarks::received_at.gt(after).or(remarks::id.gt(after_id)))
        .filter(remarks::received_at.le(until))
        .filter(remarks::received_at.lt(until).or(remarks::id.le(until_id)))
        .select(count_star())
        .first(db)?;
    Ok(whole(count))
}

/// The remark so many places behind the first one received from an instant until before another.
pub(super) fn nth(
    db: &mut Db,
    consultation_id: &str,
    (from, until): (i64, i64),
    behind: u64,
) -> Result<Option<Place>> {
    let behind = i64::try_from(behind).map_err(Error::internal)?;
    Ok(remarks::table
        .filter(remarks::consultation_id.eq(consultation_id))
        .filter(remarks::received_at.ge(from))
        .filter(remarks::received_at.lt(until))
        .order((remarks::received_at.asc(), remarks::id.asc()))
        .offset(behind)
        .limit(1)
        .select((remarks::received_at, remarks::id))
        .first(db)
        .optional()?)
}
