//! The office from outside, on both databases: signing in, the queue, deciding, entering, letters,
//! files and the log.
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

mod accounts;
mod audit;
mod changed_words;
mod counted;
mod decide;
mod entry;
mod erased;
mod exports;
mod imports;
mod letter_amend;
mod letter_book;
mod letter_held;
mod letter_page;
mod letters;
mod lock;
mod looking;
mod mail;
mod mailboxes;
mod markup;
mod password;
mod publish;
mod queue;
mod readers;
mod remark;
mod requests;
mod session;
mod sign_in;
mod steps;
mod typed;
mod window;
