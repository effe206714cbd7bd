//! Requests about personal data (个人信息保护法 Art. 44–47, 50): asked on the receipt's page, dealt
//! with by the office on a work list of its own.

pub mod ask;
pub mod copy;
pub mod deal;
pub mod find;
pub mod model;
mod store;
