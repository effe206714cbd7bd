//! Staff of the office: accounts, passwords, sessions.

pub mod model;
pub mod own_password;
pub mod password;
pub mod session;
pub mod sign_in;
pub mod staff;
mod store;
