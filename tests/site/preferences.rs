//! A reader who needs larger type or more contrast, once and for all pages.

use crate::on_both;
use crate::page::Page;

on_both! {
    /// What is chosen holds for every page at once, and the pages themselves stay the same for all.
    fn a_choice_is_remembered_and_shows_at_once(site: TestSite) {
        site.publish_sample();
        let mut reader = site.client();
        let before = reader.get("/c/plan/s/2.1");
        assert_eq!(reader.get("/assets/view.css").text(), "");
        let page = Page::read(&before.text());
        let link = page.links().into_iter().find(|href| href.starts_with("/preferences")).unwrap().to_owned();
        let form = reader.get(&link);
        assert_eq!(form.header("cache-control"), Some("no-store"));
        let back = form.hidden("back");
        assert_eq!(back, "/c/plan/s/2.1");
        let done = reader.post("/preferences", &[("size", "large"), ("contrast", "high"), ("back", &back)]);
        assert_eq!(done.location(), "/c/plan/s/2.1");
        let cookie = done.header("set-cookie").unwrap().to_owned();
        for part in ["view=large-high", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=31536000"] {
            assert!(cookie.contains(part), "{part} is not in {cookie}");
        }
        assert!(!cookie.contains("Secure"), "the test's site has no TLS");

        let sheet = reader.get("/assets/view.css");
        assert!(sheet.text().contains("--root: 132.8125%") && sheet.text().contains("--ink: #000000"), "{}", sheet.text());
        assert_eq!(sheet.header("cache-control"), Some("private, no-cache"));
        assert_eq!(sheet.header("vary"), Some("cookie"));
        let after = reader.get("/c/plan/s/2.1");
        assert_eq!(after.body, before.body, "kept pages do not differ from reader to reader");
        let again = Page::read(&reader.get("/preferences").text());
        let chosen: Vec<&str> = again.tags.iter().filter(|tag| tag.get("checked").is_some()).filter_map(|tag| tag.get("value")).collect();
        assert_eq!(chosen, ["large", "high"]);

        reader.headers = vec![("if-none-match".to_owned(), sheet.header("etag").unwrap().to_owned())];
        assert_eq!(reader.get("/assets/view.css").status, 304);
        reader.headers.clear();
        reader.post("/preferences", &[("size", "normal"), ("contrast", "normal"), ("back", "/")]);
        assert_eq!(reader.get("/assets/view.css").text(), "", "back to the ordinary look");
    }

    /// Every page, the office's too, asks for the reader's own sheet after its others.
    fn every_page_has_the_readers_sheet(site: TestSite) {
        site.publish_sample();
        let mut staff = site.staff();
        for path in ["/", "/en/", "/c/plan", "/c/plan/draft", "/privacy", "/r", "/none", "/office/sign-in", "/office", "/office/c/plan/remarks"] {
            let page = Page::read(&staff.get(path).text());
            let sheets: Vec<&str> = page.tags.iter().filter(|tag| tag.get("rel") == Some("stylesheet")).filter_map(|tag| tag.get("href")).collect();
            assert_eq!(sheets.last(), Some(&"/assets/view.css"), "{path}");
            assert!(page.links().iter().any(|href| href.contains("/preferences?back=")), "{path}");
        }
    }

    /// Nobody is led to another site, and no other site sets the choice.
    fn the_way_back_stays_on_the_site(site: TestSite) {
        for foreign in ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\t/evil.example", ""] {
            let reply = site.client().post("/preferences", &[("size", "large"), ("back", foreign)]);
            assert_eq!(reply.location(), "/", "{foreign}");
            let query = serde_urlencoded::to_string([("back", foreign)]).unwrap();
            assert_eq!(site.client().get(&format!("/preferences?{query}")).hidden("back"), "/", "{foreign}");
        }
        let mut other = site.client();
        other.headers = vec![("sec-fetch-site".to_owned(), "cross-site".to_owned())];
        let reply = other.post("/preferences", &[("size", "large"), ("back", "/")]);
        assert_eq!(reply.status, 403);
        assert!(reply.header("set-cookie").is_none());
    }
}
