//! Pages of the office and of the public read what they show and nothing else, however much there is.

use crate::mail::Letter;
use crate::steps::rel;
use crate::support::{Backend, Client, TestSite, postgres_admin, postgres_left_out};
use diesel::connection::{
    Connection, InstrumentationEvent, SimpleConnection, set_default_instrumentation,
};
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::{PgConnection, SqliteConnection};
use jianyan::audit::model::Actor;
use jianyan::clock::FixedClock;
use jianyan::db::Db;
use jianyan::intake::email::{Arrival, unclear};
use jianyan::intake::model::submission::{
    Channel, NewRemark, NewSubmission, ReceivedBasis, Sender,
};
use jianyan::intake::submit::submit;
use jianyan::mailboxes::model::Road;
use jianyan::responses::answer::{NewAnswer, answer};
use jianyan::responses::model::Outcome;
use jianyan::triage::find::of_submission;
use jianyan::words::Lang;
use jiff::SignedDuration;
use std::collections::BTreeMap;
use std::sync::Mutex;

/// What every page of the office needs, and what it asks for of its consultation.
const PAGES: [&str; 8] = [
    "/office",
    "/office/c/plan/export",
    "/office/c/plan/audit",
    "/office/c/plan/audit?who=%E5%91%A8%E9%9D%92%E7%A6%BE",
    "/office/c/plan/remarks",
    "/office/c/plan/letters",
    "/office/mailboxes",
    "/c/plan/feedback",
];

/// Statements that were sent to a database since the last look.
static SENT: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Has every statement noted that connections made from now on send.
fn listen() {
    let note = || -> Option<Box<dyn diesel::connection::Instrumentation>> {
        Some(Box::new(|event: InstrumentationEvent<'_>| {
            if let InstrumentationEvent::StartQuery { query, .. } = event {
                SENT.lock().unwrap().push(query.to_string());
            }
        }))
    };
    set_default_instrumentation(note).unwrap();
}

fn on_either(story: impl Fn(Backend)) {
    story(Backend::Sqlite);
    if postgres_admin().is_some() {
        story(Backend::Postgres);
    } else {
        postgres_left_out();
    }
}

/// Opinions by different people, one a minute and each looked at and answered by the office, and the
/// answers published; letters that became no submission.
fn filled(site: &TestSite, opinions: usize) {
    let plan = site.publish_sample();
    let vault = site.vault.clone();
    let staff = Actor::Staff {
        id: "zhou".to_owned(),
        name: "周青禾".to_owned(),
        may_change: true,
    };
    let opens_at = plan.window.opens_at;
    let owner = plan.clone();
    let fill = move |db: &mut Db| {
        for number in 0..opinions {
            let minutes = i64::try_from(number).unwrap();
            let at = opens_at + SignedDuration::from_mins(minutes);
            let input = NewSubmission {
                channel: Channel::Web,
                received_at: at,
                received_basis: ReceivedBasis::Form,
                sent_at: None,
                sender: Sender {
                    name: Some(format!("赵{number}")),
                    phones: vec![format!("199{number:08}")],
                    ..Sender::default()
                },
                remarks: vec![NewRemark {
                    text: format!("第{number}号建议。"),
                    ..NewRemark::default()
                }],
                attachments: Vec::new(),
                uploads: Vec::new(),
                consented: true,
                subject: None,
                elided: None,
                raw_sha256: None,
                lang: Lang::Zh,
                same_as: vec![number.to_string()],
            };
            let clock = FixedClock(at);
            let done = submit(db, &vault, &Actor::Public, &clock, &owner, &input)?;
            let remark = of_submission(db, &owner.id, &done.submission_id)?.remove(0);
            let new = NewAnswer {
                consultation_id: owner.id.clone(),
                remark_id: remark.id,
                outcome: Outcome::Adopted,
                reason: "已写入。".to_owned(),
                seen_revision: 0,
            };
            answer(db, &staff, &clock, &new)?;
        }
        Ok(())
    };
    site.database.write_now(fill).unwrap();
    for number in 0..opinions.min(40) {
        let id = format!("auto{number}");
        let automatic = Letter {
            id: Some(&id),
            extra: "Auto-Submitted: auto-replied\r\n",
            ..Letter::default()
        };
        site.mailroom("plan")
            .receive(&automatic.raw(), None)
            .unwrap();
        let id = format!("unclear{number}");
        let nobodys = Letter {
            id: Some(&id),
            subject: "不知道给谁的信",
            ..Letter::default()
        };
        let arrival = Arrival::by(Road::Imap);
        let letter = unclear(&site.storage, &site.clock(), &nobodys.raw(), arrival).unwrap();
        site.database
            .write_now(move |db| letter.settle(db))
            .unwrap();
    }
    site.clock.set("2025-07-05T10:00:00+08:00");
    let owner = plan.id;
    let now = site.clock().now();
    let publish = move |db: &mut Db| jianyan::consultations::answered::mark(db, &owner, now);
    site.database.write_now(publish).unwrap();
}

