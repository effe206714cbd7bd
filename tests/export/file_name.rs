use crate::sample::head;
use jianyan::export::file_name::{content_disposition, file_name};
use jianyan::export::model::{Edition, Format};

#[test]
fn a_download_says_what_it_is() {
    let head = head(Edition::Public, &[]);
    assert_eq!(
        file_name(&head, Format::Xlsx),
        "质量强区实施方案-意见汇总表-公开版-2025-07-05.xlsx"
    );
    let value = content_disposition(&head, Format::Docx);
    assert!(value.starts_with(
        "attachment; filename=\"opinions-public-2025-07-05.docx\"; filename*=UTF-8''%E8%B4%A8%E9%87%8F"
    ));
    assert!(value.is_ascii() && value.ends_with("-2025-07-05.docx"));
}

#[test]
fn a_hostile_title_makes_a_harmless_name() {
    let mut head = head(Edition::Archive, &[]);
    for (title, stem) in [
        ("../../etc/passwd", "etcpasswd"),
        ("《甲:乙*丙?》\r\nX-Header: 1", "甲乙丙X-Header 1"),
        ("\u{202E}fdp.方案（征求意见稿）", "fdp.方案"),
        ("《》", "公开征求意见"),
    ] {
        head.draft_title = title.to_owned();
        assert_eq!(
            file_name(&head, Format::Csv),
            format!("{stem}-意见汇总表-存档版-2025-07-05.csv")
        );
        assert!(!content_disposition(&head, Format::Csv).contains(['\r', '\n']));
    }
    head.draft_title = "很".repeat(500);
    assert!(file_name(&head, Format::Xlsx).len() <= 255);
}
