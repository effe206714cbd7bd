//! What stands around every office page, beside the [`Layout`](crate::web::layout::Layout) it
//! shares with the public ones: who is signed in, which consultation, where one can go, and what
//! was just done.

use super::parts::{Count, Link};
use crate::words::Lang;

/// The surroundings of one office page for a person who is signed in.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The name of whoever is signed in.
    pub staff_name: String,
    /// Goes into the hidden field `csrf` of every form, the one for signing out included.
    pub csrf: String,
    /// The consultation the page belongs to; `None` on pages about all of them.
    pub place: Option<Place>,
    /// Which entry of the navigation is the present one.
    pub here: Room,
    /// Requests about personal data that wait.
    pub requests_waiting: Count,
    /// What was just done, shown once.
    pub flash: Option<Flash>,
    /// Whether mails were given up, so that every page leads to them.
    pub mails_given_up: bool,
    /// Whether a mailbox cannot be read, so that every page leads to it.
    pub mailbox_failing: bool,
    /// Whether this person may change anything. A page offers nobody what would be refused.
    pub may_change: bool,
    /// Whether this person may see who signed in and who changed accounts.
    pub may_see_accounts: bool,
}

impl Frame {
    /// The entries of the navigation; those of a consultation only where there is one.
    #[must_use]
    pub fn rooms(&self, lang: &Lang) -> Vec<RoomLink> {
        let entry = |room, href: String, word| RoomLink {
            href,
            word,
            waiting: None,
            is_here: self.here == room,
        };
        let office = format!("{}/office", lang.prefix());
        let mut rooms = vec![entry(
            Room::Desk,
            office.clone(),
            lang.pick("征求意见列表", "Consultations"),
        )];
        if self.place.is_none() && self.may_change {
            rooms.push(entry(
                Room::Imports,
                format!("{office}/imports"),
                lang.pick("准备发布", "Prepare a publication"),
            ));
        }
        let mailboxes = if self.mailbox_failing {
            lang.pick("有信箱无法收取", "A mailbox cannot be read")
        } else {
            lang.pick("信箱", "Mailboxes")
        };
        if self.place.is_none() || self.mailbox_failing {
            rooms.push(entry(
                Room::Mailboxes,
                format!("{office}/mailboxes"),
                mailboxes,
            ));
        }
        // Without a consultation it is one of the rooms; elsewhere it is there when it is needed.
        let mails = if self.mails_given_up {
            lang.pick("有邮件发送失败", "E-mail not sent")
        } else {
            lang.pick("发出的邮件", "Outgoing e-mail")
        };
        if self.place.is_none() || self.mails_given_up {
            rooms.push(entry(Room::Mails, format!("{office}/mails"), mails));
        }
        // On the pages of one consultation only while somebody waits: the list is about all.
        if self.place.is_none() || !self.requests_waiting.is_zero() {
            let (href, word) = (
                format!("{office}/requests"),
                lang.pick("个人信息申请", "Data requests"),
            );
            rooms.push(RoomLink {
                waiting: Some(self.requests_waiting).filter(|count| !count.is_zero()),
                ..entry(Room::Requests, href, word)
            });
        }
        if self.place.is_none() && self.may_see_accounts {
            rooms.push(entry(
                Room::Accounts,
                format!("{office}/accounts"),
                lang.pick("登录与账号记录", "Sign-ins and accounts"),
            ));
        }
        if let Some(place) = &self.place {
            let inside = format!("{office}/c/{}", place.slug);
            rooms.extend(
                [
                    (Room::Queue, "remarks", lang.pick("意见办理", "Remarks")),
                    (
                        Room::Entry,
                        "submissions/new",
                        lang.pick("录入来件", "Enter a submission"),
                    ),
                    (Room::Letters, "letters", lang.pick("邮件", "E-mails")),
                    (Room::Exports, "export", lang.pick("导出", "Export")),
                    (Room::Versions, "versions", lang.pick("版本", "Versions")),
                    (
                        Room::Window,
                        "window",
                        lang.pick("延长时间", "Extend the deadline"),
                    ),
                    (Room::Wall, "wall", lang.pick("公开栏", "Public comments")),
                    (Room::Audit, "audit", lang.pick("操作记录", "Audit record")),
                ]
                .into_iter()
                .filter(|(room, _, _)| {
                    self.may_change || !matches!(room, Room::Entry | Room::Window)
                })
                .map(|(room, path, word)| entry(room, format!("{inside}/{path}"), word)),
            );
        }
        rooms
    }
}

/// One entry of the navigation.
#[derive(Clone, Debug)]
pub struct RoomLink {
    pub href: String,
    pub word: &'static str,
    /// How much work waits there; `None` for nothing.
    pub waiting: Option<Count>,
    /// Whether the page stands in this room, for `aria-current`.
    pub is_here: bool,
}

/// The consultation a page belongs to.
#[derive(Clone, Debug)]
pub struct Place {
    pub slug: String,
    pub title: String,
    /// Until when and how long still, in words: `征求意见至2025年6月28日(星期六)，还剩18天`.
    pub window: String,
}

/// The rooms of the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    Desk,
    Queue,
    Entry,
    Letters,
    Exports,
    Audit,
    Versions,
    Window,
    Wall,
    Imports,
    Mailboxes,
    Mails,
    Requests,
    Accounts,
    /// A page outside the navigation, such as a refusal.
    Elsewhere,
}

/// One sentence about what was just done.
#[derive(Clone, Debug)]
pub struct Flash {
    pub words: String,
    /// Where to go on, when there is an obvious next step.
    pub link: Option<Link>,
}
