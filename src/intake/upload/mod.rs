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

use super::model::attachment::Scan;

/// A file that waits for its form to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    pub id: String,
    /// Made plain, with the extension of what it is.
    pub name: String,
    pub media_type: String,
    /// As it is kept: of a picture, after it was made anew.
    pub bytes: i64,
    /// Of what is kept. It belongs to what makes a submission the same one when it comes again: the
    /// same words with another file are another submission.
    pub sha256: String,
    pub scan: Scan,
}
