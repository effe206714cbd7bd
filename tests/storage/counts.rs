//! The counts beside the rows are those of the rows, whatever was done, and whenever.

use crate::ask::number;
use crate::older::before;
use crate::on_both;
use crate::support::TestSite;
use jianyan::audit::model::Actor;
use jianyan::clock::{Clock, to_micros};
use jianyan::consultations::extend::{Extension, extend};
use jianyan::consultations::model::{Consultation, Timing};
use jianyan::counts::model::State;
use jianyan::counts::numbers;
use jianyan::db::{Address, Database, Db};
use jianyan::error::Result;
use jianyan::export::model::Row;
use jianyan::export::stated::totals;
use jianyan::export::summary::{rows, rows_behind};
use jianyan::export::totals::Counter;
use jianyan::intake::after::correct::correct;
use jianyan::intake::after::erase::erase;
use jianyan::intake::after::supplement::{NewSupplement, supplement};
use jianyan::intake::after::withdraw::withdraw;
use jianyan::intake::find::by_id;
use jianyan::intake::model::submission::{
    Channel, NewRemark, NewSubmission, ReceivedBasis, Sender,
};
use jianyan::intake::submit::submit;
use jianyan::privacy::vault::Vault;
use jianyan::responses::answer::{NewAnswer, answer};
use jianyan::responses::find::by_remark;
use jianyan::responses::model::Outcome;
use jianyan::triage::find::of_submission;
use jianyan::triage::model::{Filter, OnSection, Page, Queued};
use jianyan::triage::move_remark::{Move, move_remark};
use jianyan::triage::queue::page;
use jianyan::words::Lang;
use jiff::{SignedDuration, Timestamp, ToSpan};
use std::time::{Duration, Instant};

const MIGRATION: &str = "20261201000007";
const ANCHORS: [Option<&str>; 4] = [None, Some("2.1.1"), Some("2.1.2"), Some("2.2.4")];

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}

/// A site, what was sent to it, and what is done to that at random.
struct Story<'a> {
    site: &'a TestSite,
    vault: Vault,
    dice: Dice,
    sent: Vec<String>,
}

impl<'a> Story<'a> {
    fn new(site: &'a TestSite, seed: u64) -> Self {
        site.publish_sample();
        Self {
            site,
            vault: site.vault.clone(),
            dice: Dice(seed),
            sent: Vec::new(),
        }
    }

    fn plan(&self) -> Consultation {
        self.site.consultation("plan")
    }

