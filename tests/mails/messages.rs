//! The office writes to a sender: looked over, sent once, in the conversation, as a person writes.

use crate::on_both;
use crate::post::{EMAIL, FROM, Post, came, comment, receive, row, rows};
use crate::support::sink::Sink;
use crate::support::{Client, Reply, TestSite};
use crate::written::Letter;
use diesel::prelude::*;
use jianyan::correspondence::thread::submission_of;
use jianyan::db::schema::{audit_events, office_messages, remarks, submissions};
use jianyan::identity::model::Role;
use jianyan::jobs::model::JobKind;
use jianyan::jobs::queue;

const WORDS: &str = "请问您说的充电棚是南门那一个吗？\n方便的话请拍张照片。";

fn address(submission: &str) -> String {
    format!("/office/c/plan/submissions/{submission}/messages")
}

fn only_submission(site: &TestSite) -> String {
    site.database
        .read_now(|db| Ok(submissions::table.select(submissions::id).first(db)?))
        .unwrap()
}

/// The page of the only remark.
fn remark_page(site: &TestSite, office: &mut Client) -> String {
    let id: String = site
        .database
        .read_now(|db| Ok(remarks::table.select(remarks::id).first(db)?))
        .unwrap();
    office.get(&format!("/office/c/plan/remarks/{id}")).text()
}

/// The page on which a message is looked over.
fn check(office: &mut Client, at: &str, words: &str) -> Reply {
    let csrf = office.csrf();
    office.post(at, &[("csrf", &csrf), ("step", "check"), ("words", words)])
}

/// Sends what a page shows to be looked over.
fn send(office: &mut Client, at: &str, checked: &Reply, words: &str) -> Reply {
    let (csrf, id) = (checked.hidden("csrf"), checked.hidden("id"));
    office.post(
        at,
        &[
            ("csrf", &csrf),
            ("step", "send"),
            ("id", &id),
            ("words", words),
        ],
    )
}

