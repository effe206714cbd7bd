//! Mailboxes that are read: how far each was read, and what kept it from being read.

mod batch;
pub mod fetch;
mod folder;
pub mod health;
pub mod model;
mod server;
mod store;
pub mod watch;
