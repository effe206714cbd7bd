//! Files on their way to a submission. A form cannot carry a file from one page to the next, so a
//! file is kept as soon as it is chosen ([`take::take`]); the form then carries a token
//! ([`token`]), and the submission takes the file over ([`claim::claim`]). What is never sent is
//! swept away ([`sweep::sweep`]).

pub mod claim;
pub mod held;
mod store;
pub mod sweep;
pub mod take;
pub mod token;

pub use super::model::attachment::Upload;
