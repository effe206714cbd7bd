//! One letter on its page: as it was read beside as it was sent, with nothing in it that loads,
//! runs or leads away; and the list that leads there.

use crate::mail::{IN_TIME, Letter, by, parts};
use crate::on_both;
use crate::steps::{events_of, only_remark, remark_ids};
use crate::support::{Client, TestSite};
use diesel::prelude::*;
use jianyan::clock::to_micros;
use jianyan::db::schema::letters;
use jianyan::ids::sha256;
use jianyan::mail::authentic::{Checks, Dkim, Dmarc, Policy, Source, Verdict};

const LETTERS: &str = "/office/c/plan/letters";

/// The addresses of the letters that a list links to, in order.
fn listed(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    for part in page.split("href=\"/office/c/plan/letters/").skip(1) {
        let id = part.split('"').next().unwrap();
        found.push(format!("{LETTERS}/{id}"));
    }
    found
}

pub fn only_letter(office: &mut Client) -> String {
    let found = listed(&office.get(LETTERS).text());
    assert_eq!(found.len(), 1);
    found[0].clone()
}

fn receive(site: &TestSite, letter: &Letter<'_>) {
    site.mailroom("plan").receive(&letter.raw(), None).unwrap();
}

/// The letter that was booked last.
pub fn first_letter(office: &mut Client) -> String {
    listed(&office.get(LETTERS).text())[0].clone()
}

/// Writes into the book what fetching a letter found out.
fn note(site: &TestSite, checks: &Checks, internal: &str, relay: &str) {
    let (json, internal, relay) = (checks.to_json(), at(internal), at(relay));
    let write = move |db: &mut jianyan::db::Db| {
        diesel::update(letters::table)
            .set((
                letters::checks.eq(Some(&json)),
                letters::internal_at.eq(Some(internal)),
                letters::relay_at.eq(Some(relay)),
                letters::road.eq("imap"),
            ))
            .execute(db)?;
        Ok(())
    };
    site.database.write_now(write).unwrap();
}

fn at(text: &str) -> i64 {
    to_micros(text.parse().unwrap())
}

/// What must never be in a document made of a stranger's markup.
const HOSTILE: &[&str] = &[
    "<script>parent.ran()</script>",
    "<script src=https://evil.example.net/a.js></script>",
    "<img src=https://evil.example.net/pixel.gif onerror=ran() alt=一张图>",
    "<img src=\"data:image/svg+xml;base64,PHN2Zz4=\">",
    "<img srcset='https://evil.example.net/b.png 2x'>",
    "<picture><source srcset=https://evil.example.net/c.png></picture>",
    "<div style=\"background:url(https://evil.example.net/d.png);position:fixed;inset:0\">盖住</div>",
    "<style>@import 'https://evil.example.net/e.css'; p{background:url(https://evil.example.net/f.png)}</style>",
    "<link rel=stylesheet href=https://evil.example.net/g.css>",
    "<link rel=prefetch href=https://evil.example.net/h>",
    "<meta http-equiv=refresh content='0;url=https://evil.example.net/i'>",
    "<base href=https://evil.example.net/>",
    "<form action=https://evil.example.net/j method=post><input name=password><button formaction=https://evil.example.net/k>登录</button></form>",
    "<svg onload=ran()><image href=https://evil.example.net/l.png /><use href=https://evil.example.net/m#x /><script>ran()</script><foreignObject><img src=x></foreignObject></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=ran()&gt;\">",
    "<iframe src=https://evil.example.net/n></iframe><iframe srcdoc='<script>parent.ran()</script>'></iframe>",
    "<object data=https://evil.example.net/o></object><embed src=https://evil.example.net/p>",
    "<video src=https://evil.example.net/q autoplay poster=https://evil.example.net/r></video><audio src=https://evil.example.net/s></audio>",
    "<a href=\"javascript:ran()\">点我</a><a href=https://evil.example.net/t ping=https://evil.example.net/u>链接</a>",
    "<table background=https://evil.example.net/v><tr><td background=https://evil.example.net/w>格</table>",
    "<body background=https://evil.example.net/x onload=ran()>",
    "<p onclick=ran() style='list-style-image:url(https://evil.example.net/y)'>段落</p>",
    "<noscript><p title=\"</noscript><img src=x onerror=ran()>\"></noscript>",
    "<template><img src=https://evil.example.net/z></template>",
    "<textarea></textarea><img src=x onerror=ran()></textarea>",
    "<!--><img src=x onerror=ran()>--><![CDATA[<img src=x onerror=ran()>]]>",
    "<isindex action=https://evil.example.net/1><marquee onstart=ran()>走</marquee>",
    "<details ontoggle=ran() open><summary>开</summary></details>",
];

