//! Who changed what, and when. Events are only ever added, in the transaction of the change.

pub mod model;
pub mod record;
mod store;
