//! Formats that LibreOffice converts, made by LibreOffice from a document of ours.

use crate::files::{Docx, codes, p, read, refusal};
use jianyan::documents::read::{Format, Limits};
use jianyan::error::Kind;
use jianyan::words::Lang;
use std::process::{Command, Stdio};

/// Our document in another format; none where there is no LibreOffice.
fn converted(to: &str) -> Option<(Docx, Vec<u8>)> {
    let level = "<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCountingThousand\"/><w:suff w:val=\"nothing\"/><w:lvlText w:val=\"%1、\"/></w:lvl>";
    let item = |text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let document = Docx {
        numbering: format!(
            "<w:abstractNum w:abstractNumId=\"0\">{level}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>"
        ),
        body: p("松涧区书屋建设方案")
            + &item("总体要求")
            + &p("建设书屋。")
            + &item("主要任务")
            + "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w=\"2000\"/><w:gridCol w:w=\"2000\"/></w:tblGrid><w:tr><w:tc><w:p><w:r><w:t>序号</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>任务</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
            + &p("尾段。"),
        ..Docx::default()
    };
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("plan.docx");
    std::fs::write(&source, document.bytes()).unwrap();
    let run = Command::new("soffice")
        .arg(format!(
            "-env:UserInstallation=file://{}/profile",
            folder.path().display()
        ))
        .args(["--headless", "--convert-to", to, "--outdir"])
        .args([folder.path(), &source])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if run.is_err() {
        println!("SKIPPED: no LibreOffice, so .{to} was not tried");
        return None;
    }
    let made = std::fs::read(folder.path().join("plan").with_extension(to)).unwrap();
    Some((document, made))
}

fn same_words(to: &str, name: &str, format: Format) {
    let Some((document, bytes)) = converted(to) else {
        return;
    };
    let source = read(name, &bytes);
    assert_eq!(source.format, format);
    let words = |text: &str| -> Vec<String> {
        text.lines()
            .map(|line| line.trim().to_owned())
            .filter(|line| !line.is_empty())
            .collect()
    };
    assert_eq!(words(&source.text), words(&document.read().text));
    assert_ne!(source.sha256, document.read().sha256);
}

#[test]
fn old_word_documents() {
    same_words("doc", "plan.doc", Format::Doc);
}

#[test]
fn documents_of_wps_are_old_word_documents_of_another_name() {
    same_words("doc", "plan.wps", Format::Wps);
}

#[test]
fn opendocument_texts() {
    same_words("odt", "plan.odt", Format::Odt);
}

#[test]
fn pdf_files_as_an_office_makes_them() {
    let Some((document, bytes)) = converted("pdf") else {
        return;
    };
    let source = read("plan.pdf", &bytes);
    let plain = |text: &str| text.replace(['\t', ' ', '\n'], "");
    assert_eq!(plain(&source.text), plain(&document.read().text));
    assert_eq!(codes(&source), [("pdf-text-layer", 1)]);
}

#[test]
fn a_conversion_that_is_late_is_stopped() {
    let Some((_, bytes)) = converted("odt") else {
        return;
    };
    let limits = Limits {
        convert_seconds: 0,
        ..Limits::default()
    };
    let error = refusal("plan.odt", &bytes, &limits);
    assert_eq!(error.kind(), Kind::Unavailable);
    assert!(error.message(Lang::Zh).contains("另存为.docx"));
}
