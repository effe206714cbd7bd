//! Giving a remark its outcome.

pub use super::model::NewAnswer;
use super::store;
use crate::audit::model::{Action, Actor, NewEvent};
use crate::audit::record::record;
use crate::clock::Clock;
use crate::db::Db;
use crate::error::{Error, Kind, Result};
use serde_json::json;

/// Longest reason, in characters.
pub const REASON_LIMIT: usize = 5_000;

/// Checks a reason and answers it trimmed.
///
/// # Errors
/// `Kind::Invalid`, in words for the office.
pub fn check_reason(reason: &str) -> Result<String> {
    let plain = reason.replace("\r\n", "\n");
    let plain = plain.trim();
    let length = plain.chars().count();
    if length == 0 {
        return Err(Error::invalid(
            "请填写理由或修改说明：采纳的写明改了哪里，不采纳的写明为什么",
            "Give the reason: what was changed, or why nothing was",
        ));
    }
    if length > REASON_LIMIT {
        return Err(Error::invalid(
            format!("理由有{length}个字，超过{REASON_LIMIT}个字的上限，请精简"),
            format!("The reason has {length} characters; the limit is {REASON_LIMIT}"),
        ));
    }
    if plain
        .chars()
        .any(|c| c.is_control() && c != '\n' && c != '\t')
    {
        return Err(Error::invalid(
            "理由里有看不见的控制字符，请删去后再保存",
            "The reason holds invisible control characters; remove them and save again",
        ));
    }
    Ok(plain.to_owned())
}

/// Saves an outcome with its reason, and the event that tells who decided what, before and after.
///
/// # Errors
/// `Kind::Conflict` when somebody else answered since `seen_revision` was read, `Kind::NotFound`
/// when the remark does not exist, `Kind::Invalid` for an empty reason.
pub fn answer(db: &mut Db, actor: &Actor, clock: &dyn Clock, new: &NewAnswer) -> Result<()> {
    actor.must_be_able_to_change()?;
    let reason = check_reason(&new.reason)?;
    let remark = crate::triage::find::remark(db, &new.consultation_id, &new.remark_id)?;
    if remark.withdrawn_at.is_some() {
        return Err(Error::new(
            Kind::Conflict,
            "提出人已经撤回这条意见，不需要填写采纳情况",
            "the sender has withdrawn this remark; it needs no outcome",
        ));
    }
    let before = store::by_remark(db, &new.consultation_id, &new.remark_id)?;
    let (_, actor_id, actor_name) = actor.parts();
    let saved = store::save(db, new, &reason, actor_id, actor_name, clock.now())?;
    if !saved {
        return Err(Error::new(
            Kind::Conflict,
            "您填写期间，另一位同事已保存了这条意见的采纳情况，您的内容尚未保存",
            "a colleague saved an outcome for this remark while you were writing; yours is not saved yet",
        ));
    }
    let action = match before {
        Some(_) => Action::ResponseChanged,
        None => Action::ResponseGiven,
    };
    let was =
        before.map(|answer| json!({"outcome": answer.outcome.code(), "reason": answer.reason}));
    record(
        db,
        actor,
        clock.now(),
        &NewEvent {
            consultation: &new.consultation_id,
            action,
            subject: "remark",
            subject_id: &new.remark_id,
            detail: json!({
                "from": was,
                "to": {"outcome": new.outcome.code(), "reason": reason},
            }),
        },
    )
}
