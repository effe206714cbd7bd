//! The file as the office handed it in, its pictures, and the texts that came with it.

use crate::on_both;
use crate::page::Page;
use crate::support::{TestSite, notice::NOTICE};
use jianyan::audit::model::Actor;
use jianyan::clock::FixedClock;
use jianyan::consultations::import::{import, prepare};
use jianyan::documents::outline::outline;
use jianyan::documents::published::{ImageRef, SourceFile};
use jianyan::documents::read::{Limits, from_bytes};

/// Publishes a text with its file and pictures, as a reader of office files hands them over.
pub fn publish(
    site: &TestSite,
    slug: &str,
    text: &str,
    name: &str,
    images: Vec<ImageRef>,
) -> String {
    let sha256 = site.storage.keep(text.as_bytes()).unwrap();
    let source = from_bytes(name, text.as_bytes(), &Limits::default()).unwrap();
    let mut new = prepare(outline(&source), Some(slug.to_owned())).unwrap();
    new.sources = vec![SourceFile {
        name: name.to_owned(),
        sha256: sha256.clone(),
        bytes: text.len() as u64,
    }];
    new.images = images;
    let (vault, clock) = (
        site.vault.clone(),
        FixedClock("2025-01-01T00:00:00+08:00".parse().unwrap()),
    );
    site.database
        .write_now(move |db| import(db, &vault, &Actor::System("test"), &clock, &new))
        .unwrap();
    sha256
}

/// A picture kept on the site.
pub fn picture(site: &TestSite, bytes: &[u8], media_type: &str, alt: &str) -> ImageRef {
    ImageRef {
        sha256: site.storage.keep(bytes).unwrap(),
        media_type: media_type.to_owned(),
        alt: alt.to_owned(),
    }
}

on_both! {
    /// Name, size and hash are told; the download is the very file, and a browser only saves it.
    fn the_original_can_be_had_byte_for_byte(site: TestSite) {
        let sha256 = publish(&site, "plan", NOTICE, "楼道 方案\"1\".txt", vec![]);
        let page = Page::read(&site.client().get("/c/plan").text());
        assert_eq!(page.packed(".hash", &[]), sha256);
        let told = page.packed(".originals", &[]);
        assert!(told.contains("楼道方案\"1\".txt4KB") || told.contains("楼道方案\"1\".txt3KB"), "{told}");
        assert!(page.links().contains(&"/c/plan/original/1"));
        let mut reader = site.client();
        let file = reader.get("/c/plan/original/1");
        assert_eq!(file.body, NOTICE.as_bytes());
        assert_eq!(file.header("content-type"), Some("application/octet-stream"));
        assert_eq!(file.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(file.header("content-security-policy"), Some("default-src 'none'; sandbox"));
        let disposition = file.header("content-disposition").unwrap();
        assert!(disposition.starts_with("attachment;") && disposition.contains("filename*=UTF-8''%E6%A5%BC%E9%81%93"), "{disposition}");
        reader.headers = vec![("if-none-match".to_owned(), file.header("etag").unwrap().to_owned())];
        assert_eq!(reader.get("/c/plan/original/1").status, 304);
        for wrong in ["0", "2", "x", "-1", "99999999999999999999"] {
            assert_eq!(site.client().get(&format!("/c/plan/original/{wrong}")).status, 404, "{wrong}");
        }
    }

    /// A file that is not kept is named with its hash, and no dead link is shown.
    fn a_file_that_is_not_kept_has_no_link(site: TestSite) {
        site.publish_sample();
        let page = Page::read(&site.client().get("/c/plan").text());
        assert_eq!(page.packed(".hash", &[]).len(), 64);
        assert!(!page.links().contains(&"/c/plan/original/1"));
        assert_eq!(site.client().get("/c/plan/original/1").status, 404);
    }

    /// Only the pictures of this consultation's published texts are sent, and only as pictures.
    fn pictures_belong_to_their_consultation(site: TestSite) {
        let photo = picture(&site, b"\x89PNG photo", "image/png", "楼道改造前");
        let trick = picture(&site, b"<svg onload=alert(1)>", "image/svg+xml", "");
        let other = picture(&site, b"other", "image/png", "");
        publish(&site, "plan", NOTICE, "a.txt", vec![photo.clone(), trick.clone()]);
        publish(&site, "second", &NOTICE.replace("95.5%", "96%"), "b.txt", vec![other.clone()]);
        let sent = site.client().get(&format!("/c/plan/images/{}", photo.sha256));
        assert_eq!((sent.status, sent.body.as_slice()), (200, b"\x89PNG photo".as_slice()));
        assert_eq!(sent.header("content-type"), Some("image/png"));
        assert_eq!(sent.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(sent.header("content-security-policy"), Some("default-src 'none'; sandbox"));
        assert!(sent.header("cache-control").unwrap().contains("immutable"));
        let secret = site.storage.keep(b"a raw letter").unwrap();
        for hash in [&trick.sha256, &other.sha256, &secret, "..%2f..", "0"] {
            assert_eq!(site.client().get(&format!("/c/plan/images/{hash}")).status, 404, "{hash}");
        }
        assert_eq!(site.client().get(&format!("/c/second/images/{}", other.sha256)).status, 200);
        // Before its hour nothing of a consultation is there, its pictures and its file neither.
        site.clock.set("2024-12-01T00:00:00+08:00");
        assert_eq!(site.client().get(&format!("/c/plan/images/{}", photo.sha256)).status, 404);
        assert_eq!(site.client().get("/c/plan/original/1").status, 404);
    }

    /// The texts of a file stand beside each other, each one step from the others.
    fn the_texts_stand_beside_each_other(site: TestSite) {
        site.publish_sample();
        for (path, here) in [("/c/plan/draft", "/c/plan/draft"), ("/c/plan/explanation", "/c/plan/explanation"), ("/c/plan/s/2.1", "")] {
            let page = Page::read(&site.client().get(path).text());
            for link in ["/c/plan/draft", "/c/plan/explanation"] {
                let tag = page.find("a", "href", link).unwrap();
                assert_eq!(tag.get("aria-current") == Some("page"), link == here, "{link} on {path}");
            }
        }
        for wrong in ["0", "1", "x"] {
            assert_eq!(site.client().get(&format!("/c/plan/attachments/{wrong}")).status, 404, "{wrong}");
        }
    }
}
