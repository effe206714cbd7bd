//! An inbound message (`.eml` bytes) to sender, own words, attachments and contact details.
//!
//! The way: `headers` and `mime` take the bytes apart, `charset` reads them, `html` and `lines` make
//! lines, `heads`, `tails` and `words` divide them, `automatic` judges, `understand` finds contact
//! details and opinions, `read` puts the [`Letter`] together.

pub mod address;
mod attribution;
pub mod automatic;
mod automatic_words;
mod body;
pub mod bounce;
mod bulk;
pub mod charset;
mod charset_guess;
pub mod date;
mod encoded_word;
pub mod envelope;
pub mod files;
mod head_words;
pub(in crate::mail) mod headers;
mod heads;
mod html;
mod html_marks;
pub mod letter;
mod lines;
mod mapi;
mod mime;
mod nested;
pub mod original;
mod params;
mod passages;
pub mod pointer;
mod read;
mod rtf;
mod tail_words;
mod tails;
mod tnef;
mod transfer;
mod understand;
pub mod warn;
pub mod words;

pub use letter::{AttachedText, Desk, Letter, Remark, Warning};
pub use read::{read_letter, read_letter_for};
