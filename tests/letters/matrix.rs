//! Charset × transfer encoding × structure: 12 × 3 × 4 = 144 messages, one expected reading.

use crate::builder::*;
use jianyan::mail::inbound::read_letter;

const SIMPLIFIED: &str =
    "您好：\n我对实施方案的意见是，应当增加公开的检测点，并且公布结果。\n联系电话：19900001234";
const TRADITIONAL: &str =
    "您好：\n我對實施方案的意見是，應當增加公開的檢測點，並且公布結果。\n聯絡：19900001234";

fn body(structure: &str, text: &str, charset: Charset, how: Transfer) -> Vec<u8> {
    let markup = format!(
        "<html><head><style>p{{color:red}}</style></head><body><div>{}</div></body></html>",
        text.replace('\n', "</div>\n<div>")
    );
    let plain = text_part("plain", text, charset, how);
    let html = text_part("html", &markup, charset, how);
    let file = attachment(b"Content-Type: application/pdf\r\nContent-Disposition: attachment;\r\n filename*=UTF-8''%E6%84%8F%E8%A7%81%E4%B9%A6.pdf", b"%PDF-1.4 sample");
    match structure {
        "plain" => plain,
        "html" => html,
        "alternative" => multipart("alternative", &[plain, html]),
        _ => multipart("mixed", &[multipart("alternative", &[plain, html]), file]),
    }
}

#[test]
fn every_charset_in_every_wrapping_reads_the_same() {
    let mut count = 0;
    for &charset in CHARSETS {
        for how in [
            Transfer::Base64,
            Transfer::QuotedPrintable,
            Transfer::EightBit,
        ] {
            for structure in ["plain", "html", "alternative", "mixed"] {
                let text = if charset.label == Some("big5") {
                    TRADITIONAL
                } else {
                    SIMPLIFIED
                };
                let raw = message(b"test", "", &body(structure, text, charset, how));
                let letter = read_letter(&raw);
                let case = format!("{charset:?} {how:?} {structure}");
                assert_eq!(letter.text, text, "{case}");
                assert!(letter.elided.is_empty(), "{case}: {:?}", letter.elided);
                assert_eq!(letter.contact.phones[0].normalised, "19900001234", "{case}");
                assert_eq!(letter.from.name.as_deref(), Some("张三丰"), "{case}");
                assert_eq!(
                    letter.attachments.len(),
                    usize::from(structure == "mixed"),
                    "{case}"
                );
                if let Some(file) = letter.attachments.first() {
                    assert_eq!((&*file.name, file.bytes), ("意见书.pdf", 15), "{case}");
                }
                assert_eq!(letter.warnings, [], "{case}");
                count += 1;
            }
        }
    }
    assert_eq!(count, 144);
}

#[test]
fn the_json_has_the_agreed_keys() {
    let json = serde_json::to_value(read_letter(&plain("同意。"))).unwrap();
    for key in [
        "sha256",
        "message_id",
        "sent_at",
        "from",
        "to",
        "subject",
        "text",
        "elided",
        "attachments",
        "automatic",
        "contact",
        "remarks",
        "warnings",
    ] {
        assert!(json.get(key).is_some(), "{key}");
    }
    assert_eq!(json["sent_at"], "2025-06-10T10:00:00+08:00");
    assert_eq!(json["from"]["address"], "zhang@example.com");
    assert_eq!(json["to"][0]["address"], "jianyan@example.org");
    assert_eq!(json["automatic"], serde_json::Value::Null);
    assert_eq!(json["received"][0]["by_host"], "mx.example.org");
    assert_eq!(json["received"][0]["at"], "2025-06-10T10:00:05+08:00");
    assert_eq!(json["remarks"][0]["text"], "同意。");
    assert_eq!(json["sha256"].as_str().unwrap().len(), 64);
}
