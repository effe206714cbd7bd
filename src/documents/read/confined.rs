//! A program of others that reads a stranger's file, and what it is kept from.
//!
//! It has none of our environment, a folder of its own for everything it writes, no network, a
//! process namespace that ends with it, no privileges to gain, and limits of time, memory, processor
//! time, open files, processes, and of what it writes. Where the service is root, it is `nobody`.
//!
//! This is done by programs of util-linux and coreutils, which Debian always has: `setpriv`,
//! `unshare`, `prlimit`, `timeout`. Whether this machine lets us make namespaces is found out once,
//! by making one and looking from inside whether there is a network.

use crate::config::environment::{find_program, search_path};
use crate::error::{Error, Result};
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;
use tempfile::TempDir;

/// How long to wait between two looks at whether it is done, in milliseconds.
const LOOK: u64 = 50;
/// Every how many looks its folder is measured.
const MEASURE: u64 = 4;
/// Memory of each process, in bytes: an ordinary document takes less than 700 MB of addresses.
const MEMORY: u64 = 2 << 30;
/// The largest file it may write, in bytes.
const FILE: u64 = 256 << 20;
/// Bytes in its folder.
const FOLDER: u64 = 512 << 20;
/// Files and folders in its folder.
const ENTRIES: usize = 8192;
/// Files it may have open.
const OPEN: u64 = 256;
/// Processes and threads: of its own, where it is counted by itself.
const OWN_PROCESSES: u64 = 128;
/// Processes and threads of the whole account, where it is counted with the others.
const ALL_PROCESSES: u64 = 2048;
/// The account of nobody, on every Linux.
const NOBODY: u32 = 65534;

/// A network, process and IPC namespace; the first process of it is killed with the program before.
const SPACES: [&str; 6] = [
    "unshare",
    "--net",
    "--ipc",
    "--pid",
    "--fork",
    "--kill-child",
];
/// Its own account's namespace, which needs no privilege to be made.
const USER_SPACE: [&str; 2] = ["--user", "--map-current-user"];
/// A view of the processes in which ours, with its environment, is not.
const PROC: [&str; 2] = ["--mount", "--mount-proc"];
const PLAIN: [&str; 2] = ["setpriv", "--no-new-privs"];
const AS_NOBODY: [&str; 5] = [
    "setpriv",
    "--reuid=65534",
    "--regid=65534",
    "--clear-groups",
    "--no-new-privs",
];

/// What this machine lets us keep a program from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Walls {
    /// Everything; the programs put before it.
    Isolated { before: Vec<String>, counted: u64 },
    /// All but the network and our processes: no namespace can be made.
    Limited { before: Vec<String> },
    /// Nothing: the programs are not here, or cannot be used.
    Missing,
}

/// The walls of this machine, found out once.
pub(super) fn walls() -> &'static Walls {
    static FOUND: OnceLock<Walls> = OnceLock::new();
    FOUND.get_or_init(find_walls)
}

fn find_walls() -> Walls {
    const PROGRAMS: [&str; 4] = ["timeout", "setpriv", "unshare", "prlimit"];
    if PROGRAMS.map(find_program).contains(&None) {
        return Walls::Missing;
    }
    let root = is_root();
    let joined = |parts: &[&[&str]]| -> Vec<String> {
        let parts = parts.concat();
        parts.into_iter().map(str::to_owned).collect()
    };
    let account: &[&str] = if root { &AS_NOBODY } else { &PLAIN };
    let mut ways = Vec::new();
    for proc in [&PROC[..], &[]] {
        let before = joined(&[account, &SPACES, &USER_SPACE, proc]);
        ways.push((before, OWN_PROCESSES));
    }
    // Root needs no namespace of accounts, which some kernels forbid.
    for proc in [&PROC[..], &[]].into_iter().filter(|_| root) {
        let before = joined(&[&SPACES, proc, &AS_NOBODY]);
        ways.push((before, ALL_PROCESSES));
    }
    for (before, counted) in ways {
        if asked(&before).is_ok_and(|inside| inside.alone && inside.writes) {
            return Walls::Isolated { before, counted };
        }
    }
    let before = joined(&[account]);
    match asked(&before).is_ok_and(|inside| inside.writes) {
        true => Walls::Limited { before },
        false => Walls::Missing,
    }
}

/// What a program behind these others finds.
struct Inside {
    /// It is in another network than we are, with no way out of it.
    alone: bool,
    /// It can write into its folder.
    writes: bool,
}

