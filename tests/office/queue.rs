//! The queue: narrowed in every way, and in pages that lose nothing.

use crate::on_both;
use crate::steps::{QUEUE, comment, comment_with, decide, enter, queue, rel, remark_ids};
use crate::support::{Client, TestSite};

/// Six remarks of different place, channel, time and fate; answers the office's client.
fn six(site: &TestSite) -> Client {
    site.publish_sample();
    comment(site, "2.1.1", "第一条：楼道堆物太多。");
    site.clock.advance(60);
    comment(site, "2.2.4", "第二条：充电棚太少。");
    site.clock.advance(60);
    comment(site, "", "第三条：整体赞成。");
    site.clock.set("2025-07-02T10:00:00+08:00");
    let mut office = site.staff();
    let calls = [
        ("phone", "2025-06-11", "第四条：来电谈楼道照明。"),
        ("letter", "2025-07-01", "第五条：来信谈充电桩。"),
        ("visit", "2025-05-20", "第六条：来访谈晾晒。"),
    ];
    for (channel, day, text) in calls {
        let fields = [
            ("channel", channel),
            ("received_on", day),
            ("text", text),
            ("section", "2.2.4"),
        ];
        assert_eq!(enter(&mut office, &fields).status, 303);
    }
    for (words, outcome) in [("第一条", "adopted"), ("第三条", "support")] {
        let ids = remark_ids(&queue(&mut office, &found(words)));
        let saved = decide(
            &mut office,
            &format!("{QUEUE}/{}", ids[0]),
            &[("outcome", outcome)],
        );
        assert_eq!(saved.status, 303);
    }
    office
}

fn found(words: &str) -> String {
    format!("?{}", serde_urlencoded::to_string([("q", words)]).unwrap())
}

/// Which of the six a page lists, by their numbers in the text.
fn listed(page: &str) -> Vec<char> {
    page.split("第")
        .skip(1)
        .filter(|part| part.chars().nth(1) == Some('条') && part.chars().nth(2) == Some('：'))
        .filter_map(|part| part.chars().next())
        .collect()
}

fn texts(page: &str) -> Vec<String> {
    page.split("意见编号")
        .skip(1)
        .map(|part| part.chars().take(3).collect())
        .collect()
}

