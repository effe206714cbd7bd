//! Letters on an IMAP server (RFC 9051, RFC 3501): looked at, never changed unless the settings say so.

mod connect;
mod inbox;
mod sign_in;

pub use inbox::{Fetched, Inbox, Listed};
