//! The remarks' table, as the office reads it.

use super::model::{Cursor, Filter, OnSection, Page, Queued, Remark};
use crate::clock::from_micros;
use crate::consultations::model::Timing;
use crate::db::Db;
use crate::db::schema::remarks;
use crate::error::{Error, Result};
use crate::intake::model::submission::Channel;
use crate::responses::model::Outcome;
use diesel::dsl::{count_star, sql};
use diesel::prelude::*;
use diesel::sql_types::Bool;

#[derive(Queryable, Selectable)]
#[diesel(table_name = remarks)]
struct Row {
    id: String,
    submission_id: String,
    section_id: Option<String>,
    text: String,
    evidence: Option<String>,
    channel: String,
    timing: String,
    received_at: i64,
    revision: i32,
    withdrawn_at: Option<i64>,
    outcome: Option<String>,
}

fn channel(code: &str) -> Result<Channel> {
    Channel::parse(code).ok_or_else(|| Error::internal(format!("unknown channel {code}")))
}

fn timing(code: &str) -> Result<Timing> {
    Timing::parse(code).ok_or_else(|| Error::internal(format!("unknown timing {code}")))
}

impl Row {
    fn into_queued(self) -> Result<Queued> {
        Ok(Queued {
            channel: channel(&self.channel)?,
            timing: timing(&self.timing)?,
            received_at: from_micros(self.received_at),
            outcome: self.outcome.as_deref().map(Outcome::parse).transpose()?,
            withdrawn_at: self.withdrawn_at.map(from_micros),
            number: 0,
            id: self.id,
            submission_id: self.submission_id,
            section_id: self.section_id,
            text: self.text,
        })
    }

    fn into_remark(self) -> Result<Remark> {
        Ok(Remark {
            channel: channel(&self.channel)?,
            timing: timing(&self.timing)?,
            received_at: from_micros(self.received_at),
            id: self.id,
            submission_id: self.submission_id,
            section_id: self.section_id,
            text: self.text,
            evidence: self.evidence,
            revision: self.revision,
            withdrawn_at: self.withdrawn_at.map(from_micros),
        })
    }
}

/// The remarks of a consultation, narrowed by a filter. A macro, because the type of a boxed query
/// cannot be named once for selecting rows and for counting them.
macro_rules! filtered {
    ($consultation:expr, $filter:expr, $select:expr) => {{
        let mut query = remarks::table
            .filter(remarks::consultation_id.eq($consultation.to_owned()))
            .select($select)
            .into_boxed();
        if let Some(state) = &$filter.state {
            query = query.filter(remarks::state.eq(state.code()));
        }
        match &$filter.section {
            Some(OnSection::Whole) => query = query.filter(remarks::section_id.is_null()),
            Some(OnSection::Section(id)) => {
                query = query.filter(remarks::section_id.eq(id.clone()))
            }
            None => {}
        }
        // What few remarks have stands in an index of its own, whose condition the question repeats.
        if let Some(channel) = $filter.channel {
            query = query.filter(remarks::channel.eq(channel.code()));
            if channel != Channel::Web {
                query = query.filter(sql::<Bool>("remarks.channel <> 'web'"));
            }
        }
        if let Some(timing) = $filter.timing {
            query = query.filter(remarks::timing.eq(timing.code()));
            if timing != Timing::InTime {
                query = query.filter(sql::<Bool>("remarks.timing <> 'in'"));
            }
        }
        if let Some(words) = &$filter.words {
            query = query.filter(remarks::text.like(like(words)).escape('!'));
        }
        query
    }};
}

fn like(words: &str) -> String {
    let plain = words
        .replace('!', "!!")
        .replace('%', "!%")
        .replace('_', "!_");
    format!("%{plain}%")
}

