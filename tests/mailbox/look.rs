//! Looking into a mailbox: all of it, in its order, and without a trace.

use crate::desk::{Reader, USER, counts, deliver, health, letter, registered};
use crate::mail::Letter;
use crate::on_both;
use crate::support::dovecot::Dovecot;
use diesel::prelude::*;
use jianyan::db::schema::{letters, mailbox_letters, remarks};
use jianyan::ids::sha256;
use jianyan::mailboxes::fetch::Tally;
use jianyan::mailboxes::model::Failure;
use std::time::Duration;

on_both! {
    /// More letters than fit one transaction, then a few more: each once, in the order of the server.
    fn every_letter_is_registered_in_its_order(site: TestSite) {
        let Some(server) = Dovecot::start() else { return };
        site.publish_sample();
        let reader = Reader::of(&site);
        let address = server.url(USER, "");
        assert_eq!(reader.look(&address), Ok(registered(0)), "an empty mailbox");
        deliver(&server, 0..100);
        assert_eq!(reader.look(&address), Ok(registered(100)));
        assert_eq!(reader.look(&address), Ok(registered(0)), "nothing new");
        deliver(&server, 100..103);
        assert_eq!(reader.look(&address), Ok(registered(3)));
        server.hand_over(USER, &letter(103));
        assert_eq!(reader.look(&address), Ok(registered(1)));
        assert_eq!(counts(&site), (104, 104, 104));
        let words: Vec<String> = site.database.read_now(|db| Ok(remarks::table.order(remarks::id.asc()).select(remarks::text).load(db)?)).unwrap();
        for (number, text) in words.iter().enumerate() {
            assert!(text.starts_with(&format!("第{number}号意见")), "{number}: {text}");
        }
        for number in [0, 50, 102] {
            let raw = letter(number);
            assert_eq!(site.storage.fetch(&sha256(&raw)).unwrap(), raw, "byte by byte");
        }
        let roads: Vec<(String, Option<i64>, i64)> = site.database.read_now(|db| Ok(letters::table.select((letters::road, letters::internal_at, letters::bytes)).load(db)?)).unwrap();
        assert!(roads.iter().all(|(road, internal, bytes)| road == "imap" && internal.is_some() && *bytes > 300), "{roads:?}");
        assert_eq!(health(&site), (None, false, 0, true));
    }

    /// Nothing is marked, moved or removed; what somebody read on a phone is read here all the same.
    fn the_mailbox_stays_as_it_was(site: TestSite) {
        let Some(server) = Dovecot::start() else { return };
        site.publish_sample();
        deliver(&server, 0..3);
        let seen = server.deliver(USER, &letter(3));
        let folder = server.maildir(USER);
        std::fs::rename(folder.join("new").join(&seen), folder.join("cur").join(format!("{seen}:2,S"))).unwrap();
        assert_eq!(Reader::of(&site).look(&server.url(USER, "")), Ok(registered(4)));
        let files = server.files(USER);
        assert_eq!(files.len(), 4);
        let marked: Vec<&String> = files.iter().filter(|name| name.contains(":2,") && !name.ends_with(":2,")).collect();
        assert_eq!(marked, [&format!("{seen}:2,S")]);
    }

    /// Only when the settings say so, and only what is in the book.
    fn letters_are_marked_or_moved_when_that_is_wanted(site: TestSite) {
        let Some(server) = Dovecot::start() else { return };
        site.publish_sample();
        let reader = Reader::of(&site);
        deliver(&server, 0..2);
        assert_eq!(reader.look(&server.url(USER, "&after=seen")), Ok(registered(2)));
        assert!(server.files(USER).iter().all(|name| name.ends_with(":2,S")), "{:?}", server.files(USER));
        deliver(&server, 2..4);
        let moved = server.url(USER, "&after=move:Done");
        assert_eq!(reader.look(&moved), Err(Failure::Refused), "there is no such folder");
        assert_eq!(counts(&site).0, 4, "registered all the same");
        std::fs::create_dir(server.maildir(USER).join(".Done")).unwrap();
        std::os::unix::fs::chown(server.maildir(USER).join(".Done"), Some(65_534), Some(65_534)).unwrap();
        deliver(&server, 4..6);
        assert_eq!(reader.look(&moved), Ok(registered(2)));
        assert_eq!(server.files(USER).len(), 4, "two went to the folder");
        assert_eq!(counts(&site).0, 6);
    }

    /// A letter that is too large, one that is no letter, an empty one: kept, listed, and the others
    /// are registered.
    fn a_bad_letter_stops_nobody(site: TestSite) {
        let Some(server) = Dovecot::start() else { return };
        let mut site = site;
        site.config.letter_limit_bytes = 200_000;
        site.publish_sample();
        let large = "很长的信。".repeat(20_000);
        let large = Letter { body: &large, id: Some("large"), ..Letter::default() }.raw();
        let huge = vec![b'x'; 1_000_000];
        let noise: Vec<u8> = (0..=255_u8).cycle().take(3_000).filter(|byte| *byte != 0).collect();
        server.deliver(USER, &letter(0));
        for raw in [&large, &huge, &noise] {
            server.deliver(USER, raw);
        }
        server.deliver(USER, &letter(1));
        let reader = Reader::of(&site);
        let tally = reader.look(&server.url(USER, "")).unwrap();
        assert_eq!(tally, Tally { registered: 3, set_aside: 1, failed: 1, ..Tally::default() });
        assert_eq!(site.storage.fetch(&sha256(&large)).unwrap(), large);
        let why: Vec<Option<String>> = site.database.read_now(|db| Ok(mailbox_letters::table.filter(mailbox_letters::raw_sha256.is_null()).select(mailbox_letters::failure).load(db)?)).unwrap();
        assert_eq!(why, [Some("huge".to_owned())]);
        assert_eq!(reader.look(&server.url(USER, "")), Ok(registered(0)), "and not again");
        site.clock.advance(3_601);
        assert_eq!(reader.look(&server.url(USER, "")).unwrap().failed, 1, "but after an hour");
    }

    /// A server that is away, a wrong password, a folder that is not there: said, and made up for.
    fn what_keeps_a_mailbox_from_being_read_is_said(site: TestSite) {
        let Some(server) = Dovecot::start() else { return };
        site.publish_sample();
        deliver(&server, 0..1);
        let reader = Reader::of(&site).patience(Duration::from_secs(5));
        let good = server.url(USER, "");
        let wrong = good.replace("secret", "wrong");
        assert_eq!(reader.look(&wrong), Err(Failure::SignIn));
        assert_eq!(health(&site), (Some("sign-in".to_owned()), true, 0, false));
        assert_eq!(reader.look(&good), Ok(registered(1)));
        assert_eq!(health(&site), (None, false, 0, true), "the same mailbox, whatever the password");
        assert_eq!(reader.look(&good.replace("INBOX", "Nowhere")), Err(Failure::Folder));
        assert_eq!(reader.look(&format!("{good}&consultation=nothing")), Err(Failure::Consultation));
        drop(server);
        assert_eq!(reader.look(&good), Err(Failure::Unreachable));
        let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("imap://a:b@{}/?tls=none", silent.local_addr().unwrap());
        let reader = reader.patience(Duration::from_millis(300));
        assert_eq!(reader.look(&address), Err(Failure::Timeout));
    }
}
