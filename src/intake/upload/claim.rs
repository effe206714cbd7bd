//! A submission takes over the files of its form.

use super::{Upload, store};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::intake::model::attachment::NewAttachment;
use jiff::Timestamp;

/// The files of a form as attachments of the submission that is being written, in the order of
/// `ids`. Call it in the transaction that writes the submission.
///
/// A file that was used before is used again: a double click, a connection lost after sending, the
/// back button and a second tab all send the same identifiers. Whoever holds the token chose the
/// file; that the same person sends it with a second, different opinion is their right, and costs
/// no byte, because files are kept once by what they hold. So there is nothing here that a repeated
/// submission could trip over.
///
/// The rows stay locked until the transaction ends, so that [`super::sweep::sweep`] cannot take
/// them away meanwhile.
///
/// # Errors
/// `Kind::Invalid`, in words, for a file that is not there (any more) or is another consultation's.
pub fn claim(
    db: &mut Db,
    consultation_id: &str,
    ids: &[String],
    now: Timestamp,
) -> Result<Vec<NewAttachment>> {
    let mut files = Vec::with_capacity(ids.len());
    for id in ids {
        if !store::mark_used(db, consultation_id, id, now)? {
            return Err(gone());
        }
        let row = store::by_id(db, consultation_id, id)?.ok_or_else(gone)?;
        files.push(row.into_attachment());
    }
    Ok(files)
}

/// The files of a form, for showing them; those that are gone are left out.
///
/// # Errors
/// What the database reports.
pub fn find(db: &mut Db, consultation_id: &str, ids: &[String]) -> Result<Vec<Upload>> {
    let mut files = Vec::with_capacity(ids.len());
    for id in ids {
        let row = store::by_id(db, consultation_id, id)?;
        files.extend(row.map(store::Stored::into_upload));
    }
    Ok(files)
}

/// A file that does not wait here.
#[track_caller]
pub(super) fn gone() -> Error {
    Error::invalid(
        "有文件已经不在这里了（文件选好以后只保留一段时间）。请重新选择文件，其他内容都还在",
        "one of the files is no longer here (files wait only for a time after they are chosen); choose it again, everything else is still there",
    )
}
