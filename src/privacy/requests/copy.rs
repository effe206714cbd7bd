//! Everything that is held about one submission, to be handed to the person it is about
//! (个人信息保护法 Art. 45).

use crate::audit::model::{Action, Actor, NewEvent};
use crate::audit::record::record;
use crate::clock::{Clock, beijing};
use crate::correspondence::find::{Entry, of_submission};
use crate::dates;
use crate::db::Db;
use crate::documents::model::citation::cite;
use crate::documents::published;
use crate::error::{Error, Result};
use crate::intake::find::Found;
use crate::privacy::vault::Vault;
use crate::responses::find::by_remarks;
use crate::words::Lang;
use jiff::Timestamp;
use serde_json::{Value, json};

/// The copy as JSON with Chinese keys, which the person can read: who is meant, what was said, what
/// came along, what became of it, and everything that was done with it. Outcomes stand in it once
/// they are published. Notes in the log that it was made.
///
/// # Errors
/// `Kind::Forbidden` for staff who may only look.
pub fn copy(
    db: &mut Db,
    vault: &Vault,
    actor: &Actor,
    clock: &dyn Clock,
    found: &Found,
) -> Result<String> {
    actor.must_be_able_to_change()?;
    let now = clock.now();
    let event = NewEvent {
        consultation: &found.consultation.id,
        action: Action::PrivacyCopyMade,
        subject: "submission",
        subject_id: &found.submission_id,
        detail: json!({}),
    };
    record(db, actor, now, &event)?;
    let sender = &found.sender;
    let copy = json!({
        "回执号": found.receipt,
        "征求意见": found.consultation.draft_title,
        "个人信息处理者": found.consultation.issuer,
        "制作时间": moment(now),
        "提出人": {
            "类型": sender.kind.code(), "姓名": sender.name, "单位": sender.organisation,
            "电话": sender.phones, "电子邮箱": sender.emails, "地址": sender.address,
            "统一社会信用代码": sender.credit_code, "所在区县": sender.district, "身份": sender.capacity,
        },
        "收到时间": moment(found.received_at),
        "渠道": found.channel.code(),
        "邮件标题": found.subject,
        "撤回时间": found.withdrawn_at.map(moment),
        "邮箱确认时间": found.email_confirmed_at.map(moment),
        "联系方式删除时间": found.erased_at.map(moment),
        "意见": remarks(db, found, now)?,
        "附件": found.attachments.iter().map(|file| json!({
            "文件名": file.name, "类型": file.media_type, "字节": file.bytes, "SHA-256": file.sha256,
        })).collect::<Vec<_>>(),
        "来信中没有算作意见的部分": parsed(found.elided.as_deref())?,
        "本单位写给您的信": messages(db, vault, found)?,
        "个人信息申请": requests(db, found)?,
    });
    serde_json::to_string_pretty(&copy).map_err(Error::internal)
}

fn remarks(db: &mut Db, found: &Found, now: Timestamp) -> Result<Vec<Value>> {
    let consultation = &found.consultation;
    let ids: Vec<String> = found.remarks.iter().map(|one| one.id.clone()).collect();
    let published = consultation.answered_at.is_some_and(|at| at <= now);
    let answers = if published {
        by_remarks(db, &consultation.id, &ids)?
    } else {
        Vec::new()
    };
    let mut listed = Vec::with_capacity(ids.len());
    for remark in &found.remarks {
        let section = remark.section_id.as_deref();
        let section = section.map(|id| published::section_path(db, &consultation.id, id));
        let answer = answers.iter().find(|answer| answer.remark_id == remark.id);
        listed.push(json!({
            "条款": section.transpose()?.map(|path| cite(&path, crate::words::Lang::Zh)),
            "所指原文": remark.quote.as_ref().map(|quote| &quote.exact),
            "意见": remark.text,
            "建议改为": remark.suggested,
            "收到时间": moment(remark.received_at),
            "撤回时间": remark.withdrawn_at.map(moment),
            "采纳情况": answer.map(|answer| answer.outcome.word(Lang::Zh)),
            "理由": answer.map(|answer| &answer.reason),
        }));
    }
    Ok(listed)
}

fn messages(db: &mut Db, vault: &Vault, found: &Found) -> Result<Vec<Value>> {
    let entries = of_submission(db, vault, &found.consultation, &found.submission_id)?;
    let ours = entries.iter().filter_map(|entry| match entry {
        Entry::Sent(message, _) => Some(json!({
            "时间": moment(message.written_at), "内容": message.words,
        })),
        Entry::Came(_) => None,
    });
    Ok(ours.collect())
}

fn requests(db: &mut Db, found: &Found) -> Result<Vec<Value>> {
    let asked = super::find::of_submission(db, &found.consultation.id, &found.submission_id)?;
    let listed = asked.iter().map(|request| {
        json!({
            "申请": request.kind.word(Lang::Zh),
            "提出时间": moment(request.asked_at),
            "办结时间": request.done.as_ref().map(|done| moment(done.at)),
            "答复": request.done.as_ref().map(|done| &done.answer),
        })
    });
    Ok(listed.collect())
}

/// `2025年6月10日 10:05（北京时间）`.
fn moment(at: Timestamp) -> String {
    dates::moment(Lang::Zh, at.to_zoned(beijing()).datetime())
}

fn parsed(json: Option<&str>) -> Result<Option<Value>> {
    json.map(serde_json::from_str)
        .transpose()
        .map_err(Error::internal)
}
