//! Everything that is held about one submission, to be handed to the person it is about
//! (个人信息保护法 Art. 45).

use crate::audit::model::{Action, Actor, NewEvent};
use crate::audit::record::record;
use crate::clock::Clock;
use crate::correspondence::find::{Entry, of_submission};
use crate::db::Db;
use crate::documents::published;
use crate::error::{Error, Result};
use crate::intake::find::Found;
use crate::privacy::vault::Vault;
use crate::responses::find::by_remarks;
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
        "制作时间": now.to_string(),
        "提出人": {
            "类型": sender.kind.code(), "姓名": sender.name, "单位": sender.organisation,
            "电话": sender.phones, "电子邮箱": sender.emails, "地址": sender.address,
            "统一社会信用代码": sender.credit_code, "所在区县": sender.district, "身份": sender.capacity,
        },
        "收到时间": found.received_at.to_string(),
        "渠道": found.channel.code(),
        "邮件标题": found.subject,
        "撤回时间": found.withdrawn_at.map(|at| at.to_string()),
        "邮箱确认时间": found.email_confirmed_at.map(|at| at.to_string()),
        "联系方式删除时间": found.erased_at.map(|at| at.to_string()),
        "意见": remarks(db, found, now)?,
        "附件": found.attachments.iter().map(|file| json!({
            "文件名": file.name, "类型": file.media_type, "字节": file.bytes, "SHA-256": file.sha256,
        })).collect::<Vec<_>>(),
        "来信中没有算作意见的部分": parsed(found.elided.as_deref())?,
        "本单位写给您的信": messages(db, vault, found)?,
        "个人信息请求": requests(db, found)?,
    });
    serde_json::to_string_pretty(&copy).map_err(Error::internal)
}

fn remarks(db: &mut Db, found: &Found, now: jiff::Timestamp) -> Result<Vec<Value>> {
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
            "条款": section.transpose()?,
            "所指原文": remark.quote.as_ref().map(|quote| &quote.exact),
            "意见": remark.text,
            "建议改为": remark.suggested,
            "收到时间": remark.received_at.to_string(),
            "撤回时间": remark.withdrawn_at.map(|at| at.to_string()),
            "采纳情况": answer.map(|answer| answer.outcome.word(crate::words::Lang::Zh)),
            "理由": answer.map(|answer| &answer.reason),
        }));
    }
    Ok(listed)
}

fn messages(db: &mut Db, vault: &Vault, found: &Found) -> Result<Vec<Value>> {
    let entries = of_submission(db, vault, &found.consultation, &found.submission_id)?;
    let ours = entries.iter().filter_map(|entry| match entry {
        Entry::Sent(message, _) => Some(json!({
            "时间": message.written_at.to_string(), "内容": message.words,
        })),
        Entry::Came(_) => None,
    });
    Ok(ours.collect())
}

fn requests(db: &mut Db, found: &Found) -> Result<Vec<Value>> {
    let asked = super::find::of_submission(db, &found.consultation.id, &found.submission_id)?;
    let listed = asked.iter().map(|request| {
        json!({
            "请求": request.kind.word(crate::words::Lang::Zh),
            "提出时间": request.asked_at.to_string(),
            "办结时间": request.done.as_ref().map(|done| done.at.to_string()),
            "答复": request.done.as_ref().map(|done| &done.answer),
        })
    });
    Ok(listed.collect())
}

fn parsed(json: Option<&str>) -> Result<Option<Value>> {
    json.map(serde_json::from_str)
        .transpose()
        .map_err(Error::internal)
}