    /// Something that the program may refuse.
    fn tried<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Db, &dyn Clock, &Consultation) -> Result<T> + Send + 'static,
    ) -> Option<T> {
        let (plan, clock) = (self.plan(), self.site.clock());
        let done = self
            .site
            .database
            .write_now(move |db| work(db, &*clock, &plan));
        done.ok()
    }

    fn staff() -> Actor {
        Actor::Staff {
            id: "staff".to_owned(),
            name: "周青禾".to_owned(),
            may_change: true,
        }
    }

    fn one(&mut self) -> Option<String> {
        if self.sent.is_empty() {
            return None;
        }
        let at = self.dice.below(self.sent.len());
        Some(self.sent[at].clone())
    }

    fn sender(&mut self) -> Sender {
        let phone = self.dice.below(7);
        Sender {
            name: Some("陆向晚".to_owned()),
            phones: (phone > 0)
                .then(|| format!("1990000000{phone}"))
                .into_iter()
                .collect(),
            ..Sender::default()
        }
    }

    fn send(&mut self) {
        let channel = Channel::ALL[self.dice.below(Channel::ALL.len())];
        let window = self.plan().window;
        let minutes = i64::try_from(self.dice.below(60 * 24 * 2)).unwrap();
        let span = SignedDuration::from_mins(minutes);
        let received_at: Timestamp = match (channel, self.dice.below(6)) {
            (Channel::Web, _) | (_, 0..=3) => window.opens_at + span,
            (_, 4) => window.closes_at + span,
            _ => window.opens_at - span,
        };
        let remarks = (0..=self.dice.below(3)).map(|number| NewRemark {
            anchor: ANCHORS[self.dice.below(ANCHORS.len())].map(str::to_owned),
            text: format!("第{number}点意见"),
            ..NewRemark::default()
        });
        let remarks = remarks.collect();
        let input = NewSubmission {
            channel,
            received_at,
            received_basis: ReceivedBasis::Desk,
            sent_at: None,
            sender: self.sender(),
            remarks,
            attachments: Vec::new(),
            uploads: Vec::new(),
            consented: true,
            subject: None,
            elided: None,
            raw_sha256: None,
            lang: Lang::Zh,
            same_as: vec![self.sent.len().to_string()],
        };
        let vault = self.vault.clone();
        let done = self
            .tried(move |db, clock, plan| submit(db, &vault, &Actor::Public, clock, plan, &input));
        self.sent.extend(done.map(|done| done.submission_id));
    }

    fn after_sending(&mut self, id: String) {
        let vault = self.vault.clone();
        let (what, sender) = (self.dice.below(4), self.sender());
        let words = format!("补充{}", self.dice.below(1000));
        self.tried(move |db, clock, plan| {
            let at = plan.window.opens_at + SignedDuration::from_hours(1);
            let found = by_id(db, &vault, plan, &id)?;
            match what {
                0 => withdraw(db, &vault, &Actor::Public, clock, plan, &id, at),
                1 => {
                    let new = NewSupplement {
                        submission_id: id.clone(),
                        text: words.clone(),
                        beside: found.remarks.first().map(|remark| remark.id.clone()),
                        received_at: at,
                    };
                    supplement(db, &vault, &Actor::Public, clock, plan, &new).map(|_| ())
                }
                2 => erase(db, &vault, &Self::staff(), clock, &found),
                _ => correct(db, &vault, &Self::staff(), &found, &sender),
            }
        });
    }

    fn office(&mut self, id: String) {
        let outcome = Outcome::all()[self.dice.below(5)];
        let anchor = ANCHORS[self.dice.below(ANCHORS.len())];
        let (which, moves) = (self.dice.below(3), self.dice.below(2) == 0);
        self.tried(move |db, clock, plan| {
            let remarks = of_submission(db, &plan.id, &id)?;
            let remark = &remarks[which % remarks.len()];
            if moves {
                let to = Move {
                    consultation_id: plan.id.clone(),
                    remark_id: remark.id.clone(),
                    version: plan.version,
                    anchor: anchor.map(str::to_owned),
                    seen_revision: remark.revision,
                };
                return move_remark(db, &Self::staff(), clock, &to);
            }
            let seen = by_remark(db, &plan.id, &remark.id)?;
            let new = NewAnswer {
                consultation_id: plan.id.clone(),
                remark_id: remark.id.clone(),
                outcome,
                reason: "已写入方案。".to_owned(),
                seen_revision: seen.map_or(0, |seen| seen.revision),
            };
            answer(db, &Self::staff(), clock, &new)
        });
    }

    fn extend(&mut self) {
        self.tried(|db, clock, plan| {
            let asked = Extension {
                closes_on: plan.window.closes_on + 1.day(),
                reason: "应公众要求延长。".to_owned(),
            };
            extend(db, &Self::staff(), clock, plan, &asked)
        });
    }

    fn go_on(&mut self, steps: usize) {
        for _ in 0..steps {
            let one = self.one();
            match (self.dice.below(20), one) {
                (0, Some(_)) => self.extend(),
                (1..=5, Some(id)) => self.after_sending(id),
                (6..=11, Some(id)) => self.office(id),
                _ => self.send(),
            }
        }
    }

    /// Every remark as the exports have it, read one by one.
    fn all(&self, database: &Database) -> Vec<Row> {
        let plan = self.plan();
        let read = database.read_now(|db| rows(db, &self.vault, &plan).collect::<Result<Vec<_>>>());
        read.unwrap()
    }

    fn assert_counts(&self, database: &Database) {
        let (plan, all) = (self.plan(), self.all(database));
        let stated = database.read_now(|db| totals(db, &plan)).unwrap();
        let mut counter = Counter::default();
        all.iter().for_each(|row| counter.add(row));
        let people = number(
            database,
            "SELECT COUNT(DISTINCT person_hash) + COUNT(*) - COUNT(person_hash) AS answer FROM submissions",
        );
        let submissions = number(database, "SELECT COUNT(*) AS answer FROM submissions");
        let whole = |count: i64| u64::try_from(count).unwrap();
        assert_eq!(stated.people, whole(people));
        assert_eq!(stated.submissions, whole(submissions));
        stated.check().unwrap();
        let counted = counter.finish(stated.people, stated.submissions);
        stated.check_against(&counted).unwrap();
    }

    /// What a filter shows, page by page.
    fn walked(&self, filter: &Filter) -> (Vec<Queued>, u64) {
        let plan = self.plan();
        let (mut at, mut all) = (Page::First, Vec::new());
        loop {
            let page = self
                .site
                .database
                .read_now(|db| page(db, &plan.id, filter, &at, 7));
            let page = page.unwrap();
            all.extend(page.rows.clone());
            match page.rows.last() {
                Some(last) if page.has_later => at = Page::After(last.cursor()),
                _ => return (all, page.total),
            }
        }
    }

    fn assert_queue(&self) {
        let (all, total) = self.walked(&Filter::default());
        assert_eq!(u64::try_from(all.len()).unwrap(), total);
        let numbered: Vec<u64> = all.iter().map(|row| row.number).collect();
        assert_eq!(numbered, (1..=total).collect::<Vec<_>>());
        let state = |row: &Queued| match (row.withdrawn_at, row.outcome) {
            (Some(_), _) => State::Withdrawn,
            (None, Some(outcome)) => State::With(outcome),
            (None, None) => State::Open,
        };
        let outcomes = Outcome::all().into_iter().map(State::With);
        let states = [State::Open, State::Withdrawn].into_iter().chain(outcomes);
        let mut filters: Vec<Filter> = states
            .map(|state| Filter {
                state: Some(state),
                ..Filter::default()
            })
            .collect();
        filters.extend(Channel::ALL.map(|channel| Filter {
            channel: Some(channel),
            ..Filter::default()
        }));
        let timings = [Timing::InTime, Timing::Early, Timing::Late];
        filters.extend(timings.map(|timing| Filter {
            timing: Some(timing),
            ..Filter::default()
        }));
        filters.push(Filter {
            section: Some(OnSection::Whole),
            ..Filter::default()
        });
        for filter in filters {
            let fits = |row: &&Queued| {
                filter.state.is_none_or(|one| one == state(row))
                    && filter.channel.is_none_or(|one| one == row.channel)
                    && filter.timing.is_none_or(|one| one == row.timing)
                    && (filter.section.is_none() || row.section_id.is_none())
            };
            let wanted: Vec<_> = all
                .iter()
                .filter(fits)
                .map(|row| (&row.id, row.number))
                .collect();
            let (shown, total) = self.walked(&filter);
            let shown: Vec<_> = shown.iter().map(|row| (&row.id, row.number)).collect();
            assert_eq!(shown, wanted, "{filter:?}");
            assert_eq!(u64::try_from(wanted.len()).unwrap(), total, "{filter:?}");
        }
        for row in &all {
            let place = self
                .site
                .database
                .read_now(|db| numbers::place(db, &self.plan().id, row.number));
            assert_eq!(
                place.unwrap(),
                Some((to_micros(row.received_at), row.id.clone()))
            );
        }
    }

    /// A page of the feedback holds the same rows as the whole file, with the same numbers.
    fn assert_pages(&self) {
        let (plan, all) = (self.plan(), self.all(&self.site.database));
        for behind in [0, 1, 9, all.len() - 1, all.len(), all.len() + 5] {
            let rows = self.site.database.read_now(|db| {
                let number = u64::try_from(behind).unwrap();
                rows_behind(db, &self.vault, &plan, number)?.of(10)
            });
            let wanted: Vec<Row> = all.iter().skip(behind).take(10).cloned().collect();
            assert_eq!(rows.unwrap(), wanted, "behind {behind}");
        }
    }
}

