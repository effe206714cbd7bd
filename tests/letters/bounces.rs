//! What came back, and of which of our messages.

use crate::builder::*;
use jianyan::mail::inbound::bounce::Bounce;
use jianyan::mail::inbound::read_letter;

const STATUS: &str = "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\nArrival-Date: Sun, 1 Jun 2025 09:00:00 +0800\r\n\r\nFinal-Recipient: rfc822; fine@example.net\r\nAction: delivered\r\nStatus: 2.0.0\r\n\r\nOriginal-Recipient: rfc822;gone@example.net\r\nFinal-Recipient: rfc822;gone@example.net\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 no such user\r\n";

fn bounce(raw: &[u8]) -> Bounce {
    let letter = read_letter(raw);
    assert!(letter.automatic.is_some(), "{:?}", letter.subject);
    letter.bounce.unwrap()
}

fn text(words: &str) -> Vec<u8> {
    text_part("plain", words, PLAIN_UTF8, Transfer::Base64)
}

fn of(recipient: &str, status: Option<&str>, id: Option<&str>, action: &str) -> Bounce {
    Bounce {
        final_recipient: Some(recipient.to_owned()),
        status: status.map(str::to_owned),
        original_message_id: id.map(str::to_owned),
        action: Some(action.to_owned()),
    }
}

#[test]
fn a_report_names_the_recipient_that_failed_and_the_message() {
    for returned in [
        "Content-Type: message/rfc822\r\n\r\nMessage-ID: <ours@example.org>\r\nSubject: x\r\n\r\nbody",
        "Content-Type: text/rfc822-headers\r\n\r\nSubject: x\r\nMessage-Id:\r\n <ours@example.org>\r\n",
        "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\nTWVzc2FnZS1JRDogPG91cnNAZXhhbXBsZS5vcmc+DQoNCng=\r\n",
    ] {
        let parts = [
            text("could not be delivered"),
            STATUS.as_bytes().to_vec(),
            returned.as_bytes().to_vec(),
        ];
        let raw = message(
            b"Undelivered Mail",
            "Return-Path: <>\r\n",
            &multipart("report", &parts),
        );
        let letter = read_letter(&raw);
        assert_eq!(
            letter.bounce,
            Some(of(
                "gone@example.net",
                Some("5.1.1"),
                Some("<ours@example.org>"),
                "failed"
            ))
        );
        assert!(
            letter.attached.is_empty(),
            "our own message is not the sender's"
        );
    }
}

#[test]
fn a_delay_is_no_failure() {
    let status = "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\nFinal-Recipient: rfc822; a@example.net\r\nAction: delayed (will retry)\r\nStatus: 4.4.1\r\n";
    let raw = message(
        b"Delayed",
        "In-Reply-To: <ours@example.org>\r\n",
        &multipart("report", &[text("x"), status.as_bytes().to_vec()]),
    );
    assert_eq!(
        bounce(&raw),
        of(
            "a@example.net",
            Some("4.4.1"),
            Some("<ours@example.org>"),
            "delayed"
        )
    );
}

#[test]
fn providers_that_only_write_words() {
    let from = |address: &str, subject: &str, part: Vec<u8>| {
        message_of(
            "",
            address,
            word(subject, encoding_rs::UTF_8, "utf-8").as_bytes(),
            "Return-Path: <>\r\n",
            &part,
        )
    };
    let page = "<div>很抱歉，您发送的邮件被退回。</div><table><tr><td>收件人</td><td>gone@example.net</td></tr><tr><td>退信原因</td><td>收件人邮箱不存在 (550 User not found)</td></tr></table><hr><div>原邮件信息</div><div>Message-ID：&lt;ours@example.org&gt;</div><div>From: office@example.org</div>";
    let html = text_part("html", page, PLAIN_UTF8, Transfer::Base64);
    assert_eq!(
        bounce(&from("postmaster@example.com", "系统退信", html)),
        of(
            "gone@example.net",
            Some("5.0.0"),
            Some("<ours@example.org>"),
            "failed"
        )
    );
    let words = "抱歉，您的邮件未能送达 gone@example.net。\n原因：mailbox full 452 4.2.2\n\n---原始邮件---\nFrom: office@example.org\nTo: gone@example.net\nMessage-Id: <ours@example.org>\nSubject: 收到您的意见";
    assert_eq!(
        bounce(&from(
            "mailer-daemon@example.com",
            "退信：收到您的意见",
            text(words)
        )),
        of(
            "gone@example.net",
            Some("4.2.2"),
            Some("<ours@example.org>"),
            "delayed"
        )
    );
    let raw = message(
        b"x",
        "X-Failed-Recipients: gone@example.net\r\n",
        &text("This message was created automatically. 550 5.7.1 rejected"),
    );
    assert_eq!(
        bounce(&raw),
        of("gone@example.net", Some("5.7.1"), None, "failed")
    );
}

#[test]
fn a_bounce_that_says_nothing_is_still_one() {
    let raw = message_of(
        "",
        "mailer-daemon@example.com",
        b"failure notice",
        "Return-Path: <>\r\n",
        &text("Sorry."),
    );
    let found = bounce(&raw);
    assert_eq!(
        (
            found.final_recipient,
            found.status,
            found.original_message_id
        ),
        (None, None, None)
    );
    assert!(
        read_letter(&plain("退信处理太慢，550 元也没有退。"))
            .bounce
            .is_none()
    );
}
