//! Publishing what became of the comments, while something comes in at the same moment.

use crate::on_both;
use diesel::prelude::*;
use jianyan::audit::model::Actor;
use jianyan::db::schema::{consultations, jobs, remarks};
use jianyan::error::Kind;
use jianyan::intake::email::Arrival;
use jianyan::mailboxes::model::Road;
use jianyan::responses::publish::publish;
use std::sync::{Arc, Barrier};
use std::time::Duration;

const LATE: &[u8] =
    b"Received: from a.example.org by mail.example.org; Tue, 01 Jul 2025 08:00:00 +0800\r\n\
From: Late <late@example.org>\r\nTo: yijian@example.org\r\nSubject: late\r\n\
Message-ID: <late@example.org>\r\n\r\nPlease mend the lamps in the stairway of building 3.\r\n";

on_both! {
    /// A letter that is being registered when the answers are published: either it is seen and they
    /// are not published, or it comes after them. Never published with an opinion unanswered that was
    /// there before.
    fn a_late_letter_does_not_slip_in_before_publication(site: TestSite) {
        let consultation = site.publish_sample();
        site.clock.set("2025-07-01T09:00:00+08:00");
        let prepared = Arc::new(site.mailroom("plan").prepare(LATE, Arrival::by(Road::File)).unwrap());
        let meet = Arc::new(Barrier::new(2));
        let (refused, registered) = std::thread::scope(|scope| {
            let (database, arrived, letter) = (site.database.clone(), Arc::clone(&meet), Arc::clone(&prepared));
            let letter = scope.spawn(move || {
                database.write_now(move |db| {
                    letter.settle(db)?;
                    arrived.wait();
                    // The letter is written and not committed while the answers are published.
                    std::thread::sleep(Duration::from_millis(700));
                    Ok(())
                })
            });
            meet.wait();
            let clock = site.clock();
            let published = site.database.write_now(move |db| {
                publish(db, &Actor::System("test"), &*clock, &consultation)
            });
            (published, letter.join().unwrap())
        });
        registered.unwrap();
        let refused = refused.unwrap_err();
        assert_eq!(refused.kind(), Kind::Conflict);
        assert!(refused.message(jianyan::words::Lang::Zh).contains("还有1条"), "{refused}");
        let (answered, told, kept) = site.database.read_now(|db| {
            let answered: Option<i64> = consultations::table.select(consultations::answered_at).first(db)?;
            let told: i64 = jobs::table.filter(jobs::kind.like("spread-%")).count().get_result(db)?;
            let kept: i64 = remarks::table.count().get_result(db)?;
            Ok((answered, told, kept))
        }).unwrap();
        assert_eq!((answered, told, kept), (None, 0, 1));
    }

    /// Two colleagues at once: published once, told once.
    fn the_answers_are_published_once(site: TestSite) {
        let consultation = site.publish_sample();
        site.clock.set("2025-07-01T09:00:00+08:00");
        let start = Barrier::new(4);
        let done = std::thread::scope(|scope| {
            let all: Vec<_> = (0..4).map(|_| {
                let (database, clock, consultation) = (site.database.clone(), site.clock(), consultation.clone());
                let start = &start;
                scope.spawn(move || {
                    start.wait();
                    database.write_now(move |db| publish(db, &Actor::System("test"), &*clock, &consultation)).is_ok()
                })
            }).collect();
            all.into_iter().map(|one| one.join().unwrap()).filter(|ok| *ok).count()
        });
        assert_eq!(done, 1);
        let told: i64 = site.database.read_now(|db| Ok(jobs::table.filter(jobs::kind.like("spread-%")).count().get_result(db)?)).unwrap();
        assert_eq!(told, 2);
    }
}
