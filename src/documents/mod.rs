//! Documents: from the bytes of a plan file to its exact outline, and the published texts.
//!
//! `read` turns bytes into text, `outline` turns text into a tree, `model` holds the tree and what
//! can be asked of it; `compare` says what became of each section between two versions;
//! `published` keeps the texts of a consultation.

pub mod compare;
pub mod model;
pub mod outline;
pub mod published;
pub mod read;
mod store;
