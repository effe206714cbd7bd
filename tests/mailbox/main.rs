//! Mailboxes on a real IMAP server, letters handed over, and Maildirs, on both databases: every letter
//! is registered once, whatever breaks in between.
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

// The office's stories use more of it.
#[allow(dead_code)]
#[path = "../office/mail.rs"]
mod mail;

mod again;
mod choose;
mod desk;
mod folders;
mod handed;
mod kills;
mod look;
mod sign_in;
mod times;
mod told;
mod walk;
