//! From the bytes of a file to its text. One file for each format.

mod text;

pub use text::{DEFAULT_LIMIT, SourceText, from_bytes};
