//! The office sees what did not go out, to whom (masked) and why, and has it sent again.

use crate::post::{EMAIL, FROM, Post, comment, row};
use crate::support::sink::Sink;
use crate::support::{Backend, TestSite, postgres_admin, postgres_left_out};
use jianyan::identity::model::Role;
use jianyan::jobs::model::JobKind;

fn a_refused_mail_is_shown_and_sent_again(backend: Backend) {
    let Some(refusing) = Sink::with(&["-f", "RCPT"]) else {
        return;
    };
    let (address, url) = (refusing.address, refusing.url());
    let site = TestSite::with(backend, |config| {
        config.smtp_url = Some(url);
        config.mail_from = Some(FROM.to_owned());
    });
    site.publish_sample();
    let mut office = site.staff();
    let calm = office.get("/office/c/plan/remarks").text();
    assert!(!calm.contains("/office/mails"), "nothing to see yet");
    comment(&site, "", &[]);
    let waiting = office.get("/office/mails").text();
    assert!(
        waiting.contains("等待发送1封") && !waiting.contains("尚未设置发信服务器"),
        "{waiting}"
    );
    Post::to(&site, &refusing).all();

    let queue = office.get("/office/c/plan/remarks").text();
    assert!(
        queue.contains("href=\"/office/mails\">有邮件发送失败"),
        "{queue}"
    );
    let page = office.get("/office/mails");
    let text = page.text();
    for words in [
        "停止重试1封",
        "s***@example.com",
        "意见回执",
        "发信服务器拒收（500）",
        "青禾区楼道整洁行动方案",
    ] {
        assert!(text.contains(words), "{words} is not in {text}");
    }
    assert!(!text.contains(EMAIL) && !text.contains("沈知秋"), "{text}");
    let english = office.get("/en/office/mails").text();
    assert!(
        english.contains("the mail server refused it (500)"),
        "{english}"
    );

    let (csrf, id) = (page.hidden("csrf"), page.hidden("id"));
    assert_eq!(
        office
            .post("/office/mails/retry", &[("csrf", "wrong"), ("id", &id)])
            .status,
        403
    );
    site.account("reader", "只看的人", Role::Auditor);
    let mut reader = site.client();
    reader.sign_in("reader", crate::support::PASSWORD);
    let own = reader.csrf();
    assert_eq!(
        reader
            .post("/office/mails/retry", &[("csrf", &own), ("id", &id)])
            .status,
        403
    );
    assert_eq!(
        site.client()
            .post("/office/mails/retry", &[("id", &id)])
            .status,
        303,
        "sign in first"
    );
    assert!(
        row(&site, JobKind::AcknowledgeSubmission)
            .given_up_at
            .is_some()
    );

    drop(refusing);
    let Some(sink) = Sink::at(address, &[]) else {
        return;
    };
    let again = [("csrf", csrf.as_str()), ("id", &id)];
    assert_eq!(
        office.post("/office/mails/retry", &again).location(),
        "/office/mails"
    );
    assert_eq!(
        office.post("/office/mails/retry", &again).status,
        409,
        "somebody was faster"
    );
    assert_eq!(Post::to(&site, &sink).all(), 1);
    assert_eq!(sink.only().recipient, EMAIL);
    assert!(
        office
            .get("/office/mails")
            .text()
            .contains("等待发送0封，其中0封发送失败、正在重试；停止重试0封")
    );
    let log = office.get("/office/c/plan/audit").text();
    assert!(log.contains("重新发送邮件"), "{log}");
}

fn all_are_sent_again_and_what_waits_says_when(backend: Backend) {
    let Some(refusing) = Sink::with(&["-f", "RCPT"]) else {
        return;
    };
    let site = TestSite::with(backend, |config| config.smtp_url = None);
    site.publish_sample();
    let mut office = site.staff();
    assert!(
        office
            .get("/office/mails")
            .text()
            .contains("尚未设置发信服务器")
    );
    for n in 0..3 {
        comment(&site, "", &[("text", &format!("第{n}条意见。"))]);
    }
    Post::to(&site, &refusing).all();
    drop(refusing);
    let csrf = office.csrf();
    let all = [("csrf", csrf.as_str()), ("id", "all")];
    assert_eq!(office.post("/office/mails/retry", &all).status, 303);
    let nobody = "smtp://127.0.0.1:1?tls=none".to_owned();
    assert_eq!(
        Post::with(&site, |config| config.smtp_url = Some(nobody)).all(),
        3
    );
    let page = office.get("/office/mails").text();
    for words in [
        "等待发送3封，其中3封发送失败、正在重试；停止重试0封",
        "无法连接发信服务器",
        "2025-06-10 10:01",
    ] {
        assert!(page.contains(words), "{words} is not in {page}");
    }
}

mod sqlite {
    use super::*;

    #[test]
    fn a_refused_mail() {
        a_refused_mail_is_shown_and_sent_again(Backend::Sqlite);
    }

    #[test]
    fn all_of_them() {
        all_are_sent_again_and_what_waits_says_when(Backend::Sqlite);
    }
}

mod postgres {
    use super::*;

    fn is_there() -> bool {
        let there = postgres_admin().is_some();
        if !there {
            postgres_left_out();
        }
        there
    }

    #[test]
    fn a_refused_mail() {
        if is_there() {
            a_refused_mail_is_shown_and_sent_again(Backend::Postgres);
        }
    }

    #[test]
    fn all_of_them() {
        if is_there() {
            all_are_sent_again_and_what_waits_says_when(Backend::Postgres);
        }
    }
}
