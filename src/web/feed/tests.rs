//! What machines read is well formed, says what it should, and cannot be broken out of by words.
//!
//! Longer than 300 lines because the pieces share one made-up site.

use super::atom::{AtomEntry, AtomFeed, tag};
use super::metadata::{ConsultationFacts, SectionFacts, Site, of_consultation, of_section};
use super::of_consultations::{feed as feed_of, pages as pages_of};
use super::sitemap::{Page, bounded, robots, sitemap};
use crate::consultations::model::{Consultation, OfficeContact, Window};
use crate::words::Lang;
use askama::Template;
use jiff::civil::date;
use quick_xml::Reader;
use quick_xml::events::Event;

const NASTY: &str = "修改<script>\"'&]]>的说明\u{0}\u{b}\u{ffff}";

/// Element names and texts, in order; panics when the XML is not well formed.
fn parsed(xml: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let (mut seen, mut open) = (Vec::new(), 0_i32);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                open += 1;
                for attribute in start.attributes() {
                    attribute.unwrap();
                }
                seen.push(start.name().as_ref().to_owned());
            }
            Event::End(_) => open -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open, 0, "{xml}");
    seen
}

fn feed() -> AtomFeed {
    let at = |text: &str| text.parse().unwrap();
    AtomFeed {
        lang: Lang::Zh,
        id: tag("https://yijian.example.org:8443/", date(2026, 1, 1), "/"),
        title: "松涧区意见征集".into(),
        updated: at("2026-05-29T08:00:00+08:00"),
        self_href: "https://yijian.example.org/feed.xml?a=1&b=2".into(),
        html_href: "https://yijian.example.org/".into(),
        author: "松涧区人民政府".into(),
        entries: vec![AtomEntry {
            id: tag("https://yijian.example.org", date(2026, 1, 1), "/c/lvdao"),
            title: NASTY.into(),
            updated: at("2026-05-29T08:00:00+08:00"),
            published: at("2026-05-28T08:00:00+08:00"),
            href: "https://yijian.example.org/c/lvdao".into(),
            summary: NASTY.into(),
            author: "松涧区园林局".into(),
        }],
    }
}

#[test]
fn a_feed_has_what_atom_asks_for() {
    let xml = feed().render().unwrap();
    let elements = parsed(&xml);
    for required in [
        "feed",
        "id",
        "title",
        "updated",
        "author",
        "name",
        "entry",
        "published",
    ] {
        assert!(
            elements.iter().any(|element| element == required),
            "{required}"
        );
    }
    assert!(xml.contains("<id>tag:yijian.example.org,2026-01-01:/c/lvdao</id>"));
    assert!(xml.contains("<updated>2026-05-29T00:00:00Z</updated>"));
    assert!(xml.contains("xml:lang=\"zh-CN\""));
    assert!(!xml.contains("<script") && !xml.contains('\u{0}') && !xml.contains('\u{ffff}'));
}

fn pages(count: usize) -> Vec<Page> {
    let page = |number| Page {
        path: format!("/c/lvdao/s/{number}"),
        last_modified: "2026-05-29T00:00:00Z".parse().unwrap(),
    };
    (0..count).map(page).collect()
}

#[test]
fn a_small_site_map_is_one_file_with_both_languages_of_each_page() {
    let map = sitemap("https://yijian.example.org/", &pages(2)).unwrap();
    assert!(map.parts.is_empty());
    let elements = parsed(&map.first);
    assert_eq!(
        elements.iter().filter(|element| *element == "loc").count(),
        4
    );
    for tag in [
        "hreflang=\"zh-CN\" href=\"https://yijian.example.org/c/lvdao/s/1\"",
        "hreflang=\"en\" href=\"https://yijian.example.org/en/c/lvdao/s/1\"",
        "hreflang=\"x-default\" href=\"https://yijian.example.org/c/lvdao/s/1\"",
    ] {
        assert_eq!(map.first.matches(tag).count(), 2, "{tag}");
    }
}

