//! The real program on data of its own: started, asked, killed.

use crate::support::notice::NOTICE;
use crate::support::{Backend, TestDatabase, postgres_admin};
use jianyan::clock::{Clock, SystemClock, beijing};
use jianyan::db::{Address, Database};
use jiff::{ToSpan, Zoned};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// The short name of the notice that [`Install::publish`] publishes.
pub const SLUG: &str = "plan";

/// Data folder, database and settings of one installation.
pub struct Install {
    pub folder: TempDir,
    pub database: TestDatabase,
    data: PathBuf,
}

/// Makes a test of a function of [`Install`] on each database.
#[macro_export]
macro_rules! install_on_both {
    ($name:ident, $body:path) => {
        mod $name {
            use $crate::program::Install;
            use $crate::support::Backend;
            #[test]
            fn sqlite() {
                $body(Install::new(Backend::Sqlite).unwrap());
            }
            #[test]
            fn postgres() {
                if let Some(install) = Install::new(Backend::Postgres) {
                    $body(install);
                }
            }
        }
    };
}

impl Install {
    pub fn new(backend: Backend) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        Self::with_data(backend, folder, data)
    }

    /// An installation whose data lie in a folder that is there already.
    pub fn with_data(backend: Backend, folder: TempDir, data: PathBuf) -> Option<Self> {
        let database = match (backend, postgres_admin()) {
            (Backend::Sqlite, _) => TestDatabase::sqlite(&data),
            (Backend::Postgres, Some(admin)) => TestDatabase::postgres(&admin),
            (Backend::Postgres, None) => {
                crate::support::postgres_left_out();
                return None;
            }
        };
        Some(Self {
            folder,
            database,
            data,
        })
    }

    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Writes the settings, for a port that is free now.
    fn settings(&self) -> (PathBuf, String) {
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = free.local_addr().unwrap();
        let file = self.folder.path().join(format!("{}.toml", address.port()));
        let text = format!(
            "database_url = \"{}\"\ndata_dir = \"{}\"\nlisten = \"{address}\"\n\
             public_url = \"http://{address}\"\nmail_host = \"mail.example.org\"\nworkers = 2\n",
            self.database.url,
            self.data.display()
        );
        std::fs::write(&file, text).unwrap();
        (file, format!("http://{address}"))
    }

    fn program(&self, file: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jianyan"));
        own_environment(&mut command);
        command.args(arguments).arg("--config").arg(file);
        command
    }

    /// A command of the program.
    pub fn command(&self, arguments: &[&str]) -> Command {
        self.program(&self.settings().0, arguments)
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs a command that must do its work; answers its standard output.
    pub fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {complaint}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Writes the sample notice with a window that is open now; answers its file.
    pub fn notice(&self) -> PathBuf {
        let file = self.folder.path().join("notice.txt");
        std::fs::write(&file, open_notice()).unwrap();
        file
    }

    pub fn publish(&self) {
        self.done(&["import", self.notice().to_str().unwrap(), "--slug", SLUG]);
    }

    /// Starts the service and waits until it listens.
    pub fn serve(&self) -> Running {
        let (file, base) = self.settings();
        Running::start(self.program(&file, &["serve"]), base)
    }

    /// Starts the service so that writing past a file size limit is an error, not its end.
    pub fn serve_under_limit(&self) -> Running {
        let (file, base) = self.settings();
        let mut command = Command::new("sh");
        own_environment(&mut command);
        command
            .args(["-c", "trap '' XFSZ; exec \"$0\" serve --config \"$1\""])
            .arg(env!("CARGO_BIN_EXE_jianyan"))
            .arg(file);
        Running::start(command, base)
    }

    /// The database, beside the program.
    pub fn open(&self) -> Database {
        Database::open(&Address::parse(&self.database.url).unwrap()).unwrap()
    }
}

fn own_environment(command: &mut Command) {
    for (name, _) in std::env::vars() {
        if name.starts_with("JIANYAN_") {
            command.env_remove(name);
        }
    }
    command.env("LC_ALL", "C").stdin(Stdio::null());
}

/// The sample notice, open from five days ago to twenty days from now.
fn open_notice() -> String {
    let day = |ahead: i64| {
        let at: Zoned = now().checked_add(ahead.days()).unwrap();
        format!("{}年{}月{}日", at.year(), at.month(), at.day())
    };
    NOTICE
        .replace("2025年5月29日", &day(-5))
        .replace("2025年6月28日", &day(20))
        .replace("2025年5月28日", &day(-6))
}

/// This moment in Beijing.
pub fn now() -> Zoned {
    SystemClock.now().to_zoned(beijing())
}

/// A service under way; killed when dropped.
pub struct Running {
    child: Child,
    pub base: String,
    agent: ureq::Agent,
}

/// What came back from the service.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub location: Option<String>,
    pub text: String,
}

impl Answer {
    /// The receipt number, when there is one.
    pub fn receipt(&self) -> Option<String> {
        let path = self.location.as_deref()?.split('?').next()?;
        path.rsplit_once("/r/").map(|(_, number)| number.to_owned())
    }
}

impl Running {
    fn start(mut command: Command, base: String) -> Self {
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap());
        let mut said = String::new();
        while !said.contains("\"serving\"") {
            assert!(log.read_line(&mut said).unwrap() > 0, "not started: {said}");
        }
        // The log goes on; nobody may make the service wait for it.
        std::thread::spawn(move || {
            let _ = log.read_to_end(&mut Vec::new());
        });
        Self {
            child,
            agent: caller(),
            base,
        }
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// SIGKILL: no word of farewell, no flush.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    pub fn get(&self, path: &str) -> Answer {
        let call = self.agent.get(format!("{}{path}", self.base)).call();
        answer(call).expect("an answer")
    }

    /// The receipt of a [`comment`], looked up by its number and telephone.
    pub fn look_up(&self, receipt: &str) -> Answer {
        let fields = [("number", receipt), ("contact", "19900001234")];
        let body = serde_urlencoded::to_string(fields).unwrap();
        let call = self
            .agent
            .post(format!("{}/r", self.base))
            .header("content-type", "application/x-www-form-urlencoded")
            .send(body.as_bytes());
        let answer = answer(call).expect("an answer");
        match &answer.location {
            Some(location) => self.get(location),
            None => answer,
        }
    }

    pub fn send(&self, fields: &[(&str, &str)]) -> Answer {
        send(&self.agent, &self.base, fields).expect("an answer")
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
    }
}

/// One caller of services.
pub fn caller() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .timeout_global(Some(Duration::from_secs(30)))
        .build()
        .new_agent()
}

/// Sends a comment; `None` when the service went away before it answered.
pub fn send(agent: &ureq::Agent, base: &str, fields: &[(&str, &str)]) -> Option<Answer> {
    let body = serde_urlencoded::to_string(fields).unwrap();
    let call = agent
        .post(format!("{base}/c/{SLUG}/submissions"))
        .header("content-type", "application/x-www-form-urlencoded")
        .send(body.as_bytes());
    answer(call)
}

fn answer(call: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Option<Answer> {
    let mut came = call.ok()?;
    let location = came.headers().get("location");
    Some(Answer {
        status: came.status().as_u16(),
        location: location.map(|value| value.to_str().unwrap().to_owned()),
        text: came.body_mut().read_to_string().ok()?,
    })
}

/// A comment on the deepest section with everything that the form asks for.
pub fn comment(text: &str) -> [(&str, &str); 6] {
    [
        ("section", "2.2.4"),
        ("text", text),
        ("sender_kind", "person"),
        ("name", "沈知秋"),
        ("phone", "19900001234"),
        ("consent", "yes"),
    ]
}