on_both! {
    /// Oldest first; each filter alone and several at once, with the count said in words.
    fn each_filter_narrows_the_queue(site: TestSite) {
        let mut office = six(&site);
        let cases: [(&str, &[char]); 18] = [
            ("", &['六', '一', '二', '三', '四', '五']),
            ("?outcome=open", &['六', '二', '四', '五']),
            ("?outcome=adopted", &['一']),
            ("?outcome=support", &['三']),
            ("?outcome=not-adopted", &[]),
            ("?section=2.2.4", &['六', '二', '四', '五']),
            ("?section=2.1.1", &['一']),
            ("?section=whole", &['三']),
            ("?channel=web", &['一', '二', '三']),
            ("?channel=phone", &['四']),
            ("?channel=letter", &['五']),
            ("?channel=visit", &['六']),
            ("?channel=email", &[]),
            ("?timing=early", &['六']),
            ("?timing=in", &['一', '二', '三', '四']),
            ("?timing=late", &['五']),
            ("?outcome=open&section=2.2.4&channel=web&timing=in&q=%E5%85%85%E7%94%B5", &['二']),
            ("?outcome=adopted&timing=late", &[]),
        ];
        for (query, wanted) in cases {
            let page = queue(&mut office, query);
            assert_eq!(listed(&page), wanted, "{query}");
            match wanted.len() {
                0 => assert!(page.contains("没有符合条件的意见"), "{query}"),
                count => assert!(page.contains(&format!("共{count}条意见")), "{query}"),
            }
        }
        assert!(queue(&mut office, "?timing=late&outcome=open").contains("<option value=\"late\" selected>"));
        let english = office.get("/en/office/c/plan/remarks?timing=late").text();
        assert!(english.contains("1 remark"), "{english}");
    }

    /// Words are looked for as they are typed: what means something to the database means nothing.
    fn words_are_taken_as_they_are(site: TestSite) {
        site.publish_sample();
        let marked = [
            ("提高到100%以上", "100%"),
            ("变量a_b要改名", "a_b"),
            ("很好!!真的", "!!"),
            ("他说\"好\"", "\"好\""),
            ("It's fine", "It's"),
            ("路径C:\\Temp", "C:\\"),
            ("写<b>字</b>", "<b>"),
            ("分号;--注释", ";--"),
        ];
        for (text, _) in marked {
            comment(&site, "2.1.1", text);
        }
        let mut office = site.staff();
        for (text, words) in marked {
            let page = queue(&mut office, &found(words));
            assert_eq!(remark_ids(&page).len(), 1, "{words}");
            assert!(page.contains("共1条意见"), "{text}");
        }
        for (words, count) in [("%", 1), ("_", 1), ("!", 1), ("'", 1), ("a%b", 0), ("\0", 0), ("100\0", 0), ("  a_b  ", 1)] {
            assert_eq!(remark_ids(&queue(&mut office, &found(words))).len(), count, "{words:?}");
        }
        let kept = queue(&mut office, &found("\"好\""));
        assert!(kept.contains("value=\"&#34;好&#34;\""), "{kept}");
    }

    /// Sixty remarks, most of one moment: forward and back each once, although others arrive.
    fn every_remark_stands_on_one_page(site: TestSite) {
        site.publish_sample();
        let wanted: Vec<String> = (1..=60).map(|number| format!("{number:03}")).collect();
        for number in &wanted {
            let text = format!("意见编号{number}");
            comment_with(&site, &[("text", &text), ("name", &format!("钱{number}"))]);
            if number == "040" {
                site.clock.advance(1);
            }
        }
        let mut office = site.staff();
        let (mut seen, mut pages) = (Vec::new(), Vec::new());
        let mut address = Some(QUEUE.to_owned());
        while let Some(at) = address {
            let page = office.get(&at).text();
            seen.extend(texts(&page));
            address = rel(&page, "next");
            pages.push(at);
            if pages.len() == 1 {
                // One earlier, one at the same second as the last: neither moves what is to come.
                let call = [("received_on", "2025-06-01"), ("text", "早先的来电")];
                assert_eq!(enter(&mut office, &call).status, 303);
                comment(&site, "2.1.1", "意见编号061");
            }
        }
        assert_eq!(pages.len(), 3);
        assert_eq!(seen[..60], wanted, "forward, in the order they were sent");
        assert_eq!(seen[60..], ["061"]);

        let (mut back, mut address) = (Vec::new(), pages.last().cloned());
        while let Some(at) = address {
            let page = office.get(&at).text();
            back = [texts(&page), back].concat();
            address = rel(&page, "prev");
        }
        assert_eq!(back, seen, "and back");
        assert!(queue(&mut office, "").contains("共62条意见"));
    }

    /// The filter goes along from page to page.
    fn pages_keep_the_filter(site: TestSite) {
        site.publish_sample();
        for number in 1..=30 {
            comment(&site, "2.1.1", &format!("意见编号{number:03}"));
            comment(&site, "2.2.4", &format!("另一处{number:03}"));
        }
        let mut office = site.staff();
        let first = queue(&mut office, "?section=2.1.1&q=%E7%BC%96%E5%8F%B7&outcome=open");
        let next = rel(&first, "next").unwrap();
        let second = office.get(&next).text();
        assert_eq!((texts(&first).len(), texts(&second).len()), (25, 5));
        assert!(!second.contains("另一处") && rel(&second, "next").is_none());
        assert!(second.contains("共30条意见"));
    }

    /// Whatever stands in the address, the page comes or says that there is none.
    fn odd_addresses_are_answered(site: TestSite) {
        site.publish_sample();
        comment(&site, "2.1.1", "建议每月清理一次。");
        let mut office = site.staff();
        let odd = [
            "?outcome=nonsense&section=9.9.9&channel=fax&timing=never",
            "?after=1.2&before=%00",
            "?after=-9223372036854775808.019756c0-0000-7000-8000-000000000000",
            "?after=9223372036854775807.ffffffff-ffff-7fff-bfff-ffffffffffff",
            "?before=99999999999999999999.019756c0-0000-7000-8000-000000000000",
            "?before=0.019756c0-0000-7000-8000-000000000000&after=x",
            "?after=0.%27;DROP%20TABLE%20remarks;--aaaaaaaaaaaaaa",
            "?q=%FF%FE%80",
            "?q=%",
            "?q",
            "?&&&=&=",
            "?q=%00%00",
            "?section=%00",
            "?outcome=open&outcome=adopted",
            "?unknown=1",
        ];
        let long = format!("?q={}", "a".repeat(20_000));
        for query in odd.into_iter().chain([long.as_str()]) {
            let status = office.get(&format!("{QUEUE}{query}")).status;
            assert!(matches!(status, 200 | 404), "{query}: {status}");
        }
        for address in [
            "/office/c/%00/remarks",
            "/office/c/plan%00/remarks",
            "/office/c/plan/remarks/%00",
            "/office/c/plan/remarks/..%2F..%2F",
            "/office/c/plan/remarks/'",
            "/office/c/plan/audit?who=%00&before=%00",
            "/office/c/plan/letters?before=%00",
            "/office/c/plan/submissions/%00/attachments/%00",
            "/office/c/nothing/remarks",
        ] {
            let status = office.get(address).status;
            assert!(matches!(status, 200 | 404), "{address}: {status}");
        }
    }

    /// Before anything has come the page says what will.
    fn an_empty_queue_says_so(site: TestSite) {
        site.publish_sample();
        let page = queue(&mut site.staff(), "");
        assert!(page.contains("暂无意见") && page.contains("/office/c/plan/submissions/new"));
    }
}
