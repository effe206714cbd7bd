//! Anybody can type somebody else's address: nothing that was typed goes there before its owner
//! confirms it, and not many mails do.

use crate::on_both;
use crate::post::{EMAIL, NAME, PHONE, Post, comment, confirm_all, row, rows};
use crate::support::TestSite;
use crate::support::sink::{Arrived, Sink};
use diesel::prelude::*;
use jianyan::clock::to_micros;
use jianyan::db::schema::{consultations, mail_recipients, privacy_requests, submissions};
use jianyan::jobs::model::JobKind;
use jianyan::jobs::queue::recipients;
use serde_json::{Value, json};

const REQUEST: &str = "01975b6e-0000-7000-8000-0000000000ab";

/// What the form holds beside the address.
const TYPED: [&str; 7] = [
    NAME,
    PHONE,
    "遮雨板",
    "杏花里",
    "规范电动车充电",
    "建议改为",
    "意见：",
];

/// A mail with the number and nothing that was typed.
fn is_bare(mail: &Arrived, receipt: &str) {
    let words = mail.words();
    assert_eq!(mail.recipient, EMAIL);
    assert!(words.contains(receipt), "{words}");
    for typed in TYPED {
        let whole = format!("{} {words}", mail.letter.subject);
        assert!(!whole.contains(typed), "{typed} is in {whole}");
    }
}

fn only(sink: &Sink, begins: &str) -> Arrived {
    let mut all = sink.arrived();
    all.retain(|mail| mail.letter.subject.starts_with(begins));
    assert_eq!(all.len(), 1, "{begins}");
    all.remove(0)
}

fn remark(site: &TestSite) -> String {
    use jianyan::db::schema::remarks;
    let first = |db: &mut jianyan::db::Db| Ok(remarks::table.select(remarks::id).first(db)?);
    site.database.read_now(first).unwrap()
}

/// Asks for every other mail that a submission can cause; the last says it was taken back.
fn cause_all(site: &TestSite, post: &mut Post, subject: &str) {
    crate::post::ask(
        site,
        JobKind::AcknowledgeSupplement,
        subject,
        json!({"remark": remark(site)}),
    );
    let (owner, about, now) = (
        site.consultation("plan").id,
        subject.to_owned(),
        to_micros(site.clock().now()),
    );
    site.database
        .write_now(move |db| {
            diesel::update(consultations::table)
                .set(consultations::answered_at.eq(now))
                .execute(db)?;
            diesel::insert_into(privacy_requests::table)
                .values((
                    privacy_requests::consultation_id.eq(&owner),
                    privacy_requests::id.eq(REQUEST),
                    privacy_requests::submission_id.eq(&about),
                    privacy_requests::kind.eq("copy"),
                    privacy_requests::asked_at.eq(now),
                    privacy_requests::done_at.eq(now),
                    privacy_requests::answer.eq("遮雨板的事已经答复。"),
                ))
                .execute(db)?;
            Ok(())
        })
        .unwrap();
    crate::post::ask(site, JobKind::TellResult, subject, Value::Null);
    crate::post::ask(site, JobKind::AnswerPrivacyRequest, REQUEST, Value::Null);
    post.all();
    site.database
        .write_now(move |db| {
            diesel::update(submissions::table)
                .set(submissions::withdrawn_at.eq(now))
                .execute(db)?;
            Ok(())
        })
        .unwrap();
    crate::post::ask(site, JobKind::AcknowledgeWithdrawal, subject, Value::Null);
    post.all();
}

