//! What the office says to each remark: an outcome with its reason.

pub mod answer;
pub mod conceal;
pub mod find;
pub mod model;
pub mod publish;
mod store;
