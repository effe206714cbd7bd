//! The real binary in a folder of its own, with nothing of the tester's environment.

use super::notice::NOTICE;
use jianyan::clock::{Clock, SystemClock, beijing};
use jiff::ToSpan;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Longest wait for a process to do what it was told.
const PATIENCE: Duration = Duration::from_secs(60);

/// A folder in which the binary runs, and its variables.
pub struct Installation {
    pub folder: TempDir,
    pub variables: Vec<(String, String)>,
}

/// What a command that ended left.
#[derive(Debug)]
pub struct Done {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Done {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code().expect("an exit code, not a signal"),
            out: String::from_utf8(output.stdout).expect("UTF-8 on standard output"),
            err: String::from_utf8(output.stderr).expect("UTF-8 on standard error"),
        }
    }

    /// The one line of a refusal, with nothing on standard output.
    pub fn refusal(&self) -> &str {
        assert_eq!((self.code, self.out.as_str()), (1, ""), "{self:?}");
        assert_eq!(self.err.matches('\n').count(), 1, "not one line: {self:?}");
        assert!(self.err.starts_with("jianyan: ") && self.err.ends_with('\n'));
        self.err.trim_end()
    }

    /// Standard output of a command that went well.
    pub fn good(&self) -> &str {
        assert_eq!(self.code, 0, "{self:?}");
        &self.out
    }

    /// The one JSON document on standard output.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(self.good()).expect("one JSON document and nothing else")
    }
}

impl Installation {
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            variables: Vec::new(),
        }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn set(&mut self, name: &str, value: &str) {
        self.variables.push((name.to_owned(), value.to_owned()));
    }

    /// Writes a file into the folder.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// All files and folders below the folder, sorted; without the two that SQLite puts beside a
    /// database while it is open.
    pub fn listing(&self) -> Vec<String> {
        fn visit(folder: &Path, base: &Path, found: &mut Vec<String>) {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                found.push(path.strip_prefix(base).unwrap().display().to_string());
                if path.is_dir() {
                    visit(&path, base, found);
                }
            }
        }
        let mut found = Vec::new();
        visit(self.path(), self.path(), &mut found);
        found.retain(|name| !name.ends_with("-wal") && !name.ends_with("-shm"));
        found.sort();
        found
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jianyan"));
        command
            .args(arguments)
            .current_dir(self.path())
            .env_clear()
            .envs(self.variables.iter().cloned())
            .stdin(Stdio::null());
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Done {
        Done::of(self.command(arguments).output().unwrap())
    }

    /// Runs a command that reads standard input.
    pub fn run_with(&self, arguments: &[&str], input: &str) -> Done {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut pipe = child.stdin.take().unwrap();
        // A command may end without reading it all.
        let _ = pipe.write_all(input.as_bytes());
        drop(pipe);
        Done::of(child.wait_with_output().unwrap())
    }

    /// Starts a command that goes on until it is told to stop.
    pub fn start(&self, arguments: &[&str]) -> Running {
        let mut child = self
            .command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (send, lines) = mpsc::channel();
        let out = follow(child.stdout.take().unwrap(), send.clone());
        let err = follow(child.stderr.take().unwrap(), send);
        Running {
            child,
            lines,
            out,
            err,
        }
    }

    /// Starts the service on a free port and waits until it listens.
    pub fn serve(&mut self) -> (Running, String) {
        let address = free_address();
        self.set("JIANYAN_LISTEN", &address.to_string());
        self.set("JIANYAN_PUBLIC_URL", &format!("http://{address}"));
        let running = self.start(&["serve"]);
        running.wait_for("serving");
        (running, format!("http://{address}"))
    }
}

type Lines = Arc<Mutex<Vec<String>>>;

fn follow(pipe: impl std::io::Read + Send + 'static, send: mpsc::Sender<String>) -> Lines {
    let lines = Lines::default();
    let kept = Arc::clone(&lines);
    std::thread::spawn(move || {
        for line in BufReader::new(pipe).lines() {
            let line = line.expect("lines in UTF-8");
            kept.lock().unwrap().push(line.clone());
            // Nobody listens after the test has what it waited for.
            let _ = send.send(line);
        }
    });
    lines
}

/// A port that was free a moment ago.
pub fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
}

/// A command that goes on.
pub struct Running {
    child: Child,
    lines: mpsc::Receiver<String>,
    pub out: Lines,
    pub err: Lines,
}

impl Running {
    /// Waits for a line that holds some words.
    pub fn wait_for(&self, words: &str) -> String {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.lines.recv_timeout(left) {
                Ok(line) if line.contains(words) => return line,
                Ok(_) => {}
                Err(_) => panic!("{words} was never said: {:?}", self.err.lock().unwrap()),
            }
        }
    }

    /// The number of the process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends a signal, such as `TERM`.
    pub fn signal(&self, name: &str) {
        let status = Command::new("kill")
            .args(["-s", name, &self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(status.success());
    }

    /// Waits for the end of a process that was killed.
    pub fn killed(&mut self) {
        assert_eq!(
            self.child.wait().unwrap().code(),
            None,
            "it ended by itself"
        );
    }

    /// Waits for the end and gives the exit code.
    pub fn end(&mut self) -> i32 {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code().expect("an exit code, not a signal");
            }
            assert!(Instant::now() < deadline, "it does not end");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits until nobody listens at an address any more.
pub fn wait_until_closed(base: &str) {
    let deadline = Instant::now() + PATIENCE;
    while TcpStream::connect(base.strip_prefix("http://").unwrap()).is_ok() {
        assert!(Instant::now() < deadline, "it still listens");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// The sample notice with a window around this machine's today.
pub fn notice_for_today() -> String {
    let today = SystemClock.now().to_zoned(beijing()).date();
    let words =
        |day: jiff::civil::Date| format!("{}年{}月{}日", day.year(), day.month(), day.day());
    NOTICE
        .replace("2025年5月29日", &words(today - 10.days()))
        .replace("2025年6月28日", &words(today + 25.days()))
}
