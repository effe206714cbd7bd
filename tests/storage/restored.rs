//! `jianyan backup` and `jianyan restore`: a copy made while people write, put in place elsewhere,
//! opens every receipt that was answered before it began; what is not whole is not restored.

use crate::ask::{assert_whole, number};
use crate::install_on_both;
use crate::program::{Install, Running, comment};
use crate::support::Backend;
use jianyan::db::storage::Storage;
use jianyan::privacy::site_key;
use jianyan::privacy::vault::Vault;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

const COUNTED: [&str; 5] = [
    "consultations",
    "submissions",
    "remarks",
    "letters",
    "attachments",
];

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// The one line of a command that must be refused.
fn refused(install: &Install, arguments: &[&str]) -> String {
    let output = install.run(arguments);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    said
}

fn elsewhere(install: &Install) -> Install {
    let is_file = install.database.url.starts_with("sqlite:");
    let backend = if is_file {
        Backend::Sqlite
    } else {
        Backend::Postgres
    };
    Install::new(backend).unwrap()
}

fn give_key(install: &Install, elsewhere: &Install) {
    fs::create_dir_all(elsewhere.data()).unwrap();
    fs::set_permissions(elsewhere.data(), fs::Permissions::from_mode(0o700)).unwrap();
    let key = "site.key";
    fs::copy(install.data().join(key), elsewhere.data().join(key)).unwrap();
}

fn list(backup: &Path) -> serde_json::Value {
    serde_json::from_slice(&fs::read(backup.join("manifest.json")).unwrap()).unwrap()
}

fn files(backup: &Path) -> Vec<String> {
    let list = list(backup);
    let files = list["files"].as_array().unwrap().iter();
    files
        .map(|file| file["path"].as_str().unwrap().to_owned())
        .collect()
}

fn with_letters(install: &Install) {
    install.publish();
    let letters = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/letters");
    install.done(&["mail", "import", "--consultation", "plan", text(&letters)]);
}

fn writing(service: &Running, stop: &AtomicBool, began: &AtomicBool) -> usize {
    let mut sent = 0;
    while !stop.load(Ordering::Relaxed) {
        let text = format!("写备份的时候来的意见，第{sent}条。");
        assert!(service.send(&comment(&text)).receipt().is_some());
        began.store(true, Ordering::Relaxed);
        sent += 1;
        // Not a wait for anything: people do not write without a pause.
        std::thread::sleep(Duration::from_millis(20));
    }
    sent
}

fn restored_under_load(install: Install) {
    with_letters(&install);
    let service = install.serve();
    let receipts: Vec<String> = (0..8)
        .map(|one| service.send(&comment(&format!("备份之前的意见，第{one}条。"))))
        .map(|answer| answer.receipt().unwrap())
        .collect();
    let before = number(
        &install.open(),
        "SELECT COUNT(*) AS answer FROM submissions",
    );
    let backup = install.folder.path().join("backup");
    let (stop, began) = (AtomicBool::new(false), AtomicBool::new(false));
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| writing(&service, &stop, &began));
        let started = Instant::now();
        while !began.load(Ordering::Relaxed) && started.elapsed() < Duration::from_secs(30) {
            std::thread::sleep(Duration::from_millis(5));
        }
        let said = install.run(&["backup", text(&backup)]);
        stop.store(true, Ordering::Relaxed);
        assert!(writer.join().unwrap() > 0);
        assert!(said.status.success(), "{said:?}");
    });
    assert_private(&backup);
    assert!(!backup.join("site.key").exists());
    let elsewhere = elsewhere(&install);
    give_key(&install, &elsewhere);
    let said = elsewhere.done(&["restore", text(&backup)]);
    assert!(said.contains("the counts agree"), "{said}");
    assert_private(elsewhere.data());
    let database = elsewhere.open();
    for table in COUNTED {
        let found = number(
            &database,
            &format!("SELECT COUNT(*) AS answer FROM {table}"),
        );
        assert_eq!(list(&backup)["rows"][table], found, "{table}");
    }
    assert!(number(&database, "SELECT COUNT(*) AS answer FROM submissions") >= before);
    assert_whole(&database);
    assert_opens(&elsewhere, &files(&backup));
    let site = elsewhere.serve();
    for (one, receipt) in receipts.iter().enumerate() {
        let page = site.look_up(receipt);
        assert_eq!(page.status, 200);
        assert!(page.text.contains(&format!("备份之前的意见，第{one}条")));
    }
    // Contact details open, or this edition could not be written.
    let output = elsewhere.folder.path().join("all.csv");
    let arguments = ["--format", "csv", "--edition", "archive", "--output"];
    elsewhere.done(&[&["export", "plan"], &arguments[..], &[text(&output)]].concat());
    let written = fs::read_to_string(output).unwrap();
    assert!(written.contains("19900001234"));
}

install_on_both!(restored, super::restored_under_load);

fn assert_private(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let mode = path.metadata().unwrap().permissions().mode() & 0o777;
        let wanted = if path.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(mode, wanted, "{}", path.display());
        if path.is_dir() {
            assert_private(&path);
        }
    }
    let mode = folder.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o700, "{}", folder.display());
}

/// Every stored file of the list is there and opens with the key.
fn assert_opens(install: &Install, files: &[String]) {
    let key = site_key::read(&install.data().join("site.key")).unwrap();
    let vault = Vault::new(&key.unwrap()).unwrap();
    let storage = Storage::open(&install.data().join("storage"), vault.storage()).unwrap();
    let stored = files.iter().filter(|path| path.starts_with("storage/"));
    let names: Vec<&str> = stored
        .map(|path| path.rsplit_once('/').unwrap().1)
        .collect();
    assert!(!names.is_empty());
    for name in names {
        storage.fetch(name).unwrap();
    }
}

