//! `office-export-page`, `office-log`, `feedback`: pages of a site with a hundred thousand opinions,
//! this program beside the one of before, on the same data.

use crate::figure::{Figure, Result, median};
use crate::filled::{Filled, LOGIN, PASSWORD, SLUG};
use crate::process::{Running, free_address};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel_migrations::{FileBasedMigrations, MigrationHarness};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, MutexGuard};
use std::time::{Duration, Instant};

/// Opinions, unless `JIANYAN_BENCH_OPINIONS` says otherwise.
const OPINIONS: u64 = 100_000;
const ROUNDS: u32 = 5;
const PROGRAM: &str = env!("CARGO_BIN_EXE_jianyan");
/// The latest change of the tables that the program of before knows.
const LAST_OF_BEFORE: &str = "20261126000009";

pub fn export_page(report: &mut dyn FnMut(Figure)) -> Result<()> {
    measure("office-export-page", report, |_| {
        format!("/office/c/{SLUG}/export")
    })
}

pub fn log(report: &mut dyn FnMut(Figure)) -> Result<()> {
    measure("office-log", report, |_| format!("/office/c/{SLUG}/audit"))
}

/// Another page of the table each time, because a page that was made is kept for some seconds.
pub fn feedback(report: &mut dyn FnMut(Figure)) -> Result<()> {
    measure("feedback", report, |round| {
        format!("/c/{SLUG}/feedback?page={}", round * 70 + 1)
    })
}

/// The figures beside these, which no bound was set for.
pub fn others(report: &mut dyn FnMut(Figure)) -> Result<()> {
    measure("office-home", report, |_| "/office".to_owned())?;
    measure("office-queue", report, |_| {
        format!("/office/c/{SLUG}/remarks")
    })?;
    measure("office-letters", report, |_| {
        format!("/office/c/{SLUG}/letters")
    })
}

fn measure(
    name: &'static str,
    report: &mut dyn FnMut(Figure),
    address: impl Fn(u32) -> String,
) -> Result<()> {
    let Some(before) = std::env::var_os("JIANYAN_BENCH_BEFORE").map(PathBuf::from) else {
        eprintln!("{name}: left out, JIANYAN_BENCH_BEFORE does not name a program of before");
        return Ok(());
    };
    let mut both = both(&before)?;
    let Both { ours, theirs, .. } = both.as_mut().ok_or("the sites were not made")?;
    let (mut value, mut limit) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        crate::stop::check()?;
        let address = address(round);
        let new = ours.time(&address)?;
        let old = theirs.time(&address)?;
        eprintln!(
            "{name}: round {}: {new:.2} ms, before {old:.2} ms, {:.0} times as fast",
            round + 1,
            old / new
        );
        value.push(new);
        limit.push(old);
    }
    report(Figure {
        name,
        value: median(value),
        unit: "ms",
        limit: median(limit),
    });
    Ok(())
}

/// Both programs on the same data.
struct Both {
    ours: Server,
    theirs: Server,
    _folder: tempfile::TempDir,
}

static BOTH: Mutex<Option<Both>> = Mutex::new(None);

/// Made once for all figures of a run.
fn both(before: &Path) -> Result<MutexGuard<'static, Option<Both>>> {
    let mut both = BOTH.lock().expect("one at a time");
    if both.is_none() {
        *both = Some(Both::start(before)?);
    }
    Ok(both)
}

/// Ends the servers; whoever measures calls it last, because what is static is never dropped.
pub fn end() {
    if let Ok(mut both) = BOTH.lock() {
        *both = None;
    }
}

impl Both {
    fn start(before: &Path) -> Result<Self> {
        let opinions = std::env::var("JIANYAN_BENCH_OPINIONS").ok();
        let opinions = opinions.map_or(Ok(OPINIONS), |text| text.parse::<u64>());
        let opinions = opinions.map_err(|cause| format!("JIANYAN_BENCH_OPINIONS: {cause}"))?;
        let folder = tempfile::Builder::new().prefix("jianyan-bench-").tempdir();
        let folder = folder.map_err(|cause| cause.to_string())?;
        let begun = Instant::now();
        let theirs = Filled::make(&folder.path().join("before"), opinions)?;
        eprintln!(
            "{opinions} opinions made in {:.0} s",
            begun.elapsed().as_secs_f64()
        );
        back(&theirs)?;
        let ours = copy(&theirs, &folder.path().join("now"))?;
        Ok(Self {
            ours: Server::start(Path::new(PROGRAM), &ours)?,
            theirs: Server::start(before, &theirs)?,
            _folder: folder,
        })
    }
}