/// The statements that each page sends.
fn asked(site: &TestSite) -> BTreeMap<&'static str, Vec<String>> {
    let mut office = site.staff();
    let ask = |path: &'static str| {
        SENT.lock().unwrap().clear();
        let reply = office.get(path);
        assert_eq!(reply.status, 200, "{path}: {}", reply.text());
        (path, std::mem::take(&mut *SENT.lock().unwrap()))
    };
    PAGES.into_iter().map(ask).collect()
}

/// Runs statements of the test's own.
fn change(site: &TestSite, sql: &str) {
    let url = &site.test_database.url;
    match site.backend {
        Backend::Sqlite => {
            let path = url.strip_prefix("sqlite:").unwrap();
            let mut own = SqliteConnection::establish(path).unwrap();
            own.batch_execute("PRAGMA busy_timeout = 5000").unwrap();
            own.batch_execute(sql).unwrap();
        }
        Backend::Postgres => PgConnection::establish(url)
            .unwrap()
            .batch_execute(sql)
            .unwrap(),
    }
}

/// Makes the sender of every submission impossible to open but for those received in these minutes.
fn break_all_but(site: &TestSite, minutes: std::ops::Range<i64>) {
    let opens_at = site.consultation("plan").window.opens_at;
    let at = |minute: i64| (opens_at + SignedDuration::from_mins(minute)).as_microsecond();
    let nothing = match site.backend {
        Backend::Sqlite => "x'00'",
        Backend::Postgres => "'\\x00'",
    };
    let (from, until) = (at(minutes.start), at(minutes.end));
    change(
        site,
        &format!(
            "UPDATE submissions SET contact_sealed = {nothing} WHERE received_at < {from} OR received_at >= {until}"
        ),
    );
}

#[test]
fn as_much_is_asked_of_much_as_of_little() {
    listen();
    on_either(|backend| {
        let of = |opinions: usize| {
            let site = TestSite::new(backend);
            filled(&site, opinions);
            asked(&site)
        };
        let (little, much) = (of(30), of(230));
        for path in PAGES {
            let (little, much) = (&little[path], &much[path]);
            assert!(!much.is_empty(), "{path} asks nothing");
            assert_eq!(little.len(), much.len(), "{path}: {little:#?} {much:#?}");
        }
    });
}

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text)]
    detail: String,
}

/// How SQLite goes about each statement: it never runs through a table that grows with what comes in,
/// and where it runs through a consultation's part of one it stops at the page's end.
#[test]
fn no_statement_runs_through_what_grows() {
    listen();
    let site = TestSite::new(Backend::Sqlite);
    filled(&site, 60);
    let path = site
        .test_database
        .url
        .strip_prefix("sqlite:")
        .unwrap()
        .to_owned();
    let mut own = SqliteConnection::establish(&path).unwrap();
    let mut seen = 0;
    for (page, statements) in asked(&site) {
        for statement in statements {
            let sql = statement.split(" -- binds").next().unwrap().to_owned();
            if !sql.starts_with("SELECT") {
                continue;
            }
            let steps: Vec<Step> = diesel::sql_query(format!("EXPLAIN QUERY PLAN {sql}"))
                .load(&mut own)
                .unwrap();
            for Step { detail } in steps {
                seen += 1;
                for grows in [
                    "remarks",
                    "submissions",
                    "responses",
                    "audit_events",
                    "letters",
                    "attachments",
                ] {
                    let touched = |word: &str| detail.starts_with(&format!("{word} {grows}"));
                    assert!(!touched("SCAN"), "{page}: {detail}: {sql}");
                    let whole = detail.ends_with("(consultation_id=?)");
                    let bounded = sql.contains("LIMIT");
                    assert!(
                        !touched("SEARCH") || !whole || bounded,
                        "{page}: {detail}: {sql}"
                    );
                }
            }
        }
    }
    assert!(seen > 30, "{seen} steps were looked at");
}

