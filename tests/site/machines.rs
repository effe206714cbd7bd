//! What programs read: the feed, the site map, the data of a page, the JSON, a section in a frame.

use crate::on_both;
use crate::support::{Client, notice::NOTICE};
use quick_xml::events::Event;
use serde_json::Value;

/// The names of all elements of a well-formed document, and all its text.
fn xml(text: &str) -> (Vec<String>, String) {
    let mut reader = quick_xml::Reader::from_str(text);
    let (mut names, mut words) = (Vec::new(), String::new());
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(start) | Event::Empty(start) => {
                names.push(start.name().as_ref().to_owned());
            }
            Event::Text(text) => words.push_str(text.as_ref()),
            Event::Eof => return (names, words),
            _ => {}
        }
    }
}

fn json(client: &mut Client, path: &str) -> Value {
    let reply = client.get(path);
    assert_eq!(reply.status, 200, "{path}: {}", reply.text());
    assert_eq!(
        reply.header("content-type"),
        Some("application/json"),
        "{path}"
    );
    assert_eq!(
        reply.header("access-control-allow-origin"),
        Some("*"),
        "{path}"
    );
    serde_json::from_slice(&reply.body).unwrap()
}

on_both! {
    fn the_feed_tells_of_what_is_published_and_of_nothing_else(site: TestSite) {
        site.publish_sample();
        let mut client = site.client();
        let reply = client.get("/feed.xml");
        assert_eq!(reply.header("content-type"), Some("application/atom+xml; charset=utf-8"));
        let (names, words) = xml(&reply.text());
        assert_eq!(names[0], "feed");
        assert_eq!(names.iter().filter(|name| *name == "entry").count(), 1);
        assert!(words.contains("青禾区楼道整洁行动方案"));
        assert!(client.get("/en/feed.xml").text().contains("/en/c/plan"));
        // Every public page says where the feed is.
        assert!(client.get("/c/plan").text().contains("type=\"application/atom+xml\""));
        // Before its hour there is nothing to tell.
        site.clock.set("2024-12-31T00:00:00+08:00");
        let (names, _) = xml(&site.client().get("/feed.xml").text());
        assert!(!names.contains(&"entry".to_owned()));
    }

    fn the_site_map_names_every_section_in_both_languages(site: TestSite) {
        site.publish_sample();
        let mut client = site.client();
        let text = client.get("/sitemap.xml").text();
        let (names, words) = xml(&text);
        assert_eq!(names[0], "urlset");
        for path in ["/c/plan", "/c/plan/draft", "/c/plan/s/2.1.1", "/en/c/plan/s/2.1.1"] {
            assert!(words.contains(&format!("{}{path}", site.base)), "{path}");
        }
        assert!(!words.contains("/office") && !words.contains("/s/1.2.b1"));
        assert_eq!(client.get("/sitemap-1.xml").status, 404);
        let robots = client.get("/robots.txt").text();
        assert!(robots.contains("Disallow: /office") && robots.contains("/sitemap.xml"));
    }

    fn pages_say_what_they_are(site: TestSite) {
        site.publish_sample();
        let mut client = site.client();
        for (path, kind) in [("/c/plan", "WebPage"), ("/en/c/plan/s/2.1.1", "Legislation")] {
            let text = client.get(path).text();
            assert!(text.contains(&format!("<link rel=\"canonical\" href=\"{}{path}\">", site.base)), "{path}");
            assert!(text.contains("property=\"og:title\"") && text.contains("property=\"og:description\""));
            let data = text.split_once("application/ld+json\">").unwrap().1;
            let data: Value = serde_json::from_str(data.split_once("</script>").unwrap().0).unwrap();
            assert_eq!(data["@context"], "https://schema.org", "{path}");
            assert!(data.to_string().contains(&format!("\"@type\":\"{kind}\"")), "{path}: {data}");
        }
    }

    fn the_interface_sends_the_texts_word_for_word(site: TestSite) {
        site.publish_sample();
        let mut client = site.client();
        let list = json(&mut client, "/api/v1/consultations");
        assert_eq!(list["consultations"][0]["slug"], "plan");
        let one = json(&mut client, "/api/v1/consultations/plan");
        assert_eq!((&one["closes_on"], &one["stage"]), (&Value::from("2025-06-28"), &Value::from("open")));
        let outline = json(&mut client, "/api/v1/consultations/plan/outline");
        assert_eq!(outline["nodes"].as_array().unwrap().len(), 3);
        let section = json(&mut client, "/api/v1/consultations/plan/sections/2.1.1");
        assert_eq!(section["path"], "二/(一)/1");
        assert!(NOTICE.contains(section["text"].as_str().unwrap().trim()));
        assert_eq!(section["units"][0], "区社区建设局");
        assert_eq!(section["next"]["anchor"], "2.1.2");
        let versions = json(&mut client, "/api/v1/consultations/plan/versions");
        assert_eq!(versions["versions"][0]["number"], 1);
        assert_eq!(json(&mut client, "/api/v1/consultations/plan/versions/1")["sections"], 15);
    }

    fn what_is_not_there_is_a_problem_in_json(site: TestSite) {
        site.publish_sample();
        let mut client = site.client();
        for path in ["/api/v1/consultations/other", "/api/v1/consultations/plan/sections/9.9", "/api/v1/consultations/plan/versions/2",
                     "/api/v1/consultations/plan/versions/1/changes"] {
            let reply = client.get(path);
            assert_eq!(reply.status, 404, "{path}");
            assert_eq!(reply.header("content-type"), Some("application/problem+json; charset=utf-8"), "{path}");
            let problem: Value = serde_json::from_slice(&reply.body).unwrap();
            assert_eq!(problem["status"], 404);
            assert!(!problem["detail"].as_str().unwrap().is_empty() && !problem["detail_en"].as_str().unwrap().is_empty());
        }
    }

    fn the_interface_describes_itself(site: TestSite) {
        site.publish_sample();
        let mut client = site.client();
        let described = json(&mut client, "/api/v1/openapi.json");
        assert!(described["openapi"].as_str().unwrap().starts_with("3."));
        let paths = described["paths"].as_object().unwrap();
        assert_eq!(paths.len(), 7);
        // Every address that is described answers.
        for path in paths.keys() {
            let asked = path.replace("{slug}", "plan").replace("{anchor}", "2.1.1").replace("{number}", "1");
            let reply = client.get(&format!("/api/v1{asked}"));
            let expected = if asked.ends_with("/changes") { 404 } else { 200 };
            assert_eq!(reply.status, expected, "{asked}");
        }
    }

    fn only_named_sites_frame_a_section_and_only_a_section(site: TestSite) {
        site.publish_sample();
        let mut client = site.client();
        let reply = client.get("/c/plan/s/2.1.1/embed");
        assert_eq!(reply.status, 200);
        let policy = reply.header("content-security-policy").unwrap();
        assert!(policy.ends_with("frame-ancestors https://www.example.org"), "{policy}");
        assert!(!policy.contains("script"));
        let text = reply.text();
        assert!(text.contains("每季度组织一次集中清理") && text.contains("target=\"_blank\""));
        for path in ["/c/plan", "/c/plan/s/2.1.1", "/c/plan/comment", "/office/sign-in"] {
            let policy = client.get(path);
            let policy = policy.header("content-security-policy").unwrap();
            assert!(policy.contains("frame-ancestors 'none'"), "{path}");
        }
        assert_eq!(client.get("/c/plan/s/9.9/embed").status, 404);
    }
}
