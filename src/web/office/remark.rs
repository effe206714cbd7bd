//! One remark: `/office/c/{slug}/remarks/{id}`, where it is read, decided and moved.

use super::frame::{Frame, Place};
use super::marks::{Channel, Outcome, Timing};
use super::parts::{Choice, Link};
use crate::intake::model::attachment::Scan;
use crate::web::field::{Field, FieldError};
use crate::web::layout::Layout;
use crate::web::public::said::Said;
use crate::words::Lang;
use askama::Template;

/// The page on which one opinion is decided.
#[derive(Template)]
#[template(path = "office/remark.html")]
pub struct Remark {
    pub lang: Lang,
    pub layout: Layout,
    pub frame: Frame,
    pub place: Place,
    /// The identifier in the address; the forms post to `{address}/outcome` and `{address}/section`.
    pub id: String,
    /// The running number within the consultation.
    pub number: u64,
    /// The opinion's full text, lines as written, the words it is about and those it suggests.
    pub said: Said,
    pub outcome: Outcome,
    /// When the sender took it back: `2025年6月12日 10:20`.
    pub withdrawn: Option<String>,
    pub timing: Timing,
    pub section: Section,
    pub sender: Sender,
    pub submission: Submission,
    pub form: OutcomeForm,
    pub move_form: MoveForm,
    pub history: Vec<Change>,
    pub neighbours: Neighbours,
}

impl Remark {
    /// The lines of the summary, over both forms of the page.
    #[must_use]
    pub fn errors(&self) -> Vec<FieldError> {
        let fields = [
            ("section", &self.move_form.error),
            ("outcome-adopted", &self.form.outcome_error),
            ("reason", &self.form.reason.error),
        ];
        fields
            .into_iter()
            .filter_map(|(id, error)| {
                error.as_ref().map(|message| FieldError {
                    id: id.to_owned(),
                    message: message.clone(),
                })
            })
            .collect()
    }
}

/// The place of the draft the opinion stands on.
#[derive(Clone, Debug)]
pub struct Section {
    /// From the outermost heading to this one, each with its label: `二、主要任务`.
    pub path: Vec<String>,
    /// The draft's own words, lines as printed; empty when the opinion is on the whole draft.
    pub words: String,
    /// The responsible units named there, joined: `区科技局、区财政局`; empty when none is named.
    pub units: String,
    /// That it is on an earlier version, and where its section is now.
    pub older: Option<Older>,
    /// The public page of the section.
    pub href: String,
}

/// Words and links about a remark that is on an earlier version of the draft.
#[derive(Clone, Debug)]
pub struct Older {
    pub words: String,
    pub places: Vec<Link>,
}

/// Who wrote, in full. A handler that fills this records the viewing.
#[derive(Clone, Debug)]
pub struct Sender {
    /// `个人` or `单位`, in words.
    pub kind: String,
    pub name: String,
    pub organisation: String,
    pub phones: Vec<String>,
    pub emails: Vec<String>,
    pub address: String,
    /// 统一社会信用代码; empty when none was given, like the two below.
    pub credit_code: String,
    pub district: String,
    /// In what capacity they speak, in words.
    pub capacity: String,
}

impl Sender {
    /// Whether there is any way to answer this person.
    #[must_use]
    pub fn is_reachable(&self) -> bool {
        !(self.phones.is_empty() && self.emails.is_empty() && self.address.is_empty())
    }
}

/// Everything the opinion came with.
#[derive(Clone, Debug)]
pub struct Submission {
    pub receipt: String,
    pub channel: Channel,
    /// `2025年6月10日(星期二) 09:12（北京时间）`
    pub received: String,
    /// How the time was determined: `以本单位邮件服务器收到的时间为准`.
    pub received_basis: String,
    /// When the sender confirmed the e-mail address by the link in our mail.
    pub confirmed: Option<String>,
    /// When the contact details were erased at the sender's request.
    pub erased: Option<String>,
    /// When this remark was added to the submission; `None` for one that came with it.
    pub added: Option<String>,
    /// An e-mail's subject; empty for other channels.
    pub subject: String,
    /// The correspondence with the sender; `None` where there can be none.
    pub messages: Option<String>,
    /// The other remarks of the same submission.
    pub others: Vec<Other>,
    pub attachments: Vec<Attachment>,
    /// What was set aside when the opinion was read out of the message.
    pub elided: Vec<Elided>,
}

/// Another remark of the same submission.
#[derive(Clone, Debug)]
pub struct Other {
    pub number: u64,
    pub href: String,
    pub section: String,
    pub words: String,
    pub outcome: Outcome,
    pub is_withdrawn: bool,
}

/// A file that came with the submission.
#[derive(Clone, Debug)]
pub struct Attachment {
    pub name: String,
    /// `1.2 MB`
    pub size: String,
    /// Hexadecimal, 64 characters.
    pub sha256: String,
    pub href: String,
    pub scan: Scan,
    /// Why it cannot be downloaded; None when it can.
    pub withheld: Option<&'static str>,
}

/// A part of a message that is not the sender's own opinion.
#[derive(Clone, Debug)]
pub struct Elided {
    /// In words: `来信全文`, `没有算作意见的部分：签名`.
    pub reason: String,
    pub text: String,
}

/// The outcome form. It posts `csrf`, `revision`, `outcome`, `reason` and, from the second button,
/// `then=next` (go on to the next unanswered remark).
#[derive(Clone, Debug)]
pub struct OutcomeForm {
    pub revision: i64,
    /// What is chosen: the saved outcome, or what was just sent.
    pub chosen: Option<Outcome>,
    /// What is wrong with the choice, if anything.
    pub outcome_error: Option<String>,
    pub reason: Field,
    /// Who saved last and when: `李敏，2025年6月12日 10:20`; `None` before the first answer.
    pub saved: Option<String>,
    /// What somebody else saved while this form was open. `revision` is then already theirs.
    pub theirs: Option<Theirs>,
}

impl OutcomeForm {
    /// Whether this outcome is the chosen one.
    #[must_use]
    pub fn is_chosen(&self, outcome: &Outcome) -> bool {
        self.chosen == Some(*outcome)
    }
}

/// What somebody else saved meanwhile.
#[derive(Clone, Debug)]
pub struct Theirs {
    pub who: String,
    pub when: String,
    pub outcome: Outcome,
    pub reason: String,
}

/// The small form that moves the remark to another section. It posts `csrf`, `revision`, `section`.
#[derive(Clone, Debug)]
pub struct MoveForm {
    pub revision: i64,
    pub sections: Vec<Choice>,
    /// What is wrong with the section sent, if anything.
    pub error: Option<String>,
}

/// One line of the history, out of the audit log.
#[derive(Clone, Debug)]
pub struct Change {
    pub when: String,
    pub who: String,
    /// What was done: `保存采纳情况`.
    pub what: String,
    /// The value before; empty when there was none.
    pub from: String,
    /// The value after; empty when nothing was set.
    pub to: String,
}

/// Where the remark stands in the queue as it was filtered.
#[derive(Clone, Debug)]
pub struct Neighbours {
    /// The queue with its filter.
    pub back: String,
    pub previous: Option<String>,
    pub next: Option<String>,
}
