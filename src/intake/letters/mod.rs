//! The book of letters: every e-mail that came, and what became of it.

pub mod add;
pub(super) mod as_input;
pub mod correct;
pub mod head;
pub mod held;
pub mod look;
pub(super) mod store;
pub(super) mod subject;
pub mod thread;

pub use super::model::letter::LetterState;
