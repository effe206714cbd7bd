//! Inbound letters: built over charset, transfer encoding and client, each with its expected reading.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::as_conversions,
    clippy::string_slice,
    clippy::print_stdout
)]

mod accuracy;
mod attached;
mod authentic;
mod automatic;
mod bounces;
mod builder;
mod charsets;
mod clients;
mod contacts;
mod corpus;
mod depth;
mod dns;
mod enclosed;
mod fixtures;
mod identity;
mod matrix;
mod references;
mod robust;
mod traps;
mod understood;
mod values;
