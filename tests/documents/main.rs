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
mod conservation;
mod formats;
mod law_round_trip;
mod laws;
mod round_trip;
mod seeds;
mod size;
mod support;
mod traps;
mod windows;
