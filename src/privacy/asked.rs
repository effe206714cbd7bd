//! Requests of senders about their own data (个人信息保护法 Art. 44–47), for the mails about them.

use super::store;
use crate::clock::from_micros;
use crate::db::Db;
use crate::error::Result;
use jiff::Timestamp;

/// A request, as its answer needs it.
#[derive(Clone, Debug)]
pub struct Request {
    pub submission_id: String,
    pub asked_at: Timestamp,
    pub is_done: bool,
    /// What the office says about it.
    pub answer: Option<String>,
}

/// A request of a consultation; `None` when there is none.
///
/// # Errors
/// What the database reports.
pub fn by_id(db: &mut Db, consultation_id: &str, id: &str) -> Result<Option<Request>> {
    let row = store::request(db, consultation_id, id)?;
    Ok(
        row.map(|(submission_id, asked_at, done_at, answer)| Request {
            submission_id,
            asked_at: from_micros(asked_at),
            is_done: done_at.is_some(),
            answer,
        }),
    )
}
