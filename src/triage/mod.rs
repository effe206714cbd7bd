//! The office's queue: which remarks there are, what stands beside each, and moving one to the
//! section it is really on.

pub mod find;
pub mod model;
pub mod move_remark;
pub mod queue;
mod store;
