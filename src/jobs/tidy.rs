//! What is removed by itself, once an hour.

use super::queue;
use super::tools::Tools;
use crate::db::Db;
use crate::error::Result;
use crate::followers::sweep as followers;
use crate::intake::upload::sweep::sweep;
use jiff::Timestamp;

/// Removes files that were chosen and never sent, addresses of followers that nothing is to be told
/// to any more, and jobs that were done long ago, from the database's log too. What fails is logged and done an hour later.
pub(super) async fn everything(tools: Tools, now: Timestamp) {
    let Tools {
        database,
        storage,
        config,
        ..
    } = &tools;
    if let Err(error) = sweep(database, storage, config.upload_keep_hours, now).await {
        tracing::error!(?error, "files that were never sent could not be removed");
    }
    if let Err(error) = forget_followers(&tools, now).await {
        tracing::error!(?error, "addresses of followers could not be removed");
    }
    if let Err(error) = purge_jobs(&tools, now).await {
        tracing::error!(?error, "old jobs could not be removed");
    }
    // Also what an erasure left that was cut short.
    database.cut_log().await;
}

async fn forget_followers(tools: &Tools, now: Timestamp) -> Result<()> {
    let part = move |db: &mut Db| followers::sweep(db, now);
    while tools.database.write(part).await? >= followers::AT_ONCE {}
    Ok(())
}

async fn purge_jobs(tools: &Tools, now: Timestamp) -> Result<()> {
    let counts = move |db: &mut Db| queue::recipients::forget(db, now);
    tools.database.write(counts).await?;
    let part = move |db: &mut Db| queue::purge(db, now);
    while tools.database.write(part).await? > 0 {}
    Ok(())
}
