//! Where letters come from: against a real name server with records of our own, signatures made
//! with keys of our own, and headers that lie.

use crate::dns::Dns;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jianyan::config::{Config, MailAuth};
use jianyan::mail::authentic::{Checker, Checks, ClientInfo, Dkim, Dmarc, Policy, Source, Verdict};
use mail_auth::common::crypto::Ed25519Key;
use mail_auth::common::headers::HeaderWriter;
use mail_auth::dkim::DkimSigner;
use proptest::prelude::*;
use std::net::IpAddr;
use std::time::{Duration, Instant};

const OWN: &str = "mail.example.org";
const LETTER: &str = "From: =?utf-8?B?5byg5LiJ?= <zhang@example.com>\r\n\
    To: yijian@example.org\r\n\
    Subject: 2-3-8\r\n\
    Date: Tue, 10 Jun 2025 10:00:00 +0800\r\n\
    Message-ID: <1@example.com>\r\n\r\n\
    The second part.\r\nThank you.\r\n";

fn checker(dns: &Dns) -> Checker {
    Checker::of(&Config {
        mail_auth: MailAuth::Dns,
        mail_auth_dns: Some(dns.address),
        mail_host: Some(OWN.to_owned()),
        ..Config::default()
    })
    .unwrap()
}

fn unasking(mail_host: Option<&str>) -> Checker {
    Checker::of(&Config {
        mail_host: mail_host.map(str::to_owned),
        ..Config::default()
    })
    .unwrap()
}

fn run<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
        .block_on(work)
}

fn client(ip: &str, mail_from: &str) -> Option<ClientInfo> {
    Some(ClientInfo {
        ip: ip.parse().unwrap(),
        helo: "out.example.com".to_owned(),
        mail_from: Some(mail_from.to_owned()),
    })
}

/// The letter with a signature of `domain`, and the record of its key.
fn signed(domain: &str) -> (String, String) {
    let key = Ed25519Key::from_pkcs8_der(&Ed25519Key::generate_pkcs8().unwrap()).unwrap();
    let record = format!(
        "v=DKIM1; k=ed25519; p={}",
        STANDARD.encode(key.public_key())
    );
    let signature = DkimSigner::from_key(key)
        .domain(domain)
        .selector("june")
        .headers(["From", "To", "Subject", "Date"])
        .sign(LETTER.as_bytes())
        .unwrap();
    (signature.to_header() + LETTER, record)
}

fn zone(key: &str) -> Vec<(&str, &str)> {
    vec![
        ("example.com", "v=spf1 ip4:203.0.113.0/28 -all"),
        ("june._domainkey.example.com", key),
        ("_dmarc.example.com", "v=DMARC1; p=reject; adkim=r; aspf=r"),
    ]
}

#[test]
fn an_honest_letter_passes_everything() {
    let (letter, key) = signed("example.com");
    let dns = Dns::of(&zone(&key));
    let checks = run(checker(&dns).check(
        letter.as_bytes(),
        client("203.0.113.7", "zhang@example.com"),
    ));
    let expected = Checks {
        source: Source::Dns,
        spf: Verdict::Pass,
        dkim: vec![Dkim {
            domain: "example.com".to_owned(),
            result: Verdict::Pass,
        }],
        dmarc: Dmarc {
            domain: "example.com".to_owned(),
            policy: Some(Policy::Reject),
            result: Verdict::Pass,
        },
        arc: Verdict::None,
    };
    assert_eq!(checks, expected);
    assert!(!checks.is_doubtful());
    assert_eq!(Checks::parse(&checks.to_json()), checks);
}

/// Maildirs hold letters with bare line feeds.
#[test]
fn line_ends_do_not_matter() {
    let (letter, key) = signed("example.com");
    let dns = Dns::of(&zone(&key));
    let bare = letter.replace("\r\n", "\n");
    let checks = run(checker(&dns).check(bare.as_bytes(), None));
    assert_eq!(checks.dkim[0].result, Verdict::Pass);
    assert_eq!(
        checks.spf,
        Verdict::None,
        "nobody is known to have handed it in"
    );
    assert_eq!(
        checks.dmarc.result,
        Verdict::Pass,
        "the signature is enough"
    );
}

