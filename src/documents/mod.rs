//! Documents: from the bytes of a plan file to its exact outline, and the published texts.
//!
//! `read` turns bytes into text, `outline` turns text into a tree, `model` holds the tree and what
//! can be asked of it; `edit` corrects it; `compare` sets two of them side by side; `published` keeps
//! the texts of a consultation.

pub mod compare;
pub mod edit;
pub mod follow;
pub mod model;
pub mod outline;
pub mod published;
pub mod read;
mod store;
