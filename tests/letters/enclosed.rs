//! Messages inside messages, winmail.dat, signed and encrypted mail.

use crate::builder::*;
use encoding_rs::GBK;
use jianyan::mail::inbound::words::Reason;
use jianyan::mail::inbound::{Letter, read_letter};

fn warned(letter: &Letter, code: &str) -> bool {
    letter.warnings.iter().any(|warning| warning.code == code)
}

fn inner(text: &str) -> Vec<u8> {
    let mut part = b"Content-Type: message/rfc822\r\n\r\nFrom: li@example.net\r\nSubject: =?utf-8?B?5oSP6KeB?=\r\n".to_vec();
    part.extend(text_part("plain", text, PLAIN_UTF8, Transfer::Base64));
    part
}

#[test]
fn a_letter_that_is_a_message_forwarded_as_an_attachment() {
    for body in ["", "请看附件。"] {
        let text = text_part("plain", body, PLAIN_UTF8, Transfer::Base64);
        let raw = message(
            b"Fwd",
            "",
            &multipart("mixed", &[text, inner("建议增加检测点。\n> 旧的")]),
        );
        let letter = read_letter(&raw);
        assert_eq!(letter.attachments[0].name, "意见.eml");
        assert_eq!(letter.attached[0].text, "建议增加检测点。", "{body}");
        assert!(letter.attached[0].own_words && letter.text.ends_with("建议增加检测点。"));
        assert_eq!(letter.remarks.len(), 1);
        assert_eq!(letter.remarks[0].text, "建议增加检测点。");
        assert!(warned(&letter, "forwarded-attached"));
    }
}

#[test]
fn a_message_attached_beside_words_is_shown_and_not_taken() {
    let text = text_part(
        "plain",
        "我同意他的看法，第3条收费太高。",
        PLAIN_UTF8,
        Transfer::Base64,
    );
    let raw = message(
        b"x",
        "",
        &multipart("mixed", &[text, inner("建议增加检测点。")]),
    );
    let letter = read_letter(&raw);
    assert_eq!(letter.text, "我同意他的看法，第3条收费太高。");
    assert!(!letter.attached[0].own_words && letter.remarks.len() == 1);
    assert_eq!(letter.attached[0].text, "建议增加检测点。");
}

/// One attribute of a winmail.dat.
fn attribute(level: u8, number: u16, data: &[u8]) -> Vec<u8> {
    let sum = data
        .iter()
        .fold(0_u16, |sum, &byte| sum.wrapping_add(u16::from(byte)));
    let mut out = vec![level];
    out.extend(number.to_le_bytes());
    out.extend([6, 0]);
    out.extend((data.len() as u32).to_le_bytes());
    out.extend(data);
    out.extend(sum.to_le_bytes());
    out
}

/// A list of MAPI properties: type, number, bytes.
fn properties(list: &[(u16, u16, Vec<u8>)]) -> Vec<u8> {
    let mut out = (list.len() as u32).to_le_bytes().to_vec();
    for (kind, number, value) in list {
        out.extend(kind.to_le_bytes());
        out.extend(number.to_le_bytes());
        if matches!(kind, 0x1e | 0x1f | 0x102) {
            out.extend(1_u32.to_le_bytes());
            out.extend((value.len() as u32).to_le_bytes());
        }
        out.extend(value);
        out.extend(vec![0; (4 - value.len() % 4) % 4]);
    }
    out
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16()
        .chain([0])
        .flat_map(u16::to_le_bytes)
        .collect()
}

fn tnef(attributes: &[Vec<u8>]) -> Vec<u8> {
    let mut out = vec![0x78, 0x9f, 0x3e, 0x22, 1, 0];
    out.extend(attribute(1, 0x9007, &[0xa8, 0x03, 0, 0, 0, 0, 0, 0]));
    out.extend(attributes.concat());
    out
}

