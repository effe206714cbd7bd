//! The service killed while it sends: every mail arrives, and one that arrives twice has one number.

use crate::support::Client;
use crate::support::process::{Installation, notice_for_today};
use crate::support::sink::Sink;
use diesel::prelude::*;
use jianyan::db::schema::jobs;
use jianyan::db::{Address, Database};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

const COMMENTS: usize = 60;

/// The database of an installation, beside its service.
pub fn open(installation: &Installation) -> Database {
    let path = installation.path().join("jianyan.db");
    let address = format!("sqlite:{}", path.display());
    Database::open(&Address::parse(&address).unwrap()).unwrap()
}

/// How many jobs are not done.
pub fn waiting(database: &Database) -> i64 {
    database
        .read_now(|db| {
            Ok(jobs::table
                .filter(jobs::done_at.is_null())
                .count()
                .get_result(db)?)
        })
        .unwrap()
}

/// As if ten minutes had passed: the leases of the killed process end.
fn let_leases_end(database: &Database) {
    database
        .write_now(|db| {
            diesel::update(jobs::table)
                .set(jobs::leased_until.eq(None::<i64>))
                .execute(db)?;
            Ok(())
        })
        .unwrap();
}

pub fn wait(what: &str, mut until: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while !until() {
        assert!(Instant::now() < deadline, "{what} did not come");
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn a_kill_in_the_middle_loses_no_mail() {
    // Each mail takes the server a while, so that the kill finds some on their way.
    let Some(sink) = Sink::with(&["-w", "1"]) else {
        return;
    };
    let mut installation = Installation::new();
    installation.set("JIANYAN_DATABASE_URL", "sqlite:jianyan.db");
    let notice = installation.file("notice.txt", notice_for_today());
    let arguments = ["import", notice.to_str().unwrap(), "--slug", "plan"];
    installation.run(&arguments).good();
    // Comments first, while nothing is sent.
    let (running, base) = installation.serve();
    for n in 0..COMMENTS {
        let text = format!("第{n}条意见。");
        let email = format!("writer{n}@example.com");
        let fields = [
            ("section", "2.2.4"),
            ("text", text.as_str()),
            ("sender_kind", "person"),
            ("name", "沈知秋"),
            ("email", &email),
            ("consent", "yes"),
        ];
        Client::new(&base)
            .post("/c/plan/submissions", &fields)
            .receipt();
    }
    running.signal("KILL");
    drop(running);
    let database = open(&installation);
    assert_eq!(waiting(&database), i64::try_from(COMMENTS).unwrap());

    installation.set("JIANYAN_SMTP_URL", &sink.url());
    installation.set("JIANYAN_MAIL_FROM", "no-reply@example.org");
    for round in 1..=3 {
        let (running, _) = installation.serve();
        wait("a mail", || sink.arrived().len() >= round * 5);
        running.signal("KILL");
        drop(running);
        let_leases_end(&database);
    }
    assert!(waiting(&database) > 0, "the kills came in the middle");
    let (mut running, _) = installation.serve();
    wait("the rest", || waiting(&database) == 0);
    running.signal("TERM");
    assert_eq!(running.end(), 0);

    let arrived = sink.arrived();
    let to: BTreeSet<&str> = arrived.iter().map(|mail| mail.recipient.as_str()).collect();
    let numbers: BTreeSet<&str> = arrived
        .iter()
        .map(|mail| mail.letter.message_id.as_str())
        .collect();
    assert_eq!((to.len(), numbers.len()), (COMMENTS, COMMENTS));
    println!(
        "{} mails for {COMMENTS} comments, three kills",
        arrived.len()
    );
}
