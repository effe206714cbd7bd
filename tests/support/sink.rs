//! A mail server that takes everything, refuses what it is told to, and keeps what it got: Debian's
//! `smtp-sink` (package postfix), run as an ordinary program on a free port.

use super::process::free_address;
use jianyan::mail::inbound::{Letter, read_letter};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const PROGRAM: &str = "/usr/sbin/smtp-sink";

/// A running server.
pub struct Sink {
    pub address: SocketAddr,
    folder: TempDir,
    child: Child,
}

/// A mail as the server got it.
pub struct Arrived {
    /// As the envelope says it, without brackets; empty for the null sender.
    pub sender: String,
    pub recipient: String,
    /// Header and body.
    pub raw: String,
    /// Read by our own reader of letters.
    pub letter: Letter,
}

impl Arrived {
    /// The value of a header line, unfolded; `None` when there is none. Panics when there are two.
    pub fn header(&self, name: &str) -> Option<String> {
        let (head, _) = self.raw.split_once("\n\n").expect("a header and a body");
        let unfolded = head.replace("\n ", " ").replace("\n\t", " ");
        let mark = format!("{}:", name.to_ascii_lowercase());
        let found: Vec<&str> = unfolded
            .lines()
            .filter(|line| line.to_ascii_lowercase().starts_with(&mark))
            .collect();
        assert!(found.len() < 2, "{name} stands twice: {head}");
        found
            .first()
            .map(|line| line[mark.len()..].trim().to_owned())
    }

    /// All words, those that a reader would take for a signature included.
    pub fn words(&self) -> String {
        let elided: Vec<&str> = self
            .letter
            .elided
            .iter()
            .map(|part| part.text.as_str())
            .collect();
        format!("{}\n{}", self.letter.text, elided.join("\n"))
    }

    /// The address in the mail that begins with these words.
    pub fn link(&self, begins: &str) -> String {
        let words = self.words();
        let at = words
            .find(begins)
            .unwrap_or_else(|| panic!("no {begins} in {words}"));
        words[at..].split_whitespace().next().unwrap().to_owned()
    }
}

impl Sink {
    /// A server that takes everything; `None`, with a line that says so, when there is no such
    /// program.
    pub fn start() -> Option<Self> {
        Self::with(&[])
    }

    /// A server with options of its own, such as `-f RCPT` to refuse for good.
    pub fn with(options: &[&str]) -> Option<Self> {
        Self::at(free_address(), options)
    }

    /// A server at an address.
    pub fn at(address: SocketAddr, options: &[&str]) -> Option<Self> {
        if !std::path::Path::new(PROGRAM).exists() {
            assert!(std::env::var_os("CI").is_none(), "CI must have smtp-sink");
            println!("SKIPPED: smtp-sink is not here; scripts/test installs it (package postfix)");
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(PROGRAM);
        // It asks for that when it is started by root.
        if rustix::process::geteuid().is_root() {
            command.args(["-u", "root"]);
        }
        let child = command
            .args(options)
            .arg("-d")
            .arg(folder.path().join("mail."))
            .args([&address.to_string(), "50"])
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let sink = Self {
            address,
            folder,
            child,
        };
        let deadline = Instant::now() + Duration::from_secs(20);
        while TcpStream::connect(address).is_err() {
            assert!(Instant::now() < deadline, "smtp-sink does not listen");
            std::thread::yield_now();
        }
        Some(sink)
    }

    /// The setting by which mails come here.
    pub fn url(&self) -> String {
        format!("smtp://{}?tls=none", self.address)
    }

    /// What arrived whole so far, in no order.
    pub fn arrived(&self) -> Vec<Arrived> {
        let mut files: Vec<PathBuf> = std::fs::read_dir(self.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        files.sort();
        files.iter().filter_map(read).collect()
    }

    /// The one mail that arrived.
    pub fn only(&self) -> Arrived {
        let mut arrived = self.arrived();
        assert_eq!(arrived.len(), 1, "not one mail");
        arrived.remove(0)
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(file: &PathBuf) -> Option<Arrived> {
    let text = String::from_utf8(std::fs::read(file).ok()?).expect("our mails are ASCII");
    let (mut sender, mut recipient) = (None, None);
    let mut rest = text.as_str();
    while let Some((line, after)) = rest
        .split_once('\n')
        .filter(|(line, _)| line.starts_with("X-"))
    {
        let bare = |value: &str| {
            value
                .split_once('>')
                .map(|(left, _)| left.trim_start_matches('<').to_owned())
        };
        if let Some(value) = line.strip_prefix("X-Mail-Args: ") {
            sender = bare(value);
        }
        if let Some(value) = line.strip_prefix("X-Rcpt-Args: ") {
            recipient = bare(value);
        }
        rest = after;
    }
    rest.contains("\n\n").then(|| Arrived {
        sender: sender.unwrap_or_default(),
        recipient: recipient.unwrap_or_default(),
        letter: read_letter(rest.as_bytes()),
        raw: rest.to_owned(),
    })
}
