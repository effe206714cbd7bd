//! Preparing a publication: the office hands in files, checks and corrects their outline, states
//! the facts, and publishes now or at a time. Nothing a reader sees changes before that.

pub mod change;
pub mod find;
pub mod model;
pub mod publish;
pub mod revise;
pub mod start;
mod store;
pub mod text;
