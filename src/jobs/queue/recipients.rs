//! How many mails strangers caused to one address within an hour of the clock.

use crate::db::Db;
use crate::db::schema::mail_recipients;
use crate::error::Result;
use crate::privacy::vault::Vault;
use diesel::prelude::*;
use jiff::Timestamp;

const HOUR: i64 = 3_600;

#[derive(Insertable)]
#[diesel(table_name = mail_recipients)]
struct Row<'a> {
    address_hash: &'a str,
    hour: i64,
    sent: i64,
}

/// By which the mails to an address are counted, in whatever case its letters are written.
///
/// # Errors
/// As [`crate::privacy::model::Key::keyed_hash`].
pub fn recipient_hash(vault: &Vault, address: &str) -> Result<String> {
    let folded = address.to_ascii_lowercase();
    vault.lookup().keyed_hash(&["mail-recipient", &folded])
}

/// Counts one more mail to an address; `false`, and not counted, when it had as many in this hour as
/// `limit_per_hour` allows. 0 sets no limit.
///
/// # Errors
/// What the database reports.
pub fn take(db: &mut Db, hash: &str, limit_per_hour: u32, now: Timestamp) -> Result<bool> {
    if limit_per_hour == 0 {
        return Ok(true);
    }
    let hour = hour(now);
    let first = Row {
        address_hash: hash,
        hour,
        sent: 0,
    };
    crate::insert_once!(db, mail_recipients::table, &first)?;
    // One statement decides, so that mails written at once cannot pass the limit together.
    let counted = diesel::update(
        mail_recipients::table
            .filter(mail_recipients::address_hash.eq(hash))
            .filter(mail_recipients::hour.eq(hour))
            .filter(mail_recipients::sent.lt(i64::from(limit_per_hour))),
    )
    .set(mail_recipients::sent.eq(mail_recipients::sent + 1))
    .execute(db)?;
    Ok(counted == 1)
}

/// Removes what was counted in past hours.
///
/// # Errors
/// What the database reports.
pub fn forget(db: &mut Db, now: Timestamp) -> Result<()> {
    let past = mail_recipients::table.filter(mail_recipients::hour.lt(hour(now)));
    diesel::delete(past).execute(db)?;
    Ok(())
}

fn hour(now: Timestamp) -> i64 {
    now.as_second().div_euclid(HOUR)
}
