//! Attachments: their names as people should see them, their size and their hash.

use super::encoded_word::unstructured;
use super::headers::Headers;
use super::mime::{Leaf, media_type};
use serde::Serialize;

/// A file that came with a letter. `content` is for the caller to store; it is not in the JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Attachment {
    /// Without folders, control characters or writing-direction controls; never empty.
    pub name: String,
    /// As declared, in lower case.
    pub media_type: String,
    /// Size of the content in bytes.
    pub bytes: usize,
    /// Of the content, hexadecimal.
    pub sha256: String,
    /// Meant to be shown inside the letter (a picture in a signature, mostly).
    pub inline: bool,
    #[serde(skip)]
    pub content: Vec<u8>,
}

/// The attachment a part holds, its content still left there. `number` counts from 1 and names a file
/// without a name.
#[must_use]
pub fn attachment(leaf: &Leaf, number: usize) -> Attachment {
    let kind = media_type(&leaf.kind);
    let stated = leaf
        .disposition
        .param("filename")
        .or(leaf.kind.param("name"))
        .map(safe_name);
    let name = stated
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| made_up_name(leaf, kind, number));
    Attachment {
        name,
        media_type: kind.to_owned(),
        bytes: leaf.content.len(),
        sha256: crate::ids::sha256(&leaf.content),
        inline: leaf.disposition.value != "attachment" && leaf.headers.has("content-id"),
        content: Vec::new(),
    }
}

/// The last component of a path, without characters that disguise a name or trouble a file system.
fn safe_name(stated: &str) -> String {
    let last = stated.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last
        .chars()
        .filter(|&c| {
            !c.is_control()
                && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
        })
        .map(|c| if matches!(c, ':' | '*' | '?' | '"' | '<' | '>' | '|') { '_' } else { c })
        .collect();
    let clean = clean.trim_matches([' ', '.']);
    let count = clean.chars().count();
    if count <= 200 {
        return clean.to_owned();
    }
    clean
        .chars()
        .take(150)
        .chain(clean.chars().skip(count - 50))
        .collect()
}

fn made_up_name(leaf: &Leaf, kind: &str, number: usize) -> String {
    if kind == "message/rfc822" {
        let (inner, _) = Headers::split(&leaf.content);
        let subject = safe_name(&unstructured(
            inner.get("subject").unwrap_or_default(),
            None,
        ));
        if !subject.is_empty() {
            return format!("{subject}.eml");
        }
    }
    let extension = match kind {
        "message/rfc822" => "eml",
        "text/plain" => "txt",
        "text/html" => "html",
        "text/calendar" => "ics",
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/gif" => "gif",
        "application/pdf" => "pdf",
        "application/msword" => "doc",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "docx",
        "application/zip" => "zip",
        _ => "bin",
    };
    format!("附件{number}.{extension}")
}
