//! Any bytes give a letter, soon.

use crate::builder::*;
use jianyan::mail::inbound::read_letter;
use proptest::prelude::*;
use std::time::{Duration, Instant};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn random_bytes(raw in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let _ = serde_json::to_string(&read_letter(&raw)).unwrap();
    }

    #[test]
    fn broken_headers(value in proptest::collection::vec(any::<u8>(), 0..200), name in "From|To|Subject|Date|Content-Type|Content-Disposition|Received|Content-Transfer-Encoding|Message-ID") {
        let raw = [name.as_bytes(), b": ", &value, b"\r\n\r\nbody"].concat();
        let _ = read_letter(&raw);
    }

    #[test]
    fn odd_texts(text in "[一二三（）()第条项、.0-9>：:@a-z\n \"“”-]{0,200}") {
        let _ = read_letter(&plain(&text));
    }
}

#[test]
fn truncated_and_damaged_at_every_byte() {
    let file = attachment(
        b"Content-Type: application/pdf; name=\"=?gbk?B?0uK8+w==?=.pdf\"",
        b"%PDF",
    );
    let whole = message(
        b"x",
        "",
        &multipart(
            "mixed",
            &[
                multipart(
                    "alternative",
                    &[
                        text_part("plain", "同意", PLAIN_UTF8, Transfer::Base64),
                        text_part("html", "<p>同意</p>", PLAIN_UTF8, Transfer::QuotedPrintable),
                    ],
                ),
                file,
            ],
        ),
    );
    for at in 0..whole.len() {
        let _ = read_letter(&whole[..at]);
        let mut damaged = whole.clone();
        damaged[at] ^= 0x5a;
        let _ = read_letter(&damaged);
    }
}

/// Inputs that make careless programs slow. The limit in the contract is five seconds.
#[test]
fn hostile_shapes_take_no_time() {
    let deep_html = "<div><p><b><a>".repeat(60_000);
    let boundary: String = "--b\r\n\r\nx\r\n".repeat(100_000);
    let nested: String = (0..2000)
        .map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n"))
        .collect();
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("deep html", html(&deep_html)),
        (
            "blockquotes",
            html(&"<blockquote type=cite>x".repeat(30_000)),
        ),
        ("closing tags", html(&"</div></p></table>".repeat(40_000))),
        (
            "many parts",
            message(
                b"x",
                "",
                format!("Content-Type: multipart/mixed; boundary=b\r\n\r\n{boundary}").as_bytes(),
            ),
        ),
        ("nested parts", nested.into_bytes()),
        (
            "long header",
            message(&b"=?utf-8?B?5byg?= ".repeat(40_000), "", b"\r\nx"),
        ),
        (
            "broken words",
            message(&b"=?a?b?c".repeat(60_000), "", b"\r\nx"),
        ),
        ("many headers", b"X: y\r\n".repeat(200_000)),
        (
            "folded header",
            [b"Subject: a\r\n".to_vec(), b" b\r\n".repeat(100_000)].concat(),
        ),
        (
            "many recipients",
            message(
                b"x",
                &format!("Cc: {}\r\n", "a@example.org,".repeat(40_000)),
                b"\r\nx",
            ),
        ),
        (
            "parameters",
            message(
                b"x",
                "",
                format!(
                    "Content-Type: text/plain; {}\r\n\r\nx",
                    "filename*0*=a;".repeat(40_000)
                )
                .as_bytes(),
            ),
        ),
        ("quote lines", plain(&"> 引用\n".repeat(60_000))),
        (
            "attributions",
            plain(&"在 2025-06-01 10:00 甲\n".repeat(30_000)),
        ),
        ("labels", plain(&"发件人：a\n".repeat(50_000))),
        ("numbers", plain(&"13900000000 ".repeat(40_000))),
        ("digits", plain(&"1".repeat(500_000))),
        ("at signs", plain(&"a@".repeat(200_000))),
        ("markers", plain(&"1、".repeat(150_000))),
        ("references", plain(&"第二部分第（三）条".repeat(15_000))),
        ("quotes", plain(&"“".repeat(100_000))),
        ("footers", plain(&"发自我的iPhone\n--\n".repeat(30_000))),
        ("dashes", plain(&"--\n".repeat(60_000))),
        ("disclaimers", plain(&"免责声明\n".repeat(50_000))),
        ("underscores", plain(&"________________\n".repeat(50_000))),
        (
            "big file",
            message(
                b"x",
                "",
                &multipart(
                    "mixed",
                    &[attachment(
                        b"Content-Type: application/zip; name=a.zip",
                        &vec![7; 3_000_000],
                    )],
                ),
            ),
        ),
        (
            "big text",
            message(
                b"x",
                "",
                &text_part(
                    "plain",
                    &"建议增加检测点。\n".repeat(100_000),
                    PLAIN_UTF8,
                    Transfer::EightBit,
                ),
            ),
        ),
    ];
    let mut slow = Vec::new();
    for (name, raw) in cases {
        let (begun, before) = (Instant::now(), processor_time());
        let letter = read_letter(&raw);
        let _ = serde_json::to_string(&letter).unwrap();
        let taken = match (before, processor_time()) {
            (Some(before), Some(after)) => after.saturating_sub(before),
            _ => begun.elapsed(),
        };
        slow.extend((taken >= Duration::from_secs(5)).then_some(name));
    }
    assert!(slow.is_empty(), "{slow:?}");
}

/// What this thread itself has run (Linux), so that other programs on the machine do not count.
fn processor_time() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = stat.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}