#[test]
fn changed_words_and_foreign_servers_fail() {
    let (letter, key) = signed("example.com");
    let dns = Dns::of(&zone(&key));
    let changed = letter.replace("Thank you", "No thank you");
    let checks = run(checker(&dns).check(
        changed.as_bytes(),
        client("198.51.100.9", "zhang@example.com"),
    ));
    assert_eq!(checks.dkim[0].result, Verdict::Fail);
    assert_eq!(checks.spf, Verdict::Fail);
    assert_eq!(checks.dmarc.result, Verdict::Fail);
    assert_eq!(checks.dmarc.policy, Some(Policy::Reject));
    assert!(checks.is_doubtful());
    let subject = letter.replace("2-3-8", "2-3-9");
    let checks = run(checker(&dns).check(subject.as_bytes(), None));
    assert_eq!(
        checks.dkim[0].result,
        Verdict::Fail,
        "a signed header was changed"
    );
}

/// A mailing list or a stranger may sign as himself; that does not make him the sender's domain.
#[test]
fn a_strangers_signature_does_not_vouch_for_the_sender() {
    let (letter, key) = signed("stranger.example.net");
    let mut zone = zone("v=DKIM1; k=ed25519; p=");
    zone.push(("june._domainkey.stranger.example.net", &key));
    zone.push(("stranger.example.net", "v=spf1 ip4:198.51.100.0/24 -all"));
    let dns = Dns::of(&zone);
    let checks = run(checker(&dns).check(
        letter.as_bytes(),
        client("198.51.100.9", "list@stranger.example.net"),
    ));
    assert_eq!(
        (checks.spf, checks.dkim[0].result),
        (Verdict::Pass, Verdict::Pass)
    );
    assert_eq!(checks.dmarc.result, Verdict::Fail);
}

#[test]
fn a_domain_that_publishes_nothing_is_not_doubtful() {
    let dns = Dns::of(&[]);
    let checks = run(checker(&dns).check(
        LETTER.as_bytes(),
        client("203.0.113.7", "zhang@example.com"),
    ));
    assert_eq!(checks.spf, Verdict::None);
    assert!(checks.dkim.is_empty());
    assert_eq!(checks.dmarc.result, Verdict::None);
    assert_eq!(checks.dmarc.policy, None);
    assert!(!checks.is_doubtful());
}

#[test]
fn a_silent_name_server_costs_five_seconds_at_most() {
    let (letter, _) = signed("example.com");
    for dns in [Dns::silent(), Dns::babbling()] {
        let start = Instant::now();
        let checks = run(checker(&dns).check(
            letter.as_bytes(),
            client("203.0.113.7", "zhang@example.com"),
        ));
        let took = start.elapsed();
        assert!(took < Duration::from_millis(5_500), "{took:?}");
        assert_eq!(checks.spf, Verdict::Temperror);
        assert_eq!(checks.dkim[0].result, Verdict::Temperror);
        assert_eq!(checks.dmarc.result, Verdict::Temperror);
        assert_eq!(checks.dmarc.domain, "example.com");
        assert!(!checks.is_doubtful(), "no answer is no answer");
        assert!(dns.asked() > 0);
    }
}

#[test]
fn answers_are_remembered() {
    let (letter, key) = signed("example.com");
    let dns = Dns::of(&zone(&key));
    let checker = checker(&dns);
    run(async {
        let first = checker
            .check(
                letter.as_bytes(),
                client("203.0.113.7", "zhang@example.com"),
            )
            .await;
        let asked = dns.asked();
        let second = checker
            .check(letter.as_bytes(), client("203.0.113.8", "li@example.com"))
            .await;
        assert_eq!(first, second);
        assert_eq!(dns.asked(), asked);
    });
}

