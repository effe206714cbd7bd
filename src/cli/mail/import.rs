//! `jianyan mail import PATH…`.

use super::super::document::read_bytes;
use super::super::output::{note, say, say_both};
use super::super::site::{ConfigOptions, Site};
use crate::consultations::model::{Consultation, Timing};
use crate::error::{Error, Kind, Result};
use crate::intake::email::{Mailroom, Received};
use crate::intake::mailrooms::Mailrooms;
use jiff::Timestamp;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What came of all files.
#[derive(Default)]
struct Tally {
    registered: usize,
    supplements: usize,
    outside: usize,
    duplicates: usize,
    set_aside: usize,
    failed: usize,
}

pub(super) fn import(paths: &[PathBuf], slug: Option<&str>, config: &ConfigOptions) -> Result<()> {
    let files = letter_files(paths)?;
    let site = Site::open(config)?;
    let rooms = Rooms::new(&site, slug)?;
    let mut tally = Tally::default();
    for file in &files {
        if let Err(error) = one(&rooms, file, &mut tally) {
            tally.failed += 1;
            let shown = file.display();
            note(
                &format!("{shown}：{}", error.both().zh),
                &format!("{shown}: {}", error.both().en),
            );
        }
    }
    let Tally {
        registered,
        supplements,
        outside,
        duplicates,
        set_aside,
        failed,
    } = tally;
    say_both(
        &format!(
            "登记{registered}封，补充{supplements}封（其中期限外{outside}封），重复{duplicates}封，待核对{set_aside}封，失败{failed}封"
        ),
        &format!(
            "{registered} registered, {supplements} added to earlier ones ({outside} outside the window), {duplicates} duplicates, {set_aside} set aside, {failed} failed"
        ),
    );
    if failed > 0 {
        return Err(Error::new(
            Kind::Unavailable,
            format!("有{failed}封没有导入，原因见上；改正后重新运行即可，已导入的不会重复"),
            format!(
                "{failed} letters not imported, see above; run it again when mended, nothing is registered twice"
            ),
        ));
    }
    Ok(())
}

fn one(rooms: &Rooms, file: &Path, tally: &mut Tally) -> Result<()> {
    let raw = read_bytes(file)?;
    let written = std::fs::metadata(file)
        .and_then(|known| known.modified())
        .ok()
        .and_then(|at| Timestamp::try_from(at).ok());
    let at = written.unwrap_or_else(|| rooms.rooms.clock.now());
    match rooms.for_letter(&raw, at)?.receive(&raw, written)? {
        Received::Registered { receipt, timing } => {
            tally.registered += 1;
            tally.outside += usize::from(timing != Timing::InTime);
            say(&format!("{} {receipt} {}", file.display(), timing.code()));
        }
        Received::Supplement { receipt, timing } => {
            tally.supplements += 1;
            tally.outside += usize::from(timing != Timing::InTime);
            say(&format!("{} +{receipt} {}", file.display(), timing.code()));
        }
        Received::Duplicate => tally.duplicates += 1,
        Received::Quarantined { reason } => {
            tally.set_aside += 1;
            say(&format!("{} - {reason}", file.display()));
        }
    }
    Ok(())
}

/// The mailrooms, and the consultations that letters may be for.
struct Rooms {
    rooms: Mailrooms,
    consultations: Vec<Consultation>,
}

impl Rooms {
    fn new(site: &Site, slug: Option<&str>) -> Result<Self> {
        let rooms = site.mailrooms();
        let consultations = match slug {
            Some(slug) => vec![site.consultation(slug)?],
            None => rooms.candidates(None)?,
        };
        if consultations.is_empty() {
            return Err(Error::invalid(
                "还没有征求意见公告，请先用 jianyan import 导入",
                "there is no consultation yet; make one with jianyan import",
            ));
        }
        Ok(Self {
            rooms,
            consultations,
        })
    }

    fn for_letter(&self, raw: &[u8], at: Timestamp) -> Result<Arc<Mailroom>> {
        let chosen = self.rooms.choose(&self.consultations, raw, None, at);
        let consultation = chosen.ok_or_else(|| {
            Error::invalid(
                "无法确定属于哪个征求意见，请用 --consultation 指明",
                "cannot tell which consultation it belongs to; name it with --consultation",
            )
        })?;
        self.rooms.of(consultation)
    }
}

/// The letters at some paths: files as they are; of a Maildir its new and cur; of another folder
/// its .eml files; in the order of their names.
fn letter_files(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
        } else if path.join("cur").is_dir() && path.join("new").is_dir() {
            files.extend(inside(&path.join("new"), |_| true)?);
            files.extend(inside(&path.join("cur"), |_| true)?);
        } else {
            files.extend(inside(path, |file| {
                file.extension()
                    .is_some_and(|ending| ending.eq_ignore_ascii_case("eml"))
            })?);
        }
    }
    Ok(files)
}

fn inside(folder: &Path, wanted: impl Fn(&Path) -> bool) -> Result<Vec<PathBuf>> {
    let shown = folder.display();
    let unreadable = |cause: std::io::Error| {
        Error::invalid(
            format!("无法读取文件夹 {shown}：请检查路径和权限"),
            format!("cannot read the folder {shown}: check its path and permissions"),
        )
        .caused_by(cause)
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        // A link that leads nowhere is a letter that cannot be read, not one that is not there.
        let broken_link = path.is_symlink() && !path.exists();
        if (path.is_file() || broken_link) && wanted(&path) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
