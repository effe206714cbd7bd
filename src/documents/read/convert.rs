//! Old Word documents, WPS documents and OpenDocument texts, through LibreOffice when it is there.
//!
//! The file goes into a temporary folder under a name of ours, with a profile of its own, so that
//! nothing of the machine's LibreOffice is read or changed and two conversions do not meet. The
//! program runs as the head of a process group, which is killed as one when it is late.

use super::{Format, Limits, refuse};
use crate::error::{Error, Kind, Result};
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// How long to wait between two looks at whether it is done.
const LOOK: Duration = Duration::from_millis(50);

/// The names LibreOffice goes by.
const PROGRAMS: [&str; 2] = ["soffice", "libreoffice"];

/// Converts a document to .docx.
///
/// # Errors
/// `Unavailable` when LibreOffice is not there or does not finish in time, `Invalid` when it cannot
/// open the file.
pub(super) fn to_docx(
    name: &str,
    format: Format,
    bytes: &[u8],
    limits: &Limits,
) -> Result<Vec<u8>> {
    let extension = match format {
        Format::Odt => "odt",
        Format::Wps => "wps",
        _ => "doc",
    };
    let folder = tempfile::tempdir().map_err(Error::internal)?;
    let source = folder.path().join(format!("source.{extension}"));
    std::fs::write(&source, bytes).map_err(Error::internal)?;
    let mut child = start(folder.path(), &source).ok_or_else(|| missing(name, extension))?;
    if !wait(&mut child, limits.convert_seconds)? {
        stop(&mut child);
        return Err(refuse::new(
            Kind::Unavailable,
            name,
            format!(
                "用LibreOffice转换超过{}秒仍未完成，请用Word或WPS另存为.docx再提交",
                limits.convert_seconds
            ),
            format!(
                "was not converted by LibreOffice within {} seconds; save it as .docx",
                limits.convert_seconds
            ),
        ));
    }
    let made = folder.path().join("out").join("source.docx");
    let most = u64::try_from(limits.expanded_bytes).unwrap_or(u64::MAX);
    let mut converted = Vec::new();
    let read =
        std::fs::File::open(&made).and_then(|file| file.take(most).read_to_end(&mut converted));
    if read.is_err() || converted.is_empty() {
        return Err(refuse::invalid(
            name,
            "LibreOffice无法打开，可能已损坏或设有密码，请用Word或WPS另存为.docx再提交",
            "cannot be opened by LibreOffice; it may be broken or have a password; save it as .docx",
        ));
    }
    Ok(converted)
}

/// Starts the conversion; `None` when there is no LibreOffice.
fn start(folder: &Path, source: &Path) -> Option<Child> {
    // An address, in which blanks and signs of the folder's own path are written as octets.
    let profile: String = folder
        .join("profile")
        .to_string_lossy()
        .bytes()
        .map(|byte| match byte {
            b'/' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
            byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect();
    PROGRAMS.iter().find_map(|program| {
        let mut command = Command::new(program);
        command
            .arg(format!("-env:UserInstallation=file://{profile}"))
            .args(["--headless", "--norestore", "--nolockcheck", "--nodefault"])
            .args(["--convert-to", "docx", "--outdir"])
            .arg(folder.join("out"))
            .arg(source)
            .current_dir(folder)
            .env("HOME", folder)
            .env("TMPDIR", folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        own_group(&mut command);
        command.spawn().ok()
    })
}

#[cfg(unix)]
fn own_group(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}

#[cfg(not(unix))]
fn own_group(_command: &mut Command) {}

/// Waits until the program has ended; `false` when it is late.
fn wait(child: &mut Child, seconds: u64) -> Result<bool> {
    let looks = seconds.saturating_mul(1000) / 50;
    for _ in 0..looks {
        if child.try_wait().map_err(Error::internal)?.is_some() {
            return Ok(true);
        }
        std::thread::sleep(LOOK);
    }
    Ok(child.try_wait().map_err(Error::internal)?.is_some())
}

/// Ends the program and all it started: LibreOffice's first process only starts another.
fn stop(child: &mut Child) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id())
        .ok()
        .and_then(rustix::process::Pid::from_raw)
    {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    let _ = child.kill();
    let _ = child.wait();
}

fn missing(name: &str, extension: &str) -> Error {
    refuse::new(
        Kind::Unavailable,
        name,
        format!(
            "是.{extension}格式，需要LibreOffice转换，而本机没有安装；请用Word或WPS另存为.docx再提交"
        ),
        format!(
            "is a .{extension} and needs LibreOffice, which is not installed; save it as .docx"
        ),
    )
}
