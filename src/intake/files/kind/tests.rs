//! Files are told by what they hold; what could run, hide something or be two things is not taken.
#![allow(clippy::unwrap_used)]

use super::*;
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn types(main: &str) -> String {
    format!(r#"<Types><Override PartName="/x" ContentType="application/{main}"/></Types>"#)
}

fn office(main: &str) -> Vec<u8> {
    packed(&[
        ("[Content_Types].xml", &types(main)),
        ("word/document.xml", "<w/>"),
    ])
}

const WORD: &str = "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

fn compound(stream: &str) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream(stream)
        .unwrap()
        .write_all(&[1; 64])
        .unwrap();
    file.into_inner().into_inner()
}

fn pdf() -> Vec<u8> {
    b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
        .to_vec()
}

fn picture(format: image::ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(3, 2)
        .write_to(&mut out, format)
        .unwrap();
    out.into_inner()
}

fn joined(first: &[u8], second: &[u8]) -> Vec<u8> {
    [first, second].concat()
}

#[test]
fn documents_and_pictures_are_known_whatever_they_are_called() {
    use image::ImageFormat;
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\0".to_vec();
    let open = "application/vnd.oasis.opendocument.text";
    let (gb, _, _) = encoding_rs::GB18030.encode("楼道里的灯也请一起换。");
    for (bytes, kind) in [
        (picture(ImageFormat::Jpeg), FileKind::Jpeg),
        (picture(ImageFormat::Png), FileKind::Png),
        (picture(ImageFormat::Gif), FileKind::Gif),
        (picture(ImageFormat::WebP), FileKind::WebP),
        (heic, FileKind::Heif),
        (pdf(), FileKind::Pdf),
        (office(WORD), FileKind::Docx),
        (
            office("vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
            FileKind::Xlsx,
        ),
        (
            office("vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"),
            FileKind::Pptx,
        ),
        (
            packed(&[
                ("mimetype", open),
                ("content.xml", "<x/>"),
                ("META-INF/manifest.xml", "<x/>"),
            ]),
            FileKind::Odt,
        ),
        (
            packed(&[("OFD.xml", "<x/>"), ("Doc_0/Document.xml", "<x/>")]),
            FileKind::Ofd,
        ),
        (compound("WordDocument"), FileKind::Doc),
        (compound("Workbook"), FileKind::Xls),
        (compound("PowerPoint Document"), FileKind::Ppt),
        (b"{\\rtf1\\ansi words}".to_vec(), FileKind::Rtf),
        (
            "意见：\r\n\t路灯太暗。MZ < 3".as_bytes().to_vec(),
            FileKind::Text,
        ),
        ("\u{FEFF}有签名的文本".as_bytes().to_vec(), FileKind::Text),
        // The first two bytes of a program, and those of a bitmap: words all the same.
        (b"MZ is how the street begins".to_vec(), FileKind::Text),
        (b"BM road 12".to_vec(), FileKind::Text),
        (gb.into_owned(), FileKind::Text),
    ] {
        for name in ["照片.jpg", "virus.exe.pdf", "没有扩展名", ""] {
            assert_eq!(kind_of(name, &bytes), Ok(kind), "{name}");
        }
    }
}

#[test]
fn what_runs_or_cannot_be_looked_into_is_refused() {
    let program = joined(b"MZ\x90\0\x03\0\0\0", &[0; 64]);
    let elf = joined(b"\x7fELF\x02\x01\x01\0", &[0; 64]);
    let macros = packed(&[
        ("[Content_Types].xml", &types(WORD)),
        ("word/vbaProject.bin", "x"),
    ]);
    let with_macros = types("vnd.ms-word.document.macroEnabled.main+xml");
    for (bytes, refusal) in [
        (vec![], Refusal::Empty),
        (program, Refusal::Program),
        (elf, Refusal::Program),
        (b"#!/bin/sh\nrm -rf /\n".to_vec(), Refusal::Script),
        (b"<!DOCTYPE html><p>x".to_vec(), Refusal::Markup),
        (b" \r\n<script>alert(1)</script>".to_vec(), Refusal::Markup),
        (
            "\u{FEFF}<svg xmlns='x' onload='alert(1)'/>"
                .as_bytes()
                .to_vec(),
            Refusal::Markup,
        ),
        (b"<?xml version='1.0'?><x/>".to_vec(), Refusal::Markup),
        (
            b"words first, then <html><script>x</script>".to_vec(),
            Refusal::Markup,
        ),
        (packed(&[("意见.txt", "x")]), Refusal::Archive),
        (
            joined(b"7z\xBC\xAF\x27\x1C\0\x04", &[0; 64]),
            Refusal::Archive,
        ),
        (joined(b"Rar!\x1A\x07\x01\0", &[0; 64]), Refusal::Archive),
        (joined(b"ID3\x04\0\0\0\0\0\0", &[0; 64]), Refusal::Media),
        (macros, Refusal::Macros),
        (
            packed(&[("[Content_Types].xml", &with_macros)]),
            Refusal::Macros,
        ),
        (compound("EncryptedPackage"), Refusal::Locked),
        (compound("Contents"), Refusal::Unknown),
        (b"PK\x03\x04 cut short".to_vec(), Refusal::Broken),
        (
            joined(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], &[0; 40]),
            Refusal::Broken,
        ),
        (b"text\0with nought".to_vec(), Refusal::Unknown),
        (b"text \x1b[31m with control".to_vec(), Refusal::Unknown),
        (vec![0xFF; 40], Refusal::Unknown),
    ] {
        for name in ["意见.docx", "照片.jpg", "a.txt"] {
            assert_eq!(kind_of(name, &bytes), Err(refusal), "{:?}", bytes.get(..12));
        }
    }
    for name in ["run.bat", "run.PS1", "x.js", "x.vbs", "x.hta", "x.php"] {
        assert_eq!(kind_of(name, b"echo hello"), Err(Refusal::Script), "{name}");
    }
}

