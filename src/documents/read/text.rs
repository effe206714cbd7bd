//! Plain text. Of UTF-8 every byte stays as it is, but for the byte-order mark.

use super::charset;
use super::page::Page;
use crate::error::Result;

/// Reads the bytes of a text file.
///
/// # Errors
/// `Invalid` for a NUL character or bytes that cannot be decoded; the offset is named.
pub(super) fn read(page: &mut Page, bytes: &[u8]) -> Result<()> {
    let text = charset::decode(&page.name, bytes, None)?;
    page.whole(text)
}
