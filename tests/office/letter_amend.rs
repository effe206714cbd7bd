//! Putting right what was read out of a letter: contact details, and words that no remark holds.

use crate::letter_page::{first_letter, only_letter};
use crate::mail::{Letter, by, parts};
use crate::on_both;
use crate::steps::{Event, QUEUE, events_of, queue, remark_ids};
use crate::support::client::Reply;
use crate::support::{Client, TestSite};
use diesel::prelude::*;
use jianyan::db::schema::{remarks, submissions};
use jianyan::identity::model::Role;

const WORDS: &str = "第二部分第（一）条第2项，晾衣架每单元应不少于4处。\r\n联系电话：0900-5557788\r\n\r\n-- \r\n韩立夏\r\n";
const QUOTED: &str = "\r\n------------------ 原始邮件 ------------------\r\n发件人: \"区社区建设局\" <loudao@example.org>;\r\n\
    发送时间: 2025年6月9日(星期一) 上午9:00\r\n主题: 公告\r\n\r\n楼道里  再加两盏\r\n感应灯。\r\n";

fn receive(site: &TestSite, received: &str) -> (Client, String) {
    let body = format!("{WORDS}{QUOTED}");
    let letter = Letter {
        received: vec![by("mail.example.org", received)],
        body: &body,
        ..Letter::default()
    };
    site.mailroom("plan").receive(&letter.raw(), None).unwrap();
    let mut office = site.staff();
    let here = only_letter(&mut office);
    (office, here)
}

const IN_TIME: &str = "Tue, 10 Jun 2025 09:00:00 +0800";

fn send(office: &mut Client, here: &str, what: &str, fields: &[(&str, &str)]) -> Reply {
    let csrf = office.get(here).hidden("csrf");
    let mut all = vec![("csrf", csrf.as_str())];
    all.extend(fields);
    office.post(&format!("{here}/{what}"), &all)
}

const CONTACT: &[(&str, &str)] = &[
    ("name", "韩立秋"),
    ("organisation", ""),
    ("phone", "0900-5557799、19900005678"),
    ("email", "hanlixia@example.com"),
    ("address", "竹篮巷7号"),
];

fn only_event(site: &TestSite, action: &str) -> Event {
    let found = events_of(site, action);
    assert_eq!(found.len(), 1, "{action}: {found:?}");
    found[0].clone()
}

/// Text, evidence, channel, timing and time of receipt of the last remark, and the submission's.
type Kept = (String, Option<String>, String, String, i64);

fn last_remark(site: &TestSite) -> (Kept, i64) {
    let read = |db: &mut jianyan::db::Db| {
        let remark: Kept = remarks::table
            .order(remarks::ordinal.desc())
            .select((
                remarks::text,
                remarks::evidence,
                remarks::channel,
                remarks::timing,
                remarks::received_at,
            ))
            .first(db)?;
        let received: i64 = submissions::table
            .select(submissions::received_at)
            .first(db)?;
        Ok((remark, received))
    };
    site.database.read_now(read).unwrap()
}

