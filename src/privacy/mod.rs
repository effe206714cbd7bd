//! Personal data: sealed as it comes in, opened only for those who need it.

pub mod model;
pub mod site_key;
pub mod store;
pub mod vault;
