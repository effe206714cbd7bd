//! Who asked to be told of changes and of the result: an address, sealed, until it is taken back.

pub mod ask;
pub mod find;
pub mod forget;
pub mod links;
mod store;
pub mod sweep;
