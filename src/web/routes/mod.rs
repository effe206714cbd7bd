//! The handlers: each takes a request apart, asks a verb, and fills a page.

pub(super) mod health;
pub(super) mod office;
pub(super) mod public;
