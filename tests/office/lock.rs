//! Guessing passwords: five failures close the account for a while, each further one for longer.

use crate::on_both;
use crate::steps::{account, events_of};
use crate::support::{Client, LOGIN, PASSWORD, TestClock, TestSite};
use jianyan::clock::Clock;
use jianyan::db::Database;
use jianyan::db::schema::staff;
use jianyan::identity::model::Role;
use jianyan::identity::sign_in::{Attempt, Try, sign_in};
use jiff::Timestamp;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

fn attempt(client: &mut Client, password: &str) -> u16 {
    let fields = [("login", LOGIN), ("password", password), ("next", "")];
    client.post("/office/sign-in", &fields).status
}

fn guess(site: &TestSite, times: usize) -> Vec<u16> {
    let mut client = site.client();
    (0..times)
        .map(|_| attempt(&mut client, "Wrong-password-1"))
        .collect()
}

/// Somebody else's guesses close the account between the look at it and the check of the password.
struct Meanwhile {
    clock: TestClock,
    database: Database,
    done: AtomicBool,
}

impl Clock for Meanwhile {
    fn now(&self) -> Timestamp {
        let now = self.clock.now();
        if !self.done.swap(true, Ordering::SeqCst) {
            let database = self.database.clone();
            let until = (now + jiff::SignedDuration::from_mins(1)).as_microsecond();
            let closing = std::thread::spawn(move || {
                database.write_now(move |db| {
                    use diesel::prelude::*;
                    diesel::update(staff::table)
                        .set((staff::failed_attempts.eq(5), staff::locked_until.eq(until)))
                        .execute(db)?;
                    Ok(())
                })
            });
            closing.join().unwrap().unwrap();
        }
        now
    }
}

on_both! {
    /// One minute, two, four: by the clock, and the right password waits too.
    fn the_lock_backs_off(site: TestSite) {
        site.account(LOGIN, "周青禾", Role::Drafter);
        assert_eq!(guess(&site, 5), [422, 422, 422, 422, 429]);
        for minutes in [1, 2, 4, 8] {
            let mut client = site.client();
            assert_eq!(attempt(&mut client, PASSWORD), 429, "at once");
            site.clock.advance(minutes * 60 - 1);
            assert_eq!(attempt(&mut client, PASSWORD), 429, "a second before {minutes} minutes are over");
            site.clock.advance(1);
            assert_eq!(guess(&site, 1), [429], "the next failure locks again");
        }
        assert_eq!(account(&site, LOGIN).1, 9);
        site.clock.advance(16 * 60);
        assert_eq!(attempt(&mut site.client(), PASSWORD), 303);
        assert_eq!(account(&site, LOGIN).1, 0, "the counter starts anew");
        assert_eq!(guess(&site, 4), [422; 4]);
        assert_eq!(attempt(&mut site.client(), PASSWORD), 303);
        assert_eq!(events_of(&site, "sign-in-failed").len(), 13);
    }

    /// The page says until when, and no more.
    fn the_page_says_until_when(site: TestSite) {
        site.account(LOGIN, "周青禾", Role::Drafter);
        site.clock.set("2025-06-10T10:00:30+08:00");
        guess(&site, 5);
        let fields = [("login", LOGIN), ("password", PASSWORD), ("next", "")];
        let page = site.client().post("/office/sign-in", &fields).text();
        assert!(page.contains("2025年6月10日 10:02(北京时间)"), "{page}");
        assert!(!page.contains(PASSWORD));
    }

    /// Sent all at once, every guess counts.
    fn guesses_sent_at_once_count_each(site: TestSite) {
        site.account(LOGIN, "周青禾", Role::Drafter);
        let answers: Vec<u16> = std::thread::scope(|scope| {
            let guesses: Vec<_> = (0..12).map(|_| scope.spawn(|| guess(&site, 1)[0])).collect();
            guesses.into_iter().map(|guess| guess.join().unwrap()).collect()
        });
        let counted = events_of(&site, "sign-in-failed").len();
        assert!(answers.iter().all(|status| matches!(status, 422 | 429)), "{answers:?}");
        assert!(answers.iter().filter(|status| **status == 422).count() <= 4, "{answers:?}");
        assert_eq!(usize::try_from(account(&site, LOGIN).1).unwrap(), counted);
        assert!(counted >= 5);
        assert_eq!(attempt(&mut site.client(), PASSWORD), 429);
    }

    /// The right password among guesses sent at once does not get in after the account is closed.
    fn a_guess_that_was_let_in_before_the_lock_is_turned_away_after_it(site: TestSite) {
        site.account(LOGIN, "周青禾", Role::Drafter);
        let clock = Arc::new(Meanwhile {
            clock: site.clock.clone(),
            database: site.database.clone(),
            done: AtomicBool::new(false),
        });
        let attempt = Try {
            login: LOGIN.to_owned(),
            password: PASSWORD.to_owned(),
            from: None,
        };
        let came = actix_web::rt::System::new()
            .block_on(sign_in(&site.database, clock, attempt))
            .unwrap();
        assert!(matches!(came, Attempt::Locked { .. }));
        assert!(events_of(&site, "signed-in").is_empty());
        assert_eq!(account(&site, LOGIN).1, 5);
    }
}
