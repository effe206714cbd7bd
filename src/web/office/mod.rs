//! The pages the drafting office works on: one file a page, each a plain struct with already
//! formatted fields, filled by the handlers and written out by its template.

pub mod accounts;
pub mod audit;
pub mod confirm;
pub mod desk;
pub mod entry;
pub mod exports;
pub mod frame;
pub mod imports;
pub mod letters;
pub mod mailboxes;
pub mod mails;
pub mod marks;
pub mod messages;
pub mod parts;
pub mod password;
pub mod queue;
pub mod refusal;
pub mod remark;
pub mod requests;
pub mod sign_in;
pub mod wall;
pub mod window;
