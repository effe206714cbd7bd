//! The window, to the second, through the form.

use crate::on_both;
use crate::page::Page;
use crate::support::{Reply, TestSite};
use crate::wire::{Wire, status};

/// A form that is right in every field, with a text of one's own.
pub fn form(text: &str) -> Vec<(&'static str, &str)> {
    vec![
        ("section", "2.1.1"),
        ("text", text),
        ("sender_kind", "person"),
        ("name", "沈知秋"),
        ("organisation", ""),
        ("phone", "19900001234"),
        ("email", ""),
        ("address", ""),
        ("consent", "yes"),
    ]
}

fn send(site: &TestSite, at: &str, text: &str) -> Reply {
    site.clock.set(at);
    site.client().post("/c/plan/submissions", &form(text))
}

on_both! {
    /// Both days are whole: the first second in, the last, and the first out.
    fn the_form_counts_by_the_second(site: TestSite) {
        site.publish_sample();
        let early = send(&site, "2025-05-28T23:59:59+08:00", "早了<一>秒");
        assert_eq!(early.status, 409);
        let page = Page::read(&early.text());
        assert!(page.title().starts_with("错误：还没有开始征求意见"), "{}", page.title());
        assert!(page.line("main").contains("2025年5月29日（星期四） 0时起"), "{}", page.line("main"));
        assert_eq!(page.value("typed-1"), "早了<一>秒");

        assert_eq!(send(&site, "2025-05-29T00:00:00+08:00", "第一秒").status, 303);
        assert_eq!(send(&site, "2025-06-28T23:59:59.999999+08:00", "最后一刻").status, 303);

        let late = send(&site, "2025-06-29T00:00:00+08:00", "迟了一秒，也要留住 & 🙂");
        assert_eq!(late.status, 409);
        assert_eq!(late.header("cache-control"), Some("no-store"));
        let page = Page::read(&late.text());
        assert!(page.title().starts_with("错误：征求意见已经截止"), "{}", page.title());
        assert_eq!(page.value("typed-1"), "迟了一秒，也要留住 & 🙂");
        let words = page.line("main");
        for part in ["开展集中清理", "0900-5550123", "loudao@example.org", "陶知行", "逾期的意见也会登记"] {
            assert!(words.contains(part), "{part} is not in {words}");
        }
        let english = site.client().post("/en/c/plan/submissions", &form("late"));
        assert!(Page::read(&english.text()).title().starts_with("Error: Comments have closed"));
        assert_eq!(english.status, 409);
    }

    /// A late form that was filled in badly is told that it is late, not that it is bad.
    fn late_comes_before_wrong(site: TestSite) {
        site.publish_sample();
        site.clock.set("2025-06-29T00:00:00+08:00");
        for text in ["", "只有一句话", "带\u{1}控制符"] {
            let reply = site.client().post("/c/plan/submissions", &[("text", text), ("section", "9.9.9")]);
            assert_eq!(reply.status, 409, "{}", reply.text());
        }
    }

    /// The empty form before, in and after the window.
    fn the_form_is_offered_only_inside(site: TestSite) {
        site.publish_sample();
        let mut citizen = site.client();
        let mut show = |at: &str| {
            site.clock.set(at);
            let reply = citizen.get("/c/plan/comment?section=2.1.1");
            assert_eq!(reply.status, 200);
            reply.text()
        };
        let early = show("2025-05-28T23:59:59+08:00");
        assert!(!early.contains("<form class=\"form\"") && early.contains("2025年5月29日（星期四）"), "{early}");
        assert!(!Page::read(&early).title().contains("错误"));
        for inside in ["2025-05-29T00:00:00+08:00", "2025-06-28T23:59:59.999+08:00"] {
            let page = show(inside);
            assert!(page.contains("action=\"/c/plan/comment\"") && page.contains("开展集中清理"), "{page}");
        }
        let late = show("2025-06-29T00:00:00+08:00");
        assert!(!late.contains("<form class=\"form\"") && late.contains("0900-5550123"), "{late}");
    }

    /// What began to arrive in the last second is in time, however slow the line.
    fn a_slow_line_does_not_make_it_late(site: TestSite) {
        site.publish_sample();
        let body = |text: &str| serde_urlencoded::to_string(form(text)).unwrap();
        let slow = |head_at: &str, body_at: &str, text: &str| {
            let body = body(text);
            site.clock.set(head_at);
            let mut wire = Wire::open(&site.base);
            wire.begin_post("/c/plan/submissions", &body);
            site.clock.set(body_at);
            let (first, rest) = body.split_at(40);
            wire.send(first);
            wire.send(rest);
            let head = wire.head();
            (status(&head), head)
        };
        let (status, head) = slow("2025-06-28T23:59:59.5+08:00", "2025-06-29T00:00:07+08:00", "最后一秒开始发");
        assert_eq!(status, 303, "{head}");
        let receipt = head.lines().find_map(|line| line.strip_prefix("location: /r/")).unwrap();
        let shown = site.client().get(&site.receipt(receipt.split('?').next().unwrap())).text();
        let words = Page::read(&shown).line("main");
        assert!(words.contains("2025年6月28日 23:59") && !words.contains("逾期："), "{words}");
        let (status, _) = slow("2025-06-29T00:00:00+08:00", "2025-06-29T00:00:01+08:00", "截止以后才开始发");
        assert_eq!(status, 409);
        let (status, _) = slow("2025-05-28T23:59:59+08:00", "2025-05-29T00:00:01+08:00", "开始以前就发");
        assert_eq!(status, 409);
    }
}
