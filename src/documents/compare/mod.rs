//! What became of a text between two versions: which section answers to which, where an old
//! address leads, and what changed word by word. Pure: outlines in, links and runs out.
//!
//! - `link`: what can be said of two places.
//! - `side`, `grams`, `index`, `pairing`, then `exact`, `alike`, `groups`, `divide`, `order`, `settle`: the
//!   steps of [`matches()`].
//! - `follow`: where an old anchor leads; several versions in a row.
//! - `tokens`, `quantity`, `redline`, `tidy`: words, and what changed in a stretch of them.
//! - `quoted`: words that a remark is about, in a later version.
//! - `lines`, `section`: what changed in a section, paragraph by paragraph, row by row.
//!
//! docs/adr/0019-matching-versions.md says why it is done this way.

mod alike;
mod divide;
mod exact;
mod follow;
mod grams;
mod groups;
mod index;
mod lines;
mod link;
mod matching;
mod order;
mod pairing;
mod quantity;
mod quoted;
mod redline;
mod rematch;
mod section;
mod settle;
mod side;
mod tidy;
mod tokens;

pub use follow::{Resolved, compose, resolve};
pub use link::{Change, Link};
pub use matching::matches;
pub use quoted::{Quoted, quoted};
pub use redline::{Run, redline};
pub use rematch::rematch;
pub use section::{Block, Row, SectionRedline, section_redline};
