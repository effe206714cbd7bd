//! A disk that is full and then has room again: a clear answer, nothing half written, and it goes
//! on by itself.

use crate::ask::{assert_whole, number};
use crate::kill_mail::letter;
use crate::program::{Answer, Install, Running, SLUG, comment};
use crate::support::Backend;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

const TEXT: &str = "磁盘满了这些话也不能丢：请给每层楼道装<感应灯>。";
/// More comments than the log file's own spare room takes.
const MANY: usize = 2000;

/// A file system of a few megabytes, taken off again when dropped.
struct SmallDisk(PathBuf);

impl SmallDisk {
    /// `None` where mounting is not allowed.
    fn mount(at: &Path) -> Option<Self> {
        std::fs::create_dir(at).unwrap();
        let mount = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=6M", "jianyan-test"])
            .arg(at)
            .output();
        let mounted = mount.is_ok_and(|output| output.status.success());
        mounted.then(|| Self(at.to_owned()))
    }

    fn ballast(&self) -> PathBuf {
        self.0.join("ballast")
    }

    /// Takes every byte that is left.
    fn fill(&self) {
        let mut file = std::fs::File::create(self.ballast()).unwrap();
        for size in [65_536, 4096, 512, 1] {
            while file.write(&vec![7; size]).is_ok_and(|written| written > 0) {}
        }
    }

    fn make_room(&self) {
        std::fs::remove_file(self.ballast()).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let detached = Command::new("umount").arg("-l").arg(&self.0).status();
        assert!(detached.is_ok_and(|status| status.success()) || std::thread::panicking());
    }
}

/// The largest file that a running process may write, in bytes; nothing for no limit. Works for
/// everybody, unlike mounting.
fn limit_files(service: &Running, bytes: &str) {
    let set = Command::new("prlimit")
        .args(["--pid", &service.id().to_string()])
        .arg(format!("--fsize={bytes}:"))
        .status();
    assert!(set.expect("prlimit (util-linux) is there").success());
}

fn assert_refused_clearly(answer: &Answer, text: &str) {
    assert_eq!(answer.status, 503, "{}", answer.text);
    let given_back = text.replace('<', "&#60;").replace('>', "&#62;");
    assert!(answer.text.contains(&given_back), "{}", answer.text);
    assert!(answer.text.contains("没有保存"), "{}", answer.text);
}

/// Posts until the disk takes no more; answers the receipts before that.
fn fill_up(service: &Running) -> Vec<String> {
    let mut receipts = Vec::new();
    for index in 0..MANY {
        let text = format!("{TEXT}{index}");
        let answer = service.send(&comment(&text));
        match answer.receipt() {
            Some(receipt) => receipts.push(receipt),
            None => {
                assert_refused_clearly(&answer, &text);
                return receipts;
            }
        }
    }
    panic!("{MANY} comments went into a full disk")
}

fn ready(service: &Running) -> (u16, String) {
    let answer = service.get("/readyz");
    (answer.status, answer.text)
}

/// While nothing can be written: refused with the text kept, said to be not ready, still readable.
fn assert_full(service: &Running, receipts: &[String]) {
    for _ in 0..3 {
        assert_refused_clearly(&service.send(&comment(TEXT)), TEXT);
    }
    let (status, said) = ready(service);
    assert_eq!(status, 503);
    assert!(said.contains("\"storage\":\"failed\""), "{said}");
    assert_eq!(service.get(&format!("/c/{SLUG}")).status, 200);
    for receipt in receipts {
        assert_eq!(service.look_up(receipt).status, 200);
    }
}

/// When there is room again: the same comment is taken, and everything is whole.
fn assert_well_again(install: &Install, service: &Running, mut receipts: Vec<String>) {
    assert_eq!(ready(service).0, 200);
    let answer = service.send(&comment(TEXT));
    receipts.push(
        answer
            .receipt()
            .unwrap_or_else(|| panic!("{}", answer.text)),
    );
    for receipt in &receipts {
        assert_eq!(service.look_up(receipt).status, 200);
    }
    let database = install.open();
    let kept = number(&database, "SELECT COUNT(*) AS answer FROM submissions");
    assert_eq!(kept, i64::try_from(receipts.len()).unwrap());
    assert_whole(&database);
}

/// Files of the storage that were begun and not finished.
fn unfinished(install: &Install) -> Vec<PathBuf> {
    let mut folders = vec![install.data().join("storage")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            // Locks are files that stay.
            let hidden = name.starts_with('.') && !matches!(name.as_str(), ".arriving" | ".turn");
            match path.is_dir() {
                true => folders.push(path),
                false if hidden => found.push(path),
                false => {}
            }
        }
    }
    found
}

#[test]
fn files_that_may_not_grow() {
    let install = Install::new(Backend::Sqlite).unwrap();
    install.publish();
    let service = install.serve_under_limit();
    let before = service.send(&comment("先前的意见：请修好单元门。"));
    let receipts = vec![before.receipt().unwrap()];
    limit_files(&service, "0");
    assert_full(&service, &receipts);
    limit_files(&service, "unlimited");
    assert_well_again(&install, &service, receipts);
    assert!(unfinished(&install).is_empty());
}

#[test]
fn a_disk_without_room() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("small");
    let Some(disk) = SmallDisk::mount(&at) else {
        // The test above shows the same by a limit on files, which needs no rights.
        println!("no right to mount a small disk here; a limit on files stands for it");
        return;
    };
    let install = Install::with_data(Backend::Sqlite, folder, at.join("data")).unwrap();
    install.publish();
    let service = install.serve();
    disk.fill();
    let receipts = fill_up(&service);
    assert_full(&service, &receipts);
    assert_mail_is_refused(&install);
    disk.make_room();
    assert_well_again(&install, &service, receipts);
    assert!(
        unfinished(&install).is_empty(),
        "{:?}",
        unfinished(&install)
    );
    assert_mail_is_taken(&install);
    drop(service);
}

fn import_one(install: &Install) -> std::process::Output {
    let file = install.folder.path().join("one.eml");
    std::fs::write(&file, letter(0)).unwrap();
    install.run(&["mail", "import", file.to_str().unwrap()])
}

/// The command line says in a line for the letter and one for all that nothing was kept.
fn assert_mail_is_refused(install: &Install) {
    let output = import_one(install);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("nothing was saved") || said.contains("cannot"),
        "{said}"
    );
    assert!(said.lines().count() <= 2, "{said}");
}

fn assert_mail_is_taken(install: &Install) {
    let output = import_one(install);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("1 registered"), "{said}");
    assert_whole(&install.open());
}
