//! The answers' table.

use super::model::{Answer, NewAnswer, Outcome};
use crate::clock::{from_micros, to_micros};
use crate::db::Db;
use crate::db::schema::responses;
use crate::error::Result;
use diesel::dsl::count_star;
use diesel::prelude::*;
use jiff::Timestamp;

#[derive(Insertable)]
#[diesel(table_name = responses)]
struct NewRow<'a> {
    consultation_id: &'a str,
    remark_id: &'a str,
    outcome: &'a str,
    reason: &'a str,
    decided_by: &'a str,
    decided_by_name: &'a str,
    decided_at: i64,
    revision: i32,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = responses)]
struct Row {
    remark_id: String,
    outcome: String,
    reason: String,
    decided_by_name: String,
    decided_at: i64,
    revision: i32,
}

impl Row {
    fn into_answer(self) -> Result<Answer> {
        Ok(Answer {
            outcome: Outcome::parse(&self.outcome)?,
            remark_id: self.remark_id,
            reason: self.reason,
            decided_by_name: self.decided_by_name,
            decided_at: from_micros(self.decided_at),
            revision: self.revision,
        })
    }
}

/// Saves an answer if its revision is still the one that was seen; `false` otherwise.
pub(super) fn save(
    db: &mut Db,
    new: &NewAnswer,
    reason: &str,
    decided_by: &str,
    decided_by_name: &str,
    now: Timestamp,
) -> Result<bool> {
    if new.seen_revision == 0 {
        let row = NewRow {
            consultation_id: &new.consultation_id,
            remark_id: &new.remark_id,
            outcome: new.outcome.code(),
            reason,
            decided_by,
            decided_by_name,
            decided_at: to_micros(now),
            revision: 1,
        };
        return crate::insert_once!(db, responses::table, &row);
    }
    let rows = diesel::update(
        responses::table
            .filter(responses::consultation_id.eq(&new.consultation_id))
            .filter(responses::remark_id.eq(&new.remark_id))
            .filter(responses::revision.eq(new.seen_revision)),
    )
    .set((
        responses::outcome.eq(new.outcome.code()),
        responses::reason.eq(reason),
        responses::decided_by.eq(decided_by),
        responses::decided_by_name.eq(decided_by_name),
        responses::decided_at.eq(to_micros(now)),
        responses::revision.eq(new.seen_revision.saturating_add(1)),
    ))
    .execute(db)?;
    Ok(rows == 1)
}

/// Puts another reason in the place of a remark's.
pub(super) fn set_reason(
    db: &mut Db,
    consultation_id: &str,
    remark_id: &str,
    reason: &str,
) -> Result<()> {
    diesel::update(
        responses::table
            .filter(responses::consultation_id.eq(consultation_id))
            .filter(responses::remark_id.eq(remark_id)),
    )
    .set(responses::reason.eq(reason))
    .execute(db)?;
    Ok(())
}

pub(super) fn by_remark(
    db: &mut Db,
    consultation_id: &str,
    remark_id: &str,
) -> Result<Option<Answer>> {
    responses::table
        .filter(responses::consultation_id.eq(consultation_id))
        .filter(responses::remark_id.eq(remark_id))
        .select(Row::as_select())
        .first(db)
        .optional()?
        .map(Row::into_answer)
        .transpose()
}

pub(super) fn by_remarks(
    db: &mut Db,
    consultation_id: &str,
    remark_ids: &[String],
) -> Result<Vec<Answer>> {
    responses::table
        .filter(responses::consultation_id.eq(consultation_id))
        .filter(responses::remark_id.eq_any(remark_ids))
        .select(Row::as_select())
        .load(db)?
        .into_iter()
        .map(Row::into_answer)
        .collect()
}

pub(super) fn counts(db: &mut Db, consultation_id: &str) -> Result<Vec<(Outcome, i64)>> {
    let rows: Vec<(String, i64)> = responses::table
        .filter(responses::consultation_id.eq(consultation_id))
        .group_by(responses::outcome)
        .select((responses::outcome, count_star()))
        .load(db)?;
    rows.into_iter()
        .map(|(code, count)| Ok((Outcome::parse(&code)?, count)))
        .collect()
}
