//! A mail that comes back: the office sees it where it sees what did not go out.

use crate::on_both;
use crate::post::{Post, ask, came, comment, follower, row};
use crate::support::TestSite;
use crate::support::sink::Sink;
use crate::written::Letter;
use diesel::prelude::*;
use jianyan::clock::Clock;
use jianyan::db::schema::{audit_events, followers};
use jianyan::jobs::bounced::{Bound, bounced};
use jianyan::jobs::model::{Bounce, JobKind, Notice};
use serde_json::json;

/// The notice of a mail server about a mail, taken in; answers what it was bound to.
fn back(
    site: &TestSite,
    number: &str,
    action: Option<&str>,
    status: Option<&str>,
) -> Option<Bound> {
    let letter = Letter {
        id: Some("notice"),
        from: "MAILER-DAEMON@example.com",
        extra: "Auto-Submitted: auto-replied\r\n",
        ..Letter::default()
    };
    site.mailroom("plan").receive(&letter.raw(), None).unwrap();
    let (id, owner) = (came(site, &letter.raw()).id, site.consultation("plan").id);
    let (vault, now) = (site.vault.clone(), site.clock.now());
    let [number, action, status] =
        [Some(number), action, status].map(|text| text.map(str::to_owned));
    site.database
        .write_now(move |db| {
            let notice = Notice {
                original_message_id: number.as_deref().unwrap_or_default(),
                action: action.as_deref(),
                status: status.as_deref(),
            };
            bounced(db, &vault, &notice, (&owner, &id), now)
        })
        .unwrap()
}

fn noted(site: &TestSite) -> Vec<String> {
    site.database
        .read_now(|db| {
            Ok(audit_events::table
                .filter(audit_events::action.eq("mail-bounced"))
                .select(audit_events::detail)
                .load(db)?)
        })
        .unwrap()
}

on_both! {
    /// Done, and not arrived: given up after all, once, where the office sees why.
    fn a_mail_that_came_back_is_shown_to_the_office(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        comment(&site, "", &[]);
        Post::to(&site, &sink).all();
        let number = sink.only().letter.message_id;
        let job = row(&site, JobKind::AcknowledgeSubmission);
        let bound = back(&site, &number, Some("failed"), Some("5.1.1")).expect("ours");
        assert_eq!((bound.job.as_str(), bound.failure), (job.id.as_str(), Some(Bounce::NoMailbox)));
        assert_eq!(bound.submission, Some(job.subject));
        let now = row(&site, JobKind::AcknowledgeSubmission);
        assert!(now.given_up_at.is_some() && now.done_at.is_none(), "{now:?}");
        let notice = Letter { id: Some("notice"), from: "MAILER-DAEMON@example.com", extra: "Auto-Submitted: auto-replied\r\n", ..Letter::default() };
        assert_eq!(came(&site, &notice.raw()).bounced_job, Some(job.id));
        assert!(back(&site, &number, Some("failed"), Some("5.1.1")).is_some(), "a second notice");
        let events = noted(&site);
        assert_eq!(events.len(), 1, "{events:?}");
        assert!(events[0].contains("no-mailbox") && !events[0].contains('@'), "{events:?}");
        let mut office = site.staff();
        let page = office.get("/office/mails").text();
        assert!(page.contains("退信：对方邮箱不存在") && page.contains("s***@example.com"), "{page}");
        assert!(office.get("/en/office/mails").text().contains("it came back: there is no such mailbox"));
        assert!(office.get("/office/c/plan/audit").text().contains("邮件被退回"));
    }

    /// Sent again, it goes out again; and comes back again.
    fn it_can_be_sent_again(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        comment(&site, "", &[]);
        let mut post = Post::to(&site, &sink);
        post.all();
        let number = sink.only().letter.message_id;
        back(&site, &number, None, Some("5.2.2"));
        let mut office = site.staff();
        let page = office.get("/office/mails");
        assert!(page.text().contains("对方邮箱满了"), "{}", page.text());
        let again = [("csrf", page.hidden("csrf")), ("id", page.hidden("id"))];
        let again: Vec<(&str, &str)> = again.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(office.post("/office/mails/retry", &again).status, 303);
        assert_eq!(post.all(), 1);
        assert!(row(&site, JobKind::AcknowledgeSubmission).done_at.is_some());
        back(&site, &number, None, Some("5.2.2"));
        assert!(row(&site, JobKind::AcknowledgeSubmission).given_up_at.is_some());
        assert_eq!(noted(&site).len(), 2);
    }

    /// Delayed is not lost, and what is none of ours is nobody's.
    fn what_may_still_arrive_is_left_alone(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        comment(&site, "", &[]);
        Post::to(&site, &sink).all();
        let number = sink.only().letter.message_id;
        for (action, status) in [(Some("delayed"), Some("4.4.7")), (None, Some("4.2.2"))] {
            assert_eq!(back(&site, &number, action, status).expect("ours").failure, None);
        }
        let job = row(&site, JobKind::AcknowledgeSubmission);
        assert!(job.done_at.is_some() && job.given_up_at.is_none(), "{job:?}");
        assert_eq!(back(&site, "<letter@example.com>", Some("failed"), Some("5.1.1")), None);
        assert_eq!(back(&site, &number.replacen("<0", "<1", 1), Some("failed"), Some("5.1.1")), None, "forged");
        assert!(noted(&site).is_empty());
    }

    /// The notice may be faster than the note that the mail went out.
    fn a_fast_bounce_is_not_overwritten(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        comment(&site, "", &[]);
        let held = Post::to(&site, &sink).hold(8).remove(0);
        let number = jianyan::mail::outbound::message_id::of_job(&site.vault, &held.id, "example.org").unwrap();
        back(&site, &number, Some("failed"), Some("5.1.1"));
        let now = site.clock.now();
        site.database.write_now(move |db| jianyan::jobs::queue::finish(db, &held, now)).unwrap();
        let job = row(&site, JobKind::AcknowledgeSubmission);
        assert!(job.given_up_at.is_some() && job.done_at.is_none(), "{job:?}");
    }

    /// A follower whose mailbox is gone is written to no more, and the office need do nothing; one
    /// whose mailbox is full stays.
    fn a_follower_without_a_mailbox_is_let_go(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        let [gone, full] = ["01975b6e-0000-7000-8000-0000000000f1", "01975b6e-0000-7000-8000-0000000000f2"];
        for (id, status) in [(gone, "5.1.1"), (full, "5.2.2")] {
            follower(&site, id, "zh", true, false);
            ask(&site, JobKind::TellFollower, id, json!({"news": "revised"}));
            Post::to(&site, &sink).all();
            let arrived = sink.arrived();
            let mail = arrived.iter().find(|mail| mail.recipient == format!("{id}@example.net")).unwrap();
            assert!(back(&site, &mail.letter.message_id, Some("failed"), Some(status)).is_some());
        }
        let ended: Vec<(String, Option<i64>)> = site.database.read_now(|db| {
            Ok(followers::table.order(followers::id.asc()).select((followers::id, followers::ended_at)).load(db)?)
        }).unwrap();
        assert!(ended[0].1.is_some() && ended[1].1.is_none(), "{ended:?}");
        let page = site.staff().get("/office/mails").text();
        assert!(page.contains("停止重试1封") && page.contains("对方邮箱满了") && !page.contains("邮箱不存在"), "{page}");
    }
}
