//! Which consultation a letter is for, when one mailbox serves several.

use crate::desk::{Reader, USER, registered};
use crate::mail::Letter;
use crate::on_both;
use crate::support::TestSite;
use crate::support::dovecot::Dovecot;
use crate::support::notice::NOTICE;
use diesel::prelude::*;
use jianyan::db::schema::{consultations, letters};
use jianyan::mailboxes::fetch::Tally;

/// Another draft of the same office, with another address.
fn publish_another(site: &TestSite, slug: &str, title: &str, email: &str) {
    let text = NOTICE
        .replace("楼道", title)
        .replace("loudao@example.org", email);
    site.publish(slug, &text);
}

fn slugs(site: &TestSite) -> Vec<String> {
    site.database
        .read_now(|db| {
            let owners: Vec<String> = letters::table
                .order(letters::id.asc())
                .select(letters::consultation_id)
                .load(db)?;
            owners
                .iter()
                .map(|owner| {
                    let slug: Option<String> = consultations::table
                        .filter(consultations::id.eq(owner))
                        .select(consultations::slug)
                        .first(db)
                        .optional()?;
                    Ok(slug.unwrap_or_else(|| format!("({owner})")))
                })
                .collect()
        })
        .unwrap()
}

on_both! {
    /// By the address; by the draft's name in the subject, in the words, in what is quoted; what cannot
    /// be told is kept for the office to say.
    fn each_letter_finds_its_consultation(site: TestSite) {
        let Some(server) = Dovecot::start() else { return };
        site.publish_sample();
        publish_another(&site, "trees", "行道树木", "loudao@example.org");
        publish_another(&site, "water", "二次供水", "gongshui@example.org");
        let title = site.consultation("trees").draft_title;
        let named = format!("对《{title}》的意见");
        let quoting = format!("同意。\r\n\r\n------------------ 原始邮件 ------------------\r\n发件人: \"青禾\" <loudao@example.org>\r\n发送时间: 2025年6月1日 10:00\r\n收件人: \"甲\" <a@example.com>\r\n主题: 关于《{title}》公开征求意见\r\n\r\n请提意见。\r\n");
        let to_water = Letter { extra: "Cc: gongshui@example.org\r\n", id: Some("1"), ..Letter::default() };
        let raw = String::from_utf8(to_water.raw()).unwrap().replace("To: <loudao@example.org>", "To: <somebody@example.net>");
        server.deliver(USER, raw.as_bytes());
        server.deliver(USER, &Letter { subject: &named, id: Some("2"), body: "树种请选不飘絮的。\r\n", ..Letter::default() }.raw());
        server.deliver(USER, &Letter { subject: "意见", id: Some("3"), body: &quoting, ..Letter::default() }.raw());
        server.deliver(USER, &Letter { subject: "意见", id: Some("4"), body: "同意，没有别的。\r\n", ..Letter::default() }.raw());
        let tally = Reader::of(&site).look(&server.url(USER, "")).unwrap();
        assert_eq!(tally, Tally { registered: 3, set_aside: 1, ..Tally::default() });
        assert_eq!(slugs(&site), ["water", "trees", "trees", "()"]);
        let why: Option<String> = site.database.read_now(|db| Ok(letters::table.filter(letters::consultation_id.eq("")).select(letters::reason).first(db)?)).unwrap();
        assert_eq!(why.as_deref(), Some("no-consultation"));
    }

    /// A mailbox for one consultation, and one for another.
    fn a_mailbox_can_be_for_one(site: TestSite) {
        let Some(server) = Dovecot::start() else { return };
        site.publish_sample();
        publish_another(&site, "trees", "行道树木", "loudao@example.org");
        let reader = Reader::of(&site);
        for (user, slug) in [("a", "plan"), ("b", "trees")] {
            server.deliver(user, &Letter { id: Some(user), ..Letter::default() }.raw());
            assert_eq!(reader.look(&server.url(user, &format!("&consultation={slug}"))), Ok(registered(1)));
        }
        assert_eq!(slugs(&site), ["plan", "trees"]);
    }
}
