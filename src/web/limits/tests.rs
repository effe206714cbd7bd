//! Who passes, who is asked for work, who waits.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::privacy::model::Key;

struct Story {
    guardrails: Guardrails,
    now: Timestamp,
}

impl Story {
    fn of(change: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config {
            submit_per_hour: 30,
            submit_burst: 3,
            work_bits: 8,
            attack_per_minute: 0,
            ..Config::default()
        };
        change(&mut config);
        let vault = Vault::new(&Key::from_bytes([7; 32])).unwrap();
        Self {
            guardrails: Guardrails::of(&config, &vault),
            now: "2025-06-10T02:00:00Z".parse().unwrap(),
        }
    }

    fn wait(&mut self, seconds: i64) {
        self.now += SignedDuration::from_secs(seconds);
    }

    fn send(&self, client: &str, sent: Sent<'_>) -> Verdict {
        let client = Some(client.parse().unwrap());
        self.guardrails.judge(client, "c", sent, self.now).unwrap()
    }

    fn plain(&self, client: &str) -> Verdict {
        self.send(client, Sent::default())
    }

    fn asked(&self, client: &str) -> Asked {
        match self.plain(client) {
            Verdict::Work(asked) => asked,
            other => panic!("{other:?}"),
        }
    }

    fn answer(&self, asked: &Asked) -> String {
        let known = work::read(&self.guardrails.vault, "c", &asked.challenge, self.now).unwrap();
        let mut numbers = (0..u32::MAX).map(|number| number.to_string());
        numbers.find(|number| known.is_answered(number)).unwrap()
    }
}

const HERE: &str = "198.51.100.7";

#[test]
fn over_the_limit_a_little_work_lets_one_form_pass() {
    let story = Story::of(|_| {});
    for _ in 0..3 {
        assert_eq!(story.plain(HERE), Verdict::Pass);
    }
    let asked = story.asked(HERE);
    assert!(!asked.everybody && asked.bits == 8 && asked.wait_seconds == 30);
    assert_eq!(story.plain("198.51.100.8"), Verdict::Pass, "a neighbour");
    let answer = story.answer(&asked);
    let sent = Sent {
        challenge: &asked.challenge,
        answer: &answer,
        ..Sent::default()
    };
    assert_eq!(story.send(HERE, sent), Verdict::Pass);
    assert_eq!(
        story.send(HERE, sent),
        Verdict::Pass,
        "the same form, sent twice"
    );
    let other = Sent {
        said: [9; 16],
        ..sent
    };
    assert!(
        matches!(story.send(HERE, other), Verdict::Work(_)),
        "another form"
    );
}

#[test]
fn without_scripts_waiting_does_instead_and_not_for_ever_more() {
    let mut story = Story::of(|_| {});
    (0..3).for_each(|_| assert_eq!(story.plain(HERE), Verdict::Pass));
    let asked = story.asked(HERE);
    let sent = Sent {
        challenge: &asked.challenge,
        ..Sent::default()
    };
    story.wait(10);
    let Verdict::Work(again) = story.send(HERE, sent) else {
        panic!("too soon");
    };
    assert_eq!(again.challenge, asked.challenge, "the waiting goes on");
    assert_eq!(again.wait_seconds, 20);
    story.wait(20);
    assert_eq!(story.send(HERE, sent), Verdict::Pass);
    // Challenges can be collected; waiting is counted, so that they are no way around the limit.
    let many: Vec<Asked> = (0..10).map(|_| story.asked(HERE)).collect();
    story.wait(60);
    let passed = many.iter().enumerate().filter(|(at, asked)| {
        let sent = Sent {
            challenge: &asked.challenge,
            said: [u8::try_from(*at).unwrap() + 1; 16],
            ..Sent::default()
        };
        story.send(HERE, sent) == Verdict::Pass
    });
    assert!(passed.count() <= 3);
}

#[test]
fn under_attack_everybody_is_asked_and_nobody_is_before() {
    let story = Story::of(|config| config.attack_per_minute = 100);
    let address = |number: u32| format!("203.{}.{}.1", number / 200, number % 200);
    let mark = |age| {
        let shown = story.now - SignedDuration::from_secs(age);
        mark::new(&story.guardrails.vault, shown).unwrap()
    };
    let filled_in = mark(60);
    let sent = Sent {
        mark: &filled_in,
        ..Sent::default()
    };
    for number in 0..100 {
        assert_eq!(story.send(&address(number), sent), Verdict::Pass);
    }
    let Verdict::Work(asked) = story.send(&address(101), sent) else {
        panic!("under attack");
    };
    assert!(asked.everybody);
    assert_eq!(
        story.plain(&address(102)),
        Verdict::AskAgain,
        "no mark at all"
    );
    let answer = story.answer(&asked);
    let worked = Sent {
        challenge: &asked.challenge,
        answer: &answer,
        ..sent
    };
    assert_eq!(story.send(&address(101), worked), Verdict::Pass);
    // A request that no proxy says anything of is nobody's.
    let nobody = story.guardrails.judge(None, "c", sent, story.now);
    assert_eq!(nobody.unwrap(), Verdict::Pass);
}

#[test]
fn a_whole_network_may_do_ten_times_as_much() {
    let story = Story::of(|_| {});
    let passed = (1..=60).filter(|n| story.plain(&format!("192.0.2.{n}")) == Verdict::Pass);
    assert_eq!(passed.count(), 30);
    assert_eq!(story.plain("192.0.3.1"), Verdict::Pass);
    let sixth = |n: u32| format!("2001:db8:0:{n:x}::1");
    let passed = (1..=60).filter(|n| story.plain(&sixth(*n)) == Verdict::Pass);
    assert_eq!(passed.count(), 30);
    assert_eq!(story.plain("2001:db8:1::1"), Verdict::Pass);
}

#[test]
fn with_work_turned_off_it_is_later() {
    let mut story = Story::of(|config| config.work_bits = 0);
    (0..3).for_each(|_| assert_eq!(story.plain(HERE), Verdict::Pass));
    assert_eq!(story.plain(HERE), Verdict::TryLater(120));
    story.wait(120);
    assert_eq!(story.plain(HERE), Verdict::Pass);
}

#[test]
fn a_form_filled_in_at_once_or_with_its_trap_is_shown_again() {
    let mut story = Story::of(|_| {});
    let vault = story.guardrails.vault.clone();
    let mark = mark::new(&vault, story.now).unwrap();
    let young = Sent {
        mark: &mark,
        ..Sent::default()
    };
    story.wait(2);
    assert_eq!(story.send(HERE, young), Verdict::AskAgain);
    story.wait(1);
    assert_eq!(story.send(HERE, young), Verdict::Pass);
    let trapped = Sent {
        trap: "https://example.com",
        ..young
    };
    assert_eq!(story.send(HERE, trapped), Verdict::AskAgain);
    let alone = Sent {
        trap: "x",
        ..Sent::default()
    };
    assert_eq!(story.send(HERE, alone), Verdict::AskAgain);
    // Looked over: a browser that fills the trap by itself does not keep anybody out.
    let again = mark::again(&vault, story.now).unwrap();
    let looked = Sent {
        mark: &again,
        ..trapped
    };
    assert_eq!(story.send(HERE, looked), Verdict::Pass);
}
