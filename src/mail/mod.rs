//! Messages in and out.

pub mod inbound;
