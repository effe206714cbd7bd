//! Looking a receipt up: the number and the contact together, and nothing told to whoever has one
//! of them only.

use crate::on_both;
use crate::page::Page;
use crate::support::{Reply, TestSite};
use crate::window::form;
use jianyan::intake::after::look_up::{LookedUp, look_up};

const PHONE: &str = "19900001234";

fn send(site: &TestSite, text: &str, changed: &[(&str, &'static str)]) -> String {
    let text = text.to_owned();
    let mut fields = form(&text);
    for (name, value) in changed {
        fields.iter_mut().find(|(key, _)| key == name).unwrap().1 = value;
    }
    site.client().post("/c/plan/submissions", &fields).receipt()
}

fn ask(site: &TestSite, number: &str, contact: &str) -> Reply {
    site.client()
        .post("/r", &[("number", number), ("contact", contact)])
}

/// Everything of an answer that could tell one case from another, the typed number taken out.
fn told(reply: &Reply, number: &str) -> (u16, Vec<(String, String)>, String) {
    let mut headers = reply.headers.clone();
    headers.retain(|(name, _)| name != "date");
    headers.sort();
    (reply.status, headers, reply.text().replace(number, "…"))
}

fn looked(site: &TestSite, number: &str, contact: &str) -> LookedUp {
    let (vault, now) = (site.vault.clone(), jianyan::clock::Clock::now(&site.clock));
    site.database
        .read_now(|db| look_up(db, &vault, number, contact, now))
        .unwrap()
}

on_both! {
    /// Number and contact open it, however they are typed, in both languages.
    fn what_people_type_is_understood(site: TestSite) {
        site.publish_sample();
        // Until one has a digit that people misread.
        let number = (0..200)
            .map(|index| send(&site, &format!("意见{index}"), &[("email", "shen@example.org")]))
            .find(|number| number.contains('0') || number.contains('1'))
            .unwrap();
        let bare = number.replace('-', "");
        let wide: String = bare.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap()).collect();
        for typed in [
            number.clone(), number.to_lowercase(), bare.clone(), format!("  {bare} "), number.replace('-', " "), number.replace('-', "—"),
            number.replace('0', "O").replace('1', "l"), number.replace('0', "o").replace('1', "I"), wide,
        ] {
            let reply = ask(&site, &typed, PHONE);
            assert!(reply.location().starts_with(&format!("/r/{number}?k=")), "{typed}");
        }
        for typed in ["199 0000 1234", "+86-199-0000-1234", "１９９００００１２３４", " SHEN@Example.ORG "] {
            let reply = ask(&site, &number, typed);
            let shown = site.client().get(reply.location());
            assert!(shown.status == 200 && shown.text().contains("您的意见") && shown.text().contains(&number), "{typed}");
        }
        let english = site.client().post("/en/r", &[("number", &number), ("contact", PHONE)]);
        assert!(english.location().starts_with(&format!("/en/r/{number}?k=")));
        assert!(site.client().get(english.location()).text().contains("Receipt for your comment"));
    }

    /// The number alone shows the form, filled in, whether there is such a number or not.
    fn a_number_alone_opens_nothing(site: TestSite) {
        site.publish_sample();
        let number = send(&site, "只有号码的人看不到这句话", &[]);
        let none = "5ABC-9QXD-4RTB-2HWN";
        let mut reader = site.client();
        for ways in [["/r/", ""], ["/r?number=", ""], ["/r/", "/supplement"], ["/r/", "/withdraw"], ["/r/", "/requests"], ["/r/", "?k=1749520800-00&sent=1"]] {
            let mut show = |number: &str| reader.get(&format!("{}{number}{}", ways[0], ways[1]));
            let (there, nowhere) = (show(&number), show(none));
            assert_eq!(told(&there, &number), told(&nowhere, none), "{ways:?}");
            assert_eq!(there.status, 200);
            let page = Page::read(&there.text());
            assert_eq!(page.value("number"), number);
            assert!(!page.title().contains("错误") && !there.text().contains("只有号码的人"));
            assert_eq!(there.header("cache-control"), Some("no-store"));
            assert_eq!(there.header("x-robots-tag"), Some("noindex"));
        }
        // What was written on a page whose hour is over is given back.
        for number in [number.as_str(), none] {
            let late = reader.post(&format!("/r/{number}/supplement"), &[("k", "1-00"), ("text", "写了很久的话")]);
            assert_eq!(late.status, 403);
            assert_eq!(Page::read(&late.text()).value("kept"), "写了很久的话");
        }
    }

    /// A wrong number and a wrong contact get the same answer, and take the same work.
    fn no_oracle(site: TestSite) {
        site.publish_sample();
        let number = send(&site, "意见", &[]);
        for index in 0..12 {
            send(&site, &format!("别人的意见{index}"), &[("phone", "19900005678")]);
        }
        let none = "5ABC-9QXD-4RTB-2HWN";
        let wrong_contact = ask(&site, &number, "19900009999");
        let wrong_number = ask(&site, none, "19900009999");
        assert_eq!(wrong_contact.status, 404);
        assert_eq!(told(&wrong_contact, &number), told(&wrong_number, none));
        let page = Page::read(&wrong_contact.text());
        assert!(page.title().starts_with("错误：") && wrong_contact.text().contains("没有查到"));
        assert_eq!((page.value("number"), page.value("contact")), (number.clone(), "19900009999".to_owned()));

        let right = looked(&site, &number, PHONE);
        assert!(right.allowed && right.work.contacts_opened == 1 && right.work.rows_asked_for > 0, "{right:?}");
        // The number of another person, the highest and lowest there can be, and one of nobody.
        for (number, contact) in [(number.as_str(), "19900005678"), (none, PHONE), ("0000-0000-0000-0000", ""), ("ZZZZ-ZZZZ-ZZZZ-ZZZZ", "x")] {
            let wrong = looked(&site, number, contact);
            assert!(!wrong.allowed, "{number} {contact}");
            assert_eq!(wrong.work, right.work, "{number} {contact}");
        }
    }

    /// Malformed fields are named; that tells nothing of what is kept.
    fn malformed_fields_are_named(site: TestSite) {
        site.publish_sample();
        for typed in ["", "x", "7K2M-9QXD-4RTB-2HW", "7K2M-9QXD-4RTB-2HWNN", "7K2M-9QXD-4RTB-2HW*", "<b>\"'&", "\0", "🙂", &"7".repeat(5_000)] {
            let wrong = ask(&site, typed, PHONE);
            assert_eq!(wrong.status, 422, "{typed}");
            let page = Page::read(&wrong.text());
            assert!(page.title().starts_with("错误：") && page.links().contains(&"#number"), "{typed}");
            assert_eq!(page.value("number"), typed);
            assert_eq!(page.value("contact"), PHONE);
        }
        for typed in ["", "  ", &"9".repeat(201)] {
            let wrong = ask(&site, "7K2M-9QXD-4RTB-2HWN", typed);
            assert_eq!(wrong.status, 422, "{typed}");
            assert!(Page::read(&wrong.text()).links().contains(&"#contact"), "{typed}");
        }
        let query = serde_urlencoded::to_string([("number", "<b>\"'&\u{202E}")]).unwrap();
        assert_eq!(Page::read(&site.client().get(&format!("/r?{query}")).text()).value("number"), "<b>\"'&\u{202E}");
    }

    /// The pass is for one receipt and one hour, and stays on this site.
    fn a_pass_ends(site: TestSite) {
        site.publish_sample();
        let number = send(&site, "一个小时里看得到", &[]);
        let other = send(&site, "另一个人的话", &[("phone", "19900005678")]);
        let address = ask(&site, &number, PHONE).location().to_owned();
        let shown = site.client().get(&address);
        assert!(shown.text().contains("一个小时里看得到"));
        assert_eq!(shown.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(shown.header("cache-control"), Some("no-store"));
        assert_eq!(shown.header("x-robots-tag"), Some("noindex"));
        // What is printed of the address does not open the receipt.
        let k = address.split_once("?k=").unwrap().1.to_owned();
        let words = Page::read(&shown.text()).line("main");
        assert!(words.contains(&format!("/r/{number}")) && !words.contains(&k), "{words}");
        assert!(!site.client().get(&format!("/r/{other}?k={k}")).text().contains("另一个人的话"));
        site.clock.advance(59 * 60);
        assert!(site.client().get(&address).text().contains("一个小时里看得到"));
        site.clock.advance(60);
        assert!(!site.client().get(&address).text().contains("一个小时里看得到"));
    }

    /// Another site's page cannot look up.
    fn only_our_own_form_is_taken(site: TestSite) {
        site.publish_sample();
        let number = send(&site, "意见", &[]);
        let mut stranger = site.client();
        stranger.headers.push(("sec-fetch-site".to_owned(), "cross-site".to_owned()));
        assert_eq!(stranger.post("/r", &[("number", &number), ("contact", PHONE)]).status, 403);
    }
}
