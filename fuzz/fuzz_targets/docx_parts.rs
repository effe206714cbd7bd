#![no_main]
//! Any bytes as the text, the numbering, the styles and the notes of a Word document, so that the
//! walk is reached without a valid container. The parts are divided by zero bytes.

use jianyan_fuzz::{RELATIONS, TYPES, docx, read};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut parts = bytes.splitn(4, |byte| *byte == 0);
    let mut next = || parts.next().unwrap_or_default();
    let document = next();
    let numbering = next();
    let styles = next();
    let notes = next();
    let mut all: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", TYPES),
        ("word/document.xml", document),
        ("word/_rels/document.xml.rels", RELATIONS),
        ("word/media/a.png", b"\x89PNG\r\n\x1a\nrest"),
    ];
    for (path, part) in [
        ("word/numbering.xml", numbering),
        ("word/styles.xml", styles),
        ("word/footnotes.xml", notes),
    ] {
        if !part.is_empty() {
            all.push((path, part));
        }
    }
    read("plan.docx", &docx(&all));
});
