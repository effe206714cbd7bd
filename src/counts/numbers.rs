//! The running number of a remark: its place in its consultation by time of receipt, from 1. The
//! remarks are counted in steps of time, so that a number is a sum of the steps before, and a count
//! within one step.

use super::model::Place;
use super::store;
use crate::db::Db;
use crate::error::Result;

/// A step holds 2^30 microseconds, 18 minutes; the triggers of the database divide the same way.
const STEP: u32 = 30;

/// The steps of a consultation that hold remarks, in order, each with how many remarks lie before it.
struct Steps(Vec<(i64, u64)>);

impl Steps {
    fn of(db: &mut Db, consultation_id: &str) -> Result<Self> {
        let mut before = 0;
        let steps = store::steps(db, consultation_id)?.into_iter();
        let steps = steps.map(|(step, remarks)| {
            let first = before;
            before += remarks;
            (step, first)
        });
        Ok(Self(steps.collect()))
    }

    /// How many remarks lie before a step.
    fn before(&self, step: i64) -> u64 {
        let at = self.0.partition_point(|(known, _)| *known < step);
        self.0.get(at).map_or(0, |(_, before)| *before)
    }
}

const fn step_of(received_at: i64) -> i64 {
    received_at >> STEP
}

/// The numbers of some remarks, given and answered in the order of receipt.
///
/// # Errors
/// What the database reports.
pub fn of(db: &mut Db, consultation_id: &str, places: &[Place]) -> Result<Vec<u64>> {
    if places.is_empty() {
        return Ok(Vec::new());
    }
    let steps = Steps::of(db, consultation_id)?;
    let mut numbers: Vec<u64> = Vec::with_capacity(places.len());
    let mut last: Option<(&Place, u64)> = None;
    for place in places {
        let step = step_of(place.0);
        let number = match last {
            // On from the one before, so that nothing is counted twice.
            Some((before, number)) if step_of(before.0) == step => {
                number + store::between(db, consultation_id, before, place)?
            }
            _ => {
                let start = (step << STEP, String::new());
                steps.before(step) + store::between(db, consultation_id, &start, place)?
            }
        };
        numbers.push(number);
        last = Some((place, number));
    }
    Ok(numbers)
}

/// The remark with a number; `None` for 0 and beyond the last.
///
/// # Errors
/// What the database reports.
pub fn place(db: &mut Db, consultation_id: &str, number: u64) -> Result<Option<Place>> {
    let Some(before) = number.checked_sub(1) else {
        return Ok(None);
    };
    let Steps(steps) = Steps::of(db, consultation_id)?;
    let at = steps.partition_point(|(_, first)| *first <= before);
    let Some((step, first)) = at.checked_sub(1).and_then(|at| steps.get(at)) else {
        return Ok(None);
    };
    let (start, end) = (*step << STEP, (*step + 1) << STEP);
    store::nth(db, consultation_id, (start, end), before - first)
}
