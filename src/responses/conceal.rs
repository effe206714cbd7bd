//! Taking a person's details out of a reason, when they are erased.

use super::store;
use crate::db::Db;
use crate::error::Result;
use crate::intake::model::public_text::Concealer;

/// Writes the reason given to a remark down as the public may read it. Outcome, time and revision
/// stay. No event of its own: it belongs to the erasure.
///
/// # Errors
/// What the database reports.
pub fn conceal_reason(
    db: &mut Db,
    consultation_id: &str,
    remark_id: &str,
    concealer: &Concealer,
) -> Result<()> {
    let Some(answer) = store::by_remark(db, consultation_id, remark_id)? else {
        return Ok(());
    };
    let public = concealer.conceal(&answer.reason);
    store::set_reason(db, consultation_id, remark_id, public.as_str())
}
