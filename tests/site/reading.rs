//! A reader: the list, the notice, every section, the whole texts, in both languages.

use crate::on_both;
use crate::page::{Page, packed};
use crate::support::{TestSite, notice::NOTICE, seed};
use jianyan::documents::model::{NodeKind, Place};
use jianyan::documents::published;

const DEMO: &str = include_str!("../../assets/demo/notice.txt");

fn page(site: &TestSite, path: &str) -> Page {
    let reply = site.client().get(path);
    assert_eq!(reply.status, 200, "{path}: {}", reply.text());
    Page::read(&reply.text())
}

/// The lines from one line to another, both included, blanks taken out.
fn lines(text: &str, first: &str, last: &str) -> String {
    let mut taken = String::new();
    let mut inside = false;
    for line in text.lines() {
        inside |= line == first;
        if inside {
            taken.push_str(&packed(line));
            if line.starts_with(last) {
                return taken;
            }
        }
    }
    panic!("no lines from {first} to {last}");
}

/// The short names listed in the group of a stage, in their order.
fn group(page: &str, stage: &str) -> Vec<String> {
    let mark = format!("<section class=\"group group-{stage}\"");
    let Some((_, after)) = page.split_once(&mark) else {
        return Vec::new();
    };
    let (inside, _) = after.split_once("</section>").unwrap();
    let links = inside.split("href=\"").skip(1);
    links
        .map(|link| {
            link.split('"')
                .next()
                .unwrap()
                .rsplit('/')
                .next()
                .unwrap()
                .to_owned()
        })
        .collect()
}

