//! What the outline reader promises, shown from outside.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::as_conversions,
    clippy::string_slice,
    clippy::print_stdout
)]

mod bad_input;
mod compare;
mod compare_redline;
mod compare_script;
mod compare_size;
mod conservation;
mod edit;
mod files;
mod formats;
mod law_round_trip;
mod laws;
mod read_docx;
mod read_html;
mod read_limits;
mod read_markdown;
mod read_numbering;
mod read_office;
mod read_pdf;
mod read_seeds;
mod read_text;
mod round_trip;
mod seeds;
mod size;
mod support;
mod traps;
mod windows;
