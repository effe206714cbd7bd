//! The public interface for programs, `/api/v1`: read only, the same texts as the pages, as JSON.
//!
//! `model` holds what is sent, `of_consultation`,
//! `of_outline` and `of_changes` make it from the rooms' own types,
//! `openapi` describes it. Keys may be added to an answer; those that are there keep their meaning.

pub mod model;
pub mod of_changes;
pub mod of_consultation;
pub mod of_outline;
pub mod openapi;

#[cfg(test)]
mod tests;
