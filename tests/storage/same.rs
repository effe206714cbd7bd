//! The same thing sent many times at one instant counts once.

use crate::ask::{assert_whole, number};
use crate::kill_mail::letter;
use crate::on_both;
use crate::program::comment;
use crate::support::TestSite;
use jianyan::consultations::model::Timing;
use jianyan::intake::email::Received;
use std::collections::BTreeSet;
use std::sync::Barrier;

/// Runs something in so many threads, all let go together.
fn at_once<T: Send>(threads: usize, work: impl Fn() -> T + Sync) -> Vec<T> {
    let start = Barrier::new(threads);
    std::thread::scope(|scope| {
        let run = || {
            start.wait();
            work()
        };
        let all: Vec<_> = (0..threads).map(|_| scope.spawn(run)).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    })
}

fn count(site: &TestSite, from: &str) -> i64 {
    number(
        &site.database,
        &format!("SELECT COUNT(*) AS answer FROM {from}"),
    )
}

fn receive_at_once(site: &TestSite, letter: &str) -> Vec<Received> {
    let room = site.mailroom("plan");
    at_once(8, || room.receive(letter.as_bytes(), None).unwrap())
}

on_both! {
    /// Forty presses of the same button: one submission, one receipt.
    fn forty_identical_forms(site: TestSite) {
        site.publish_sample();
        let receipts = at_once(40, || {
            let form = comment("每层的灭火器请挂在看得见的地方。");
            site.client().post("/c/plan/submissions", &form).receipt()
        });
        let different: BTreeSet<_> = receipts.iter().collect();
        assert_eq!((receipts.len(), different.len()), (40, 1), "{different:?}");
        assert_eq!(count(&site, "submissions"), 1);
        assert_eq!(count(&site, "remarks"), 1);
        assert_eq!(count(&site, "audit_events WHERE action = 'submission-received'"), 1);
        assert_whole(&site.database);
    }

    /// One letter taken in by eight at once: one submission, and the book says that it was
    /// registered.
    fn one_letter_by_eight(site: TestSite) {
        site.publish_sample();
        let answers = receive_at_once(&site, &letter(4));
        let registered = |one: &&Received| matches!(one, Received::Registered { timing: Timing::Late, .. });
        assert_eq!(answers.iter().filter(registered).count(), 1, "{answers:?}");
        let repeated = answers.iter().filter(|one| **one == Received::Duplicate).count();
        assert_eq!(repeated, 7, "{answers:?}");
        assert_eq!(count(&site, "submissions"), 1);
        assert_eq!(count(&site, "attachments"), 1);
        assert_eq!(count(&site, "letters"), 1);
        assert_eq!(count(&site, "letters WHERE state = 'registered'"), 1);
        assert_eq!(count(&site, "audit_events WHERE action = 'letter-registered'"), 1);
        assert_eq!(count(&site, "audit_events WHERE action = 'letter-duplicate'"), 0);
        assert_whole(&site.database);
    }

    /// One automatic answer taken in by eight at once is set aside once.
    fn one_automatic_letter_by_eight(site: TestSite) {
        site.publish_sample();
        let automatic = format!("Auto-Submitted: auto-replied\r\n{}", letter(1));
        let answers = receive_at_once(&site, &automatic);
        assert!(answers.iter().all(|one| matches!(one, Received::Quarantined { .. })), "{answers:?}");
        assert_eq!(count(&site, "letters WHERE state = 'quarantined'"), 1);
        assert_eq!(count(&site, "submissions"), 0);
        assert_eq!(count(&site, "audit_events WHERE action = 'letter-quarantined'"), 1);
    }

    /// The same message by two ways (two files of different bytes) is one submission and a
    /// duplicate.
    fn one_message_by_two_ways(site: TestSite) {
        site.publish_sample();
        let (direct, forwarded) = (letter(1), format!("X-Way: two\r\n{}", letter(1)));
        let room = site.mailroom("plan");
        let turn = std::sync::atomic::AtomicUsize::new(0);
        let answers = at_once(8, || {
            let first = turn.fetch_add(1, std::sync::atomic::Ordering::SeqCst).is_multiple_of(2);
            let raw = if first { &direct } else { &forwarded };
            room.receive(raw.as_bytes(), None).unwrap()
        });
        let registered = answers.iter().filter(|one| matches!(one, Received::Registered { .. }));
        assert_eq!(registered.count(), 1, "{answers:?}");
        assert_eq!(count(&site, "submissions"), 1);
        assert_eq!(count(&site, "letters WHERE state = 'registered'"), 1);
        assert_eq!(count(&site, "letters WHERE state = 'duplicate'"), 1);
    }
}
