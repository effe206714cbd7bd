//! Files made by the tests: containers, Word documents, PDF files.

use jianyan::documents::read::{Limits, SourceText, from_bytes};
use jianyan::error::Error;
use jianyan::words::Lang;
use std::io::{Cursor, Write};
use zip::write::{SimpleFileOptions, ZipWriter};

pub const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// A picture of one point, in the PNG format.
pub const POINT: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\0\x05\0\x01\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82";

/// A container of the given entries.
pub fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in entries {
        zip.start_file(*path, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A Word document in the making: what stands in its parts.
#[derive(Clone, Default)]
pub struct Docx {
    pub body: String,
    pub numbering: String,
    pub styles: String,
    pub footnotes: String,
    pub endnotes: String,
    pub relations: String,
    pub more: Vec<(String, Vec<u8>)>,
}

impl Docx {
    pub fn of(body: &str) -> Self {
        Self {
            body: body.to_owned(),
            ..Self::default()
        }
    }

    pub fn document(&self) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
             <w:document xmlns:w=\"{WORD}\" xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" \
             xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
             xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
             xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
             xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" \
             xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\" \
             xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" \
             xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
             xmlns:v=\"urn:schemas-microsoft-com:vml\"><w:body>{}</w:body></w:document>",
            self.body
        )
    }

    pub fn bytes(&self) -> Vec<u8> {
        let document = self.document();
        let part = |name: &str, inner: &str| {
            format!(
                "<w:{name} xmlns:w=\"{WORD}\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\">{inner}</w:{name}>"
            )
        };
        let parts = [
            ("numbering", part("numbering", &self.numbering)),
            ("styles", part("styles", &self.styles)),
            ("footnotes", part("footnotes", &self.footnotes)),
            ("endnotes", part("endnotes", &self.endnotes)),
        ];
        let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let mut relations = self.relations.clone();
        let mut types = String::new();
        for (name, _) in &parts {
            relations += &format!(
                "<Relationship Id=\"{name}\" Type=\"{kind}/{name}\" Target=\"{name}.xml\"/>"
            );
            types += &format!(
                "<Override PartName=\"/word/{name}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.{name}+xml\"/>"
            );
        }
        let types = format!(
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
             <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"png\" ContentType=\"image/png\"/>\
             <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>{types}</Types>"
        );
        let package = "http://schemas.openxmlformats.org/package/2006/relationships";
        let root = format!(
            "<Relationships xmlns=\"{package}\"><Relationship Id=\"a\" Type=\"{kind}/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
        );
        let relations = format!("<Relationships xmlns=\"{package}\">{relations}</Relationships>");
        let mut entries: Vec<(String, Vec<u8>)> = vec![
            ("[Content_Types].xml".to_owned(), types.into_bytes()),
            ("_rels/.rels".to_owned(), root.into_bytes()),
            ("word/document.xml".to_owned(), document.into_bytes()),
            (
                "word/_rels/document.xml.rels".to_owned(),
                relations.into_bytes(),
            ),
        ];
        for (name, text) in parts {
            entries.push((format!("word/{name}.xml"), text.into_bytes()));
        }
        entries.extend(self.more.clone());
        let entries: Vec<(&str, &[u8])> = entries
            .iter()
            .map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
            .collect();
        zip(&entries)
    }

    pub fn read(&self) -> SourceText {
        read("plan.docx", &self.bytes())
    }
}

/// Characters as XML writes them.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// A paragraph of one run.
pub fn p(text: &str) -> String {
    format!("<w:p>{}</w:p>", r(text))
}

/// A run.
pub fn r(text: &str) -> String {
    format!(
        "<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>",
        escape(text)
    )
}

/// A paragraph with properties.
pub fn pp(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{}</w:p>", r(text))
}

pub fn read(name: &str, bytes: &[u8]) -> SourceText {
    from_bytes(name, bytes, &Limits::default()).unwrap_or_else(|error| panic!("{error:?}"))
}

/// The refusal of a file, which is one line in both languages and names the file.
pub fn refusal(name: &str, bytes: &[u8], limits: &Limits) -> Error {
    let error = from_bytes(name, bytes, limits).unwrap_err();
    for lang in [Lang::Zh, Lang::En] {
        let message = error.message(lang);
        assert!(
            !message.contains('\n') && message.contains(name),
            "{message}"
        );
    }
    error
}

pub fn codes(source: &SourceText) -> Vec<(&str, usize)> {
    source
        .warnings
        .iter()
        .map(|warning| (warning.code, warning.line))
        .collect()
}
