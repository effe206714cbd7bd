//! Letters whose words are in a file: 见附件.

use crate::builder::*;
use crate::corpus::draft::draft;
use jianyan::intake::model::span::Part;
use jianyan::intake::reading::{Convert, read, read_at_once};
use jianyan::mail::inbound::pointer::{Pointer, pointer};
use jianyan::mail::inbound::{Desk, Letter};
use std::io::{Cursor, Write};
use zip::write::{SimpleFileOptions, ZipWriter};

const WORDS: &str = "修改意见\n1、第7条大件垃圾清运次数太少。\n2、第8条应写明举报电话。\n单位：青禾社区居委会\n联系人：孟清和\n电话：0900-5550123";

fn desk() -> Desk {
    Desk {
        places: draft(),
        ..Desk::default()
    }
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn docx(text: &str) -> Vec<u8> {
    let body: String = text
        .lines()
        .map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>"))
        .collect();
    let document = format!(
        "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>{body}</w:body></w:document>"
    );
    zipped(&[
        (
            "[Content_Types].xml",
            b"<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
        ),
        ("word/document.xml", document.as_bytes()),
    ])
}

fn xlsx(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in rows.iter().enumerate() {
        for (column, text) in cells.iter().enumerate() {
            sheet
                .write_string(row as u32, column as u16, *text)
                .unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

/// A page of one font that names characters by UCS-2.
fn pdf(text: &str) -> Vec<u8> {
    let shown: String = text
        .lines()
        .enumerate()
        .map(|(at, line)| {
            let hex: String = line
                .encode_utf16()
                .map(|unit| format!("{unit:04X}"))
                .collect();
            format!("1 0 0 1 70 {} Tm <{hex}> Tj ", 700 - 20 * at)
        })
        .collect();
    let content = format!("BT /F1 12 Tf {shown}ET");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1/Resources<</Font<</F1 5 0 R>>>>>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/Contents 4 0 R>>".to_owned(),
        format!("<</Length {}>>stream\n{content}\nendstream", content.len()),
        "<</Type/Font/Subtype/Type0/Encoding/UniGB-UCS2-H/DescendantFonts[<</DW 1000>>]>>"
            .to_owned(),
    ];
    let mut out = "%PDF-1.4\n".to_owned();
    for (at, object) in objects.iter().enumerate() {
        out += &format!("{} 0 obj\n{object}\nendobj\n", at + 1);
    }
    (out + "trailer<</Root 1 0 R>>\n%%EOF").into_bytes()
}

fn with_file(body: &str, name: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!(
        "Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=\"{}\"",
        word(name, encoding_rs::UTF_8, "utf-8")
    );
    message(
        b"x",
        "",
        &multipart(
            "mixed",
            &[
                text_part("plain", body, PLAIN_UTF8, Transfer::Base64),
                attachment(head.as_bytes(), bytes),
            ],
        ),
    )
}

fn sections(letter: &Letter) -> Vec<Option<&str>> {
    letter
        .remarks
        .iter()
        .map(|remark| remark.section.as_deref())
        .collect()
}

fn warned(letter: &Letter, code: &str) -> bool {
    letter.warnings.iter().any(|warning| warning.code == code)
}

#[test]
fn the_file_is_the_letter_when_the_message_only_points_to_it() {
    for (name, bytes) in [
        ("意见.docx", docx(WORDS)),
        ("意见.txt", WORDS.as_bytes().to_vec()),
        ("意见.pdf", pdf(WORDS)),
    ] {
        for body in [
            "见附件",
            "您好：\n意见见附件，请查收。谢谢！\n此致\n敬礼",
            "Please see attached.",
            "",
        ] {
            let letter = read_at_once(&with_file(body, name, &bytes), &desk());
            assert_eq!(
                sections(&letter),
                [Some("二/(三)/7"), Some("二/(三)/8")],
                "{name} {body}: {letter:?}"
            );
            assert!(letter.text.contains("第8条应写明举报电话"), "{name} {body}");
            assert!(letter.text.starts_with(body), "{name} {body}");
            assert_eq!(
                letter.contact.name.as_deref(),
                Some("孟清和"),
                "{name} {body}"
            );
            assert_eq!(letter.contact.phones[0].normalised, "0900-5550123");
            assert!(warned(&letter, "attached-letter") && !warned(&letter, "see-attachment"));
            let attached = &letter.attached[0];
            assert_eq!((&*attached.name, attached.own_words), (name, true));
            let at = letter.remarks[0].evidence_at.clone().unwrap();
            assert_eq!(
                (at.part, at.file.as_deref()),
                (Part::Attachment, Some(name))
            );
            let there: String = attached
                .text
                .chars()
                .skip(at.start)
                .take(at.end - at.start)
                .collect();
            assert_eq!(Some(there), letter.remarks[0].evidence);
            let phone = letter
                .contact
                .evidence
                .iter()
                .find(|one| one.what == "phone")
                .unwrap();
            assert_eq!(
                (phone.span.part, phone.span.file.as_deref()),
                (Part::Attachment, Some(name))
            );
        }
    }
}

#[test]
fn a_workbook_is_read_row_by_row() {
    let bytes = xlsx(&[
        &["序号", "条款", "意见"],
        &["1", "第7条", "大件垃圾清运次数太少"],
        &["2", "第8条", "应写明举报电话"],
    ]);
    let letter = read_at_once(&with_file("意见详见附件", "汇总.xlsx", &bytes), &desk());
    assert_eq!(
        letter.attached[0].text,
        "序号\t条款\t意见\n1\t第7条\t大件垃圾清运次数太少\n2\t第8条\t应写明举报电话"
    );
    assert_eq!(sections(&letter), [Some("二/(三)/7"), Some("二/(三)/8")]);
}

#[test]
fn words_of_its_own_come_first() {
    let body = "第3条收费标准应当听证后再公示，并且每年公布一次收入和支出。\n其余意见详见附件。";
    let letter = read_at_once(&with_file(body, "意见.docx", &docx(WORDS)), &desk());
    assert_eq!(
        sections(&letter),
        [Some("二/(一)/3"), Some("二/(三)/7"), Some("二/(三)/8")]
    );
    assert!(warned(&letter, "attached-also"));
    let proof = "第3条收费标准应当听证后再公示，照片在附件里。";
    let letter = read_at_once(&with_file(proof, "意见.docx", &docx(WORDS)), &desk());
    assert_eq!(sections(&letter), [Some("二/(一)/3")]);
    assert!(letter.attached.is_empty());
}

#[test]
fn what_cannot_be_read_stays_a_file_and_says_so() {
    let bomb = {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["xl/workbook.xml", "xl/worksheets/sheet1.xml"] {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            for _ in 0..40 {
                zip.write_all(&vec![b' '; 1 << 20]).unwrap();
            }
        }
        zip.finish().unwrap().into_inner()
    };
    assert!(bomb.len() < 1 << 20);
    for (name, bytes) in [
        ("意见.xlsx", bomb),
        ("意见.docx", b"PK\x03\x04broken".to_vec()),
        ("意见.zip", zipped(&[("a.txt", WORDS.as_bytes())])),
        (
            "意见.doc",
            [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), vec![0; 2000]].concat(),
        ),
    ] {
        let letter = read_at_once(&with_file("见附件", name, &bytes), &desk());
        assert!(
            letter.attached.is_empty() && warned(&letter, "attached-unread"),
            "{name}"
        );
        assert_eq!(
            (&*letter.text, letter.attachments.len()),
            ("见附件", 1),
            "{name}"
        );
    }
}

#[test]
fn the_draft_sent_back_is_no_opinion() {
    let draft: String = crate::corpus::draft::file();
    let letter = read_at_once(
        &with_file("修改意见见附件", "方案.txt", draft.as_bytes()),
        &desk(),
    );
    assert!(warned(&letter, "attached-draft"), "{:?}", letter.warnings);
    assert!(!letter.attached[0].own_words && letter.text == "修改意见见附件");
}

#[test]
fn an_old_word_document_is_converted_where_it_can_be() {
    let program = std::process::Command::new("soffice")
        .arg("--version")
        .output();
    if program.is_err() {
        println!("SKIPPED: LibreOffice is not here");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), format!("\u{feff}{WORDS}")).unwrap();
    let made = std::process::Command::new("soffice")
        .arg(format!(
            "-env:UserInstallation=file://{}/profile",
            folder.path().display()
        ))
        .args(["--headless", "--convert-to", "doc", "--outdir"])
        .arg(folder.path())
        .arg(folder.path().join("a.txt"))
        .output()
        .unwrap();
    assert!(made.status.success());
    let bytes = std::fs::read(folder.path().join("a.doc")).unwrap();
    let letter = read(
        &with_file("见附件", "意见.doc", &bytes),
        &desk(),
        Convert::Isolated,
    );
    assert_eq!(
        sections(&letter),
        [Some("二/(三)/7"), Some("二/(三)/8")],
        "{:?}",
        letter.warnings
    );
    let letter = read_at_once(&with_file("见附件", "意见.doc", &bytes), &desk());
    assert!(warned(&letter, "attached-unread"));
}

#[test]
fn pointers_and_opinions_about_attachments() {
    for text in [
        "见附件",
        "详见附件。",
        "您好，我的意见和建议在附件里，请查收。\n张三\n19900001234",
        "尊敬的领导：\n附件是我单位对征求意见稿的反馈意见，请审阅。\n示例市质量协会\n2025年6月10日",
        "Hi,\nPlease find attached my comments.\nBest regards,\nJohn Carver",
        "請見附件",
        "意見如附檔，謝謝。",
    ] {
        assert_eq!(pointer(text), Some(Pointer::Only), "{text}");
    }
    for text in [
        "附件1第8条应当增加检测点。",
        "附件打不开，请重新发布。",
        "同意。",
        "建议把附件下载链接放在首页。",
        "",
    ] {
        assert_eq!(pointer(text), None, "{text}");
    }
}
