//! The command line from outside: the real binary in an empty environment, its exit codes, what it
//! prints and what it leaves behind.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::as_conversions,
    clippy::string_slice,
    clippy::print_stdout
)]

#[path = "../support/mod.rs"]
mod support;

mod converting;
mod export;
mod import;
mod letters;
mod outline;
mod running;
mod settings;
mod slow;
mod staff;
mod starting;
mod usage;
