//! A real IMAP server: Debian's Dovecot, run as an ordinary program on free ports with mailboxes of
//! its own. Letters are put into them as files of a Maildir, or by LMTP.

use super::process::free_address;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime};
use tempfile::TempDir;

const PROGRAM: &str = "/usr/sbin/dovecot";
/// Whom the mailboxes belong to when the tests run as root: Dovecot's own processes never do.
const NOBODY: u32 = 65_534;

pub const PASSWORD: &str = "secret";

static DELIVERED: AtomicUsize = AtomicUsize::new(0);

/// A running server.
pub struct Dovecot {
    pub imap: SocketAddr,
    /// Encrypted from the first byte; with [`Dovecot::encrypted`] alone.
    pub imaps: SocketAddr,
    pub lmtp: SocketAddr,
    folder: TempDir,
    child: Child,
}

impl Dovecot {
    /// A server; `None`, with a line that says so, when there is no such program.
    pub fn start() -> Option<Self> {
        Self::with("ssl=no\ndisable_plaintext_auth=no\n")
    }

    /// A server that offers STARTTLS and IMAPS, with a certificate and its key in PEM files.
    pub fn encrypted(certificate: &Path, key: &Path) -> Option<Self> {
        Self::with(&format!(
            "ssl=yes\nssl_cert=<{}\nssl_key=<{}\ndisable_plaintext_auth=yes\n",
            certificate.display(),
            key.display()
        ))
    }

    /// A server with more settings.
    pub fn with(settings: &str) -> Option<Self> {
        if !Path::new(PROGRAM).exists() {
            assert!(std::env::var_os("CI").is_none(), "CI must have Dovecot");
            println!(
                "SKIPPED: dovecot is not here; scripts/test installs it (packages dovecot-imapd, dovecot-lmtpd)"
            );
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let (imap, imaps, lmtp) = (free_address(), free_address(), free_address());
        for part in ["run", "state", "mail"] {
            fs::create_dir(folder.path().join(part)).unwrap();
        }
        let file = folder.path().join("dovecot.conf");
        let ports = [imap.port(), imaps.port(), lmtp.port()];
        fs::write(&file, configuration(folder.path(), ports, settings)).unwrap();
        own(folder.path());
        let root = rustix::process::geteuid().is_root();
        let mut command = if root {
            let mut command = Command::new("setpriv");
            command.args([
                "--reuid=nobody",
                "--regid=nogroup",
                "--clear-groups",
                PROGRAM,
            ]);
            command
        } else {
            Command::new(PROGRAM)
        };
        let child = command.args(["-F", "-c"]).arg(&file);
        let child = child
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let server = Self {
            imap,
            imaps,
            lmtp,
            folder,
            child,
        };
        server.wait();
        Some(server)
    }

    fn wait(&self) {
        let deadline = Instant::now() + Duration::from_secs(20);
        for address in [self.imap, self.lmtp] {
            while !greets(address) {
                let log = fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
                assert!(Instant::now() < deadline, "dovecot does not answer: {log}");
                std::thread::sleep(Duration::from_millis(20));
            }
        }
    }

    /// The setting by which a user's mailbox is read.
    pub fn url(&self, user: &str, options: &str) -> String {
        format!(
            "imap://{user}:{PASSWORD}@{}/INBOX?tls=none{options}",
            self.imap
        )
    }

    /// The folder of a user's letters.
    pub fn maildir(&self, user: &str) -> PathBuf {
        let folder = self.folder.path().join("mail").join(user);
        for part in ["", "new", "cur", "tmp"] {
            let part = folder.join(part);
            if !part.exists() {
                fs::create_dir(&part).unwrap();
                own_one(&part);
            }
        }
        folder
    }

    /// Puts a letter into a user's mailbox, as a file; answers the name of the file.
    pub fn deliver(&self, user: &str, raw: &[u8]) -> String {
        self.deliver_at(user, raw, None)
    }

    /// The same, with the time that the server then calls the letter's own (INTERNALDATE).
    pub fn deliver_at(&self, user: &str, raw: &[u8], at: Option<SystemTime>) -> String {
        let number = DELIVERED.fetch_add(1, Ordering::SeqCst);
        let name = format!("{}.{number:06}.test", 1_700_000_000 + number);
        let folder = self.maildir(user);
        let beside = folder.join("tmp").join(&name);
        fs::write(&beside, raw).unwrap();
        if let Some(at) = at {
            fs::File::options()
                .write(true)
                .open(&beside)
                .unwrap()
                .set_modified(at)
                .unwrap();
        }
        own_one(&beside);
        fs::rename(&beside, folder.join("new").join(&name)).unwrap();
        name
    }

    /// Hands a letter over by LMTP (RFC 2033), as a mail server does.
    pub fn hand_over(&self, user: &str, raw: &[u8]) {
        let stream = TcpStream::connect(self.lmtp).unwrap();
        let mut answers = BufReader::new(stream.try_clone().unwrap());
        let mut stream = stream;
        let mut step = |words: &[u8]| {
            stream.write_all(words).unwrap();
            answer(&mut answers)
        };
        step(b"");
        step(b"LHLO mail.example.org\r\n");
        step(b"MAIL FROM:<somebody@example.com>\r\n");
        step(format!("RCPT TO:<{user}>\r\n").as_bytes());
        step(b"DATA\r\n");
        let dotted = String::from_utf8_lossy(raw).replace("\r\n.", "\r\n..");
        let said = step(format!("{dotted}\r\n.\r\n").as_bytes());
        assert!(said.starts_with('2'), "{said}");
    }

    /// The names of a user's letters, those that nobody opened and the others, with their flags.
    pub fn files(&self, user: &str) -> Vec<String> {
        let folder = self.maildir(user);
        let mut names = Vec::new();
        for part in ["new", "cur"] {
            for entry in fs::read_dir(folder.join(part)).unwrap() {
                names.push(entry.unwrap().file_name().into_string().unwrap());
            }
        }
        names.sort();
        names
    }

    /// Takes away what the server knows of a mailbox besides the letters: their numbers begin anew.
    pub fn forget_numbers(&self, user: &str) {
        for entry in fs::read_dir(self.maildir(user)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if name.starts_with("dovecot") {
                fs::remove_file(&path).unwrap();
            }
        }
    }

    /// What the server wrote down.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        let file = self.folder.path().join("run/master.pid");
        if let Ok(pid) = fs::read_to_string(file) {
            let _ = Command::new("kill").arg(pid.trim()).status();
        }
        let _ = self.child.wait();
    }
}

