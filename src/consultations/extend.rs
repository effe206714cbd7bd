//! Extending the window (延长征求意见期限): a later last day, with a reason, told to everybody. It
//! cannot be shortened: who relied on the day that was published would be shut out
//! (《重大行政决策程序暂行条例》 Art. 15 has the notice name it).

use super::model::{Consultation, Window};
use super::store::{self, NewWindowChange};
use crate::audit::model::{Action, Actor, NewEvent};
use crate::audit::record::record;
use crate::clock::{Clock, beijing, to_micros};
use crate::db::Db;
use crate::error::{Error, Kind, Result};
use crate::ids::new_id;
use crate::intake::retime::count_in_time;
use crate::jobs::model::{JobKind, NewJob};
use crate::jobs::queue::enqueue;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde_json::json;

/// The longest reason, in characters.
pub const LONGEST_REASON: usize = 500;

/// What somebody asks for, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    pub closes_on: Date,
    pub reason: String,
}

/// What is wrong with the fields of a form.
#[derive(Debug, Default)]
pub struct Wrong {
    pub closes_on: Option<Error>,
    pub reason: Option<Error>,
}

/// Reads the form: the new last day as `2025-07-15`, and the reason.
///
/// # Errors
/// What is wrong with either, each with its advice.
pub fn read(
    consultation: &Consultation,
    closes_on: &str,
    reason: &str,
    now: Timestamp,
) -> std::result::Result<Extension, Wrong> {
    let closes_on = read_day(consultation, closes_on, now);
    let reason = read_reason(reason);
    match (closes_on, reason) {
        (Ok(closes_on), Ok(reason)) => Ok(Extension { closes_on, reason }),
        (closes_on, reason) => Err(Wrong {
            closes_on: closes_on.err(),
            reason: reason.err(),
        }),
    }
}

/// Whether the window can still be extended: until the answers are published.
///
/// # Errors
/// `Kind::Conflict` when they are.
pub fn must_be_unanswered(consultation: &Consultation) -> Result<()> {
    match consultation.answered_at {
        None => Ok(()),
        Some(_) => Err(Error::new(
            Kind::Conflict,
            "采纳情况已经公布，不能再延长征求意见的时间；如需再听取意见，请另发公告",
            "the answers are published, so the window cannot be extended; publish a new notice to ask again",
        )),
    }
}

/// Sets a later last day: the window, a row in its history, the event, and the news for followers.
/// What came after the old end by letter, telephone or visit and lies in the new window counts as
/// in time from now on.
///
/// `consultation` is as the member of staff saw it: when its end was changed since, nothing happens.
/// The answer is the new window.
///
/// # Errors
/// `Kind::Invalid` as [`read`], `Kind::Conflict` when somebody else was faster or the answers are
/// published, `Kind::Forbidden` for staff who may only look.
pub fn extend(
    db: &mut Db,
    actor: &Actor,
    clock: &dyn Clock,
    consultation: &Consultation,
    asked: &Extension,
) -> Result<Window> {
    actor.must_be_able_to_change()?;
    must_be_unanswered(consultation)?;
    let now = clock.now();
    let old = consultation.window;
    check_day(&old, asked.closes_on, now)?;
    let reason = read_reason(&asked.reason)?;
    let new = Window::new(old.opens_on, asked.closes_on)?;
    if !store::set_end(db, &consultation.id, old.closes_on, &new)? {
        return Err(overtaken());
    }
    let (_, by, name) = actor.parts();
    let row = NewWindowChange {
        consultation_id: &consultation.id,
        id: &new_id(now)?,
        closed_on: old.closes_on.to_string(),
        closes_on: new.closes_on.to_string(),
        reason: &reason,
        changed_at: to_micros(now),
        changed_by: by,
        changed_by_name: name,
    };
    store::insert_window_change(db, &row)?;
    let in_time = count_in_time(db, &consultation.id, old.closes_at, new.closes_at)?;
    tell(db, actor, now, consultation, &row, in_time)?;
    Ok(new)
}

