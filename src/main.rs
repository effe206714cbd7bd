//! The one binary.

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// A form is put together on one thread and taken apart on another, which the system's allocator
/// pays for with locks.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    jianyan::cli::run()
}
