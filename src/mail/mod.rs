//! Messages in and out.

pub mod authentic;
pub mod imap;
pub mod inbound;
pub mod outbound;
