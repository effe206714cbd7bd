//! Six messages written to files and read back: what a folder of saved mail looks like.

use crate::builder::*;
use encoding_rs::GBK;
use jianyan::mail::inbound::read_letter;
use std::path::{Path, PathBuf};

/// Writes six `.eml` files into a folder and returns each with the text it should be read as.
pub fn write_fixtures(folder: &Path) -> Vec<(PathBuf, &'static str)> {
    let gbk = Charset {
        real: GBK,
        label: Some("gb2312"),
    };
    let docx = attachment(
        &[
            b"Content-Type: application/octet-stream; name=\"".as_slice(),
            &encode("意见.docx", GBK),
            b"\"\r\nContent-Disposition: attachment",
        ]
        .concat(),
        b"PK sample",
    );
    let messages = [
        (
            "1-plain.eml",
            plain("第8条：建议增加检测点。"),
            "第8条：建议增加检测点。",
        ),
        (
            "2-gbk.eml",
            message(
                &encode("意见", GBK),
                "",
                &text_part("plain", "同意第8条。", gbk, Transfer::QuotedPrintable),
            ),
            "同意第8条。",
        ),
        ("3-html.eml", html("<p>同意第8条。</p>"), "同意第8条。"),
        (
            "4-reply.eml",
            plain("同意。\n\n在 2025-06-01 09:00:00，\"甲\" <a@example.org> 写道：\n> 公告"),
            "同意。",
        ),
        (
            "5-attachment.eml",
            message(
                b"x",
                "",
                &multipart(
                    "mixed",
                    &[text_part("plain", "见附件", gbk, Transfer::Base64), docx],
                ),
            ),
            "见附件",
        ),
        (
            "6-auto.eml",
            message(
                "自动回复：您好".as_bytes(),
                "Auto-Submitted: auto-replied\r\n",
                &text_part("plain", "我在休假。", PLAIN_UTF8, Transfer::Base64),
            ),
            "我在休假。",
        ),
    ];
    messages
        .into_iter()
        .map(|(name, raw, text)| {
            let path = folder.join(name);
            std::fs::write(&path, raw).unwrap();
            (path, text)
        })
        .collect()
}

#[test]
fn saved_messages_read_as_they_were_written() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("letters");
    std::fs::create_dir_all(&folder).unwrap();
    let written = write_fixtures(&folder);
    assert_eq!(written.len(), 6);
    for (path, text) in written {
        assert_eq!(
            read_letter(&std::fs::read(&path).unwrap()).text,
            text,
            "{}",
            path.display()
        );
    }
}
