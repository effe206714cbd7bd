//! Files on their way in: how much of them, for how long, and what becomes of the words beside them.

use crate::support::multipart::{self, packed};
use crate::support::{Backend, Reply, TestSite};
use crate::window::form;
use crate::wire::{Wire, status};
use jianyan::config::Config;
use serde_json::Value;
use std::time::{Duration, Instant};

const FILES: &str = "/c/plan/uploads";
const FORM: &str = "/c/plan/submissions";
/// Between two tries: each counts as a file, and there are fifty at once.
const PAUSE: Duration = Duration::from_millis(500);

fn site(change: impl FnOnce(&mut Config)) -> TestSite {
    let site = TestSite::with(Backend::Sqlite, change);
    site.publish_sample();
    site
}

fn pdf(bytes: usize, mark: &str) -> Vec<u8> {
    let mut pdf = format!("%PDF-1.7\n% {mark}\n").into_bytes();
    pdf.resize(bytes, b' ');
    pdf.extend(b"\ntrailer<<>>\n%%EOF\n");
    pdf
}

fn upload(site: &TestSite, from: &str, file: &[u8]) -> Reply {
    let mut client = site.client();
    client.headers = vec![("x-forwarded-for".to_owned(), from.to_owned())];
    client.post_raw(FILES, multipart::TYPE, &packed(&[], &[("a.pdf", file)]))
}

fn said(reply: &Reply) -> String {
    let body: Value = serde_json::from_slice(&reply.body).unwrap();
    body["refused"][0].as_str().unwrap_or_default().to_owned()
}

/// Sends a form with a file that is not taken: nothing of its words is lost.
fn words_stay(site: &TestSite, from: &str, file: &[u8]) {
    let text = "楼道里太暗，晚上看不清台阶。";
    let mut client = site.client();
    client.headers = vec![("x-forwarded-for".to_owned(), from.to_owned())];
    let body = packed(&form(text), &[("a.pdf", file)]);
    let reply = client.post_raw(FORM, multipart::TYPE, &body);
    assert!([429, 503].contains(&reply.status), "{}", reply.status);
    assert!(reply.text().contains(text), "{}", reply.text());
    assert!(reply.header("retry-after").is_some());
    assert_eq!(
        client.post(FORM, &form(text)).status,
        303,
        "words alone pass"
    );
}

#[test]
fn one_address_has_its_share_and_others_have_theirs() {
    let site = site(|config| config.upload_in_flight_per_address_bytes = 150_000);
    let (small, large) = (pdf(100_000, "a"), pdf(200_000, "b"));
    for _ in 0..3 {
        assert_eq!(
            upload(&site, "203.0.113.7", &small).status,
            201,
            "what was taken is not counted any more"
        );
    }
    let refused = upload(&site, "203.0.113.7", &large);
    assert_eq!(refused.status, 429);
    assert!(
        refused.header("retry-after").is_some() && said(&refused).contains("同一网络"),
        "{}",
        said(&refused)
    );
    words_stay(&site, "203.0.113.8", &large);
    // Somebody who does not go on holds the share until the connection ends.
    let mut wire = Wire::open(&site.base);
    let body = packed(&[], &[("a.pdf", &small)]);
    let head = format!(
        "POST {FILES} HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 203.0.113.9\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n",
        multipart::TYPE,
        body.len()
    );
    wire.send(head);
    wire.send(&body[..90_000]);
    let held = Instant::now();
    while upload(&site, "203.0.113.9", &small).status != 429 {
        assert!(held.elapsed() < Duration::from_secs(10), "nothing is held");
        std::thread::sleep(PAUSE);
    }
    assert_eq!(upload(&site, "203.0.113.10", &small).status, 201);
    drop(wire);
    let freed = Instant::now();
    while upload(&site, "203.0.113.9", &small).status != 201 {
        assert!(
            freed.elapsed() < Duration::from_secs(10),
            "the share is not free again"
        );
    }
}

#[test]
fn all_together_have_a_limit() {
    let site = site(|config| config.upload_in_flight_bytes = 150_000);
    let refused = upload(&site, "203.0.113.7", &pdf(200_000, "a"));
    assert_eq!(refused.status, 503);
    assert!(said(&refused).contains("人太多"), "{}", said(&refused));
    words_stay(&site, "203.0.113.8", &pdf(200_000, "b"));
    assert_eq!(upload(&site, "203.0.113.7", &pdf(100_000, "c")).status, 201);
}

#[test]
fn what_waits_unsent_has_a_limit() {
    let site = site(|config| config.upload_waiting_bytes = 250_000);
    assert_eq!(upload(&site, "203.0.113.7", &pdf(100_000, "a")).status, 201);
    assert_eq!(upload(&site, "203.0.113.8", &pdf(100_000, "b")).status, 201);
    let refused = upload(&site, "203.0.113.9", &pdf(100_000, "c"));
    assert_eq!(refused.status, 503);
    assert!(
        refused.header("retry-after").is_some() && said(&refused).contains("暂存"),
        "{}",
        said(&refused)
    );
    words_stay(&site, "203.0.113.10", &pdf(100_000, "d"));
}

#[test]
fn a_full_disk_takes_words_and_no_files() {
    let site = site(|config| config.disk_free_bytes = u64::MAX);
    let refused = upload(&site, "203.0.113.7", &pdf(1_000, "a"));
    assert_eq!(refused.status, 503);
    assert!(
        said(&refused).contains("存储空间不足"),
        "{}",
        said(&refused)
    );
    words_stay(&site, "203.0.113.8", &pdf(1_000, "b"));
}

/// The rate is asked before a file is read: one over it is not written anywhere.
#[test]
fn a_file_over_the_rate_is_not_kept_while_it_comes() {
    let site = site(|config| {
        config.upload_burst = 1;
        config.upload_in_flight_per_address_bytes = 150_000;
    });
    assert_eq!(upload(&site, "203.0.113.7", &pdf(100_000, "a")).status, 201);
    let refused = upload(&site, "203.0.113.7", &pdf(200_000, "b"));
    assert_eq!(refused.status, 429);
    assert!(
        said(&refused).contains("分钟再试"),
        "refused by the rate, not by what came: {}",
        said(&refused)
    );
}

/// Each piece comes in time, the whole does not.
#[test]
fn whoever_drips_is_not_waited_for() {
    let site = site(|config| config.form_seconds = 2);
    let mut wire = Wire::open(&site.base);
    let kind = multipart::TYPE;
    wire.send(format!("POST {FILES} HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\nContent-Length: 1000000\r\n\r\n"));
    let body = packed(&[], &[("a.pdf", &pdf(1_000, "a"))]);
    let begun = Instant::now();
    // A byte each fifth of a second, for twelve seconds at most: the server answers long before.
    for byte in body.iter().take(60) {
        if !wire.drip(*byte) {
            break;
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    assert_eq!(status(&wire.head()), 422);
    assert!(
        begun.elapsed() < Duration::from_secs(8),
        "{:?}",
        begun.elapsed()
    );
}
