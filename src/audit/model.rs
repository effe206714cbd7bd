//! What an entry of the log says.

mod actor;

pub use actor::Actor;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One change, as it is handed in. `detail` holds what changed, never contact details.
#[derive(Clone, Debug)]
pub struct NewEvent<'a> {
    pub consultation: &'a str,
    pub action: Action,
    pub subject: &'static str,
    pub subject_id: &'a str,
    pub detail: serde_json::Value,
}

/// One entry, as it is read back.
#[derive(Clone, Debug)]
pub struct Event {
    pub id: String,
    pub at: Timestamp,
    pub actor_kind: String,
    pub actor_name: String,
    pub action: String,
    pub subject: String,
    pub subject_id: String,
    pub detail: serde_json::Value,
}

/// What can be done to the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    ConsultationImported,
    ImportStarted,
    OutlineEdited,
    FactsStated,
    VersionsMatched,
    ImportDiscarded,
    VersionPublished,
    PublicationWithdrawn,
    WindowExtended,
    WallOpened,
    WallClosed,
    RemarkShown,
    RemarkHidden,
    SubmissionReceived,
    SubmissionSupplemented,
    SubmissionWithdrawn,
    AddressConfirmed,
    ContactCompleted,
    RemarkPlacedBySender,
    PrivacyRequested,
    PrivacyCopyMade,
    PrivacyRequestDone,
    ContactErased,
    LetterStored,
    LetterRegistered,
    LetterDuplicate,
    LetterJoined,
    LetterReplayed,
    LetterSetDown,
    LetterTakenUp,
    LetterQuarantined,
    LetterFetched,
    LetterRetried,
    ContactCorrected,
    RemarkAdded,
    RemarkMoved,
    ResponseGiven,
    ResponseChanged,
    FeedbackPublished,
    ContactViewed,
    LetterViewed,
    CorrespondenceViewed,
    SendersListed,
    AttachmentFetched,
    SummaryExported,
    MailRetried,
    MailBounced,
    MessageWritten,
    StaffAdded,
    StaffPasswordSet,
    StaffClosed,
    StaffReopened,
    StaffRoleChanged,
    PasswordChanged,
    SignedIn,
    SignInFailed,
    SignedOut,
}

