//! What a file is, by its content. The name decides nothing but which of two fitting extensions a
//! file keeps, and that a text called `.bat` is a script.
//!
//! What is taken: pictures (made anew), PDF and OFD (GB/T 33190), the documents of Word, Excel,
//! PowerPoint, WPS and OpenDocument, RTF, plain text. Archives are not: ten files may come, so
//! nobody needs one, and neither we nor the office could see what is in it.

use super::refusal::Refusal;
use super::{compound, packed, plain};
use infer::MatcherType;

/// A kind of file that is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileKind {
    Jpeg,
    Png,
    Gif,
    WebP,
    /// HEIC, HEIF or AVIF: kept as it is, because nothing we have can write it anew.
    Heif,
    Pdf,
    /// Open Fixed-layout Document, GB/T 33190.
    Ofd,
    Doc,
    Docx,
    Xls,
    Xlsx,
    Ppt,
    Pptx,
    Odt,
    Ods,
    Odp,
    Rtf,
    Text,
}

impl FileKind {
    /// The media type that is stored.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
            Self::WebP => "image/webp",
            Self::Heif => "image/heif",
            Self::Pdf => "application/pdf",
            Self::Ofd => "application/ofd",
            Self::Doc => "application/msword",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xls => "application/vnd.ms-excel",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Ppt => "application/vnd.ms-powerpoint",
            Self::Pptx => {
                "application/vnd.openxmlformats-officedocument.presentationml.presentation"
            }
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Odp => "application/vnd.oasis.opendocument.presentation",
            Self::Rtf => "application/rtf",
            Self::Text => "text/plain",
        }
    }

    /// The extensions that such a file may keep; the first is given to a file with another.
    #[must_use]
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Png => &["png"],
            Self::Gif => &["gif"],
            Self::WebP => &["webp"],
            Self::Heif => &["heic", "heif", "avif"],
            Self::Pdf => &["pdf"],
            Self::Ofd => &["ofd"],
            Self::Doc => &["doc", "wps"],
            Self::Docx => &["docx", "wps"],
            Self::Xls => &["xls", "et"],
            Self::Xlsx => &["xlsx", "et"],
            Self::Ppt => &["ppt", "dps"],
            Self::Pptx => &["pptx", "dps"],
            Self::Odt => &["odt"],
            Self::Ods => &["ods"],
            Self::Odp => &["odp"],
            Self::Rtf => &["rtf"],
            Self::Text => &["txt"],
        }
    }

    /// The first of [`FileKind::extensions`].
    #[must_use]
    pub fn extension(self) -> &'static str {
        self.extensions().first().copied().unwrap_or_default()
    }

    /// Whether it is made anew before it is kept ([`super::picture`]).
    #[must_use]
    pub const fn is_picture(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::Gif | Self::WebP)
    }
}

/// What a file is.
///
/// # Errors
/// Why it is not taken.
pub fn kind_of(name: &str, bytes: &[u8]) -> Result<FileKind, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return packed::kind_of(bytes);
    }
    let kind = if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        compound::kind_of(bytes)?
    } else if bytes.starts_with(b"%PDF-") {
        FileKind::Pdf
    } else if bytes.starts_with(b"{\\rtf") {
        FileKind::Rtf
    } else if plain::is_text(bytes) {
        return plain::kind_of(name, bytes);
    } else {
        by_first_bytes(bytes)?
    };
    // A picture that is made anew keeps nothing of what else was in its file.
    if !kind.is_picture() && (plain::begins_as_page(bytes) || packed::ends_as_archive(bytes)) {
        return Err(Refusal::Mixed);
    }
    Ok(kind)
}

fn by_first_bytes(bytes: &[u8]) -> Result<FileKind, Refusal> {
    let Some(known) = infer::get(bytes) else {
        return Err(Refusal::Unknown);
    };
    match (known.mime_type(), known.matcher_type()) {
        ("image/jpeg", _) => Ok(FileKind::Jpeg),
        ("image/png", _) => Ok(FileKind::Png),
        ("image/gif", _) => Ok(FileKind::Gif),
        ("image/webp", _) => Ok(FileKind::WebP),
        ("image/heif" | "image/heic" | "image/avif", _) => Ok(FileKind::Heif),
        ("text/html" | "text/xml", _) => Err(Refusal::Markup),
        ("text/x-shellscript", _) => Err(Refusal::Script),
        (_, MatcherType::App) => Err(Refusal::Program),
        (_, MatcherType::Archive) => Err(Refusal::Archive),
        (_, MatcherType::Audio | MatcherType::Video) => Err(Refusal::Media),
        _ => Err(Refusal::Unknown),
    }
}

#[cfg(test)]
mod tests;
