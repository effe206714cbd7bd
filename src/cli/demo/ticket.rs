//! What makes a folder a demonstration's: a file with its password, written before anything else.
//! Started again, the demonstration shows the same password; and no real site is taken for one.

use crate::cli::password::made_for;
use crate::error::{Error, Kind, Result, why};
use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

const FILE: &str = "demo-password.txt";

/// Files of which one is there in the folder of every site.
const OF_A_SITE: [&str; 2] = ["jianyan.db", "site.key"];

pub(super) struct Ticket {
    pub(super) password: String,
    /// Whether it was made just now.
    pub(super) is_new: bool,
}

/// The demonstration's own, made when the folder is new or holds no site.
///
/// # Errors
/// `Kind::Conflict` when the folder holds a site that is no demonstration; nothing is changed there.
pub(super) fn of(folder: &Path, login: &str) -> Result<Ticket> {
    let path = folder.join(FILE);
    match std::fs::read_to_string(&path) {
        Ok(text) if !text.trim().is_empty() => {
            return Ok(Ticket {
                password: text.trim().to_owned(),
                is_new: false,
            });
        }
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => {
            return Err(unusable(&path, cause));
        }
        _ => {}
    }
    if OF_A_SITE.iter().any(|name| folder.join(name).exists()) {
        let shown = folder.display();
        return Err(Error::new(
            Kind::Conflict,
            format!(
                "{shown} 中的数据不是演示数据（没有{FILE}），没有改动；请用--data另选一个文件夹"
            ),
            format!(
                "{shown} holds a site that is no demonstration (there is no {FILE}) and was left as it is; name another folder with --data"
            ),
        ));
    }
    let password = made_for(login)?.text;
    write(folder, &path, &password).map_err(|cause| unusable(&path, cause))?;
    Ok(Ticket {
        password,
        is_new: true,
    })
}

fn write(folder: &Path, path: &Path, password: &str) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true).mode(0o700).create(folder)?;
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(0o600);
    let mut file = options.open(path)?;
    file.write_all(format!("{password}\n").as_bytes())?;
    file.sync_all()
}

fn unusable(path: &Path, cause: std::io::Error) -> Error {
    let (shown, why) = (path.display(), why(&cause));
    Error::new(
        Kind::Unavailable,
        format!("{shown} 不能读写：{}；请检查--data的路径和权限", why.zh),
        format!(
            "{shown} cannot be read or written: {}; check the path of --data and its permissions",
            why.en
        ),
    )
    .caused_by(cause)
}
