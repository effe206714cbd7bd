//! `ScanAttachment`: the scanner is asked again about an attachment that is held.

use super::model::{Job, Outcome, Reason};
use super::tools::Tools;
use crate::error::{Kind, Result};
use crate::intake::upload::held::rescan;

/// Does one job; it is tried again while the scanner is not reached.
pub(super) async fn run(tools: &Tools, job: &Job) -> Result<Outcome> {
    let Tools {
        database,
        storage,
        scanner,
        ..
    } = tools;
    let asked = rescan(
        database,
        storage,
        scanner.as_ref(),
        &job.consultation,
        &job.subject,
    );
    match asked.await {
        Ok(()) => Ok(Outcome::Done),
        Err(error) if error.kind() == Kind::Unavailable => Ok(Outcome::Later(Reason::Scanner)),
        Err(error) => Err(error),
    }
}
