//! What is done later: written in the transaction of the change that asks for it, done by the
//! worker until it succeeds or is given up where the office sees it.
//!
//! `queue` is the table. `worker` holds jobs and hands each to its own file; a new kind is one file
//! and one arm of the match there. `retry` is the office's way to have one tried again.

mod acknowledge;
mod answer_privacy_request;
mod answer_too_large;
pub mod bounced;
mod confirm_follower;
pub mod model;
pub mod queue;
pub mod retry;
mod said;
mod scan_attachment;
mod send_office_message;
mod spread_news;
mod spread_results;
mod tell_follower;
mod tell_result;
mod thread;
mod tidy;
pub mod tools;
mod unconfirmed;
pub mod whom;
pub mod worker;
