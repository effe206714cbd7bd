//! `jianyan document outline FILE [--json]`.

use super::output::{json, say};
use crate::documents::model::{Node, Outline};
use crate::documents::outline::outline;
use crate::documents::read::{self, Limits};
use crate::error::{Error, Result, why};
use clap::{Args, Subcommand};
use std::io::Read;
use std::path::{Path, PathBuf};

#[derive(Args)]
pub(super) struct Options {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Print the outline of a plan file
    Outline {
        file: PathBuf,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
}

pub(super) fn run(options: &Options) -> Result<()> {
    let Action::Outline {
        file,
        json: as_json,
    } = &options.action;
    let outline = read_outline(file, &Limits::default())?;
    if *as_json {
        return json(&outline);
    }
    print(&outline);
    Ok(())
}

/// Reads a plan file.
///
/// # Errors
/// One line that names the file and says what is wrong with it.
pub(super) fn read_outline(file: &Path, limits: &Limits) -> Result<Outline> {
    let (bytes, name) = read_bytes_at_most(file, limits.file_bytes)?;
    Ok(outline(&read::from_bytes(&name, &bytes, limits)?))
}

/// The bytes of a file.
pub(super) fn read_bytes(file: &Path) -> Result<Vec<u8>> {
    std::fs::read(file).map_err(|cause| unreadable(file, cause))
}

/// The bytes of a file, and of one that is too large enough to see that it is; and its name
/// without folders.
pub(super) fn read_bytes_at_most(file: &Path, limit: usize) -> Result<(Vec<u8>, String)> {
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    std::fs::File::open(file)
        .and_then(|open| open.take(most).read_to_end(&mut bytes))
        .map_err(|cause| unreadable(file, cause))?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    Ok((bytes, name.into_owned()))
}

fn unreadable(file: &Path, cause: std::io::Error) -> Error {
    let (shown, why) = (file.display(), why(&cause));
    Error::invalid(
        format!("无法读取文件 {shown}：{}，请检查路径和权限", why.zh),
        format!(
            "cannot read {shown}: {}; check its path and permissions",
            why.en
        ),
    )
    .caused_by(cause)
}

fn print(outline: &Outline) {
    for document in &outline.documents {
        say(&format!(
            "[{:?}] {}",
            document.kind,
            document.title.as_deref().unwrap_or("—")
        ));
        document.nodes.iter().for_each(|node| print_node(node, 1));
    }
    for noise in &outline.noise {
        let [first, last] = noise.lines;
        say(&format!("[noise] {first}-{last} {}", noise.reason));
    }
    for warning in &outline.warnings {
        say(&format!(
            "[warning] {} {} {}",
            warning.line, warning.code, warning.message
        ));
    }
}

fn print_node(node: &Node, depth: usize) {
    let units = match node.units.len() {
        0 => String::new(),
        count => format!("  [{count}]"),
    };
    say(&format!(
        "{}{}{}{units}",
        "  ".repeat(depth),
        node.label,
        node.heading
    ));
    node.children
        .iter()
        .for_each(|child| print_node(child, depth + 1));
}
