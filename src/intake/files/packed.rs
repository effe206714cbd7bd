//! Documents that are ZIP containers: OOXML (ECMA-376), OpenDocument (ISO/IEC 26300), OFD
//! (GB/T 33190). Nothing of them is unpacked but the part that says what they are.

use super::kind::FileKind;
use super::refusal::Refusal;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Most that is unpacked of a part, in bytes.
const MOST: u64 = 1024 * 1024;
/// Bytes of the record that ends an archive, without its comment (APPNOTE 4.3.16).
const END: usize = 22;

/// Main parts of OOXML by their type, and what has them.
const MAIN_PARTS: [(&str, FileKind); 3] = [
    ("wordprocessingml.document.main+xml", FileKind::Docx),
    ("spreadsheetml.sheet.main+xml", FileKind::Xlsx),
    ("presentationml.presentation.main+xml", FileKind::Pptx),
];
const OPEN_DOCUMENT: [FileKind; 3] = [FileKind::Odt, FileKind::Ods, FileKind::Odp];

/// What a file that begins as a ZIP container is.
pub(super) fn kind_of(bytes: &[u8]) -> Result<FileKind, Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Broken)?;
    if archive.offset() != 0 || !ends_as_archive(bytes) {
        return Err(Refusal::Mixed);
    }
    let names: Result<Vec<String>, _> = archive
        .file_names()
        .map(|name| name.map(|name| name.into_owned()))
        .collect();
    let names = names.map_err(|_| Refusal::Broken)?;
    let named = |test: &dyn Fn(&str) -> bool| names.iter().any(|name| test(name));
    // What makes Java or Android run an archive: no document has it.
    let runs = named(&|name| {
        matches!(
            name,
            "META-INF/MANIFEST.MF" | "AndroidManifest.xml" | "classes.dex"
        )
    });
    let macros = named(&|name| name.ends_with("vbaProject.bin"));
    let fixed_layout = named(&|name| name == "OFD.xml");
    let kind = if let Some(types) = part(&mut archive, "[Content_Types].xml") {
        if types.contains("macroEnabled") || macros {
            return Err(Refusal::Macros);
        }
        let main = MAIN_PARTS.iter().find(|(part, _)| types.contains(part));
        main.map(|(_, kind)| *kind).ok_or(Refusal::Archive)?
    } else if let Some(said) = part(&mut archive, "mimetype") {
        let fits = |kind: &&FileKind| said.trim() == kind.media_type();
        *OPEN_DOCUMENT.iter().find(fits).ok_or(Refusal::Archive)?
    } else if fixed_layout {
        FileKind::Ofd
    } else {
        return Err(Refusal::Archive);
    };
    if runs { Err(Refusal::Mixed) } else { Ok(kind) }
}

fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<String> {
    let mut text = String::new();
    let found = archive.by_name(name).ok()?;
    found.take(MOST).read_to_string(&mut text).ok()?;
    Some(text)
}

/// Whether the bytes end with the record that ends an archive and its comment: what a program that
/// reads archives from their end would take for one.
pub(super) fn ends_as_archive(bytes: &[u8]) -> bool {
    let from = bytes.len().saturating_sub(END + usize::from(u16::MAX));
    let tail = bytes.get(from..).unwrap_or_default();
    let is_end = |at: usize| {
        let comment = tail.get(at + END - 2..at + END)?;
        let length = u16::from_le_bytes(comment.try_into().ok()?);
        Some(at + END + usize::from(length) == tail.len())
    };
    tail.windows(4)
        .enumerate()
        .any(|(at, signature)| signature == b"PK\x05\x06" && is_end(at) == Some(true))
}
