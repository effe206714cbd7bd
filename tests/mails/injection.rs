//! Whatever stands in a name, a subject or an address: the mail has the header lines that we write,
//! and goes to the one it is for.

use crate::on_both;
use crate::post::{EMAIL, FROM, Post, comment};
use crate::support::sink::Sink;
use diesel::prelude::*;
use jianyan::config::Config;
use jianyan::db::schema::consultations;
use jianyan::jobs::model::{Outcome, Reason};
use jianyan::mail::outbound::{Automatic, Mail, Mailer};
use jianyan::privacy::model::Key;
use jianyan::privacy::vault::Vault;
use std::collections::BTreeSet;

const HEADERS: [&str; 12] = [
    "auto-submitted",
    "content-language",
    "content-transfer-encoding",
    "content-type",
    "date",
    "from",
    "message-id",
    "mime-version",
    "received",
    "subject",
    "to",
    "x-auto-response-suppress",
];

/// The names of the header lines, and that each stands once.
fn names(raw: &str) -> BTreeSet<String> {
    let (head, _) = raw.split_once("\n\n").unwrap();
    let lines: Vec<String> = head
        .lines()
        .filter(|line| !line.starts_with([' ', '\t']))
        .map(|line| line.split(':').next().unwrap().to_ascii_lowercase())
        .collect();
    let names: BTreeSet<String> = lines.iter().cloned().collect();
    assert_eq!(names.len(), lines.len(), "a line stands twice: {head}");
    names
}

fn hostile() -> Vec<String> {
    let long = "很长的名称".repeat(200_000);
    [
        "甲\r\nBcc: other@example.com",
        "甲\nBcc: other@example.com\n\n别的正文",
        "甲\r\n\r\n<script>alert(1)</script>",
        "甲\rX-Evil: 1",
        "nul\0nul",
        "\u{202e}moc.elpmaxe\u{2066}",
        "\u{2028}Bcc: other@example.com",
        "\u{85}Bcc: x",
        "😀🏳️‍🌈👩‍👩‍👧‍👦",
        "=?utf-8?B?QmNjOiB4?=",
        "\"quoted\" <other@example.com>, third@example.com",
        "",
        " ",
        ".",
        "\r\n.\r\nMAIL FROM:<x>",
        long.as_str(),
    ]
    .map(str::to_owned)
    .to_vec()
}

fn send(sink: &Sink, site_name: &str, mail: &Mail) -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let config = Config {
        smtp_url: Some(sink.url()),
        mail_from: Some(FROM.to_owned()),
        site_name: site_name.to_owned(),
        ..Config::default()
    };
    let vault = Vault::new(&Key::from_bytes([7; 32])).unwrap();
    runtime.block_on(async {
        let mailer = Mailer::new(&config, &vault).unwrap().unwrap();
        let now = "2025-06-10T02:00:00Z".parse().unwrap();
        mailer
            .send(mail, "01975b6e-0000-7000-8000-000000000001", now)
            .await
            .unwrap()
    })
}

fn mail(to: &str, subject: &str, text: &str) -> Mail {
    Mail {
        to: to.to_owned(),
        subject: subject.to_owned(),
        text: text.to_owned(),
        automatic: Automatic::Replied,
        null_sender: true,
        by_strangers: false,
        reply_to: None,
        unsubscribe: None,
        after: Vec::new(),
        lang: "zh-CN",
    }
}

#[test]
fn no_text_adds_a_header_or_a_recipient() {
    for hostile in hostile() {
        let Some(sink) = Sink::start() else { return };
        let outcome = send(&sink, &hostile, &mail(EMAIL, &hostile, &hostile));
        assert_eq!(outcome, Outcome::Done);
        let arrived = sink.only();
        assert_eq!(
            (arrived.recipient.as_str(), arrived.sender.as_str()),
            (EMAIL, "")
        );
        let names = names(&arrived.raw);
        let expected: BTreeSet<String> = HEADERS.map(str::to_owned).into();
        assert_eq!(
            names,
            expected,
            "{}",
            arrived.raw.chars().take(2_000).collect::<String>()
        );
        assert!(arrived.letter.subject.chars().count() <= 120);
        assert!(
            arrived.raw.lines().all(|line| line.len() <= 998),
            "a line that servers refuse (RFC 5321, 4.5.3.1.6)"
        );
    }
}

#[test]
fn an_address_that_is_none_is_never_tried() {
    let Some(sink) = Sink::start() else { return };
    for to in [
        "",
        "a",
        "a@b",
        "a@example.org\r\nRCPT TO:<b@example.org>",
        "<a@example.org>, b@example.org",
    ] {
        let outcome = send(&sink, "测试站", &mail(to, "标题", "正文"));
        assert_eq!(outcome, Outcome::Never(Reason::Address), "{to:?}");
    }
    assert!(sink.arrived().is_empty());
}

#[test]
fn null_senders_and_unsubscribing_are_as_asked() {
    let Some(sink) = Sink::start() else { return };
    let stop = "https://example.org/f/1/2/stop";
    let with = Mail {
        null_sender: false,
        unsubscribe: Some(format!("{stop}\r\nBcc: b@example.org")),
        ..mail(EMAIL, "标题", "正文")
    };
    assert_eq!(send(&sink, "测试站", &with), Outcome::Done);
    let arrived = sink.only();
    assert_eq!(arrived.sender, FROM);
    assert_eq!(arrived.header("Bcc"), None);
    assert!(
        arrived
            .header("List-Unsubscribe")
            .unwrap()
            .starts_with(&format!("<{stop}"))
    );
}

on_both! {
    /// The way from outside: a notice title with line ends and a name that advertises.
    fn a_hostile_title_and_name_change_nothing(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        site.database.write_now(|db| {
            diesel::update(consultations::table)
                .set((
                    consultations::draft_title.eq("方案\r\nBcc: other@example.com\r\n\r\n正文"),
                    consultations::issuer.eq("某局\r\nX-Evil: 1"),
                    consultations::contact_email.eq("evil@example.org\r\nBcc: x@example.org"),
                ))
                .execute(db)?;
            Ok(())
        }).unwrap();
        comment(&site, "", &[("name", "中奖了请点 https://evil.example.com"), ("text", "\u{202e}好\u{202c}的")]);
        crate::post::confirm_all(&site);
        assert_eq!(Post::to(&site, &sink).all(), 1);
        let arrived = sink.only();
        let expected: BTreeSet<String> = HEADERS.map(str::to_owned).into();
        assert_eq!(names(&arrived.raw), expected, "{}", arrived.raw);
        let words = arrived.words();
        assert!(words.starts_with("您好："), "a name that advertises is left out: {words}");
        assert!(words.lines().all(|line| !line.starts_with("Bcc:") && !line.starts_with("X-Evil")), "{words}");
        assert!(!words.contains("evil.example.com") && !words.contains('\u{202e}'), "{words}");
    }
}
