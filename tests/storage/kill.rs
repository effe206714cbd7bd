//! The service killed twenty times under load: what was answered is kept, once, and whole.

use crate::ask::{assert_whole, number, words};
use crate::chance::Chance;
use crate::install_on_both;
use crate::program::{Install, Running, caller, comment, send};
use std::collections::HashMap;
use std::sync::mpsc::{Sender, channel};

const ROUNDS: usize = 20;
const SENDERS: usize = 4;
/// The longest time under load before the kill, in milliseconds.
const LOAD: u64 = 600;

/// A comment and the receipt that was given out for it.
type Receipt = (String, String);

/// Somebody at a browser who sends on and on, every third comment twice, and sends again after a
/// restart what was not answered.
#[derive(Default)]
struct Citizen {
    sent: usize,
    unanswered: Option<String>,
}

impl Citizen {
    fn next(&mut self, who: usize) -> String {
        self.unanswered.take().unwrap_or_else(|| {
            self.sent += 1;
            format!("第{who}人的第{}条意见：请在楼外增设晾衣架。", self.sent)
        })
    }

    fn send_until_killed(&mut self, who: usize, base: &str, given: &Sender<Receipt>) {
        let agent = caller();
        loop {
            let text = self.next(who);
            let times = if self.sent.is_multiple_of(3) { 2 } else { 1 };
            for _ in 0..times {
                let Some(answer) = send(&agent, base, &comment(&text)) else {
                    self.unanswered = Some(text);
                    return;
                };
                let number = answer.receipt();
                let number = number.unwrap_or_else(|| panic!("{}: {}", answer.status, answer.text));
                given.send((text.clone(), number)).unwrap();
            }
        }
    }
}

fn twenty_kills_lose_nothing(install: Install) {
    let mut chance = Chance::new("twenty kills");
    install.publish();
    let mut citizens: Vec<Citizen> = (0..SENDERS).map(|_| Citizen::default()).collect();
    let (given, receipts) = channel::<Receipt>();
    for _ in 0..ROUNDS {
        let mut service = install.serve();
        let base = service.base.clone();
        std::thread::scope(|scope| {
            for (who, citizen) in citizens.iter_mut().enumerate() {
                let (given, base) = (given.clone(), &base);
                scope.spawn(move || citizen.send_until_killed(who, base, &given));
            }
            // Not a wait for anything: the kill must come at a moment of chance.
            std::thread::sleep(chance.moment(LOAD));
            service.kill();
        });
    }
    drop(given);
    let mut known: HashMap<String, String> = HashMap::new();
    for (text, receipt) in receipts {
        let first = known.entry(text.clone()).or_insert_with(|| receipt.clone());
        assert_eq!(*first, receipt, "two receipts for one comment: {text}");
    }
    println!("twenty kills: {} receipts", known.len());
    assert!(known.len() > ROUNDS, "too little load to show anything");

    let service = install.serve();
    assert_all_shown(&service, &known);
    let database = install.open();
    let twice = words(
        &database,
        "SELECT text AS answer FROM remarks GROUP BY text HAVING COUNT(*) > 1",
    );
    assert!(twice.is_empty(), "kept twice: {twice:?}");
    // A comment may have been kept whose answer the kill cut off, one for each sender and round.
    let kept = number(&database, "SELECT COUNT(*) AS answer FROM remarks");
    let unanswered = citizens.iter().filter(|one| one.unanswered.is_some());
    let most = i64::try_from(known.len() + unanswered.count()).unwrap();
    assert!(kept <= most, "{kept} kept, {most} sent");
    assert_whole(&database);
}

/// Every receipt leads to its comment.
fn assert_all_shown(service: &Running, known: &HashMap<String, String>) {
    let all: Vec<_> = known.iter().collect();
    std::thread::scope(|scope| {
        for part in all.chunks(all.len().div_ceil(SENDERS)) {
            scope.spawn(move || {
                for (text, receipt) in part {
                    let page = service.look_up(receipt);
                    assert_eq!(page.status, 200, "{receipt} is lost: {text}");
                    assert!(page.text.contains(text.as_str()), "{receipt}: {text}");
                }
            });
        }
    });
}

install_on_both!(twenty_kills, super::twenty_kills_lose_nothing);
