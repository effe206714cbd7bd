//! An inbound message (`.eml` bytes) to sender, own words, attachments and contact details.
//!
//! The way: `headers` and `mime` take the bytes apart, `charset` reads them, `html` and `lines` make
//! lines, `heads`, `tails` and `words` divide them, `read` puts the [`Letter`] together.

pub mod address;
mod attribution;
pub mod automatic;
mod body;
pub mod charset;
mod charset_guess;
pub mod date;
mod encoded_word;
pub mod envelope;
pub mod files;
pub(in crate::mail) mod headers;
mod heads;
mod html;
mod html_marks;
pub mod letter;
mod lines;
mod mime;
pub mod original;
mod params;
mod read;
mod tails;
mod transfer;
mod warn;
pub mod words;

pub use letter::{Desk, Letter, Remark, Warning};
pub use read::{read_letter, read_letter_for};
