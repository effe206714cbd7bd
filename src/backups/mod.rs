//! The whole site in a folder, and back: database, stored files, and the key when it is asked for.

mod files;
pub mod make;
pub mod model;
pub mod restore;
mod store;
mod tools;
