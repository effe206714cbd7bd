//! What a request about personal data is answered with, and that jobs hold nobody's data.

use crate::on_both;
use crate::post::{EMAIL, NAME, PHONE, Post, ask, comment, row, rows};
use crate::support::TestSite;
use crate::support::sink::Sink;
use diesel::prelude::*;
use jianyan::clock::{Clock, to_micros};
use jianyan::db::schema::{privacy_requests, submissions};
use jianyan::jobs::model::JobKind;
use serde_json::Value;

const REQUEST: &str = "01975b6e-0000-7000-8000-0000000000aa";

fn request(site: &TestSite, submission: &str, done: bool) {
    let (consultation, submission) = (site.consultation("plan").id, submission.to_owned());
    let now = to_micros(site.clock.now());
    site.database
        .write_now(move |db| {
            diesel::insert_into(privacy_requests::table)
                .values((
                    privacy_requests::consultation_id.eq(&consultation),
                    privacy_requests::id.eq(REQUEST),
                    privacy_requests::submission_id.eq(&submission),
                    privacy_requests::kind.eq("copy"),
                    privacy_requests::asked_at.eq(now),
                    privacy_requests::done_at.eq(done.then_some(now)),
                    privacy_requests::answer.eq("副本已装在信封里寄出。"),
                ))
                .execute(db)?;
            Ok(())
        })
        .unwrap();
}

fn erase(site: &TestSite) {
    let now = to_micros(site.clock.now());
    site.database
        .write_now(move |db| {
            diesel::update(submissions::table)
                .set(submissions::erased_at.eq(now))
                .execute(db)?;
            Ok(())
        })
        .unwrap();
}

on_both! {
    /// Dealt with: the answer goes to the sender, unless the address was erased meanwhile.
    fn a_request_is_answered_while_there_is_an_address(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        comment(&site, "", &[]);
        crate::post::confirm_all(&site);
        let subject = row(&site, JobKind::AcknowledgeSubmission).subject;
        let mut post = Post::to(&site, &sink);
        post.all();
        request(&site, &subject, true);
        ask(&site, JobKind::AnswerPrivacyRequest, REQUEST, Value::Null);
        post.all();
        let arrived = sink.arrived();
        let is_answer = |mail: &&crate::support::sink::Arrived| mail.letter.subject.starts_with("您的个人信息申请已办理");
        let mail = arrived.iter().find(is_answer).expect("the answer");
        assert_eq!((mail.recipient.as_str(), arrived.len()), (EMAIL, 2));
        let words = mail.words();
        for part in ["2025年6月10日 10:00（北京时间）提出的个人信息申请，已经办理", "办理情况：副本已装在信封里寄出。", "第四十四条至第四十七条"] {
            assert!(words.contains(part), "{part} is not in {words}");
        }
        erase(&site);
        ask(&site, JobKind::AnswerPrivacyRequest, REQUEST, Value::Null);
        assert_eq!(post.all(), 1);
        assert_eq!(sink.arrived().len(), 2, "nothing after an erasure");
    }

    /// While a request is open there is nothing to tell.
    fn an_open_request_is_not_answered(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        comment(&site, "", &[]);
        let subject = row(&site, JobKind::AcknowledgeSubmission).subject;
        Post::to(&site, &sink).all();
        request(&site, &subject, false);
        ask(&site, JobKind::AnswerPrivacyRequest, REQUEST, Value::Null);
        Post::to(&site, &sink).all();
        assert_eq!(sink.only().recipient, EMAIL);
    }

    /// Whatever happened to them, the rows of jobs name nobody.
    fn jobs_hold_nobody(site: TestSite) {
        let words = format!("550 5.1.1 <{EMAIL}> {NAME}: no");
        let Some(sink) = Sink::with(&["-f", "RCPT", "-B", &words]) else { return };
        site.publish_sample();
        comment(&site, "", &[]);
        comment(&site, "", &[("text", "又一条。"), ("email", "nobody@example.com")]);
        Post::to(&site, &sink).all();
        for row in rows(&site, JobKind::AcknowledgeSubmission) {
            let shown = format!("{row:?}");
            for secret in [EMAIL, NAME, PHONE, "nobody", "遮雨板"] {
                assert!(!shown.contains(secret), "{shown}");
            }
        }
    }
}
