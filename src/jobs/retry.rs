//! Trying again what was given up, when the office says so.

use super::queue::office;
use crate::audit::model::{Action, Actor, NewEvent};
use crate::audit::record::record;
use crate::clock::Clock;
use crate::db::Db;
use crate::error::{Error, Kind, Result};
use serde_json::json;

/// How many are tried again at once: more is another press of the button.
const AT_ONCE: i64 = 500;

/// Lets one job that was given up be tried again, at once and from the first pause on.
///
/// # Errors
/// `Kind::Conflict` when somebody was faster, `Kind::Forbidden` for staff who may only look.
pub fn retry(db: &mut Db, actor: &Actor, clock: &dyn Clock, id: &str) -> Result<()> {
    actor.must_be_able_to_change()?;
    let Some((consultation, kind)) = office::try_again(db, id, clock.now())? else {
        return Err(Error::new(
            Kind::Conflict,
            "这封邮件已经在重新发送，请刷新页面看一看",
            "this mail is being sent again already; reload the page",
        ));
    };
    record(
        db,
        actor,
        clock.now(),
        &NewEvent {
            consultation: &consultation,
            action: Action::MailRetried,
            subject: "job",
            subject_id: id,
            detail: json!({ "kind": kind }),
        },
    )
}

/// Lets everything that was given up be tried again, 500 at a time; answers how many.
///
/// # Errors
/// As [`retry`].
pub fn retry_all(db: &mut Db, actor: &Actor, clock: &dyn Clock) -> Result<usize> {
    let failed = office::given_up(db, AT_ONCE)?;
    for one in &failed {
        retry(db, actor, clock, &one.id)?;
    }
    Ok(failed.len())
}