/// Takes the tables back to what the program of before knows.
fn back(site: &Filled) -> Result<()> {
    let said = |cause: &dyn std::fmt::Display| cause.to_string();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite");
    let migrations = FileBasedMigrations::from_path(folder).map_err(|cause| said(&cause))?;
    let path = site.database().display().to_string();
    let mut connection =
        diesel::SqliteConnection::establish(&path).map_err(|cause| said(&cause))?;
    loop {
        let applied =
            MigrationHarness::<diesel::sqlite::Sqlite>::applied_migrations(&mut connection);
        let applied = applied.map_err(|cause| said(&cause))?;
        if applied
            .first()
            .is_none_or(|one| one.to_string().as_str() <= LAST_OF_BEFORE)
        {
            break;
        }
        let undone = connection.revert_last_migration(migrations.clone());
        undone.map_err(|cause| said(&cause))?;
    }
    let whole = "PRAGMA wal_checkpoint(TRUNCATE); VACUUM; PRAGMA wal_checkpoint(TRUNCATE);";
    connection
        .batch_execute(whole)
        .map_err(|cause| said(&cause))
}

fn copy(from: &Filled, to: &Path) -> Result<Filled> {
    let done = Command::new("cp")
        .arg("-r")
        .arg(&from.folder)
        .arg(to)
        .status();
    match done {
        Ok(status) if status.success() => Ok(Filled {
            folder: to.to_owned(),
        }),
        other => Err(format!("the site could not be copied: {other:?}")),
    }
}

/// A program on a site, and somebody of the office who looks at it.
struct Server {
    _running: Running,
    base: String,
    cookie: String,
    agent: ureq::Agent,
}

impl Server {
    fn start(program: &Path, site: &Filled) -> Result<Self> {
        let address = free_address()?;
        let mut command = Command::new(program);
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("JIANYAN_")) {
            command.env_remove(name);
        }
        command
            .env("JIANYAN_CONFIG", site.settings(address)?)
            .arg("serve");
        let log =
            std::fs::File::create(site.folder.join("log")).map_err(|cause| cause.to_string())?;
        let mut running = Running::start(command.stderr(log))?;
        let begun = Instant::now();
        // A database of before is brought up to date first.
        while let Err(fault) = running.ready(address, "/healthz") {
            if begun.elapsed() > Duration::from_secs(600) || fault.contains("ended") {
                return Err(fault);
            }
        }
        eprintln!(
            "{} answers after {:.1} s",
            program.display(),
            begun.elapsed().as_secs_f64()
        );
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(Duration::from_secs(120)))
            .build()
            .new_agent();
        let mut server = Self {
            _running: running,
            base: format!("http://{address}"),
            cookie: String::new(),
            agent,
        };
        server.sign_in()?;
        Ok(server)
    }

    fn sign_in(&mut self) -> Result<()> {
        let form = format!("login={LOGIN}&password={PASSWORD}&next=");
        let answer = self
            .agent
            .post(format!("{}/office/sign-in", self.base))
            .header("content-type", "application/x-www-form-urlencoded")
            .send(form.as_bytes())
            .map_err(|cause| cause.to_string())?;
        let cookie = answer
            .headers()
            .get("set-cookie")
            .and_then(|value| value.to_str().ok());
        let pair = cookie.and_then(|cookie| cookie.split(';').next());
        pair.ok_or("nobody could sign in")?
            .clone_into(&mut self.cookie);
        Ok(())
    }

    /// How long a page takes from the request to its last byte, in milliseconds.
    fn time(&self, path: &str) -> Result<f64> {
        let begun = Instant::now();
        let mut answer = self
            .agent
            .get(format!("{}{path}", self.base))
            .header("cookie", &self.cookie)
            .call()
            .map_err(|cause| format!("{path}: {cause}"))?;
        let body = answer
            .body_mut()
            .with_config()
            .limit(100_000_000)
            .read_to_vec();
        let body = body.map_err(|cause| format!("{path}: {cause}"))?;
        if answer.status().as_u16() != 200 || body.is_empty() {
            return Err(format!("{path}: status {}", answer.status()));
        }
        Ok(begun.elapsed().as_secs_f64() * 1000.0)
    }
}
