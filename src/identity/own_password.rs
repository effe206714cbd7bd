//! Changing one's own password, the first one that somebody else made included.

use super::model::{Staff, check_password};
use super::password::Hashing;
use super::session::new_token;
use super::staff::{OwnPassword, change_own_password, stored_password};
use crate::clock::Clock;
use crate::db::Database;
use crate::error::{Error, Result};
use std::net::IpAddr;
use std::sync::Arc;

/// What somebody who is signed in hands in.
pub struct Change {
    pub current: String,
    pub new: String,
    /// The new one, typed a second time.
    pub again: String,
    /// The name of the site, which a password does not hold.
    pub site_name: String,
    /// The address it comes from, for the log of events; `None` when it is not known.
    pub from: Option<IpAddr>,
}

/// What came of it.
pub enum Changed {
    /// The token of the session that goes on; all others have ended.
    Done { token: String },
    /// The present password is not right.
    Wrong,
}

/// Whether the new password can be taken.
///
/// # Errors
/// `Kind::Invalid`, which says what to do.
pub fn check(staff: &Staff, change: &Change) -> Result<()> {
    if change.new != change.again {
        return Err(Error::invalid(
            "两次输入的新密码不一样，请重新输入",
            "the two new passwords differ; type them again",
        ));
    }
    if change.new == change.current {
        return Err(Error::invalid(
            "新密码不能和现在的密码相同",
            "the new password must differ from the present one",
        ));
    }
    check_password(&staff.login, &staff.name, &change.new)?;
    if change.new.contains(&change.site_name) {
        return Err(Error::invalid(
            "密码里不能有网站名称，请换一个",
            "a password does not hold the site's name; choose another",
        ));
    }
    Ok(())
}

/// Changes the password, ends the account's sessions and starts a new one. Ask [`check`] first.
///
/// # Errors
/// `Kind::Busy` when too many passwords are checked at this moment, `Kind::Conflict` when the
/// password was set anew or the account closed meanwhile, and what the database reports.
pub async fn change(
    database: &Database,
    hashing: &Hashing,
    clock: Arc<dyn Clock>,
    staff: &Staff,
    change: Change,
) -> Result<Changed> {
    let login = staff.login.clone();
    let stored = database.read(move |db| stored_password(db, &login)).await?;
    let is_right = hashing.verify(change.current, stored.clone()).await?;
    let Some(verified) = stored.filter(|_| is_right) else {
        return Ok(Changed::Wrong);
    };
    let new = OwnPassword {
        hash: hashing.hash(change.new).await?,
        verified,
        token: new_token()?,
        from: change.from,
    };
    let (staff, token) = (staff.clone(), new.token.clone());
    database
        .write(move |db| change_own_password(db, &*clock, &staff, &new))
        .await?;
    Ok(Changed::Done { token })
}