fn shown(client: &mut Client, path: &str) -> u16 {
    client.get(path).status
}

/// A sealed column that is not shown is not opened: pages are the same when it cannot be.
#[test]
fn nothing_is_opened_to_count_or_to_find_a_page() {
    on_either(|backend| {
        let site = TestSite::new(backend);
        filled(&site, 450);
        let mut office = site.staff();
        let export = office.get("/office/c/plan/export").text();
        assert!(export.contains("450"), "{export}");
        // The second page of the feedback, whose rows are those of the third quarter.
        break_all_but(&site, 200..400);
        let second = office.get("/c/plan/feedback?page=2").text();
        assert!(
            second.contains("第200号建议") && second.contains("第399号建议"),
            "{second}"
        );
        assert!(!second.contains("第199号建议") && !second.contains("第400号建议"));
        assert_eq!(
            shown(&mut office, "/c/plan/feedback?page=1"),
            500,
            "its senders cannot be opened"
        );
        assert_eq!(shown(&mut office, "/c/plan/feedback?page=4"), 404);
        assert_eq!(
            office
                .get("/office/c/plan/export")
                .text()
                .replace(char::is_whitespace, "")
                .len(),
            export.replace(char::is_whitespace, "").len()
        );
        assert_eq!(shown(&mut office, "/office/c/plan/remarks"), 500);

        let site = TestSite::new(backend);
        filled(&site, 60);
        let mut office = site.staff();
        break_all_but(&site, 0..25);
        let queue = office.get("/office/c/plan/remarks");
        assert_eq!(queue.status, 200);
        assert!(queue.text().contains("赵24") && queue.text().contains("共60条意见"));
        let next = rel(&queue.text(), "next").unwrap();
        assert_eq!(
            shown(&mut office, &next),
            500,
            "the others cannot be opened"
        );
        break_all_but(&site, 0..0);
        for path in ["/office", "/office/c/plan/export", "/office/c/plan/audit"] {
            assert_eq!(shown(&mut office, path), 200, "{path}");
        }
        let home = office.get("/office").text();
        assert!(home.contains("60"), "{home}");
    });
}

/// The lists of letters show sender and subject from the book, not from the letters.
#[test]
fn lists_of_letters_open_no_letter() {
    on_either(|backend| {
        let site = TestSite::new(backend);
        filled(&site, 3);
        let mut office = site.staff();
        let lists = ["/office/c/plan/letters", "/office/mailboxes"];
        let before = lists.map(|path| office.get(path).text());
        assert!(
            before[1].contains("不知道给谁的信") && before[0].contains("@example"),
            "{before:?}"
        );
        std::fs::remove_dir_all(site.folder.path().join("storage")).unwrap();
        assert_eq!(lists.map(|path| office.get(path).text()), before);
        // Those of before are read once, while they are there.
        change(&site, "UPDATE letters SET head_sealed = NULL");
        assert!(!office.get(lists[1]).text().contains("不知道给谁的信"));
    });
}

/// Letters that were booked before their heads were kept: read once, and kept from then on.
#[test]
fn letters_of_before_are_opened_once() {
    on_either(|backend| {
        let site = TestSite::new(backend);
        filled(&site, 3);
        let mut office = site.staff();
        let lists = ["/office/c/plan/letters", "/office/mailboxes"];
        let before = lists.map(|path| office.get(path).text());
        change(&site, "UPDATE letters SET head_sealed = NULL");
        assert_eq!(lists.map(|path| office.get(path).text()), before);
        std::fs::remove_dir_all(site.folder.path().join("storage")).unwrap();
        assert_eq!(lists.map(|path| office.get(path).text()), before);
    });
}
