//! Marking a consultation as answered.

use super::store;
use crate::db::Db;
use crate::error::{Error, Kind, Result};
use jiff::Timestamp;

/// Sets the moment at which the answers were published, once.
///
/// # Errors
/// `Kind::Conflict` when they are published already, or when the window was extended meanwhile.
pub fn mark(db: &mut Db, consultation_id: &str, at: Timestamp) -> Result<()> {
    if store::set_answered(db, consultation_id, at)? {
        return Ok(());
    }
    Err(Error::new(
        Kind::Conflict,
        "采纳情况刚刚已由别人公布，或者征求意见的时间刚刚延长了，请刷新后再看",
        "the answers have just been published by somebody else, or the window has just been extended; look again",
    ))
}
