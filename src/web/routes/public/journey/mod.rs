//! `GET` and `POST /c/{slug}/comment`: from an opinion to its sending, one step a page.

mod file_step;
mod go;
mod place;
pub(super) mod show;
pub(super) mod state;
mod steps;
pub(super) mod written;

pub(super) use file_step::add;
pub(super) use steps::{act, refused, start};
