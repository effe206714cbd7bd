//! Followers are asked whether they mean it, told what is new, and left alone when they say so.

use crate::on_both;
use crate::post::{Post, ask, follower, row, rows};
use crate::support::sink::Sink;
use jianyan::jobs::model::JobKind;
use jianyan::privacy::link::{Purpose, is_token};
use serde_json::{Value, json};

const MEI: &str = "01975b6e-0000-7000-8000-00000000000a";
const JUNE: &str = "01975b6e-0000-7000-8000-00000000000b";
const WAVERER: &str = "01975b6e-0000-7000-8000-00000000000c";
const GONE: &str = "01975b6e-0000-7000-8000-00000000000d";

on_both! {
    /// The question has a link that only this follower has; once answered it is not asked again.
    fn a_follower_confirms_first(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        follower(&site, WAVERER, "zh", false, false);
        follower(&site, MEI, "zh", true, false);
        ask(&site, JobKind::ConfirmFollower, WAVERER, Value::Null);
        ask(&site, JobKind::ConfirmFollower, MEI, Value::Null);
        assert_eq!(Post::to(&site, &sink).all(), 2);
        let mail = sink.only();
        assert_eq!(mail.recipient, format!("{WAVERER}@example.net"));
        assert!(mail.letter.subject.starts_with("请确认订阅："), "{}", mail.letter.subject);
        assert!(mail.words().contains("不确认的，不会发送进展通知"), "{}", mail.words());
        let begin = format!("{}/f/{WAVERER}/", site.base);
        let token = mail.link(&begin).split_off(begin.len());
        assert!(is_token(&site.vault, Purpose::ConfirmFollower, WAVERER, &token).unwrap());
    }

    /// An extension with both days and its reason, to those who confirmed, each in their language,
    /// with one click to end it.
    fn followers_are_told_and_can_stop(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        let consultation = site.publish_sample();
        follower(&site, MEI, "zh", true, false);
        follower(&site, JUNE, "en", true, false);
        follower(&site, WAVERER, "zh", false, false);
        follower(&site, GONE, "zh", true, true);
        let news = json!({"news": "extended", "closed_on": "2025-06-28", "closes_on": "2025-07-05", "reason": "暴雨停电，几个社区来不及讨论。"});
        ask(&site, JobKind::SpreadNews, &consultation.id, news);
        Post::to(&site, &sink).all();
        let mut arrived = sink.arrived();
        arrived.sort_by(|a, b| a.recipient.cmp(&b.recipient));
        let [mei, june] = arrived.as_slice() else { panic!("{} mails", arrived.len()) };
        let words = mei.words();
        for part in ["由2025年6月28日（星期六）改为2025年7月5日（星期六）", "原因：暴雨停电", "打开下面的网址退订"] {
            assert!(words.contains(part), "{part} is not in {words}");
        }
        assert!(!words.contains("《《") && words.contains("您订阅的《青禾区楼道整洁行动方案》"), "{words}");
        assert!(june.words().contains("the last day is now Saturday 5 July 2025 instead of Saturday 28 June 2025"), "{}", june.words());
        for (mail, prefix, id) in [(mei, "", MEI), (june, "/en", JUNE)] {
            let begin = format!("{}{prefix}/f/{id}/", site.base);
            let stop = mail.link(&begin);
            assert_eq!(mail.header("List-Unsubscribe"), Some(format!("<{stop}>")));
            assert_eq!(mail.header("List-Unsubscribe-Post").as_deref(), Some("List-Unsubscribe=One-Click"));
            assert_eq!(mail.header("Auto-Submitted").as_deref(), Some("auto-generated"));
            let token = stop.strip_prefix(&begin).unwrap().strip_suffix("/stop").unwrap();
            assert!(is_token(&site.vault, Purpose::StopFollowing, id, token).unwrap());
        }
    }

    /// More followers than one transaction takes: each once, whether it is begun again or not.
    fn many_followers_are_told_once_each(site: TestSite) {
        let consultation = site.publish_sample();
        for n in 0..1_203 {
            follower(&site, &format!("{n:08x}-0000-7000-8000-000000000000"), "zh", true, false);
        }
        ask(&site, JobKind::SpreadNews, &consultation.id, json!({"news": "extended", "after": "000001f3-0000-7000-8000-000000000000"}));
        Post::with(&site, |_| {}).all();
        let mut told: Vec<String> = rows(&site, JobKind::TellFollower).into_iter().map(|row| row.subject).collect();
        told.sort();
        assert_eq!(told.len(), 703, "from where it stood on");
        told.dedup();
        assert_eq!(told.len(), 703);
        assert!(told[0].starts_with("000001f4-"));
    }

    /// A revision that was taken back, and answers that are not published, are not told.
    fn what_did_not_happen_is_not_told(site: TestSite) {
        let consultation = site.publish_sample();
        follower(&site, MEI, "zh", true, false);
        ask(&site, JobKind::SpreadNews, &consultation.id, json!({"news": "revised", "version": 2}));
        ask(&site, JobKind::SpreadNews, &consultation.id, json!({"news": "answered"}));
        Post::with(&site, |_| {}).all();
        assert!(rows(&site, JobKind::TellFollower).is_empty());
        assert!(rows(&site, JobKind::SpreadNews).iter().all(|row| row.done_at.is_some()));
        ask(&site, JobKind::SpreadNews, &consultation.id, json!({"news": "revised", "version": 1}));
        Post::with(&site, |_| {}).all();
        assert_eq!(row(&site, JobKind::TellFollower).subject, MEI);
    }
}
