//! The page of the mailboxes: what cannot be read and what to do, what waits for a person, and
//! having a letter fetched again.

use crate::mail::Letter;
use crate::on_both;
use crate::steps::events_of;
use crate::support::{Backend, TestSite, postgres_admin, postgres_left_out};
use diesel::prelude::*;
use jianyan::clock::to_micros;
use jianyan::config::{Mailbox, Place};
use jianyan::db::schema::{mailbox_letters, mailboxes};
use jianyan::identity::model::Role;
use jianyan::intake::email::{Arrival, unclear};
use jianyan::mailboxes::model::Road;

const PAGE: &str = "/office/mailboxes";

fn at(text: &str) -> i64 {
    to_micros(text.parse().unwrap())
}

/// A mailbox that was read; with a code, one that cannot be read since nine o'clock.
fn mailbox(site: &TestSite, id: &'static str, name: &'static str, failure: Option<&'static str>) {
    let write = move |db: &mut jianyan::db::Db| {
        diesel::insert_into(mailboxes::table)
            .values((
                mailboxes::id.eq(id),
                mailboxes::name.eq(name),
                mailboxes::generation.eq(7),
                mailboxes::next_uid.eq(50),
                mailboxes::waiting.eq(if failure.is_some() { 12 } else { 0 }),
                mailboxes::fetched_at.eq(at("2025-06-10T08:55:00+08:00")),
                mailboxes::failing_since.eq(failure.map(|_| at("2025-06-10T09:00:00+08:00"))),
                mailboxes::failure.eq(failure),
            ))
            .execute(db)?;
        Ok(())
    };
    site.database.write_now(write).unwrap();
}

/// A letter of a mailbox that could not be fetched.
fn failed(
    site: &TestSite,
    mailbox: &'static str,
    generation: i64,
    uid: i64,
    failure: &'static str,
) {
    let write = move |db: &mut jianyan::db::Db| {
        diesel::insert_into(mailbox_letters::table)
            .values((
                mailbox_letters::mailbox_id.eq(mailbox),
                mailbox_letters::generation.eq(generation),
                mailbox_letters::uid.eq(uid),
                mailbox_letters::failure.eq(failure),
                mailbox_letters::tries.eq(4),
                mailbox_letters::noted_at.eq(at("2025-06-10T09:30:00+08:00")),
            ))
            .execute(db)?;
        Ok(())
    };
    site.database.write_now(write).unwrap();
}

/// When a letter was tried last, and how often.
fn tried(site: &TestSite, number: i64) -> (i64, i32) {
    let read = |db: &mut jianyan::db::Db| {
        Ok(mailbox_letters::table
            .filter(mailbox_letters::uid.eq(number))
            .select((mailbox_letters::noted_at, mailbox_letters::tries))
            .first(db)?)
    };
    site.database.read_now(read).unwrap()
}

/// One good mailbox, one that cannot be read, and one that could not be when it still stood in the
/// settings.
fn every_page_leads_to_a_mailbox_that_cannot_be_read(backend: Backend) {
    let set = |name: &str| Mailbox {
        name: name.to_owned(),
        place: Place::Maildir("/nowhere".into()),
        consultation: None,
        poll: std::time::Duration::from_secs(60),
    };
    let site = TestSite::with(backend, |config| {
        config.mailboxes = ["意见信箱", "备用信箱", "新信箱"].map(set).into();
    });
    site.publish_sample();
    let mut office = site.staff();
    mailbox(&site, "good", "意见信箱", None);
    mailbox(&site, "old", "旧信箱", Some("timeout"));
    let calm = office.get("/office/c/plan/remarks").text();
    assert!(!calm.contains(PAGE), "nothing to see: {calm}");
    let desk = office.get("/office").text();
    assert!(desk.contains("href=\"/office/mailboxes\">信箱"), "{desk}");
    mailbox(&site, "bad", "备用信箱", Some("sign-in"));
    let queue = office.get("/office/c/plan/remarks").text();
    assert!(
        queue.contains("href=\"/office/mailboxes\">有信箱无法收取"),
        "{queue}"
    );
    let page = office.get(PAGE).text();
    for shown in [
        "意见信箱",
        "备用信箱",
        "新信箱",
        "尚未收取",
        "恢复收取后显示",
        "2025-06-10 08:55",
        "2025-06-10 09:00",
        "无法收取",
        "授权码",
        "12封",
        "旧信箱",
        "配置中已没有这个信箱",
    ] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    assert_eq!(page.matches("note-bad").count(), 1, "{page}");
    assert_eq!(page.matches("配置中已没有这个信箱").count(), 1, "{page}");
    let english = office.get(&format!("/en{PAGE}")).text();
    assert!(
        english.contains("Cannot be read since") && english.contains("app password"),
        "{english}"
    );
}

#[test]
fn every_page_leads_to_a_mailbox_that_cannot_be_read_sqlite() {
    every_page_leads_to_a_mailbox_that_cannot_be_read(Backend::Sqlite);
}

