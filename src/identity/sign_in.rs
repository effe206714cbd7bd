//! Signing in. How often somebody may try is asked before, by address and by account
//! (`web::limits`): here every attempt costs the same, whether the account exists, is closed or not.

use super::model::{Staff, check_login};
use super::password::Hashing;
use super::{session, store};
use crate::audit::model::{Action, Actor, NewEvent};
use crate::audit::record::record;
use crate::clock::Clock;
use crate::db::{Database, Db};
use crate::error::Result;
use serde_json::json;
use std::net::IpAddr;
use std::sync::Arc;

/// What came of an attempt.
pub enum Attempt {
    /// The new session's token, for the cookie.
    Welcome { token: String },
    /// Unknown login, closed account or wrong password; which of them is not said.
    Wrong,
}

/// What somebody signs in with.
pub struct Try {
    pub login: String,
    pub password: String,
    /// The address it comes from, for the log of events; `None` when it is not known.
    pub from: Option<IpAddr>,
}

/// Tries a login and a password. A success and a failure leave an event; what was typed as a login
/// that does not exist is not kept, because it may be a password.
///
/// # Errors
/// `Kind::Busy` when too many passwords are being checked, or what the database reports.
pub async fn sign_in(
    database: &Database,
    hashing: &Hashing,
    clock: Arc<dyn Clock>,
    attempt: Try,
) -> Result<Attempt> {
    let (login, from) = (attempt.login, attempt.from);
    let found = match check_login(&login) {
        Ok(()) => database.read(move |db| store::by_login(db, &login)).await?,
        Err(_) => None,
    };
    let open = found.as_ref().filter(|account| account.closed_at.is_none());
    let stored = open.map(|account| account.password_hash.clone());
    let right = hashing.verify(attempt.password, stored.clone()).await?;
    let staff = found.map(|account| account.staff);
    let token = session::new_token()?;
    let verified = stored.filter(|_| right);
    let settle = move |db: &mut Db| match (&staff, &verified) {
        (Some(staff), Some(verified)) => succeed(db, &*clock, staff, verified, &token, from),
        _ => fail(db, &*clock, staff.as_ref(), from),
    };
    database.write(settle).await
}

/// Looks at the account again inside the transaction: it may have been closed, or its password set
/// anew, meanwhile.
fn succeed(
    db: &mut Db,
    clock: &dyn Clock,
    staff: &Staff,
    verified: &str,
    token: &str,
    from: Option<IpAddr>,
) -> Result<Attempt> {
    let account = store::by_login(db, &staff.login)?;
    let same = account.filter(|one| one.closed_at.is_none() && one.password_hash == verified);
    if same.is_none() {
        return fail(db, clock, Some(staff), from);
    }
    session::start(db, staff, token, clock.now())?;
    note(db, clock, Some(staff), Action::SignedIn, from)?;
    Ok(Attempt::Welcome {
        token: token.to_owned(),
    })
}

fn fail(
    db: &mut Db,
    clock: &dyn Clock,
    staff: Option<&Staff>,
    from: Option<IpAddr>,
) -> Result<Attempt> {
    note(db, clock, staff, Action::SignInFailed, from)?;
    Ok(Attempt::Wrong)
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
    note(db, clock, Some(staff), Action::SignedOut, from)
}

fn note(
    db: &mut Db,
    clock: &dyn Clock,
    staff: Option<&Staff>,
    action: Action,
    from: Option<IpAddr>,
) -> Result<()> {
    let event = NewEvent {
        consultation: "",
        action,
        subject: "staff",
        subject_id: staff.map_or("", |staff| &staff.id),
        detail: json!({"address": from, "login": staff.map(|staff| &staff.login)}),
    };
    let actor = staff.map_or(Actor::Public, Staff::actor);
    record(db, &actor, clock.now(), &event)
}