#[test]
fn a_large_site_map_is_cut_by_pages_and_by_bytes() {
    let origin = "https://yijian.example.org";
    for (most_pages, most_bytes) in [(10, usize::MAX), (usize::MAX, 6_000)] {
        let map = bounded(origin, &pages(25), most_pages, most_bytes).unwrap();
        assert!(map.parts.len() > 2, "{}", map.parts.len());
        let mut pages = 0;
        for part in &map.parts {
            let elements = parsed(part);
            let here = elements.iter().filter(|element| *element == "url").count();
            assert!(here <= most_pages && part.len() <= most_bytes);
            pages += here;
        }
        assert_eq!(pages, 50);
        let files = parsed(&map.first);
        assert_eq!(
            files.iter().filter(|element| *element == "sitemap").count(),
            map.parts.len()
        );
        assert!(
            map.first
                .contains("<loc>https://yijian.example.org/sitemap-1.xml</loc>")
        );
    }
    let none = sitemap(origin, &[]).unwrap();
    assert_eq!(parsed(&none.first), ["urlset"]);
}

#[test]
fn robots_are_kept_from_the_office_and_from_receipts() {
    let text = robots("https://yijian.example.org/").unwrap();
    for line in [
        "Disallow: /office",
        "Disallow: /r/",
        "Disallow: /en/r$",
        "Allow: /",
        "Sitemap: https://yijian.example.org/sitemap.xml",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}");
    }
    assert!(
        !text.lines().any(|line| line == "Disallow: /r"),
        "it would hide every page that begins with r"
    );
}

fn facts(sections: &[(String, String)]) -> ConsultationFacts<'_> {
    ConsultationFacts {
        slug: "lvdao",
        title: "关于《松涧区绿道建设行动方案》公开征求意见的公告",
        draft_title: "松涧区绿道建设行动方案(征求意见稿)",
        issuer: "松涧区园林局",
        issued_on: Some(date(2026, 5, 28)),
        opens_on: date(2026, 5, 29),
        closes_on: date(2026, 6, 28),
        text: "为了让绿道修到居民家门口，我们起草了行动方案，现在请您提意见。",
        sections,
    }
}

const SITE: Site<'_> = Site {
    origin: "https://yijian.example.org",
    name: "松涧区意见征集",
    lang: Lang::En,
};

fn graph(json: &str) -> Vec<serde_json::Value> {
    let data: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(data["@context"], "https://schema.org");
    data["@graph"].as_array().unwrap().clone()
}

#[test]
fn a_consultation_is_a_text_not_in_force_and_a_service_with_a_window() {
    let sections = [("1".to_owned(), "一、总体要求".to_owned())];
    let meta = of_consultation(&SITE, &facts(&sections));
    assert_eq!(meta.canonical, "https://yijian.example.org/en/c/lvdao");
    let graph = graph(&meta.json_ld);
    let kind = |name: &str| graph.iter().find(|one| one["@type"] == name).unwrap();
    let draft = kind("Legislation");
    assert_eq!(
        draft["legislationLegalForce"],
        "https://schema.org/NotInForce"
    );
    assert_eq!(draft["legislationDate"], "2026-05-28");
    assert_eq!(draft["hasPart"][0]["name"], "一、总体要求");
    assert_eq!(draft["publisher"]["@type"], "GovernmentOrganization");
    assert_eq!(kind("WebPage")["temporalCoverage"], "2026-05-29/2026-06-28");
    assert_eq!(kind("WebPage")["mainEntity"]["@id"], draft["@id"]);
    assert_eq!(
        kind("GovernmentService")["hoursAvailable"]["validThrough"],
        "2026-06-28"
    );
}

