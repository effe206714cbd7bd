//! Pages go out packed to browsers that take them so, and are the same page.

use crate::on_both;
use crate::support::{Client, Reply, TestSite};
use std::io::Read;

fn get(client: &mut Client, path: &str, coding: &str) -> Reply {
    client.headers = vec![("accept-encoding".to_owned(), coding.to_owned())];
    client.get(path)
}

fn unpacked(reply: &Reply) -> Vec<u8> {
    let mut bytes = Vec::new();
    match reply.header("content-encoding") {
        Some("gzip") => {
            flate2::read::GzDecoder::new(reply.body.as_slice())
                .read_to_end(&mut bytes)
                .unwrap();
        }
        Some("br") => {
            brotli::Decompressor::new(reply.body.as_slice(), 4096)
                .read_to_end(&mut bytes)
                .unwrap();
        }
        other => {
            assert_eq!(other, None);
            bytes.clone_from(&reply.body);
        }
    }
    bytes
}

fn same_in_all_codings(site: &TestSite, path: &str) {
    let mut reader = site.client();
    let plain = get(&mut reader, path, "identity");
    assert_eq!(plain.header("content-encoding"), None);
    let mut tags = vec![plain.header("etag").map(str::to_owned)];
    for (asked, coding) in [
        ("gzip", "gzip"),
        ("gzip, deflate, br", "br"),
        ("br;q=0.2, gzip;q=0.9", "gzip"),
    ] {
        let reply = get(&mut reader, path, asked);
        assert_eq!(
            reply.header("content-encoding"),
            Some(coding),
            "{path} for {asked}"
        );
        assert_eq!(reply.header("vary"), Some("accept-encoding"));
        assert_eq!(reply.header("content-type"), plain.header("content-type"));
        assert!(
            reply.body.len() * 4 < plain.body.len() * 3,
            "{path}: {} of {}",
            reply.body.len(),
            plain.body.len()
        );
        assert_eq!(unpacked(&reply), plain.body, "{path} for {asked}");
        tags.push(reply.header("etag").map(str::to_owned));
    }
    if let Some(tag) = tags[2].clone() {
        tags.truncate(3);
        tags.sort();
        tags.dedup();
        assert_eq!(tags.len(), 3, "each form has an ETag of its own: {tags:?}");
        reader.headers = vec![
            ("accept-encoding".to_owned(), "br".to_owned()),
            ("if-none-match".to_owned(), tag.clone()),
        ];
        let again = reader.get(path);
        assert_eq!(
            (again.status, again.body.len(), again.header("etag")),
            (304, 0, Some(tag.as_str()))
        );
        reader.headers[0].1 = "gzip".to_owned();
        assert_eq!(
            reader.get(path).status,
            200,
            "another form is another answer"
        );
    }
}

on_both! {
    /// Whoever takes brotli or gzip gets less to load and the same words; an unchanged page is not
    /// sent again in any form.
    fn a_page_is_the_same_in_every_coding(site: TestSite) {
        site.publish_sample();
        for path in ["/", "/c/plan", "/c/plan/draft", "/c/plan/s/2.1.1", "/en/c/plan/explanation"] {
            same_in_all_codings(&site, path);
        }
        let page = crate::page::Page::read(&site.client().get("/c/plan/draft").text());
        let assets: Vec<String> = page.tags.iter()
            .filter_map(|tag| match tag.name.as_str() { "link" => tag.get("href"), "script" => tag.get("src"), _ => None })
            .filter(|href| href.starts_with("/assets/") && !href.ends_with("view.css"))
            .map(str::to_owned)
            .collect();
        assert_eq!(assets.len(), 2, "a style sheet and the script");
        for path in assets {
            same_in_all_codings(&site, &path);
        }
    }

    /// Only the pages that load the script let one run, and only ours.
    fn the_script_is_let_in_only_where_it_is_loaded(site: TestSite) {
        site.publish_sample();
        let mut reader = site.client();
        for (path, scripted) in [("/c/plan/draft", true), ("/c/plan/s/2.1", true), ("/c/plan/explanation", true), ("/", false), ("/c/plan", false), ("/c/plan/comment", true), ("/preferences", false)] {
            let reply = reader.get(path);
            let policy = reply.header("content-security-policy").unwrap();
            assert_eq!(policy.contains("script-src 'self';"), scripted, "{path}: {policy}");
            assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
            assert_eq!(reply.text().contains("<script src"), scripted, "{path}");
            if scripted {
                let name = if path.ends_with("comment") { "form" } else { "reading" };
                assert!(reply.text().contains(&format!("<script src=\"/assets/{name}-")), "{path}");
            }
        }
        let text = reader.get("/c/plan/s/2.1").text();
        assert!(text.contains(&format!("data-copy=\"{}/c/plan/s/2.1\"", site.base)));
    }

    /// Somebody's own pages are never packed: a secret beside words of another's choice could be
    /// guessed by the length.
    fn private_pages_are_not_packed(site: TestSite) {
        site.publish_sample();
        let mut reader = site.client();
        for path in ["/c/plan/comment", "/c/plan/find?q=%E6%A5%BC%E9%81%93", "/r"] {
            assert_eq!(get(&mut reader, path, "br, gzip").header("content-encoding"), None, "{path}");
        }
    }
}
