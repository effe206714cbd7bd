//! What a download is called: `质量强区实施方案-意见汇总表-公开版-2025-07-05.xlsx`.

use crate::export::model::{Format, Head};
use crate::words::Lang::Zh;

/// The longest draft title in a name, in characters: file systems stop at 255 bytes, three a character.
const TITLE_CHARS: usize = 40;

/// The file name, without characters that Windows, macOS or Linux refuse in one.
#[must_use]
pub fn file_name(head: &Head, format: Format) -> String {
    format!(
        "{}-意见汇总表-{}-{}.{}",
        short_title(&head.draft_title),
        head.edition.word(Zh),
        head.issued_on,
        format.extension()
    )
}

/// The value of `Content-Disposition` (RFC 6266): an ASCII name for old programs, the real one as
/// `filename*` (RFC 8187, formerly 5987).
#[must_use]
pub fn content_disposition(head: &Head, format: Format) -> String {
    let ascii = format!(
        "opinions-{}-{}.{}",
        head.edition.code(),
        head.issued_on,
        format.extension()
    );
    let name = percent_encoded(&file_name(head, format));
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{name}")
}

/// The same for a file that somebody sent under a name of their own.
#[must_use]
pub fn attachment_disposition(name: &str) -> String {
    let kept: String = name.chars().filter(|&c| !is_refused(c)).collect();
    format!(
        "attachment; filename=\"attachment.bin\"; filename*=UTF-8''{}",
        percent_encoded(&kept)
    )
}

/// The draft's title without its brackets and without （征求意见稿）.
fn short_title(title: &str) -> String {
    let kept: String = title.chars().filter(|&c| !is_refused(c)).collect();
    let mut name = kept.trim();
    for mark in [
        "（征求意见稿）",
        "(征求意见稿)",
        "（公开征求意见稿）",
        "(公开征求意见稿)",
    ] {
        name = name.strip_suffix(mark).unwrap_or(name);
    }
    let short: String = name.chars().take(TITLE_CHARS).collect();
    match short.trim_matches([' ', '.', '-', '\u{3000}']) {
        "" => "公开征求意见".to_owned(),
        name => name.to_owned(),
    }
}

/// Path separators and wildcards, brackets that add nothing, and what cannot be seen.
fn is_refused(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '%' | '《' | '》'
        )
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// RFC 8187 `ext-value`: everything but its attr-char set as %XX of the UTF-8 bytes.
fn percent_encoded(name: &str) -> String {
    let mut encoded = String::with_capacity(name.len() * 3);
    for byte in name.bytes() {
        let c = char::from(byte);
        if c.is_ascii_alphanumeric() || "!#$&+-.^_`|~".contains(c) {
            encoded.push(c);
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}
