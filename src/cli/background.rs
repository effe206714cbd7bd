//! The worker and the readers of mailboxes beside the server, in a thread of their own: what they wait
//! for (a slow mail server) never takes a thread that answers people.

use super::site::Site;
use crate::error::{Error, Result};
use crate::jobs::tools::Tools;
use crate::jobs::worker::Worker;
use crate::mailboxes::watch::watch;
use std::sync::Arc;
use std::thread::JoinHandle;
use tokio::sync::watch::{Sender, channel};

/// A worker that runs.
pub(super) struct Background {
    stop: Sender<bool>,
    thread: JoinHandle<()>,
}

/// Starts doing jobs.
///
/// # Errors
/// `Kind::Invalid` for settings by which no mail can be sent.
pub(super) fn start(site: &Site) -> Result<Background> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(Error::internal)?;
    let tools = {
        let _inside = runtime.enter();
        Tools::new(
            site.config.clone(),
            site.database.clone(),
            site.vault.clone(),
            site.storage.clone(),
            Arc::clone(&site.clock),
        )?
    };
    let (fetcher, mailboxes) = (Arc::new(site.fetcher()?), site.config.mailboxes.clone());
    let (stop, told) = channel(false);
    let thread = std::thread::Builder::new()
        .name("jobs".to_owned())
        .spawn(move || {
            runtime.block_on(async move {
                for mailbox in mailboxes {
                    tokio::spawn(watch(Arc::clone(&fetcher), mailbox, told.clone()));
                }
                Worker::new(tools).run(told).await;
            });
        })
        .map_err(Error::internal)?;
    Ok(Background { stop, thread })
}

impl Background {
    /// Takes no new jobs, and waits for those that were begun.
    pub(super) fn stop(self) {
        // Nobody listens when it has ended by itself.
        let _ = self.stop.send(true);
        if self.thread.join().is_err() {
            tracing::error!("the worker of jobs ended unexpectedly");
        }
    }
}
