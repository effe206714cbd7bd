//! The site key: the wrong one is refused at the start, and beginning twice at once makes one.

use crate::ask::{assert_whole, number};
use crate::chance::Chance;
use crate::install_on_both;
use crate::program::{Install, comment};
use jianyan::privacy::site_key::load_or_create;
use std::collections::BTreeSet;
use std::process::{Output, Stdio};
use std::sync::Barrier;

fn assert_refused(output: &Output, word: &str) {
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(output.stdout.is_empty());
    let lines: Vec<_> = said
        .lines()
        .filter(|line| line.starts_with("jianyan: "))
        .collect();
    assert_eq!((lines.len(), said.lines().count()), (1, 1), "{said}");
    assert!(lines[0].contains(word), "{said}");
}

fn another_key_is_refused(install: Install) {
    install.publish();
    let receipt = install.serve().send(&comment("请修好单元门。")).receipt();
    let file = install.data().join("site.key");
    let own = std::fs::read_to_string(&file).unwrap();
    let notice = install.notice();
    let commands: [&[&str]; 3] = [
        &["serve"],
        &["import", notice.to_str().unwrap(), "--slug", "other"],
        &["mail", "import", install.folder.path().to_str().unwrap()],
    ];
    for (key, word) in [
        ("0".repeat(64), "does not belong to this database"),
        ("0".repeat(63), "64 hexadecimal digits"),
        (String::new(), "64 hexadecimal digits"),
    ] {
        std::fs::write(&file, key).unwrap();
        for command in commands {
            assert_refused(&install.run(command), word);
        }
    }
    // The right one back: nothing was changed meanwhile.
    std::fs::write(&file, own).unwrap();
    let page = install.serve().look_up(&receipt.unwrap());
    assert!(page.status == 200 && page.text.contains("请修好单元门"));
    let database = install.open();
    let notices = "SELECT COUNT(*) AS answer FROM consultations";
    assert_eq!(number(&database, notices), 1);
    assert_whole(&database);
}