on_both! {
    /// Each mail has the number, why it is written and the link, and nothing that was typed.
    fn nothing_typed_goes_to_an_address_nobody_confirmed(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        let receipt = comment(&site, "", &[]);
        let mut post = Post::to(&site, &sink);
        post.all();
        let mail = sink.only();
        is_bare(&mail, &receipt);
        let words = mail.words();
        assert!(words.contains("填写了这个邮箱") && words.contains("青禾区社区建设局"), "{words}");
        let confirm = format!("{}/r/{receipt}/confirm/", site.base);
        assert!(mail.link(&confirm).len() > confirm.len() + 30, "{words}");
        assert_eq!(words.matches("/r/").count(), 1, "one link: {words}");
        cause_all(&site, &mut post, &row(&site, JobKind::AcknowledgeSubmission).subject);
        for begins in ["您补充的意见收到了", "您的意见有结果了", "您的个人信息申请已办理", "您的意见已撤回"] {
            is_bare(&only(&sink, begins), &receipt);
        }
        assert!(only(&sink, "您的意见有结果了").words().contains("/c/plan/feedback"));
    }

    /// The same in English.
    fn nothing_typed_goes_out_in_english(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        let receipt = comment(&site, "/en", &[]);
        Post::to(&site, &sink).all();
        let mail = sink.only();
        is_bare(&mail, &receipt);
        assert!(mail.words().contains("Somebody gave this mailbox with a comment on"), "{}", mail.words());
        mail.link(&format!("{}/en/r/{receipt}/confirm/", site.base));
    }

    /// Confirmed by the link of the mail, the later ones have name and words.
    fn the_words_come_after_the_confirmation(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        let receipt = comment(&site, "", &[]);
        let mut post = Post::to(&site, &sink);
        post.all();
        let link = sink.only().link(&format!("{}/r/{receipt}/confirm/", site.base));
        let link = link.strip_prefix(&site.base).unwrap();
        assert_eq!(site.client().post(link, &[]).location(), link);
        cause_all(&site, &mut post, &row(&site, JobKind::AcknowledgeSubmission).subject);
        for begins in ["您补充的意见收到了", "您的意见有结果了", "您的个人信息申请已办理"] {
            let words = only(&sink, begins).words();
            assert!(words.contains("遮雨板") && words.contains(NAME), "{words}");
        }
        assert!(only(&sink, "您的意见已撤回").words().contains(NAME));
    }

    /// Forms of strangers bring one address no more mails in an hour than the setting says, however
    /// its letters are written; another address and the next hour have their own count.
    fn an_address_gets_no_more_than_the_setting_allows(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        for n in 0..5 {
            let email = if n % 2 == 0 { EMAIL.to_owned() } else { EMAIL.to_uppercase() };
            comment(&site, "", &[("text", &format!("第{n}条意见。")), ("email", &email)]);
        }
        comment(&site, "", &[("text", "另一个人。"), ("email", "lu@example.net")]);
        assert_eq!(site.client().post("/c/plan/follow", &[("email", EMAIL)]).status, 303);
        let url = sink.url();
        let mut post = Post::with(&site, |config| {
            config.smtp_url = Some(url);
            config.mail_answers_per_hour = 2;
        });
        assert_eq!(post.all(), 7, "each is done, with a mail or without");
        let to = |address: &str| sink.arrived().iter().filter(|mail| mail.recipient.eq_ignore_ascii_case(address)).count();
        assert_eq!((to(EMAIL), to("lu@example.net")), (2, 1));
        assert!(rows(&site, JobKind::AcknowledgeSubmission).iter().all(|job| job.done_at.is_some() && job.given_up_at.is_none()));
        site.clock.advance(3_600);
        comment(&site, "", &[("text", "一小时以后。")]);
        post.all();
        assert_eq!(to(EMAIL), 3);
        // What the owner of an address causes is not counted.
        for n in 10..14 {
            comment(&site, "", &[("text", &format!("第{n}条意见。"))]);
        }
        confirm_all(&site);
        post.all();
        assert_eq!(to(EMAIL), 7);
    }

    /// Past hours are forgotten, and no limit counts nothing.
    fn past_hours_are_forgotten(site: TestSite) {
        let now = site.clock().now();
        let hash = recipients::recipient_hash(&site.vault, EMAIL).unwrap();
        let take = |limit: u32| {
            let hash = hash.clone();
            site.database.write_now(move |db| recipients::take(db, &hash, limit, now)).unwrap()
        };
        let count = || site.database.read_now(|db| Ok(mail_recipients::table.count().get_result::<i64>(db)?)).unwrap();
        assert!(take(0) && take(0));
        assert_eq!(count(), 0);
        assert!(take(1) && !take(1));
        site.database.write_now(move |db| recipients::forget(db, now)).unwrap();
        assert!(!take(1), "this hour stays");
        site.clock.advance(3_600);
        let later = site.clock().now();
        site.database.write_now(move |db| recipients::forget(db, later)).unwrap();
        assert_eq!(count(), 0);
    }
}
