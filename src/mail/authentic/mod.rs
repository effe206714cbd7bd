//! Whether a letter comes from where it says: SPF (RFC 7208), DKIM (RFC 6376), DMARC (RFC 9989) and
//! ARC (RFC 8617). The results are written down and shown to the office; they never decide whether a
//! letter counts, because honest people forward their mail and write through broken servers.
//!
//! `client` finds who handed the letter in, `dns` asks the domain name system, `stated` reads what
//! our own mail server found instead, `checks` is the result.

mod checker;
mod checks;
mod client;
mod dns;
mod stated;

pub use checker::Checker;
pub use checks::{Checks, Dkim, Dmarc, Policy, Source, Verdict};
pub use client::ClientInfo;