fn a_target_with_something_in_it_stays(install: Install) {
    let target = install.folder.path().join("backup");
    assert!(refused(&install, &["backup", text(&target)]).contains("database"));
    install.publish();
    fs::create_dir(&target).unwrap();
    fs::write(target.join("mine"), "kept").unwrap();
    let said = refused(&install, &["backup", text(&target)]);
    assert!(said.contains("holds something already"), "{said}");
    assert_eq!(fs::read_to_string(target.join("mine")).unwrap(), "kept");
    assert_eq!(fs::read_dir(&target).unwrap().count(), 1);
    if install.database.url.starts_with("postgres") {
        let other = install.folder.path().join("other");
        let mut command = install.command(&["backup", text(&other)]);
        let output = command.env("PATH", "/nowhere").output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1));
        assert!(
            said.contains("pg_dump") && said.contains("postgresql-client"),
            "{said}"
        );
        assert!(!other.exists());
    }
    let left = fs::read_dir(install.folder.path()).unwrap();
    let names = left.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let parts: Vec<String> = names.filter(|name| name.contains(".part-")).collect();
    assert!(parts.is_empty(), "{parts:?}");
    // An empty folder is a place like one that is not there.
    fs::remove_file(target.join("mine")).unwrap();
    install.done(&["backup", text(&target)]);
    assert!(target.join("manifest.json").exists());
}

install_on_both!(taken, super::a_target_with_something_in_it_stays);

fn what_is_not_whole_is_not_restored(install: Install) {
    with_letters(&install);
    let backup = install.folder.path().join("backup");
    install.done(&["backup", text(&backup)]);
    let elsewhere = elsewhere(&install);
    give_key(&install, &elsewhere);
    let untouched = || {
        let left = fs::read_dir(elsewhere.data()).unwrap();
        assert_eq!(left.count(), 1, "more than the key is there");
    };
    for file in files(&backup) {
        let path = backup.join(file);
        let bytes = fs::read(&path).unwrap();
        let mut other = bytes.clone();
        let middle = other.len() / 2;
        other[middle] ^= 1;
        fs::write(&path, &other).unwrap();
        let said = refused(&elsewhere, &["restore", text(&backup)]);
        assert!(said.contains(text(&path)), "{said}");
        fs::write(&path, &bytes).unwrap();
        untouched();
    }
    let listed = fs::read_to_string(backup.join("manifest.json")).unwrap();
    let one = files(&backup).pop().unwrap();
    let outside = listed.replace(&one, "../x");
    fs::write(backup.join("manifest.json"), outside).unwrap();
    let said = refused(&elsewhere, &["restore", text(&backup)]);
    assert!(said.contains("manifest.json"), "{said}");
    fs::write(backup.join("manifest.json"), listed).unwrap();
    // The right bytes behind a link are no file of the backup.
    let (path, aside) = (backup.join(&one), install.folder.path().join("aside"));
    fs::rename(&path, &aside).unwrap();
    std::os::unix::fs::symlink(&aside, &path).unwrap();
    refused(&elsewhere, &["restore", text(&backup)]);
    fs::remove_file(&path).unwrap();
    fs::rename(&aside, &path).unwrap();
    untouched();
    elsewhere.done(&["restore", text(&backup)]);
    let said = refused(&elsewhere, &["restore", text(&backup)]);
    assert!(said.contains("holds something already"), "{said}");
}

install_on_both!(whole, super::what_is_not_whole_is_not_restored);

fn keys_and_beginning_again(install: Install) {
    with_letters(&install);
    let folder = install.folder.path();
    let (bare, full): (PathBuf, PathBuf) = (folder.join("bare"), folder.join("full"));
    install.done(&["backup", text(&bare)]);
    install.done(&["backup", text(&full), "--with-key"]);
    assert!(!bare.join("site.key").exists() && full.join("site.key").exists());
    assert_private(&full);
    let elsewhere = elsewhere(&install);
    let key = elsewhere.data().join("site.key");
    assert!(refused(&elsewhere, &["restore", text(&bare)]).contains("site.key"));
    assert!(!elsewhere.data().exists(), "something was written");
    fs::create_dir_all(elsewhere.data()).unwrap();
    fs::write(&key, "5a".repeat(32)).unwrap();
    for backup in [&bare, &full] {
        let said = refused(&elsewhere, &["restore", text(backup)]);
        assert!(said.contains("does not belong"), "{said}");
    }
    assert_eq!(fs::read_dir(elsewhere.data()).unwrap().count(), 1);
    fs::remove_file(&key).unwrap();
    // Stored files of somebody else stay; those that an interrupted restore left are gone over again.
    let one = files(&full)
        .into_iter()
        .find(|path| path.starts_with("storage/"));
    let place = elsewhere.data().join(one.unwrap());
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    fs::write(&place, "half").unwrap();
    let said = refused(&elsewhere, &["restore", text(&full)]);
    assert!(said.contains("holds something already"), "{said}");
    assert_eq!(fs::read_to_string(&place).unwrap(), "half");
    fs::write(elsewhere.data().join("storage/.restoring"), "").unwrap();
    fs::write(elsewhere.data().join(".jianyan.db.restoring"), "half").unwrap();
    elsewhere.done(&["restore", text(&full)]);
    assert!(!elsewhere.data().join("storage/.restoring").exists());
    assert_eq!(
        fs::read(&key).unwrap(),
        fs::read(full.join("site.key")).unwrap()
    );
    assert_opens(&elsewhere, &files(&full));
    assert_whole(&elsewhere.open());
}

install_on_both!(keys, super::keys_and_beginning_again);