fn configuration(folder: &Path, [imap, imaps, lmtp]: [u16; 3], settings: &str) -> String {
    let here = folder.display();
    let mut text = format!(
        "base_dir={here}/run\nstate_dir={here}/state\nlog_path={here}/log\nprotocols=imap lmtp\nlisten=127.0.0.1\n\
         first_valid_uid=1\nmail_location=maildir:{here}/mail/%u\nmail_max_userip_connections=100\n\
         passdb {{\n driver=static\n args=password={PASSWORD}\n}}\n\
         service anvil {{\n chroot=\n}}\nservice stats {{\n unix_listener stats-writer {{\n  mode=0666\n }}\n}}\n\
         service imap-login {{\n chroot=\n inet_listener imap {{\n  port={imap}\n }}\n inet_listener imaps {{\n  port={}\n }}\n}}\n\
         service lmtp {{\n inet_listener lmtp {{\n  address=127.0.0.1\n  port={lmtp}\n }}\n}}\n{settings}",
        if settings.contains("ssl=yes") {
            imaps
        } else {
            0
        },
    );
    let (user, group) = if rustix::process::geteuid().is_root() {
        ("nobody".to_owned(), "nogroup".to_owned())
    } else {
        (id("-un"), id("-gn"))
    };
    write!(
        text,
        "default_login_user={user}\ndefault_internal_user={user}\ndefault_internal_group={group}\nmail_uid={user}\nmail_gid={group}\n\
         userdb {{\n driver=static\n args=uid={user} gid={group} home={here}/mail/%u allow_all_users=yes\n}}\n"
    )
    .unwrap();
    text
}

fn id(what: &str) -> String {
    let output = Command::new("id").arg(what).output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn greets(address: SocketAddr) -> bool {
    let Ok(stream) = TcpStream::connect(address) else {
        return false;
    };
    stream
        .set_read_timeout(Some(Duration::from_secs(5)))
        .unwrap();
    let mut line = String::new();
    BufReader::new(stream)
        .read_line(&mut line)
        .is_ok_and(|read| read > 0)
}

fn answer(lines: &mut impl BufRead) -> String {
    loop {
        let mut line = String::new();
        lines.read_line(&mut line).unwrap();
        if line.as_bytes().get(3) != Some(&b'-') {
            return line;
        }
    }
}

fn own(folder: &Path) {
    own_one(folder);
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            own(&path);
        } else {
            own_one(&path);
        }
    }
}

fn own_one(path: &Path) {
    if rustix::process::geteuid().is_root() {
        std::os::unix::fs::chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
    }
}
