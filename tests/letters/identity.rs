//! Who, when and which message: the header fields that identify a letter.

use jianyan::mail::inbound::{Letter, read_letter};

fn with(headers: &str) -> Letter {
    read_letter(format!("{headers}\r\n\r\n同意").as_bytes())
}

#[test]
fn a_message_without_an_id_gets_one_from_its_hash() {
    let letter = with("From: a@example.org\r\nSubject: x");
    assert_eq!(
        letter.message_id,
        format!("<{}@hash.invalid>", letter.sha256)
    );
    assert!(letter.warnings.iter().any(|w| w.code == "no-message-id"));
    assert_eq!(
        with("Message-ID:\r\n <a.b@example.org>").message_id,
        "<a.b@example.org>"
    );
}

#[test]
fn senders_in_every_form() {
    for (field, name, address) in [
        ("zhang@example.org", None, Some("zhang@example.org")),
        ("<zhang@EXAMPLE.org>", None, Some("zhang@example.org")),
        (
            "\"张, 三\" <zhang@example.org>",
            Some("张, 三"),
            Some("zhang@example.org"),
        ),
        (
            "zhang@example.org (张三)",
            Some("张三"),
            Some("zhang@example.org"),
        ),
        (
            "\"=?utf-8?B?5byg5LiJ?=\" <zhang@example.org>",
            Some("张三"),
            Some("zhang@example.org"),
        ),
        (
            "=?utf-8?Q?=E5=BC=A0=2C=E4=B8=89?= <zhang@example.org>, b@example.org",
            Some("张,三"),
            Some("zhang@example.org"),
        ),
        (
            "=?utf-8?B?5byg5LiJ?=<zhang@example.org>",
            Some("张三"),
            Some("zhang@example.org"),
        ),
        (
            "\"a@b.example\" <zhang@example.org>",
            Some("a@b.example"),
            Some("zhang@example.org"),
        ),
        ("", None, None),
        ("<>", None, None),
    ] {
        let letter = with(&format!("From: {field}"));
        assert_eq!(
            (letter.from.name.as_deref(), letter.from.address.as_deref()),
            (name, address),
            "{field}"
        );
    }
}

#[test]
fn dates_as_they_come() {
    for (field, expected) in [
        (
            "Tue, 10 Jun 2025 10:00:00 +0800 (CST)",
            Some("2025-06-10T10:00:00+08:00"),
        ),
        ("10 Jun 2025 10:00 GMT", Some("2025-06-10T10:00:00+00:00")),
        (
            "Tue Jun 10 10:00:00 2025 +0800",
            Some("2025-06-10T10:00:00+08:00"),
        ),
        (
            "2025-06-10 10:00:00 +0800",
            Some("2025-06-10T10:00:00+08:00"),
        ),
        (
            "2025-06-10T10:00:00+08:00",
            Some("2025-06-10T10:00:00+08:00"),
        ),
        (
            "Tue, 10 Jun 25 10:00:00 +0530",
            Some("2025-06-10T10:00:00+05:30"),
        ),
        (
            "Tue, 10-Jun-2025 10:00:00 -0330",
            Some("2025-06-10T10:00:00-03:30"),
        ),
        ("yesterday", None),
        ("Tue, 45 Jun 2025 10:00:00 +0800", None),
    ] {
        let json = serde_json::to_value(with(&format!("Date: {field}"))).unwrap();
        assert_eq!(json["sent_at"].as_str(), expected, "{field}");
    }
}
