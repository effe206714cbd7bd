//! Many workers on one queue: each job goes to one of them, and what one drops another takes up.

use crate::on_both;
use crate::post::{Post, ask, comment, row, rows};
use crate::support::sink::Sink;
use jianyan::clock::Clock;
use jianyan::jobs::model::{JobKind, LEASE, Reason};
use jianyan::jobs::queue;
use std::collections::BTreeSet;

on_both! {
    /// Four workers at once, forty comments: forty mails, each with its own number.
    fn workers_at_once_send_each_mail_once(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        for n in 0..40 {
            comment(&site, "", &[("text", &format!("第{n}条意见。"))]);
        }
        let start = std::sync::Barrier::new(4);
        crate::post::confirm_all(&site);
        let done: usize = std::thread::scope(|scope| {
            let work = || {
                let mut post = Post::to(&site, &sink);
                start.wait();
                post.all()
            };
            let workers: Vec<_> = (0..4).map(|_| scope.spawn(work)).collect();
            workers.into_iter().map(|worker| worker.join().unwrap()).sum()
        });
        assert_eq!(done, 40);
        let arrived = sink.arrived();
        let numbers: BTreeSet<String> = arrived.into_iter().map(|mail| mail.letter.message_id).collect();
        assert_eq!(numbers.len(), 40);
        assert!(rows(&site, JobKind::AcknowledgeSubmission).iter().all(|row| row.attempts == 1));
    }

    /// Eight workers grab the same jobs in the same moment: no job has two holders.
    fn a_job_has_one_holder(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        for n in 0..24 {
            comment(&site, "", &[("text", &format!("第{n}条意见。"))]);
        }
        let start = std::sync::Barrier::new(8);
        let mut held: Vec<String> = std::thread::scope(|scope| {
            let grab = || {
                let mut post = Post::to(&site, &sink);
                start.wait();
                (0..6).flat_map(|_| post.hold(4)).map(|job| job.id).collect::<Vec<_>>()
            };
            let workers: Vec<_> = (0..8).map(|_| scope.spawn(grab)).collect();
            workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
        });
        held.sort();
        assert_eq!(held.len(), 24);
        held.dedup();
        assert_eq!(held.len(), 24);
    }

    /// A worker that died holds its jobs until its lease ends; then another does them. What the dead
    /// one would still have written down counts for nothing.
    fn what_a_dead_worker_held_is_taken_up(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        comment(&site, "", &[]);
        let held = Post::to(&site, &sink).hold(8);
        let mut post = Post::to(&site, &sink);
        site.clock.advance(LEASE.as_secs() - 1);
        assert_eq!(post.all(), 0, "still held");
        site.clock.advance(1);
        let mut taken = Post::to(&site, &sink).hold(8);
        let (old, new, now) = (held[0].clone(), taken.remove(0), site.clock.now());
        assert_eq!((old.id.as_str(), new.attempts), (new.id.as_str(), 2));
        site.database.write_now(move |db| queue::give_up(db, &old, Reason::Fault, now)).unwrap();
        assert!(row(&site, JobKind::AcknowledgeSubmission).given_up_at.is_none());
        site.clock.advance(LEASE.as_secs());
        assert_eq!(post.all(), 1);
        sink.only();
    }

    /// Jobs that nobody has done are left alone, and done ones go after thirty days.
    fn the_queue_is_tidy(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        comment(&site, "", &[]);
        Post::to(&site, &sink).all();
        ask(&site, JobKind::ScanAttachment, "somebody else's", serde_json::Value::Null);
        let purge = |site: &crate::support::TestSite| {
            let now = site.clock.now();
            site.database.write_now(move |db| queue::purge(db, now)).unwrap()
        };
        site.clock.advance(30 * 24 * 3_600);
        assert_eq!(purge(&site), 0, "thirty days are not over");
        site.clock.advance(1);
        assert_eq!(purge(&site), 1);
        let scan = row(&site, JobKind::ScanAttachment);
        assert_eq!((scan.attempts, scan.done_at), (0, None));
    }
}