/// Several commands on an installation that is not there yet: one publishes, the others say that
/// it is published, nobody meets a half-made key or table.
fn first_starts_at_once(install: Install) {
    let notice = install.notice();
    let start = Barrier::new(6);
    let outputs: Vec<Output> = std::thread::scope(|scope| {
        let run = || {
            let arguments = ["import", notice.to_str().unwrap(), "--slug", "plan"];
            let mut command = install.command(&arguments);
            start.wait();
            command.output().unwrap()
        };
        let all: Vec<_> = (0..6).map(|_| scope.spawn(run)).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let mut published = 0;
    for output in &outputs {
        let said = String::from_utf8_lossy(&output.stderr);
        if output.status.success() {
            published += 1;
        } else {
            assert!(said.contains("was imported before"), "{said}");
        }
    }
    assert_eq!(published, 1);
    let service = install.serve();
    assert!(service.send(&comment("请修好单元门。")).receipt().is_some());
}

/// A first start that is killed at any moment leaves nothing that keeps the next one from working.
fn killed_first_starts(install: Install) {
    let mut chance = Chance::new("first start");
    let notice = install.notice();
    let arguments = ["import", notice.to_str().unwrap(), "--slug", "plan"];
    for _ in 0..25 {
        let mut command = install.command(&arguments);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut started = command.spawn().unwrap();
        // Not a wait for anything: the kill must come at a moment of chance.
        std::thread::sleep(chance.moment(60));
        started.kill().unwrap();
        started.wait().unwrap();
        assert_begun_or_whole(&install);
    }
    let said = String::from_utf8(install.run(&arguments).stderr).unwrap();
    assert!(
        !said.contains("jianyan: ") || said.contains("was imported before"),
        "{said}"
    );
    let service = install.serve();
    assert!(service.send(&comment("请修好单元门。")).receipt().is_some());
}

/// The key file is not there yet, or it is whole.
fn assert_begun_or_whole(install: &Install) {
    if let Ok(key) = std::fs::read_to_string(install.data().join("site.key")) {
        assert_eq!(key.len(), 64);
    }
}

fn kept_beside(folder: &std::path::Path) -> Vec<std::ffi::OsString> {
    let names = folder.read_dir().unwrap();
    let mut names: Vec<_> = names.map(|one| one.unwrap().file_name()).collect();
    names.retain(|name| {
        let name = name.to_string_lossy();
        !name.ends_with("-wal") && !name.ends_with("-shm")
    });
    names.sort();
    names
}

/// The key of a filled database is never replaced: the refusal names the file and the key that the
/// database expects, and nothing is written.
fn a_missing_key_is_not_replaced(install: Install) {
    install.publish();
    let file = install.data().join("site.key");
    let own = std::fs::read(&file).unwrap();
    let before = {
        std::fs::remove_file(&file).unwrap();
        kept_beside(install.data())
    };
    let notice = install.notice();
    let output = install.folder.path().join("out.csv");
    let commands: [&[&str]; 5] = [
        &["serve"],
        &["import", notice.to_str().unwrap(), "--slug", "other"],
        &["staff", "add", "zhou", "--name", "周青禾"],
        &["mail", "fetch"],
        &[
            "export",
            "plan",
            "--format",
            "csv",
            "--output",
            output.to_str().unwrap(),
        ],
    ];
    for command in commands {
        assert_refused(&install.run(command), file.to_str().unwrap());
        assert_refused(&install.run(command), "no new key was made");
        assert_eq!(kept_beside(install.data()), before);
    }
    // A folder in its place, and a key of another site: the same.
    std::fs::create_dir(&file).unwrap();
    assert_refused(
        &install.run(&["serve"]),
        "this database was made with the key ",
    );
    std::fs::remove_dir(&file).unwrap();
    std::fs::write(&file, "1".repeat(64)).unwrap();
    assert_refused(&install.run(&["serve"]), "holds the key ");
    std::fs::write(&file, own).unwrap();
    install.serve();
}

/// A mistyped address of the database beside stored files makes no empty site, and a database
/// whose files are not there is not begun anew.
fn halves_are_not_made_anew(install: Install) {
    install.publish();
    let letters = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/letters");
    let letters = letters.to_str().unwrap().to_owned();
    install.done(&["mail", "import", "--consultation", "plan", &letters]);
    let storage = install.data().join("storage");
    let aside = install.folder.path().join("aside");
    std::fs::rename(&storage, &aside).unwrap();
    assert_refused(&install.run(&["mail", "fetch"]), "the database names files");
    std::fs::create_dir(&storage).unwrap();
    assert_refused(&install.run(&["mail", "fetch"]), "the database names files");
    std::fs::remove_dir(&storage).unwrap();
    std::fs::rename(&aside, &storage).unwrap();
    let other = install.data().join("other.db");
    let mut command = install.command(&["mail", "fetch"]);
    command.env(
        "JIANYAN_DATABASE_URL",
        format!("sqlite:{}", other.display()),
    );
    assert_refused(
        &command.output().unwrap(),
        "database of database_url is new",
    );
    assert!(!other.exists());
}

install_on_both!(missing_key, super::a_missing_key_is_not_replaced);
install_on_both!(halves, super::halves_are_not_made_anew);
install_on_both!(killed_first, super::killed_first_starts);
install_on_both!(another_key, super::another_key_is_refused);
install_on_both!(first_starts, super::first_starts_at_once);

#[test]
fn many_makers_of_a_key_get_the_same() {
    for _ in 0..50 {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("new").join("site.key");
        let start = Barrier::new(8);
        let keys: BTreeSet<[u8; 32]> = std::thread::scope(|scope| {
            let make = || {
                start.wait();
                *load_or_create(&file).unwrap().bytes()
            };
            let all: Vec<_> = (0..8).map(|_| scope.spawn(make)).collect();
            all.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(keys.len(), 1);
        let beside = std::fs::read_dir(folder.path().join("new")).unwrap();
        assert_eq!(beside.count(), 1, "something was left beside the key");
    }
}
