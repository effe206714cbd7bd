//! The refusals of a file: one line in each language that names the file.

use crate::error::{Error, Kind};

/// A file that cannot be read as it is. Both texts follow the file's name.
#[track_caller]
pub(super) fn invalid(name: &str, zh: impl AsRef<str>, en: impl AsRef<str>) -> Error {
    new(Kind::Invalid, name, zh, en)
}

/// The same with another kind.
#[track_caller]
pub(super) fn new(kind: Kind, name: &str, zh: impl AsRef<str>, en: impl AsRef<str>) -> Error {
    // A name may hold anything; the message is one line.
    let name: String = name.chars().filter(|c| !c.is_control()).collect();
    Error::new(
        kind,
        format!("文件“{name}”{}", zh.as_ref()),
        format!("file {name} {}", en.as_ref()),
    )
}

/// Larger than a file may be.
#[track_caller]
pub(super) fn too_large(name: &str, limit: usize) -> Error {
    new(
        Kind::TooLarge,
        name,
        format!("超过{limit}字节的上限，请拆分或压缩内容"),
        format!("is above the limit of {limit} bytes; make it smaller"),
    )
}

/// Larger than its contents may become when they are unpacked.
#[track_caller]
pub(super) fn expands(name: &str, limit: usize) -> Error {
    new(
        Kind::TooLarge,
        name,
        format!("展开后的内容超过{limit}字节的上限，请去掉多余的图片或拆分文件"),
        format!("unpacks to more than {limit} bytes; remove pictures or split it"),
    )
}

/// More of something than is taken.
#[track_caller]
pub(super) fn too_many(name: &str, what: (&str, &str), limit: usize) -> Error {
    new(
        Kind::TooLarge,
        name,
        format!("的{}超过{limit}的上限，不像是公文，请检查文件", what.0),
        format!("has more than {limit} {}; check the file", what.1),
    )
}

#[track_caller]
pub(super) fn empty(name: &str) -> Error {
    invalid(name, "是空的，请检查后重新选择", "is empty; choose another")
}

/// Encrypted by its author.
#[track_caller]
pub(super) fn password(name: &str) -> Error {
    invalid(
        name,
        "设有密码，无法读取，请去掉密码后再提交",
        "has a password; save it without one",
    )
}
