//! A request that lies about the host, or about where to go next: what it is told stays here, and
//! nobody else is told it afterwards.

use crate::on_both;
use crate::support::TestSite;
use crate::wire::Wire;

const EVIL: &str = "evil.example.com";

/// A request with every header that could name another host; head and body of the answer.
fn lying(site: &TestSite, path: &str) -> (String, String) {
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: {EVIL}\r\nX-Forwarded-Host: {EVIL}\r\nX-Forwarded-Proto: gopher\r\nX-Forwarded-Server: {EVIL}\r\n\
         Forwarded: host={EVIL};proto=gopher\r\nX-Original-URL: //{EVIL}/\r\nX-Rewrite-URL: //{EVIL}/\r\nReferer: https://{EVIL}/\r\nConnection: close\r\n\r\n"
    );
    Wire::open(&site.base).whole(request)
}

on_both! {
    /// Pages are kept for everybody: the first to ask for one must not choose its addresses.
    fn no_page_repeats_the_host_it_was_asked_by(site: TestSite) {
        site.publish_sample();
        let mut reader = site.client();
        for path in ["/", "/en/", "/c/plan", "/en/c/plan", "/c/plan/s/2.1.1", "/c/plan/draft", "/c/plan/s/2.1.1/embed", "/c/plan/comment", "/c/plan/paper", "/c/plan/follow",
                     "/feed.xml", "/sitemap.xml", "/robots.txt", "/api/v1/openapi.json", "/r", "/privacy", "/nothing", "/office"] {
            let (head, body) = lying(&site, path);
            let told = format!("{head}{body}");
            assert!(!told.contains(EVIL) && !told.contains("gopher"), "{path}: {told}");
            let after = reader.get(path).text();
            assert!(!after.contains(EVIL), "{path} was kept with another's words");
        }
        let section = reader.get("/c/plan/s/2.1.1").text();
        assert!(section.contains(&format!("{}/c/plan/s/2.1.1", site.base)), "addresses come from the settings");
    }

    /// Nothing that is sent along leads a browser away from the site.
    fn no_answer_leads_away(site: TestSite) {
        site.publish_sample();
        let mut reader = site.client();
        let out = ["//evil.example.com", "/\\evil.example.com", "https://evil.example.com", "%2f%2fevil.example.com", "/%09/evil.example.com", "javascript:alert(1)", "/\r\nLocation: //evil.example.com"];
        let mut told = Vec::new();
        for to in out {
            let said = serde_urlencoded::to_string([("back", to), ("next", to), ("number", to), ("section", to), ("k", to), ("url", to)]).unwrap();
            for path in ["/preferences", "/r", "/c/plan/comment", "/c/plan/submissions", "/c/plan/comment/files", "/c/plan/follow/sent", "/office", "/office/sign-in"] {
                told.push((path, to, reader.get(&format!("{path}?{said}"))));
            }
            for (path, fields) in [
                ("/preferences", vec![("size", "large"), ("back", to)]),
                ("/r", vec![("number", to), ("contact", to), ("next", to)]),
                ("/c/plan/comment", vec![("from", "tray"), ("go", to)]),
                ("/c/plan/follow", vec![("email", "qiu@example.org"), ("back", to)]),
                ("/office/sign-in", vec![("login", "nobody"), ("password", "x"), ("next", to)]),
            ] {
                told.push((path, to, reader.post(path, &fields)));
            }
        }
        for (path, to, reply) in told {
            assert!(reply.status < 500, "{path} {to}: {}", reply.status);
            let Some(location) = reply.header("location") else { continue };
            let inside = location.starts_with('/') && !location.starts_with("//") && !location.starts_with("/\\");
            assert!(inside && !location.contains('\t') && !location.contains('\n'), "{path} {to} leads to {location}");
        }
        for path in ["//evil.example.com", "//evil.example.com/c/plan/submissions", "/en//evil.example.com", "/c//evil.example.com/submissions", "/%5cevil.example.com/comment/files"] {
            let (head, _) = lying(&site, path);
            assert!(!head.to_lowercase().contains("\nlocation:"), "{path}: {head}");
        }
    }
}
