//! What happens when a mail does not go out: it is tried again, later and later, and given up where
//! the office sees it.

use crate::on_both;
use crate::post::{EMAIL, Post, comment, row};
use crate::support::TestSite;
use crate::support::process::free_address;
use crate::support::sink::Sink;
use jianyan::clock::{Clock, to_micros};
use jianyan::jobs::model::JobKind;
use std::net::TcpListener;

const RECEIPT: JobKind = JobKind::AcknowledgeSubmission;

fn seconds_until_due(site: &TestSite) -> i64 {
    (row(site, RECEIPT).due_at - to_micros(site.clock.now())) / 1_000_000
}

fn reason(site: &TestSite) -> Option<String> {
    row(site, RECEIPT).last_error
}

on_both! {
    /// A minute, five, thirty, two hours… and when the server takes mail again, the mail arrives.
    fn a_mail_is_tried_again_later_and_later(site: TestSite) {
        let Some(busy) = Sink::with(&["-r", "RCPT"]) else { return };
        let address = busy.address;
        site.publish_sample();
        comment(&site, "", &[]);
        let mut post = Post::to(&site, &busy);
        for pause in [60, 300, 1_800, 7_200, 21_600] {
            assert_eq!(post.all(), 1);
            assert_eq!(seconds_until_due(&site), pause);
            assert_eq!(reason(&site).as_deref(), Some("deferred 450"));
            site.clock.advance(pause - 1);
            assert_eq!(post.all(), 0, "not before its time");
            site.clock.advance(1);
        }
        drop(busy);
        let Some(sink) = Sink::at(address, &[]) else { return };
        assert_eq!(Post::to(&site, &sink).all(), 1);
        assert_eq!(sink.only().recipient, EMAIL);
        let done = row(&site, RECEIPT);
        assert!(done.done_at.is_some() && done.last_error.is_none() && done.attempts == 6, "{done:?}");
    }

    /// After three days of trying it is given up.
    fn after_three_days_it_is_given_up(site: TestSite) {
        site.publish_sample();
        comment(&site, "", &[]);
        let nobody = format!("smtp://{}?tls=none", free_address());
        let mut post = Post::with(&site, |config| config.smtp_url = Some(nobody));
        let start = site.clock.now();
        let mut tries = 0;
        while row(&site, RECEIPT).given_up_at.is_none() {
            tries += post.all();
            assert_eq!(reason(&site).as_deref(), Some("unreachable"));
            site.clock.advance(seconds_until_due(&site).max(1));
        }
        assert_eq!(tries, 11);
        let hours = site.clock.now().duration_since(start).as_hours();
        assert!((60..80).contains(&hours), "{hours} hours");
        assert_eq!(post.all(), 0, "nobody tries it any more");
    }

    /// A server that says there is no such mailbox is believed at once.
    fn a_refusal_for_good_is_given_up_at_once(site: TestSite) {
        let words = format!("550 5.1.1 <{EMAIL}>: no such user here");
        let Some(sink) = Sink::with(&["-f", "RCPT", "-B", &words]) else { return };
        site.publish_sample();
        comment(&site, "", &[]);
        assert_eq!(Post::to(&site, &sink).all(), 1);
        let job = row(&site, RECEIPT);
        assert!(job.given_up_at.is_some() && job.done_at.is_none(), "{job:?}");
        assert_eq!(job.last_error.as_deref(), Some("refused 550"), "and not the server's words, which name the mailbox");
    }

    /// A wrong password is a fault of ours: no mail is lost by it.
    fn a_wrong_password_gives_nothing_up(site: TestSite) {
        let Some(sink) = Sink::with(&["-f", "MAIL", "-B", "530 5.7.0 Authentication required"]) else { return };
        site.publish_sample();
        comment(&site, "", &[]);
        Post::to(&site, &sink).all();
        let job = row(&site, RECEIPT);
        assert_eq!((job.given_up_at, job.last_error.as_deref()), (None, Some("sign-in")));
    }

    /// A server without encryption gets nothing where the settings ask for it.
    fn no_mail_goes_out_unencrypted_against_the_settings(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        comment(&site, "", &[]);
        let url = format!("smtp://{}", sink.address);
        Post::with(&site, |config| config.smtp_url = Some(url)).all();
        assert!(sink.arrived().is_empty());
        assert_eq!(reason(&site).as_deref(), Some("tls"));
    }

    /// A server that takes the connection and says nothing costs the time of the setting, and the
    /// mail stays.
    fn a_server_that_hangs_is_left(site: TestSite) {
        site.publish_sample();
        comment(&site, "", &[]);
        let silent = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("smtp://{}?tls=none", silent.local_addr().unwrap());
        let mut post = Post::with(&site, |config| {
            config.smtp_url = Some(url);
            config.mail_timeout_seconds = 1;
        });
        assert_eq!(post.all(), 1);
        assert_eq!(reason(&site).as_deref(), Some("timeout"));
        assert_eq!(seconds_until_due(&site), 60);
    }
}
