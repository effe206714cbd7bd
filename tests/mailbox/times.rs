//! In the window or not: by our own server's line and the mailbox's own time, never by the sender's.

use crate::desk::{Reader, USER, at, bases};
use crate::mail::Letter;
use crate::on_both;
use crate::support::dovecot::Dovecot;
use diesel::prelude::*;
use jianyan::db::schema::letters;
use jiff::Timestamp;
use std::time::{Duration, SystemTime};

fn moment(text: &str) -> SystemTime {
    let at: Timestamp = text.parse().unwrap();
    SystemTime::UNIX_EPOCH + Duration::from_micros(at.as_microsecond().try_into().unwrap())
}

on_both! {
    /// Where both agree, our own server's; where they differ, its too, for a person to check; without
    /// it the mailbox's.
    fn two_clocks(site: TestSite) {
        let Some(server) = Dovecot::start() else { return };
        site.publish_sample();
        let line = "Sat, 28 Jun 2025 23:59:50 +0800";
        type Case<'a> = (&'a str, Vec<String>, &'a str, (&'a str, &'a str));
        let cases: [Case<'_>; 4] = [
            ("agree", at(line), "2025-06-29T00:00:20+08:00", ("mail-server", "in")),
            ("put there later", at(line), "2025-07-03T09:00:00+08:00", ("disputed", "in")),
            ("dated back", at("Sun, 29 Jun 2025 00:00:00 +0800"), "2025-06-10T09:00:00+08:00", ("disputed", "late")),
            ("no line", Vec::new(), "2025-06-28T23:59:59+08:00", ("mailbox", "in")),
        ];
        for (what, received, internal, wanted) in cases {
            let (user, from) = (what.replace(' ', "-"), format!("{}@example.com", what.replace(' ', "")));
            let letter = Letter { received, from: &from, id: Some(&user), ..Letter::default() };
            server.deliver_at(&user, &letter.raw(), Some(moment(internal)));
            let before = bases(&site);
            Reader::of(&site).look(&server.url(&user, "")).unwrap();
            let mut after = bases(&site);
            for known in before {
                let known = after.iter().position(|one| *one == known).unwrap();
                after.remove(known);
            }
            assert_eq!(after, [(wanted.0.to_owned(), wanted.1.to_owned())], "{what}");
        }
        let stamps: Vec<(Option<i64>, Option<i64>)> = site.database.read_now(|db| Ok(letters::table.order(letters::id.asc()).select((letters::internal_at, letters::relay_at)).load(db)?)).unwrap();
        assert!(stamps.iter().all(|(internal, _)| internal.is_some()));
        assert_eq!(stamps.iter().filter(|(_, relay)| relay.is_none()).count(), 1);
    }

    /// A letter after the last day is registered, and marked.
    fn late_letters_are_kept(site: TestSite) {
        let Some(server) = Dovecot::start() else { return };
        site.publish_sample();
        let late = Letter { received: at("Mon, 30 Jun 2025 08:00:00 +0800"), ..Letter::default() };
        server.deliver_at(USER, &late.raw(), Some(moment("2025-06-30T08:00:00+08:00")));
        assert_eq!(Reader::of(&site).look(&server.url(USER, "")).unwrap().registered, 1);
        assert_eq!(bases(&site), [("mail-server".to_owned(), "late".to_owned())]);
    }
}
