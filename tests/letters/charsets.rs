//! Headers and file names that lie about their charset.

use crate::builder::*;
use encoding_rs::{BIG5, GB18030, GBK, UTF_8};
use jianyan::mail::inbound::charset::decode;
use jianyan::mail::inbound::read_letter;

fn subject(raw: &[u8]) -> String {
    read_letter(&message(
        raw,
        "",
        &text_part("plain", "同意", PLAIN_UTF8, Transfer::Base64),
    ))
    .subject
}

#[test]
fn subjects() {
    let title = "关于质量强区方案的意见";
    let gbk = encode(title, GBK);
    let utf8 = title.as_bytes();
    let split = |bytes: &[u8], label: &str, at: usize| {
        format!(
            "=?{label}?B?{}?=\r\n =?{label}?B?{}?=",
            base64(&bytes[..at]),
            base64(&bytes[at..])
        )
    };
    let q: String = utf8.iter().map(|b| format!("={b:02X}")).collect();
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("utf-8 B", word(title, UTF_8, "UTF-8").into_bytes()),
        ("utf-8 Q", format!("=?utf-8?Q?{q}?=").into_bytes()),
        ("gb2312 label", word(title, GBK, "gb2312").into_bytes()),
        (
            "split inside a character, utf-8",
            split(utf8, "utf-8", 7).into_bytes(),
        ),
        (
            "split inside a character, gbk",
            split(&gbk, "GBK", 5).into_bytes(),
        ),
        (
            "two GB labels",
            format!(
                "=?gb2312?B?{}?= =?gb18030?B?{}?=",
                base64(&gbk[..5]),
                base64(&gbk[5..])
            )
            .into_bytes(),
        ),
        (
            "in quotes",
            format!("\"{}\"", word(title, UTF_8, "utf-8")).into_bytes(),
        ),
        (
            "no padding",
            word(title, GBK, "gbk")
                .replace("=?gbk", "\u{1}")
                .replace("==", "=")
                .replace('\u{1}', "=?gbk")
                .into_bytes(),
        ),
        ("raw gbk", gbk.clone()),
        ("raw utf-8", utf8.to_vec()),
        (
            "utf-8 under a big5 label",
            word(title, UTF_8, "big5").into_bytes(),
        ),
        (
            "gbk under a utf-8 label",
            word(title, GBK, "utf-8").into_bytes(),
        ),
        ("unknown label", word(title, GBK, "default").into_bytes()),
        (
            "language suffix",
            word(title, UTF_8, "utf-8*zh-cn").into_bytes(),
        ),
    ];
    for (name, raw) in cases {
        assert_eq!(subject(&raw).trim_matches('"'), title, "{name}");
    }
    assert_eq!(
        subject(word("關於品質強區方案的意見", BIG5, "big5").as_bytes()),
        "關於品質強區方案的意見"
    );
    assert_eq!(subject(b"=?utf-8?Q?a_b?= and =?broken"), "a b and =?broken");
}

#[test]
fn four_byte_gb18030_under_a_gb2312_label() {
    let text = "姓名㐂㛃，丁𠮷，意见：应公开。";
    assert_eq!(decode(&encode(text, GB18030), Some("gb2312")).text, text);
}

#[test]
fn real_hz_and_utf7_and_utf16() {
    assert_eq!(decode(b"~{<:Ky2;~}", Some("hz-gb-2312")).text, "己所不");
    assert_eq!(
        decode(b"+Ti1Vvb-: ok", Some("utf-7")).text.chars().next(),
        Some('中')
    );
    let utf16: Vec<u8> = "意见".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(decode(&utf16, Some("utf-16le")).text, "意见");
}

#[test]
fn gb_bytes_that_are_valid_utf8_by_accident() {
    let bytes = encode("一", GBK);
    assert!(std::str::from_utf8(&bytes).is_ok());
    assert_eq!(decode(&bytes, Some("gb2312")).text, "一");
    assert_eq!(decode("Привет, мир".as_bytes(), None).text, "Привет, мир");
}

#[test]
fn html_says_it_only_in_meta() {
    let markup = "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=gbk\"></head><body><p>建议公开</p></body></html>";
    let part = text_part(
        "html",
        markup,
        Charset {
            real: GBK,
            label: None,
        },
        Transfer::EightBit,
    );
    assert_eq!(read_letter(&message(b"x", "", &part)).text, "建议公开");
}

#[test]
fn attachment_names() {
    let name = "关于方案的修改意见（第二稿）.docx";
    let gbk = encode(name, GBK);
    let percent = |bytes: &[u8]| {
        bytes
            .iter()
            .map(|b| format!("%{b:02X}"))
            .collect::<String>()
    };
    let head = "Content-Type: application/octet-stream\r\nContent-Disposition: attachment; ";
    let join = |a: &str, b: &[u8], c: &str| [a.as_bytes(), b, c.as_bytes()].concat();
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("rfc 2231 utf-8", format!("{head}filename*=UTF-8''{}", percent(name.as_bytes())).into_bytes()),
        ("rfc 2231 gb18030", format!("{head}filename*=gb18030''{}", percent(&gbk)).into_bytes()),
        ("continued, cut in a character", format!("{head}\r\n filename*0*=GBK''{};\r\n filename*1*={}", percent(&gbk[..7]), percent(&gbk[7..])).into_bytes()),
        ("continued, out of order", format!("{head}\r\n filename*1*={};\r\n filename*0*=GBK''{}", percent(&gbk[8..]), percent(&gbk[..8])).into_bytes()),
        ("encoded-word in quotes", format!("{head}filename=\"{}\"", word(name, UTF_8, "utf-8")).into_bytes()),
        ("encoded-words in two lines", format!("{head}filename=\"{}\r\n {}\"", word("关于方案的", GBK, "gb2312"), word("修改意见（第二稿）.docx", GBK, "gb2312")).into_bytes()),
        ("raw gbk", join(&format!("{head}filename=\""), &gbk, "\"")),
        ("raw utf-8", join(&format!("{head}filename=\""), name.as_bytes(), "\"")),
        ("only in Content-Type name", format!("Content-Type: application/octet-stream; name=\"{}\"\r\nContent-Disposition: attachment", word(name, GBK, "gbk")).into_bytes()),
        ("with a path", format!("{head}filename=\"{}\"", word(&format!("C:\\我的文档\\{name}"), UTF_8, "utf-8")).into_bytes()),
        ("no quotes", join(&format!("{head}filename="), name.as_bytes(), "")),
    ];
    for (case, headers) in cases {
        let raw = message(
            b"x",
            "",
            &multipart(
                "mixed",
                &[
                    text_part("plain", "见附件", PLAIN_UTF8, Transfer::Base64),
                    attachment(&headers, b"PK-sample"),
                ],
            ),
        );
        let letter = read_letter(&raw);
        assert_eq!(letter.attachments[0].name, name, "{case}");
        assert_eq!(letter.attachments[0].content, b"PK-sample", "{case}");
        assert_eq!(letter.text, "见附件", "{case}");
        assert!(
            letter.warnings.iter().any(|w| w.code == "see-attachment"),
            "{case}"
        );
    }
}
