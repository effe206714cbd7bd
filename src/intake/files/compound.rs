//! The older documents of Word, Excel, PowerPoint and WPS: compound files (MS-CFB), told apart by
//! the stream that each must have (MS-DOC 2.1, MS-XLS 2.1, MS-PPT 2.1).

use super::kind::FileKind;
use super::refusal::Refusal;
use cfb::CompoundFile;
use std::io::Cursor;

const STREAMS: [(&str, FileKind); 4] = [
    ("WordDocument", FileKind::Doc),
    ("Workbook", FileKind::Xls),
    ("Book", FileKind::Xls),
    ("PowerPoint Document", FileKind::Ppt),
];

/// What a compound file is.
pub(super) fn kind_of(bytes: &[u8]) -> Result<FileKind, Refusal> {
    let file = CompoundFile::open(Cursor::new(bytes)).map_err(|_| Refusal::Broken)?;
    // A newer document under a password (MS-OFFCRYPTO 2.3).
    if file.is_stream("EncryptedPackage") {
        return Err(Refusal::Locked);
    }
    let found = STREAMS.iter().find(|(name, _)| file.is_stream(name));
    found.map(|(_, kind)| *kind).ok_or(Refusal::Unknown)
}
