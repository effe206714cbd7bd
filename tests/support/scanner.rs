//! ClamAV's own daemon with a signature of ours, in the foreground, on a socket of its own. It loads
//! nothing else and asks nobody.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// What the signature finds.
pub const VIRUS: &[u8] = b"Guten Tag. JIANYAN-TEST-SIGNATURE. Bis bald.";
const SIGNED: &[u8] = b"JIANYAN-TEST-SIGNATURE";

/// A scanner that can be stopped and started again.
pub struct Clamd {
    program: PathBuf,
    folder: TempDir,
    running: Option<Child>,
}

impl Clamd {
    /// A scanner that is not running yet; `None`, with a line that says so, where there is none:
    /// `scripts/test` provides it.
    pub fn find() -> Option<Self> {
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/packages/usr/sbin/clamd");
        let places = [own, PathBuf::from("/usr/sbin/clamd")];
        let Some(program) = places.into_iter().find(|place| place.exists()) else {
            println!("SKIPPED: there is no clamd; run scripts/test");
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        std::fs::create_dir(at.join("db")).unwrap();
        let signature = format!("Jianyan.Test:0:*:{}\n", jianyan::ids::hex(SIGNED));
        std::fs::write(at.join("db/own.ndb"), signature).unwrap();
        let shown = at.display();
        let settings = format!(
            "Foreground yes\nLocalSocket {shown}/clamd.sock\nFixStaleSocket yes\n\
             DatabaseDirectory {shown}/db\nTemporaryDirectory {shown}\nStreamMaxLength 1M\n"
        );
        std::fs::write(at.join("clamd.conf"), settings).unwrap();
        Some(Self {
            program,
            folder,
            running: None,
        })
    }

    /// The setting that leads to it.
    pub fn address(&self) -> String {
        format!("unix:{}", self.socket().display())
    }

    pub fn start(&mut self) {
        let settings = self.folder.path().join("clamd.conf");
        let child = Command::new(&self.program)
            .arg(format!("--config-file={}", settings.display()))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        self.running = Some(child);
        // It answers as soon as its socket is there; nothing else says when that is.
        while std::os::unix::net::UnixStream::connect(self.socket()).is_err() {
            let ended = self.running.as_mut().unwrap().try_wait().unwrap();
            assert!(ended.is_none(), "clamd ended: {ended:?}");
            std::thread::yield_now();
        }
    }

    pub fn stop(&mut self) {
        if let Some(mut child) = self.running.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    fn socket(&self) -> PathBuf {
        self.folder.path().join("clamd.sock")
    }
}

impl Drop for Clamd {
    fn drop(&mut self) {
        self.stop();
    }
}
