//! The same letters again: by other numbers, in another mailbox, with changes.

use crate::desk::{Reader, USER, counts, deliver, registered};
use crate::mail::{IN_TIME, Letter, by};
use crate::on_both;
use crate::support::dovecot::Dovecot;
use diesel::prelude::*;
use jianyan::db::schema::{letters, remarks};
use jianyan::mailboxes::fetch::Tally;

fn states(site: &crate::support::TestSite) -> Vec<String> {
    let states = letters::table
        .order(letters::id.asc())
        .select(letters::state);
    site.database.read_now(|db| Ok(states.load(db)?)).unwrap()
}

on_both! {
    /// The server begins its numbers anew (its index was removed): everything is looked at again and
    /// nothing is registered twice; what came since is found.
    fn new_numbers_change_nothing(site: TestSite) {
        let Some(server) = Dovecot::start() else { return };
        site.publish_sample();
        let reader = Reader::of(&site);
        let address = server.url(USER, "");
        deliver(&server, 0..20);
        assert_eq!(reader.look(&address), Ok(registered(20)));
        for file in server.files(USER).iter().take(5) {
            let folder = server.maildir(USER);
            let gone = [folder.join("new").join(file), folder.join("cur").join(file)];
            assert!(gone.iter().any(|path| std::fs::remove_file(path).is_ok()));
        }
        // The new numbers are made of the second.
        std::thread::sleep(std::time::Duration::from_millis(1_100));
        server.forget_numbers(USER);
        deliver(&server, 20..22);
        assert_eq!(reader.look(&address), Ok(Tally { registered: 2, duplicates: 15, ..Tally::default() }));
        assert_eq!(counts(&site), (22, 22, 22));
        assert_eq!(reader.look(&address), Ok(registered(0)));
    }

    /// The same message in two mailboxes (other relays, so other bytes) is one submission; and two
    /// programs that read one mailbox at once are no harm.
    fn two_mailboxes_and_two_readers(site: TestSite) {
        let Some(server) = Dovecot::start() else { return };
        site.publish_sample();
        let way = |host: &str| Letter { received: vec![by("mail.example.org", IN_TIME), by(host, IN_TIME)], ..Letter::default() }.raw();
        server.deliver("one", &way("a.example.net"));
        server.deliver("two", &way("b.example.net"));
        let reader = Reader::of(&site);
        assert_eq!(reader.look(&server.url("one", "")), Ok(registered(1)));
        assert_eq!(reader.look(&server.url("two", "")), Ok(Tally { duplicates: 1, ..Tally::default() }));
        assert_eq!(counts(&site), (1, 1, 2));
        deliver(&server, 0..60);
        let tallies: Vec<Tally> = std::thread::scope(|scope| {
            let readers: Vec<_> = (0..2).map(|_| scope.spawn(|| Reader::of(&site).look(&server.url(USER, "")).unwrap())).collect();
            readers.into_iter().map(|one| one.join().unwrap()).collect()
        });
        let sum = |count: fn(&Tally) -> usize| tallies.iter().map(count).sum::<usize>();
        assert_eq!((sum(|t| t.registered), sum(|t| t.failed)), (60, 0), "{tallies:?}");
        assert_eq!(counts(&site), (61, 61, 62));
    }

    /// Sent again unchanged: a duplicate, whatever its number. Sent again with changes, or in answer to
    /// one's own letter: added to what was sent. Another person's same words: a submission.
    fn what_is_said_again_belongs_together(site: TestSite) {
        site.publish_sample();
        let room = site.mailroom("plan");
        let take = |letter: &Letter<'_>| format!("{:?}", room.receive(&letter.raw(), None).unwrap());
        let first = Letter { body: "一、第8条的期限太长，请提前到2026年6月。\r\n二、请在每层装一个扶手。\r\n", ..Letter::default() };
        assert!(take(&first).starts_with("Registered"));
        let sent_twice = Letter { id: Some("other-number"), ..first.clone() };
        assert_eq!(take(&sent_twice), "Duplicate");
        let changed = Letter { body: "一、第8条的期限太长，请提前到2026年6月。\r\n二、请在每层装一个扶手，颜色鲜明一些。\r\n", ..first.clone() };
        assert!(take(&changed).starts_with("Supplement"), "under the same number");
        let changed_again = Letter { id: Some("third"), body: "一、第8条的期限太长，请提前到2026年6月。\r\n二、请在每层装一个扶手。\r\n三、扶手要防滑。\r\n", ..first.clone() };
        assert!(take(&changed_again).starts_with("Supplement"), "under another number");
        let answer = Letter { id: Some("fourth"), subject: "Re: 关于楼道方案的意见", extra: "In-Reply-To: <letter@example.com>\r\n", body: "补充：停车也要管一管。\r\n", ..first.clone() };
        assert!(take(&answer).starts_with("Supplement"), "in answer to one's own letter");
        assert_eq!(take(&answer), "Duplicate");
        let somebody = Letter { id: Some("fifth"), from: "乙 <other@example.net>", ..first.clone() };
        assert!(take(&somebody).starts_with("Registered"), "somebody else");
        let forged = Letter { id: Some("sixth"), from: "丙 <third@example.net>", extra: "In-Reply-To: <letter@example.com>\r\n", body: "我也来补充。\r\n", ..first.clone() };
        assert!(take(&forged).starts_with("Registered"), "an answer to somebody else's letter");
        let other = Letter { id: Some("seventh"), body: "楼下的垃圾桶请加盖，夏天味道很大，孩子们没法玩。\r\n", ..first };
        assert!(take(&other).starts_with("Registered"), "other words of the same person");
        assert_eq!(counts(&site), (4, 9, 8));
        assert_eq!(states(&site).iter().filter(|state| *state == "supplement").count(), 3);
        let words: Vec<String> = site.database.read_now(|db| Ok(remarks::table.order((remarks::submission_id, remarks::ordinal)).select(remarks::text).load(db)?)).unwrap();
        assert_eq!(words[..5].iter().map(|text| text.chars().take(8).collect::<String>()).collect::<Vec<_>>(), ["一、第8条的期限", "二、请在每层装一", "二、请在每层装一", "三、扶手要防滑。", "补充：停车也要管"]);
    }

    /// After a withdrawal, and to a receipt that is full, a letter is one of its own.
    fn what_was_withdrawn_is_not_added_to(site: TestSite) {
        site.publish_sample();
        let room = site.mailroom("plan");
        let first = Letter::default();
        room.receive(&first.raw(), None).unwrap();
        site.database.write_now(|db| {
            diesel::update(jianyan::db::schema::submissions::table).set(jianyan::db::schema::submissions::withdrawn_at.eq(Some(1_i64))).execute(db)?;
            Ok(())
        }).unwrap();
        let answer = Letter { id: Some("next"), extra: "In-Reply-To: <letter@example.com>\r\n", body: "还是想说：请装扶手。\r\n", ..first };
        assert!(matches!(room.receive(&answer.raw(), None).unwrap(), jianyan::intake::email::Received::Registered { .. }));
        assert_eq!(counts(&site).0, 2);
    }
}
