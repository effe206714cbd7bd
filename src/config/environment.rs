//! What other programs that we start get of this process's environment, and what they do not.

use std::ffi::OsString;
use std::path::PathBuf;

/// Where programs are sought when this process was given no `PATH`.
const USUAL_PATH: &str = "/usr/local/bin:/usr/bin:/bin";

/// The folders in which programs are sought, as `PATH` names them.
#[must_use]
pub fn search_path() -> OsString {
    std::env::var_os("PATH").unwrap_or_else(|| USUAL_PATH.into())
}

/// A program by its name, in the folders of `PATH`.
#[must_use]
pub fn find_program(name: &str) -> Option<PathBuf> {
    std::env::split_paths(&search_path())
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
}

/// The names of our own variables, which may hold passwords: no program that we start is to have
/// them.
#[must_use]
pub fn own_variables() -> Vec<OsString> {
    let names = std::env::vars_os().map(|(name, _)| name);
    names
        .filter(|name| name.to_string_lossy().starts_with(super::load::PREFIX))
        .collect()
}