#[test]
fn no_words_break_out_of_the_head() {
    let section = SectionFacts {
        anchor: "2.1",
        path: "二/(一)",
        title: "(一)</script><script>alert(1)</script>",
        text: "甲\u{2028}乙<!-- \"丙\" & 丁\u{2029}",
    };
    let meta = of_section(&SITE, &facts(&[]), &section);
    assert!(!meta.json_ld.contains(['<', '>', '\u{2028}', '\u{2029}']));
    assert_eq!(graph(&meta.json_ld)[0]["text"], section.text);
    assert_eq!(graph(&meta.json_ld)[0]["legislationIdentifier"], "二/(一)");
    let head = meta.to_string();
    assert_eq!(head.matches("<script").count(), 1, "{head}");
    assert_eq!(head.matches("</script").count(), 1, "{head}");
    assert_eq!(head.matches("<link").count(), 4, "{head}");
}

#[test]
fn a_long_text_is_described_to_the_end_of_a_clause() {
    let long = "绿道修到家门口，".repeat(30);
    let meta = of_section(
        &SITE,
        &facts(&[]),
        &SectionFacts {
            anchor: "1",
            path: "一",
            title: "一、",
            text: &long,
        },
    );
    assert!(
        meta.description.ends_with("家门口…"),
        "{}",
        meta.description
    );
    assert!(meta.description.chars().count() <= 111);
    let short = of_consultation(&SITE, &facts(&[])).description;
    assert!(short.ends_with('。'), "{short}");
}

fn held(slug: &str, published: &str, answered: Option<&str>) -> Consultation {
    Consultation {
        id: String::new(),
        slug: slug.into(),
        title: format!("关于《{slug}》公开征求意见的公告"),
        draft_title: format!("{slug}(征求意见稿)"),
        issuer: "松涧区园林局".into(),
        issued_on: None,
        window: Window::new(date(2026, 5, 29), date(2026, 6, 28)).unwrap(),
        contact: OfficeContact::default(),
        channels: vec![],
        attachments: vec![],
        notice_text: "现在请您提意见。\n谢谢。".into(),
        source_sha256: String::new(),
        source_name: String::new(),
        wrapped_key: vec![],
        published_at: published.parse().unwrap(),
        answered_at: answered.map(|at| at.parse().unwrap()),
        short_reason: None,
        wall_opened_at: None,
        version: 1,
    }
}

#[test]
fn a_feed_tells_of_each_consultation_and_of_its_answers_the_newest_first() {
    let all = [
        held(
            "lvdao",
            "2026-05-29T00:00:00Z",
            Some("2026-08-01T00:00:00Z"),
        ),
        held(
            "shitang",
            "2026-06-10T00:00:00Z",
            Some("2026-12-01T00:00:00Z"),
        ),
    ];
    let now = "2026-09-01T00:00:00Z".parse().unwrap();
    let feed = feed_of(&SITE, "/feed.xml", &all, Vec::new(), now);
    let hrefs: Vec<&str> = feed
        .entries
        .iter()
        .map(|entry| entry.href.as_str())
        .collect();
    let at = "https://yijian.example.org/en/c/";
    assert_eq!(
        hrefs,
        [
            format!("{at}lvdao/feedback"),
            format!("{at}shitang"),
            format!("{at}lvdao")
        ]
    );
    assert_eq!(feed.updated, feed.entries[0].updated);
    assert_eq!(
        feed.entries[2].id,
        "tag:yijian.example.org,2026-05-29:/c/lvdao"
    );
    parsed(&feed.render().unwrap());
}

#[test]
fn the_answers_page_is_listed_once_it_is_published() {
    let one = held(
        "lvdao",
        "2026-05-29T00:00:00Z",
        Some("2026-08-01T00:00:00Z"),
    );
    let paths = |now: &str| -> Vec<String> {
        pages_of(&one, None, now.parse().unwrap())
            .into_iter()
            .map(|page| page.path)
            .collect()
    };
    assert_eq!(paths("2026-07-01T00:00:00Z"), ["/c/lvdao"]);
    assert_eq!(
        paths("2026-09-01T00:00:00Z"),
        ["/c/lvdao", "/c/lvdao/feedback"]
    );
}
