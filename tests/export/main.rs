//! Exports opened again the way their readers open them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::as_conversions,
    clippy::string_slice
)]

mod csv_file;
mod docx_file;
mod file_name;
mod refusal;
mod sample;
mod xlsx_file;
