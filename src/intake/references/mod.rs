//! What still needs a file in storage: asked before one is removed, whoever removes it.

pub(in crate::intake) mod store;
