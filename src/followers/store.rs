//! The table of followers.

use crate::db::Db;
use crate::db::schema::followers;
use crate::error::Result;
use diesel::prelude::*;

/// A follower as it lies in the table.
#[derive(Queryable, Selectable)]
#[diesel(table_name = followers)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) address_sealed: Vec<u8>,
    pub(super) lang: String,
    pub(super) confirmed_at: Option<i64>,
    pub(super) ended_at: Option<i64>,
}

pub(super) fn by_id(db: &mut Db, consultation_id: &str, id: &str) -> Result<Option<Row>> {
    Ok(followers::table
        .filter(followers::consultation_id.eq(consultation_id))
        .filter(followers::id.eq(id))
        .select(Row::as_select())
        .first(db)
        .optional()?)
}

/// Those who are to be told, in the order of their identifiers, from after one of them on.
pub(super) fn told_after(
    db: &mut Db,
    consultation_id: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<String>> {
    Ok(followers::table
        .filter(followers::consultation_id.eq(consultation_id))
        .filter(followers::id.gt(after))
        .filter(followers::confirmed_at.is_not_null())
        .filter(followers::ended_at.is_null())
        .order(followers::id.asc())
        .limit(limit)
        .select(followers::id)
        .load(db)?)
}
