//! What the office writes to the sender of a submission, and which submission an answer belongs to.

pub mod find;
pub mod model;
mod store;
pub mod thread;
pub mod write;
