//! Does the jobs: holds some, hands each to its file, writes down what came of it.

use super::model::{Job, JobKind, Outcome, Reason, Task, next_try};
use super::tools::Tools;
use super::{acknowledge, answer_privacy_request, answer_too_large, confirm_follower, queue};
use super::{
    scan_attachment, send_office_message, spread_news, spread_results, tell_follower, tell_result,
    tidy,
};
use crate::error::{Kind, Result};
use crate::mail::outbound::Pace;
use std::sync::Arc;
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

/// What a database says that can be had again in a moment.
const PASSES: [Kind; 2] = [Kind::Busy, Kind::Unavailable];

/// Pauses before what came of a job is written down again.
const NOTE_AGAIN: [Duration; 5] = [
    Duration::from_millis(100),
    Duration::from_millis(400),
    Duration::from_secs(2),
    Duration::from_secs(5),
    Duration::from_secs(10),
];

/// Of these, jobs that make others: each is many transactions.
const SPREADS: usize = 1;

/// Does jobs until it is told to stop. Any number of them may work on one database.
pub struct Worker {
    tools: Tools,
    pace: Pace,
    scans: Running,
    spreads: Running,
}

/// Counts jobs of a kind that run, those that panic too: each holds a share until it ends.
#[derive(Clone, Default)]
struct Running(Arc<()>);

impl Running {
    fn running(&self) -> usize {
        Arc::strong_count(&self.0) - 1
    }
}

impl Worker {
    /// A worker with its tools.
    #[must_use]
    pub fn new(tools: Tools) -> Self {
        let pace = Pace::new(tools.config.mail_per_minute);
        Self {
            tools,
            pace,
            scans: Running::default(),
            spreads: Running::default(),
        }
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
        // Of what takes long only some at a time, those that run counted: mails are not to wait.
        let scans = SCANS.saturating_sub(self.scans.running()).min(places);
        let spreads = SPREADS.saturating_sub(self.spreads.running()).min(places);
        // Looking costs no transaction; most looks find nothing.
        let look = self.tools.database.read(move |db| {
            let mut ids = queue::due(db, Task::Spread, now, spreads)?;
            ids.extend(queue::due(db, Task::Scan, now, scans)?);
            let left = mails.min(places.saturating_sub(ids.len()));
            ids.extend(queue::due(db, Task::Mail, now, left)?);
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
            running.spawn(self.begin(job));
        }
        while let Some(ended) = running.join_next().await {
            self.ended(&ended);
        }
        Ok(count)
    }

    /// A job that is held, ready to be done.
    fn begin(&self, job: Job) -> impl Future<Output = (JobKind, Outcome)> + Send + 'static {
        let share = match job.kind.task() {
            Task::Scan => Some(self.scans.clone()),
            Task::Spread => Some(self.spreads.clone()),
            Task::Mail => None,
        };
        let done = settle(self.tools.clone(), job);
        async move {
            let done = done.await;
            drop(share);
            done
        }
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
                running.spawn(self.begin(job));
            }
            self.tidy(&mut tidied);
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
    /// addresses of followers; beside the jobs, which do not wait for it.
    fn tidy(&self, tidied: &mut Option<jiff::Timestamp>) {
        let now = self.tools.clock.now();
        let lately = |at: jiff::Timestamp| now.duration_since(at).as_hours() < 1;
        if tidied.is_some_and(lately) {
            return;
        }
        *tidied = Some(now);
        tokio::spawn(tidy::everything(self.tools.clone(), now));
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
        JobKind::AnswerTooLarge => tools.mail(job, answer_too_large::compose).await,
        JobKind::SendOfficeMessage => tools.mail(job, send_office_message::compose).await,
        JobKind::ScanAttachment => scan_attachment::run(tools, job).await,
    }
}

/// A mail that was sent is sent again when this is not written: a database that is busy or away for
/// a moment is asked again, for about as long as a stopping service waits.
async fn note(tools: &Tools, job: Job, outcome: Outcome) -> Result<()> {
    let mut pauses = NOTE_AGAIN.iter();
    loop {
        let (held, now) = (job.clone(), tools.clock.now());
        let write = move |db: &mut crate::db::Db| came_of(db, &held, outcome, now);
        let written = tools.database.write(write).await;
        let again = matches!(&written, Err(error) if PASSES.contains(&error.kind()));
        match pauses.next().filter(|_| again) {
            Some(pause) => tokio::time::sleep(*pause).await,
            None => return written,
        }
    }
}

fn came_of(
    db: &mut crate::db::Db,
    job: &Job,
    outcome: Outcome,
    now: jiff::Timestamp,
) -> Result<()> {
    match outcome {
        Outcome::Done | Outcome::Nothing => queue::finish(db, job, now),
        Outcome::Later(reason) => match next_try(job.attempts, now) {
            Some(due) => queue::put_off(db, job, reason, due),
            None => queue::give_up(db, job, reason, now),
        },
        Outcome::Never(reason) => queue::give_up(db, job, reason, now),
    }
}
