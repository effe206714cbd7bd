//! The notice: what is asked, of whom, until when, and how to answer; its window and its place
//! in time.

pub mod answered;
pub mod extend;
pub mod facts;
pub mod find;
pub mod import;
pub mod model;
pub mod rule_check;
mod store;
pub mod withdraw;
