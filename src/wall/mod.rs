//! 意见公开栏: remarks that the office chose to show while the consultation runs, with the sender
//! masked. Off until the office turns it on; nothing is shown before a person chose it.

pub mod choose;
pub mod find;
pub mod model;
mod store;
pub mod switch;
