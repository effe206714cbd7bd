//! Filling in what a letter left open, by the link in the mail that acknowledged it.

use crate::after::rows;
use crate::on_both;
use crate::support::{Backend, TestSite, postgres_admin, postgres_left_out};
use crate::written::Letter;
use diesel::prelude::*;
use jianyan::audit::model::Actor;
use jianyan::clock::Clock;
use jianyan::db::schema::{remarks, submissions};
use jianyan::intake::find::{Found, by_id};
use jianyan::privacy::link::{Purpose, token};
use jianyan::triage::move_remark::{Move, move_remark};

const TWO: &str = "您好：\r\n1.晾衣架每单元应不少于4处。\r\n2.希望多贴通知。\r\n";

/// The only submission.
fn found(site: &TestSite) -> Found {
    let (vault, about) = (site.vault.clone(), site.consultation("plan"));
    let read = move |db: &mut jianyan::db::Db| {
        let id: String = submissions::table.select(submissions::id).first(db)?;
        by_id(db, &vault, &about, &id)
    };
    site.database.read_now(read).unwrap()
}

/// Takes a letter in; answers the path of the link in the mail that acknowledges it.
fn letter(site: &TestSite, letter: &Letter<'_>) -> String {
    site.mailroom("plan").receive(&letter.raw(), None).unwrap();
    link(site, &found(site))
}

fn link(site: &TestSite, found: &Found) -> String {
    let own = token(&site.vault, Purpose::Complete, &found.address_link()).unwrap();
    format!("/r/{}/complete/{own}", found.receipt)
}

fn unsigned<'a>(body: &'a str) -> Letter<'a> {
    Letter {
        from: "hanlixia@example.com",
        body,
        ..Letter::default()
    }
}

fn place(found: &Found, index: usize) -> String {
    format!("place-{}", found.remarks[index].id)
}

fn put(site: &TestSite, remark: &str, anchor: &str) {
    let about = site.consultation("plan");
    let clock = site.clock();
    let to = Move {
        consultation_id: about.id.clone(),
        remark_id: remark.to_owned(),
        version: about.version,
        anchor: Some(anchor.to_owned()),
        seen_revision: 0,
    };
    site.database
        .write_now(move |db| move_remark(db, &Actor::System("test"), &*clock, &to))
        .unwrap();
}