#[test]
fn hostile_headers_end_in_an_answer() {
    let dns = Dns::of(&zone("v=DKIM1; k=ed25519; p=AAAA"));
    let checker = checker(&dns);
    let (letter, _) = signed("example.com");
    let signature = letter.split("From:").next().unwrap();
    let many = signature.repeat(5000) + LETTER;
    let long = format!("X-Long: {}\r\n{LETTER}", "a".repeat(600_000));
    let odd = [
        "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=; s=; h=; bh=; b=\r\n\r\n",
        "DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=x; l=18446744073709551615; h=from; bh=AAAA; b=AAAA\r\nFrom: a@example.com\r\n\r\nx",
        "DKIM-Signature: v=1; a=ed25519-sha256; d=..; s=\u{0}; h=from:from:from; bh=AA==; b=AA==\r\nFrom: a@..\r\n\r\n",
        "ARC-Seal: i=1; a=rsa-sha256; cv=none; d=example.com; s=x; b=AA==\r\nARC-Seal: i=999999999999; cv=pass\r\nFrom: x\r\n\r\n",
        "From: a@example.com, b@example.net\r\nFrom: c@example.org\r\n\r\n",
        "From: \"@\" <@@@>\r\n\r\n",
        "\r\n\r\n",
        "",
        "no header at all",
        ": \r\n:\r\n\t\r\n",
    ];
    run(async {
        let start = Instant::now();
        for bytes in odd.iter().copied().chain([many.as_str(), long.as_str()]) {
            let checks = checker
                .check(bytes.as_bytes(), client("203.0.113.7", "x@@.."))
                .await;
            assert!(checks.dkim.len() <= 10);
            assert_ne!(checks.dmarc.result, Verdict::Pass, "{bytes:.80}");
            assert_eq!(Checks::parse(&checks.to_json()), checks);
        }
        assert!(
            start.elapsed() < Duration::from_secs(20),
            "{:?}",
            start.elapsed()
        );
    });
}

#[test]
fn only_our_own_servers_word_is_believed() {
    let own = "Authentication-Results: mail.example.org 1;\r\n spf=pass smtp.mailfrom=zhang@example.com;\r\n\
        \tdkim=fail (bad \\) body; dkim=pass) header.d=Example.COM header.s=june;\r\n dkim = pass header.i=\"@lists.example.net\";\r\n\
        \tdmarc=fail (p=REJECT) header.from=example.com policy.published-domain-policy=reject; arc=none\r\n";
    let forged = "Authentication-Results: mail.example.org; dmarc=pass header.from=example.com; spf=pass\r\n";
    let foreign = "Authentication-Results: mx.example.net; dmarc=pass header.from=example.com\r\n";
    let received = "Received: from out.example.com (out.example.com [203.0.113.7])\r\n\tby mail.example.org (Postfix) with ESMTPS id 1; Tue, 10 Jun 2025 02:00:01 +0000\r\n";
    let theirs = "Received: from a by relay.example.com; Tue, 10 Jun 2025 02:00:00 +0000\r\n";
    let check =
        |head: &[&str]| run(unasking(Some(OWN)).check((head.concat() + LETTER).as_bytes(), None));

    let checks = check(&[own, received, theirs, forged]);
    assert_eq!(checks.source, Source::Server);
    assert_eq!(checks.spf, Verdict::Pass);
    let dkim: Vec<(&str, Verdict)> = checks
        .dkim
        .iter()
        .map(|one| (one.domain.as_str(), one.result))
        .collect();
    assert_eq!(
        dkim,
        [
            ("example.com", Verdict::Fail),
            ("lists.example.net", Verdict::Pass)
        ]
    );
    assert_eq!(checks.dmarc.result, Verdict::Fail);
    assert_eq!(checks.dmarc.policy, Some(Policy::Reject));
    assert!(checks.is_doubtful());
    // Filters write theirs below their own server's line.
    assert_eq!(check(&[received, own, theirs, forged]), checks);
    // Lines of others, and ours below a foreign server's line, say nothing.
    for head in [
        &[foreign][..],
        &[received, theirs, forged],
        &[theirs, own],
        &[],
    ] {
        assert_eq!(check(head), Checks::default());
    }
    assert_eq!(check(&[foreign, own]), checks);
    // Without a name of our own, anybody could have written it.
    let unnamed = run(unasking(None).check((own.to_owned() + LETTER).as_bytes(), None));
    assert_eq!(unnamed, Checks::default());
}

