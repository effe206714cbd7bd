//! Does the jobs: holds some, hands each to its file, writes down what came of it.

use super::model::{Job, JobKind, Outcome, Reason, next_try};
use super::tools::Tools;
use super::{acknowledge, answer_privacy_request, confirm_follower, queue};
use super::{scan_attachment, spread_news, spread_results, tell_follower, tell_result};
use crate::error::Result;
use crate::followers::sweep as followers;
use crate::intake::upload::sweep::sweep;
use crate::mail::outbound::Pace;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::{JoinError, JoinSet};

/// How many jobs are done at once.
const AT_ONCE: usize = 8;

/// Of these, files that the virus scanner is asked about again.
const SCANS: usize = 2;

/// How long an idle worker waits before it looks again.
const IDLE: Duration = Duration::from_secs(1);

/// How long jobs that were begun may take when the service is told to stop. What is cut off is
/// done again when its lease has ended.
const STOP_WITHIN: Duration = Duration::from_secs(20);

/// Jobs that make others; one of them at a time, because each is many transactions.
const SPREADING: [JobKind; 2] = [JobKind::SpreadResults, JobKind::SpreadNews];

/// Does jobs until it is told to stop. Any number of them may work on one database.
pub struct Worker {
    tools: Tools,
    pace: Pace,
}

impl Worker {
    /// A worker with its tools.
    #[must_use]
    pub fn new(tools: Tools) -> Self {
        let pace = Pace::new(tools.config.mail_per_minute);
        Self { tools, pace }
    }

    /// Takes hold of jobs that are due, at most as many as there are places.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn hold(&mut self, places: usize) -> Result<Vec<Job>> {
        let now = self.tools.clock.now();
        let mails = match self.tools.mailer {
            Some(_) => self.pace.left(now).min(places),
            None => 0,
        };
        let scans = self.tools.scanner.is_some();
        // Looking costs no transaction; most looks find nothing.
        let look = self.tools.database.read(move |db| {
            let mut ids = queue::due(db, &SPREADING, now, 1.min(places))?;
            if scans {
                ids.extend(queue::due(
                    db,
                    &[JobKind::ScanAttachment],
                    now,
                    SCANS.min(places),
                )?);
            }
            let left = mails.min(places.saturating_sub(ids.len()));
            ids.extend(queue::due(db, &JobKind::MAILS, now, left)?);
            Ok(ids)
        });
        let ids = look.await?;
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let claim = move |db: &mut crate::db::Db| queue::claim(db, &ids, now);
        let held = self.tools.database.write(claim).await?;
        let mails = held.iter().filter(|job| job.kind.sends_mail()).count();
        self.pace.took(mails);
        Ok(held)
    }

    /// Does what is due, as much as is held at once, and waits for all of it; answers how many.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn step(&mut self) -> Result<usize> {
        let mut running = JoinSet::new();
        let held = self.hold(AT_ONCE).await?;
        let count = held.len();
        for job in held {
            running.spawn(settle(self.tools.clone(), job));
        }
        while let Some(ended) = running.join_next().await {
            self.ended(&ended);
        }
        Ok(count)
    }

    /// Works until the sender of `stop` sends or is gone. A failure of the database is logged, and
    /// asked again after a pause.
    pub async fn run(mut self, mut stop: watch::Receiver<bool>) {
        let mut running = JoinSet::new();
        let mut tidied = None;
        loop {
            let places = AT_ONCE.saturating_sub(running.len());
            let held = match self.hold(places).await {
                Ok(held) => held,
                Err(error) => {
                    tracing::error!(?error, "no jobs could be fetched");
                    Vec::new()
                }
            };
            for job in held {
                running.spawn(settle(self.tools.clone(), job));
            }
            self.tidy(&mut tidied).await;
            tokio::select! {
                _ = stop.changed() => break,
                Some(ended) = running.join_next() => self.ended(&ended),
                () = tokio::time::sleep(IDLE) => {}
            }
        }
        let rest = async { while running.join_next().await.is_some() {} };
        if tokio::time::timeout(STOP_WITHIN, rest).await.is_err() {
            tracing::warn!("jobs were cut off; they are done again later");
            running.shutdown().await;
        }
    }

    /// A mail that was not written is not counted: of a million results most may have no address.
    fn ended(&mut self, ended: &std::result::Result<(JobKind, Outcome), JoinError>) {
        if matches!(ended, Ok((kind, Outcome::Nothing)) if kind.sends_mail()) {
            self.pace.give_back();
        }
    }

    /// Once an hour removes what was done long ago, files that were chosen and never sent, and
    /// addresses of followers.
    async fn tidy(&self, tidied: &mut Option<jiff::Timestamp>) {
        let now = self.tools.clock.now();
        let lately = |at: jiff::Timestamp| now.duration_since(at).as_hours() < 1;
        if tidied.is_some_and(lately) {
            return;
        }
        if let Err(error) = self.sweep(now).await {
            tracing::error!(?error, "files that were never sent could not be removed");
        }
        if let Err(error) = self.forget_followers(now).await {
            tracing::error!(?error, "addresses of followers could not be removed");
        }
        let purge = move |db: &mut crate::db::Db| queue::purge(db, now);
        match self.tools.database.write(purge).await {
            // There may be more: the next round goes on.
            Ok(removed) if removed > 0 => {}
            Ok(_) => *tidied = Some(now),
            Err(error) => {
                tracing::error!(?error, "old jobs could not be removed");
                *tidied = Some(now);
            }
        }
    }
}

