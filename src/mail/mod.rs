//! Messages in and out.

pub mod imap;
pub mod inbound;
pub mod outbound;
