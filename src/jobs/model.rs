//! What can be asked for, how often it is tried, and why it may fail.

use jiff::{SignedDuration, Timestamp};
use strum::VariantArray;

mod bounce;
mod reason;

pub use bounce::{Bounce, Notice};
pub use reason::{BOUNCED, Reason};

/// One thing to be done later. `detail` and the identifiers never hold personal data: whoever does
/// the job opens the sealed columns then.
#[derive(Clone, Debug)]
pub struct NewJob<'a> {
    pub kind: JobKind,
    pub consultation: &'a str,
    /// Identifier of the row that the job is about.
    pub subject: &'a str,
    /// What else the job needs to know, as JSON; `Null` for nothing.
    pub detail: serde_json::Value,
}

/// The kinds of jobs; those that send a mail in the order in which they are sent, those that somebody
/// waits for first: a receipt goes out before the rest of a million results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::VariantArray)]
pub enum JobKind {
    /// Tell the sender of a submission that it arrived: receipt number, what was said, the link
    /// that confirms the address. Subject: the submission; detail: the letter that is answered, if
    /// it came as one (`{"letter": …}`).
    AcknowledgeSubmission,
    /// Tell the sender that a supplement was recorded. Subject: the submission; detail: the remark
    /// that was added (`{"remark": …}`), or those of a letter, and the letter
    /// (`{"remarks": […], "letter": …}`).
    AcknowledgeSupplement,
    /// Tell the sender that the submission was withdrawn. Subject: the submission.
    AcknowledgeWithdrawal,
    /// Ask whether somebody really wants to follow (double opt-in). Subject: the follower.
    ConfirmFollower,
    /// Tell somebody that their letter was too large to be read. Subject: the letter; detail: its
    /// size (`{"bytes": …}`).
    AnswerTooLarge,
    /// Send what the office wrote to a sender. Subject: the message.
    SendOfficeMessage,
    /// Tell the sender that a request about their data was dealt with. Subject: the request.
    AnswerPrivacyRequest,
    /// Tell the sender the outcomes. Subject: the submission.
    TellResult,
    /// Tell one follower the news. Subject: the follower; detail as in `SpreadNews`.
    TellFollower,
    /// Make one `TellResult` for each submission with an e-mail address. Subject: the consultation.
    SpreadResults,
    /// Make one `TellFollower` for each confirmed follower. Subject: the consultation; detail: the
    /// news (`{"news": "revised" | "extended" | "answered"}` and what belongs to it).
    SpreadNews,
    /// Ask the virus scanner about an attachment that is held. Subject: the attachment.
    ScanAttachment,
}

/// What the jobs of a kind do; the worker looks for each of these in turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::VariantArray)]
pub enum Task {
    /// Makes other jobs, in many transactions.
    Spread,
    /// Asks the virus scanner.
    Scan,
    /// Sends a mail.
    Mail,
}

impl Task {
    /// The kinds of jobs that do this, in the order in which they are done.
    pub fn kinds(self) -> impl Iterator<Item = JobKind> {
        let kinds = JobKind::VARIANTS.iter().copied();
        kinds.filter(move |kind| kind.task() == self)
    }
}

impl JobKind {
    /// The code that is stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::AcknowledgeSubmission => "acknowledge-submission",
            Self::AcknowledgeSupplement => "acknowledge-supplement",
            Self::AcknowledgeWithdrawal => "acknowledge-withdrawal",
            Self::SpreadResults => "spread-results",
            Self::TellResult => "tell-result",
            Self::ConfirmFollower => "confirm-follower",
            Self::SpreadNews => "spread-news",
            Self::TellFollower => "tell-follower",
            Self::AnswerPrivacyRequest => "answer-privacy-request",
            Self::SendOfficeMessage => "send-office-message",
            Self::AnswerTooLarge => "answer-too-large",
            Self::ScanAttachment => "scan-attachment",
        }
    }

    /// The kind of a stored code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::VARIANTS
            .iter()
            .copied()
            .find(|kind| kind.code() == code)
    }
}

impl JobKind {
    /// What it does.
    #[must_use]
    pub const fn task(self) -> Task {
        match self {
            Self::AcknowledgeSubmission
            | Self::AcknowledgeSupplement
            | Self::AcknowledgeWithdrawal
            | Self::ConfirmFollower
            | Self::AnswerTooLarge
            | Self::SendOfficeMessage
            | Self::AnswerPrivacyRequest
            | Self::TellResult
            | Self::TellFollower => Task::Mail,
            Self::SpreadResults | Self::SpreadNews => Task::Spread,
            Self::ScanAttachment => Task::Scan,
        }
    }

