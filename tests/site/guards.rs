//! The headers that guard the reader: the same on an answer that is made, kept, not modified, packed,
//! asked for its head, in both languages; at every address that the service has.

use crate::on_both;
use crate::support::{Client, Reply};
use std::path::{Path, PathBuf};

const GUARDS: [&str; 4] = [
    "content-security-policy",
    "x-content-type-options",
    "referrer-policy",
    "cross-origin-opener-policy",
];

/// Addresses without a language.
const COMMON: &[&str] = &[
    "/healthz",
    "/readyz",
    "/assets/view.css",
    "/assets/nothing.css",
    "/sitemap.xml",
    "/sitemap-1.xml",
    "/robots.txt",
    "/api/v1/openapi.json",
    "/api/v1/consultations",
    "/api/v1/consultations/plan",
    "/api/v1/consultations/plan/outline",
    "/api/v1/consultations/plan/sections/2.1.1",
    "/api/v1/consultations/plan/versions",
    "/api/v1/consultations/plan/versions/1",
    "/api/v1/consultations/plan/versions/1/changes",
];

/// Addresses below a language; `{receipt}` stands for the number of a form that was sent.
const PAGES: &[&str] = &[
    "/",
    "/c/plan",
    "/c/plan/s/2.1.1",
    "/c/plan/s/2.1.1/embed",
    "/c/plan/v/1/s/2.1.1",
    "/c/plan/v/1/draft",
    "/c/plan/versions",
    "/c/plan/changes/1",
    "/c/plan/draft",
    "/c/plan/explanation",
    "/c/plan/attachments/1",
    "/c/plan/units",
    "/c/plan/units/nobody",
    "/c/plan/find?q=%E6%A5%BC%E9%81%93",
    "/c/plan/original/1",
    "/c/plan/images/0",
    "/c/plan/feedback",
    "/c/plan/follow",
    "/c/plan/follow/sent",
    "/c/plan/comment",
    "/c/plan/comment/files",
    "/c/plan/comments",
    "/c/plan/paper",
    "/c/plan/submissions",
    "/c/plan/uploads",
    "/f/nobody/x",
    "/f/nobody/x/stop",
    "/feed.xml",
    "/preferences",
    "/privacy",
    "/r",
    "/r?number=x",
    "/r/{receipt}",
    "/r/{receipt}/supplement",
    "/r/{receipt}/withdraw",
    "/r/{receipt}/requests",
    "/r/{receipt}/complete/x",
    "/r/{receipt}/confirm/x",
    "/nothing",
    "/c/nothing",
    "/c//",
    "/c/plan/v/x/draft",
];

/// Addresses of the office below a language.
const OFFICE: &[&str] = &[
    "/office",
    "/office/accounts",
    "/office/password",
    "/office/sign-in",
    "/office/sign-out",
    "/office/c/plan/audit",
    "/office/c/plan/export",
    "/office/c/plan/letters",
    "/office/c/plan/letters/x",
    "/office/c/plan/letters/x/body",
    "/office/c/plan/letters/x/contact",
    "/office/c/plan/letters/x/decide",
    "/office/c/plan/letters/x/raw",
    "/office/c/plan/letters/x/remarks",
    "/office/c/plan/publish",
    "/office/c/plan/remarks",
    "/office/c/plan/remarks/x",
    "/office/c/plan/remarks/x/outcome",
    "/office/c/plan/remarks/x/section",
    "/office/c/plan/submissions",
    "/office/c/plan/submissions/new",
    "/office/c/plan/submissions/x/messages",
    "/office/c/plan/submissions/x/attachments/x",
    "/office/c/plan/versions",
    "/office/c/plan/wall",
    "/office/c/plan/wall/x",
    "/office/c/plan/window",
    "/office/imports",
    "/office/imports/x",
    "/office/imports/x/check",
    "/office/imports/x/discard",
    "/office/imports/x/edits",
    "/office/imports/x/facts",
    "/office/imports/x/matches",
    "/office/imports/x/publish",
    "/office/imports/x/withdraw",
    "/office/mailboxes",
    "/office/mailboxes/assign",
    "/office/mailboxes/letters/x/raw",
    "/office/mailboxes/retry",
    "/office/mails",
    "/office/mails/retry",
    "/office/requests",
    "/office/requests/x",
    "/office/requests/x/copy",
];

