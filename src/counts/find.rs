//! Asking for counts.

use super::model::{Overview, Senders, State, Tally};
use super::store;
use crate::consultations::model::Timing;
use crate::db::Db;
use crate::error::Result;
use std::collections::HashMap;

/// The remarks of a consultation, by all that they are told apart by.
///
/// # Errors
/// What the database reports.
pub fn remarks(db: &mut Db, consultation_id: &str) -> Result<Vec<Tally>> {
    store::remarks(db, consultation_id)
}

/// Who wrote in to a consultation.
///
/// # Errors
/// What the database reports.
pub fn senders(db: &mut Db, consultation_id: &str) -> Result<Senders> {
    store::senders(db, consultation_id)
}

/// What is in a consultation and what is still to be done.
///
/// # Errors
/// What the database reports.
pub fn overview(db: &mut Db, consultation_id: &str) -> Result<Overview> {
    let mut overview = Overview {
        submissions: store::submissions(db, consultation_id)?,
        ..Overview::default()
    };
    for tally in remarks(db, consultation_id)? {
        add(&mut overview, tally.timing, tally.state, tally.remarks);
    }
    Ok(overview)
}

/// The same for every consultation that has any, by its identifier, in two questions to the database.
///
/// # Errors
/// What the database reports.
pub fn overviews(db: &mut Db) -> Result<HashMap<String, Overview>> {
    let mut overviews: HashMap<String, Overview> = HashMap::new();
    for (consultation, submissions) in store::all_submissions(db)? {
        overviews.entry(consultation).or_default().submissions = submissions;
    }
    for (consultation, timing, state, remarks) in store::all_remarks(db)? {
        add(
            overviews.entry(consultation).or_default(),
            timing,
            state,
            remarks,
        );
    }
    Ok(overviews)
}

fn add(overview: &mut Overview, timing: Timing, state: State, remarks: u64) {
    overview.remarks += remarks;
    if state == State::Open {
        overview.open += remarks;
    }
    if timing == Timing::Late {
        overview.late += remarks;
    }
}
