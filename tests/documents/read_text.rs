//! Plain text in the charsets that offices use, decoded strictly.

use crate::files::read;
use jianyan::documents::read::Format;

const PLAN: &str =
    "云山区书屋建设方案\r\n一、总体要求\n\u{3000}\u{3000}（一）镕、㐂、𠮷都要在。\n\t尾。";

fn utf16(text: &str, low_first: bool) -> Vec<u8> {
    text.encode_utf16()
        .flat_map(|unit| {
            if low_first {
                unit.to_le_bytes()
            } else {
                unit.to_be_bytes()
            }
        })
        .collect()
}

#[test]
fn every_charset_gives_the_same_text() {
    let gb = encoding_rs::GB18030.encode(PLAN).0.into_owned();
    let marked = |low| utf16(&format!("\u{feff}{PLAN}"), low);
    for (name, bytes) in [
        ("UTF-8", PLAN.as_bytes().to_vec()),
        ("UTF-8 with mark", format!("\u{feff}{PLAN}").into_bytes()),
        ("UTF-16LE", marked(true)),
        ("UTF-16BE", marked(false)),
        ("UTF-16LE without mark", utf16(PLAN, true)),
        ("UTF-16BE without mark", utf16(PLAN, false)),
        ("GB18030", gb),
    ] {
        let source = read("plan.txt", &bytes);
        assert_eq!(source.text, PLAN, "{name}");
        assert_eq!(source.format, Format::Text);
        assert!(source.warnings.is_empty() && source.headings.is_empty());
    }
}

#[test]
fn the_content_counts_before_the_name() {
    assert_eq!(read("plan.docx", PLAN.as_bytes()).format, Format::Text);
    assert_eq!(
        read("plan.txt", "<!DOCTYPE html><p>一、甲".as_bytes()).format,
        Format::Html
    );
    assert_eq!(read("plan.MD", "# 甲".as_bytes()).format, Format::Markdown);
}

#[test]
fn broken_utf8_is_not_taken_for_another_charset() {
    let cut = &PLAN.as_bytes()[..PLAN.len() - 2];
    let error = crate::files::refusal(
        "plan.txt",
        cut,
        &jianyan::documents::read::Limits::default(),
    );
    assert!(error.to_string().contains("not valid UTF-8"), "{error}");
}
