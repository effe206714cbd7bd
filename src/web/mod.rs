//! The pages people see and the addresses they are at. A page is a plain struct and a template
//! (`public/`, `office/`); a handler in `routes/` takes the request apart, asks a verb, and fills
//! the page. Status, caching and security headers are declared in `respond.rs`, once.

pub mod api;
pub mod app;
pub mod assets;
pub mod cache;
pub mod coding;
pub mod dates;
mod every_answer;
pub mod feed;
pub mod field;
mod form_data;
mod frame;
mod guard;
pub mod known;
pub mod layout;
pub mod office;
pub mod public;
mod respond;
mod routes;
pub mod search;
pub mod server;
pub mod shelf;
mod site_layout;
mod staff_session;
mod turns;
mod upload;
mod view_choice;
