//! What the wall needs of the tables of consultations, remarks and submissions.

use super::model::Which;
use crate::clock::to_micros;
use crate::db::Db;
use crate::db::schema::{consultations, remarks, submissions};
use crate::error::Result;
use diesel::dsl::count_star;
use diesel::prelude::*;
use jiff::Timestamp;

/// A remark with what hides its sender.
#[derive(Queryable)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) section_id: Option<String>,
    pub(super) selector: Option<String>,
    pub(super) text: String,
    pub(super) suggested: Option<String>,
    pub(super) received_at: i64,
    pub(super) wall_at: Option<i64>,
    pub(super) submission_id: String,
    pub(super) contact_sealed: Vec<u8>,
}

/// Sets since when the wall is on, or that it is off; `false` when it was so already.
pub(super) fn turn(db: &mut Db, consultation_id: &str, since: Option<Timestamp>) -> Result<bool> {
    let one = consultations::table.filter(consultations::id.eq(consultation_id));
    let changed = match since {
        Some(now) => diesel::update(one.filter(consultations::wall_opened_at.is_null()))
            .set(consultations::wall_opened_at.eq(to_micros(now)))
            .execute(db)?,
        None => diesel::update(one.filter(consultations::wall_opened_at.is_not_null()))
            .set(consultations::wall_opened_at.eq(None::<i64>))
            .execute(db)?,
    };
    Ok(changed == 1)
}

/// Sets since when a remark is shown, or that it is not; `false` when it was so already.
pub(super) fn choose(
    db: &mut Db,
    consultation_id: &str,
    id: &str,
    since: Option<Timestamp>,
) -> Result<bool> {
    let one = remarks::table
        .filter(remarks::consultation_id.eq(consultation_id))
        .filter(remarks::id.eq(id));
    let changed = match since {
        Some(now) => diesel::update(one.filter(remarks::wall_at.is_null()))
            .set(remarks::wall_at.eq(to_micros(now)))
            .execute(db)?,
        None => diesel::update(one.filter(remarks::wall_at.is_not_null()))
            .set(remarks::wall_at.eq(None::<i64>))
            .execute(db)?,
    };
    Ok(changed == 1)
}

/// Whether its sender took a remark back, or had their data erased.
pub(super) fn is_taken_back(db: &mut Db, consultation_id: &str, id: &str) -> Result<bool> {
    let standing: i64 = remarks::table
        .inner_join(
            submissions::table.on(submissions::consultation_id
                .eq(remarks::consultation_id)
                .and(submissions::id.eq(remarks::submission_id))),
        )
        .filter(remarks::consultation_id.eq(consultation_id))
        .filter(remarks::id.eq(id))
        .filter(remarks::withdrawn_at.is_null())
        .filter(submissions::withdrawn_at.is_null())
        .filter(submissions::erased_at.is_null())
        .select(count_star())
        .first(db)?;
    Ok(standing == 0)
}

/// The place of a remark in the order by time of receipt.
pub(super) fn place(db: &mut Db, consultation_id: &str, id: &str) -> Result<Option<(i64, String)>> {
    Ok(remarks::table
        .filter(remarks::consultation_id.eq(consultation_id))
        .filter(remarks::id.eq(id))
        .select((remarks::received_at, remarks::id))
        .first(db)
        .optional()?)
}

/// The next remarks, those received last first, after a place.
pub(super) fn page(
    db: &mut Db,
    consultation_id: &str,
    which: Which,
    after: Option<(i64, String)>,
    limit: i64,
) -> Result<Vec<Row>> {
    let mut query = remarks::table
        .inner_join(
            submissions::table.on(submissions::consultation_id
                .eq(remarks::consultation_id)
                .and(submissions::id.eq(remarks::submission_id))),
        )
        .filter(remarks::consultation_id.eq(consultation_id.to_owned()))
        .filter(remarks::withdrawn_at.is_null())
        .filter(submissions::withdrawn_at.is_null())
        .filter(submissions::erased_at.is_null())
        .order((remarks::received_at.desc(), remarks::id.desc()))
        .limit(limit)
        .select((
            remarks::id,
            remarks::section_id,
            remarks::selector,
            remarks::text,
            remarks::suggested,
            remarks::received_at,
            remarks::wall_at,
            submissions::id,
            submissions::contact_sealed,
        ))
        .into_boxed();
    query = match which {
        Which::All => query,
        Which::Shown => query.filter(remarks::wall_at.is_not_null()),
        Which::Hidden => query.filter(remarks::wall_at.is_null()),
    };
    if let Some((received_at, id)) = after {
        // The first half alone bounds the index; the second tells those of one instant apart.
        query = query
            .filter(remarks::received_at.le(received_at))
            .filter(remarks::received_at.lt(received_at).or(remarks::id.lt(id)));
    }
    Ok(query.load(db)?)
}

/// How many are shown, counted as [`page`] shows them.
pub(super) fn shown(db: &mut Db, consultation_id: &str) -> Result<i64> {
    Ok(remarks::table
        .inner_join(
            submissions::table.on(submissions::consultation_id
                .eq(remarks::consultation_id)
                .and(submissions::id.eq(remarks::submission_id))),
        )
        .filter(remarks::consultation_id.eq(consultation_id))
        .filter(remarks::wall_at.is_not_null())
        .filter(remarks::withdrawn_at.is_null())
        .filter(submissions::withdrawn_at.is_null())
        .filter(submissions::erased_at.is_null())
        .select(count_star())
        .first(db)?)
}
