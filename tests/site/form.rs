//! The form: what is asked, what is understood, what is kept when something is wrong, and what is
//! not taken at all.

use crate::on_both;
use crate::page::Page;
use crate::support::{Reply, TestSite};
use crate::window::form;
use jianyan::intake::find::by_receipt;
use jianyan::intake::model::submission::{Sender, TEXT_LIMIT};

const PATH: &str = "/c/plan/submissions";
const FORM_TYPE: &str = "application/x-www-form-urlencoded";

type Changes<'a> = &'a [(&'static str, &'a str)];

/// The right form with some fields changed.
fn with<'a>(changes: &[(&'static str, &'a str)]) -> Vec<(&'static str, &'a str)> {
    let mut fields = form("楼道里的灯也请一起换。");
    for (name, value) in changes {
        fields.iter_mut().find(|(key, _)| key == name).unwrap().1 = value;
    }
    fields
}

fn send(site: &TestSite, changes: &[(&'static str, &str)]) -> Reply {
    site.client().post(PATH, &with(changes))
}

/// How many submissions are stored.
fn stored(site: &TestSite) -> usize {
    crate::receipt::dump(site, "submissions").len()
}

fn sender(site: &TestSite, reply: &Reply) -> Sender {
    let (receipt, vault, now) = (reply.receipt(), site.vault.clone(), site.clock().now());
    let found = site
        .database
        .read_now(|db| by_receipt(db, &vault, &receipt, now))
        .unwrap();
    found.expect("a submission under its receipt").sender
}

/// A refused form: 422, the summary leads to the field, the title says so.
fn refused(reply: &Reply, fields: &[&str]) -> Page {
    assert_eq!(reply.status, 422, "{}", reply.text());
    let page = Page::read(&reply.text());
    assert!(page.title().starts_with("错误：提意见"), "{}", page.title());
    let linked: Vec<&str> = page
        .links()
        .into_iter()
        .filter_map(|link| link.strip_prefix('#'))
        .filter(|link| *link != "main")
        .collect();
    assert_eq!(linked, fields, "{}", page.line(".summary"));
    for field in fields {
        let there = page.tags.iter().any(|tag| tag.get("id") == Some(field));
        assert!(there, "the summary leads nowhere: #{field}");
    }
    page
}

on_both! {
    /// Each field that is missing or wrong is named; the others keep their values; nothing is stored.
    fn each_fault_is_named(site: TestSite) {
        site.publish_sample();
        let long = "长".repeat(TEXT_LIMIT + 1);
        let longer_name = "甲".repeat(61);
        let cases: &[(Changes, &[&str])] = &[
            (&[("text", "")], &["text"]),
            (&[("text", " \u{3000}\r\n ")], &["text"]),
            (&[("text", &long)], &["text"]),
            (&[("text", "响铃\u{7}")], &["text"]),
            (&[("sender_kind", "")], &["sender_person"]),
            (&[("sender_kind", "ghost")], &["sender_person"]),
            (&[("name", "")], &["name"]),
            (&[("name", &longer_name)], &["name"]),
            (&[("name", "\u{202e}秋知沈")], &["name"]),
            (&[("phone", "")], &["phone"]),
            (&[("phone", "1990000")], &["phone"]),
            (&[("phone", "没有电话")], &["phone"]),
            (&[("email", "zhang#example.org")], &["email"]),
            (&[("address", "一\n二")], &["address"]),
            (&[("sender_kind", "organisation")], &["organisation"]),
            (&[("consent", "")], &["consent"]),
            (&[("consent", "no")], &["consent"]),
            (&[("section", "9.9.9")], &["section"]),
            (&[("section", "2.1.1'--")], &["section"]),
            (&[("text", ""), ("name", ""), ("phone", ""), ("consent", "")], &["text", "name", "phone", "consent"]),
        ];
        for (changes, fields) in cases {
            let reply = send(&site, changes);
            let page = refused(&reply, fields);
            for (name, value) in with(changes) {
                if matches!(name, "text" | "name" | "organisation" | "phone" | "email" | "address") {
                    assert_eq!(page.value(name).replace(['\r', '\n'], ""), value.replace(['\r', '\n'], ""), "{name} was not kept");
                }
            }
            for field in *fields {
                let said = page.tags.iter().any(|tag| {
                    tag.get("id") == Some(&format!("{}-error", field.replace("sender_person", "sender_kind")))
                });
                assert!(said, "no words beside {field}");
            }
        }
        assert_eq!(stored(&site), 0);
        let english = site.client().post("/en/c/plan/submissions", &with(&[("text", "")]));
        assert!(Page::read(&english.text()).title().starts_with("Error: Send a comment"));
    }

    /// What was typed comes back as it was typed, and as words, never as markup.
    fn what_was_typed_comes_back(site: TestSite) {
        site.publish_sample();
        let text = "</textarea><script>alert(1)</script> & \"双\" '单' １２３ 🙂👨‍👩‍👧 𠮷野家\n第二行\t{{ x }}";
        let name = "O'Neil \"<b>张</b>\" & 🙂";
        let reply = send(&site, &[("text", text), ("name", name), ("email", "a\"><b>@x"), ("address", "<&>\"'"), ("consent", "")]);
        let page = refused(&reply, &["email", "consent"]);
        assert_eq!(page.value("text"), text);
        assert_eq!(page.value("name"), name);
        assert_eq!(page.value("email"), "a\"><b>@x");
        assert_eq!(page.value("address"), "<&>\"'");
        assert!(page.find("input", "id", "sender_person").unwrap().get("checked").is_some());
        assert!(page.find("input", "name", "section").is_some_and(|kept| kept.get("value") == Some("2.1.1")));
        assert!(!reply.text().contains("<script"));
        // Put right, it is taken as it was typed.
        let taken = send(&site, &[("text", text), ("name", name), ("address", "<&>\"'")]);
        let shown = site.client().get(&site.receipt(&taken.receipt()));
        let page = Page::read(&shown.text());
        assert_eq!(page.packed(".remark-text", &[]), crate::page::packed(text));
        assert_eq!(sender(&site, &taken).name.as_deref(), Some(name));
    }

    /// Telephone numbers and addresses as people type them.
    fn what_people_type_is_understood(site: TestSite) {
        site.publish_sample();
        for (typed, kept) in [
            ("19900001234", "19900001234"), ("199 0000 1234", "19900001234"), ("199-0000-1234", "19900001234"),
            ("１９９００００１２３４", "19900001234"), ("+86 199 0000 1234", "19900001234"), ("+86-19900001234", "19900001234"),
            ("008619900001234", "19900001234"), ("（＋８６）19900001234", "19900001234"), ("手机：19900001234", "19900001234"),
            ("\u{200b}19900001234\u{202c}", "19900001234"), ("0900-5550123", "0900-5550123"), ("(0900)5550123", "0900-5550123"),
            ("0900—5550123", "0900-5550123"), ("09005550123转801", "0900-5550123转801"), ("0900-5550123-801", "0900-5550123转801"),
            ("０９００－５５５０１２３", "0900-5550123"), ("5550123", "5550123"), ("400-000-1234", "400-000-1234"), ("+852 0000 0000", "+85200000000"),
        ] {
            let reply = send(&site, &[("phone", typed)]);
            assert_eq!(reply.status, 303, "{typed}: {}", reply.text());
            assert_eq!(sender(&site, &reply).phones, [kept], "{typed}");
        }
        for (typed, kept) in [
            ("qiu@example.org", "qiu@example.org"), (" qiu@example.org ", "qiu@example.org"), ("qiu＠example．org", "qiu@example.org"),
            ("qiu@example。org", "qiu@example.org"), ("Qiu.Shen@EXAMPLE.org", "Qiu.Shen@example.org"), ("mailto:qiu@example.org", "qiu@example.org"),
            ("<qiu@example.org>", "qiu@example.org"), ("ｑｉｕ@example.org，", "qiu@example.org"), ("qiu+jianyan@example.org", "qiu+jianyan@example.org"),
        ] {
            let reply = send(&site, &[("phone", ""), ("email", typed)]);
            assert_eq!(reply.status, 303, "{typed}: {}", reply.text());
            assert_eq!(sender(&site, &reply).emails, [kept], "{typed}");
        }
    }

    /// An organisation gives its name; whom to ask for is its own choice.
    fn an_organisation_comments(site: TestSite) {
        site.publish_sample();
        let body = "青禾区示例物业服务有限公司";
        let alone = send(&site, &[("sender_kind", "organisation"), ("organisation", body), ("name", "")]);
        let shown = Page::read(&site.client().get(&site.receipt(&alone.receipt())).text());
        assert!(shown.line(".from").contains(body));
        let both = send(&site, &[("sender_kind", "organisation"), ("organisation", body)]);
        assert_ne!(both.receipt(), alone.receipt());
        let kept = sender(&site, &both);
        assert_eq!((kept.organisation.as_deref(), kept.name.as_deref()), (Some(body), Some("沈知秋")));
    }

    /// The whole draft, a bullet and an article can be commented on; the longest text is taken.
    fn every_place_and_length(site: TestSite) {
        site.publish_sample();
        let most = "字".repeat(TEXT_LIMIT);
        assert_eq!(send(&site, &[("section", "")]).status, 303);
        assert_eq!(send(&site, &[("section", " 1.2 ")]).status, 303);
        assert_eq!(send(&site, &[("text", &most)]).status, 303);
        let emoji = "🙂".repeat(TEXT_LIMIT);
        let reply = send(&site, &[("text", &emoji)]);
        assert!(matches!(reply.status, 303 | 413), "{}", reply.text());
        assert_eq!(stored(&site), 3 + usize::from(reply.status == 303));
    }

    /// Bodies that are no form of ours.
    fn other_bodies_are_refused(site: TestSite) {
        site.publish_sample();
        let mut client = site.client();
        let right = serde_urlencoded::to_string(form("好")).unwrap();
        let over = format!("{right}&more={}", "x".repeat(site.config.form_limit_bytes));
        let said = client.post_raw(PATH, FORM_TYPE, over.as_bytes());
        assert_eq!(said.status, 413);
        assert!(said.text().contains("1024 KB"), "{}", said.text());
        for media_type in ["application/json", "text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencodedx", ""] {
            let said = client.post_raw(PATH, media_type, right.as_bytes());
            assert!(matches!(said.status, 415 | 422), "{media_type}: {}", said.status);
            assert!(!said.text().contains("系统出了问题") && said.text().contains("没有"), "{media_type}: {}", said.text());
        }
        let taken = client.post_raw(PATH, "Application/X-WWW-Form-URLEncoded; charset=UTF-8", right.as_bytes());
        assert_eq!(taken.status, 303, "{}", taken.text());
        for body in [&b""[..], b"&&&", b"text", b"=", b"text=%FF%FE&name=%C3%28", b"\xff\xfe\x00", b"text=%", b"text=%zz", "text=甲".as_bytes()] {
            let said = client.post_raw(PATH, FORM_TYPE, body);
            assert_eq!(said.status, 422, "{body:?}");
            assert!(!said.text().contains("系统出了问题"), "{body:?}: {}", said.text());
        }
        assert_eq!(stored(&site), 1);
    }

    /// A NUL, which one database takes and the other does not, is answered the same on both.
    fn a_nul_is_no_accident(site: TestSite) {
        site.publish_sample();
        for field in ["section", "text", "sender_kind", "name", "organisation", "phone", "email", "address", "consent"] {
            let fields = with(&[(field, "甲\u{0}乙")]);
            let status = site.client().post(PATH, &fields).status;
            assert!(matches!(status, 303 | 422), "{field}: {status}");
        }
    }

    /// Of a field that comes twice the first counts, in every field alike.
    fn doubled_fields(site: TestSite) {
        site.publish_sample();
        let mut fields = form("第一次写的");
        fields.extend([("text", "第二次写的"), ("name", "另一个人"), ("phone", "错"), ("consent", "no")]);
        let reply = site.client().post(PATH, &fields);
        let shown = site.client().get(&site.receipt(&reply.receipt())).text();
        assert!(shown.contains("第一次写的") && !shown.contains("第二次写的"));
        assert_eq!(sender(&site, &reply).name.as_deref(), Some("沈知秋"));
    }

    /// Only this site's own pages, and programs that are no browser, can send the form.
    fn posts_from_elsewhere_are_refused(site: TestSite) {
        site.publish_sample();
        let own = site.base.clone();
        let cases: &[(&[(&str, &str)], u16)] = &[
            (&[], 303),
            (&[("sec-fetch-site", "same-origin")], 303),
            (&[("sec-fetch-site", "none")], 303),
            (&[("origin", &own)], 303),
            (&[("sec-fetch-site", "same-origin"), ("origin", &own)], 303),
            (&[("sec-fetch-site", "cross-site")], 403),
            (&[("sec-fetch-site", "cross-site"), ("origin", &own)], 403),
            (&[("sec-fetch-site", "same-site"), ("origin", "https://other.example.org")], 403),
            (&[("origin", "https://evil.example.com")], 403),
            (&[("origin", "null")], 403),
            (&[("origin", "")], 403),
            (&[("origin", "http://127.0.0.1.example.com")], 403),
        ];
        for (headers, wanted) in cases {
            let before = stored(&site);
            let mut client = site.client();
            client.headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            let text = format!("{headers:?}");
            let reply = client.post(PATH, &form(&text));
            assert_eq!(reply.status, *wanted, "{headers:?}");
            assert_eq!(stored(&site) - before, usize::from(*wanted == 303), "{headers:?}");
        }
    }

    /// Whoever reloads the address of a refused form gets the form, not an empty page.
    fn the_forms_address_leads_to_the_form(site: TestSite) {
        site.publish_sample();
        assert_eq!(site.client().get("/c/plan/submissions").location(), "/c/plan/comment");
        assert_eq!(site.client().get("/en/c/plan/submissions").location(), "/en/c/plan/comment");
    }

    /// What every answer carries, whatever it is.
    fn every_answer_is_guarded(site: TestSite) {
        site.publish_sample();
        let mut client = site.client();
        let sent = send(&site, &[]);
        let receipt = format!("/r/{}", sent.receipt());
        let mut answers = vec![sent, send(&site, &[("text", "")]), client.post_raw(PATH, "text/plain", b"x")];
        let paths = ["/", "/en/", "/c/plan", "/c/plan/s/1", "/c/plan/draft", "/c/plan/explanation", "/c/plan/comment", "/r", "/r?number=x",
                     "/r?number=0000000000000000", "/r/0000000000000000", "/privacy", "/nothing", "/c/nothing", "/office", "/office/sign-in",
                     "/healthz", "/readyz", "/assets/nothing.css", "/c/plan/submissions", &receipt];
        answers.extend(paths.iter().map(|path| client.get(path)));
        for (answer, path) in answers.iter().zip(["sent", "422", "422"].iter().chain(&paths)) {
            assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
            assert_eq!(answer.header("referrer-policy"), Some("same-origin"), "{path}");
            let policy = answer.header("content-security-policy").unwrap_or_else(|| panic!("no policy: {path}"));
            assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), "{policy}");
            let html = answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
            let text = if html { answer.text() } else { String::new() };
            // JSON-LD is data and never run.
            let text = text.replace("<script type=\"application/ld+json\">", "");
            let scripts = (text.matches("<script").count(), text.matches("<script src=\"/assets/").count());
            assert!(!text.contains("style=\"") && scripts.0 == scripts.1, "{path}");
        }
        for path in [receipt.as_str(), "/r?number=x", "/c/plan/comment", "/office/sign-in"] {
            let answer = client.get(path);
            // The way back in the browser leads to what was typed in a step.
            let kept = if path == "/c/plan/comment" { "private, no-cache" } else { "no-store" };
            assert_eq!(answer.header("cache-control"), Some(kept), "{path}");
            assert_eq!(answer.header("x-robots-tag"), Some("noindex"), "{path}");
        }
    }
}