    /// Whether its mail is about a submission: an answer to it, or its bounce, is bound to that
    /// submission as long as the submission is there.
    #[must_use]
    pub const fn is_about_a_submission(self) -> bool {
        match self {
            Self::AcknowledgeSubmission
            | Self::AcknowledgeSupplement
            | Self::AcknowledgeWithdrawal
            | Self::SendOfficeMessage
            | Self::AnswerPrivacyRequest
            | Self::TellResult => true,
            Self::ConfirmFollower
            | Self::AnswerTooLarge
            | Self::TellFollower
            | Self::SpreadResults
            | Self::SpreadNews
            | Self::ScanAttachment => false,
        }
    }

    /// Whether doing it sends a mail.
    #[must_use]
    pub fn sends_mail(self) -> bool {
        self.task() == Task::Mail
    }

    /// The words for it.
    #[must_use]
    pub fn word(self, lang: crate::words::Lang) -> &'static str {
        match self {
            Self::AcknowledgeSubmission => lang.pick("意见回执", "Receipt for a comment"),
            Self::AcknowledgeSupplement => lang.pick("补充意见回执", "Receipt for an addition"),
            Self::AcknowledgeWithdrawal => lang.pick("撤回确认", "Note of a withdrawal"),
            Self::SpreadResults | Self::TellResult => {
                lang.pick("采纳情况通知", "Outcome of a comment")
            }
            Self::ConfirmFollower => lang.pick("订阅确认", "Confirming a subscription"),
            Self::SpreadNews | Self::TellFollower => {
                lang.pick("进展通知（订阅）", "News for a subscriber")
            }
            Self::AnswerPrivacyRequest => lang.pick(
                "个人信息申请的答复",
                "Answer to a request about personal data",
            ),
            Self::SendOfficeMessage => lang.pick("写给来件人的邮件", "Message of the office"),
            Self::AnswerTooLarge => {
                lang.pick("邮件太大的通知", "Word of a letter that is too large")
            }
            Self::ScanAttachment => lang.pick("附件查毒", "Virus scan of an attachment"),
        }
    }
}

/// A job that a worker holds for a while.
#[derive(Clone, Debug)]
pub struct Job {
    pub id: String,
    pub kind: JobKind,
    pub consultation: String,
    pub subject: String,
    pub detail: serde_json::Value,
    /// How often it was begun, this time included. It names the holder: nobody else's is the same.
    pub attempts: i32,
}

/// How long a worker holds a job. Who needs longer says so before it ends; who died is succeeded
/// after it.
pub const LEASE: SignedDuration = SignedDuration::from_mins(10);

/// How long a finished job is kept, to see that it was done.
pub const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

/// The pauses after the first, second… failure, in seconds: about three days together.
const PAUSES: [i64; 10] = [
    MINUTE,
    5 * MINUTE,
    30 * MINUTE,
    2 * HOUR,
    6 * HOUR,
    12 * HOUR,
    12 * HOUR,
    12 * HOUR,
    12 * HOUR,
    12 * HOUR,
];

/// When a job that was begun `attempts` times is tried again; `None` when it was tried enough.
#[must_use]
pub fn next_try(attempts: i32, now: Timestamp) -> Option<Timestamp> {
    let index = usize::try_from(attempts).ok()?.checked_sub(1)?;
    let pause = SignedDuration::from_secs(*PAUSES.get(index)?);
    now.checked_add(pause).ok()
}

/// What came of one try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// Nothing was left to do: no mail went out.
    Nothing,
    /// Try again after a pause.
    Later(Reason),
    /// Trying again changes nothing: a person must see it.
    Never(Reason),
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_job_is_tried_for_about_three_days() {
        let start: Timestamp = "2025-06-10T00:00:00Z".parse().unwrap();
        let (mut at, mut attempts) = (start, 1);
        while let Some(next) = next_try(attempts, at) {
            (at, attempts) = (next, attempts + 1);
        }
        assert_eq!(attempts, 11);
        assert_eq!(at.duration_since(start).as_hours(), 68);
        assert_eq!(next_try(0, start), None);
        assert_eq!(next_try(i32::MAX, start), None);
    }

    #[test]
    fn every_kind_reads_back() {
        for kind in JobKind::VARIANTS {
            assert_eq!(JobKind::parse(kind.code()), Some(*kind));
        }
    }

    #[test]
    fn every_kind_is_looked_for_and_receipts_before_results() {
        let looked_for: Vec<JobKind> = Task::VARIANTS
            .iter()
            .flat_map(|task| task.kinds())
            .collect();
        assert_eq!(looked_for.len(), JobKind::VARIANTS.len());
        let mails: Vec<JobKind> = Task::Mail.kinds().collect();
        assert_eq!(mails.first(), Some(&JobKind::AcknowledgeSubmission));
        assert_eq!(
            mails.get(mails.len() - 2..),
            Some(&[JobKind::TellResult, JobKind::TellFollower][..])
        );
    }
}
