//! Types and rules of a submission, without storage.

pub mod attachment;
pub mod closing;
pub mod contact;
mod contact_find;
pub mod contact_label;
mod contact_name;
mod contact_scan;
mod contact_whose;
pub mod credit_code;
pub mod email;
pub mod letter;
mod opinion_marks;
pub mod opinions;
pub mod person;
pub mod phone;
pub mod public_text;
pub mod receipt;
pub mod same_contact;
pub mod sender;
pub mod span;
pub mod submission;
pub mod whole_words;
