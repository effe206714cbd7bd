//! The remarks' table, as the office reads it.

use super::model::{Answered, Counts, Cursor, Filter, OnSection, Page, Queued, Remark};
use crate::clock::from_micros;
use crate::consultations::model::Timing;
use crate::db::Db;
use crate::db::schema::{remarks, responses, submissions};
use crate::error::{Error, Result};
use crate::intake::model::submission::Channel;
use crate::responses::model::Outcome;
use diesel::dsl::count_star;
use diesel::prelude::*;

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
}

fn channel(code: &str) -> Result<Channel> {
    Channel::parse(code).ok_or_else(|| Error::internal(format!("unknown channel {code}")))
}

fn timing(code: &str) -> Result<Timing> {
    Timing::parse(code).ok_or_else(|| Error::internal(format!("unknown timing {code}")))
}

impl Row {
    fn into_queued(self, outcome: Option<&str>) -> Result<Queued> {
        Ok(Queued {
            channel: channel(&self.channel)?,
            timing: timing(&self.timing)?,
            received_at: from_micros(self.received_at),
            outcome: outcome.map(Outcome::parse).transpose()?,
            withdrawn_at: self.withdrawn_at.map(from_micros),
            number: 0,
            id: self.id,
            submission_id: self.submission_id,
            section_id: self.section_id,
            text: self.text,
        })
    }

    fn into_remark(self, number: i64) -> Result<Remark> {
        Ok(Remark {
            channel: channel(&self.channel)?,
            timing: timing(&self.timing)?,
            received_at: from_micros(self.received_at),
            number,
            id: self.id,
            submission_id: self.submission_id,
            section_id: self.section_id,
            text: self.text,
            evidence: self.evidence,
            revision: self.revision,
            withdrawn_at: self.withdrawn_at.map(from_micros),
        })
    }

    fn cursor(&self) -> Cursor {
        Cursor {
            received_at: self.received_at,
            id: self.id.clone(),
        }
    }
}

/// The remarks of a consultation with their answers, narrowed by a filter. A macro, because the
/// type of a boxed query cannot be named once for selecting rows and for counting them.
macro_rules! filtered {
    ($consultation:expr, $filter:expr, $select:expr) => {{
        let mut query = remarks::table
            .left_join(
                responses::table.on(responses::consultation_id
                    .eq(remarks::consultation_id)
                    .and(responses::remark_id.eq(remarks::id))),
            )
            .filter(remarks::consultation_id.eq($consultation.to_owned()))
            .select($select)
            .into_boxed();
        match &$filter.answered {
            Some(Answered::NotYet) => {
                query = query
                    .filter(responses::outcome.nullable().is_null())
                    .filter(remarks::withdrawn_at.is_null())
            }
            Some(Answered::With(outcome)) => {
                query = query
                    .filter(responses::outcome.eq(outcome.code()))
                    .filter(remarks::withdrawn_at.is_null())
            }
            Some(Answered::Withdrawn) => query = query.filter(remarks::withdrawn_at.is_not_null()),
            None => {}
        }
        match &$filter.section {
            Some(OnSection::Whole) => query = query.filter(remarks::section_id.is_null()),
            Some(OnSection::Section(id)) => {
                query = query.filter(remarks::section_id.eq(id.clone()))
            }
            None => {}
        }
        if let Some(channel) = $filter.channel {
            query = query.filter(remarks::channel.eq(channel.code()));
        }
        if let Some(timing) = $filter.timing {
            query = query.filter(remarks::timing.eq(timing.code()));
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
    let mut query = filtered!(
        consultation_id,
        filter,
        (Row::as_select(), responses::outcome.nullable())
    );
    query = match page {
        Page::First => query,
        Page::After(cursor) => query.filter(
            remarks::received_at
                .gt(cursor.received_at)
                .or(remarks::received_at
                    .eq(cursor.received_at)
                    .and(remarks::id.gt(cursor.id.clone()))),
        ),
        Page::Before(cursor) => query.filter(
            remarks::received_at
                .lt(cursor.received_at)
                .or(remarks::received_at
                    .eq(cursor.received_at)
                    .and(remarks::id.lt(cursor.id.clone()))),
        ),
    };
    query = match page {
        Page::Before(_) => query.order((remarks::received_at.desc(), remarks::id.desc())),
        Page::First | Page::After(_) => {
            query.order((remarks::received_at.asc(), remarks::id.asc()))
        }
    };
    let rows: Vec<(Row, Option<String>)> = query.limit(limit).load(db)?;
    rows.into_iter()
        .map(|(row, outcome)| row.into_queued(outcome.as_deref()))
        .collect()
}

pub(super) fn total(db: &mut Db, consultation_id: &str, filter: &Filter) -> Result<i64> {
    Ok(filtered!(consultation_id, filter, count_star()).first(db)?)
}

/// The number of a remark by time of receipt: how many are not after it.
pub(super) fn number(db: &mut Db, consultation_id: &str, cursor: &Cursor) -> Result<i64> {
    Ok(remarks::table
        .filter(remarks::consultation_id.eq(consultation_id))
        .filter(
            remarks::received_at
                .lt(cursor.received_at)
                .or(remarks::received_at
                    .eq(cursor.received_at)
                    .and(remarks::id.le(&cursor.id))),
        )
        .select(count_star())
        .first(db)?)
}

pub(super) fn remark(db: &mut Db, consultation_id: &str, id: &str) -> Result<Option<Remark>> {
    let row: Option<Row> = remarks::table
        .filter(remarks::consultation_id.eq(consultation_id))
        .filter(remarks::id.eq(id))
        .select(Row::as_select())
        .first(db)
        .optional()?;
    let Some(row) = row else { return Ok(None) };
    let number = number(db, consultation_id, &row.cursor())?;
    row.into_remark(number).map(Some)
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
    rows.into_iter()
        .map(|row| {
            let number = number(db, consultation_id, &row.cursor())?;
            row.into_remark(number)
        })
        .collect()
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

pub(super) fn counts(db: &mut Db, consultation_id: &str) -> Result<Counts> {
    let submissions: i64 = submissions::table
        .filter(submissions::consultation_id.eq(consultation_id))
        .select(count_star())
        .first(db)?;
    let late = Filter {
        timing: Some(Timing::Late),
        ..Filter::default()
    };
    let open = Filter {
        answered: Some(Answered::NotYet),
        ..Filter::default()
    };
    Ok(Counts {
        submissions,
        remarks: total(db, consultation_id, &Filter::default())?,
        open: total(db, consultation_id, &open)?,
        late: total(db, consultation_id, &late)?,
    })
}
