//! Guessing passwords: whoever guesses is slowed down, and nobody else.

use crate::on_both;
use crate::steps::events_of;
use crate::support::{Backend, Client, LOGIN, PASSWORD, TestSite};
use jianyan::identity::model::Role;

const STRANGER: &str = "203.0.113.9";
const OWNER: &str = "198.51.100.7";

fn at(site: &TestSite, address: &str) -> Client {
    let mut client = site.client();
    client.headers = vec![("x-forwarded-for".to_owned(), address.to_owned())];
    client
}

fn attempt(client: &mut Client, login: &str, password: &str) -> u16 {
    let fields = [("login", login), ("password", password), ("next", "")];
    client.post("/office/sign-in", &fields).status
}

fn guess(client: &mut Client, login: &str, times: usize) -> Vec<u16> {
    (0..times)
        .map(|_| attempt(client, login, "Wrong-password-1"))
        .collect()
}

on_both! {
    /// Five at once, then one every three minutes; the right password is not counted.
    fn guesses_at_an_account_are_slowed_down(site: TestSite) {
        site.account(LOGIN, "周青禾", Role::Drafter);
        let mut stranger = at(&site, STRANGER);
        assert_eq!(guess(&mut stranger, LOGIN, 6), [422, 422, 422, 422, 422, 429]);
        assert_eq!(attempt(&mut stranger, LOGIN, PASSWORD), 429, "for the right password too");
        site.clock.advance(3 * 60 - 1);
        assert_eq!(guess(&mut stranger, LOGIN, 1), [429]);
        site.clock.advance(1);
        assert_eq!(guess(&mut stranger, LOGIN, 2), [422, 429]);
        let mut owner = at(&site, OWNER);
        for _ in 0..8 {
            assert_eq!(attempt(&mut owner, LOGIN, PASSWORD), 303, "right ones cost nothing");
        }
        assert_eq!(events_of(&site, "sign-in-failed").len(), 6);
        assert_eq!(events_of(&site, "signed-in").len(), 8);
    }

    /// Unknown, closed and open accounts get the same answers, the limit included.
    fn an_account_cannot_be_told_by_its_answers(site: TestSite) {
        use jianyan::audit::model::Actor;
        use jianyan::identity::staff::close;
        site.account(LOGIN, "周青禾", Role::Drafter);
        site.account("wang", "王一苇", Role::Drafter);
        let clock = site.clock();
        site.database.write_now(move |db| close(db, &Actor::System("test"), &*clock, "wang")).unwrap();
        let answers = |login: &str, address: &str, password: &str| {
            let mut client = at(&site, address);
            (0..7).map(|_| {
                let fields = [("login", login), ("password", password), ("next", "/office")];
                let reply = client.post("/office/sign-in", &fields);
                (reply.status, reply.text().replace(login, "LOGIN"))
            }).collect::<Vec<_>>()
        };
        let open = answers(LOGIN, "203.0.113.1", "Wrong-password-1");
        assert_eq!(open, answers("zhao", "203.0.114.2", "Wrong-password-1"));
        assert_eq!(open, answers("wang", "203.0.115.3", "Wrong-password-1"));
        assert_eq!(open, answers("wang", "203.0.116.4", PASSWORD), "the right one of a closed account");
    }

    /// Strangers lock nobody out: not from elsewhere, and not from the same address when the owner's
    /// device is known. A device that is known for one account opens no other.
    fn strangers_lock_nobody_out(site: TestSite) {
        site.account(LOGIN, "周青禾", Role::Drafter);
        site.account("wang", "王一苇", Role::Drafter);
        let mut owner = at(&site, OWNER);
        let signed_in = owner.post("/office/sign-in", &[("login", LOGIN), ("password", PASSWORD), ("next", "")]);
        let device = signed_in.headers.iter()
            .find(|(name, value)| name == "set-cookie" && value.starts_with("jianyan-device="))
            .map(|(_, value)| value.split(';').next().unwrap().to_owned())
            .unwrap();
        let mut neighbour = at(&site, OWNER);
        guess(&mut neighbour, LOGIN, 10);
        guess(&mut neighbour, "wang", 10);
        let mut known = at(&site, OWNER);
        assert_eq!(attempt(&mut known, LOGIN, PASSWORD), 429, "an unknown device at that address waits");
        known.headers.push(("cookie".to_owned(), device.clone()));
        assert_eq!(attempt(&mut known, LOGIN, PASSWORD), 303);
        assert_eq!(attempt(&mut known, "wang", PASSWORD), 429, "not for another account");
        let mut forged = at(&site, OWNER);
        let flipped = device.replace('a', "b");
        forged.headers.push(("cookie".to_owned(), flipped));
        assert_eq!(attempt(&mut forged, LOGIN, PASSWORD), 429, "a forged cookie is none");
        assert_eq!(attempt(&mut at(&site, "198.51.101.8"), LOGIN, PASSWORD), 303, "from elsewhere");
        let mut stolen = at(&site, STRANGER);
        stolen.headers.push(("cookie".to_owned(), device));
        assert_eq!(guess(&mut stolen, LOGIN, 6).last(), Some(&429), "guesses on a known device are slowed down too");
    }

    /// Many accounts from one address: the address itself runs dry.
    fn an_address_runs_dry(site: TestSite) {
        let mut stranger = at(&site, STRANGER);
        let answers: Vec<u16> = (0..25).map(|number| attempt(&mut stranger, &format!("login{number}"), "Wrong-password-1")).collect();
        assert_eq!(answers[..20], [422; 20]);
        assert_eq!(answers[20..], [429; 5]);
        let page = stranger.post("/office/sign-in", &[("login", "a"), ("password", "b")]);
        assert!(page.header("retry-after").is_some() && page.text().contains("登录尝试次数过多"));
        assert!(page.text().contains("value=\"a\""), "the login is given back");
    }

    /// Sent all at once, every guess counts.
    fn guesses_sent_at_once_count_each(site: TestSite) {
        site.account(LOGIN, "周青禾", Role::Drafter);
        let answers: Vec<u16> = std::thread::scope(|scope| {
            let guesses: Vec<_> = (0..12).map(|_| scope.spawn(|| guess(&mut at(&site, STRANGER), LOGIN, 1)[0])).collect();
            guesses.into_iter().map(|guess| guess.join().unwrap()).collect()
        });
        assert!(answers.iter().all(|status| matches!(status, 422 | 429 | 503)), "{answers:?}");
        assert!(answers.iter().filter(|status| **status == 422).count() <= 5, "{answers:?}");
    }
}

