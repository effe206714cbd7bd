//! What somebody sent: once, by one channel, with contact details; and the remarks in it.

pub use super::attachment::{NewAttachment, Scan};
pub use super::sender::{Capacity, Sender, SenderKind};
use crate::consultations::model::Timing;
use crate::documents::model::quote::TextQuote;
use crate::error::{Error, Result};
use crate::words::Lang;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The way a submission came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    Web,
    Email,
    Phone,
    Letter,
    Visit,
}

impl Channel {
    /// Every channel, in the order in which they are listed.
    pub const ALL: [Self; 5] = [
        Self::Web,
        Self::Email,
        Self::Phone,
        Self::Letter,
        Self::Visit,
    ];
    /// Those that staff enter by hand.
    pub const DESK: [Self; 3] = [Self::Phone, Self::Letter, Self::Visit];

    /// The code that is stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Letter => "letter",
            Self::Visit => "visit",
        }
    }

    /// The channel of a stored code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.code() == code)
    }

    /// The word for it.
    #[must_use]
    pub fn word(self, lang: impl std::borrow::Borrow<crate::words::Lang>) -> &'static str {
        let lang = lang.borrow();
        match self {
            Self::Web => lang.pick("网页", "Web form"),
            Self::Email => lang.pick("电子邮件", "E-mail"),
            Self::Phone => lang.pick("电话", "Telephone"),
            Self::Letter => lang.pick("信函", "Letter"),
            Self::Visit => lang.pick("来访", "Visit"),
        }
    }
}

/// What the time of receipt rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceivedBasis {
    /// The server's clock when the form's request arrived.
    Form,
    /// The topmost `Received` line of our own mail server.
    MailServer,
    /// Our mail server and the mailbox say different times; a person should check it.
    Disputed,
    /// A letter without such a line: when the mailbox got it.
    Mailbox,
    /// A letter without such a line that our mail server handed over: when it did.
    Handed,
    /// A letter without either: the time its file was written; a person should check it.
    FileTime,
    /// The time a member of staff stated.
    Desk,
}

impl ReceivedBasis {
    /// The code that is stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::MailServer => "mail-server",
            Self::Disputed => "disputed",
            Self::Mailbox => "mailbox",
            Self::Handed => "handed",
            Self::FileTime => "file-time",
            Self::Desk => "desk",
        }
    }

    /// The words for a stored code.
    #[must_use]
    pub fn in_words(code: &str, lang: crate::words::Lang) -> &'static str {
        match code {
            "form" => lang.pick("服务器收到表单的时间", "when the server received the form"),
            "mail-server" => lang.pick(
                "本单位邮件服务器的收信时间",
                "when our mail server received it",
            ),
            "disputed" => lang.pick(
                "本单位邮件服务器的收信时间，与信箱记的时间不一致（请人工核对）",
                "when our mail server received it; the mailbox says otherwise (please check)",
            ),
            "mailbox" => lang.pick(
                "信箱收到邮件的时间（请人工核对）",
                "when the mailbox got it (please check)",
            ),
            "handed" => lang.pick(
                "邮件服务器转来的时间",
                "when our mail server handed it over",
            ),
            "file-time" => lang.pick(
                "邮件文件的保存时间（请人工核对）",
                "the file's own time (please check)",
            ),
            _ => lang.pick("工作人员登记的时间", "as stated by staff"),
        }
    }
}

/// One opinion on one place, as it comes in.
#[derive(Clone, Debug, Default)]
pub struct NewRemark {
    /// The anchor of a section of the draft; `None` for the whole.
    pub anchor: Option<String>,
    pub text: String,
    /// The words of the section that it is about.
    pub quote: Option<TextQuote>,
    /// How the quoted words, or the section, should read instead (改为…).
    pub suggested: Option<String>,
    /// What led to the section when nobody chose it by hand.
    pub evidence: Option<String>,
    /// How sure the section is, in per cent; `None` when somebody chose it.
    pub confidence: Option<i32>,
}

/// Everything the one door takes.
#[derive(Clone, Debug)]
pub struct NewSubmission {
    pub channel: Channel,
    pub received_at: Timestamp,
    pub received_basis: ReceivedBasis,
    /// When the sender says it was sent; never used to judge the window.
    pub sent_at: Option<Timestamp>,
    pub sender: Sender,
    pub remarks: Vec<NewRemark>,
    pub attachments: Vec<NewAttachment>,
    /// Identifiers of files that wait and come along.
    pub uploads: Vec<String>,
    pub consented: bool,
    pub subject: Option<String>,
    /// What was taken away from a letter (quote, signature), as JSON, to be shown on demand.
    pub elided: Option<String>,
    pub raw_sha256: Option<String>,
    /// The language the sender reads.
    pub lang: Lang,
    /// What makes this submission the same one when it comes again.
    pub same_as: Vec<String>,
}

/// What the door answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    pub submission_id: String,
    /// Four groups of four letters and digits.
    pub receipt: String,
    pub timing: Timing,
    /// When the submission came, the first time.
    pub received_at: Timestamp,
    /// True when the same submission was there already; its first receipt is given again.
    pub repeated: bool,
}

/// Longest opinion taken, in characters.
pub const TEXT_LIMIT: usize = 20_000;

/// Checks the words of an opinion: there are some, they are not endless, and no control character
/// hides in them. Answers them with line ends made plain and outer space removed.
///
/// # Errors
/// `Kind::Invalid`, in words for the sender.
pub fn check_text(text: &str) -> Result<String> {
    let plain = text.replace("\r\n", "\n").replace('\r', "\n");
    let plain = plain.trim();
    if plain.is_empty() {
        return Err(Error::invalid("请填写您的意见", "Write your comment"));
    }
    let length = plain.chars().count();
    if length > TEXT_LIMIT {
        return Err(Error::invalid(
            format!("意见有{length}个字，超过{TEXT_LIMIT}个字的上限。请删减，或改用电子邮件发送"),
            format!(
                "Your comment has {length} characters; the limit is {TEXT_LIMIT}. Shorten it or send it by e-mail"
            ),
        ));
    }
    if plain
        .chars()
        .any(|c| c.is_control() && c != '\n' && c != '\t')
    {
        return Err(Error::invalid(
            "意见里有看不见的控制字符，请删去后再提交（可重新输入这一段）",
            "Your comment holds invisible control characters; remove them (retype that passage) and send it again",
        ));
    }
    Ok(plain.to_owned())
}
