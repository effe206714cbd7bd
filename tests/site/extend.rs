//! More time to comment: what readers see, what programs read, and the seconds around both ends.

use crate::on_both;
use crate::page::Page;
use crate::receipt::dump;
use crate::support::{Client, Reply, TestSite};
use crate::window::form;
use serde_json::Value;

const WINDOW: &str = "/office/c/plan/window";
const REASON: &str = "不少居民反映正值汛期,来不及看。\n延长半个月。";

/// Sends the second form, as if the first had been looked at.
fn extend(office: &mut Client, seen: &str, closes_on: &str, reason: &str) -> Reply {
    let csrf = office.csrf();
    let fields = [
        ("csrf", csrf.as_str()),
        ("seen", seen),
        ("closes_on", closes_on),
        ("reason", reason),
        ("go", "extend"),
    ];
    office.post(WINDOW, &fields)
}

fn send(site: &TestSite, at: &str, text: &str) -> u16 {
    site.clock.set(at);
    site.client()
        .post("/c/plan/submissions", &form(text))
        .status
}

fn main_of(client: &mut Client, path: &str) -> String {
    let reply = client.get(path);
    assert_eq!(reply.status, 200, "{path}");
    Page::read(&reply.text()).line("main")
}

on_both! {
    /// Both ends to the second: the old last second and the new one count, what lay between is
    /// refused until the window grows over it, and can then be sent again.
    fn the_seconds_around_both_ends(site: TestSite) {
        site.publish_sample();
        assert_eq!(send(&site, "2025-06-28T23:59:59.999+08:00", "旧的最后一秒"), 303);
        assert_eq!(send(&site, "2025-06-29T00:00:00+08:00", "迟了一秒"), 409);
        site.clock.set("2025-06-29T09:00:00+08:00");
        let mut office = site.staff();
        assert_eq!(extend(&mut office, "2025-06-28", "2025-07-13", REASON).status, 303);
        assert_eq!(send(&site, "2025-06-29T09:00:01+08:00", "迟了一秒"), 303, "sent again");
        assert_eq!(send(&site, "2025-07-13T23:59:59.999+08:00", "新的最后一秒"), 303);
        assert_eq!(send(&site, "2025-07-14T00:00:00+08:00", "又迟了一秒"), 409);
        assert_eq!(dump(&site, "submissions").len(), 3);
        assert!(dump(&site, "remarks").iter().all(|row| !row.contains("late")));
    }

    /// Every page and every answer to programs follows at once; the notice stays as it was printed.
    fn everybody_sees_it_at_once(site: TestSite) {
        site.publish_sample();
        let mut reader = site.client();
        let seen = ["/", "/en", "/c/plan", "/en/c/plan", "/c/plan/s/2.1.1", "/c/plan/s/2.1.1/embed", "/c/plan/comment", "/feed.xml"];
        // Everything is in memory before.
        for path in seen {
            assert_eq!(reader.get(path).status, 200, "{path}");
        }
        let mut office = site.staff();
        assert_eq!(extend(&mut office, "2025-06-28", "2025-07-13", REASON).status, 303);

        let page = main_of(&mut reader, "/c/plan");
        for words in [
            "2025年7月13日（星期日） 24时止", "还有33天", "征求意见的时间已延长",
            "截止日期由2025年6月28日（星期六）改为2025年7月13日（星期日）", "来不及看。 延长半个月。",
            "2025年6月10日 10:00（北京时间）决定", "时间为2025年5月29日至2025年6月28日",
        ] {
            assert!(page.contains(words), "{words} is not in {page}");
        }
        let english = main_of(&mut reader, "/en/c/plan");
        assert!(english.contains("The last day was moved from Saturday 28 June 2025 to Sunday 13 July 2025"), "{english}");
        for (path, words) in [("/", "2025年7月13日"), ("/en", "13 July 2025"), ("/c/plan/s/2.1.1/embed", "2025年7月13日（星期日） 24时止"), ("/c/plan/comment", "2025年7月13日")] {
            let text = reader.get(path).text();
            assert!(text.contains(words) && !text.contains("2025年6月28日("), "{path}: {text}");
        }
        let sent: Value = serde_json::from_slice(&reader.get("/api/v1/consultations/plan").body).unwrap();
        assert_eq!((&sent["closes_on"], &sent["days"]), (&"2025-07-13".into(), &46.into()));
        assert_eq!(sent["extensions"][0]["closed_on"], "2025-06-28");
        assert_eq!(sent["extensions"][0]["reason"], REASON);
        let feed = reader.get("/feed.xml").text();
        assert_eq!(feed.matches("<entry>").count(), 2, "{feed}");
        assert!(feed.contains("征求意见时间延长：") && feed.contains("由2025-06-28改为2025-07-13"), "{feed}");
        assert!(feed.contains("#until-2025-07-13</id>"), "{feed}");
        assert!(reader.get("/c/plan").text().contains("\"validThrough\":\"2025-07-13\"") || reader.get("/c/plan").text().contains("2025-05-29/2025-07-13"));

        // A second time: both are told, in their order.
        site.clock.set("2025-07-10T15:30:00+08:00");
        let mut office = site.staff();
        assert_eq!(extend(&mut office, "2025-07-13", "2025-07-20", "再延一周。").status, 303);
        let page = main_of(&mut reader, "/c/plan");
        let (first, second) = (page.find("改为2025年7月13日").unwrap(), page.find("改为2025年7月20日").unwrap());
        assert!(first < second && page.contains("2025年7月10日 15:30（北京时间）决定"), "{page}");
        assert_eq!(reader.get("/feed.xml").text().matches("<entry>").count(), 3);
    }

    /// What those who follow are to be told is written down with the change, and who did it.
    fn followers_are_to_be_told(site: TestSite) {
        site.publish_sample();
        let mut office = site.staff();
        assert_eq!(extend(&mut office, "2025-06-28", "2025-07-13", REASON).status, 303);
        let jobs = dump(&site, "jobs");
        assert_eq!(jobs.len(), 1, "{jobs:?}");
        for words in ["spread-news", "extended", "closed_on", "2025-06-28", "2025-07-13", "来不及看"] {
            assert!(jobs[0].contains(words), "{words}: {jobs:?}");
        }
        let log = dump(&site, "audit_events").into_iter().filter(|row| row.contains("window-extended"));
        let log: Vec<String> = log.collect();
        assert!(log.len() == 1 && log[0].contains("周青禾") && log[0].contains("2025-07-13"), "{log:?}");
        let shown = office.get("/office/c/plan/audit").text();
        assert!(shown.contains("延长征求意见的时间") && shown.contains("2025-06-28 → 2025-07-13"), "{shown}");
    }

    /// A call that was late becomes in time when the window grows over it; one after the new end
    /// stays late.
    fn what_came_in_the_gap_is_in_time(site: TestSite) {
        site.publish_sample();
        site.clock.set("2025-07-20T10:00:00+08:00");
        let mut office = site.staff();
        for (day, text) in [("2025-07-02", "截止后第四天来电。"), ("2025-07-19", "截止后很久来电。")] {
            let page = office.get("/office/c/plan/submissions/new");
            let (csrf, once) = (page.hidden("csrf"), page.hidden("once"));
            let fields = [
                ("csrf", csrf.as_str()), ("once", &once), ("channel", "phone"), ("received_on", day),
                ("received_at", "09:30"), ("section", "2.1.1"), ("text", text), ("sender_kind", "person"),
            ];
            assert_eq!(office.post("/office/c/plan/submissions", &fields).status, 303);
        }
        let late = |office: &mut Client| office.get("/office/c/plan/remarks?timing=late").text();
        assert!(late(&mut office).contains("截止后第四天来电"));
        site.clock.set("2025-07-05T10:00:00+08:00");
        let mut office = site.staff();
        assert_eq!(extend(&mut office, "2025-06-28", "2025-07-13", REASON).status, 303);
        let still = late(&mut office);
        assert!(!still.contains("截止后第四天来电") && still.contains("截止后很久来电"), "{still}");
        let submissions = dump(&site, "submissions");
        assert_eq!(submissions.iter().filter(|row| row.contains("late")).count(), 1);
    }

    /// Once the outcomes are published the window stays; and they cannot be published over a window
    /// that has just grown.
    fn answered_and_extended_exclude_each_other(site: TestSite) {
        site.publish_sample();
        site.clock.set("2025-07-01T10:00:00+08:00");
        let mut office = site.staff();
        assert_eq!(extend(&mut office, "2025-06-28", "2025-07-05", REASON).status, 303);
        let csrf = office.csrf();
        assert_eq!(office.post("/office/c/plan/publish", &[("csrf", &csrf)]).status, 409, "open again");
        // A colleague's page is older than the extension: the moment itself is refused.
        let id = site.consultation("plan").id;
        let now = "2025-07-01T10:00:01+08:00".parse().unwrap();
        let marked = site.database.write_now(move |db| jianyan::consultations::answered::mark(db, &id, now));
        assert!(!marked.unwrap(), "a window that has just grown is not answered");

        site.clock.set("2025-07-06T10:00:00+08:00");
        let mut office = site.staff();
        let csrf = office.csrf();
        assert_eq!(office.post("/office/c/plan/publish", &[("csrf", &csrf)]).status, 303);
        assert_eq!(extend(&mut office, "2025-07-05", "2025-07-30", REASON).status, 409);
        let page = office.get(WINDOW).text();
        assert!(page.contains("采纳情况已经公布，不能再延长") && !page.contains("name=\"closes_on\""), "{page}");
        let feed = site.client().get("/feed.xml").text();
        assert_eq!(feed.matches("<entry>").count(), 3, "announced, extended, answered: {feed}");
    }
}
