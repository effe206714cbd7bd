//! What a request about personal data is answered with, and that jobs hold nobody's data.

use crate::on_both;
use crate::post::{EMAIL, NAME, PHONE, Post, ask, comment, row, rows};
use crate::support::TestSite;
use crate::support::sink::Sink;
use diesel::prelude::*;
use jianyan::clock::{Clock, to_micros};
use jianyan::db::schema::{privacy_requests, submissions};
use jianyan::jobs::model::JobKind;
use jianyan::privacy::last_mail;
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
                    privacy_requests::kind.eq("erasure"),
                    privacy_requests::asked_at.eq(now),
                    privacy_requests::done_at.eq(done.then_some(now)),
                    privacy_requests::answer.eq("已删除全部联系方式。"),
                ))
                .execute(db)?;
            diesel::update(submissions::table)
                .set(submissions::erased_at.eq(done.then_some(now)))
                .execute(db)?;
            Ok(())
        })
        .unwrap();
}

on_both! {
    /// After an erasure the one last mail goes to the address that was sealed for it, which is gone
    /// once it is sent.
    fn an_erasure_is_confirmed_by_one_last_mail(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        let consultation = site.publish_sample();
        comment(&site, "", &[]);
        let subject = row(&site, JobKind::AcknowledgeSubmission).subject;
        request(&site, &subject, true);
        let key = site.vault.data_key(&consultation.id, &consultation.wrapped_key).unwrap();
        let detail = last_mail::seal(&key, REQUEST, "last@example.net").unwrap();
        ask(&site, JobKind::AnswerPrivacyRequest, REQUEST, detail);
        assert!(!row(&site, JobKind::AnswerPrivacyRequest).detail.contains("last"));
        assert_eq!(Post::to(&site, &sink).all(), 2, "the receipt is no more sent");
        let mail = sink.only();
        assert_eq!(mail.recipient, "last@example.net");
        let words = mail.words();
        for part in ["2025年6月10日 10:00(北京时间)提出的关于个人信息的请求，已经办理", "已经删除，不能恢复", "办理情况：已删除全部联系方式。", "最后一封信"] {
            assert!(words.contains(part), "{part} is not in {words}");
        }
        assert_eq!(row(&site, JobKind::AnswerPrivacyRequest).detail, "null");
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
