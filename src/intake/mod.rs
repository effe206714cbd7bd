//! Everything that comes in: the web form, letters by e-mail, what staff enter for those who
//! called, wrote or came; one door for all of them.

pub mod acknowledge;
pub mod after;
pub mod email;
pub mod files;
pub mod find;
pub mod form;
pub mod letters;
pub mod mailrooms;
pub mod model;
pub mod reading;
pub mod references;
pub mod retime;
pub mod seal;
mod store;
pub mod submit;
pub mod upload;