pub(super) fn page(
    db: &mut Db,
    consultation_id: &str,
    filter: &Filter,
    page: &Page,
    limit: i64,
) -> Result<Vec<Queued>> {
    let mut query = filtered!(consultation_id, filter, Row::as_select());
    // The first half alone bounds the index; the second tells those of one instant apart.
    query = match page {
        Page::First => query,
        Page::After(Cursor { received_at, id }) => query
            .filter(remarks::received_at.ge(*received_at))
            .filter((remarks::received_at.gt(*received_at)).or(remarks::id.gt(id.clone()))),
        Page::Before(Cursor { received_at, id }) => query
            .filter(remarks::received_at.le(*received_at))
            .filter((remarks::received_at.lt(*received_at)).or(remarks::id.lt(id.clone()))),
    };
    query = match page {
        Page::Before(_) => query.order((remarks::received_at.desc(), remarks::id.desc())),
        Page::First | Page::After(_) => {
            query.order((remarks::received_at.asc(), remarks::id.asc()))
        }
    };
    let rows: Vec<Row> = query.limit(limit).load(db)?;
    rows.into_iter().map(Row::into_queued).collect()
}

/// How many fit a filter, read one by one: for words alone, which no count knows.
pub(super) fn total(db: &mut Db, consultation_id: &str, filter: &Filter) -> Result<u64> {
    let count: i64 = filtered!(consultation_id, filter, count_star()).first(db)?;
    u64::try_from(count).map_err(Error::internal)
}

pub(super) fn remark(db: &mut Db, consultation_id: &str, id: &str) -> Result<Option<Remark>> {
    let row: Option<Row> = remarks::table
        .filter(remarks::consultation_id.eq(consultation_id))
        .filter(remarks::id.eq(id))
        .select(Row::as_select())
        .first(db)
        .optional()?;
    row.map(Row::into_remark).transpose()
}

pub(super) fn of_submission(
    db: &mut Db,
    consultation_id: &str,
    submission_id: &str,
) -> Result<Vec<Remark>> {
    let rows: Vec<Row> = remarks::table
        .filter(remarks::consultation_id.eq(consultation_id))
        .filter(remarks::submission_id.eq(submission_id))
        .order(remarks::ordinal.asc())
        .select(Row::as_select())
        .load(db)?;
    rows.into_iter().map(Row::into_remark).collect()
}

/// The remarks of some submissions in their order: the submission's identifier, then the remark's.
pub(super) fn ids_of(
    db: &mut Db,
    consultation_id: &str,
    submissions: &[String],
) -> Result<Vec<(String, String)>> {
    Ok(remarks::table
        .filter(remarks::consultation_id.eq(consultation_id))
        .filter(remarks::submission_id.eq_any(submissions))
        .order((remarks::submission_id.asc(), remarks::ordinal.asc()))
        .select((remarks::submission_id, remarks::id))
        .load(db)?)
}

pub(super) fn neighbours(
    db: &mut Db,
    consultation_id: &str,
    cursor: &Cursor,
) -> Result<(Option<String>, Option<String>)> {
    let any = Filter::default();
    let one = |rows: Vec<Queued>| rows.into_iter().next().map(|row| row.id);
    let before = page(db, consultation_id, &any, &Page::Before(cursor.clone()), 1)?;
    let after = page(db, consultation_id, &any, &Page::After(cursor.clone()), 1)?;
    Ok((one(before), one(after)))
}

/// Puts a remark on a section if it was not moved since; `false` otherwise. A person chose the
/// section, so it is no guess any more.
pub(super) fn set_section(
    db: &mut Db,
    consultation_id: &str,
    id: &str,
    section_id: Option<&str>,
    seen_revision: i32,
) -> Result<bool> {
    let rows = diesel::update(
        remarks::table
            .filter(remarks::consultation_id.eq(consultation_id))
            .filter(remarks::id.eq(id))
            .filter(remarks::revision.eq(seen_revision)),
    )
    .set((
        remarks::section_id.eq(section_id),
        remarks::revision.eq(seen_revision.saturating_add(1)),
        remarks::confidence.eq(None::<i32>),
    ))
    .execute(db)?;
    Ok(rows == 1)
}
