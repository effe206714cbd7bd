//! The steps from an opinion to its sending, without a script: what each page carries, what is looked
//! at when, what is stored in the end.

use crate::on_both;
use crate::page::Page;
use crate::support::{Client, Reply, TestSite};
use jianyan::intake::find::{Found, by_receipt};
use serde_json::{Value, json};

const COMMENT: &str = "/c/plan/comment";

/// A person in front of one page of the form.
struct Walk {
    client: Client,
    html: String,
}

impl Walk {
    fn begin(site: &TestSite, query: &str) -> Self {
        let mut client = site.client();
        let reply = client.get(&format!("{COMMENT}{query}"));
        assert_eq!(reply.status, 200, "{}", reply.text());
        Self {
            html: reply.text(),
            client,
        }
    }

    /// Every field that the page's form would send by itself.
    fn held(&self) -> Vec<(String, String)> {
        let page = Page::read(&self.html);
        let mut held = Vec::new();
        for tag in &page.tags {
            let Some(name) = tag.get("name") else {
                continue;
            };
            let kind = tag.get("type").unwrap_or("text");
            match tag.name.as_str() {
                // One that is not ticked sends nothing.
                "input" if matches!(kind, "radio" | "checkbox") && tag.get("checked").is_none() => {
                }
                "input" if kind != "search" => held.push((
                    name.to_owned(),
                    tag.get("value").unwrap_or_default().to_owned(),
                )),
                "textarea" => held.push((name.to_owned(), page.value(tag.get("id").unwrap()))),
                _ => {}
            }
        }
        held
    }

    fn tray(&self) -> Vec<Value> {
        let held = self.held();
        let tray = held
            .iter()
            .find(|(name, _)| name == "tray")
            .map_or("[]", |(_, value)| value);
        serde_json::from_str(tray).unwrap()
    }

    /// Fills some fields in and presses a button.
    fn post(&mut self, path: &str, go: &str, typed: &[(&str, &str)]) -> Reply {
        let mut fields = self.held();
        fields.retain(|(name, _)| !typed.iter().any(|(known, _)| known == name));
        let mut all: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        all.extend(typed);
        all.push(("go", go));
        self.client.post(path, &all)
    }

    fn press(&mut self, go: &str, typed: &[(&str, &str)], status: u16) -> Page {
        let reply = self.post(COMMENT, go, typed);
        assert_eq!(reply.status, status, "{go}: {}", reply.text());
        self.html = reply.text();
        Page::read(&self.html)
    }

    /// Sends, as long after the first page as people take.
    fn send(&mut self, site: &TestSite) -> Reply {
        site.clock.advance(60);
        self.post("/c/plan/submissions", "", &[("consent", "yes")])
    }
}

const WHO: &[(&str, &str)] = &[
    ("sender_kind", "person"),
    ("name", "沈知秋"),
    ("phone", "19900001234"),
];

fn found(site: &TestSite, reply: &Reply) -> Found {
    assert_eq!(reply.status, 303, "{}", reply.text());
    let (receipt, vault, now) = (reply.receipt(), site.vault.clone(), site.clock().now());
    let found = site
        .database
        .read_now(|db| by_receipt(db, &vault, &receipt, now))
        .unwrap();
    found.expect("a submission under its receipt")
}

fn stored(site: &TestSite) -> usize {
    crate::receipt::dump(site, "submissions").len()
}