#[test]
fn every_page_leads_to_a_mailbox_that_cannot_be_read_postgres() {
    match postgres_admin() {
        Some(_) => every_page_leads_to_a_mailbox_that_cannot_be_read(Backend::Postgres),
        None => postgres_left_out(),
    }
}

on_both! {
    fn without_a_mailbox_the_page_says_what_to_do(site: TestSite) {
        assert!(site.staff().get(PAGE).text().contains("还没有设置信箱"));
    }

    fn a_letter_is_fetched_again_on_request(site: TestSite) {
        site.publish_sample();
        mailbox(&site, "good", "意见信箱", None);
        for (number, failure) in [(1, "unreadable"), (2, "gone"), (3, "huge"), (4, "fault"), (5, "broken")] {
            failed(&site, "good", 7, number, failure);
        }
        failed(&site, "good", 6, 9, "unreadable");
        let mut office = site.staff();
        let page = office.get(PAGE);
        let text = page.text();
        for shown in ["程序读不了这封信", "已经没有这封信了", "大得超出了上限", "登记的时候出错", "连接就断了", "试过4次"] {
            assert!(text.contains(shown), "{shown}: {text}");
        }
        assert_eq!(text.matches("重新收取").count(), 4, "what is gone is not tried again, nor what has another number now");
        assert!(!text.contains("value=\"6.9\""), "{text}");

        let csrf = page.hidden("csrf");
        let send = |office: &mut crate::support::Client, letter: &str| {
            office.post("/office/mailboxes/retry", &[("csrf", &csrf), ("mailbox", "good"), ("letter", letter)]).status
        };
        assert_eq!(office.post("/office/mailboxes/retry", &[("csrf", "no"), ("mailbox", "good"), ("letter", "7.1")]).status, 403);
        assert_eq!(send(&mut office, "7.2"), 409, "gone");
        assert_eq!(send(&mut office, "7.8"), 409, "unknown");
        for wrong in ["", "7", "x.y", "\0", "99999999999999999999.1"] {
            assert_eq!(send(&mut office, wrong), 422, "{wrong}");
        }
        assert!(events_of(&site, "letter-retried").is_empty());
        assert_eq!(send(&mut office, "7.1"), 303);
        assert_eq!(tried(&site, 1), (0, 0));
        assert_eq!(tried(&site, 3).1, 4, "the others are as they were");
        let noted = events_of(&site, "letter-retried");
        assert_eq!((noted.len(), noted[0].who.as_str(), noted[0].subject.as_str()), (1, "周青禾", "good"));
        let text = office.get(PAGE).text();
        assert!(text.contains("待下次收取") && text.matches("重新收取").count() == 3, "{text}");
    }

    fn those_who_may_only_look_cannot_have_it_fetched(site: TestSite) {
        site.publish_sample();
        mailbox(&site, "good", "意见信箱", None);
        failed(&site, "good", 7, 1, "unreadable");
        site.account("reader", "只看的人", Role::Auditor);
        let mut reader = site.client();
        reader.sign_in("reader", crate::support::PASSWORD);
        let csrf = reader.csrf();
        let reply = reader.post("/office/mailboxes/retry", &[("csrf", &csrf), ("mailbox", "good"), ("letter", "7.1")]);
        assert_eq!(reply.status, 403);
        assert_eq!(tried(&site, 1).1, 4);
    }

    fn what_waits_for_a_person_is_listed(site: TestSite) {
        site.publish_sample();
        let room = site.mailroom("plan");
        for id in ["a", "b"] {
            let auto = Letter { id: Some(id), extra: "Auto-Submitted: auto-replied\r\n", ..Letter::default() };
            room.receive(&auto.raw(), None).unwrap();
        }
        let stray = Letter { id: Some("stray"), subject: "想问问停车的事", ..Letter::default() }.raw();
        let prepared = unclear(&site.storage, &site.clock(), &stray, Arrival::by(Road::Imap)).unwrap();
        site.database.write_now(move |db| prepared.settle(db)).unwrap();
        let mut office = site.staff();
        let page = office.get(PAGE).text();
        for shown in ["href=\"/office/c/plan/letters?state=held\"", "暂存待核对2封", "无法确定属于哪次征求意见", "想问问停车的事", "h***@example.com", "从信箱收取", "/office/mails"] {
            assert!(page.contains(shown), "{shown}: {page}");
        }
        assert!(!page.contains("hanlixia"), "{page}");
        let raw = page.split("href=\"").find(|part| part.ends_with("/raw\" download>") || part.contains("/raw\"")).unwrap().split('"').next().unwrap();
        let file = office.get(raw);
        assert_eq!((file.status, &file.body), (200, &stray));
        assert_eq!(file.header("content-type"), Some("message/rfc822"));
        assert_eq!(events_of(&site, "letter-fetched").len(), 1);
        assert_eq!(site.client().get(raw).status, 303, "strangers sign in first");
        assert_eq!(office.get("/office/mailboxes/letters/%00/raw").status, 404);
    }
}
