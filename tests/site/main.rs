//! The site from outside, on both databases: what a citizen, the office and an auditor see.
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

#[path = "../office/mail.rs"]
#[allow(dead_code)]
mod written;

mod after;
mod arriving;
mod complete;
mod compression;
mod extend;
mod find;
mod follow;
mod form;
mod guards;
mod host;
mod hostile;
mod journey;
mod limits;
mod logs;
mod look_up;
mod machines;
mod original;
mod page;
mod paper;
mod preferences;
mod privacy_requests;
mod publish;
mod qr;
mod reading;
mod receipt;
mod removal;
mod scanner;
mod steps;
mod tables;
mod units;
mod uploads;
mod wall;
mod window;
mod wire;
mod wording;
