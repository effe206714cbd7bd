//! Pages of the queue and its counts.

use super::model::{Counts, Filter, Page, Queued};
use super::store;
use crate::db::Db;
use crate::error::Result;

/// A page of remarks and whether there are more on either side.
#[derive(Clone, Debug)]
pub struct QueuePage {
    pub rows: Vec<Queued>,
    pub has_earlier: bool,
    pub has_later: bool,
    /// Remarks that fit the filter, on all pages.
    pub total: i64,
}

/// One page of a consultation's remarks, oldest first.
///
/// # Errors
/// What the database reports.
pub fn page(
    db: &mut Db,
    consultation_id: &str,
    filter: &Filter,
    page: &Page,
    limit: usize,
) -> Result<QueuePage> {
    let fetch = i64::try_from(limit).unwrap_or(i64::MAX - 1) + 1;
    let mut rows = store::page(db, consultation_id, filter, page, fetch)?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let (has_earlier, has_later) = match page {
        Page::First => (false, more),
        Page::After(_) => (true, more),
        Page::Before(_) => (more, true),
    };
    if matches!(page, Page::Before(_)) {
        rows.reverse();
    }
    for row in &mut rows {
        row.number = store::number(db, consultation_id, &row.cursor())?;
    }
    Ok(QueuePage {
        rows,
        has_earlier,
        has_later,
        total: store::total(db, consultation_id, filter)?,
    })
}

/// What is in a consultation and what is still to be done.
///
/// # Errors
/// What the database reports.
pub fn counts(db: &mut Db, consultation_id: &str) -> Result<Counts> {
    store::counts(db, consultation_id)
}
