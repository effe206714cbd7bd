//! The remarks of a consultation with everything that stands beside them, page by page.

use crate::db::Db;
use crate::db::schema::{remarks, responses, sections, submissions};
use crate::error::Result;
use diesel::prelude::*;

/// A remark with its submission.
#[derive(Queryable)]
pub(super) struct RemarkRow {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) selector: Option<String>,
    pub(super) suggested: Option<String>,
    pub(super) channel: String,
    pub(super) timing: String,
    pub(super) received_at: i64,
    pub(super) submission_id: String,
    pub(super) contact_sealed: Vec<u8>,
    pub(super) withdrawn_at: Option<i64>,
}

/// What the office said to it.
#[derive(Queryable)]
pub(super) struct AnswerRow {
    pub(super) outcome: String,
    pub(super) reason: String,
    pub(super) decided_by_name: String,
    pub(super) decided_at: i64,
}

/// A remark, the path and heading of its section, and its answer.
pub(super) type RecordRow = (RemarkRow, Option<(String, String)>, Option<AnswerRow>);

/// The next remarks by time of receipt, after a place.
pub(super) fn page(
    db: &mut Db,
    consultation_id: &str,
    after: Option<&(i64, String)>,
    limit: i64,
) -> Result<Vec<RecordRow>> {
    let mut query = remarks::table
        .inner_join(
            submissions::table.on(submissions::consultation_id
                .eq(remarks::consultation_id)
                .and(submissions::id.eq(remarks::submission_id))),
        )
        .left_join(
            sections::table.on(sections::consultation_id
                .eq(remarks::consultation_id)
                .and(sections::id.nullable().eq(remarks::section_id))),
        )
        .left_join(
            responses::table.on(responses::consultation_id
                .eq(remarks::consultation_id)
                .and(responses::remark_id.eq(remarks::id))),
        )
        .filter(remarks::consultation_id.eq(consultation_id.to_owned()))
        .order((remarks::received_at.asc(), remarks::id.asc()))
        .limit(limit)
        .select((
            (
                remarks::id,
                remarks::text,
                remarks::selector,
                remarks::suggested,
                remarks::channel,
                remarks::timing,
                remarks::received_at,
                submissions::id,
                submissions::contact_sealed,
                remarks::withdrawn_at,
            ),
            (sections::path, sections::heading).nullable(),
            (
                responses::outcome,
                responses::reason,
                responses::decided_by_name,
                responses::decided_at,
            )
                .nullable(),
        ))
        .into_boxed();
    if let Some((received_at, id)) = after {
        // The first half alone bounds the index; the second tells those of one instant apart.
        query = query
            .filter(remarks::received_at.ge(*received_at))
            .filter((remarks::received_at.gt(*received_at)).or(remarks::id.gt(id.clone())));
    }
    Ok(query.load(db)?)
}

/// The identifiers of the sections of all versions, with path and heading.
pub(super) fn sections(
    db: &mut Db,
    consultation_id: &str,
) -> Result<Vec<(String, String, String)>> {
    Ok(sections::table
        .filter(sections::consultation_id.eq(consultation_id))
        .order((sections::version.desc(), sections::position.asc()))
        .select((sections::id, sections::path, sections::heading))
        .load(db)?)
}
