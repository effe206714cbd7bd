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
mod laws;
mod round_trip;
mod seeds;
mod size;
mod support;
mod traps;
mod windows;
