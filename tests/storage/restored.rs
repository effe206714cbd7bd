//! The copy that docs/OPERATIONS.md describes, made while people write: put in place elsewhere it
//! opens every receipt that was answered before it began.

use crate::ask::{assert_whole, number};
use crate::install_on_both;
use crate::program::{Install, Running, comment};
use crate::support::Backend;
use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

const MANUAL: &str = include_str!("../../docs/OPERATIONS.md");

fn done(command: &mut Command) {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

/// The database's copy, by the statement and the program that the manual names.
fn copy_database(install: &Install, backup: &Path) {
    let Some(path) = install.database.url.strip_prefix("sqlite:") else {
        assert!(MANUAL.contains("pg_dump --format=custom"));
        let mut dump = Command::new("pg_dump");
        dump.arg("--format=custom")
            .arg("--file")
            .arg(backup.join("jianyan.dump"));
        return done(dump.arg(&install.database.url));
    };
    assert!(MANUAL.contains("\"VACUUM INTO '") && !MANUAL.contains("\".backup "));
    let mut connection = SqliteConnection::establish(path).unwrap();
    let target = backup.join("jianyan.db");
    connection
        .batch_execute(&format!("VACUUM INTO '{}'", target.display()))
        .unwrap();
}

fn put_database(backup: &Path, elsewhere: &Install) {
    if elsewhere.database.url.starts_with("sqlite:") {
        std::fs::copy(
            backup.join("jianyan.db"),
            elsewhere.data().join("jianyan.db"),
        )
        .unwrap();
        return;
    }
    let mut restore = Command::new("pg_restore");
    restore.args([
        "--no-owner",
        "--exit-on-error",
        "--dbname",
        &elsewhere.database.url,
    ]);
    done(restore.arg(backup.join("jianyan.dump")));
}

fn copy_folder(from: &Path, to: &Path) {
    done(Command::new("cp").arg("-a").arg(from).arg(to));
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
    install.publish();
    let letters = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/letters");
    install.done(&[
        "mail",
        "import",
        "--consultation",
        "plan",
        letters.to_str().unwrap(),
    ]);
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
    std::fs::create_dir(&backup).unwrap();
    let (stop, began) = (AtomicBool::new(false), AtomicBool::new(false));
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| writing(&service, &stop, &began));
        let started = Instant::now();
        while !began.load(Ordering::Relaxed) && started.elapsed() < Duration::from_secs(30) {
            std::thread::sleep(Duration::from_millis(5));
        }
        copy_database(&install, &backup);
        copy_folder(&install.data().join("storage"), &backup.join("storage"));
        stop.store(true, Ordering::Relaxed);
        assert!(writer.join().unwrap() > 0);
    });
    let backend = match install.database.url.starts_with("sqlite:") {
        true => Backend::Sqlite,
        false => Backend::Postgres,
    };
    let elsewhere = Install::new(backend).unwrap();
    std::fs::create_dir_all(elsewhere.data()).unwrap();
    put_database(&backup, &elsewhere);
    copy_folder(&backup.join("storage"), &elsewhere.data().join("storage"));
    let key = "site.key";
    std::fs::copy(install.data().join(key), elsewhere.data().join(key)).unwrap();
    let site = elsewhere.serve();
    for (one, receipt) in receipts.iter().enumerate() {
        let page = site.look_up(receipt);
        assert_eq!(page.status, 200);
        assert!(page.text.contains(&format!("备份之前的意见，第{one}条")));
    }
    let database = elsewhere.open();
    assert!(number(&database, "SELECT COUNT(*) AS answer FROM submissions") >= before);
    assert_whole(&database);
    // Contact details open, or this edition could not be written.
    let output = elsewhere.folder.path().join("all.csv");
    let output = output.to_str().unwrap();
    elsewhere.done(&[
        "export",
        "plan",
        "--format",
        "csv",
        "--edition",
        "archive",
        "--output",
        output,
    ]);
    assert!(
        std::fs::read_to_string(output)
            .unwrap()
            .contains("19900001234")
    );
}

install_on_both!(restored, super::restored_under_load);
