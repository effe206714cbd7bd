//! Attachments that the scanner could not be asked about when they came.

use super::store;
use crate::db::Database;
use crate::db::storage::Storage;
use crate::error::{Error, Kind, Result};
use crate::intake::files::clamd::{Scanner, Verdict};
use crate::intake::model::attachment::Scan;

/// Asks the scanner about an attachment that is held and writes down what it says. Does nothing for
/// one that is not held (any more) or not there. Where no scanner is set up any more, nothing is
/// held: the attachment is as one that came without a scanner.
///
/// # Errors
/// `Kind::Unavailable` while the scanner is not reached: try again later.
pub async fn rescan(
    database: &Database,
    storage: &Storage,
    scanner: Option<&Scanner>,
    consultation_id: &str,
    attachment_id: &str,
) -> Result<()> {
    let at = (consultation_id.to_owned(), attachment_id.to_owned());
    let (consultation, id) = at.clone();
    let found = database
        .read(move |db| store::attachment(db, &consultation, &id))
        .await?;
    let Some((sha256, Scan::Held)) = found else {
        return Ok(());
    };
    let (storage, scanner) = (storage.clone(), scanner.cloned());
    let work = move || match scanner {
        None => Ok(Scan::None),
        Some(scanner) => storage
            .fetch(&sha256)
            .and_then(|bytes| said(&scanner, &bytes)),
    };
    let done = tokio::task::spawn_blocking(work).await;
    let scan = done.map_err(Error::internal)??;
    let (consultation, id) = at;
    database
        .write(move |db| store::settle(db, &consultation, &id, scan))
        .await
}

fn said(scanner: &Scanner, bytes: &[u8]) -> Result<Scan> {
    match scanner.ask(bytes) {
        Verdict::Clean => Ok(Scan::Clean),
        Verdict::Infected(_) => Ok(Scan::Infected),
        Verdict::Unknown(why) => Err(Error::new(
            Kind::Unavailable,
            "病毒扫描程序没有应答，附件暂缓下载，稍后自动再试",
            "the virus scanner does not answer; the attachment stays held and is tried again later",
        )
        .caused_by(why)),
    }
}