impl Worker {
    async fn sweep(&self, now: jiff::Timestamp) -> Result<u64> {
        let Tools {
            database,
            storage,
            config,
            ..
        } = &self.tools;
        sweep(database, storage, config.upload_keep_hours, now).await
    }

    /// Addresses that nothing is to be told to any more.
    async fn forget_followers(&self, now: jiff::Timestamp) -> Result<()> {
        let part = move |db: &mut crate::db::Db| followers::sweep(db, now);
        while self.tools.database.write(part).await? >= followers::AT_ONCE {}
        Ok(())
    }
}

/// Does one job and writes down what came of it.
async fn settle(tools: Tools, job: Job) -> (JobKind, Outcome) {
    let outcome = match perform(&tools, &job).await {
        Ok(outcome) => outcome,
        Err(error) => {
            let kind = job.kind.code();
            tracing::error!(job = %job.id, kind, ?error, "a job failed");
            Outcome::Later(Reason::Fault)
        }
    };
    let (id, kind) = (job.id.clone(), job.kind);
    if let Err(error) = note(&tools, job, outcome).await {
        tracing::error!(job = %id, ?error, "what came of a job could not be written down");
    }
    (kind, outcome)
}

/// The one place that knows who does what.
async fn perform(tools: &Tools, job: &Job) -> Result<Outcome> {
    // Begun more often than it is tried: each time the process died of it.
    if next_try(job.attempts.saturating_sub(1), tools.clock.now()).is_none() && job.attempts > 1 {
        return Ok(Outcome::Never(Reason::Fault));
    }
    match job.kind {
        JobKind::AcknowledgeSubmission => tools.mail(job, acknowledge::submission).await,
        JobKind::AcknowledgeSupplement => tools.mail(job, acknowledge::supplement).await,
        JobKind::AcknowledgeWithdrawal => tools.mail(job, acknowledge::withdrawal).await,
        JobKind::SpreadResults => spread_results::run(tools, job).await,
        JobKind::TellResult => tools.mail(job, tell_result::compose).await,
        JobKind::ConfirmFollower => tools.mail(job, confirm_follower::compose).await,
        JobKind::SpreadNews => spread_news::run(tools, job).await,
        JobKind::TellFollower => tools.mail(job, tell_follower::compose).await,
        JobKind::AnswerPrivacyRequest => tools.mail(job, answer_privacy_request::compose).await,
        JobKind::ScanAttachment => scan_attachment::run(tools, job).await,
    }
}

async fn note(tools: &Tools, job: Job, outcome: Outcome) -> Result<()> {
    let now = tools.clock.now();
    let write = move |db: &mut crate::db::Db| match outcome {
        Outcome::Done | Outcome::Nothing => queue::finish(db, &job, now),
        Outcome::Later(reason) => match next_try(job.attempts, now) {
            Some(due) => queue::put_off(db, &job, reason, due),
            None => queue::give_up(db, &job, reason, now),
        },
        Outcome::Never(reason) => queue::give_up(db, &job, reason, now),
    };
    tools.database.write(write).await
}