impl Action {
    /// The stable code in the log and the words for it in both languages.
    const fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::ConsultationImported => (
                "consultation-imported",
                "导入并发布征求意见",
                "imported and published",
            ),
            Self::ImportStarted => ("import-started", "导入文件", "files imported"),
            Self::OutlineEdited => ("outline-edited", "调整大纲", "outline corrected"),
            Self::FactsStated => ("facts-stated", "填写公告信息", "facts of the notice stated"),
            Self::VersionsMatched => (
                "versions-matched",
                "确认新旧条款对照",
                "old and new sections matched",
            ),
            Self::ImportDiscarded => ("import-discarded", "放弃导入的文件", "import given up"),
            Self::VersionPublished => {
                ("version-published", "发布修改稿", "revised draft published")
            }
            Self::PublicationWithdrawn => (
                "publication-withdrawn",
                "取消定时发布",
                "scheduled publication taken back",
            ),
            Self::WindowExtended => ("window-extended", "延长征求意见的时间", "window extended"),
            Self::WallOpened => ("wall-opened", "开启意见公开栏", "public comments turned on"),
            Self::WallClosed => (
                "wall-closed",
                "关闭意见公开栏",
                "public comments turned off",
            ),
            Self::RemarkShown => ("remark-shown", "公开一条意见", "remark shown in public"),
            Self::RemarkHidden => ("remark-hidden", "不再公开一条意见", "remark hidden again"),
            Self::SubmissionReceived => ("submission-received", "收到来件", "submission received"),
            Self::SubmissionSupplemented => {
                ("submission-supplemented", "补充意见", "submission added to")
            }
            Self::SubmissionWithdrawn => {
                ("submission-withdrawn", "撤回意见", "submission withdrawn")
            }
            Self::AddressConfirmed => (
                "address-confirmed",
                "确认电子邮箱",
                "e-mail address confirmed",
            ),
            Self::ContactCompleted => (
                "contact-completed",
                "来件人补充联系方式",
                "contact details completed by the sender",
            ),
            Self::RemarkPlacedBySender => (
                "remark-placed-by-sender",
                "来件人指明所对条款",
                "section chosen by the sender",
            ),
            Self::PrivacyRequested => (
                "privacy-requested",
                "提出个人信息申请",
                "request about personal data",
            ),
            Self::PrivacyCopyMade => (
                "privacy-copy-made",
                "导出个人信息副本",
                "copy of personal data made",
            ),
            Self::ContactErased => ("contact-erased", "删除联系方式", "contact details erased"),
            Self::PrivacyRequestDone => (
                "privacy-request-done",
                "办结个人信息申请",
                "request about personal data dealt with",
            ),
            Self::LetterStored => ("letter-stored", "保存来信原件", "letter stored"),
            Self::LetterRegistered => ("letter-registered", "登记来信", "letter registered"),
            Self::LetterDuplicate => (
                "letter-duplicate",
                "识别为重复来信",
                "letter recognised as a duplicate",
            ),
            Self::LetterJoined => (
                "letter-joined",
                "来信并入已有来件",
                "letter added to an earlier submission",
            ),
            Self::LetterReplayed => ("letter-replayed", "重新识别邮件", "letter read again"),
            Self::LetterSetDown => (
                "letter-set-down",
                "邮件归为非意见",
                "letter put down as no opinion",
            ),
            Self::LetterTakenUp => (
                "letter-taken-up",
                "归为非意见的邮件恢复办理",
                "letter taken up again",
            ),
            Self::LetterQuarantined => (
                "letter-quarantined",
                "来信待人工核对",
                "letter set aside for a person",
            ),
            Self::LetterFetched => ("letter-fetched", "下载来信原件", "letter downloaded"),
            Self::LetterRetried => (
                "letter-retried",
                "重新收取来信",
                "letter to be fetched again",
            ),
            Self::ContactCorrected => (
                "contact-corrected",
                "更正联系方式",
                "contact details corrected",
            ),
            Self::RemarkAdded => (
                "remark-added",
                "从来信补录一条意见",
                "remark added out of a letter",
            ),
            Self::RemarkMoved => ("remark-moved", "调整所对条款", "moved to another section"),
            Self::ResponseGiven => ("response-given", "填写采纳情况", "outcome given"),
            Self::ResponseChanged => ("response-changed", "修改采纳情况", "outcome changed"),
            Self::FeedbackPublished => ("feedback-published", "公布采纳情况", "feedback published"),
            Self::ContactViewed => ("contact-viewed", "查看联系方式", "contact details viewed"),
            Self::LetterViewed => (
                "letter-viewed",
                "查看来信原文",
                "letter read as it was sent",
            ),
            Self::CorrespondenceViewed => (
                "correspondence-viewed",
                "查看往来书信",
                "letters with the sender read",
            ),
            Self::SendersListed => (
                "senders-listed",
                "查看列有来件人的清单",
                "list that names senders viewed",
            ),
            Self::AttachmentFetched => ("attachment-fetched", "下载附件", "attachment downloaded"),
            Self::SummaryExported => ("summary-exported", "导出汇总表", "summary exported"),
            Self::MailRetried => ("mail-retried", "重新发送邮件", "mail sent again"),
            Self::MailBounced => ("mail-bounced", "邮件被退回", "mail came back"),
            Self::MessageWritten => (
                "message-written",
                "发邮件给来件人",
                "message written to the sender",
            ),
            Self::StaffAdded => ("staff-added", "新增工作人员", "staff added"),
            Self::StaffPasswordSet => ("staff-password-set", "重设密码", "password set"),
            Self::StaffClosed => ("staff-closed", "停用账号", "account closed"),
            Self::StaffReopened => ("staff-reopened", "恢复账号", "account reopened"),
            Self::StaffRoleChanged => ("staff-role-changed", "调整角色", "role changed"),
            Self::PasswordChanged => ("password-changed", "修改自己的密码", "own password changed"),
            Self::SignedIn => ("signed-in", "登录", "signed in"),
            Self::SignInFailed => ("sign-in-failed", "登录失败", "sign-in failed"),
            Self::SignedOut => ("signed-out", "退出登录", "signed out"),
        }
    }

    /// The code that is stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.words().0
    }

    /// The words for a stored code; the code itself when it is not known (a newer version's).
    #[must_use]
    pub fn in_words(code: &str, lang: crate::words::Lang) -> String {
        serde_json::from_value::<Self>(code.into()).map_or_else(
            |_| code.to_owned(),
            |action| {
                let (_, zh, en) = action.words();
                lang.pick(zh, en).to_owned()
            },
        )
    }
}