on_both! {
    /// What is open, what comes, what is over, as the days go by.
    fn the_list_follows_the_calendar(site: TestSite) {
        site.publish_sample();
        site.publish("later", &NOTICE.replace("5月29日", "6月20日").replace("6月28日", "7月25日"));
        site.publish("first", &NOTICE.replace("6月28日", "6月12日"));
        let mut reader = site.client();
        let mut listed = |at: &str| {
            site.clock.set(at);
            let page = reader.get("/").text();
            let of = |stage| group(&page, stage).join(" ");
            format!("{} | {} | {}", of("open"), of("coming"), of("closed"))
        };
        assert_eq!(listed("2025-05-28T12:00:00+08:00"), " | first plan later | ");
        assert_eq!(listed("2025-06-12T23:59:59+08:00"), "first plan | later | ");
        assert_eq!(listed("2025-06-13T00:00:00+08:00"), "plan | later | first");
        assert_eq!(listed("2025-06-20T00:00:00+08:00"), "plan later |  | first");
        assert_eq!(listed("2025-07-26T00:00:00+08:00"), " |  | later plan first");
    }

    /// The first page answers: what, until when, how, and then; and gives each fact of the notice.
    fn a_notice_keeps_every_fact(site: TestSite) {
        site.publish_sample();
        let shown = page(&site, "/c/plan");
        let text = shown.packed("main", &[]);
        for fact in [
            "2025年6月28日（星期六）24时止", "还有18天", "北京时间", "陶知行", "0900-5550123", "loudao@example.org",
            "青禾区社区建设局治理科", "青禾区社区建设局2025年5月28日", "《青禾区楼道整洁行动方案》(征求意见稿)起草说明",
            "欢迎通过电话或电子邮件反馈,并请附联系人及联系方式。",
        ] {
            assert!(text.contains(&packed(fact)), "{fact} is not in {text}");
        }
        assert!(shown.find("a", "href", "tel:0900-5550123").is_some());
        for link in ["/c/plan/comment", "/c/plan/draft", "/c/plan/explanation", "/c/plan/s/1", "/c/plan/s/2.2"] {
            assert!(shown.links().contains(&link), "no link to {link}");
        }
    }

    /// Every section has a page: where it stands, its words, who is responsible, what is next.
    fn every_section_has_its_page(site: TestSite) {
        let consultation = site.publish_sample();
        let documents = site.database.read_now(|db| published::documents(db, &consultation.id, consultation.version)).unwrap();
        let outline = &published::draft(&documents).unwrap().outline;
        let places = outline.walk();
        assert_eq!(places.len(), 15);
        let mut words = String::new();
        for (index, place) in places.iter().enumerate() {
            let shown = page(&site, &format!("/c/plan/s/{}", place.anchor));
            let address = |anchor: &str| format!("/c/plan/s/{anchor}");
            let turn = |rel: &str| shown.find("a", "rel", rel).and_then(|tag| tag.get("href")).map(str::to_owned);
            // Bullets are printed on the page of their section, so turning the pages passes them by.
            let has_page = |other: &&Place<'_>| other.node.kind != NodeKind::Bullet;
            assert_eq!(turn("prev"), places[..index].iter().rfind(has_page).map(|other| address(&other.anchor)));
            assert_eq!(turn("next"), places[index + 1..].iter().find(has_page).map(|other| address(&other.anchor)));
            let above: String = place.ancestors.iter().map(|node| packed(&format!("{}{}", node.label, node.heading))).collect();
            assert_eq!(shown.packed(".crumbs", &[]), format!("青禾区楼道整洁行动方案(征求意见稿){above}"), "{}", place.anchor);
            let units: String = place.node.units.concat();
            assert_eq!(shown.packed(".units", &[".units-word"]), units, "{}", place.anchor);
            assert!(shown.title().starts_with(&format!("{}{}", place.node.label, place.node.heading)));
            assert!(shown.links().contains(&format!("/c/plan/comment?section={}", place.anchor).as_str()));
            if place.node.kind != NodeKind::Bullet {
                let marked = shown.tags.iter().any(|tag| tag.get("aria-current") == Some("page"));
                assert!(marked, "no place marked in the contents");
                words.push_str(&shown.packed(".section-title", &[]));
                words.push_str(&shown.packed(".plan", &[]));
            }
        }
        assert_eq!(words, lines(NOTICE, "一、总体要求", "(二)加强宣传"), "the pages together are not the draft");
    }

    /// The whole text on one page: every line, in order, once.
    fn the_whole_draft_is_all_there(site: TestSite) {
        site.publish_sample();
        let shown = page(&site, "/c/plan/draft");
        let printed = format!("{}{}", shown.packed(".document-title", &[]), shown.packed(".plan", &[".units", ".block-say"]));
        assert_eq!(printed, lines(NOTICE, "青禾区楼道整洁行动方案(征求意见稿)", "(二)加强宣传"));
        let shown = page(&site, "/c/plan/explanation");
        let printed = format!("{}{}", shown.packed(".document-title", &[]), shown.packed(".plan", &[]));
        let (_, explanation) = NOTICE.split_once("(二)加强宣传。编印简明手册。\n").unwrap();
        assert_eq!(printed, packed(explanation));
        site.publish("streets", DEMO);
        let shown = page(&site, "/c/streets/draft");
        let printed = format!("{}{}", shown.packed(".document-title", &[]), shown.packed(".plan", &[".units", ".block-say"]));
        assert_eq!(printed, lines(DEMO, "岚溪区适老宜居街道建设实施方案（2025—2027年）（征求意见稿）", "（四）注重宣传引导"));
    }

    /// The same of the real plan, gaps and odd marks and all.
    fn a_real_draft_is_all_there(site: TestSite) {
        let Some(path) = seed("000_b01fd7790398bd20.txt") else { return };
        let text = std::fs::read_to_string(path).unwrap();
        let consultation = site.publish("quality", &text);
        let documents = site.database.read_now(|db| published::documents(db, &consultation.id, consultation.version)).unwrap();
        for (name, document) in [("draft", published::draft(&documents).unwrap()), ("explanation", &documents[2])] {
            let shown = page(&site, &format!("/c/quality/{name}"));
            let printed = format!("{}{}", shown.packed(".document-title", &[]), shown.packed(".plan", &[".units", ".block-say"]));
            assert_eq!(printed, packed(&document.outline.verbatim()), "{name}");
        }
        for place in published::draft(&documents).unwrap().outline.walk() {
            assert_eq!(site.client().get(&format!("/c/quality/s/{}", place.anchor)).status, 200, "{}", place.anchor);
        }
    }

    /// English pages speak English; the plan's own words stay Chinese and say so.
    fn english_pages_mark_the_chinese(site: TestSite) {
        site.publish_sample();
        site.publish("later", &NOTICE.replace("5月29日", "6月20日"));
        for path in ["/en/", "/en/c/plan", "/en/c/later", "/en/c/plan/s/2.1.1", "/en/c/plan/s/1.2", "/en/c/plan/draft",
                     "/en/c/plan/explanation", "/en/r", "/en/privacy", "/en/c/later/comment"] {
            let shown = page(&site, path);
            assert_eq!(shown.tags[1].get("lang"), Some("en"), "{path}");
            for words in &shown.words {
                // The example of a masked name is Chinese by its nature.
                let chinese = words.text.replace("“张**”", "").chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
                // Nobody is shown what stands in a script: it is JSON-LD, whose values say their language.
                if words.inside.contains(&"script".to_owned()) {
                    continue;
                }
                let title = words.inside.contains(&"title".to_owned());
                assert!(!chinese || title || words.lang == "zh-CN", "{path}: {words:?}");
                let latin_month = ["May 2025", "June 2025"].iter().any(|month| words.text.contains(month));
                assert!(!latin_month || words.lang == "en", "{path}: {words:?}");
            }
            let same = path.replacen("/en", "", 1);
            assert!(shown.find("a", "hreflang", "zh-CN").is_some_and(|link| link.get("href") == Some(&same)), "{path}");
        }
        let text = page(&site, "/en/c/plan").packed("main", &[]);
        assert!(text.contains("Saturday28June2025") && text.contains("18daysleft"), "{text}");
    }

    /// Addresses that are nobody's.
    fn wrong_addresses_are_not_found(site: TestSite) {
        site.publish_sample();
        let long = "a".repeat(6_000);
        let mut reader = site.client();
        for part in ["nothing", "Plan", "%E4%B8%AD%E6%96%87", "%00", "plan%00", "%FF%FE", "%C3%28", "%", "%zz", "..", "..%2f..%2fetc%2fpasswd",
                     "'%20OR%201=1--", "plan%0d%0aX-Y:%20z", "%F0%9F%98%80", "plan%EF%BF%BF", "a%2Fb", "plan;x", "%25", &long] {
            for path in [format!("/c/{part}"), format!("/en/c/{part}"), format!("/c/plan/s/{part}"), format!("/c/{part}/s/2.1.1"),
                         format!("/c/{part}/draft"), format!("/c/{part}/explanation"), format!("/c/{part}/comment"),
                         format!("/c/plan/{part}"), format!("/r/{part}"), format!("/{part}"), format!("/assets/{part}")] {
                if path.ends_with("/..") { continue; }
                let status = reader.get(&path).status;
                assert_eq!(status, 404, "{}", path.chars().take(80).collect::<String>());
            }
            let status = reader.post(&format!("/c/{part}/submissions"), &[("text", "甲")]).status;
            assert_eq!(status, 404, "posted to {part}");
        }
        for query in ["section=%00", "section=%FF", "section=2.1.1%27", "nothing=1", "section=2.1.1&section=1", &format!("section={long}")] {
            let status = reader.get(&format!("/c/plan/comment?{query}")).status;
            assert!(matches!(status, 200 | 404), "{query}: {status}");
        }
        let wrong = reader.get("/en/c/nothing");
        assert!(Page::read(&wrong.text()).title().starts_with("Error: "), "{}", wrong.text());
        assert_eq!(wrong.header("cache-control"), Some("no-store"));
        // Not even HTTP's own characters bring it down.
        for line in ["GET /c/\u{4e2d}\u{6587} HTTP/1.1", "GET /c/plan\u{1} HTTP/1.1", "GET //c//plan HTTP/1.1", "GET * HTTP/1.1"] {
            let status = crate::wire::Wire::open(&site.base).ask(format!("{line}\r\nHost: x\r\nConnection: close\r\n\r\n"));
            assert!(matches!(status, 400 | 404), "{line}: {status}");
        }
    }

    /// A page that the browser has is not sent again; a probe for its head gets no body.
    fn pages_are_kept_by_browsers(site: TestSite) {
        site.publish_sample();
        for path in ["/", "/en/", "/c/plan", "/c/plan/s/2.1.1", "/c/plan/draft", "/en/c/plan/explanation", "/privacy"] {
            let mut reader = site.client();
            let first = reader.get(path);
            let tag = first.header("etag").expect("an ETag").to_owned();
            assert_eq!(first.header("cache-control"), Some("public, no-cache"), "{path}");
            for known in [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()] {
                reader.headers = vec![("if-none-match".to_owned(), known)];
                let again = reader.get(path);
                assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
                assert_eq!(again.header("etag"), Some(tag.as_str()));
            }
            reader.headers = vec![("if-none-match".to_owned(), "\"other\"".to_owned())];
            assert_eq!(reader.get(path).status, 200);
            let mut wire = crate::wire::Wire::open(&site.base);
            let (head, body) = wire.whole(format!("HEAD {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
            assert!(head.starts_with("HTTP/1.1 200"), "HEAD {path}: {head}");
            assert!(head.contains(&tag) && body.is_empty(), "HEAD {path}: {head}");
        }
    }

    /// The words about the window turn with its seconds, though pages are kept in memory.
    fn pages_turn_with_the_window(site: TestSite) {
        site.publish_sample();
        let mut reader = site.client();
        let mut at = |time: &str, path: &str, says: &str, not: &str| {
            site.clock.set(time);
            // Twice: the second comes from memory.
            for _ in 0..2 {
                let shown = packed(&reader.get(path).text());
                assert!(shown.contains(says) && !shown.contains(not), "{path} at {time}: {shown}");
            }
        };
        for path in ["/", "/c/plan", "/c/plan/s/2.1.1"] {
            at("2025-05-28T23:59:59.9+08:00", path, if path.contains("/s/") { "还没有开始" } else { "即将开始" }, "征求意见中");
            at("2025-05-29T00:00:00+08:00", path, "还有30天", "即将开始");
            at("2025-06-27T23:59:59+08:00", path, "还剩1天", "已截止");
            at("2025-06-28T00:00:00+08:00", path, "今天是最后一天", "还剩1天");
            at("2025-06-28T23:59:59.999999+08:00", path, "今天是最后一天", "已经截止");
            at("2025-06-29T00:00:00+08:00", path, "截止", "今天是最后一天");
            site.clock.set("2025-05-20T00:00:00+08:00");
        }
        at("2025-06-28T23:59:59+08:00", "/c/plan/draft", "对这一条提意见", "找不到");
        at("2025-06-29T00:00:00+08:00", "/c/plan/draft", "总体要求", "对这一条提意见");
    }
}
