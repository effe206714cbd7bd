//! The rooms of the program that are fuzzed, and what the targets share.

#[path = "../../src/error.rs"]
pub mod error;
#[path = "../../src/ids.rs"]
pub mod ids;
#[path = "../../src/markup.rs"]
pub mod markup;
#[path = "../../src/width.rs"]
pub mod width;
#[path = "../../src/words.rs"]
pub mod words;

#[path = "../../src/documents"]
pub mod documents {
    pub mod model;
    pub mod outline;
    pub mod read;
}

#[path = "../../src/intake"]
pub mod intake {
    pub mod model {
        pub mod closing;
        pub mod contact;
        mod contact_find;
        pub mod contact_label;
        mod contact_name;
        mod contact_scan;
        mod contact_whose;
        pub mod email;
        mod opinion_marks;
        pub mod opinions;
        pub mod person;
        pub mod phone;
        pub mod span;
    }
}

#[path = "../../src/mail"]
pub mod mail {
    pub mod inbound;
}

pub mod letters;

use documents::outline::outline;
use documents::read::{Limits, SourceText, from_bytes};
use std::io::{Cursor, Write};
use words::Lang;
use zip::write::{SimpleFileOptions, ZipWriter};

/// Reads a file and holds what every reading promises: one clear line when it is refused, and a
/// text by the conventions when it is not.
pub fn read(name: &str, bytes: &[u8]) -> Option<SourceText> {
    // What LibreOffice converts is not ours to fuzz, and starting it is too slow.
    let converted = bytes.starts_with(b"\xd0\xcf\x11\xe0")
        || bytes.windows(12).any(|window| window == b"opendocument");
    if converted {
        return None;
    }
    let limits = Limits {
        expanded_bytes: 8 * 1024 * 1024,
        ..Limits::default()
    };
    match from_bytes(name, bytes, &limits) {
        Ok(source) => {
            check(&source);
            Some(source)
        }
        Err(error) => {
            for lang in [Lang::Zh, Lang::En] {
                let message = error.message(lang);
                assert!(
                    !message.contains('\n') && message.contains(name),
                    "{message}"
                );
            }
            None
        }
    }
}

fn check(source: &SourceText) {
    let lines = source.text.split('\n').count();
    for (line, level) in &source.headings {
        assert!((1..=lines).contains(line) && (1..=9).contains(level));
        let words = source.text.split('\n').nth(line - 1).unwrap();
        assert!(!words.trim().is_empty(), "a heading without words");
    }
    for [first, last] in &source.contents {
        assert!(1 <= *first && first <= last && *last <= lines);
    }
    for warning in &source.warnings {
        assert!((1..=lines).contains(&warning.line) && !warning.message.contains('\n'));
    }
    let shown = source.text.matches('\u{fffc}').count();
    assert!(
        source.images.is_empty() || shown >= source.images.len(),
        "a picture that nothing shows"
    );
}

/// A text also has an outline that loses nothing.
pub fn read_outline(text: &str) {
    let Some(source) = read("plan.txt", text.as_bytes()) else {
        return;
    };
    let found = outline(&source);
    assert_eq!(found.reproduce(), source.text, "characters lost or moved");
}

/// A Word document of the given parts, stored without compression.
pub fn docx(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (path, bytes) in parts {
        zip.start_file(*path, stored).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// What joins the parts of a small document together.
pub const TYPES: &[u8] =
    b"<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>";
pub const RELATIONS: &[u8] = b"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='a' Type='x/styles' Target='styles.xml'/><Relationship Id='b' Type='x/numbering' Target='numbering.xml'/><Relationship Id='c' Type='x/footnotes' Target='footnotes.xml'/><Relationship Id='d' Type='x/image' Target='media/a.png'/></Relationships>";
