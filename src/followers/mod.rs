//! Who asked to be told of changes and of the result: an address, sealed, until it is taken back.

pub mod find;
mod store;
