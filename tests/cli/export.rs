//! `export`: every format and edition, and nothing half-written.

use crate::support::notice::NOTICE;
use crate::support::process::{Done, Installation};

const AS_OF: &str = "2025-07-05T10:00:00+08:00";

fn with_a_letter() -> Installation {
    let here = Installation::new();
    here.file("notice.txt", NOTICE);
    here.run(&["import", "notice.txt", "--slug", "plan"]).good();
    here.file(
        "one.eml",
        "Received: from mx by mail.example.org; Tue, 10 Jun 2025 09:30:00 +0800\r\nFrom: =?utf-8?B?6Z+p56uL5aSP?= <hanlixia@example.com>\r\n\
         To: loudao@example.org\r\nMessage-ID: <one@example.com>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n请多装几盏灯。\r\n",
    );
    here.run(&["mail", "import", "one.eml"]).good();
    here
}

fn export(here: &Installation, format: &str, edition: &str, output: &str) -> Done {
    here.run(&[
        "export",
        "plan",
        "--format",
        format,
        "--edition",
        edition,
        "--output",
        output,
        "--as-of",
        AS_OF,
    ])
}

#[test]
fn every_format_and_edition_the_same_twice() {
    let here = with_a_letter();
    for format in ["csv", "xlsx", "docx"] {
        for edition in ["public", "archive"] {
            let (one, two) = (format!("one.{format}"), format!("two.{format}"));
            assert_eq!(
                export(&here, format, edition, &one).good(),
                format!("wrote {one}: 1 opinions, 1 not answered yet\n")
            );
            export(&here, format, edition, &two).good();
            let bytes = |name: &str| std::fs::read(here.path().join(name)).unwrap();
            assert_eq!(bytes(&one), bytes(&two), "{format} {edition}");
            if format == "csv" {
                let text = String::from_utf8(bytes(&one)).unwrap();
                assert!(text.contains("请多装几盏灯"));
                assert_eq!(text.contains("hanlixia@example.com"), edition == "archive");
            } else {
                assert!(bytes(&one).starts_with(b"PK\x03\x04"));
            }
        }
    }
    here.run(&["export", "plan", "--format", "csv", "--output", "now.csv"])
        .good();
}

#[test]
fn what_cannot_be_written_leaves_nothing() {
    let here = with_a_letter();
    std::fs::create_dir(here.path().join("folder")).unwrap();
    here.file("folder/inside.txt", "x");
    let before = here.listing();
    for (arguments, says) in [
        (
            &["export", "none", "--format", "csv", "--output", "x.csv"][..],
            "none",
        ),
        (
            &["export", "NO/PE", "--format", "csv", "--output", "x.csv"],
            "NO/PE",
        ),
        (
            &["export", "plan", "--format", "doc", "--output", "x.doc"],
            "xlsx, csv or docx",
        ),
        (
            &[
                "export",
                "plan",
                "--format",
                "csv",
                "--edition",
                "secret",
                "--output",
                "x.csv",
            ],
            "public or archive",
        ),
        (
            &[
                "export", "plan", "--format", "csv", "--output", "x.csv", "--as-of", "gestern",
            ],
            "gestern",
        ),
        (
            &[
                "export",
                "plan",
                "--format",
                "csv",
                "--output",
                "missing/x.csv",
            ],
            "missing/x.csv",
        ),
        (
            &["export", "plan", "--format", "xlsx", "--output", "folder"],
            "folder",
        ),
        (
            &[
                "export",
                "plan",
                "--format",
                "docx",
                "--output",
                "notice.txt/x.docx",
            ],
            "notice.txt/x.docx",
        ),
    ] {
        let done = here.run(arguments);
        assert!(done.refusal().contains(says), "{done:?}");
        assert_eq!(here.listing(), before, "{arguments:?}");
    }
    assert_eq!(
        std::fs::read_to_string(here.path().join("notice.txt")).unwrap(),
        NOTICE
    );
}

#[test]
fn an_older_file_is_replaced_whole() {
    let here = with_a_letter();
    here.file("x.csv", "from last week");
    export(&here, "csv", "public", "x.csv").good();
    let text = std::fs::read_to_string(here.path().join("x.csv")).unwrap();
    assert!(text.contains("请多装几盏灯") && !text.contains("last week"));
}