fn file(title: &str, long: Option<&str>, content: &[u8]) -> Vec<u8> {
    let mut out = attribute(2, 0x9002, &[1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    out.extend(attribute(
        2,
        0x8010,
        &[encode(title, GBK), vec![0]].concat(),
    ));
    out.extend(attribute(2, 0x800f, content));
    if let Some(long) = long {
        let list = [
            (0x0003, 0x3705, 1_u32.to_le_bytes().to_vec()),
            (0x001f, 0x3707, wide(long)),
        ];
        out.extend(attribute(2, 0x9005, &properties(&list)));
    }
    out
}

fn winmail(body: &str, content: &[u8]) -> Letter {
    let text = text_part("plain", body, PLAIN_UTF8, Transfer::Base64);
    let packed = attachment(
        b"Content-Type: application/ms-tnef; name=\"winmail.dat\"",
        content,
    );
    read_letter(&message(b"x", "", &multipart("mixed", &[text, packed])))
}

#[test]
fn winmail_gives_its_files_and_its_words() {
    let files = [
        file("意见~1.DOC", Some("意见和建议（第二稿）.doc"), b"words"),
        file("图.png", None, b"\x89PNG"),
    ];
    let letter = winmail("同意第8条。", &tnef(&files));
    let names: Vec<&str> = letter.attachments.iter().map(|file| &*file.name).collect();
    assert_eq!(names, ["意见和建议（第二稿）.doc", "图.png"]);
    assert_eq!(letter.attachments[0].content, b"words");
    assert_eq!(letter.text, "同意第8条。");
    assert!(!warned(&letter, "winmail"));

    let body = attribute(
        1,
        0x800c,
        &[encode("建议公开结果。", GBK), vec![0]].concat(),
    );
    assert_eq!(winmail("", &tnef(&[body])).text, "建议公开结果。");
    let list = properties(&[(0x001f, 0x1000, wide("建议增加𠮷村检测点。"))]);
    assert_eq!(
        winmail("", &tnef(&[attribute(1, 0x9003, &list)])).text,
        "建议增加𠮷村检测点。"
    );
    let html = "<p>建议延长开放时间。</p>".as_bytes().to_vec();
    let list = properties(&[(0x0102, 0x1013, html)]);
    assert!(
        winmail("", &tnef(&[attribute(1, 0x9003, &list)]))
            .text
            .contains("建议延长开放时间")
    );
}

#[test]
fn rich_text_inside_winmail_becomes_plain() {
    let rich = r"{\rtf1\ansi\ansicpg936{\fonttbl{\f0 Song;}}\uc1 \pard\'bd\'a8\'d2\'e9\u22686?\'bc\'d3\par \u20844?\u24320?{\*\htmltag <b>}\tab ok}";
    let mut packed = (rich.len() as u32 + 12).to_le_bytes().to_vec();
    packed.extend((rich.len() as u32).to_le_bytes());
    packed.extend(b"MELA\0\0\0\0");
    packed.extend(rich.as_bytes());
    let list = properties(&[(0x0102, 0x1009, packed)]);
    assert_eq!(
        winmail("", &tnef(&[attribute(1, 0x9003, &list)])).text,
        "建议增加\n公开\tok"
    );
    // The example of [MS-OXRTFCP] 3.1.1.1: a stream with references into the first dictionary.
    let packed: Vec<u8> = vec![
        0x2d, 0, 0, 0, 0x2b, 0, 0, 0, 0x4c, 0x5a, 0x46, 0x75, 0xf1, 0xc5, 0xc7, 0xa7, 0x03, 0x00,
        0x0a, 0x00, 0x72, 0x63, 0x70, 0x67, 0x31, 0x32, 0x35, 0x42, 0x32, 0x0a, 0xf3, 0x20, 0x68,
        0x65, 0x6c, 0x09, 0x00, 0x20, 0x62, 0x77, 0x05, 0xb0, 0x6c, 0x64, 0x7d, 0x0a, 0x80, 0x0f,
        0xa0,
    ];
    let list = properties(&[(0x0102, 0x1009, packed)]);
    assert_eq!(
        winmail("", &tnef(&[attribute(1, 0x9003, &list)])).text,
        "hello world"
    );
}

#[test]
fn a_broken_winmail_stays_a_file() {
    let whole = tnef(&[file("a.doc", None, b"words that are longer")]);
    for cut in [8, 20, whole.len() - 12] {
        let letter = winmail("同意。", &whole[..cut]);
        assert!(warned(&letter, "winmail"), "{cut}");
        assert!(
            letter
                .attachments
                .iter()
                .any(|file| file.name == "winmail.dat"),
            "{cut}"
        );
    }
}

#[test]
fn signed_and_encrypted_mail_loses_nothing() {
    let text = || text_part("plain", "同意第8条。", PLAIN_UTF8, Transfer::Base64);
    let signature = attachment(
        b"Content-Type: application/pkcs7-signature; name=smime.p7s",
        b"0x",
    );
    let letter = read_letter(&message(
        b"x",
        "",
        &multipart("signed", &[text(), signature]),
    ));
    assert_eq!(
        (&*letter.text, &*letter.attachments[0].name),
        ("同意第8条。", "smime.p7s")
    );
    assert!(warned(&letter, "signed"));

    for (kind, code) in [
        ("enveloped-data", "encrypted"),
        ("signed-data", "signed-opaque"),
    ] {
        let head =
            format!("Content-Type: application/pkcs7-mime; smime-type={kind}; name=smime.p7m");
        let letter = read_letter(&message(b"x", "", &attachment(head.as_bytes(), b"0x")));
        assert!(
            warned(&letter, code) && letter.attachments[0].name == "smime.p7m",
            "{kind}"
        );
    }

    let control = b"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n".to_vec();
    let body = attachment(
        b"Content-Type: application/octet-stream; name=encrypted.asc",
        b"-----BEGIN PGP MESSAGE-----",
    );
    let letter = read_letter(&message(
        b"x",
        "",
        &multipart("encrypted", &[control, body]),
    ));
    assert!(warned(&letter, "encrypted") && letter.attachments.len() == 2);

    let letter = read_letter(&plain(
        "-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----",
    ));
    assert!(warned(&letter, "encrypted") && letter.text.contains("hQEMA"));
    let letter = read_letter(&plain(
        "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n同意第8条。\n-----BEGIN PGP SIGNATURE-----\n\niQEz\n-----END PGP SIGNATURE-----",
    ));
    assert!(
        warned(&letter, "signed")
            && letter.text.contains("同意第8条。")
            && !letter.text.contains("iQEz")
    );
    assert_eq!(letter.elided[0].reason, Reason::Footer);
}

#[test]
fn pictures_in_the_text_are_inline_and_calendars_are_files() {
    let page = text_part(
        "html",
        "<p>同意<img src=\"cid:a@x\"></p>",
        PLAIN_UTF8,
        Transfer::Base64,
    );
    let picture = attachment(
        b"Content-Type: image/png; name=a.png\r\nContent-ID: <a@x>",
        b"\x89PNG",
    );
    let photo = attachment(
        b"Content-Type: image/jpeg; name=b.jpg\r\nContent-Disposition: attachment",
        b"\xff\xd8",
    );
    let meeting =
        b"Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".to_vec();
    let letter = read_letter(&message(
        b"x",
        "",
        &multipart("related", &[page, picture, photo, meeting]),
    ));
    let shown: Vec<(&str, bool)> = letter
        .attachments
        .iter()
        .map(|file| (&*file.name, file.inline))
        .collect();
    assert_eq!(
        shown,
        [("a.png", true), ("b.jpg", false), ("附件3.ics", false)]
    );
    assert_eq!(letter.automatic, None);
}
