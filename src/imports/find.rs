//! Finding what is in preparation.

use super::model::Import;
use super::store;
use crate::db::Db;
use crate::error::{Error, Kind, Result};
use crate::ids::is_id;

/// Imports shown on one page.
const ON_A_PAGE: i64 = 100;

/// The import with this identifier.
///
/// # Errors
/// `Kind::NotFound` when there is none.
pub fn by_id(db: &mut Db, id: &str) -> Result<Import> {
    let found = if is_id(id) {
        store::by_id(db, id)?
    } else {
        None
    };
    found.ok_or_else(|| {
        Error::new(
            Kind::NotFound,
            "没有这份材料，请从“准备发布”的列表里重新进入",
            "there is no such import; start from the list of what is being prepared",
        )
    })
}

/// The newest imports, those given up left out.
///
/// # Errors
/// What the database reports.
pub fn newest(db: &mut Db) -> Result<Vec<Import>> {
    store::newest(db, None, ON_A_PAGE)
}

/// The newest imports that revise a consultation, those given up left out.
///
/// # Errors
/// What the database reports.
pub fn revising(db: &mut Db, consultation_id: &str) -> Result<Vec<Import>> {
    store::newest(db, Some(consultation_id), ON_A_PAGE)
}