/// Every tag that a document holds, with its attributes, and without our own first lines.
fn tags(document: &str) -> Vec<String> {
    let body = document.split("<body>").nth(1).unwrap();
    let body = body.split("</body>").next().unwrap();
    let tags = body.split('<').skip(1);
    tags.map(|tag| tag.split('>').next().unwrap().to_owned())
        .collect()
}

on_both! {
    fn hostile_markup_is_served_without_anything_that_loads_or_runs(site: TestSite) {
        site.publish_sample();
        let body = format!("<html><body><p>您好，</p>{}<p>建议每月清理一次楼道。</p></body></html>", HOSTILE.concat());
        receive(&site, &Letter { kind: "text/html; charset=utf-8", body: &body, ..Letter::default() });
        let mut office = site.staff();
        let here = only_letter(&mut office);
        let shown = office.get(&format!("{here}/body"));
        assert_eq!(shown.status, 200);
        let policy = shown.header("content-security-policy").unwrap();
        for rule in ["default-src 'none'", "frame-ancestors 'self'", "form-action 'none'", "base-uri 'none'"] {
            assert!(policy.contains(rule), "{policy}");
        }
        assert!(policy.ends_with("; sandbox") && !policy.contains("allow-") && !policy.contains("script-src"), "{policy}");
        assert_eq!(shown.header("cache-control"), Some("no-store"));
        assert_eq!(shown.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(shown.header("x-content-type-options"), Some("nosniff"));
        let text = shown.text();
        let found = tags(&text);
        assert!(found.len() > 10);
        for tag in found {
            assert!(tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '/'), "an attribute is left: <{tag}>");
            let name = tag.trim_start_matches('/');
            for banned in ["script", "img", "a", "form", "input", "button", "link", "meta", "base", "svg", "iframe", "object", "embed", "video", "style", "template"] {
                assert_ne!(name, banned);
            }
        }
        for kept in ["您好", "每月清理一次", "［图片：一张图］", "盖住", "链接 ‹https://evil.example.net/t›", "段落"] {
            assert!(text.contains(kept), "{kept}: {text}");
        }
        let page = office.get(&here);
        let policy = page.header("content-security-policy").unwrap();
        assert!(policy.contains("frame-src 'self'") && !policy.contains("script-src"), "{policy}");
        let page = page.text();
        assert!(page.contains(&format!("<iframe class=\"letter-frame\" src=\"{here}/body\"")) && page.contains(" sandbox referrerpolicy=\"no-referrer\""), "{page}");
        assert!(!page.contains("<script>parent") && !page.contains("src=https") && !page.contains("onerror=ran()>"), "{page}");
        assert_eq!(page.matches("<iframe").count(), 1);
    }

    fn each_hostile_piece_alone_leaves_no_attribute(site: TestSite) {
        site.publish_sample();
        for (index, piece) in HOSTILE.iter().enumerate() {
            let id = format!("piece-{index}");
            let body = format!("<p>第{index}封</p>{piece}<p>末尾</p>");
            receive(&site, &Letter { id: Some(&id), kind: "text/html; charset=utf-8", body: &body, ..Letter::default() });
        }
        let mut office = site.staff();
        let mut pages = vec![office.get(LETTERS).text()];
        while let Some(next) = pages[pages.len() - 1].split("rel=\"next\"").next().filter(|_| pages[pages.len() - 1].contains("rel=\"next\"")) {
            let href = next.rsplit("href=\"").next().unwrap().split('"').next().unwrap().replace("&amp;", "&").replace("&#38;", "&");
            pages.push(office.get(&href).text());
        }
        let all: Vec<String> = pages.iter().flat_map(|page| listed(page)).collect();
        assert_eq!(all.len(), HOSTILE.len());
        for here in all {
            let text = office.get(&format!("{here}/body")).text();
            for tag in tags(&text) {
                assert!(tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '/'), "{here}: <{tag}>");
            }
        }
    }

    fn plain_letters_are_shown_as_text(site: TestSite) {
        site.publish_sample();
        receive(&site, &Letter { body: "建议<b>每月</b>清理。\r\n<script>ran()</script>\r\n", ..Letter::default() });
        let mut office = site.staff();
        let here = only_letter(&mut office);
        let text = office.get(&format!("{here}/body")).text();
        assert!(text.contains("<pre>建议&#60;b&#62;每月"), "{text}");
        assert!(!text.contains("<script") && !text.contains("<b>"), "{text}");
    }

    fn the_original_is_taken_out_as_it_came_and_that_is_recorded(site: TestSite) {
        site.publish_sample();
        let raw = Letter::default().raw();
        site.mailroom("plan").receive(&raw, None).unwrap();
        let mut office = site.staff();
        let here = only_letter(&mut office);
        assert!(events_of(&site, "letter-fetched").is_empty());
        let file = office.get(&format!("{here}/raw"));
        assert_eq!((file.status, &file.body), (200, &raw));
        assert_eq!(file.header("content-type"), Some("message/rfc822"));
        let disposition = file.header("content-disposition").unwrap();
        assert!(disposition.starts_with("attachment;") && disposition.contains(".eml"), "{disposition}");
        assert_eq!(file.header("cache-control"), Some("no-store"));
        let noted = events_of(&site, "letter-fetched");
        assert_eq!(noted.len(), 1);
        assert_eq!((noted[0].who.as_str(), noted[0].subject.as_str()), ("周青禾", sha256(&raw).as_str()));
        assert!(office.get(&here).text().contains("下载来信原件"));
    }

    fn what_was_read_stands_beside_what_was_sent(site: TestSite) {
        site.publish_sample();
        let words = "1.第二部分第（一）条第2项，晾衣架每单元应不少于4处。\r\n2.希望多贴通知。\r\n联系电话：0900-5557788\r\n\r\n-- \r\n韩立夏\r\n\r\n\
            ------------------ 原始邮件 ------------------\r\n发件人: \"区社区建设局\" <loudao@example.org>;\r\n发送时间: 2025年6月9日(星期一) 上午9:00\r\n主题: 公告\r\n\r\n公告原文。\r\n";
        let (kind, body) = parts(words, &[("filename=\"yijian.txt\"", "附件的话")]);
        receive(&site, &Letter { kind: &kind, body: &body, ..Letter::default() });
        let mut office = site.staff();
        let here = only_letter(&mut office);
        let page = office.get(&here).text();
        for shown in [
            "关于楼道方案的意见", "韩立夏 &#60;hanlixia@example.com&#62;", "晾衣架每单元应不少于4处", "希望多贴通知", "规范晾晒设施",
            "<mark>0900-5557788</mark>", "等字样旁", "引用的原邮件", "公告原文", "yijian.txt", "2025-06-10 09:00", "2025-06-10 08:59",
            "本单位邮件服务器的收信时间", "没有核验", "登记来信", "<dt>Received</dt>", "从文件导入",
        ] {
            assert!(page.contains(shown), "{shown}: {page}");
        }
        assert_eq!(remark_ids(&page).len(), 2);
        let href = page.split("href=\"").find(|part| part.contains("/attachments/")).unwrap().split('"').next().unwrap();
        assert_eq!(office.get(href).body, "附件的话".as_bytes());
        assert_eq!(events_of(&site, "contact-viewed").len(), 1, "looking at it is recorded");
        let english = office.get(&format!("/en{here}")).text();
        for shown in ["What the system recognised", "The e-mail as sent", "Not checked", "beside a label"] {
            assert!(english.contains(shown), "{shown}");
        }
    }

    fn where_a_letter_comes_from_is_said_in_plain_words(site: TestSite) {
        site.publish_sample();
        receive(&site, &Letter::default());
        let mut office = site.staff();
        let here = only_letter(&mut office);
        let passed = Checks {
            source: Source::Dns,
            spf: Verdict::Pass,
            dkim: vec![Dkim { domain: "example.com".to_owned(), result: Verdict::Pass }],
            dmarc: Dmarc { domain: "example.com".to_owned(), policy: Some(Policy::Reject), result: Verdict::Pass },
            arc: Verdict::None,
        };
        note(&site, &passed, "2025-06-10T09:04:00+08:00", "2025-06-10T09:00:00+08:00");
        let page = office.get(&here).text();
        for shown in ["example.com 确认这封邮件由该域名发出", "签名有效", "由本系统在收信时核验", "2025-06-10 09:04", "从信箱收取"] {
            assert!(page.contains(shown), "{shown}: {page}");
        }
        assert!(!page.contains("note-bad") && !office.get(LETTERS).text().contains("letter-doubt"));

        let failed = Checks {
            dmarc: Dmarc { result: Verdict::Fail, ..passed.dmarc.clone() },
            spf: Verdict::Temperror,
            dkim: Vec::new(),
            source: Source::Server,
            arc: Verdict::Fail,
        };
        note(&site, &failed, "2025-06-10T09:11:00+08:00", "2025-06-10T09:00:00+08:00");
        let page = office.get(&here).text();
        for shown in ["按 example.com 公布的规则，这封邮件不是由该域名发出的，并要求拒收这类邮件", "可能有人冒用地址", "相差十分钟以上", "由本单位的邮件服务器核验", "没有数字签名", "记录不完整", "当时未查到"] {
            assert!(page.contains(shown), "{shown}: {page}");
        }
        let list = office.get(LETTERS).text();
        assert!(list.contains("发件人核验未通过") && list.contains("收信时间不一致"), "{list}");
        let remark = only_remark(&mut office);
        assert_eq!(office.get(&remark).status, 200, "it counts all the same");
    }

    fn the_list_is_filtered_by_what_became_of_letters(site: TestSite) {
        site.publish_sample();
        receive(&site, &Letter::default());
        receive(&site, &Letter { received: vec![by("mail.example.org", "Tue, 10 Jun 2025 09:05:00 +0800"), by("relay.example.net", IN_TIME)], ..Letter::default() });
        receive(&site, &Letter { id: Some("a"), subject: "休假中", extra: "Auto-Submitted: auto-replied\r\n", ..Letter::default() });
        let mut office = site.staff();
        for (state, count) in [("", 3), ("registered", 1), ("duplicate", 1), ("held", 1), ("supplement", 0), ("set-down", 0), ("nonsense", 3), ("%00", 3)] {
            let page = office.get(&format!("{LETTERS}?state={state}")).text();
            assert_eq!(listed(&page).len(), count, "{state}: {page}");
        }
        let held = office.get(&format!("{LETTERS}?state=held")).text();
        assert!(held.contains("休假中") && held.contains("清除筛选") && held.contains("value=\"held\" selected"), "{held}");
        let here = listed(&held)[0].clone();
        let page = office.get(&here).text();
        assert!(page.contains("登记后将形成以下意见") && page.contains("自动回复") && remark_ids(&page).is_empty(), "{page}");
        assert!(office.get(&format!("{LETTERS}?state=supplement")).text().contains("没有这样的邮件"));
    }

    fn strangers_and_wrong_addresses_get_no_letter(site: TestSite) {
        site.publish_sample();
        site.publish("other", &format!("{}\n另一份。", crate::support::notice::NOTICE));
        receive(&site, &Letter::default());
        let mut office = site.staff();
        let here = only_letter(&mut office);
        for end in ["", "/body", "/raw"] {
            let reply = site.client().get(&format!("{here}{end}"));
            assert!(reply.status == 303 && reply.location().contains("/office/sign-in"), "{end}");
            let elsewhere = here.replace("/c/plan/", "/c/other/");
            assert_eq!(office.get(&format!("{elsewhere}{end}")).status, 404, "{end}");
            for id in ["0", "%00", "01890000-0000-7000-8000-000000000000", "..%2f"] {
                assert_eq!(office.get(&format!("{LETTERS}/{id}{end}")).status, 404, "{id}{end}");
            }
        }
        assert!(events_of(&site, "letter-fetched").is_empty());
    }

    fn a_letter_that_is_too_large_or_gone_says_so(site: TestSite) {
        site.publish_sample();
        let mut room = site.mailroom("plan");
        room.letter_limit = 100;
        let raw = Letter::default().raw();
        room.receive(&raw, None).unwrap();
        let mut office = site.staff();
        let here = only_letter(&mut office);
        assert!(office.get(&here).text().contains("邮件过大"));
        site.storage.destroy(&sha256(&raw)).unwrap();
        let page = office.get(&here);
        assert_eq!(page.status, 200);
        assert!(page.text().contains("原件已经删除") && !page.text().contains("<iframe"), "{}", page.text());
        assert_eq!(office.get(&format!("{here}/raw")).status, 404);
        assert_eq!(office.get(&format!("{here}/body")).status, 404);
    }
}
