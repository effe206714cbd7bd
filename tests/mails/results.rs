//! When the answers are published, everybody who left an address is told what became of it.

use crate::on_both;
use crate::post::{EMAIL, Post, comment, row, rows};
use crate::support::sink::Sink;
use crate::support::{Client, TestSite};
use diesel::prelude::*;
use jianyan::db::schema::{consultations, submissions};
use jianyan::jobs::model::JobKind;
use std::collections::BTreeSet;

/// Answers the only open remark and publishes.
fn answer_and_publish(site: &TestSite) -> Client {
    site.clock.set("2025-07-01T09:00:00+08:00");
    let mut office = site.staff();
    let queue = office.get("/office/c/plan/remarks?outcome=open").text();
    let mark = "/office/c/plan/remarks/";
    let id: String = queue.split(mark).nth(1).unwrap().chars().take(36).collect();
    let address = format!("{mark}{id}");
    let page = office.get(&address);
    let fields = [
        ("csrf", page.hidden("csrf")),
        ("revision", page.hidden("revision")),
        ("outcome", "partly".to_owned()),
        ("reason", "已写明加装遮雨板，经费另行安排。".to_owned()),
    ];
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(key, value)| (*key, value.as_str()))
        .collect();
    let saved = office.post(&format!("{address}/outcome"), &fields);
    assert_eq!(saved.status, 303, "{}", saved.text());
    let csrf = office.csrf();
    let reply = office.post("/office/c/plan/publish", &[("csrf", &csrf)]);
    assert_eq!(reply.location(), "/c/plan/feedback");
    office
}

on_both! {
    /// Outcome and reason, and where to look; by itself, after publishing.
    fn the_sender_is_told_the_outcome(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        let receipt = comment(&site, "", &[]);
        crate::post::confirm_all(&site);
        let mut post = Post::to(&site, &sink);
        post.all();
        answer_and_publish(&site);
        assert_eq!(post.all(), 3, "spreading both, and one mail");
        let arrived = sink.arrived();
        let is_result = |mail: &&crate::support::sink::Arrived| mail.letter.subject.starts_with("您的意见有结果了");
        let mail = arrived.iter().find(is_result).expect("the result");
        assert_eq!((mail.recipient.as_str(), arrived.len()), (EMAIL, 2));
        assert_eq!(mail.header("Auto-Submitted").as_deref(), Some("auto-generated"));
        let words = mail.words();
        for part in ["对“4.规范电动车充电”", "充电棚请装遮雨板", "采纳情况：部分采纳", "理由：已写明加装遮雨板，经费另行安排。", "/c/plan/feedback"] {
            assert!(words.contains(part), "{part} is not in {words}");
        }
        mail.link(&format!("{}/r/{receipt}", site.base));
    }

    /// Thousands of submissions, some withdrawn, some erased: one job for each of the others, batch
    /// by batch, and the receipts of today go out before them.
    fn thousands_are_told_batch_by_batch(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        let consultation = site.publish_sample();
        comment(&site, "", &[("email", "")]);
        let id = consultation.id.clone();
        site.database.write_now(move |db| {
            for n in 0..3_000_i64 {
                let text = format!("{n:08x}-0000-7000-8000-000000000000");
                diesel::insert_into(submissions::table)
                    .values((
                        submissions::consultation_id.eq(&id),
                        submissions::id.eq(&text),
                        submissions::channel.eq("web"),
                        submissions::timing.eq("in"),
                        submissions::received_at.eq(n),
                        submissions::received_basis.eq("form"),
                        submissions::recorded_at.eq(n),
                        submissions::sender_kind.eq("person"),
                        submissions::contact_sealed.eq(Vec::new()),
                        submissions::lang.eq("zh"),
                        submissions::withdrawn_at.eq((n % 10 == 3).then_some(1)),
                        submissions::erased_at.eq((n % 10 == 7).then_some(1)),
                    ))
                    .execute(db)?;
            }
            let all = consultations::table.filter(consultations::id.eq(&id));
            diesel::update(all).set(consultations::answered_at.eq(1)).execute(db)?;
            Ok(())
        }).unwrap();
        crate::post::ask(&site, JobKind::SpreadResults, &consultation.id, serde_json::json!({}));
        let mut quiet = Post::with(&site, |_| {});
        assert_eq!(quiet.all(), 1);
        let told = rows(&site, JobKind::TellResult);
        let each: BTreeSet<&str> = told.iter().map(|row| row.subject.as_str()).collect();
        assert_eq!((told.len(), each.len()), (2_401, 2_401));
        assert!(row(&site, JobKind::SpreadResults).done_at.is_some());

        comment(&site, "", &[("text", "今天才提的意见。")]);
        let mut post = Post::to(&site, &sink);
        let first = post.hold(8);
        assert_eq!(first[0].kind, JobKind::AcknowledgeSubmission, "who waits comes first");
        assert_eq!(first.len(), 8);
    }
}
