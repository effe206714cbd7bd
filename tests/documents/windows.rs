//! The period for comments, in the forms notices use, and what is said when it is unusable.

use crate::support::read;
use jianyan::documents::model::NoticeFacts;
use jianyan::error::Kind;
use jianyan::words::Lang;

fn notice(period: &str) -> NoticeFacts {
    let text = format!(
        "关于公开征求《书屋方案》意见的公告\n现公开征求意见。\n{period}\n望川区文体局\n2031年4月1日\n书屋建设方案\n一、目标\n多读书。\n"
    );
    read(&text).notice.unwrap()
}

#[test]
fn every_form_is_read() {
    for (period, opens, closes) in [
        (
            "时间为2031年4月2日至2031年5月2日。",
            "2031-04-02",
            "2031-05-02",
        ),
        (
            "征求意见时间：２０３１年４月２日－５月２日",
            "2031-04-02",
            "2031-05-02",
        ),
        ("时间：2031年4月2日—5月2日。", "2031-04-02", "2031-05-02"),
        ("期限为4月2日至5月2日。", "2031-04-02", "2031-05-02"),
        (
            "自2031年4月2日起至2031年5月2日止。",
            "2031-04-02",
            "2031-05-02",
        ),
        ("时间：2031-04-02至2031-05-02", "2031-04-02", "2031-05-02"),
        ("时间：2031/4/2 ~ 2031/5/2", "2031-04-02", "2031-05-02"),
        (
            "时间：2031年4月2日（星期三）上午9:00至5月2日（星期五）17:00",
            "2031-04-02",
            "2031-05-02",
        ),
        (
            "时间为2031年12月20日至1月20日。",
            "2031-12-20",
            "2032-01-20",
        ),
        ("时间为2031年4月2日至30日。", "2031-04-02", "2031-04-30"),
        (
            "时间：4月2日（周三）—30日（周三）",
            "2031-04-02",
            "2031-04-30",
        ),
        ("截止时间为2031年5月2日。", "2031-04-01", "2031-05-02"),
        ("请于2031年5月2日前反馈。", "2031-04-01", "2031-05-02"),
        (
            "自公告发布之日起30日内提出意见。",
            "2031-04-01",
            "2031-05-01",
        ),
        (
            "二○三一年四月二日至二〇三一年五月二日",
            "2031-04-02",
            "2031-05-02",
        ),
    ] {
        let facts = notice(period);
        let window = facts.check().unwrap();
        let found = (window.opens_on.to_string(), window.closes_on.to_string());
        assert_eq!(found, (opens.to_owned(), closes.to_owned()), "{period}");
        assert_eq!(facts.days, Some(window.days));
    }
}

#[test]
fn what_cannot_be_opened_is_refused_in_one_line() {
    for (period, word) in [
        ("请踊跃参与。", "没有写明征求意见的起止时间"),
        (
            "时间为2031年2月30日至2031年3月30日。",
            "第3行的日期“2031年2月30日”不存在",
        ),
        ("时间为2031年5月2日至2031年4月2日。", "早于开始日期"),
        ("时间为2031年5月29日至28日。", "第3行"),
    ] {
        let error = notice(period).check().unwrap_err();
        assert_eq!(error.kind(), Kind::Invalid);
        let message = error.message(Lang::Zh);
        assert!(
            message.contains(word) && !message.contains('\n'),
            "{message}"
        );
    }
}

#[test]
fn an_undated_notice_with_only_an_end_is_refused() {
    let text = "关于公开征求《书屋方案》意见的公告\n请于2031年5月2日前反馈意见。\n";
    let error = read(text).notice.unwrap().check().unwrap_err();
    assert!(error.message(Lang::Zh).contains("第2行"));
}
