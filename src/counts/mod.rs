//! How many remarks, submissions and people a consultation has, and which number a remark has in it,
//! from counts that the database keeps beside the rows (docs/ARCHITECTURE.md, Counts).
//! Nothing here reads the remarks themselves, or opens anything sealed.

pub mod find;
pub mod model;
pub mod numbers;
mod store;
