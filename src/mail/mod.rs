//! Messages in and out.

pub mod authentic;
pub mod inbound;
pub mod outbound;
