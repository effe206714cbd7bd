//! The service reads its mailboxes by itself: told by the server where it tells, and in any case after
//! a while; and goes on when the server was away.

use crate::desk::{USER, letter};
use crate::support::dovecot::Dovecot;
use crate::support::process::{Installation, notice_for_today};
use diesel::prelude::*;
use jianyan::db::schema::submissions;
use jianyan::db::{Address, Database};
use std::time::{Duration, Instant};

fn registered(installation: &Installation) -> i64 {
    let path = installation.path().join("jianyan.db");
    let address = Address::parse(&format!("sqlite:{}", path.display())).unwrap();
    let database = Database::open(&address).unwrap();
    database
        .read_now(|db| Ok(submissions::table.count().get_result(db)?))
        .unwrap()
}

fn wait(installation: &Installation, count: i64) -> Duration {
    let begun = Instant::now();
    while registered(installation) < count {
        assert!(
            begun.elapsed() < Duration::from_secs(60),
            "{count} letters did not come"
        );
        std::thread::sleep(Duration::from_millis(100));
    }
    begun.elapsed()
}

#[test]
fn the_service_reads_by_itself() {
    let Some(server) = Dovecot::start() else {
        return;
    };
    let mut installation = Installation::new();
    installation.set("JIANYAN_DATABASE_URL", "sqlite:jianyan.db");
    // An hour between two looks: what comes before that was told by the server.
    let (told, polled) = (
        server.url(USER, "&poll=3600"),
        server.url("other", "&poll=5"),
    );
    installation.set("JIANYAN_MAILBOXES", &format!("{told} {polled}"));
    let notice = installation.file("notice.txt", notice_for_today());
    installation
        .run(&["import", notice.to_str().unwrap(), "--slug", "plan"])
        .good();
    server.deliver(USER, &letter(0));
    let (mut running, _) = installation.serve();
    wait(&installation, 1);
    for number in 1..4 {
        server.hand_over(USER, &letter(number));
        let took = wait(&installation, i64::try_from(number).unwrap() + 1);
        println!("letter {number} was registered after {took:?}");
    }
    server.deliver("other", &letter(10));
    wait(&installation, 5);
    running.signal("TERM");
    assert_eq!(running.end(), 0);
}
