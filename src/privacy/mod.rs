//! Personal data: sealed as it comes in, opened only for those who need it.

pub mod belongs;
pub mod link;
pub mod model;
pub mod requests;
pub mod site_key;
mod store;
pub mod vault;
