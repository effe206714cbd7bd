//! The whole way of somebody who follows: form, mail, link, news, one click, silence.

use crate::on_both;
use crate::post::Post;
use crate::support::TestSite;
use crate::support::sink::Sink;

fn extend(site: &TestSite, seen: &str, day: &str) {
    let mut office = site.staff();
    let csrf = office.csrf();
    let fields = [
        ("csrf", csrf.as_str()),
        ("seen", seen),
        ("closes_on", day),
        ("reason", "暴雨停电，几个社区来不及讨论。"),
        ("go", "extend"),
    ];
    assert_eq!(office.post("/office/c/plan/window", &fields).status, 303);
}

on_both! {
    /// Nothing but the mails themselves is needed to begin and to end it.
    fn from_the_form_to_silence(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        let mut reader = site.client();
        let fields = [("email", "shen.zhiqiu@example.net")];
        assert_eq!(reader.post("/c/plan/follow", &fields).status, 303);
        assert_eq!(reader.post("/c/plan/follow", &fields).status, 303);
        let mut post = Post::to(&site, &sink);
        post.all();
        let asked = sink.only();
        assert_eq!(asked.recipient, "shen.zhiqiu@example.net");
        let link = asked.link(&format!("{}/f/", site.base));
        let link = link.strip_prefix(&site.base).unwrap();
        assert_eq!(reader.get(link).status, 200);

        extend(&site, "2025-06-28", "2025-07-05");
        post.all();
        assert_eq!(sink.arrived().len(), 1, "no news before the button was pressed");
        assert_eq!(reader.post(link, &[]).status, 303);
        extend(&site, "2025-07-05", "2025-07-12");
        post.all();
        let arrived = sink.arrived();
        assert_eq!(arrived.len(), 2);
        let news = arrived.iter().find(|mail| mail.header("List-Unsubscribe").is_some()).unwrap();
        let words = news.words();
        assert!(words.contains("由2025年7月5日（星期六）改为2025年7月12日（星期六）") && words.contains("暴雨停电"), "{words}");

        let stop = news.header("List-Unsubscribe").unwrap();
        let stop = stop.trim_matches(['<', '>']).strip_prefix(&site.base).unwrap().to_owned();
        assert_eq!(site.client().post(&stop, &[("List-Unsubscribe", "One-Click")]).status, 200);
        extend(&site, "2025-07-12", "2025-07-19");
        post.all();
        assert_eq!(sink.arrived().len(), 2, "and then silence");
    }
}
