//! Signing in, with a lock that backs off.

use super::model::{Staff, check_login, locked_until};
use super::{password, session, store};
use crate::audit::model::{Action, Actor, NewEvent};
use crate::audit::record::record;
use crate::clock::Clock;
use crate::db::{Database, Db};
use crate::error::{Error, Kind, Result};
use jiff::Timestamp;
use serde_json::json;
use std::net::IpAddr;
use std::sync::Arc;

/// What came of an attempt.
pub enum Attempt {
    /// The new session's token, for the cookie.
    Welcome { token: String },
    /// Wrong login or password; which of them is not said.
    Wrong,
    /// Too many failures: nothing is tried until then.
    Locked { until: Timestamp },
}

/// What somebody signs in with.
pub struct Try {
    pub login: String,
    pub password: String,
    /// The address it comes from, for the log of events; `None` when it is not known.
    pub from: Option<IpAddr>,
}

/// Tries a login and a password.
///
/// # Errors
/// What the database reports.
pub async fn sign_in(database: &Database, clock: Arc<dyn Clock>, attempt: Try) -> Result<Attempt> {
    let (login, attempted, from) = (attempt.login, attempt.password, attempt.from);
    let found = match check_login(&login) {
        Ok(()) => database.read(move |db| store::by_login(db, &login)).await?,
        Err(_) => None,
    };
    let now = clock.now();
    let Some(account) = found.filter(|account| !account.disabled) else {
        in_background(move || password::pretend_to_verify(&attempted)).await?;
        return Ok(Attempt::Wrong);
    };
    if let Some(until) = account.locked_until.filter(|until| *until > now) {
        return Ok(Attempt::Locked { until });
    }
    let stored = account.password_hash.clone();
    let right = in_background(move || password::verify(&attempted, &stored)).await?;
    let staff = account.staff;
    if right {
        let (token, verified) = (session::new_token()?, account.password_hash);
        database
            .write(move |db| succeed(db, &*clock, &staff, &verified, &token, from))
            .await
    } else {
        database
            .write(move |db| fail(db, &*clock, &staff, from))
            .await
    }
}

/// Looks at the account again inside the transaction: guesses that were sent all at once were all
/// let in before the first of them failed, and the password may have been set anew meanwhile.
fn succeed(
    db: &mut Db,
    clock: &dyn Clock,
    staff: &Staff,
    verified: &str,
    token: &str,
    from: Option<IpAddr>,
) -> Result<Attempt> {
    let now = clock.now();
    let account = store::by_login(db, &staff.login)?;
    let Some(account) = account.filter(|one| !one.disabled && one.password_hash == verified) else {
        return Ok(Attempt::Wrong);
    };
    if let Some(until) = account.locked_until.filter(|until| *until > now) {
        return Ok(Attempt::Locked { until });
    }
    store::clear_failures(db, &staff.id)?;
    session::start(db, staff, token, now)?;
    note(db, staff, now, Action::SignedIn, json!({"from": from}))?;
    Ok(Attempt::Welcome {
        token: token.to_owned(),
    })
}

/// Counts the failure inside the transaction, so that many attempts at once count as many.
fn fail(db: &mut Db, clock: &dyn Clock, staff: &Staff, from: Option<IpAddr>) -> Result<Attempt> {
    let now = clock.now();
    let failures = store::count_failure(db, &staff.id)?;
    let until = locked_until(failures, now);
    store::lock(db, &staff.id, until)?;
    note(
        db,
        staff,
        now,
        Action::SignInFailed,
        json!({"failures": failures, "from": from}),
    )?;
    Ok(until.map_or(Attempt::Wrong, |until| Attempt::Locked { until }))
}

/// Ends a session.
///
/// # Errors
/// What the database reports.
pub fn sign_out(
    db: &mut Db,
    clock: &dyn Clock,
    staff: &Staff,
    token: &str,
    from: Option<IpAddr>,
) -> Result<()> {
    session::end(db, token)?;
    let detail = json!({"from": from});
    note(db, staff, clock.now(), Action::SignedOut, detail)
}

fn note(
    db: &mut Db,
    staff: &Staff,
    now: Timestamp,
    action: Action,
    detail: serde_json::Value,
) -> Result<()> {
    record(
        db,
        &Actor::Staff {
            id: staff.id.clone(),
            name: staff.name.clone(),
            may_change: true,
        },
        now,
        &NewEvent {
            consultation: "",
            action,
            subject: "staff",
            subject_id: &staff.id,
            detail,
        },
    )
}

/// Argon2 works for tens of milliseconds on purpose: not on a thread that serves others.
async fn in_background<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|cause| {
        Error::new(
            Kind::Internal,
            "登录时程序出错，请重试",
            "signing in failed; try again",
        )
        .caused_by(cause)
    })
}
