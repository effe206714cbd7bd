//! What still needs a file in storage: asked before one is removed, whoever removes it.

pub(in crate::intake) mod store;

use crate::db::Db;
use crate::error::Result;

/// Whether a database of any version names a letter, an attachment or an imported file that must be
/// in storage.
///
/// # Errors
/// What the database reports.
pub fn names_files(db: &mut Db) -> Result<bool> {
    store::names_files(db)
}
