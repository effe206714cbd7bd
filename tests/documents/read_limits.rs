//! Files that are broken, hostile or too large: one line that says what, and nothing else.

use crate::files::{Docx, WORD, p, read, refusal, zip};
use jianyan::documents::read::Limits;
use jianyan::error::Kind;
use jianyan::words::Lang;

const TYPES: (&str, &[u8]) = ("[Content_Types].xml", b"<a/>");

fn said(name: &str, bytes: &[u8]) -> String {
    refusal(name, bytes, &Limits::default())
        .message(Lang::Zh)
        .to_owned()
}

fn with(document: &str) -> Vec<u8> {
    zip(&[TYPES, ("word/document.xml", document.as_bytes())])
}

fn document(body: &str) -> String {
    format!("<w:document xmlns:w=\"{WORD}\"><w:body>{body}</w:body></w:document>")
}

#[test]
fn other_containers_are_named() {
    for (entries, word) in [
        (vec![TYPES, ("xl/workbook.xml", b"<a/>" as &[u8])], "xlsx"),
        (vec![TYPES, ("ppt/presentation.xml", b"<a/>")], "pptx"),
        (vec![("a.txt", b"a")], "压缩包"),
        (
            vec![
                TYPES,
                ("word/document.xml", b"<a/>"),
                ("word/vbaProject.bin", b"x"),
            ],
            "宏",
        ),
        (vec![TYPES], "正文部分"),
        (
            vec![
                TYPES,
                ("word/document.xml", b"<a/>"),
                ("WORD\\Document.xml", b"<a/>"),
            ],
            "同名",
        ),
    ] {
        let message = said("plan.docx", &zip(&entries));
        assert!(message.contains(word), "{message}");
    }
    // The first entry of an OpenDocument file is not packed, so that its bytes tell what it is.
    let mut sheet = b"PK\x03\x04".to_vec();
    sheet.extend([0; 26]);
    sheet.extend(b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet");
    assert!(said("plan.docx", &sheet).contains("ods"));
}

#[test]
fn a_name_that_stands_twice_is_refused() {
    // Written under two names of one length, of which the second is then made the first.
    let bytes = zip(&[
        TYPES,
        ("word/document.xml", b"<a/>"),
        ("word/documenu.xml", b"<b/>"),
    ]);
    let text = b"documenu";
    let mut doubled = bytes.clone();
    for at in 0..bytes.len() - text.len() {
        if bytes[at..].starts_with(text) {
            doubled[at..at + text.len()].copy_from_slice(b"document");
        }
    }
    assert!(said("plan.docx", &doubled).contains("同名"));
}

#[test]
fn passwords_are_named() {
    let wide = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let mut locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    locked.extend([0; 600]);
    locked.extend(wide("EncryptedPackage"));
    assert!(said("plan.docx", &locked).contains("密码"));
    let mut old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    old.resize(512, 0);
    old.extend(b"\xec\xa5\xc1\0\0\0\0\0\0\0\0\x01");
    old.resize(1024, 0);
    old.extend(wide("WordDocument"));
    assert!(said("plan.doc", &old).contains("密码"));
    let pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj trailer<</Root 1 0 R/Encrypt 2 0 R>>";
    assert!(said("plan.pdf", pdf).contains("密码"));
}

#[test]
fn broken_xml_names_part_and_place() {
    for (body, word) in [
        ("<w:p></w:q>", "不是有效的XML"),
        ("<w:p>", "不是有效的XML"),
        ("<w:p><w:r><w:t>&unknown;</w:t></w:r></w:p>", "未知的实体"),
    ] {
        let message = said("plan.docx", &with(&document(body)));
        assert!(
            message.contains(word) && message.contains("word/document.xml"),
            "{message}"
        );
    }
    let cut = document(&p("甲"));
    let message = said("plan.docx", &with(&cut[..cut.len() - 30]));
    assert!(message.contains("word/document.xml"), "{message}");
    assert!(said("plan.docx", b"MZ\x90\0\x03").contains("Windows程序"));
    let whole = Docx::of(&p("甲")).bytes();
    assert!(said("plan.docx", &whole[..whole.len() / 2]).contains("容器已损坏"));
}

#[test]
fn entities_are_never_expanded() {
    let laughs: String = (1..10)
        .map(|n| format!("<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(10)))
        .collect();
    let bomb = format!(
        "<!DOCTYPE x [<!ENTITY a0 \"ha\">{laughs}]>{}",
        document(&p("甲"))
    );
    assert!(said("plan.docx", &with(&bomb)).contains("文档类型声明"));
    let outside = format!(
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>{}",
        document("<w:p><w:r><w:t>&e;</w:t></w:r></w:p>")
    );
    assert!(said("plan.docx", &with(&outside)).contains("文档类型声明"));
    // Web pages print what they do not know.
    assert_eq!(read("a.html", "<html><p>甲&e;".as_bytes()).text, "甲&e;\n");
}

#[test]
fn nothing_nests_without_end() {
    let deep = document(&("<w:p>".to_owned() + &"<w:smartTag>".repeat(1000)));
    assert!(said("plan.docx", &with(&deep)).contains("嵌套过深"));
    let boxes = document(&"<w:p><w:r><w:txbxContent>".repeat(60));
    assert!(said("plan.docx", &with(&boxes)).contains("word/document.xml"));
}

#[test]
fn each_limit_holds() {
    let usual = Limits::default();
    let document = |limits: &Limits, bytes: &[u8]| {
        let error = refusal("plan.docx", bytes, limits);
        assert_eq!(error.kind(), Kind::TooLarge, "{error}");
    };
    let plain = Docx::of(&p("甲"));
    document(
        &Limits {
            file_bytes: 100,
            ..usual.clone()
        },
        &plain.bytes(),
    );
    document(
        &Limits {
            parts: 5,
            ..usual.clone()
        },
        &plain.bytes(),
    );
    document(
        &Limits {
            expanded_bytes: 500,
            ..usual.clone()
        },
        &plain.bytes(),
    );
    // Small outside: counted while it is unpacked, whatever the header says.
    let bomb = Docx::of(&p(&"a".repeat(20_000_000))).bytes();
    assert!(bomb.len() < 100_000, "{}", bomb.len());
    document(
        &Limits {
            expanded_bytes: 5_000_000,
            ..usual.clone()
        },
        &bomb,
    );
    let cells = "<w:tbl><w:tr><w:tc>".to_owned() + &p("甲").repeat(100_000);
    let cells = Docx::of(&(cells + "</w:tc></w:tr></w:tbl>")).bytes();
    document(
        &Limits {
            expanded_bytes: 5_000_000,
            ..usual.clone()
        },
        &cells,
    );
    let page = format!("<html>{}", "<p>甲".repeat(100_000));
    let small = Limits {
        expanded_bytes: 200_000,
        ..usual.clone()
    };
    assert_eq!(
        refusal("a.html", page.as_bytes(), &small).kind(),
        Kind::TooLarge
    );
    assert_eq!(
        refusal("a.txt", page.as_bytes(), &small).kind(),
        Kind::TooLarge
    );
    assert_eq!(
        refusal("a.md", page.as_bytes(), &small).kind(),
        Kind::TooLarge
    );
    // The usual limit of a file is 20 MiB: 200 MB are refused before they are looked at.
    assert_eq!(
        refusal("a.txt", &vec![b'a'; 200_000_000], &usual).kind(),
        Kind::TooLarge
    );
}

#[test]
fn pictures_are_limited() {
    let one = "<w:p><w:r><w:drawing><a:blip xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" r:embed=\"p0\"/><a:blip r:embed=\"p1\"/></w:drawing></w:r></w:p>";
    let document = Docx {
        body: one.to_owned(),
        relations: (0..2)
            .map(|n| format!("<Relationship Id=\"p{n}\" Type=\"x/image\" Target=\"{n}.png\"/>"))
            .collect(),
        more: (0..2)
            .map(|n| (format!("word/{n}.png"), b"\x89PNG\r\n\x1a\n".to_vec()))
            .collect(),
        ..Docx::default()
    };
    assert_eq!(document.read().images.len(), 2);
    let limits = Limits {
        images: 1,
        ..Limits::default()
    };
    assert_eq!(
        refusal("plan.docx", &document.bytes(), &limits).kind(),
        Kind::TooLarge
    );
}

#[test]
fn odd_names_of_parts_lead_nowhere() {
    // An absolute path and one that climbs are only names: nothing is written anywhere.
    let document = Docx {
        more: vec![
            ("/etc/jianyan-test".to_owned(), b"x".to_vec()),
            ("../../jianyan-test".to_owned(), b"x".to_vec()),
        ],
        ..Docx::of(&p("甲"))
    };
    assert_eq!(document.read().text, "甲\n");
    assert!(!std::path::Path::new("/etc/jianyan-test").exists());
}
