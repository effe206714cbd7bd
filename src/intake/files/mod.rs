//! Files that the public sends: what they are by their content, their names, pictures without what
//! the camera wrote into them, and the virus scanner.

pub mod clamd;
mod compound;
pub mod kind;
pub mod name;
mod packed;
pub mod picture;
mod plain;
pub mod refusal;
