//! `ScanAttachment`: the scanner is asked again about an attachment that is held.

use crate::db::Database;
use crate::db::storage::Storage;
use crate::error::Result;
use crate::intake::files::clamd::Scanner;
use crate::intake::upload::held::rescan;

/// Does one job. `attachment_id` is the subject of the job.
///
/// # Errors
/// `Kind::Unavailable` while the scanner is not reached; the job is to be tried again.
pub async fn run(
    database: &Database,
    storage: &Storage,
    scanner: Option<&Scanner>,
    consultation_id: &str,
    attachment_id: &str,
) -> Result<()> {
    rescan(database, storage, scanner, consultation_id, attachment_id).await
}
