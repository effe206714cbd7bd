//! Too many, too fast, too mechanical: nobody is sent away silently, and nothing typed is lost.

use crate::on_both;
use crate::page::Page;
use crate::receipt::dump;
use crate::support::{Backend, Client, Reply, TestSite};
use crate::window::form;
use sha2::{Digest, Sha256};

const FORM: &str = "/c/plan/submissions";

/// Somebody behind the proxy that stands before the site.
fn from(site: &TestSite, address: &str) -> Client {
    let mut client = site.client();
    client
        .headers
        .push(("x-forwarded-for".into(), address.into()));
    client
}

fn send(client: &mut Client, text: &str) -> Reply {
    client.post(FORM, &form(text))
}

/// All hidden fields of the form on a page, in their order.
fn hidden(page: &Page) -> Vec<(String, String)> {
    let inputs = page
        .tags
        .iter()
        .filter(|tag| tag.get("type") == Some("hidden"));
    let value = |tag: Option<&str>| tag.unwrap_or_default().to_owned();
    inputs
        .map(|tag| (value(tag.get("name")), value(tag.get("value"))))
        .collect()
}

/// What the script does: a number for which the hash begins with so many zero bits.
fn work(challenge: &str, bits: u32) -> String {
    let zeros = |number: u32| {
        let hash = Sha256::digest(format!("{challenge}:{number}"));
        u128::from_be_bytes(hash[..16].try_into().unwrap()).leading_zeros()
    };
    (0..)
        .find(|number| zeros(*number) >= bits)
        .unwrap()
        .to_string()
}

/// Sends the form on a page again, with the answer to its challenge, if it has one.
fn send_again(client: &mut Client, page: &Page, answer: bool) -> Reply {
    let mut fields = hidden(page);
    let challenge = fields
        .iter()
        .find(|(name, _)| name == "work")
        .map(|(_, value)| value.clone());
    if let (Some(challenge), true) = (challenge, answer) {
        let own = fields
            .iter_mut()
            .find(|(name, _)| name == "answer")
            .unwrap();
        own.1 = work(&challenge, 10);
    }
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    client.post(FORM, &fields)
}

fn strict(backend: Backend) -> TestSite {
    let site = TestSite::with(backend, |config| {
        config.submit_burst = 3;
        config.work_bits = 10;
        config.attack_per_minute = 40;
    });
    site.publish_sample();
    site
}

/// The whole office sends from one address: after the first few a browser works a little, and the
/// fourth comment is registered all the same, word for word.
#[test]
fn a_shared_address_is_slowed_down_and_never_shut_out() {
    let site = strict(Backend::Sqlite);
    let mut office = from(&site, "198.51.100.7");
    for person in 1..=3 {
        assert_eq!(
            send(&mut office, &format!("第{person}位同事的意见。")).status,
            303
        );
    }
    let words = "第四位同事的意见：“路灯” <太暗> & 太少。";
    let asked = send(&mut office, words);
    assert_eq!(asked.status, 429);
    assert_eq!(asked.header("retry-after"), Some("30"));
    assert_eq!(asked.header("cache-control"), Some("no-store"));
    let page = Page::read(&asked.text());
    let said = page.line("main");
    assert!(
        said.contains("还没有提交") && said.contains("共用一个出口") && said.contains("30秒"),
        "{said}"
    );
    assert_eq!(page.value("typed"), words);
    assert!(
        asked.text().contains("tel:") && asked.text().contains("mailto:"),
        "the other ways"
    );
    assert!(asked.text().contains("/assets/work-"));
    assert!(
        asked
            .header("content-security-policy")
            .unwrap()
            .contains("script-src 'self'")
    );

    let receipt = send_again(&mut office, &page, true).receipt();
    assert_eq!(
        send_again(&mut office, &page, true).receipt(),
        receipt,
        "a double click"
    );
    assert_eq!(dump(&site, "submissions").len(), 4);
    let shown = Page::read(&office.get(&site.receipt(&receipt)).text());
    assert_eq!(
        shown.packed(".remark-text", &[]),
        crate::page::packed(words)
    );
    // Somebody else is not touched by it.
    assert_eq!(
        send(&mut from(&site, "198.51.100.8"), "邻居的意见。").status,
        303
    );
}

/// Without scripts the same page says how long to wait, and waiting is enough.
#[test]
fn without_scripts_waiting_is_enough() {
    let site = strict(Backend::Sqlite);
    let mut office = from(&site, "2001:db8:1:2::7");
    for person in 1..=3 {
        send(&mut office, &format!("第{person}位同事的意见。"));
    }
    // Another address of the same connection.
    let mut next_door = from(&site, "2001:db8:1:2:3::9");
    let first = Page::read(&send(&mut next_door, "没有脚本的手机。").text());
    site.clock.advance(20);
    let soon = send_again(&mut next_door, &first, false);
    assert_eq!((soon.status, soon.header("retry-after")), (429, Some("10")));
    site.clock.advance(10);
    let done = send_again(&mut next_door, &Page::read(&soon.text()), false);
    assert_eq!(done.status, 303, "{}", done.text());
    assert_eq!(dump(&site, "submissions").len(), 4);
}

