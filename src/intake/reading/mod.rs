//! A letter read as a whole: the message, and the files that are the letter itself when it says no
//! more than 见附件.
//!
//! Limits: five files of 16 MiB each, 32 MiB unpacked and 100,000 characters of text for each; a
//! workbook is read cell by cell, 200,000 cells at most. What is beyond a limit, has a password or
//! is of another kind stays an attachment, and a warning says so.

mod sheet;

use crate::documents::read::{Limits, from_bytes};
use crate::error::Kind;
use crate::mail::inbound::files::Attachment;
use crate::mail::inbound::pointer::{Pointer, pointer};
use crate::mail::inbound::{AttachedText, Desk, Letter, read_letter_for, warn};

const MOST_FILES: usize = 5;
const LARGEST_FILE: usize = 16 << 20;
const MOST_UNPACKED: usize = 32 << 20;
const LONGEST: usize = 100_000;
/// Seconds that a conversion by LibreOffice may take.
const CONVERSION: u64 = 30;
/// A text of which this much, in hundredths, is the draft's own words is the draft.
const DRAFT_SHARE: usize = 60;
/// Shorter texts are no draft, in characters.
const SHORTEST_DRAFT: usize = 600;

/// What is converted before it can be read: old Word documents, WPS and OpenDocument texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Convert {
    /// Nothing.
    Never,
    /// Where LibreOffice is there and can be kept from the network.
    Isolated,
    /// Where LibreOffice is there.
    Always,
}

/// Reads a message for an office and its draft, attached letters included. Converting can take
/// seconds.
#[must_use]
pub fn read(raw: &[u8], desk: &Desk, convert: Convert) -> Letter {
    opened(raw, desk, convert)
}

/// The same without conversions: never more than a few seconds, whatever the bytes.
#[must_use]
pub fn read_at_once(raw: &[u8], desk: &Desk) -> Letter {
    opened(raw, desk, Convert::Never)
}

fn opened(raw: &[u8], desk: &Desk, convert: Convert) -> Letter {
    let mut letter = read_letter_for(raw, desk);
    let pointed = pointer(letter.own_text());
    let silent = letter.own_text().trim().is_empty() && letter.text.is_empty();
    if letter.automatic.is_some() || !silent && pointed.is_none() {
        return letter;
    }
    let (mut unread, mut unconverted) = (false, false);
    let mut texts = Vec::new();
    let files = letter.attachments.iter().filter(|file| is_candidate(file));
    for (number, file) in files.enumerate() {
        let found = match number < MOST_FILES {
            true => text(file, convert),
            false => Err(Unread::No),
        };
        match found {
            Ok(found) => texts.push(attached(file, found, desk)),
            Err(Unread::No) => unread = true,
            Err(Unread::NotConverted) => unconverted = true,
        }
    }
    let said = [
        (unread && pointed.is_some(), warn::ATTACHED_UNREAD),
        (unconverted, warn::ATTACHED_UNCONVERTED),
        (texts.iter().any(|text| text.is_draft), warn::ATTACHED_DRAFT),
        (texts.iter().any(|text| text.cut), warn::ATTACHED_CUT),
    ];
    for (_, warning) in said.into_iter().filter(|(applies, _)| *applies) {
        letter.warn(warning);
    }
    if texts.iter().any(|text| text.attached.own_words) {
        let only = [warn::SEE_ATTACHMENT, warn::NO_WORDS];
        letter.warnings.retain(|warning| !only.contains(warning));
        letter.warn(if pointed == Some(Pointer::Also) {
            warn::ATTACHED_ALSO
        } else {
            warn::ATTACHED_LETTER
        });
    }
    letter.attach(texts.into_iter().map(|text| text.attached).collect(), desk);
    letter
}

/// Pictures in the letter and messages (which are read already) are no candidates.
fn is_candidate(file: &Attachment) -> bool {
    !file.inline && !file.media_type.starts_with("message/")
}

/// The text of one file.
struct Text {
    attached: AttachedText,
    cut: bool,
    is_draft: bool,
}

fn attached(file: &Attachment, found: Found, desk: &Desk) -> Text {
    let is_draft = found.text.chars().count() >= SHORTEST_DRAFT
        && desk.places.share_of(&found.text) >= DRAFT_SHARE;
    Text {
        attached: AttachedText {
            name: file.name.clone(),
            sha256: file.sha256.clone(),
            text: found.text,
            own_words: !is_draft,
        },
        cut: found.cut,
        is_draft,
    }
}

/// A text, perhaps only its beginning.
struct Found {
    text: String,
    cut: bool,
}

/// Why a file was not read.
enum Unread {
    /// It is no text, too large or not to be opened.
    No,
    /// LibreOffice is not there, cannot be kept from the network, or did not finish.
    NotConverted,
}

/// The text of a file.
fn text(file: &Attachment, convert: Convert) -> Result<Found, Unread> {
    let bytes = file.content.as_slice();
    if bytes.len() > LARGEST_FILE || !is_text_file(file, convert) {
        return Err(Unread::No);
    }
    if sheet::is_workbook(bytes) {
        return sheet::text(bytes, LONGEST, MOST_UNPACKED).ok_or(Unread::No);
    }
    let limits = Limits {
        file_bytes: LARGEST_FILE,
        expanded_bytes: MOST_UNPACKED,
        convert_seconds: CONVERSION,
        convert_without_isolation: convert == Convert::Always,
        ..Limits::default()
    };
    match from_bytes(&file.name, bytes, &limits) {
        Ok(source) => Ok(tidy(&source.text)),
        Err(error) if error.kind() == Kind::Unavailable => Err(Unread::NotConverted),
        Err(_) => Err(Unread::No),
    }
}

/// Whether the file can be a letter at all, by its name and its first bytes: programs, pictures,
/// archives and signatures are not.
fn is_text_file(file: &Attachment, convert: Convert) -> bool {
    let name = file.name.to_lowercase();
    let ends = |list: &[&str]| list.iter().any(|end| name.ends_with(end));
    let bytes = file.content.as_slice();
    let slow = bytes.starts_with(b"\xd0\xcf\x11\xe0")
        || ends(&[".odt", ".wps", ".doc"]) && !bytes.starts_with(b"PK\x03\x04\x14\x00\x06");
    let slow = slow || ends(&[".odt"]);
    let document = [
        ".docx", ".pdf", ".txt", ".xlsx", ".md", ".html", ".htm", ".csv", ".doc", ".wps", ".odt",
        ".text",
    ];
    let told = matches!(
        &*file.media_type,
        "text/plain"
            | "text/html"
            | "application/pdf"
            | "application/msword"
            | "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            | "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            | "application/vnd.oasis.opendocument.text"
    );
    (ends(&document) || told) && !(slow && convert == Convert::Never)
}

/// The reader's conventions turned into a letter's: cells between TABs without one at either end,
/// no marks for pictures.
fn tidy(text: &str) -> Found {
    let mut lines: Vec<String> = Vec::new();
    let mut left = LONGEST;
    for line in text.lines() {
        let plain: String = line
            .trim_matches('\t')
            .chars()
            .filter(|&c| c != '\u{fffc}')
            .map(|c| if c == '\u{2028}' { ' ' } else { c })
            .take(left)
            .collect();
        left = left.saturating_sub(plain.chars().count() + 1);
        let blank = lines.last().is_none_or(|last| last.trim().is_empty());
        if !(plain.trim().is_empty() && blank) {
            lines.push(plain.trim_end().to_owned());
        }
        if left == 0 {
            break;
        }
    }
    Found {
        cut: left == 0,
        text: lines.join("\n").trim_end().to_owned(),
    }
}
