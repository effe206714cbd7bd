//! How the mailboxes stand, for the office: when each was read last, what keeps it from being read,
//! and which of its letters could not be; and having such a letter tried again.

mod store;

use super::model::Remembered;
use crate::audit::model::{Action, Actor, NewEvent};
use crate::audit::record::record;
use crate::clock::Clock;
use crate::db::Db;
use crate::error::{Error, Kind, Result};
use crate::words::Lang;
use jiff::Timestamp;
use serde_json::json;

/// Letters of one mailbox that are listed.
const MOST: i64 = 50;

/// A letter that is at the server and could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    /// UIDVALIDITY of the folder, and the letter's number in it.
    pub generation: i64,
    pub uid: i64,
    /// Code of the reason.
    pub failure: String,
    pub tries: i32,
    /// When it was tried last.
    pub at: Timestamp,
}

impl Failed {
    /// Whether the letter is no longer where it was, so that trying again is in vain.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.failure == "gone"
    }

    /// Whether somebody has asked for it to be tried again at the next look.
    #[must_use]
    pub fn is_due(&self) -> bool {
        self.at == Timestamp::UNIX_EPOCH
    }

    /// What happened and what can be done.
    #[must_use]
    pub fn words(&self, lang: Lang) -> &'static str {
        match self.failure.as_str() {
            "gone" => lang.pick(
                "还没收下，信箱里就已经没有这封信了：可能有人在邮箱里删了或移走了，请到邮箱的“已删除”里找",
                "gone from the mailbox before it could be fetched; somebody may have deleted or moved it, so look in the mailbox's bin",
            ),
            "broken" => lang.pick(
                "收到一半，连接就断了；过一小时自动再试",
                "the connection broke off while it was fetched; it is tried again within the hour",
            ),
            "huge" => lang.pick(
                "这封信大得超出了上限好几倍，没有收下，原信还在信箱里；请到邮箱里看，需要的话用“录入来件”登记",
                "several times over the limit and not fetched; it is still in the mailbox, so look at it there and enter it by hand if need be",
            ),
            "unreadable" => lang.pick(
                "程序读不了这封信，原信还在信箱里；请先到邮箱里看，并告诉系统管理员",
                "the program cannot read it; it is still in the mailbox, so look at it there and tell the administrator",
            ),
            _ => lang.pick(
                "登记的时候出错，原信没有丢；自动再试，一直这样请系统管理员查看日志",
                "it could not be registered and is not lost; it is tried again. Ask the administrator to look at the log when that stays",
            ),
        }
    }
}

/// One mailbox.
#[derive(Clone, Debug)]
pub struct Standing {
    pub mailbox: Remembered,
    /// The oldest first, at most 50.
    pub failed: Vec<Failed>,
}

/// Every mailbox that was ever looked into, by name.
///
/// # Errors
/// What the database reports.
pub fn all(db: &mut Db) -> Result<Vec<Standing>> {
    let known = store::all(db)?;
    let with_failed = known.into_iter().map(|mailbox| {
        Ok(Standing {
            failed: store::failed(db, &mailbox.id, mailbox.generation, MOST)?,
            mailbox,
        })
    });
    with_failed.collect()
}

/// Whether any mailbox of these names cannot be read now, so that every page of the office leads to
/// it. One that was taken out of the settings troubles nobody.
///
/// # Errors
/// What the database reports.
pub fn any_failing(db: &mut Db, names: &[String]) -> Result<bool> {
    if names.is_empty() {
        return Ok(false);
    }
    store::any_failing(db, names)
}

/// Lets a letter that could not be read be tried again at the next look.
///
/// # Errors
/// `Kind::Conflict` when it was read meanwhile or is gone, `Kind::Forbidden` for staff who may only
/// look.
pub fn retry(
    db: &mut Db,
    actor: &Actor,
    clock: &dyn Clock,
    mailbox: &str,
    letter: (i64, i64),
) -> Result<()> {
    actor.must_be_able_to_change()?;
    if !store::make_due(db, mailbox, letter)? {
        return Err(Error::new(
            Kind::Conflict,
            "这封信已经收下，或者已经不在信箱里了，请刷新页面看一看",
            "this letter was fetched meanwhile, or is no longer in the mailbox; reload the page",
        ));
    }
    let (generation, uid) = letter;
    record(
        db,
        actor,
        clock.now(),
        &NewEvent {
            consultation: "",
            action: Action::LetterRetried,
            subject: "mailbox",
            subject_id: mailbox,
            detail: json!({"generation": generation, "uid": uid}),
        },
    )
}
