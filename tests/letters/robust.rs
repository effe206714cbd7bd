//! Any bytes give a letter, soon.

use crate::builder::*;
use jianyan::intake::reading::read_at_once;
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
    let desk = crate::corpus::score::desk();
    let mut slow = Vec::new();
    for (name, raw) in cases.into_iter().chain(hostile_words()) {
        let (begun, before) = (Instant::now(), processor_time());
        let letter = read_at_once(&raw, &desk);
        let _ = serde_json::to_string(&letter).unwrap();
        let taken = match (before, processor_time()) {
            (Some(before), Some(after)) => after.saturating_sub(before),
            _ => begun.elapsed(),
        };
        // Unoptimised and on a busy machine a second is already much.
        slow.extend((taken >= Duration::from_secs(5)).then_some((name, taken)));
    }
    assert!(slow.is_empty(), "{slow:?}");
}

/// Shapes that are dear only to what understands the words, and to what opens files.
fn hostile_words() -> Vec<(&'static str, Vec<u8>)> {
    let draft = crate::corpus::draft::file();
    let tnef = |body: &[u8]| {
        let packed = [b"\x78\x9f\x3e\x22\x01\x00".as_slice(), body].concat();
        message(
            b"x",
            "",
            &attachment(
                b"Content-Type: application/ms-tnef; name=winmail.dat",
                &packed,
            ),
        )
    };
    let report = format!(
        "Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n{}",
        "\r\nX: y\r\n".repeat(100_000)
    );
    let nested: Vec<u8> = b"Content-Type: message/rfc822\r\n\r\n".repeat(20_000);
    let sheet = {
        let mut book = rust_xlsxwriter::Workbook::new();
        let page = book.add_worksheet();
        for row in 0..40_000 {
            page.write_string(row, 0, "第7条").unwrap();
            page.write_string(row, 16_000, "建议").unwrap();
        }
        book.save_to_buffer().unwrap()
    };
    let workbook = multipart(
        "mixed",
        &[
            text_part("plain", "见附件", PLAIN_UTF8, Transfer::Base64),
            attachment(
                b"Content-Type: application/octet-stream; name=a.xlsx",
                &sheet,
            ),
        ],
    );
    vec![
        ("the draft again and again", plain(&draft.repeat(300))),
        ("quoted draft", plain(&format!("“{draft}”").repeat(100))),
        ("places", plain(&"第8条。".repeat(100_000))),
        ("lists of places", plain(&"第8、9、7条，".repeat(50_000))),
        ("places on lines", plain(&"第8条太少\n".repeat(60_000))),
        (
            "numbered places",
            plain(
                &(1..30_000)
                    .map(|n| format!("{n}、第8条太少。第7条也是。\n"))
                    .collect::<String>(),
            ),
        ),
        (
            "closing lines",
            plain(&"此致\n敬礼\n张三 19900001234\n".repeat(20_000)),
        ),
        (
            "introductions",
            plain(&"我叫张三，本人李四，".repeat(30_000)),
        ),
        ("pointers", plain(&"见附件，".repeat(100_000))),
        (
            "headers without end",
            plain(&"发件人：\n日期：\n".repeat(30_000)),
        ),
        ("words", plain(&"增加 ".repeat(200_000))),
        (
            "attributes",
            tnef(&[1, 0x0c, 0x80, 1, 0, 0, 0, 0, 0, 0, 0].repeat(200_000)),
        ),
        (
            "properties",
            tnef(
                &[
                    [1, 0x03, 0x90, 6, 0, 0, 0, 4, 0].as_slice(),
                    &[0xff; 300_000],
                ]
                .concat(),
            ),
        ),
        ("report groups", message(b"x", "", report.as_bytes())),
        ("messages in messages", nested),
        ("a wide sheet", message(b"x", "", &workbook)),
    ]
}

/// What this thread itself has run (Linux), so that other programs on the machine do not count.
fn processor_time() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = stat.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}
