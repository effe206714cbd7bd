//! Looking into mailboxes again and again: when the server tells of something new, and in any case
//! after a while.

use super::fetch::{Fetcher, Tally};
use super::model::Failure;
use crate::config::Mailbox;
use crate::mail::imap::Inbox;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// The first pause after a failure; each next one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(5);
const LONGEST_PAUSE: Duration = Duration::from_secs(300);

/// Servers end a wait of half an hour (RFC 2177).
const LONGEST_WAIT: Duration = Duration::from_secs(25 * 60);

/// Looks into one mailbox until the sender of `stop` sends or is gone.
pub async fn watch(fetcher: Arc<Fetcher>, mailbox: Mailbox, mut stop: watch::Receiver<bool>) {
    let mut pause = FIRST_PAUSE;
    loop {
        let looked = tokio::select! {
            _ = stop.changed() => return,
            looked = fetcher.look(&mailbox) => looked,
        };
        let wait = async {
            match looked {
                Ok((tally, inbox)) => {
                    said(&mailbox, tally);
                    pause = FIRST_PAUSE;
                    rest(inbox, mailbox.poll).await;
                }
                Err(_) => {
                    tokio::time::sleep(pause).await;
                    pause = (pause * 2).min(LONGEST_PAUSE);
                }
            }
        };
        tokio::select! {
            _ = stop.changed() => return,
            () = wait => {}
        }
    }
}

/// Waits for the next look: where the server tells, until it does, but no longer than between two
/// looks: some servers say that they tell and do not.
async fn rest(inbox: Option<Inbox>, poll: Duration) {
    let Some(inbox) = inbox else {
        return tokio::time::sleep(poll).await;
    };
    if !inbox.tells {
        inbox.close().await;
        return tokio::time::sleep(poll).await;
    }
    let waited: Result<Inbox, Failure> = inbox.wait(poll.min(LONGEST_WAIT)).await;
    match waited {
        Ok(inbox) => inbox.close().await,
        // The next look says what is wrong.
        Err(_) => tokio::time::sleep(FIRST_PAUSE).await,
    }
}

fn said(mailbox: &Mailbox, tally: Tally) {
    if tally == Tally::default() {
        return;
    }
    let Tally {
        registered,
        supplements,
        duplicates,
        set_aside,
        failed,
    } = tally;
    tracing::info!(
        mailbox = %mailbox.name,
        registered,
        supplements,
        duplicates,
        set_aside,
        failed,
        "letters were read"
    );
}
