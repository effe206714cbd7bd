//! The pages people see and the addresses they are at. A page is a plain struct and a template
//! (`public/`, `office/`); a handler in `routes/` takes the request apart, asks a verb, and fills
//! the page. Status, caching and security headers are declared in `respond.rs`, once.

pub mod api;
pub mod app;
pub mod assets;
pub mod cache;
pub mod coding;
mod every_answer;
pub mod feed;
pub mod field;
mod form_data;
mod frame;
mod guard;
pub mod known;
pub mod layout;
pub mod limits;
pub mod office;
pub mod public;
pub mod qr;
pub mod receipt_pass;
mod respond;
mod routes;
pub mod search;
pub mod server;
pub mod shelf;
mod site_layout;
mod site_map;
mod sizes;
mod staff_session;
mod stream;
mod turns;
mod typed;
mod upload;
mod view_choice;
mod viewed;

// Mails say days in the same words, so they stand at the bottom of the house.
pub use crate::dates;