#[test]
fn a_file_that_is_two_kinds_at_once_is_refused() {
    let archive = packed(&[("META-INF/MANIFEST.MF", "Main-Class: X"), ("X.class", "x")]);
    let runs = packed(&[
        ("[Content_Types].xml", &types(WORD)),
        ("META-INF/MANIFEST.MF", "Main-Class: X"),
    ]);
    let mut page_in_head = b"%PDF-1.7\n%<html><script>alert(1)</script>\n".to_vec();
    page_in_head.extend(pdf());
    for bytes in [
        joined(&pdf(), &archive),
        joined(&compound("WordDocument"), &archive),
        joined(b"{\\rtf1 words}", &archive),
        joined(&office(WORD), b"MZ more behind it"),
        joined(&office(WORD), &archive),
        runs,
        page_in_head,
        b"{\\rtf1 <script>alert(1)</script>}".to_vec(),
    ] {
        assert_eq!(
            kind_of("报告.pdf", &bytes),
            Err(Refusal::Mixed),
            "{:?}",
            bytes.get(..12)
        );
    }
    // A page that a PDF is hidden behind is a page.
    let behind = joined(b"<html><!--", &pdf());
    assert!(matches!(
        kind_of("a.pdf", &behind),
        Err(Refusal::Markup | Refusal::Unknown)
    ));
    // An archive behind a picture (GIFAR) goes when the picture is made anew.
    let gifar = joined(&picture(image::ImageFormat::Gif), &archive);
    assert_eq!(kind_of("a.gif", &gifar), Ok(FileKind::Gif));
    let (_, anew) = super::super::picture::anew(FileKind::Gif, &gifar).unwrap();
    assert!(!anew.windows(4).any(|four| four == b"PK\x03\x04"));
}

#[test]
fn every_refusal_says_which_file_in_both_languages() {
    for refusal in [
        Refusal::Empty,
        Refusal::Program,
        Refusal::Script,
        Refusal::Markup,
        Refusal::Archive,
        Refusal::Media,
        Refusal::Macros,
        Refusal::Locked,
        Refusal::Mixed,
        Refusal::Moving,
        Refusal::TooManyDots,
        Refusal::Broken,
        Refusal::Unknown,
    ] {
        let said = refusal.of("报告.pdf").both().clone();
        assert!(said.zh.starts_with("“报告.pdf”没有接收："), "{}", said.zh);
        assert!(
            said.en.starts_with("“报告.pdf” was not taken: "),
            "{}",
            said.en
        );
    }
}