fn guards(reply: &Reply) -> Vec<(&'static str, Vec<&str>)> {
    let all = |name| {
        let headers = reply.headers.iter();
        headers
            .filter(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
            .collect()
    };
    GUARDS.iter().map(|name| (*name, all(*name))).collect()
}

fn ask(client: &mut Client, path: &str, headers: &[(&str, &str)]) -> Reply {
    let owned = headers.iter();
    client.headers = owned
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    client.get(path)
}

/// Asks an address in every way and gives whether it was answered 304 once.
fn same_in_every_way(client: &mut Client, path: &str) -> bool {
    let fresh = ask(client, path, &[]);
    let wanted = guards(&fresh);
    for (name, values) in &wanted {
        assert_eq!(values.len(), 1, "{path} {}: {name}", fresh.status);
    }
    assert!(
        fresh
            .header(GUARDS[0])
            .unwrap()
            .contains("default-src 'none'"),
        "{path}"
    );
    assert_eq!(fresh.header(GUARDS[1]), Some("nosniff"), "{path}");
    let mut not_modified = false;
    for coding in ["identity", "gzip", "br", "identity", "gzip", "br"] {
        let kept = ask(client, path, &[("accept-encoding", coding)]);
        assert_eq!(
            (kept.status, guards(&kept)),
            (fresh.status, wanted.clone()),
            "{path} kept, {coding}"
        );
        let head = {
            client.headers = vec![("accept-encoding".to_owned(), coding.to_owned())];
            client.head(path)
        };
        assert_eq!(
            (head.status, guards(&head)),
            (fresh.status, wanted.clone()),
            "HEAD {path}, {coding}"
        );
        let Some(etag) = kept.header("etag") else {
            continue;
        };
        let known = [("accept-encoding", coding), ("if-none-match", etag)];
        let again = ask(client, path, &known);
        let head = client.head(path);
        for again in [again, head] {
            assert_eq!(
                (again.status, guards(&again)),
                (304, wanted.clone()),
                "{path} known, {coding}"
            );
        }
        not_modified = true;
    }
    not_modified
}

/// The patterns that the routes register.
fn registered() -> Vec<String> {
    fn visit(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                visit(&path, files);
            } else {
                files.push(path);
            }
        }
    }
    let web = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web");
    let mut files = vec![web.join("server.rs")];
    visit(&web.join("routes"), &mut files);
    let mut found = Vec::new();
    for file in files {
        let source = std::fs::read_to_string(file).unwrap();
        for (mark, start) in [
            ("resource(\"", ""),
            (".route(\"", ""),
            ("(below(\"", "/api/v1/consultations/{slug}"),
        ] {
            for rest in source.split(mark).skip(1) {
                found.push(format!("{start}{}", rest.split('"').next().unwrap()));
            }
        }
    }
    found
}

fn is_at(path: &str, pattern: &str) -> bool {
    let path = path.split('?').next().unwrap();
    let (mut path, mut pattern) = (path.split('/'), pattern.split('/'));
    loop {
        match (path.next(), pattern.next()) {
            (None, None) => return true,
            (Some(one), Some(part)) => match part.split_once('{') {
                Some((start, _)) if one.len() > start.len() && one.starts_with(start) => {}
                None if one == part => {}
                _ => return false,
            },
            _ => return false,
        }
    }
}

/// An address that is added must be asked here too.
#[test]
fn every_address_is_asked() {
    let patterns = registered();
    assert!(patterns.len() > 80, "{}", patterns.len());
    let asked = || {
        COMMON
            .iter()
            .chain(PAGES)
            .chain(OFFICE)
            .chain(&["/en", "/en/"])
    };
    for pattern in patterns {
        assert!(
            asked().any(|path| is_at(path, &pattern)),
            "{pattern} is not asked"
        );
    }
}

on_both! {
    /// A page that was kept, and the answer that it has not changed, guard like the first one.
    fn kept_answers_guard_like_fresh_ones(site: TestSite) {
        site.publish_sample();
        let sent = site.client().post("/c/plan/submissions", &crate::window::form("楼道里太暗。"));
        let (path, query) = site.receipt(&sent.receipt()).split_once('?').map(|(path, query)| (path.to_owned(), query.to_owned())).unwrap();
        let mut reader = site.client();
        let mut not_modified = 0;
        for page in COMMON.iter().chain(PAGES) {
            let has_pass = page.starts_with("/r/{receipt}");
            let page = page.replace("/r/{receipt}", &path);
            let page = if has_pass { format!("{page}?{query}") } else { page };
            for prefix in ["", "/en"] {
                not_modified += usize::from(same_in_every_way(&mut reader, &format!("{prefix}{page}")));
            }
        }
        assert!(not_modified >= 20, "{not_modified} addresses were answered 304");
        reader.headers.clear();
        let asset = crate::page::Page::read(&reader.get("/").text());
        let sheets = asset.tags.iter().filter(|tag| tag.name == "link").filter_map(|tag| tag.get("href")).filter(|href| href.starts_with("/assets/"));
        let sheets: Vec<_> = sheets.map(str::to_owned).collect();
        assert!(!sheets.is_empty());
        for sheet in sheets {
            same_in_every_way(&mut reader, &sheet);
        }
        let embed = reader.get("/c/plan/s/2.1.1/embed");
        assert!(embed.header(GUARDS[0]).unwrap().contains("frame-ancestors https://www.example.org"));
    }

    /// The office's pages too, for somebody who is signed in and for somebody who is not.
    fn the_offices_answers_guard(site: TestSite) {
        site.publish_sample();
        let mut clients = [site.client(), site.staff()];
        for client in &mut clients {
            for page in OFFICE {
                for prefix in ["", "/en"] {
                    same_in_every_way(client, &format!("{prefix}{page}"));
                }
            }
        }
    }

    /// What is refused guards as well: a post from elsewhere, a method that an address does not have.
    fn refusals_guard(site: TestSite) {
        site.publish_sample();
        let mut client = site.client();
        client.headers = vec![("sec-fetch-site".to_owned(), "cross-site".to_owned())];
        for page in COMMON.iter().chain(PAGES).chain(OFFICE) {
            for prefix in ["", "/en"] {
                let path = format!("{prefix}{page}");
                for reply in [client.post(&path, &[("x", "y")]), client.post_raw(&path, "text/plain", b"x"), client.delete(&path)] {
                    for (name, values) in guards(&reply) {
                        assert_eq!(values.len(), 1, "{path} {}: {name}", reply.status);
                    }
                }
            }
        }
    }
}
