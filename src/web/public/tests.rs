//! What every public page must keep: the policy against inline code, the language of the plan's
//! words, nothing lost when a form is refused.

use super::comment::{CommentPage, DataTerms, SectionChoice};
use super::error_page::ErrorPage;
use super::journey::{RemarkForm, WhoForm};
use super::not_open::{NotOpenPage, Typed};
use super::outline::{OutlineNode, Para};
use super::plan_nav::PlanNav;
use super::receipt::{ReceiptFile, ReceiptPage, ReceiptRemark};
use super::said::Said;
use super::section::SectionPage;
use super::stage::{Outcome, Stage, Timing};
use super::units::UnitLink;
use super::ways::Ways;
use crate::documents::model::quote::TextQuote;
use crate::web::field::Field;
use crate::web::layout::Layout;
use crate::words::Lang;

fn layout() -> Layout {
    Layout {
        site_name: "建言".into(),
        path: "/c/x".into(),
        stylesheets: vec!["/assets/site.css".into()],
        ..Layout::default()
    }
}

fn section(lang: Lang, stage: Stage) -> SectionPage {
    SectionPage {
        lang,
        layout: layout(),
        slug: "x".into(),
        stage,
        draft_title: "示例方案".into(),
        opens: "甲日".into(),
        closes: "乙日".into(),
        left: String::new(),
        trail: vec![],
        anchor: "1.2".into(),
        label: "（二）".into(),
        heading: "发展老年助餐".into(),
        runs_in: true,
        paragraphs: vec![Para::Text("正文<b>".into()), Para::Item("——一项".into())],
        children: vec![],
        units: vec![UnitLink {
            name: "区民政局".into(),
            href: "/c/x/units/1".into(),
        }],
        nav: PlanNav::default(),
        commentable: true,
        previous: None,
        next: None,
        contents: vec![OutlineNode {
            anchor: "1.2".into(),
            label: "（二）".into(),
            heading: "发展老年助餐".into(),
            ..OutlineNode::default()
        }],
    }
}

fn comment(lang: Lang, remark: RemarkForm, who: WhoForm) -> CommentPage {
    CommentPage {
        lang,
        layout: layout(),
        slug: "x".into(),
        draft_title: "示例方案".into(),
        version: 1,
        closes: "乙日".into(),
        left: "还有2天".into(),
        chosen: None,
        choices: vec![SectionChoice {
            anchor: "1.2".into(),
            title: "（二）发展老年助餐".into(),
            depth: 1,
        }],
        quote: None,
        remark,
        who,
        waiting: vec![],
        upload: Field::default(),
        consent: Field::default(),
        text_limit: 5000,
        terms: DataTerms::default(),
    }
}

fn receipt(lang: Lang) -> ReceiptPage {
    ReceiptPage {
        lang,
        layout: layout(),
        slug: "x".into(),
        title: "示例方案".into(),
        office: "某局".into(),
        number: "7K2M-9QXD-4RTB-2HWN".into(),
        received_at: "某时".into(),
        channel: "网页".into(),
        timing: Timing::Late,
        closes: "乙日".into(),
        fresh: false,
        still_open: false,
        remarks: vec![ReceiptRemark {
            said: Said::of(
                Some(String::new()),
                Some(&TextQuote {
                    exact: "所指的原文".into(),
                    ..TextQuote::default()
                }),
                "意见",
                Some("应当改成这样"),
            ),
            outcome: Some(Outcome::PartlyAdopted),
            reason: Some("理由如下".into()),
            added: None,
            withdrawn: false,
            changed: vec![],
        }],
        files: vec![ReceiptFile {
            name: "照片.pdf".into(),
            state: "已收到，病毒检查通过".into(),
        }],
        sender: "张**".into(),
        contacts: vec![],
        mail: "没有留电子邮箱".into(),
        history: vec![],
        withdrawn: None,
        sent_again: false,
        supplement: None,
        withdraw: None,
        requests: "/r/7K2M-9QXD-4RTB-2HWN/requests?k=1-0".into(),
        just_done: None,
        published: true,
        qr: String::new(),
        address: "https://a.example.org/r/7K2M-9QXD-4RTB-2HWN".into(),
    }
}

