//! What is stored stays whole: processes killed at work, many senders at once, a full disk, a lost
//! database, a wrong key; and the two databases hold the same tables.
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

mod ask;
mod chance;
mod conflict;
mod counts;
mod crowd;
mod disk;
mod key;
mod kill;
mod kill_mail;
mod lane;
mod lost;
mod modes;
mod older;
mod program;
mod released;
mod restored;
mod same;
mod schema;
mod tables;
mod together;
