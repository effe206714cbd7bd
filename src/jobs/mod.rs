//! What is done later: written in the transaction of the change that asks for it, done by the
//! worker until it succeeds or is given up where the office sees it.

pub mod model;
pub mod queue;
pub mod scan_attachment;
