//! Letters that were set aside.

use crate::clock::{from_micros, to_micros};
use crate::db::Db;
use crate::db::schema::letters;
use crate::error::Result;
use crate::intake::model::letter::LetterState;
use diesel::prelude::*;
use jiff::Timestamp;

/// A letter as it came.
pub(in crate::intake) struct Row {
    pub(in crate::intake) raw_sha256: String,
    pub(in crate::intake) road: String,
    pub(in crate::intake) mailbox_id: Option<String>,
    pub(in crate::intake) internal_at: Option<Timestamp>,
    pub(in crate::intake) received_at: Timestamp,
    pub(in crate::intake) checks: Option<String>,
}

/// Whether a row was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::intake) enum Changed {
    Now,
    /// It stood so already.
    Before,
    /// It is none that can be changed.
    Not,
}

macro_rules! one {
    ($of:expr) => {
        letters::table
            .filter(letters::consultation_id.eq($of.0))
            .filter(letters::id.eq($of.1))
    };
}

/// What was not registered.
fn open() -> [&'static str; 2] {
    ["stored", "quarantined"]
}

pub(in crate::intake) fn by_id(db: &mut Db, owner: &str, id: &str) -> Result<Option<Row>> {
    type Columns = (
        String,
        String,
        Option<String>,
        Option<i64>,
        i64,
        Option<String>,
    );
    let found: Option<Columns> = one!((owner, id))
        .select((
            letters::raw_sha256,
            letters::road,
            letters::mailbox_id,
            letters::internal_at,
            letters::received_at,
            letters::checks,
        ))
        .first(db)
        .optional()?;
    Ok(found.map(
        |(raw_sha256, road, mailbox_id, internal_at, at, checks)| Row {
            raw_sha256,
            road,
            mailbox_id,
            internal_at: internal_at.map(from_micros),
            received_at: from_micros(at),
            checks,
        },
    ))
}

/// Opens a letter again that was set aside, for a consultation; `false` when it was registered
/// meanwhile, or when that consultation has a letter of the same bytes.
pub(in crate::intake) fn open_again(
    db: &mut Db,
    letter: (&str, &str),
    new_owner: &str,
) -> Result<bool> {
    if letter.0 != new_owner {
        let sha256: Option<String> = one!(letter)
            .select(letters::raw_sha256)
            .first(db)
            .optional()?;
        let there: i64 = letters::table
            .filter(letters::consultation_id.eq(new_owner))
            .filter(letters::raw_sha256.eq(sha256.unwrap_or_default()))
            .count()
            .get_result(db)?;
        if there > 0 {
            return Ok(false);
        }
    }
    let opened = diesel::update(one!(letter).filter(letters::state.eq_any(open())))
        .set((
            letters::consultation_id.eq(new_owner),
            letters::state.eq(LetterState::Stored.code()),
            letters::reason.eq(None::<String>),
            letters::set_down_at.eq(None::<i64>),
            letters::set_down_by.eq(None::<String>),
        ))
        .execute(db)?;
    Ok(opened == 1)
}

pub(in crate::intake) fn set_down(
    db: &mut Db,
    letter: (&str, &str),
    by: &str,
    now: Timestamp,
) -> Result<Changed> {
    let held = || one!(letter).filter(letters::state.eq_any(open()));
    let changed = diesel::update(held().filter(letters::set_down_at.is_null()))
        .set((
            letters::set_down_at.eq(to_micros(now)),
            letters::set_down_by.eq(by),
        ))
        .execute(db)?;
    if changed == 1 {
        return Ok(Changed::Now);
    }
    let there: i64 = held().count().get_result(db)?;
    Ok(if there == 1 {
        Changed::Before
    } else {
        Changed::Not
    })
}

pub(in crate::intake) fn take_up(db: &mut Db, letter: (&str, &str)) -> Result<bool> {
    let changed = diesel::update(one!(letter).filter(letters::set_down_at.is_not_null()))
        .set((
            letters::set_down_at.eq(None::<i64>),
            letters::set_down_by.eq(None::<String>),
        ))
        .execute(db)?;
    Ok(changed == 1)
}
