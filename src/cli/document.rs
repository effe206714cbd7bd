//! `jianyan document outline FILE [--json]`.

use super::output::{json, say};
use crate::documents::model::{Node, Outline, Warning};
use crate::documents::outline::outline;
use crate::documents::read::{self, Limits};
use crate::error::{Error, Result};
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
    Ok(outlined(&read_source(file, limits)?.0))
}

/// The outline of a text, with what was odd in the file beside what is odd in the text.
pub(super) fn outlined(source: &read::SourceText) -> Outline {
    let mut found = outline(source);
    let of_file = source.warnings.iter().map(|warning| Warning {
        code: warning.code.to_owned(),
        message: warning.message.clone(),
        line: warning.line,
    });
    found.warnings.extend(of_file);
    found.warnings.sort_by_key(|warning| warning.line);
    found
}

/// The text of a plan file and its bytes.
pub(super) fn read_source(file: &Path, limits: &Limits) -> Result<(read::SourceText, Vec<u8>)> {
    let bytes = read_at_most(file, limits.file_bytes)?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    Ok((read::from_bytes(&name, &bytes, limits)?, bytes))
}

/// The bytes of a file.
pub(super) fn read_bytes(file: &Path) -> Result<Vec<u8>> {
    std::fs::read(file).map_err(|cause| unreadable(file, cause))
}

/// The bytes of a file, and of one that is too large enough to see that it is.
fn read_at_most(file: &Path, limit: usize) -> Result<Vec<u8>> {
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    std::fs::File::open(file)
        .and_then(|open| open.take(most).read_to_end(&mut bytes))
        .map_err(|cause| unreadable(file, cause))?;
    Ok(bytes)
}

fn unreadable(file: &Path, cause: std::io::Error) -> Error {
    let shown = file.display();
    Error::invalid(
        format!("读不到文件 {shown}：请检查路径和权限"),
        format!("cannot read {shown}: check its path and permissions"),
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
