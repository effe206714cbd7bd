//! Old Word documents, WPS documents and OpenDocument texts, through LibreOffice when it is there.
//!
//! The file goes into a temporary folder under a name of ours, with a profile of its own, so that
//! nothing of the machine's LibreOffice is read or changed and two conversions do not meet. What
//! the program is kept from stands in `confined`; what its profile forbids, in
//! `assets/libreoffice/registrymodifications.xcu` (docs/adr/0037).

use super::confined::{self, End, Walls};
use super::{Format, Limits, refuse};
use crate::config::environment::find_program;
use crate::error::{Error, Kind, Result};
use std::io::Read;
use std::path::{Path, PathBuf};

/// The names LibreOffice goes by.
const PROGRAMS: [&str; 2] = ["soffice", "libreoffice"];

const PROFILE: &str = include_str!("../../../assets/libreoffice/registrymodifications.xcu");

/// Whether and how this machine converts documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conversion {
    /// LibreOffice runs without a network.
    Isolated,
    /// It would have a network, and the settings allow that.
    NotIsolated,
    /// It would have a network, so nothing is converted.
    Refused,
    /// LibreOffice is not here.
    NoProgram,
}

impl Conversion {
    /// What is in force on this machine. The first call tries it out, which takes a moment.
    #[must_use]
    pub fn in_force(without_isolation: bool) -> Self {
        match confined::walls() {
            _ if program().is_none() => Self::NoProgram,
            Walls::Isolated { .. } => Self::Isolated,
            Walls::Limited { .. } if without_isolation => Self::NotIsolated,
            Walls::Limited { .. } | Walls::Missing => Self::Refused,
        }
    }
}

/// Converts a document to .docx.
///
/// # Errors
/// `Unavailable` when LibreOffice is not there, cannot be kept from the network, or does not finish
/// in time; `TooLarge` when it writes too much; `Invalid` when it cannot open the file.
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
    let program = program().ok_or_else(|| missing(name, extension))?;
    if Conversion::in_force(limits.convert_without_isolation) == Conversion::Refused {
        return Err(not_isolated(name, extension));
    }
    let folder = confined::folder()?;
    let source = folder.path().join(format!("source.{extension}"));
    let profile = folder.path().join("profile").join("user");
    let settings = profile.join("registrymodifications.xcu");
    std::fs::create_dir_all(&profile)
        .and_then(|()| std::fs::write(&settings, PROFILE))
        .and_then(|()| std::fs::write(&source, bytes))
        .map_err(Error::internal)?;
    let (walls, seconds) = (confined::walls(), limits.convert_seconds);
    match confined::run(
        walls,
        folder.path(),
        &program,
        &arguments(folder.path(), &source),
        seconds,
    )? {
        End::Done => {}
        End::Late => return Err(late(name, seconds)),
        End::Large => return Err(large(name)),
    }
    let made = folder.path().join("out").join("source.docx");
    let most = u64::try_from(limits.expanded_bytes).unwrap_or(u64::MAX);
    let mut converted = Vec::new();
    // What was made is a file, and no link that leads to one of ours.
    let is_file = std::fs::symlink_metadata(&made).is_ok_and(|about| about.is_file());
    let read =
        std::fs::File::open(&made).and_then(|file| file.take(most).read_to_end(&mut converted));
    if !is_file || read.is_err() || converted.is_empty() {
        return Err(refuse::invalid(
            name,
            "LibreOffice无法打开，可能已损坏、设有密码或过于复杂，请用Word或WPS另存为.docx再提交",
            "cannot be opened by LibreOffice; it may be broken, too complex or have a password; save it as .docx",
        ));
    }
    Ok(converted)
}

/// LibreOffice, where it is.
fn program() -> Option<PathBuf> {
    PROGRAMS.into_iter().find_map(find_program)
}

fn arguments(folder: &Path, source: &Path) -> Vec<String> {
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
    let mut arguments = vec![format!("-env:UserInstallation=file://{profile}")];
    let fixed = [
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        "--convert-to",
        "docx",
        "--outdir",
    ];
    arguments.extend(fixed.map(str::to_owned));
    arguments.push(folder.join("out").to_string_lossy().into_owned());
    arguments.push(source.to_string_lossy().into_owned());
    arguments
}

fn late(name: &str, seconds: u64) -> Error {
    refuse::new(
        Kind::Unavailable,
        name,
        format!("用LibreOffice转换超过{seconds}秒仍未完成，请用Word或WPS另存为.docx再提交"),
        format!("was not converted by LibreOffice within {seconds} seconds; save it as .docx"),
    )
}

fn large(name: &str) -> Error {
    refuse::new(
        Kind::TooLarge,
        name,
        "转换时写出的内容过多，已经停止，请用Word或WPS另存为.docx再提交",
        "made LibreOffice write too much, so it was stopped; save it as .docx",
    )
}

fn not_isolated(name: &str, extension: &str) -> Error {
    refuse::new(
        Kind::Unavailable,
        name,
        format!(
            "是.{extension}格式，需要转换，而本机不能让转换程序与网络断开，所以没有转换；请用Word或WPS另存为.docx再提交，或请系统管理员查看文档CONFIGURATION.md中的convert_without_isolation"
        ),
        format!(
            "is a .{extension} and was not converted, because this machine cannot keep LibreOffice from the network; save it as .docx, or see convert_without_isolation in CONFIGURATION.md"
        ),
    )
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
