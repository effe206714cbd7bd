//! Finding remarks.

use super::model::{Cursor, Filter, Page, Remark};
use super::store;
use crate::clock::to_micros;
use crate::counts::model::State;
use crate::counts::numbers;
use crate::db::Db;
use crate::error::{Error, Kind, Result};
use crate::ids::is_id;
use std::collections::HashMap;

/// A remark of a consultation.
///
/// # Errors
/// `Kind::NotFound` when there is none.
pub fn remark(db: &mut Db, consultation_id: &str, id: &str) -> Result<Remark> {
    look_for(db, consultation_id, id)?.ok_or_else(|| {
        Error::new(
            Kind::NotFound,
            "没有这条意见，请从意见列表里重新进入",
            "there is no such remark; go back to the queue",
        )
    })
}

/// Asks only for what can be an identifier: it comes from an address.
fn look_for(db: &mut Db, consultation_id: &str, id: &str) -> Result<Option<Remark>> {
    if !is_id(id) {
        return Ok(None);
    }
    store::remark(db, consultation_id, id)
}

/// The number of a remark in its consultation by time of receipt, from 1.
///
/// # Errors
/// What the database reports.
pub fn number(db: &mut Db, consultation_id: &str, remark: &Remark) -> Result<u64> {
    let numbers = numbers(db, consultation_id, std::slice::from_ref(remark))?;
    Ok(numbers.into_values().next().unwrap_or(0))
}

/// The numbers of some remarks, by identifier.
///
/// # Errors
/// What the database reports.
pub fn numbers(
    db: &mut Db,
    consultation_id: &str,
    remarks: &[Remark],
) -> Result<HashMap<String, u64>> {
    let place = |remark: &Remark| (to_micros(remark.received_at), remark.id.clone());
    let mut places: Vec<_> = remarks.iter().map(place).collect();
    places.sort();
    let numbers = numbers::of(db, consultation_id, &places)?;
    Ok(places.into_iter().map(|(_, id)| id).zip(numbers).collect())
}

/// The remarks of some submissions, by the submission's identifier, in its order.
///
/// # Errors
/// What the database reports.
pub fn ids_of(
    db: &mut Db,
    consultation_id: &str,
    submissions: &[String],
) -> Result<HashMap<String, Vec<String>>> {
    let mut ids: HashMap<String, Vec<String>> = HashMap::new();
    if submissions.is_empty() {
        return Ok(ids);
    }
    for (submission, id) in store::ids_of(db, consultation_id, submissions)? {
        ids.entry(submission).or_default().push(id);
    }
    Ok(ids)
}

/// All remarks of one submission, in its order.
///
/// # Errors
/// What the database reports.
pub fn of_submission(
    db: &mut Db,
    consultation_id: &str,
    submission_id: &str,
) -> Result<Vec<Remark>> {
    store::of_submission(db, consultation_id, submission_id)
}

/// The identifiers of the remarks before and after a place in the queue.
///
/// # Errors
/// What the database reports.
pub fn neighbours(
    db: &mut Db,
    consultation_id: &str,
    cursor: &Cursor,
) -> Result<(Option<String>, Option<String>)> {
    store::neighbours(db, consultation_id, cursor)
}

/// The next remark without an outcome, after a remark by time of receipt and then from the start.
///
/// # Errors
/// `Kind::NotFound` when the remark to start from does not exist.
pub fn next_unanswered(db: &mut Db, consultation_id: &str, from: &str) -> Result<Option<String>> {
    let here = remark(db, consultation_id, from)?;
    let unanswered = Filter {
        state: Some(State::Open),
        ..Filter::default()
    };
    let after = Page::After(here.cursor());
    for page in [after, Page::First] {
        let found = store::page(db, consultation_id, &unanswered, &page, 1)?;
        if let Some(next) = found.into_iter().next() {
            return Ok(Some(next.id));
        }
    }
    Ok(None)
}
