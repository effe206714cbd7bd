//! The sealed heads of letters.

use crate::db::Db;
use crate::db::schema::letters;
use crate::error::Result;
use diesel::prelude::*;

pub(in crate::intake) fn set(db: &mut Db, (owner, id): (&str, &str), sealed: &[u8]) -> Result<()> {
    diesel::update(
        letters::table
            .filter(letters::consultation_id.eq(owner))
            .filter(letters::id.eq(id))
            .filter(letters::submission_id.is_null()),
    )
    .set(letters::head_sealed.eq(sealed))
    .execute(db)?;
    Ok(())
}