on_both! {
    /// Three opinions, one on chosen words with another wording for them, go together with one name.
    fn several_opinions_go_together(site: TestSite) {
        site.publish_sample();
        let chosen = [("section", "2.1.1"), ("exact", "每季度组织一次"), ("prefix", "各社区"), ("suffix", "集中清理")];
        let mut walk = Walk::begin(&site, &format!("?{}", serde_urlencoded::to_string(chosen).unwrap()));
        let quoted = Page::read(&walk.html).packed("mark", &[]);
        assert_eq!(quoted, "每季度组织一次");
        let page = walk.press("tray", &[("text", "夏天一季一次不够。"), ("suggested", "每月组织一次")], 200);
        assert_eq!(page.packed("del", &[".visually-hidden"]), "每季度");
        assert_eq!(page.packed("ins", &[".visually-hidden"]), "每月");
        let page = walk.press("new", &[], 200);
        assert!(page.line("h1").contains("再提一条"), "{}", page.line("h1"));
        walk.press("tray", &[("section", "3.1"), ("text", "联席会议也请居民代表参加。")], 200);
        walk.press("new", &[], 200);
        walk.press("tray", &[("section", ""), ("suggested", "全文用语再通俗些")], 200);
        assert_eq!(walk.tray().len(), 3);
        walk.press("who", &[], 200);
        let page = walk.press("check", WHO, 200);
        for words in ["夏天一季一次不够", "联席会议", "建议改为：全文用语再通俗些", "沈知秋", "19900001234"] {
            assert!(page.line("main").contains(words) || words.starts_with("建议"), "{words} is not on the last look");
        }
        assert_eq!(stored(&site), 0, "nothing is stored before it is sent");
        let sent = walk.send(&site);
        let found = found(&site, &sent);
        assert_eq!(found.remarks.len(), 3);
        let first = &found.remarks[0];
        let quote = serde_json::to_value(first.quote.as_ref().unwrap()).unwrap();
        assert_eq!(quote["type"], json!("TextQuoteSelector"));
        assert_eq!(quote["exact"], json!("每季度组织一次"));
        assert!(quote["prefix"].as_str().unwrap().ends_with("各社区"), "{quote}");
        assert!(quote["suffix"].as_str().unwrap().starts_with("集中清理"), "{quote}");
        assert_eq!(first.suggested.as_deref(), Some("每月组织一次"));
        assert_eq!(found.remarks[2].text, "建议改为：全文用语再通俗些");
        assert!(found.remarks[1].section_id.is_some() && found.remarks[2].section_id.is_none());
        let mut office = site.staff();
        let csrf = office.csrf();
        let table = office.post("/office/c/plan/export", &[("csrf", csrf.as_str()), ("format", "csv"), ("edition", "public")]);
        assert_eq!(table.status, 200);
        for words in ["建议将“每季度组织一次”改为“每月组织一次”。", "夏天一季一次不够。", "联席会议也请居民代表参加。"] {
            assert!(table.text().contains(words), "{words} is not in the record");
        }
        // The same form sent again, from a second tab or after the way back, is the same submission.
        assert_eq!(walk.send(&site).receipt(), sent.receipt());
        assert_eq!(stored(&site), 1);
    }

    /// The link beside a paragraph names its words; a paragraph or words that are not there do not.
    fn a_paragraph_is_named_by_its_link(site: TestSite) {
        site.publish_sample();
        let section = Page::read(&site.client().get("/c/plan/s/1.2").text());
        let says: Vec<&str> = section.links().into_iter().filter(|link| link.contains("&p=") || link.contains("p=")).collect();
        assert_eq!(says.len(), 4, "{says:?}");
        let third = Walk::begin(&site, "?section=1.2&p=3");
        assert_eq!(Page::read(&third.html).packed("mark", &[]), "——消防更加安全。打通生命通道。");
        for lost in ["?section=1.2&p=9", "?section=1.2&p=0", "?section=1.2&exact=nothing", "?exact=%E6%A5%BC%E9%81%93", "?section=9.9&p=1"] {
            let walk = Walk::begin(&site, lost);
            assert!(walk.html.contains("没有找到"), "{lost}");
            assert!(!walk.html.contains("<mark>"), "{lost}");
        }
        let mut walk = Walk::begin(&site, "?section=1.2&p=3");
        walk.press("tray", &[("text", "整条都好"), ("whole", "yes")], 200);
        assert_eq!(walk.tray()[0]["quote"], Value::Null);
    }

    /// Each step looks at what was filled in there, keeps it, and says what is wrong in the title.
    fn each_step_is_looked_at(site: TestSite) {
        site.publish_sample();
        let mut walk = Walk::begin(&site, "?section=2.1.1");
        let page = walk.press("tray", &[("text", "  ")], 422);
        assert!(page.title().starts_with("错误："));
        assert!(page.find("a", "href", "#text").is_some());
        let page = walk.press("tray", &[("text", "好\u{7}")], 422);
        assert_eq!(page.value("text"), "好\u{7}");
        let page = walk.press("tray", &[("section", "9.9"), ("text", "好")], 422);
        assert!(page.find("a", "href", "#section").is_some());
        walk.press("tray", &[("section", "2.1.1"), ("text", "灯也请换")], 200);
        walk.press("who", &[], 200);
        let page = walk.press("check", &[("name", ""), ("phone", "12"), ("credit_code", "x"), ("sender_kind", "organisation"), ("capacity", "king")], 422);
        let linked: Vec<&str> = page.links().into_iter().filter(|link| link.starts_with('#') && *link != "#main").collect();
        assert_eq!(linked, ["#organisation", "#credit_code", "#phone", "#capacity"]);
        assert_eq!(page.value("phone"), "12");
        let page = walk.press("check", &[("sender_kind", "organisation"), ("organisation", "青禾区示例物业服务有限公司"), ("credit_code", "91350100m000100y43"),
            ("name", ""), ("phone", "１９９００００１２３４"), ("email", "guan jia@example。org"), ("capacity", "enterprise"), ("district", "青禾区东街")], 200);
        let checked = page.line("main");
        assert!(checked.contains("guanjia@example.org") && !checked.contains("１９９"), "what will be used is shown: {checked}");
        assert!(page.line("main").contains("企业或个体经营者") && page.line("main").contains("青禾区东街"));
        let refused = walk.post("/c/plan/submissions", "", &[("consent", "")]);
        assert_eq!(refused.status, 422);
        assert!(Page::read(&refused.text()).title().starts_with("错误：核对后提交"));
        let sender = found(&site, &walk.send(&site)).sender;
        assert_eq!(sender.credit_code.as_deref(), Some("91350100M000100Y43"));
        assert_eq!((sender.district.as_deref(), sender.capacity.map(|is| is.code())), (Some("青禾区东街"), Some("enterprise")));
        let mut office = site.staff();
        let queue = office.get("/office/c/plan/remarks").text();
        let remark = queue.split("href=\"").find(|part| part.starts_with("/office/c/plan/remarks/")).unwrap();
        let shown = Page::read(&office.get(remark.split('"').next().unwrap()).text()).line("main");
        for words in ["91350100M000100Y43", "企业或个体经营者", "青禾区东街"] {
            assert!(shown.contains(words), "the office does not see {words}: {shown}");
        }
    }

    /// What was written down can be changed and taken out; a form with nothing in it goes nowhere.
    fn what_was_written_down_can_be_changed(site: TestSite) {
        site.publish_sample();
        let mut walk = Walk::begin(&site, "");
        walk.press("tray", &[("section", ""), ("text", "甲")], 200);
        walk.press("new", &[], 200);
        walk.press("tray", &[("section", "3.2"), ("text", "乙")], 200);
        let page = walk.press("edit-2", &[], 200);
        assert_eq!(page.value("text"), "乙");
        assert!(page.line("h1").contains("修改第2条"), "{}", page.line("h1"));
        walk.press("tray", &[("text", "乙，改了")], 200);
        let texts: Vec<Value> = walk.tray().into_iter().map(|one| one["text"].clone()).collect();
        assert_eq!(texts, [json!("甲"), json!("乙，改了")]);
        walk.press("drop-1", &[], 200);
        walk.press("drop-7", &[], 200);
        assert_eq!(walk.tray().len(), 1);
        let page = walk.press("drop-1", &[], 200);
        assert!(page.line("main").contains("还没有写好的意见"));
        for go in ["who", "check", "files"] {
            let page = walk.press(go, &[], 200);
            assert!(page.line("main").contains("还没有写好的意见"), "{go}");
        }
    }

    /// Whoever goes to the list with a sentence begun keeps it; with nothing written it is only looked at.
    fn the_list_loses_nothing(site: TestSite) {
        site.publish_sample();
        let mut walk = Walk::begin(&site, "");
        walk.press("tray", &[("section", ""), ("text", "甲")], 200);
        walk.press("new", &[], 200);
        walk.press("tray-only", &[("text", " ")], 200);
        assert_eq!(walk.tray().len(), 1);
        walk.press("new", &[], 200);
        walk.press("tray-only", &[("section", "3.2"), ("text", "没有写完")], 200);
        assert_eq!(walk.tray()[1]["text"], json!("没有写完"));
    }

    /// Hidden fields are a person's own, and may hold anything.
    fn hidden_fields_are_not_trusted(site: TestSite) {
        site.publish_sample();
        let mut client = site.client();
        let who = [("sender_kind", "person"), ("name", "沈知秋"), ("phone", "19900001234"), ("consent", "yes"), ("from", "check")];
        let mut send = |tray: &str| {
            let mut fields = who.to_vec();
            fields.push(("tray", tray));
            client.post("/c/plan/submissions", &fields)
        };
        for broken in ["{", "[1]", "{\"a\":1}", "[{\"text\":7}]", "[{\"text\":\"a\",\"quote\":{\"type\":\"XPath\"}}]"] {
            let said = send(broken);
            assert_eq!(said.status, 422, "{broken}");
            assert!(said.text().contains("写好的意见读不出来"), "{broken}: {}", said.text());
        }
        let quoted = |section: &str, exact: &str| json!([{"section": section, "text": "好", "quote": {"type": "TextQuoteSelector", "exact": exact}}]).to_string();
        for tray in [quoted("2.1.1", "伪造的文字"), quoted("9.9", "每季度"), quoted("2.2.3", "每季度"), json!([{"text": ""}]).to_string(), json!([{"text": "铃\u{7}"}]).to_string(),
                     json!(vec![json!({"text": "好"}); 51]).to_string()] {
            let said = send(&tray);
            assert_eq!(said.status, 422, "{tray}");
            assert!(Page::read(&said.text()).title().starts_with("错误："), "{tray}");
        }
        assert_eq!(send("").status, 422);
        assert_eq!(send("[]").status, 422);
        assert_eq!(stored(&site), 0);
        assert_eq!(send(&quoted("2.1.1", "每季度")).status, 303);
        // Without its section a quote is nothing; a version that never was is the published one.
        assert_eq!(send(&quoted("", "每季度")).status, 303);
        assert_eq!(send(&json!([{"section": "2.1.1", "text": "好的", "version": 99}]).to_string()).status, 303);
    }

    /// A step that is left after the last second gives everything back.
    fn the_window_closes_between_two_steps(site: TestSite) {
        site.publish_sample();
        let mut walk = Walk::begin(&site, "?section=2.1.1");
        walk.press("tray", &[("text", "第一条，写好了")], 200);
        walk.press("new", &[], 200);
        site.clock.set("2025-06-29T00:00:00+08:00");
        let page = walk.press("tray", &[("text", "第二条，正在写"), ("suggested", "换个写法")], 409);
        let words = page.line("main");
        for kept in ["第一条，写好了", "第二条，正在写", "换个写法", "0900-5550123"] {
            assert!(words.contains(kept), "{kept} is lost: {words}");
        }
    }

    /// In English, and without a way out of the site.
    fn the_steps_speak_english(site: TestSite) {
        site.publish_sample();
        let mut client = site.client();
        let first = client.get("/en/c/plan/comment?section=2.1.1").text();
        assert!(first.contains("What you think, and why") && first.contains("action=\"/en/c/plan/comment\""));
        let reply = client.post("/en/c/plan/comment", &[("from", "remark"), ("go", "tray"), ("section", "2.1.1"), ("text", "Fine.")]);
        assert!(reply.text().contains("Your comments so far"), "{}", reply.text());
        let other = client.post("/en/c/nothing/comment", &[("from", "remark")]);
        assert_eq!(other.status, 404);
    }
}