fn tell(
    db: &mut Db,
    actor: &Actor,
    now: Timestamp,
    consultation: &Consultation,
    row: &NewWindowChange<'_>,
    in_time: usize,
) -> Result<()> {
    let event = NewEvent {
        consultation: &consultation.id,
        action: Action::WindowExtended,
        subject: "consultation",
        subject_id: &consultation.id,
        detail: json!({
            "from": row.closed_on,
            "to": row.closes_on,
            "reason": row.reason,
            "now_in_time": in_time,
        }),
    };
    record(db, actor, now, &event)?;
    let job = NewJob {
        kind: JobKind::SpreadNews,
        consultation: &consultation.id,
        subject: &consultation.id,
        detail: json!({
            "news": "extended",
            "closed_on": row.closed_on,
            "closes_on": row.closes_on,
            "reason": row.reason,
        }),
    };
    enqueue(db, &job, now)
}

fn overtaken() -> Error {
    Error::new(
        Kind::Conflict,
        "刚刚有同事改了截止日期，或者公布了采纳情况，您的延期没有生效。请看看现在的日期再决定",
        "a colleague has just changed the last day or published the answers; your extension was not made. See what stands there now, then decide",
    )
}

fn read_day(consultation: &Consultation, typed: &str, now: Timestamp) -> Result<Date> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Error::invalid(
            "请填写新的截止日期",
            "Enter the new last day",
        ));
    }
    let day = typed.parse().map_err(|_| {
        Error::invalid(
            "日期无法识别，请写成 2025-07-15 这样",
            "This date cannot be read; write it as 2025-07-15",
        )
    })?;
    check_day(&consultation.window, day, now).map(|()| day)
}

fn check_day(old: &Window, day: Date, now: Timestamp) -> Result<()> {
    let today = now.to_zoned(beijing()).date();
    let latest = old.closes_on.max(today).checked_add(1.year()).ok();
    if day < old.closes_on {
        return Err(Error::invalid(
            "征求意见的时间只能延长，不能缩短：公告已经写明截止日期，群众是按它来安排的（《重大行政决策程序暂行条例》第十五条）",
            "A window can be extended, not shortened: the notice names its last day, and people rely on it (Interim Regulations on Major Administrative Decision-Making Procedures, Article 15)",
        ));
    }
    if day == old.closes_on {
        return Err(Error::invalid(
            "这就是现在的截止日期，请填一个更晚的日期",
            "This is the last day already; enter a later one",
        ));
    }
    if day < today {
        return Err(Error::invalid(
            "这一天已经过去了，请填今天或者以后的日期",
            "This day has passed; enter today or a later day",
        ));
    }
    if latest.is_none_or(|latest| day > latest) {
        return Err(Error::invalid(
            "一次最多延长一年，请核对年份",
            "At most one year can be added at a time; check the year",
        ));
    }
    Ok(())
}

/// The reason without blanks around it, its lines ended in one way.
fn read_reason(typed: &str) -> Result<String> {
    let reason = typed.replace("\r\n", "\n").replace('\r', "\n");
    let reason = reason.trim();
    let count = reason.chars().count();
    if count == 0 {
        return Err(Error::invalid(
            "请写明延长理由，将在公告上公布",
            "Say why; the reason is published with the notice",
        ));
    }
    if count > LONGEST_REASON {
        return Err(Error::invalid(
            format!("理由最多{LONGEST_REASON}个字，这里有{count}个，请缩短"),
            format!(
                "A reason has at most {LONGEST_REASON} characters, this has {count}; shorten it"
            ),
        ));
    }
    if reason.chars().any(|c| c.is_control() && c != '\n') {
        return Err(Error::invalid(
            "理由里有看不见的控制字符，请删去后重新填写",
            "The reason holds invisible control characters; remove them",
        ));
    }
    Ok(reason.to_owned())
}
