//! More comes in at once than may wait to be written: who comes then is told so at once, keeps what
//! they wrote, and is taken when they send it again.

use crate::ask::{assert_whole, number};
use crate::on_both;
use crate::program::comment;
use crate::support::{Backend, TestSite, postgres_admin, postgres_left_out};
use jianyan::error::Error;
use std::sync::mpsc::channel;

const TEXT: &str = "雨天请在站口铺上防滑垫。";

fn a_crowd_is_told_to_come_again(backend: Backend) {
    let site = TestSite::with(backend, |config| config.writes_waiting = 1);
    site.publish_sample();
    // Read once, so that the form needs nothing but to be written.
    assert_eq!(site.client().get("/c/plan").status, 200);
    let (begin, began) = channel();
    let (release, released) = channel::<()>();
    let held = {
        let database = site.database.clone();
        std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(database.write(move |_| {
                begin.send(()).map_err(Error::internal)?;
                released.recv().map_err(Error::internal)
            }))
        })
    };
    began.recv().unwrap();
    // On SQLite one may wait behind the one that is being written.
    let waiting = match backend {
        Backend::Sqlite => {
            let database = site.database.clone();
            let mut waiting = Box::pin(async move { database.write(|_| Ok(())).await });
            let mut context = std::task::Context::from_waker(std::task::Waker::noop());
            assert!(waiting.as_mut().poll(&mut context).is_pending());
            Some(waiting)
        }
        Backend::Postgres => None,
    };
    let turned_away = site.client().post("/c/plan/submissions", &comment(TEXT));
    assert_eq!(turned_away.status, 503, "{}", turned_away.text());
    assert_eq!(turned_away.header("retry-after"), Some("10"));
    assert!(turned_away.text().contains(TEXT), "the words are lost");
    assert!(turned_away.text().contains("再提交一次"), "what to do");
    release.send(()).unwrap();
    held.join().unwrap().unwrap();
    if let Some(waiting) = waiting {
        actix_web::rt::System::new().block_on(waiting).unwrap();
    }
    let taken = site.client().post("/c/plan/submissions", &comment(TEXT));
    assert_eq!(taken.status, 303, "{}", taken.text());
    let count = "SELECT COUNT(*) AS answer FROM submissions";
    assert_eq!(number(&site.database, count), 1);
}

#[test]
fn on_sqlite() {
    a_crowd_is_told_to_come_again(Backend::Sqlite);
}

#[test]
fn on_postgres() {
    match postgres_admin() {
        Some(_) => a_crowd_is_told_to_come_again(Backend::Postgres),
        None => postgres_left_out(),
    }
}

/// A busy consultation, the largest there was (3.1 million opinions in a month), gets one form a
/// second; its busiest hours ten. Twenty times that, all in the last second.
const PEOPLE: usize = 40;
const FORMS_EACH: usize = 5;

fn last_words(who: usize, which: usize) -> String {
    format!("第{who}人的第{which}条意见：最后一刻才想到，请装扶手。")
}

/// What everybody sends is answered with this status; answers the pages.
fn all_send(site: &TestSite, status: u16) -> Vec<(String, String)> {
    std::thread::scope(|scope| {
        let everybody: Vec<_> = (0..PEOPLE)
            .map(|who| {
                scope.spawn(move || {
                    let mut client = site.client();
                    let send = |which| {
                        let text = last_words(who, which);
                        let reply = client.post("/c/plan/submissions", &comment(&text));
                        assert_eq!(reply.status, status, "{}", reply.text());
                        (text, reply.text())
                    };
                    (0..FORMS_EACH).map(send).collect::<Vec<_>>()
                })
            })
            .collect();
        let all = everybody.into_iter().map(|one| one.join().unwrap());
        all.flatten().collect()
    })
}

on_both! {
    /// Two hundred forms in the last second are all taken; a moment later each is refused with its
    /// text given back, also the ones that were taken a moment ago.
    fn the_last_second_is_as_good_as_the_first(site: TestSite) {
        site.publish_sample();
        site.clock.set("2025-06-28T23:59:59.999999+08:00");
        all_send(&site, 303);
        let count = "SELECT COUNT(*) AS answer FROM submissions WHERE timing = 'in'";
        let all = i64::try_from(PEOPLE * FORMS_EACH).unwrap();
        assert_eq!(number(&site.database, count), all);
        assert_whole(&site.database);
        site.clock.set("2025-06-29T00:00:00+08:00");
        for (text, page) in all_send(&site, 409) {
            assert!(page.contains(&text), "the text is lost: {page}");
        }
        assert_eq!(number(&site.database, "SELECT COUNT(*) AS answer FROM submissions"), all);
    }
}