on_both! {
    fn contact_details_are_corrected_and_the_record_says_which(site: TestSite) {
        site.publish_sample();
        let (mut office, here) = receive(&site, IN_TIME);
        let page = office.get(&here).text();
        assert!(page.contains("value=\"0900-5557788\"") && page.contains("value=\"韩立夏\""), "{page}");
        let reply = send(&mut office, &here, "contact", CONTACT);
        assert_eq!(reply.location(), format!("{here}?done=contact"));
        let page = office.get(reply.location()).text();
        for shown in ["联系方式已经更正", "韩立秋", "0900-5557799", "19900005678", "竹篮巷7号", "周青禾：更正联系方式（姓名、电话、地址）"] {
            assert!(page.contains(shown), "{shown}: {page}");
        }
        let event = only_event(&site, "contact-corrected");
        assert_eq!((event.kind.as_str(), event.who.as_str()), ("staff", "周青禾"));
        for secret in ["韩立", "5557", "竹篮巷", "hanlixia"] {
            assert!(!event.detail.contains(secret), "{}", event.detail);
        }
        let ids = remark_ids(&queue(&mut office, ""));
        assert!(office.get(&format!("{QUEUE}/{}", ids[0])).text().contains("韩立秋"));
        assert!(page.contains("<mark>0900-5557788</mark>"), "the letter itself is as it was");
    }

    fn a_wrong_number_is_named_beside_its_field_and_nothing_is_lost(site: TestSite) {
        site.publish_sample();
        let (mut office, here) = receive(&site, IN_TIME);
        let wrong: Vec<(&str, &str)> = CONTACT.iter().map(|(name, value)| if *name == "phone" { (*name, "12") } else { (*name, *value) }).collect();
        let reply = send(&mut office, &here, "contact", &wrong);
        let text = reply.text();
        assert_eq!(reply.status, 422);
        assert!(text.contains("<title>错误：") && text.contains("href=\"#phone\"") && text.contains("value=\"竹篮巷7号\"") && text.contains("letter-amend\" open"), "{text}");
        assert!(reply.header("content-security-policy").unwrap().contains("frame-src 'self'"));
        assert!(events_of(&site, "contact-corrected").is_empty());
    }

    /// Taken for a quote, it becomes a remark with the letter's own time.
    fn words_that_were_left_out_become_a_remark(site: TestSite) {
        site.publish_sample();
        let (mut office, here) = receive(&site, IN_TIME);
        assert_eq!(remark_ids(&queue(&mut office, "")).len(), 1);
        site.clock.set("2025-07-05T10:00:00+08:00");
        let mut office_later = site.staff();
        let reply = send(&mut office_later, &here, "remarks", &[("text", "楼道里再加两盏感应灯。"), ("section", "2.2.4")]);
        assert_eq!(reply.location(), format!("{here}?done=remark"), "{}", reply.text());
        let ((text, evidence, channel, timing, at), received) = last_remark(&site);
        assert_eq!(text, "楼道里再加两盏感应灯。");
        assert_eq!(evidence.as_deref(), Some("工作人员从原信补录"));
        assert_eq!((channel.as_str(), timing.as_str(), at), ("email", "in", received), "the letter's own time, though the window has closed");
        let page = office_later.get(reply.location()).text();
        for shown in ["已补录为一条意见", "工作人员从原信补录", "规范电动车充电", "周青禾：从来信补录一条意见"] {
            assert!(page.contains(shown), "{shown}: {page}");
        }
        let event = only_event(&site, "remark-added");
        assert!(!event.detail.contains("感应灯"), "{}", event.detail);
        assert_eq!(remark_ids(&queue(&mut office_later, "")).len(), 2);
        let twice = send(&mut office_later, &here, "remarks", &[("text", "楼道里再加两盏感应灯。"), ("section", "2.2.4")]);
        assert_eq!(twice.status, 409);
        assert_eq!(remark_ids(&queue(&mut office_later, "")).len(), 2);
    }

    fn a_late_letters_words_are_late(site: TestSite) {
        site.publish_sample();
        site.clock.set("2025-07-05T10:00:00+08:00");
        let (mut office, here) = receive(&site, "Sun, 29 Jun 2025 00:00:05 +0800");
        assert_eq!(send(&mut office, &here, "remarks", &[("text", "感应灯"), ("section", "")]).status, 303);
        let ((.., timing, at), received) = last_remark(&site);
        assert_eq!((timing.as_str(), at), ("late", received));
    }

    fn words_that_are_not_in_the_letter_are_not_added(site: TestSite) {
        site.publish_sample();
        let (mut office, here) = receive(&site, IN_TIME);
        for (text, said) in [("把楼道刷成蓝色。", "信里没有这段话"), ("", "请填写"), ("感应灯\u{7}", "控制字符")] {
            let reply = send(&mut office, &here, "remarks", &[("text", text), ("section", "2.1.2")]);
            let page = reply.text();
            assert_eq!(reply.status, 422, "{text}");
            assert!(page.contains(said) && page.contains("href=\"#text\"") && page.contains("value=\"2.1.2\" selected"), "{said}: {page}");
        }
        assert_eq!(send(&mut office, &here, "remarks", &[("text", "感应灯"), ("section", "9.9.9")]).status, 422);
        assert_eq!(remark_ids(&queue(&mut office, "")).len(), 1);
        assert!(events_of(&site, "remark-added").is_empty());
    }

    /// In an attached file there may be words that no program read.
    fn words_of_an_attached_file_can_be_added(site: TestSite) {
        site.publish_sample();
        let (kind, body) = parts("意见见附件。", &[("filename=\"saomiao.jpg\"", "not a picture")]);
        site.mailroom("plan").receive(&Letter { kind: &kind, body: &body, ..Letter::default() }.raw(), None).unwrap();
        let mut office = site.staff();
        let here = only_letter(&mut office);
        assert_eq!(send(&mut office, &here, "remarks", &[("text", "扫描件里写：楼道要装扶手。"), ("section", "")]).status, 303);
        assert_eq!(last_remark(&site).0.1.as_deref(), Some("工作人员从来信附件补录"));
    }

    fn only_what_is_registered_can_be_put_right_and_only_by_those_who_may(site: TestSite) {
        site.publish_sample();
        let auto = Letter { id: Some("auto"), extra: "Auto-Submitted: auto-replied\r\n", ..Letter::default() };
        site.mailroom("plan").receive(&auto.raw(), None).unwrap();
        let mut office = site.staff();
        let held = only_letter(&mut office);
        assert!(!office.get(&held).text().contains("letter-amend"));
        assert_eq!(send(&mut office, &held, "contact", CONTACT).status, 409);
        assert_eq!(send(&mut office, &held, "remarks", &[("text", "清理"), ("section", "")]).status, 409);
        site.mailroom("plan").receive(&Letter { body: WORDS, ..Letter::default() }.raw(), None).unwrap();
        let here = first_letter(&mut office);
        site.account("reader", "只看的人", Role::Auditor);
        let mut reader = site.client();
        reader.sign_in("reader", crate::support::PASSWORD);
        assert_eq!(send(&mut reader, &here, "contact", CONTACT).status, 403);
        assert_eq!(send(&mut reader, &here, "remarks", &[("text", "晾衣架"), ("section", "")]).status, 403);
        let reply = office.post(&format!("{here}/contact"), &[("csrf", "wrong")]);
        assert_eq!(reply.status, 403);
        assert!(events_of(&site, "contact-corrected").is_empty() && events_of(&site, "remark-added").is_empty());
        assert_eq!(send(&mut office, &here, "contact", CONTACT).status, 303);
    }
}