on_both! {
    /// Written, looked over, sent; behind the receipt; no word of being automatic.
    fn a_message_goes_out_as_a_person_writes(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        let receipt = comment(&site, "", &[]);
        let mut post = Post::to(&site, &sink);
        post.all();
        let first = sink.only().letter.message_id;
        let (submission, mut office) = (only_submission(&site), site.staff());
        let at = address(&submission);
        let remark = remark_page(&site, &mut office);
        assert!(remark.contains(&format!("href=\"{at}\"")), "{remark}");
        assert!(office.get(&at).text().contains("还没有往来邮件"));
        let checked = check(&mut office, &at, WORDS);
        let text = checked.text();
        assert!(text.contains("南门那一个吗？") && text.contains("s***@example.com") && text.contains("loudao@example.org"), "{text}");
        assert!(!text.contains(EMAIL) && rows(&site, JobKind::SendOfficeMessage).is_empty(), "not yet: {text}");
        assert_eq!(send(&mut office, &at, &checked, WORDS).location(), format!("{at}?sent=1"));
        assert_eq!(send(&mut office, &at, &checked, WORDS).status, 303, "a second press");
        assert!(office.get(&at).text().contains("等待发送"));
        assert_eq!(post.all(), 1);
        let arrived = sink.arrived();
        let mail = arrived.iter().find(|mail| mail.words().contains("南门")).expect("the message");
        assert_eq!((mail.sender.as_str(), mail.recipient.as_str()), (FROM, EMAIL));
        assert_eq!((mail.header("Auto-Submitted"), mail.header("X-Auto-Response-Suppress")), (None, None));
        assert_eq!(mail.header("In-Reply-To"), Some(first));
        assert_eq!(mail.header("Reply-To").as_deref(), Some("loudao@example.org"));
        assert_eq!(mail.letter.subject, format!("关于您提的意见：《青禾区楼道整洁行动方案》(征求意见稿) [{receipt}]"));
        let words = mail.words();
        for part in ["沈知秋，您好：", &receipt, "请问您说的充电棚是南门那一个吗？\n方便的话请拍张照片。", "直接回复这封邮件", "不会向您收费"] {
            assert!(words.contains(part), "{part} is not in {words}");
        }
        assert!(!words.contains("自动发出"), "{words}");
        let page = office.get(&at).text();
        assert!(page.contains("已发出") && page.contains("周青禾") && page.contains("南门那一个吗？"), "{page}");
    }

    /// Sealed in the table, and nowhere in the log.
    fn a_message_is_sealed(site: TestSite) {
        site.publish_sample();
        comment(&site, "", &[]);
        let (submission, mut office) = (only_submission(&site), site.staff());
        let at = address(&submission);
        let checked = check(&mut office, &at, WORDS);
        send(&mut office, &at, &checked, WORDS);
        let (sealed, details): (Vec<Vec<u8>>, Vec<String>) = site.database.read_now(|db| {
            Ok((
                office_messages::table.select(office_messages::words_sealed).load(db)?,
                audit_events::table.filter(audit_events::action.eq("message-written")).select(audit_events::detail).load(db)?,
            ))
        }).unwrap();
        assert_eq!((sealed.len(), details.len()), (1, 1));
        let needle = "充电棚".as_bytes();
        assert!(sealed[0].windows(needle.len()).all(|part| part != needle));
        assert!(!details[0].contains("充电棚"), "{details:?}");
        assert!(office.get("/office/c/plan/audit").text().contains("发邮件给来件人"));
        assert!(!row(&site, JobKind::SendOfficeMessage).detail.contains("充电棚"));
    }

    /// It is part of what a person gets who asks for their data.
    fn a_message_is_in_the_copy_of_ones_data(site: TestSite) {
        site.publish_sample();
        comment(&site, "", &[]);
        let (submission, mut office) = (only_submission(&site), site.staff());
        let at = address(&submission);
        let checked = check(&mut office, &at, WORDS);
        send(&mut office, &at, &checked, WORDS);
        let (vault, clock, about) = (site.vault.clone(), site.clock(), site.consultation("plan"));
        let copy = site.database.write_now(move |db| {
            let found = jianyan::intake::find::by_id(db, &vault, &about, &submission)?;
            let actor = jianyan::audit::model::Actor::System("test");
            jianyan::privacy::requests::copy::copy(db, &vault, &actor, &*clock, &found)
        }).unwrap();
        assert!(copy.contains("本单位写给您的信") && copy.contains("南门那一个吗"), "{copy}");
    }

    /// What cannot be sent is given back with its words; going back loses nothing either.
    fn no_draft_is_lost(site: TestSite) {
        site.publish_sample();
        comment(&site, "", &[]);
        let (submission, mut office) = (only_submission(&site), site.staff());
        let at = address(&submission);
        let empty = check(&mut office, &at, " \r\n");
        assert!(empty.status == 422 && empty.text().contains("请填写邮件内容"), "{}", empty.text());
        let long = "很长".repeat(3_000);
        let refused = check(&mut office, &at, &long);
        assert!(refused.status == 422 && refused.text().contains(&long) && refused.text().contains("最多5000个字"));
        let checked = check(&mut office, &at, WORDS);
        let csrf = checked.hidden("csrf");
        let back = office.post(&at, &[("csrf", &csrf), ("step", "edit"), ("id", &checked.hidden("id")), ("words", WORDS)]);
        assert!(back.status == 200 && back.text().contains("南门那一个吗？"));
        let broken = office.post(&at, &[("csrf", &csrf), ("step", "send"), ("id", "1"), ("words", WORDS)]);
        assert!(broken.status == 422 && broken.text().contains("南门那一个吗？"), "{}", broken.text());
        assert!(rows(&site, JobKind::SendOfficeMessage).is_empty());
        let english = office.get(&format!("/en{at}")).text();
        assert!(english.contains("Letters with the sender") && english.contains("Next: check before sending"), "{english}");
    }

    /// Without an address there is no form; after an erasure the words are gone on both sides.
    fn nobody_is_written_to_who_cannot_be(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        comment(&site, "", &[("email", "")]);
        let (submission, mut office) = (only_submission(&site), site.staff());
        let at = address(&submission);
        assert!(office.get(&at).text().contains("没有留电子邮箱") && !remark_page(&site, &mut office).contains("/messages"));
        assert_eq!(check(&mut office, &at, WORDS).status, 409);
        let wrong = "01975b6e-0000-7000-8000-0000000000ff";
        assert_eq!(office.get(&address(wrong)).status, 404);
        assert_eq!(site.client().get(&at).status, 303, "sign in first");
        site.account("reader", "只看的人", Role::Auditor);
        let mut reader = site.client();
        reader.sign_in("reader", crate::support::PASSWORD);
        assert!(!reader.get(&at).text().contains("<textarea"));
        assert_eq!(check(&mut reader, &at, WORDS).status, 403);

        comment(&site, "", &[("text", "第二份意见。")]);
        let other = row(&site, JobKind::AcknowledgeSubmission).subject;
        let at = address(&other);
        let checked = check(&mut office, &at, WORDS);
        send(&mut office, &at, &checked, WORDS);
        let late = check(&mut office, &at, "还有一句。");
        let (vault, clock, about) = (site.vault.clone(), site.clock(), site.consultation("plan"));
        site.database.write_now(move |db| {
            let found = jianyan::intake::find::by_id(db, &vault, &about, &other)?;
            let actor = jianyan::audit::model::Actor::System("test");
            jianyan::intake::after::erase::erase(db, &vault, &actor, &*clock, &found)
        }).unwrap();
        let refused = send(&mut office, &at, &late, "还有一句。");
        assert!(refused.status == 409 && refused.text().contains("还有一句。") && refused.text().contains("联系方式已按本人要求删除"), "{}", refused.text());
        let page = office.get(&at).text();
        assert!(page.contains("内容已随联系方式一起删除") && !page.contains("南门"), "{page}");
        Post::to(&site, &sink).all();
        assert!(sink.arrived().is_empty());
    }

    /// A letter's sender is written to in the letter's conversation; the answer joins it, also after
    /// the job is gone; both stand on the page in order.
    fn letters_go_to_and_fro(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        let letter = Letter::default();
        receive(&site, &letter);
        let submission = came(&site, &letter.raw()).submission.unwrap();
        site.clock.advance(60);
        let (at, mut office) = (address(&submission), site.staff());
        let checked = check(&mut office, &at, WORDS);
        send(&mut office, &at, &checked, WORDS);
        Post::to(&site, &sink).all();
        let arrived = sink.arrived();
        let mail = arrived.iter().find(|mail| mail.words().contains("南门")).expect("the message");
        assert_eq!(mail.header("In-Reply-To").as_deref(), Some("<letter@example.com>"));
        assert!(mail.letter.subject.starts_with("Re: 关于楼道方案的意见 ["), "{}", mail.letter.subject);
        assert_eq!(mail.sender, FROM, "a person's letter may bounce");
        let page = office.get(&at).text();
        let (theirs, ours) = (page.find("关于楼道方案的意见").unwrap(), page.find("南门那一个吗").unwrap());
        assert!(theirs < ours && page.contains("来信，系统已发送回执"), "{page}");
        let asked = |number: String| {
            let vault = site.vault.clone();
            site.database.read_now(move |db| submission_of(db, &vault, &[number], &[])).unwrap()
        };
        let number = mail.letter.message_id.clone();
        assert_eq!(asked(number.clone()).map(|(_, id)| id), Some(submission.clone()));
        site.clock.advance(31 * 24 * 3_600);
        let now = jianyan::clock::Clock::now(&site.clock);
        assert_eq!(site.database.write_now(move |db| queue::purge(db, now)).unwrap(), 2);
        assert_eq!(asked(number).map(|(_, id)| id), Some(submission));
        let mut office = site.staff();
        assert!(office.get(&at).text().contains("已发出"), "remembered");
    }

    /// What was not delivered stands on the page with its reason.
    fn a_message_that_fails_says_why(site: TestSite) {
        let Some(refusing) = Sink::with(&["-f", "RCPT", "-B", "550 5.1.1 no such user"]) else { return };
        site.publish_sample();
        comment(&site, "", &[]);
        let (submission, mut office) = (only_submission(&site), site.staff());
        let at = address(&submission);
        let checked = check(&mut office, &at, WORDS);
        send(&mut office, &at, &checked, WORDS);
        Post::to(&site, &refusing).all();
        let page = office.get(&at).text();
        assert!(page.contains("未送达：发信服务器拒收（550）"), "{page}");
        let list = office.get("/office/mails").text();
        assert!(list.contains("写给来件人的邮件") && list.contains("s***@example.com"), "{list}");
    }
}
