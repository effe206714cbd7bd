//! `jianyan mail parse FILE` and `jianyan mail import PATH…`.

use super::document::{read_bytes, read_outline};
use super::output::{json, note, say, say_both};
use super::site::{ConfigOptions, Site};
use crate::consultations::find;
use crate::consultations::model::{Consultation, Timing};
use crate::documents::model::{DocumentOutline, Outline};
use crate::documents::read::Limits;
use crate::error::{Error, Kind, Result};
use crate::intake::email::{Mailroom, Received};
use crate::intake::model::contact::Office;
use crate::intake::reading::read_at_once;
use crate::mail::inbound::{Desk, read_letter};
use clap::{Args, Subcommand};
use jiff::Timestamp;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

#[derive(Args)]
pub(super) struct Options {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Show how a letter is read
    Parse {
        file: PathBuf,
        /// As JSON (the only form; accepted so that calls can say so)
        #[arg(long)]
        json: bool,
        /// The plan that the letter's references are resolved against
        #[arg(long, value_name = "FILE")]
        draft: Option<PathBuf>,
    },
    /// Register letters from .eml files, folders of them, or Maildirs
    Import {
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// The consultation they belong to; found by the address they were sent to when left out
        #[arg(long, value_name = "SLUG")]
        consultation: Option<String>,
        #[command(flatten)]
        config: ConfigOptions,
    },
}

pub(super) fn run(options: &Options) -> Result<()> {
    match &options.action {
        Action::Parse { file, draft, .. } => parse(file, draft.as_deref()),
        Action::Import {
            paths,
            consultation,
            config,
        } => import(paths, consultation.as_deref(), config),
    }
}

fn parse(file: &Path, draft: Option<&Path>) -> Result<()> {
    let raw = read_bytes(file)?;
    let desk = match draft {
        Some(draft) => desk(&read_outline(draft, &Limits::default())?),
        None => Desk::default(),
    };
    json(&read_at_once(&raw, &desk))
}

/// What the file of a plan says about the office and the places of its draft.
fn desk(outline: &Outline) -> Desk {
    let contact = outline.notice.as_ref().map(|notice| &notice.contact);
    let one = |detail: Option<&String>| detail.into_iter().cloned().collect();
    Desk {
        office: Office {
            phones: one(contact.and_then(|contact| contact.phone.as_ref())),
            emails: one(contact.and_then(|contact| contact.email.as_ref())),
        },
        places: outline
            .plan()
            .map(DocumentOutline::reference_places)
            .unwrap_or_default()
            .into(),
    }
}

/// What came of all files.
#[derive(Default)]
struct Tally {
    registered: usize,
    outside: usize,
    duplicates: usize,
    set_aside: usize,
    failed: usize,
}

fn import(paths: &[PathBuf], slug: Option<&str>, config: &ConfigOptions) -> Result<()> {
    let files = letter_files(paths)?;
    let site = Site::open(config)?;
    let mut rooms = Rooms::new(&site, slug)?;
    let mut tally = Tally::default();
    for file in &files {
        if let Err(error) = one(&mut rooms, file, &mut tally) {
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
        outside,
        duplicates,
        set_aside,
        failed,
    } = tally;
    say_both(
        &format!(
            "登记{registered}封（其中期外{outside}封），重复{duplicates}封，待核对{set_aside}封，失败{failed}封"
        ),
        &format!(
            "{registered} registered ({outside} outside the window), {duplicates} duplicates, {set_aside} set aside, {failed} failed"
        ),
    );
    if failed > 0 {
        return Err(Error::new(
            Kind::Unavailable,
            format!("有{failed}封没有导入，原因见上；改正后重新运行即可，已导入的不会重复"),
            format!(
                "{failed} letters were not imported, see above; run it again when mended, nothing is registered twice"
            ),
        ));
    }
    Ok(())
}

fn one(rooms: &mut Rooms<'_>, file: &Path, tally: &mut Tally) -> Result<()> {
    let raw = read_bytes(file)?;
    let written = std::fs::metadata(file)
        .and_then(|known| known.modified())
        .ok()
        .and_then(|at| Timestamp::try_from(at).ok());
    match rooms.for_letter(&raw)?.receive(&raw, written)? {
        Received::Registered { receipt, timing } => {
            tally.registered += 1;
            tally.outside += usize::from(timing != Timing::InTime);
            say(&format!("{} {receipt} {}", file.display(), timing.code()));
        }
        Received::Duplicate => tally.duplicates += 1,
        Received::Quarantined { reason } => {
            tally.set_aside += 1;
            say(&format!("{} - {reason}", file.display()));
        }
    }
    Ok(())
}

/// The mailrooms in use, opened when the first letter for them comes.
struct Rooms<'a> {
    site: &'a Site,
    consultations: Vec<Consultation>,
    open: HashMap<String, Mailroom>,
}

impl<'a> Rooms<'a> {
    fn new(site: &'a Site, slug: Option<&str>) -> Result<Self> {
        let consultations = match slug {
            Some(slug) => vec![site.consultation(slug)?],
            None => site
                .database
                .read_now(|db| find::all(db, site.clock.now()))?,
        };
        if consultations.is_empty() {
            return Err(Error::invalid(
                "还没有征求意见公告，请先用 jianyan import 导入",
                "there is no consultation yet; make one with jianyan import",
            ));
        }
        Ok(Self {
            site,
            consultations,
            open: HashMap::new(),
        })
    }

    fn for_letter(&mut self, raw: &[u8]) -> Result<&Mailroom> {
        let wanted = self.choose(raw)?;
        if !self.open.contains_key(&wanted.id) {
            let room = self.site.mailroom(wanted.clone())?;
            self.open.insert(wanted.id.clone(), room);
        }
        self.open
            .get(&wanted.id)
            .ok_or_else(|| Error::internal("a mailroom that was just opened is gone"))
    }

    /// The only consultation, or the only one whose address the letter was sent to.
    fn choose(&self, raw: &[u8]) -> Result<Consultation> {
        if let [only] = self.consultations.as_slice() {
            return Ok(only.clone());
        }
        let to = read_letter(raw).to;
        let sent_to = |one: &&Consultation| {
            one.contact.email.as_deref().is_some_and(|own| {
                to.iter()
                    .filter_map(|mailbox| mailbox.address.as_deref())
                    .any(|address| address.eq_ignore_ascii_case(own))
            })
        };
        let mut fitting = self.consultations.iter().filter(sent_to);
        match (fitting.next(), fitting.next()) {
            (Some(only), None) => Ok(only.clone()),
            _ => Err(Error::invalid(
                "分不清属于哪个征求意见，请用 --consultation 指明",
                "cannot tell which consultation it belongs to; name it with --consultation",
            )),
        }
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
            format!("读不到文件夹 {shown}：请检查路径和权限"),
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