on_both! {
    /// Name, telephone and sections; each an event without what was filled in; the address is
    /// confirmed by it; nothing is open afterwards.
    fn what_is_missing_is_filled_in(site: TestSite) {
        site.publish_sample();
        let at = letter(&site, &unsigned(TWO));
        let before = found(&site);
        let page = site.client().get(&at);
        let text = page.text();
        assert_eq!((page.status, page.header("cache-control")), (200, Some("no-store")));
        for part in ["h***@example.com", "您的姓名", "您的电话", "晾衣架每单元应不少于4处", "希望多贴通知", "不补充也不影响您的意见", "针对整份征求意见稿", "2.规范晾晒设施"] {
            assert!(text.contains(part), "{part} is not in {text}");
        }
        assert!(!text.contains("hanlixia@example.com"), "{text}");
        let (first, second) = (place(&before, 0), place(&before, 1));
        let sent = site.client().post(&at, &[("name", " 韩立夏 "), ("phone", "0900 555 7788"), (&first, "2.1.2"), (&second, "whole")]);
        assert_eq!(sent.location(), format!("{at}?done=all"));
        let after = found(&site);
        assert_eq!(after.sender.name.as_deref(), Some("韩立夏"));
        assert_eq!((after.sender.phones.len(), after.sender.emails.clone()), (1, before.sender.emails.clone()));
        assert!(after.email_confirmed_at.is_some());
        assert!(after.remarks[0].section_id.is_some() && after.remarks[1].section_id.is_none());
        for (action, count) in [("contact-completed", 1), ("remark-placed-by-sender", 2), ("address-confirmed", 1), ("remark-moved", 0)] {
            assert_eq!(rows(&site, "audit_events", action), count, "{action}");
        }
        assert_eq!(rows(&site, "audit_events", "韩立夏") + rows(&site, "audit_events", "5557788"), 0);
        let again = site.client().get(&format!("{at}?done=all")).text();
        assert!(again.contains("已补充，谢谢您") && again.contains("没有需要补充的内容") && again.contains("韩**"), "{again}");
        let mut office = site.staff();
        let log = office.get("/office/c/plan/audit").text();
        assert!(log.contains("来件人补充联系方式") && log.contains("来件人指明所对条款"), "{log}");
        assert!(site.client().get(&format!("/en{at}")).text().contains("Nothing is left to fill in."));
    }

    /// What is there is not changed: neither the details nor a section that the letter named.
    fn what_is_known_is_not_changed(site: TestSite) {
        site.publish_sample();
        let body = "第二部分第（一）条第2项，晾衣架每单元应不少于4处。\r\n\r\n姓名：韩立夏\r\n电话：0900-5557788\r\n";
        let at = letter(&site, &Letter { body, ..Letter::default() });
        let before = found(&site);
        assert!(site.client().get(&at).text().contains("没有需要补充的内容"));
        let own = place(&before, 0);
        let sent = site.client().post(&at, &[("name", "别人"), ("phone", "0900-5551111"), (&own, "2.2.4")]);
        assert_eq!(sent.location(), format!("{at}?done=some"));
        let after = found(&site);
        assert_eq!((after.sender.name, after.sender.phones), (before.sender.name, before.sender.phones));
        assert_eq!(after.remarks[0].section_id, before.remarks[0].section_id);
        assert_eq!(rows(&site, "audit_events", "contact-completed") + rows(&site, "audit_events", "placed-by-sender"), 0);
    }

    /// A guess that is not certain can be confirmed or put right.
    fn a_guess_can_be_confirmed(site: TestSite) {
        site.publish_sample();
        let body = "第二部分第（一）条第2项，晾衣架每单元应不少于4处。\r\n";
        let at = letter(&site, &Letter { body, ..Letter::default() });
        site.database.write_now(|db| Ok(diesel::update(remarks::table).set(remarks::confidence.eq(40)).execute(db)?)).unwrap();
        let before = found(&site);
        let page = site.client().get(&at).text();
        assert!(page.contains("目前登记为针对：<span lang=\"zh-CN\">2.规范晾晒设施"), "{page}");
        site.client().post(&at, &[(&place(&before, 0), "2.1.2")]);
        let after = found(&site);
        assert_eq!(after.remarks[0].section_id, before.remarks[0].section_id);
        assert_eq!((after.remarks[0].confidence, after.remarks[0].revision), (None, 1));
        assert!(!site.client().get(&at).text().contains("place-"));
    }

    /// What the office decided stays; what was typed about it is told, not lost without a word.
    fn what_the_office_decided_stays(site: TestSite) {
        site.publish_sample();
        let at = letter(&site, &unsigned(TWO));
        let before = found(&site);
        let (first, second) = (place(&before, 0), place(&before, 1));
        put(&site, &before.remarks[0].id, "2.2.4");
        let moved = found(&site).remarks[0].section_id.clone();
        site.clock.set("2025-07-05T10:00:00+08:00");
        let sent = site.client().post(&at, &[(&first, "2.1.2"), (&second, "2.1.2")]);
        assert_eq!(sent.location(), format!("{at}?done=some"), "after the last day too");
        let after = found(&site);
        assert_eq!(after.remarks[0].section_id, moved);
        assert!(after.remarks[1].section_id.is_some());
        assert!(site.client().get(&format!("{at}?done=some")).text().contains("起草单位已经办理"));
    }

    /// An opinion that has its outcome is not put elsewhere.
    fn what_was_answered_stays(site: TestSite) {
        site.publish_sample();
        let at = letter(&site, &unsigned("希望多贴通知。\r\n"));
        let before = found(&site);
        let mut office = site.staff();
        let remark = format!("/office/c/plan/remarks/{}", before.remarks[0].id);
        let page = office.get(&remark);
        let fields = [("csrf", page.hidden("csrf")), ("revision", "0".to_owned()), ("outcome", "adopted".to_owned()), ("reason", "已采纳。".to_owned())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(office.post(&format!("{remark}/outcome"), &fields).status, 303);
        assert!(!site.client().get(&at).text().contains("place-"));
        site.client().post(&at, &[(&place(&before, 0), "2.1.2"), ("name", "韩立夏")]);
        let after = found(&site);
        assert!(after.remarks[0].section_id.is_none() && after.sender.name.is_some());
    }

    /// Each fault beside its field, everything typed kept, nothing written.
    fn a_fault_is_shown_and_nothing_is_lost(site: TestSite) {
        site.publish_sample();
        let at = letter(&site, &unsigned(TWO));
        let (first, second) = (place(&found(&site), 0), place(&found(&site), 1));
        let sent = site.client().post(&at, &[("name", "韩立夏"), ("phone", "12"), (&first, "9.9.9"), (&second, "2.1.2")]);
        let text = sent.text();
        assert_eq!((sent.status, sent.header("cache-control")), (422, Some("no-store")));
        assert!(text.contains("value=\"韩立夏\"") && text.contains("value=\"12\"") && text.contains("没有您选的这一条"), "{text}");
        assert!(text.contains("<title>错误：") && text.contains("id=\"phone-error\"") && text.contains(&format!("id=\"{first}-error\"")), "{text}");
        assert!(text.contains("value=\"2.1.2\" lang=\"zh-CN\" selected"), "{text}");
        let empty = site.client().post(&at, &[]);
        assert!(empty.status == 422 && empty.text().contains("没有填写任何内容"), "{}", empty.text());
        assert_eq!(found(&site).sender.name, None);
        assert_eq!(rows(&site, "audit_events", "address-confirmed"), 0);
    }

    /// A wrong number, a wrong token, a link to another address and one to erased details are
    /// answered the same; a link that confirms does not complete.
    fn a_link_opens_one_letter_only(site: TestSite) {
        site.publish_sample();
        let at = letter(&site, &unsigned(TWO));
        let own = found(&site);
        let confirm = token(&site.vault, Purpose::ConfirmAddress, &own.address_link()).unwrap();
        let other = token(&site.vault, Purpose::Complete, &format!("{} other@example.com", own.submission_id)).unwrap();
        let good = at.rsplit('/').next().unwrap();
        let number = &own.receipt;
        let wrong = [
            format!("/r/7K2M-9QXD-4RTB-2HWN/complete/{good}"), format!("/r/x/complete/{good}"), format!("/r/{number}/complete/0"),
            format!("/r/{number}/complete/{confirm}"), format!("/r/{number}/complete/{other}"), format!("/r/{number}/confirm/{good}"),
        ];
        // The page names its own address, for the reader's settings.
        let body = |at: &str| site.client().get(at).text().replace(&at.replace('/', "%2F"), "").replace(at, "");
        let refused = body(&wrong[0]);
        for at in &wrong {
            assert_eq!((site.client().get(at).status, site.client().post(at, &[("name", "甲")]).status), (404, 404), "{at}");
            assert_eq!(body(at), refused, "{at}");
        }
        let mut stranger = site.client();
        stranger.headers.push(("sec-fetch-site".into(), "cross-site".into()));
        assert_eq!(stranger.post(&at, &[("name", "甲")]).status, 403);
        let (vault, clock, erased) = (site.vault.clone(), site.clock(), own);
        site.database.write_now(move |db| jianyan::intake::after::erase::erase(db, &vault, &Actor::System("test"), &*clock, &erased)).unwrap();
        assert_eq!((site.client().get(&at).status, site.client().post(&at, &[("name", "甲")]).status), (404, 404));
        assert_eq!(rows(&site, "audit_events", "contact-completed"), 0);
    }

    /// Taken back: the page says so, and takes nothing.
    fn what_was_taken_back_is_not_completed(site: TestSite) {
        site.publish_sample();
        let at = letter(&site, &unsigned(TWO));
        let now = jianyan::clock::to_micros(site.clock.now());
        site.database.write_now(move |db| Ok(diesel::update(submissions::table).set(submissions::withdrawn_at.eq(now)).execute(db)?)).unwrap();
        let page = site.client().get(&at).text();
        assert!(page.contains("已经撤回，不用再补") && !page.contains("<form class=\"form\""), "{page}");
        assert_eq!(site.client().post(&at, &[("name", "甲")]).status, 409);
    }
}

/// Opening it counts like a look-up.
#[test]
fn whoever_tries_many_links_is_slowed_down() {
    let backends = [
        Some(Backend::Sqlite),
        postgres_admin().map(|_| Backend::Postgres),
    ];
    for backend in backends {
        let Some(backend) = backend else {
            postgres_left_out();
            continue;
        };
        let site = TestSite::with(backend, |config| config.look_up_burst = 3);
        site.publish_sample();
        let at = letter(&site, &unsigned(TWO));
        let mut client = site.client();
        client
            .headers
            .push(("x-forwarded-for".into(), "198.51.100.7".into()));
        for _ in 0..3 {
            assert_eq!(client.get("/r/7K2M-9QXD-4RTB-2HWN/complete/0").status, 404);
        }
        assert_eq!(client.get(&at).status, 429);
    }
}
