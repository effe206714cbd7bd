//! Adding words of a letter that no remark holds: they were taken for a quote or a signature, or
//! stand in an attached file. A member of staff reads what the program missed.

use super::correct::no_submission;
use super::look;
use crate::audit::model::{Action, Actor, NewEvent};
use crate::audit::record::record;
use crate::clock::{Clock, to_micros};
use crate::consultations::model::Consultation;
use crate::db::Db;
use crate::documents::published;
use crate::error::{Error, Kind, Result};
use crate::intake::after::supplement::MOST_REMARKS;
use crate::intake::after::{hold, last_ordinal};
use crate::intake::find::{self, Found};
use crate::intake::model::submission::{Channel, NewRemark, check_text};
use crate::intake::store::{RemarkOwner, insert_remarks};
use crate::mail::inbound::Letter;
use crate::privacy::vault::Vault;
use serde_json::json;

/// What is added.
#[derive(Clone, Debug)]
pub struct Addition {
    /// The letter's identifier in the book.
    pub letter_id: String,
    /// Words of the letter.
    pub text: String,
    /// The anchor of a section of the draft; `None` for the whole.
    pub anchor: Option<String>,
}

/// Adds words of a letter as a remark of its submission, with the time at which the letter came;
/// answers the remark's identifier. `read` is the letter: what is added must stand in it, or the
/// letter must carry files in which it can stand.
///
/// # Errors
/// `Kind::Invalid` for words that are not the letter's, `Kind::Conflict` when the letter is no
/// submission, or one that was withdrawn, erased or is full, or has the remark; `Kind::Forbidden`
/// for staff who may only look.
pub fn add(
    db: &mut Db,
    vault: &Vault,
    actor: &Actor,
    clock: &dyn Clock,
    consultation: &Consultation,
    (new, read): (&Addition, &Letter),
) -> Result<String> {
    actor.must_be_able_to_change()?;
    let letter = look::one(db, &consultation.id, &new.letter_id)?;
    let submission = letter.submission_id.ok_or_else(no_submission)?;
    hold(db, &consultation.id, &submission)?;
    let found = find::by_id(db, vault, consultation, &submission)?;
    let text = check_text(&new.text)?;
    let evidence = evidence(read, &text)?;
    let anchor = new.anchor.as_deref();
    let section = anchor
        .map(|anchor| published::section_id(db, &consultation.id, consultation.version, anchor))
        .transpose()?;
    may_add(&found, &text, section.as_deref())?;
    let owner = RemarkOwner {
        consultation_id: &consultation.id,
        submission_id: &submission,
        channel: Channel::Email.code(),
        timing: consultation.window.judge(letter.received_at).code(),
        received_at: to_micros(letter.received_at),
        before: last_ordinal(db, &consultation.id, &submission)?,
    };
    let remark = NewRemark {
        text,
        evidence: Some(evidence.to_owned()),
        ..NewRemark::default()
    };
    let ids = insert_remarks(db, &owner, &[remark], &[section], clock.now())?;
    let id = ids
        .into_iter()
        .next()
        .ok_or_else(|| Error::internal("a remark without an identifier"))?;
    record(
        db,
        actor,
        clock.now(),
        &NewEvent {
            consultation: &consultation.id,
            action: Action::RemarkAdded,
            subject: "submission",
            subject_id: &submission,
            detail: json!({"remark": id, "letter": letter.raw_sha256}),
        },
    )?;
    Ok(id)
}

/// What the new remark rests on. Blanks and line ends do not matter: HTML and plain text differ in
/// them.
fn evidence(read: &Letter, text: &str) -> Result<&'static str> {
    let bare = |text: &str| -> String { text.split_whitespace().collect() };
    let wanted = bare(text);
    let elided = read.elided.iter().map(|part| part.text.as_str());
    let passages = std::iter::once(read.text.as_str()).chain(elided);
    let whole: Vec<String> = passages.map(bare).collect();
    // A passage may run over the place where the reader divided the letter.
    if whole.iter().any(|passage| passage.contains(&wanted)) || whole.concat().contains(&wanted) {
        return Ok("工作人员从原信补录");
    }
    if read.attachments.is_empty() {
        return Err(Error::invalid(
            "信里没有这段话，请从左边或“邮件原文”里照原文复制",
            "these words are not in the letter; copy them from it as they are",
        ));
    }
    Ok("工作人员从来信附件补录")
}

fn may_add(found: &Found, text: &str, section: Option<&str>) -> Result<()> {
    let refuse = |zh: &str, en: &str| Err(Error::new(Kind::Conflict, zh, en));
    if found.withdrawn_at.is_some() || found.erased_at.is_some() {
        return refuse(
            "这份来件已经撤回或者删除了联系方式，不能再补录",
            "this submission was withdrawn or erased and cannot be added to",
        );
    }
    if found.remarks.len() >= MOST_REMARKS {
        return refuse(
            "这份来件里的条数已到上限，请用“录入来件”另外登记",
            "this submission holds as many remarks as it can; enter another",
        );
    }
    let mut known = found.remarks.iter();
    if known.any(|one| one.text == text && one.section_id.as_deref() == section) {
        return refuse(
            "这段话已经是这份来件的一条意见了",
            "these words are a remark of this submission already",
        );
    }
    Ok(())
}
