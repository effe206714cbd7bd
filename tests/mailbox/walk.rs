//! The whole way: a letter in a real mailbox becomes a registered submission, split into its opinions and
//! placed on its sections; its sender is told; and what the sender answers joins it.

use crate::desk::{Reader, USER, registered};
use crate::mail::{Letter, by};
use crate::on_both;
use crate::support::TestSite;
use crate::support::dovecot::Dovecot;
use crate::support::sink::Sink;
use diesel::prelude::*;
use jianyan::db::schema::{letters, remarks, sections, submissions};
use jianyan::intake::find::{Found, by_receipt};
use jianyan::jobs::tools::Tools;
use jianyan::jobs::worker::Worker;
use jianyan::mailboxes::fetch::Tally;

/// Sends what is due.
fn send(site: &TestSite, sink: &Sink) {
    let mut config = site.config.clone();
    config.smtp_url = Some(sink.url());
    config.mail_from = Some("no-reply@example.org".to_owned());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let _inside = runtime.enter();
    let tools = Tools::new(
        config,
        site.database.clone(),
        site.vault.clone(),
        site.storage.clone(),
        site.clock(),
    );
    let mut worker = Worker::new(tools.unwrap());
    while runtime.block_on(worker.step()).unwrap() > 0 {}
}

fn found(site: &TestSite, receipt: &str) -> Found {
    let (vault, now) = (site.vault.clone(), site.clock().now());
    let found = site
        .database
        .read_now(|db| by_receipt(db, &vault, receipt, now));
    found.unwrap().unwrap()
}

/// The paths of the sections of a submission's remarks, in their order.
fn places(site: &TestSite) -> Vec<Option<String>> {
    site.database
        .read_now(|db| {
            let on: Vec<Option<String>> = remarks::table
                .order(remarks::ordinal.asc())
                .select(remarks::section_id)
                .load(db)?;
            on.into_iter()
                .map(|id| {
                    let Some(id) = id else { return Ok(None) };
                    Ok(Some(
                        sections::table
                            .filter(sections::id.eq(id))
                            .select(sections::path)
                            .first(db)?,
                    ))
                })
                .collect()
        })
        .unwrap()
}

on_both! {
    fn from_the_mailbox_to_the_answer(site: TestSite) {
        let (Some(server), Some(sink)) = (Dovecot::start(), Sink::start()) else { return };
        site.publish_sample();
        let body = "您好：\r\n\
            1. 第二部分第（二）条第4项，充电棚请装遮雨板。\r\n\
            2. 第二部分第（一）条第1项的期限太长，建议提前半年。\r\n\
            3. 希望开工以前把日子贴在楼下。\r\n\
            \r\n联系人：韩立夏\r\n电话：199 0000 5678\r\n\
            \r\n------------------ 原始邮件 ------------------\r\n\
            发件人: \"青禾区社区建设局\" <loudao@example.org>\r\n发送时间: 2025年6月1日(星期日) 上午10:00\r\n收件人: \"韩立夏\" <hanlixia@example.com>\r\n主题: 公开征求意见\r\n\r\n请于6月28日前提出意见，电话 0900-5550123。\r\n";
        let letter = Letter { subject: "三条意见", body, ..Letter::default() };
        server.hand_over(USER, &letter.raw());
        let reader = Reader::of(&site);
        assert_eq!(reader.look(&server.url(USER, "")), Ok(registered(1)));

        send(&site, &sink);
        let mail = sink.only();
        assert_eq!((&*mail.recipient, &*mail.sender), ("hanlixia@example.com", ""));
        assert_eq!(mail.header("In-Reply-To").as_deref(), Some("<letter@example.com>"));
        assert_eq!(mail.header("Auto-Submitted").as_deref(), Some("auto-replied"));
        let words = mail.words();
        let receipt = words.split("回执号：").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
        let came = found(&site, &receipt);
        let said: Vec<&str> = came.remarks.iter().map(|remark| remark.text.as_str()).collect();
        assert_eq!(said.len(), 3, "{said:?}");
        assert!(said[0].contains("遮雨板") && said[1].contains("提前半年") && said[2].contains("贴在楼下"), "{said:?}");
        assert_eq!(places(&site), [Some("二/(二)/4".to_owned()), Some("二/(一)/1".to_owned()), None]);
        assert_eq!((came.sender.name.as_deref(), &came.sender.phones[..]), (Some("韩立夏"), &["19900005678".to_owned()][..]));
        assert_eq!(came.sender.emails, ["hanlixia@example.com"]);
        for part in ["充电棚请装遮雨板", "建议提前半年", "贴在楼下"] {
            assert!(words.contains(part), "{part}: {words}");
        }

        // The answer to our mail, from another mail program and another address of the same person.
        let answer = Letter {
            from: "韩立夏 <hanlixia@example.net>",
            subject: "回复：三条意见",
            id: Some("answer"),
            received: vec![by("mail.example.org", "Tue, 10 Jun 2025 12:00:00 +0800")],
            extra: &format!("In-Reply-To: {}\r\n", mail.letter.message_id),
            body: "再补一条：垃圾桶请加盖。\r\n",
            ..Letter::default()
        };
        server.hand_over(USER, &answer.raw());
        assert_eq!(reader.look(&server.url(USER, "")), Ok(Tally { supplements: 1, ..Tally::default() }));
        send(&site, &sink);
        assert_eq!(found(&site, &receipt).remarks.len(), 4);
        let arrived = sink.arrived();
        assert!(arrived.iter().any(|mail| mail.words().contains("您补充的意见收到了") && mail.words().contains("垃圾桶请加盖")));

        // Our own mail that comes back as a bounce, and an automatic answer: neither is an opinion.
        let bounce = format!(
            "Return-Path: <>\r\nReceived: {}\r\nFrom: MAILER-DAEMON@mx.example.com\r\nTo: no-reply@example.org\r\nSubject: Undelivered Mail Returned to Sender\r\n\
             MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
             --b\r\nContent-Type: text/plain\r\n\r\nno such user\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.com\r\n\r\n\
             Final-Recipient: rfc822; hanlixia@example.com\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {}\r\n\r\n--b--\r\n",
            by("mail.example.org", "Tue, 10 Jun 2025 12:01:00 +0800"),
            mail.letter.message_id
        );
        server.hand_over(USER, bounce.as_bytes());
        let away = Letter { id: Some("away"), extra: "Auto-Submitted: auto-replied\r\n", subject: "自动回复：您的意见收到了", ..Letter::default() };
        server.hand_over(USER, &away.raw());
        assert_eq!(reader.look(&server.url(USER, "")), Ok(Tally { set_aside: 2, ..Tally::default() }));
        let before = sink.arrived().len();
        send(&site, &sink);
        assert_eq!(sink.arrived().len(), before, "nobody is answered");
        let bound: Vec<Option<String>> = site.database.read_now(|db| Ok(letters::table.filter(letters::reason.eq("bounce")).select(letters::bounced_job).load(db)?)).unwrap();
        assert!(matches!(&bound[..], [Some(_)]), "{bound:?}");
        let page = site.staff().get("/office/mails").text();
        assert!(page.contains("退信"), "{page}");
        let all: i64 = site.database.read_now(|db| Ok(submissions::table.count().get_result(db)?)).unwrap();
        assert_eq!(all, 1);
    }
}
