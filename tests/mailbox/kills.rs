//! Killed a hundred times while it reads two thousand letters: none is lost and none is there twice.

use crate::desk::{USER, letter};
use crate::support::dovecot::Dovecot;
use crate::support::process::{Installation, notice_for_today};
use diesel::prelude::*;
use jianyan::db::schema::{audit_events, letters, mailbox_letters, remarks, submissions};
use jianyan::db::{Address, Database};
use jianyan::ids::random;
use std::collections::BTreeSet;
use std::process::Stdio;
use std::time::{Duration, Instant};

const LETTERS: usize = 2_000;
const KILLS: usize = 100;

fn count(database: &Database, of: fn(&mut jianyan::db::Db) -> QueryResult<i64>) -> i64 {
    database.read_now(|db| Ok(of(db)?)).unwrap()
}

/// A time in which kills fall over all of the work, from before the first letter on.
fn moment(most: Duration) -> Duration {
    let [a, b] = random::<2>().unwrap();
    most * u32::from(u16::from_be_bytes([a, b])) / u32::from(u16::MAX)
}

#[test]
fn a_hundred_kills_lose_nothing_and_double_nothing() {
    let Some(server) = Dovecot::start() else {
        return;
    };
    let mut installation = Installation::new();
    installation.set("JIANYAN_DATABASE_URL", "sqlite:jianyan.db");
    installation.set("JIANYAN_MAILBOXES", &server.url(USER, ""));
    let notice = installation.file("notice.txt", notice_for_today());
    let arguments = ["import", notice.to_str().unwrap(), "--slug", "plan"];
    installation.run(&arguments).good();
    let path = installation.path().join("jianyan.db");
    let address = Address::parse(&format!("sqlite:{}", path.display())).unwrap();
    let database = Database::open(&address).unwrap();
    let booked = || count(&database, |db| letters::table.count().get_result(db));
    let (mut killed, mut working, mut delivered) = (0, 0, 0);
    let mut most = Duration::from_millis(600);
    let begun = Instant::now();
    while killed < KILLS {
        // A new portion for each kill, so that there is work to the end.
        let portion = (killed + 1) * LETTERS / KILLS;
        (delivered..portion).for_each(|number| drop(server.deliver(USER, &letter(number))));
        delivered = portion;
        let before = booked();
        let mut child = installation
            .command(&["mail", "fetch"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(moment(most));
        if child.try_wait().unwrap().is_some() {
            // It came to its end before it was killed.
            most = most * 2 / 3;
            continue;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        killed += 1;
        working += usize::from(booked() > before);
        most = (most * 11 / 10).min(Duration::from_millis(2_000));
    }
    println!(
        "{killed} kills in {:?}, {working} of them behind letters of the same run",
        begun.elapsed()
    );
    assert!(working > KILLS / 20, "{working} kills fell into the work");
    installation.run(&["mail", "fetch"]).good();

    let all = i64::try_from(LETTERS).unwrap();
    assert_eq!(booked(), all);
    assert_eq!(
        count(&database, |db| submissions::table.count().get_result(db)),
        all
    );
    assert_eq!(
        count(&database, |db| letters::table
            .filter(letters::state.eq("registered"))
            .count()
            .get_result(db)),
        all
    );
    assert_eq!(
        count(&database, |db| mailbox_letters::table
            .filter(mailbox_letters::raw_sha256.is_not_null())
            .count()
            .get_result(db)),
        all
    );
    let events = |db: &mut jianyan::db::Db| {
        audit_events::table
            .filter(audit_events::action.eq("letter-registered"))
            .count()
            .get_result(db)
    };
    assert_eq!(count(&database, events), all);
    let words: Vec<String> = database
        .read_now(|db| Ok(remarks::table.select(remarks::text).load(db)?))
        .unwrap();
    let different: BTreeSet<&String> = words.iter().collect();
    assert_eq!((words.len(), different.len()), (LETTERS, LETTERS));
    assert_eq!(server.files(USER).len(), LETTERS);
}