#[test]
fn no_page_carries_inline_style_or_script() {
    for lang in [Lang::Zh, Lang::En] {
        for html in [
            section(lang, Stage::Open).to_string(),
            comment(lang, RemarkForm::default(), WhoForm::default()).to_string(),
            receipt(lang).to_string(),
        ] {
            assert!(!html.contains(" style=") && !html.contains("<script"));
            assert!(!html.contains("<style") && !html.contains(" onclick="));
            assert_eq!(html.matches("<h1").count(), 1);
        }
    }
}

#[test]
fn a_refused_form_keeps_what_was_typed_and_says_error_first() {
    let html = comment(
        Lang::Zh,
        RemarkForm {
            section: Field::of("1.2"),
            text: Field::of("</textarea>我的意见"),
            ..RemarkForm::default()
        },
        WhoForm {
            sender_kind: Field::of("person"),
            email: Field::wrong("a@b", "电子邮箱不完整"),
            ..WhoForm::default()
        },
    )
    .to_string();
    assert!(html.contains("<title>错误：提意见"));
    assert!(html.contains("<a href=\"#email\">电子邮箱不完整</a>"));
    assert!(html.contains("aria-describedby=\"email-error\" aria-invalid=\"true\""));
    assert!(html.contains("value=\"a@b\""));
    assert!(html.contains("&#60;/textarea&#62;我的意见</textarea>"));
    assert!(html.contains("value=\"1.2\" lang=\"zh-CN\" selected"));
    assert!(html.contains("value=\"person\" checked"));
}

#[test]
fn only_an_open_consultation_offers_the_form() {
    let link = "/c/x/comment?section=1.2";
    assert!(section(Lang::Zh, Stage::Open).to_string().contains(link));
    for stage in [Stage::Coming, Stage::Closed, Stage::Answered] {
        assert!(!section(Lang::Zh, stage).to_string().contains(link));
    }
}

#[test]
fn the_plan_stays_chinese_on_an_english_page() {
    let html = section(Lang::En, Stage::Open).to_string();
    assert!(html.contains("<html lang=\"en\""));
    assert!(html.contains("<div class=\"plan\" lang=\"zh-CN\">"));
    assert!(html.contains("正文&#60;b&#62;"));
    assert!(html.contains("href=\"/c/x\" lang=\"zh-CN\" hreflang=\"zh-CN\">中文"));
    assert!(html.contains("/en/c/x/comment?section=1.2"));
}

#[test]
fn a_receipt_is_kept_out_of_search_engines_and_tells_the_outcome() {
    let html = receipt(Lang::Zh).to_string();
    assert!(html.contains("noindex"));
    assert!(html.contains("逾期") && html.contains("部分采纳") && html.contains("理由如下"));
}

#[test]
fn a_late_comment_is_given_back() {
    let html = NotOpenPage {
        lang: Lang::Zh,
        layout: layout(),
        slug: "x".into(),
        title: "示例方案".into(),
        early: false,
        opens: "甲日".into(),
        closes: "乙日".into(),
        typed: vec![Typed {
            section: String::new(),
            text: "写了很久的话".into(),
        }],
        ways: Ways {
            phone: Some("0900-5550123".into()),
            ..Ways::default()
        },
    }
    .to_string();
    assert!(html.contains("写了很久的话</textarea>"));
    assert!(html.contains("tel:0900-5550123"));
    assert!(!html.contains("mailto:"));
}

#[test]
fn every_error_has_words_of_its_own_in_both_languages() {
    let title = |lang, status| {
        let html = ErrorPage {
            lang,
            layout: layout(),
            status,
            message: None,
            typed: None,
            sign_in: None,
            reference: None,
        }
        .to_string();
        html.split("</title>").next().unwrap().to_owned()
    };
    let all: std::collections::HashSet<String> = [403, 404, 409, 413, 429, 500, 503]
        .into_iter()
        .flat_map(|status| [title(Lang::Zh, status), title(Lang::En, status)])
        .collect();
    assert_eq!(all.len(), 14);
}

#[test]
fn long_numbers_are_grouped_by_three() {
    assert_eq!(super::grouped(0), "0");
    assert_eq!(super::grouped(999), "999");
    assert_eq!(super::grouped(1000), "1,000");
    assert_eq!(super::grouped(4_600_000), "4,600,000");
}
