//! Files arrive side by side; they leave one at a time, while none arrives. Locks of the file system
//! (`flock`), so that it holds for every process that uses the folder and ends with the process.
//!
//! Two files: whoever wants a file to leave closes `.turn`, through which everybody comes, and then
//! waits for those behind it. Otherwise those who arrive without a pause would keep it waiting.

use std::fs::File;
use std::io::{ErrorKind, Result};
use std::path::Path;

/// As long as it is there nothing is removed.
#[derive(Debug)]
pub struct Arriving(#[expect(dead_code, reason = "held, never read")] Option<File>);

/// Nothing arrives while it is there.
pub(super) struct Leaving(#[expect(dead_code, reason = "held, never read")] [Option<File>; 2]);

/// Waits until nobody is removing anything.
pub(super) fn arriving(folder: &Path) -> Result<Arriving> {
    let _turn = take(folder, ".turn", File::lock_shared)?;
    Ok(Arriving(take(folder, ".arriving", File::lock_shared)?))
}

/// Waits until what is on its way has arrived.
pub(super) fn leaving(folder: &Path) -> Result<Leaving> {
    let turn = take(folder, ".turn", File::lock)?;
    let arrivals = take(folder, ".arriving", File::lock)?;
    Ok(Leaving([turn, arrivals]))
}

fn take(folder: &Path, name: &str, lock: fn(&File) -> Result<()>) -> Result<Option<File>> {
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(folder.join(name))?;
    loop {
        match lock(&file) {
            Ok(()) => return Ok(Some(file)),
            Err(cause) if cause.kind() == ErrorKind::Interrupted => {}
            // A file system without locks: the hour that young files are kept is what is left.
            Err(cause) if cause.kind() == ErrorKind::Unsupported => return Ok(None),
            Err(cause) => return Err(cause),
        }
    }
}