fn asked(before: &[String]) -> Result<Inside> {
    const ASK: &str = "readlink /proc/self/ns/net; cat /proc/self/net/dev; : > written";
    let folder = folder()?;
    give(folder.path())?;
    let mut command = chain(before, folder.path()).ok_or_else(|| Error::internal("no program"))?;
    let said = command.args(["/bin/sh", "-c", ASK]).output();
    let said = said.map_err(Error::internal)?;
    let text = String::from_utf8_lossy(&said.stdout).into_owned();
    let mut lines = text.lines();
    let ours = std::fs::read_link("/proc/self/ns/net").map_err(Error::internal)?;
    let other = lines
        .next()
        .is_some_and(|line| line.starts_with("net:") && Path::new(line) != ours);
    // Two lines of headings, then one for each way out.
    let mut ways = lines.skip(2).peekable();
    let listed = ways.peek().is_some();
    let alone = other && listed && ways.all(|line| line.trim_start().starts_with("lo:"));
    let writes = said.status.success() && folder.path().join("written").exists();
    Ok(Inside { alone, writes })
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// A folder for a program; it goes, with all that is in it, when this is dropped.
pub(super) fn folder() -> Result<TempDir> {
    tempfile::Builder::new()
        .prefix("jianyan-")
        .tempdir()
        .map_err(Error::internal)
}

/// Gives what is in a folder to whom the program runs as.
fn give(path: &Path) -> Result<()> {
    if !is_root() {
        return Ok(());
    }
    std::os::unix::fs::chown(path, Some(NOBODY), Some(NOBODY)).map_err(Error::internal)?;
    if path.is_dir() {
        for entry in std::fs::read_dir(path).map_err(Error::internal)? {
            give(&entry.map_err(Error::internal)?.path())?;
        }
    }
    Ok(())
}

/// The programs that go before, in a folder, with an environment of nothing but that folder.
fn chain(before: &[String], folder: &Path) -> Option<Command> {
    let (first, more) = before.split_first()?;
    let mut command = Command::new(find_program(first)?);
    command
        .args(more)
        .current_dir(folder)
        .env_clear()
        .env("PATH", search_path())
        .env("LANG", "C.UTF-8")
        .env("HOME", folder)
        .env("TMPDIR", folder)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0);
    Some(command)
}

/// How a program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// By itself, well or not.
    Done,
    /// It was late.
    Late,
    /// It wrote more than it may.
    Large,
}

/// Runs a program on what is in a folder, and ends it with all it started.
///
/// # Errors
/// `Kind::Internal` when it cannot be started or waited for.
pub(super) fn run(
    walls: &Walls,
    folder: &Path,
    program: &Path,
    arguments: &[String],
    seconds: u64,
) -> Result<End> {
    let (before, processes) = match walls {
        Walls::Isolated { before, counted } => (before, *counted),
        Walls::Limited { before } => (before, ALL_PROCESSES),
        Walls::Missing => return Err(Error::internal("nothing to confine a program with")),
    };
    give(folder)?;
    // Ends it also when this process is killed meanwhile and cannot.
    let mut all = vec![
        "timeout".to_owned(),
        "--signal=KILL".to_owned(),
        seconds.saturating_add(5).to_string(),
    ];
    all.extend_from_slice(before);
    all.extend([
        "prlimit".to_owned(),
        "--core=0".to_owned(),
        format!("--cpu={}", seconds.saturating_add(1)),
        format!("--as={MEMORY}"),
        format!("--fsize={FILE}"),
        format!("--nofile={OPEN}"),
        format!("--nproc={processes}"),
    ]);
    let mut command = chain(&all, folder).ok_or_else(|| Error::internal("no timeout"))?;
    command.arg(program).args(arguments).stdout(Stdio::null());
    let mut child = command.spawn().map_err(Error::internal)?;
    let end = wait(&child, folder, seconds);
    stop(&mut child);
    end
}

/// Waits until the program has ended or has to be. It is not taken off the list of processes yet,
/// so that its number is nobody else's when its group is ended.
fn wait(child: &Child, folder: &Path, seconds: u64) -> Result<End> {
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    let pid = pid(child).ok_or_else(|| Error::internal("no number of a process"))?;
    for look in 0..=seconds.saturating_mul(1000) / LOOK {
        let state = rustix::process::waitid(WaitId::Pid(pid), options);
        if state.map_err(Error::internal)?.is_some() {
            return Ok(End::Done);
        }
        if look % MEASURE == 0 && !is_small(folder) {
            return Ok(End::Large);
        }
        std::thread::sleep(Duration::from_millis(LOOK));
    }
    Ok(End::Late)
}

/// Whether a folder holds no more than it may. What cannot be looked at is not counted.
fn is_small(folder: &Path) -> bool {
    let (mut bytes, mut entries) = (0_u64, 0_usize);
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        for entry in std::fs::read_dir(next).into_iter().flatten().flatten() {
            let Ok(about) = entry.metadata() else {
                continue;
            };
            entries += 1;
            bytes = bytes.saturating_add(about.len());
            if about.is_dir() {
                waiting.push(entry.path());
            }
            if bytes > FOLDER || entries > ENTRIES {
                return false;
            }
        }
    }
    true
}

/// Ends the program and all it started: LibreOffice's first process only starts another. Where
/// there is a process namespace, its first process dies with the program before it, and with that
/// all others, whatever group they put themselves into.
fn stop(child: &mut Child) {
    if let Some(group) = pid(child) {
        let _ = rustix::process::kill_process_group(group, Signal::KILL);
    }
    let _ = child.kill();
    let _ = child.wait();
}

fn pid(child: &Child) -> Option<Pid> {
    i32::try_from(child.id()).ok().and_then(Pid::from_raw)
}