/// Without an address all count as one network, and a known device gets in all the same.
#[test]
fn without_an_address_signing_in_is_limited_too() {
    let site = TestSite::with(Backend::Sqlite, |config| {
        config.sign_in_per_hour = 6;
        config.sign_in_burst = 3;
        config.network_times = 2;
    });
    site.account(LOGIN, "周青禾", Role::Drafter);
    let mut person = site.client();
    person.sign_in(LOGIN, PASSWORD);
    let mut stranger = site.client();
    let answers: Vec<u16> = (0..6)
        .map(|number| attempt(&mut stranger, &format!("login{number}"), "Wrong-password-1"))
        .collect();
    assert_eq!(answers, [422, 422, 422, 422, 422, 429]);
    assert_eq!(attempt(&mut person, LOGIN, PASSWORD), 303);
}

/// A crowd that comes at once is served or told to come again, with the login kept and the password not.
#[test]
fn a_crowd_is_served_or_told_to_come_again() {
    let site = TestSite::with(Backend::Sqlite, |config| config.sign_in_per_hour = 0);
    let answers: Vec<(u16, bool)> = std::thread::scope(|scope| {
        let site = &site;
        let crowd: Vec<_> = (0..128)
            .map(|number| {
                scope.spawn(move || {
                    let login = format!("login{number}");
                    let fields = [
                        ("login", &*login),
                        ("password", "Wrong-password-1"),
                        ("next", ""),
                    ];
                    let reply = site.client().post("/office/sign-in", &fields);
                    let page = reply.text();
                    let kept = page.contains(&login) && !page.contains("Wrong-password-1");
                    let waits = reply.status != 503 || reply.header("retry-after") == Some("10");
                    (reply.status, kept && waits)
                })
            })
            .collect();
        crowd.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert!(
        answers
            .iter()
            .all(|(status, right)| matches!(status, 422 | 503) && *right),
        "{answers:?}"
    );
    assert!(
        answers.iter().any(|(status, _)| *status == 422),
        "{answers:?}"
    );
    assert!(
        answers.iter().any(|(status, _)| *status == 503),
        "{answers:?}"
    );
}
