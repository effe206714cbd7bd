//! Publishing what became of the comments (采纳情况反馈).

use crate::audit::model::{Action, Actor, NewEvent};
use crate::audit::record::record;
use crate::clock::Clock;
use crate::consultations::model::{Consultation, Stage};
use crate::consultations::{answered, find};
use crate::counts::find::overview;
use crate::db::Db;
use crate::error::{Error, Kind, Result};
use crate::jobs::model::{JobKind, NewJob};
use crate::jobs::queue;
use serde_json::json;

/// What still stands in the way of publishing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readiness {
    Ready,
    /// The window is still open, or not open yet.
    NotClosed,
    /// Remarks without an outcome.
    Unanswered(u64),
    Published,
}

/// Whether the answers of a consultation can be published now.
///
/// # Errors
/// What the database reports.
pub fn readiness(db: &mut Db, clock: &dyn Clock, consultation: &Consultation) -> Result<Readiness> {
    if consultation.answered_at.is_some() {
        return Ok(Readiness::Published);
    }
    if consultation.stage(clock.now()) != Stage::Closed {
        return Ok(Readiness::NotClosed);
    }
    Ok(match overview(db, &consultation.id)?.open {
        0 => Readiness::Ready,
        open => Readiness::Unanswered(open),
    })
}

/// Publishes the answers: from now on the feedback page and the receipts show outcomes and
/// reasons. 《重大行政决策程序暂行条例》 Art. 32 asks for it.
///
/// # Errors
/// `Kind::Conflict` while the window is open, a remark has no outcome, or when it was published
/// before.
pub fn publish(
    db: &mut Db,
    actor: &Actor,
    clock: &dyn Clock,
    consultation: &Consultation,
) -> Result<()> {
    actor.must_be_able_to_change()?;
    if !answered::mark(db, &consultation.id, clock.now())? {
        return Err(in_the_way(db, clock, consultation)?);
    }
    record(
        db,
        actor,
        clock.now(),
        &NewEvent {
            consultation: &consultation.id,
            action: Action::FeedbackPublished,
            subject: "consultation",
            subject_id: &consultation.id,
            detail: json!({}),
        },
    )?;
    tell(db, consultation, clock.now())
}

/// Why the answers cannot be published, as things stand now.
fn in_the_way(db: &mut Db, clock: &dyn Clock, consultation: &Consultation) -> Result<Error> {
    let now = clock.now();
    let stored = find::by_slug(db, &consultation.slug, now)?;
    let (zh, en) = match readiness(db, clock, &stored)? {
        Readiness::NotClosed => (
            "征求意见还没有截止，截止后才能公布采纳情况".to_owned(),
            "the consultation has not closed yet; the answers can be published after it".to_owned(),
        ),
        Readiness::Unanswered(open) => (
            format!("还有{open}条意见没有答复，全部答复后才能公布"),
            format!(
                "{} still to be answered; answer them first",
                crate::words::several(open, "remark")
            ),
        ),
        Readiness::Published => (
            "采纳情况已经公布过了".to_owned(),
            "the answers are published already".to_owned(),
        ),
        // What stood in the way a moment ago is gone.
        Readiness::Ready => (
            "刚才情况有变化，请刷新页面后再公布".to_owned(),
            "things have just changed; reload the page and publish again".to_owned(),
        ),
    };
    Ok(Error::new(Kind::Conflict, zh, en))
}

/// Those who wrote are told what became of it, and those who follow that the answers are out.
fn tell(db: &mut Db, consultation: &Consultation, now: jiff::Timestamp) -> Result<()> {
    let answered = json!({ "news": "answered" });
    for (kind, detail) in [
        (JobKind::SpreadResults, json!({})),
        (JobKind::SpreadNews, answered),
    ] {
        let job = NewJob {
            kind,
            consultation: &consultation.id,
            subject: &consultation.id,
            detail,
        };
        queue::enqueue(db, &job, now)?;
    }
    Ok(())
}
