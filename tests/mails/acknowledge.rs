//! A citizen comments and gets a mail that says so, once, in the language they read.

use crate::on_both;
use crate::post::{EMAIL, FROM, NAME, PHONE, Post, comment, confirm_all, row, rows};
use crate::support::sink::{Arrived, Sink};
use diesel::prelude::*;
use jianyan::clock::to_micros;
use jianyan::db::schema::{remarks, submissions};
use jianyan::intake::email::Received;
use jianyan::jobs::model::JobKind;
use jianyan::mail::outbound::message_id;

/// What every answer to a person carries.
fn is_an_answer(mail: &Arrived) {
    assert_eq!(
        mail.header("Auto-Submitted").as_deref(),
        Some("auto-replied")
    );
    assert_eq!(
        mail.header("X-Auto-Response-Suppress").as_deref(),
        Some("OOF, AutoReply")
    );
    assert_eq!(mail.header("MIME-Version").as_deref(), Some("1.0"));
    assert_eq!(mail.header("List-Unsubscribe"), None);
    assert_eq!(mail.recipient, EMAIL);
    assert_eq!(mail.sender, FROM);
}

on_both! {
    /// Receipt number, time, what was said, what happens next; and no telephone. The address is its
    /// owner's.
    fn a_comment_is_acknowledged_once(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        let consultation = site.publish_sample();
        let receipt = comment(&site, "", &[]);
        confirm_all(&site);
        let mut post = Post::to(&site, &sink);
        assert_eq!((post.all(), post.all()), (1, 0), "once, and not again");
        let mail = sink.only();
        is_an_answer(&mail);
        assert_eq!(mail.letter.subject, "您的意见收到了：《青禾区楼道整洁行动方案》(征求意见稿)");
        assert_eq!(mail.letter.from.name.as_deref(), Some("测试站"));
        assert_eq!(mail.header("Reply-To").as_deref(), Some("loudao@example.org"));
        assert_eq!(mail.header("Date").as_deref(), Some("Tue, 10 Jun 2025 02:00:00 +0000"));
        let words = mail.words();
        for part in [
            "沈知秋，您好：", &format!("回执号：{receipt}"), "2025年6月10日 10:00（北京时间）", "在征求意见期限内收到",
            "1. 对“4.规范电动车充电”", "意见：充电棚请装遮雨板。", "2025年6月28日（星期六）截止以后", "青禾区社区建设局",
            "不会向您收费，也不会索要验证码、密码", "打电话 0900-5550123", "截止以前还可以补充或者撤回",
        ] {
            assert!(words.contains(part), "{part} is not in {words}");
        }
        assert!(!words.contains(PHONE) && !words.contains("杏花里"), "{words}");
        let base = format!("{}/r/{receipt}", site.base);
        assert_eq!(mail.link(&base), base);
        let job = row(&site, JobKind::AcknowledgeSubmission);
        assert!(job.done_at.is_some() && job.leased_until.is_none(), "{job:?}");
        let known = message_id::job_of(&site.vault, &mail.letter.message_id).unwrap();
        assert_eq!(known.as_deref(), Some(job.id.as_str()));
        assert_eq!(job.consultation, consultation.id);
    }

    /// The same in English, for somebody who wrote on the English page.
    fn a_comment_in_english_is_acknowledged_in_english(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        let receipt = comment(&site, "/en", &[("name", "June Hall"), ("text", "Please put a roof over the chargers.")]);
        confirm_all(&site);
        Post::to(&site, &sink).all();
        let mail = sink.only();
        is_an_answer(&mail);
        assert!(mail.letter.subject.starts_with("We have your comment: "), "{}", mail.letter.subject);
        assert_eq!(mail.header("Content-Language").as_deref(), Some("en"));
        let words = mail.words();
        for part in [
            "Dear June Hall,", &format!("Receipt number: {receipt}"), "10 June 2025, 10:00 (Beijing time)", "It came in time.",
            "Comment: Please put a roof over the chargers.", "after the last day, Saturday 28 June 2025,", "never ask you for money, codes or passwords",
        ] {
            assert!(words.contains(part), "{part} is not in {words}");
        }
        mail.link(&format!("{}/en/r/{receipt}", site.base));
    }

    /// Who left only a telephone number gets no mail, a form sent twice gets one, and what an office
    /// enters for somebody with an address is acknowledged too.
    fn one_mail_for_each_submission_with_an_address(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        comment(&site, "", &[("email", "")]);
        assert!(rows(&site, JobKind::AcknowledgeSubmission).is_empty());
        assert_eq!(comment(&site, "", &[]), comment(&site, "", &[]));
        site.clock.set("2025-07-02T10:00:00+08:00");
        let mut office = site.staff();
        let page = office.get("/office/c/plan/submissions/new");
        let (csrf, once) = (page.hidden("csrf"), page.hidden("once"));
        let letter = [
            ("csrf", csrf.as_str()), ("once", &once), ("channel", "letter"), ("received_on", "2025-07-02"), ("received_at", "09:30"), ("sender_kind", "person"),
            ("section", ""), ("text", "来信说楼道灯坏了。"), ("name", "陆向晚"), ("email", "lu@example.net"),
        ];
        assert_eq!(office.post("/office/c/plan/submissions", &letter).status, 303);
        confirm_all(&site);
        Post::to(&site, &sink).all();
        let mut arrived = sink.arrived();
        arrived.sort_by(|a, b| a.recipient.cmp(&b.recipient));
        let to: Vec<&str> = arrived.iter().map(|mail| mail.recipient.as_str()).collect();
        assert_eq!(to, ["lu@example.net", EMAIL]);
        let late = arrived[0].words();
        assert!(late.contains("收到时已过截止日2025年6月28日（星期六）") && late.contains("对整份征求意见稿"), "{late}");
        assert!(!late.contains("还可以补充或者撤回"), "{late}");
    }

    /// What was added is acknowledged by itself, with the time it was added.
    fn an_addition_is_acknowledged(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        comment(&site, "", &[]);
        confirm_all(&site);
        let mut post = Post::to(&site, &sink);
        post.all();
        let subject = row(&site, JobKind::AcknowledgeSubmission).subject;
        let added = "01975b6e-0000-7000-8000-0000000000bb";
        site.clock.set("2025-06-11T08:05:00+08:00");
        let (owner, id, at) = (site.consultation("plan").id, subject.clone(), to_micros(site.clock().now()));
        site.database.write_now(move |db| {
            diesel::insert_into(remarks::table)
                .values((
                    remarks::consultation_id.eq(&owner), remarks::id.eq(added), remarks::submission_id.eq(&id), remarks::ordinal.eq(2),
                    remarks::text.eq("还有，请装灯。"), remarks::channel.eq("web"), remarks::timing.eq("in"), remarks::received_at.eq(at), remarks::revision.eq(0),
                ))
                .execute(db)?;
            Ok(())
        }).unwrap();
        crate::post::ask(&site, JobKind::AcknowledgeSupplement, &subject, serde_json::json!({"remark": added}));
        post.all();
        let arrived = sink.arrived();
        let mail = arrived.iter().find(|mail| mail.letter.subject.starts_with("您补充的意见收到了")).expect("the addition");
        is_an_answer(mail);
        let words = mail.words();
        assert!(words.contains("还有，请装灯。") && words.contains("2025年6月11日 8:05") && !words.contains("遮雨板"), "{words}");
    }

    /// Taken back before the mail went out: nothing is said about the comment, only that it was
    /// taken back. After an erasure nothing is sent at all.
    fn nothing_is_written_about_what_was_taken_back(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        comment(&site, "", &[]);
        let subject = row(&site, JobKind::AcknowledgeSubmission).subject;
        let mark = |column: &'static str| {
            let at = to_micros(site.clock().now());
            site.database.write_now(move |db| {
                let all = diesel::update(submissions::table);
                match column {
                    "withdrawn" => all.set(submissions::withdrawn_at.eq(at)).execute(db)?,
                    _ => all.set(submissions::erased_at.eq(at)).execute(db)?,
                };
                Ok(())
            }).unwrap();
        };
        confirm_all(&site);
        mark("withdrawn");
        crate::post::ask(&site, JobKind::AcknowledgeSupplement, &subject, serde_json::Value::Null);
        crate::post::ask(&site, JobKind::AcknowledgeWithdrawal, &subject, serde_json::Value::Null);
        let mut post = Post::to(&site, &sink);
        assert_eq!(post.all(), 3);
        let mail = sink.only();
        is_an_answer(&mail);
        assert!(mail.letter.subject.starts_with("您的意见已撤回"), "{}", mail.letter.subject);
        assert!(!mail.words().contains("遮雨板") && mail.words().contains(&format!("{NAME}，您好")), "{}", mail.words());
        mark("erased");
        crate::post::ask(&site, JobKind::AcknowledgeWithdrawal, &subject, serde_json::Value::Null);
        assert_eq!(post.all(), 1);
        assert_eq!(sink.arrived().len(), 1, "nothing after an erasure");
    }

    /// While no mail server is set, mails wait; afterwards they go out.
    fn mails_wait_until_sending_is_set_up(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        comment(&site, "", &[]);
        assert_eq!(Post::with(&site, |_| {}).all(), 0);
        assert_eq!(row(&site, JobKind::AcknowledgeSubmission).attempts, 0);
        assert_eq!(Post::to(&site, &sink).all(), 1);
        assert_eq!(sink.only().recipient, EMAIL);
    }

    /// Forwarded into the office's mailbox by some machine, our own mail is no letter from a citizen.
    fn our_own_mail_coming_back_is_known(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        comment(&site, "", &[]);
        Post::to(&site, &sink).all();
        let mail = sink.only().raw.replace("Auto-Submitted: auto-replied\n", "");
        let received = site.mailroom("plan").receive(mail.as_bytes(), None).unwrap();
        assert_eq!(received, Received::Quarantined { reason: "loop".to_owned() });
        let forged = mail.replace("Message-ID: <0", "Message-ID: <1");
        let received = site.mailroom("plan").receive(forged.as_bytes(), None).unwrap();
        assert!(matches!(received, Received::Registered { .. }), "{received:?}");
    }

    /// No more than the provider allows, and the rest a minute later.
    fn the_pace_is_kept(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        for n in 0..5 {
            comment(&site, "", &[("text", &format!("第{n}条意见。"))]);
        }
        let url = sink.url();
        let mut post = Post::with(&site, |config| {
            config.smtp_url = Some(url);
            config.mail_per_minute = 2;
        });
        assert_eq!(post.all(), 2);
        site.clock.advance(59);
        assert_eq!(post.all(), 0);
        site.clock.advance(1);
        assert_eq!(post.all(), 2);
        assert_eq!(sink.arrived().len(), 4);
    }

    /// What turns out to need no mail does not count: of many results most may have no address.
    fn only_mails_count(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        for n in 0..12 {
            comment(&site, "", &[("email", ""), ("text", &format!("第{n}条意见。"))]);
        }
        let ids: Vec<String> = site.database.read_now(|db| Ok(submissions::table.select(submissions::id).load(db)?)).unwrap();
        for id in &ids {
            crate::post::ask(&site, JobKind::AcknowledgeSubmission, id, serde_json::Value::Null);
        }
        let url = sink.url();
        let mut post = Post::with(&site, |config| {
            config.smtp_url = Some(url);
            config.mail_per_minute = 2;
        });
        assert_eq!(post.all(), 12);
        assert!(sink.arrived().is_empty());
    }
}
