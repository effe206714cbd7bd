//! The drafting-response summary (采纳情况反馈 / 意见汇总表) as files.
//!
//! One record model feeds every format: a [`model::Head`] with the totals, and a stream of
//! [`model::Row`]s. [`records`] turns rows into what an edition may show and recounts them on the
//! way, so that no format can leak a contact detail or print a sum that its own rows contradict.
pub mod columns;
pub mod csv;
pub mod docx;
pub mod file_name;
pub mod model;
pub mod records;
pub mod sentences;
pub mod stated;
mod store;
pub mod summary;
pub mod text;
pub mod totals;
pub mod write_file;
pub mod xlsx;
