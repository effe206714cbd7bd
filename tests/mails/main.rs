//! The mails that are sent, on both databases, through a real mail server: what they say, that each
//! arrives, once, and what happens when one does not.
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

mod acknowledge;
mod bounces;
mod encrypted;
mod failing;
mod followers;
mod following;
mod injection;
mod killed;
mod letters;
mod messages;
mod office;
mod post;
mod privacy;
mod results;
mod sharing;
mod threads;
mod unconfirmed;