/// A flood from everywhere: everybody is asked, in both languages, and those who were taken before
/// stay taken.
#[test]
fn under_attack_everybody_is_asked_for_work() {
    let site = strict(Backend::Sqlite);
    let mark = |site: &TestSite| {
        let shown = site.clock().now() - jiff::SignedDuration::from_secs(60);
        jianyan::web::limits::mark::new(&site.vault, shown).unwrap()
    };
    let marked = mark(&site);
    for number in 1..=40 {
        let mut somebody = from(&site, &format!("203.0.{number}.1"));
        let text = format!("洪水里的第{number}条。");
        let mut fields = form(&text);
        fields.push(("mark", &marked));
        assert_eq!(somebody.post(FORM, &fields).status, 303, "{number}");
    }
    let mut fields = form("A person in the middle of it.");
    fields.push(("mark", &marked));
    let mut person = from(&site, "203.0.113.9");
    let asked = person.post("/en/c/plan/submissions", &fields);
    assert_eq!(asked.status, 429);
    let page = Page::read(&asked.text());
    assert!(
        page.line("main").contains("Very many are sending at once"),
        "{}",
        page.line("main")
    );
    assert_eq!(send_again(&mut person, &page, true).status, 303);
    assert_eq!(dump(&site, "submissions").len(), 41);
    // The minute after, nobody is asked any more.
    site.clock.advance(180);
    let marked = mark(&site);
    let mut calm = form("平静以后的一条。");
    calm.push(("mark", &marked));
    assert_eq!(from(&site, "203.0.200.1").post(FORM, &calm).status, 303);
}

on_both! {
    /// A program fills in every field it finds, and faster than anybody: its form is shown to it
    /// again. A person whose browser did that looks it over and sends it.
    fn a_form_filled_in_by_machine_is_shown_again(site: TestSite) {
        site.publish_sample();
        let fresh = jianyan::web::limits::mark::new(&site.vault, site.clock().now()).unwrap();
        for extra in [("mark", fresh.as_str()), ("website", "https://spam.example.com")] {
            let mut fields = form("浏览器自动填的。");
            fields.push(extra);
            let asked = site.client().post(FORM, &fields);
            assert_eq!(asked.status, 422);
            let page = Page::read(&asked.text());
            assert!(page.title().starts_with("请核对"), "{}", page.title());
            assert_eq!(page.value("typed"), "浏览器自动填的。");
            let sent = hidden(&page);
            assert!(sent.contains(&("phone".into(), "19900001234".into())) && !sent.iter().any(|(name, _)| name == "website"));
        }
        assert!(dump(&site, "submissions").is_empty());
        let mut fields = form("浏览器自动填的。");
        fields.push(("mark", &fresh));
        let page = Page::read(&site.client().post(FORM, &fields).text());
        assert_eq!(send_again(&mut site.client(), &page, false).status, 303);
        assert_eq!(dump(&site, "submissions").len(), 1);
    }
}

/// A proxy on the same machine that forwards no address would make everybody one person: then
/// nobody is limited. What a sender writes into the header himself changes nothing.
#[test]
fn addresses_come_from_our_own_proxy_only() {
    let site = strict(Backend::Sqlite);
    for number in 1..=60 {
        assert_eq!(
            send(&mut site.client(), &format!("没有转发地址的第{number}条。")).status,
            303
        );
    }
    for number in 1..=3 {
        let forged = format!("10.0.0.{number}, 198.51.100.7");
        assert_eq!(
            send(&mut from(&site, &forged), &format!("第{number}条。")).status,
            303
        );
    }
    let fourth = send(&mut from(&site, "10.0.0.4, 198.51.100.7"), "第四条。");
    assert_eq!(fourth.status, 429);
}

/// With work turned off the page says when; a form with a fault costs nothing.
#[test]
fn with_work_turned_off_the_page_says_when() {
    let site = TestSite::with(Backend::Sqlite, |config| {
        config.submit_burst = 1;
        config.work_bits = 0;
    });
    site.publish_sample();
    let mut somebody = from(&site, "198.51.100.7");
    for _ in 0..20 {
        assert_eq!(
            send(&mut somebody, "").status,
            422,
            "a fault of the form, not of its sender"
        );
    }
    assert_eq!(send(&mut somebody, "第一条。").status, 303);
    let later = send(&mut somebody, "第二条。");
    assert_eq!(
        (later.status, later.header("retry-after")),
        (429, Some("120"))
    );
    let page = Page::read(&later.text());
    assert!(page.line("main").contains("2分钟") && page.value("typed") == "第二条。");
    site.clock.advance(120);
    assert_eq!(send_again(&mut somebody, &page, false).status, 303);
}

/// Files are counted too, and said to be in the form's own answer.
#[test]
fn files_are_counted() {
    use crate::support::multipart::{self, packed};
    let site = TestSite::with(Backend::Sqlite, |config| config.upload_burst = 2);
    site.publish_sample();
    let mut somebody = from(&site, "198.51.100.7");
    let mut upload = |name: &str| {
        let sent = packed(&[], &[(name, name.as_bytes())]);
        somebody.post_raw("/c/plan/uploads", multipart::TYPE, &sent)
    };
    assert_eq!((upload("a.txt").status, upload("b.txt").status), (201, 201));
    let third = upload("c.txt");
    assert!(
        third.status == 429 && third.text().contains("太频繁"),
        "{}",
        third.text()
    );
}
