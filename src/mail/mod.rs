//! Messages in and out.

pub mod inbound;
pub mod outbound;
