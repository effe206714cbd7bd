//! What can be asked for.

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

/// The kinds of jobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JobKind {
    /// Tell the sender of a submission that it arrived: receipt number, what was said, the link
    /// that confirms the address. Subject: the submission.
    AcknowledgeSubmission,
    /// Tell the sender that a supplement was recorded. Subject: the submission.
    AcknowledgeSupplement,
    /// Tell the sender that the submission was withdrawn. Subject: the submission.
    AcknowledgeWithdrawal,
    /// Make one `TellResult` for each submission with an e-mail address. Subject: the consultation.
    SpreadResults,
    /// Tell the sender the outcomes. Subject: the submission.
    TellResult,
    /// Ask whether somebody really wants to follow (double opt-in). Subject: the follower.
    ConfirmFollower,
    /// Make one `TellFollower` for each confirmed follower. Subject: the consultation; detail: the
    /// news (`{"news": "revised" | "extended" | "answered"}` and what belongs to it).
    SpreadNews,
    /// Tell one follower the news. Subject: the follower; detail as in `SpreadNews`.
    TellFollower,
    /// Tell the sender that a request about their data was dealt with. Subject: the request.
    AnswerPrivacyRequest,
    /// Ask the virus scanner about an attachment that is held. Subject: the attachment.
    ScanAttachment,
}

impl JobKind {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::AcknowledgeSubmission,
        Self::AcknowledgeSupplement,
        Self::AcknowledgeWithdrawal,
        Self::SpreadResults,
        Self::TellResult,
        Self::ConfirmFollower,
        Self::SpreadNews,
        Self::TellFollower,
        Self::AnswerPrivacyRequest,
        Self::ScanAttachment,
    ];

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
            Self::ScanAttachment => "scan-attachment",
        }
    }

    /// The kind of a stored code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}
