//! A letter by e-mail is acknowledged: once, to whoever wrote it, with what was understood and what
//! is missing; not without end.

use crate::on_both;
use crate::post::{Post, came, receive, row, rows};
use crate::support::sink::Sink;
use crate::support::{Backend, TestSite, postgres_admin};
use crate::written::Letter;
use diesel::prelude::*;
use jianyan::db::schema::{letters, remarks};
use jianyan::intake::acknowledge::Answer;
use jianyan::intake::email::Received;
use jianyan::jobs::model::JobKind;

const WRITER: &str = "hanlixia@example.com";

on_both! {
    /// Receipt, opinions with their sections, files; what is missing and where it can be filled in;
    /// in the letter's conversation; nobody is told when it bounces.
    fn a_letter_is_acknowledged_once(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        let words = "您好：\r\n1.第二部分第（一）条第2项，晾衣架每单元应不少于4处。\r\n2.希望多贴通知。\r\n韩立夏\r\n";
        let letter = Letter { body: words, ..Letter::default() };
        assert_eq!(receive(&site, &letter), Answer::Asked);
        assert_eq!(receive(&site, &letter), Answer::Asked, "the same letter again");
        let mut post = Post::to(&site, &sink);
        assert_eq!((post.all(), post.all()), (1, 0));
        let mail = sink.only();
        assert_eq!((mail.sender.as_str(), mail.recipient.as_str()), ("", WRITER));
        assert_eq!(mail.header("Auto-Submitted").as_deref(), Some("auto-replied"));
        assert_eq!(mail.header("In-Reply-To").as_deref(), Some("<letter@example.com>"));
        assert_eq!(mail.header("References").as_deref(), Some("<before@example.com> <letter@example.com>"));
        let words = mail.words();
        let receipt = words.split("回执号：").nth(1).unwrap()[..19].to_owned();
        assert_eq!(mail.letter.subject, format!("Re: 关于楼道方案的意见 [{receipt}]"));
        for part in [
            "您的意见收到了", "1. 对“2.规范晾晒设施”", "晾衣架每单元应不少于4处", "2. 对整份征求意见稿", "希望多贴通知",
            "有几项内容还不清楚，不补充也不影响您的意见", "信里没有您的电话", "第2条意见针对征求意见稿的哪一条，我们不能确定",
        ] {
            assert!(words.contains(part), "{part} is not in {words}");
        }
        assert!(!words.contains("/confirm/"), "one address to open is enough: {words}");
        mail.link(&format!("{}/r/{receipt}/complete/", site.base));
        assert_eq!(came(&site, &letter.raw()).answer.as_deref(), Some("asked"));
    }

    /// A letter that names everything is asked for nothing.
    fn a_whole_letter_is_asked_nothing(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        let words = "第二部分第（一）条第2项，晾衣架每单元应不少于4处。\r\n\r\n姓名：韩立夏\r\n电话：0900-5557788\r\n";
        receive(&site, &Letter { body: words, ..Letter::default() });
        Post::to(&site, &sink).all();
        let words = sink.only().words();
        assert!(!words.contains("/complete/") && !words.contains("不补充也不影响您的意见"), "{words}");
        assert!(words.contains("/confirm/"), "{words}");
    }

    /// A guess that nobody would bet on is asked about, though a section stands there.
    fn a_section_that_was_guessed_is_asked_about(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        let words = "第二部分第（一）条第2项，晾衣架每单元应不少于4处。\r\n\r\n姓名：韩立夏\r\n电话：0900-5557788\r\n";
        receive(&site, &Letter { body: words, ..Letter::default() });
        site.database.write_now(|db| Ok(diesel::update(remarks::table).set(remarks::confidence.eq(40)).execute(db)?)).unwrap();
        Post::to(&site, &sink).all();
        let words = sink.only().words();
        assert!(words.contains("第1条意见针对征求意见稿的哪一条，我们不能确定") && !words.contains("信里没有"), "{words}");
    }

    /// Several remarks that one letter added make one mail.
    fn an_addition_by_letter_is_acknowledged_once(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        let first = Letter::default();
        receive(&site, &first);
        let mut post = Post::to(&site, &sink);
        post.all();
        let body = "1. 补充的第2条。\r\n2. 补充的第3条。\r\n";
        let more = Letter { id: Some("more"), subject: "回复：您的意见收到了", extra: "In-Reply-To: <letter@example.com>\r\n", body, ..Letter::default() };
        assert_eq!(receive(&site, &more), Answer::Asked);
        assert_eq!(post.all(), 1);
        let arrived = sink.arrived();
        let mail = arrived.iter().find(|mail| mail.words().contains("您补充的意见收到了")).expect("the addition");
        let words = mail.words();
        assert!(words.contains("补充的第2条。") && words.contains("补充的第3条。") && !words.contains("清理一次楼道"), "{words}");
        assert_eq!(mail.header("In-Reply-To").as_deref(), Some("<more@example.com>"));
        assert_eq!(mail.sender, "");
    }

    /// A letter that is too large to be read is kept, and its sender is told what to do; a machine is not.
    fn who_wrote_too_much_is_told(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        let mut room = site.mailroom("plan");
        room.letter_limit = 100_000;
        let body = "很长的信。\r\n".repeat(10_000);
        let large = Letter { body: &body, ..Letter::default() };
        for _ in 0..2 {
            let received = room.receive(&large.raw(), None).unwrap();
            assert!(matches!(&received, Received::Quarantined { reason } if reason == "too-large"), "{received:?}");
        }
        let machine = Letter { id: Some("m"), extra: "Auto-Submitted: auto-replied\r\n", body: &body, ..Letter::default() };
        room.receive(&machine.raw(), None).unwrap();
        assert_eq!(Post::to(&site, &sink).all(), 1);
        let mail = sink.only();
        assert_eq!((&*mail.recipient, &*mail.sender), ("hanlixia@example.com", ""));
        assert_eq!(mail.header("In-Reply-To").as_deref(), Some("<letter@example.com>"));
        let words = mail.words();
        for part in ["超出系统处理的上限", "尚未登记为意见", "167 KB", "0900-5550123", "/c/plan/comment", "已经保存"] {
            assert!(words.contains(part), "{part}: {words}");
        }
        assert_eq!(came(&site, &large.raw()).answer.as_deref(), Some("asked"));
        assert_eq!(came(&site, &machine.raw()).answer, None);
    }

    /// What a machine wrote is never answered.
    fn nothing_is_said_to_a_machine(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        let letter = Letter { extra: "Auto-Submitted: auto-replied\r\n", ..Letter::default() };
        let received = site.mailroom("plan").receive(&letter.raw(), None).unwrap();
        assert!(matches!(received, Received::Quarantined { .. }), "{received:?}");
        assert_eq!(Post::to(&site, &sink).all(), 0);
        assert!(rows(&site, JobKind::AcknowledgeSubmission).is_empty() && sink.arrived().is_empty());
        assert_eq!(came(&site, &letter.raw()).answer, None);
    }

    /// Ten within an hour, then none; an hour later again. The letters themselves are all registered.
    fn answers_to_one_address_are_limited(site: TestSite) {
        site.publish_sample();
        let send = |n: usize| {
            let (id, body) = (format!("n{n}"), format!("第{n}封信。"));
            receive(&site, &Letter { id: Some(&id), body: &body, ..Letter::default() })
        };
        let answers: Vec<Answer> = (0..12).map(send).collect();
        assert_eq!(answers[..10], [Answer::Asked; 10]);
        assert_eq!(answers[10..], [Answer::Limited; 2]);
        assert_eq!(rows(&site, JobKind::AcknowledgeSubmission).len(), 10);
        let all: i64 = site.database.read_now(|db| Ok(letters::table.filter(letters::submission_id.is_not_null()).count().get_result(db)?)).unwrap();
        assert_eq!(all, 12);
        site.clock.advance(3_601);
        assert_eq!(send(12), Answer::Asked);
    }

    /// Without an address there is nobody to answer.
    fn nobody_is_answered_who_gave_no_address(site: TestSite) {
        site.publish_sample();
        assert_eq!(receive(&site, &Letter { from: "", ..Letter::default() }), Answer::None);
        assert!(rows(&site, JobKind::AcknowledgeSubmission).is_empty());
    }

    /// What is erased takes the letter's place in its conversation along; nothing more is sent.
    fn an_erasure_ends_the_conversation(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        let letter = Letter::default();
        receive(&site, &letter);
        let (vault, clock, about) = (site.vault.clone(), site.clock(), site.consultation("plan"));
        let id = row(&site, JobKind::AcknowledgeSubmission).subject;
        site.database.write_now(move |db| {
            let found = jianyan::intake::find::by_id(db, &vault, &about, &id)?;
            let actor = jianyan::audit::model::Actor::System("test");
            jianyan::intake::after::erase::erase(db, &vault, &actor, &*clock, &found)
        }).unwrap();
        let kept = came(&site, &letter.raw());
        assert!(kept.thread.is_none() && kept.submission.is_some(), "{kept:?}");
        assert_eq!(Post::to(&site, &sink).all(), 1);
        assert!(sink.arrived().is_empty());
    }
}

/// The setting counts, and 0 sets no limit.
#[test]
fn the_limit_is_a_setting() {
    let backends = [
        Some(Backend::Sqlite),
        postgres_admin().map(|_| Backend::Postgres),
    ];
    for (backend, (limit, asked)) in backends.into_iter().flatten().zip([(2, 2), (0, 12)]) {
        let site = TestSite::with(backend, |config| config.mail_answers_per_hour = limit);
        site.publish_sample();
        for n in 0..12 {
            let (id, body) = (format!("n{n}"), format!("第{n}封信。"));
            receive(
                &site,
                &Letter {
                    id: Some(&id),
                    body: &body,
                    ..Letter::default()
                },
            );
        }
        assert_eq!(rows(&site, JobKind::AcknowledgeSubmission).len(), asked);
    }
}