on_both! {
    /// Whatever is sent, taken back, added, answered, moved, erased, corrected or counted in time,
    /// in whatever order: the counts are those of the rows.
    fn the_counts_are_those_of_the_rows(site: TestSite) {
        let mut story = Story::new(&site, 0x2545_F491_4F6C_DD1D);
        story.assert_counts(&site.database);
        for _ in 0..12 {
            story.go_on(15);
            story.assert_counts(&site.database);
        }
        story.assert_queue();
        story.assert_pages();
        let taken_back = number(&site.database, "SELECT COUNT(*) AS answer FROM remarks WHERE state = 'withdrawn'");
        let moved = number(&site.database, "SELECT COUNT(*) AS answer FROM audit_events WHERE action IN ('remark-moved', 'window-extended', 'response-changed')");
        assert!(taken_back > 0 && moved > 5, "{taken_back} {moved}");
    }

    /// A database from before has its counts after the start, and keeps them.
    fn a_database_of_before_is_counted_at_the_start(site: TestSite) {
        let mut story = Story::new(&site, 0x9E37_79B9_7F4A_7C15);
        story.go_on(90);
        before(&site, MIGRATION, "UPDATE consultations SET title = title;");
        let database = Database::open(&Address::parse(&site.test_database.url).unwrap()).unwrap();
        story.assert_counts(&database);
        drop(database);
        story.go_on(40);
        story.assert_counts(&site.database);
        story.assert_queue();
    }

    /// People are the same number before their changes are carried over, and after.
    fn people_stay_the_same_while_they_are_carried_over(site: TestSite) {
        let mut story = Story::new(&site, 0xD1B5_4A32_D192_ED03);
        for _ in 0..2 {
            story.go_on(30);
            story.assert_counts(&site.database);
            let until = Instant::now() + Duration::from_secs(20);
            while number(&site.database, "SELECT COUNT(*) AS answer FROM people_changes") > 0 {
                assert!(Instant::now() < until, "nothing is carried over");
                std::thread::sleep(Duration::from_millis(50));
            }
            story.assert_counts(&site.database);
        }
        let left = number(&site.database, "SELECT COUNT(*) AS answer FROM people WHERE submissions < 1");
        assert_eq!(left, 0);
    }
}