#[test]
fn the_client_stands_in_our_own_servers_line() {
    let rest = "From: a@example.com\r\n\r\n";
    let read =
        |head: &str| ClientInfo::from_headers(format!("{head}\r\n{rest}").as_bytes(), Some(OWN));
    let cases = [
        // Postfix, Exim, Exchange, qmail, and an address of the new kind.
        (
            "Received: from out.example.com (mx.example.com [203.0.113.7])\r\n\tby mail.example.org (Postfix) with ESMTPS id 4; now",
            "203.0.113.7",
            "out.example.com",
        ),
        (
            "Received: from [203.0.113.8] (helo=out.example.com)\r\n\tby mail.example.org with esmtp (Exim 4.96); now",
            "203.0.113.8",
            "out.example.com",
        ),
        (
            "Received: from mx.example.com ([203.0.113.9] helo=out.example.com) by MAIL.example.org with esmtp; now",
            "203.0.113.9",
            "out.example.com",
        ),
        (
            "Received: from out.example.com (203.0.113.10) by mail.example.org (203.0.113.1) with Microsoft SMTP Server; now",
            "203.0.113.10",
            "out.example.com",
        ),
        (
            "Received: from unknown (HELO out.example.com) (203.0.113.11) by mail.example.org with SMTP; now",
            "203.0.113.11",
            "out.example.com",
        ),
        (
            "Received: from out.example.com (unknown [IPv6:2001:db8::7]) by mail.example.org; now",
            "2001:db8::7",
            "out.example.com",
        ),
        (
            "Received: from out.example.com (unknown [IPv6:::ffff:203.0.113.12]) by mail.example.org; now",
            "203.0.113.12",
            "out.example.com",
        ),
        // The name it gives may itself look like an address.
        (
            "Received: from [198.51.100.1] (mx.example.com [203.0.113.13]) by mail.example.org; now",
            "203.0.113.13",
            "",
        ),
    ];
    for (line, ip, helo) in cases {
        let found = read(line).unwrap_or_else(|| panic!("{line}"));
        assert_eq!(found.ip, ip.parse::<IpAddr>().unwrap(), "{line}");
        assert_eq!(found.helo, helo, "{line}");
        assert_eq!(found.mail_from, None);
    }
    let outer = cases[0].0;
    let inner = "Received: from mail.example.org ([127.0.0.1])\r\n\tby mail.example.org with LMTP id 9; now";
    let bare = "Received: from mail.example.org by mail.example.org with LMTP id 9; now";
    let theirs = "Received: from pc (pc [198.51.100.3]) by relay.example.com; now";
    for head in [inner, bare] {
        let head = format!("Return-Path: <zhang@example.com>\r\n{head}\r\n{outer}\r\n{theirs}");
        let found = read(&head).unwrap();
        assert_eq!(found.ip, "203.0.113.7".parse::<IpAddr>().unwrap());
        assert_eq!(found.mail_from.as_deref(), Some("zhang@example.com"));
    }
    assert_eq!(
        read(&format!("Return-Path: <>\r\n{outer}"))
            .unwrap()
            .mail_from
            .as_deref(),
        Some("")
    );
    // What the sender wrote below our line is not the envelope, nor the client.
    assert_eq!(
        read(&format!("{outer}\r\nReturn-Path: <li@example.com>"))
            .unwrap()
            .mail_from,
        None
    );
    let forged = outer.replace("203.0.113.7", "203.0.113.99");
    assert_eq!(read(&format!("{theirs}\r\n{forged}")), None);
    let gateway = "Received: from gate (gate [10.0.0.4]) by mail.example.org; now";
    assert_eq!(read(&format!("{gateway}\r\n{forged}")), None);
    assert_eq!(read("Received: from nobody by mail.example.org; now"), None);
    assert_eq!(read("Subject: none"), None);
    let any = ClientInfo::from_headers(format!("{theirs}\r\n{rest}").as_bytes(), None).unwrap();
    assert_eq!(any.ip, "198.51.100.3".parse::<IpAddr>().unwrap());
}

#[test]
fn what_stands_in_the_column_is_read_leniently() {
    assert_eq!(Checks::parse(""), Checks::default());
    assert_eq!(Checks::parse("{\"spf\":\"pass\"}").spf, Verdict::Pass);
    assert_eq!(Checks::parse("{\"spf\":\"magic\"}"), Checks::default());
}

proptest! {
    #[test]
    fn any_header_is_read(bytes in proptest::collection::vec(any::<u8>(), 0..400), value in ".{0,200}") {
        let line = format!("Authentication-Results: {OWN}; {value}\r\nReceived: from {value} by {OWN}\r\n\r\n");
        let checks = run(unasking(Some(OWN)).check(line.as_bytes(), None));
        prop_assert!(checks.dkim.len() <= 10);
        let _ = ClientInfo::from_headers(line.as_bytes(), Some(OWN));
        let _ = ClientInfo::from_headers(&bytes, None);
        run(unasking(Some(OWN)).check(&bytes, None));
    }
}
