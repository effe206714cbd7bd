//! Pages of the queue and its counts.

use super::model::{Filter, Page, Queued};
use super::store;
use crate::clock::to_micros;
use crate::counts::{find as counts, numbers};
use crate::db::Db;
use crate::error::Result;

/// A page of remarks and whether there are more on either side.
#[derive(Clone, Debug)]
pub struct QueuePage {
    pub rows: Vec<Queued>,
    pub has_earlier: bool,
    pub has_later: bool,
    /// Remarks that fit the filter, on all pages.
    pub total: u64,
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
    let total = total(db, consultation_id, filter)?;
    let fetch = i64::try_from(limit).unwrap_or(i64::MAX - 1) + 1;
    let mut rows = match total {
        0 => Vec::new(),
        _ => store::page(db, consultation_id, filter, page, fetch)?,
    };
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
    number(db, consultation_id, filter, &mut rows)?;
    Ok(QueuePage {
        rows,
        has_earlier,
        has_later,
        total,
    })
}

/// Numbers the rows of a page. Where nothing is filtered they follow one another.
fn number(db: &mut Db, consultation_id: &str, filter: &Filter, rows: &mut [Queued]) -> Result<()> {
    let asked = match filter.is_any() {
        true => 1,
        false => rows.len(),
    };
    let asked = rows.iter().take(asked);
    let places = asked.map(|row| (to_micros(row.received_at), row.id.clone()));
    let places: Vec<_> = places.collect();
    let numbers = numbers::of(db, consultation_id, &places)?;
    let following = numbers.last().map_or(1, |last| last + 1);
    let numbers = numbers.into_iter().chain(following..);
    for (row, number) in rows.iter_mut().zip(numbers) {
        row.number = number;
    }
    Ok(())
}

fn total(db: &mut Db, consultation_id: &str, filter: &Filter) -> Result<u64> {
    let alike = counts::remarks(db, consultation_id)?;
    let alike = alike.iter().filter(|tally| filter.fits(tally));
    match alike.map(|tally| tally.remarks).sum() {
        0 => Ok(0),
        _ if filter.words.is_some() => store::total(db, consultation_id, filter),
        total => Ok(total),
    }
}
