//! What the stories of this folder share.

use crate::mail::{Letter, by};
use crate::support::TestSite;
use crate::support::dovecot::Dovecot;
use diesel::prelude::*;
use jianyan::config::Mailbox;
use jianyan::db::schema::{letters, mailboxes, remarks, submissions};
use jianyan::mail::authentic::Checker;
use jianyan::mailboxes::fetch::{Fetcher, Tally};
use jianyan::mailboxes::model::Failure;
use std::sync::Arc;
use std::time::Duration;

/// The mailbox of most stories.
pub const USER: &str = "yijian";

/// Looks into mailboxes as the service does, each look to its end.
pub struct Reader {
    fetcher: Fetcher,
    runtime: tokio::runtime::Runtime,
}

impl Reader {
    pub fn of(site: &TestSite) -> Self {
        Self {
            fetcher: Fetcher {
                rooms: Arc::new(site.mailrooms()),
                checker: Checker::of(&site.config).unwrap(),
                mail_host: site.config.mail_host.clone(),
                patience: Duration::from_secs(20),
                letter_limit: site.config.letter_limit_bytes,
            },
            runtime: tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap(),
        }
    }

    pub fn patience(mut self, patience: Duration) -> Self {
        self.fetcher.patience = patience;
        self
    }

    pub fn look(&self, address: &str) -> Result<Tally, Failure> {
        let mailbox = Mailbox::read(address, None, None).unwrap();
        self.look_into(&mailbox)
    }

    pub fn look_into(&self, mailbox: &Mailbox) -> Result<Tally, Failure> {
        let looked = self.runtime.block_on(self.fetcher.look(mailbox));
        looked.map(|(tally, inbox)| {
            if let Some(inbox) = inbox {
                self.runtime.block_on(inbox.close());
            }
            tally
        })
    }
}

/// So many letters of different people, each with words of its own.
pub fn letter(number: usize) -> Vec<u8> {
    let (id, from) = (
        format!("n{number}"),
        format!("甲某 <writer{number}@example.com>"),
    );
    let body = format!("第{number}号意见：楼道里的灯请换成感应灯。\r\n");
    Letter {
        id: Some(&id),
        from: &from,
        body: &body,
        ..Letter::default()
    }
    .raw()
}

pub fn deliver(server: &Dovecot, numbers: std::ops::Range<usize>) {
    for number in numbers {
        server.deliver(USER, &letter(number));
    }
}

pub fn registered(count: usize) -> Tally {
    Tally {
        registered: count,
        ..Tally::default()
    }
}

/// Submissions, remarks, and letters in the book.
pub fn counts(site: &TestSite) -> (i64, i64, i64) {
    site.database
        .read_now(|db| {
            Ok((
                submissions::table.count().get_result(db)?,
                remarks::table.count().get_result(db)?,
                letters::table.count().get_result(db)?,
            ))
        })
        .unwrap()
}

/// Basis of the time of receipt of each submission, in the order of receipt.
pub fn bases(site: &TestSite) -> Vec<(String, String)> {
    site.database
        .read_now(|db| {
            Ok(submissions::table
                .order(submissions::received_at.asc())
                .select((submissions::received_basis, submissions::timing))
                .load(db)?)
        })
        .unwrap()
}

/// Failure, whether it stands since some time, and letters waiting, of the one mailbox.
pub fn health(site: &TestSite) -> (Option<String>, bool, i64, bool) {
    let row: (Option<String>, Option<i64>, i64, Option<i64>) = site
        .database
        .read_now(|db| {
            Ok(mailboxes::table
                .select((
                    mailboxes::failure,
                    mailboxes::failing_since,
                    mailboxes::waiting,
                    mailboxes::fetched_at,
                ))
                .first(db)?)
        })
        .unwrap();
    (row.0, row.1.is_some(), row.2, row.3.is_some())
}

/// A `Received` line of our own server.
pub fn at(moment: &str) -> Vec<String> {
    vec![by("mail.example.org", moment)]
}
