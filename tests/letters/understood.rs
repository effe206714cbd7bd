//! Where each detail stood, how sure each section is, and the real draft.

use crate::builder::*;
use crate::corpus::draft::draft;
use jianyan::documents::outline::outline;
use jianyan::documents::read::{Limits, from_bytes};
use jianyan::intake::model::contact::Office;
use jianyan::intake::model::span::Part;
use jianyan::mail::inbound::{Desk, Letter, read_letter_for};

fn desk() -> Desk {
    Desk {
        places: draft(),
        office: Office {
            phones: vec!["0900-5550199".into()],
            emails: vec!["office@example.org".into()],
        },
    }
}

fn letter(text: &str) -> Letter {
    read_letter_for(&plain(text), &desk())
}

fn sections(letter: &Letter) -> Vec<Option<&str>> {
    letter
        .remarks
        .iter()
        .map(|remark| remark.section.as_deref())
        .collect()
}

#[test]
fn details_say_where_they_stood() {
    let found = letter(
        "我的看法如下。\n姓 名：孟清和\n手机：199 0000 1234\n-- \n青禾社区居委会\n0900-5550123",
    );
    let shown: Vec<(&str, &str, Part, usize, usize)> = found
        .contact
        .evidence
        .iter()
        .map(|one| {
            (
                one.what,
                one.raw.as_str(),
                one.span.part,
                one.span.start,
                one.span.end,
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("name", "孟清和", Part::Words, 12, 15),
            ("phone", "199 0000 1234", Part::Words, 19, 32),
            ("organisation", "青禾社区居委会", Part::Signature, 4, 11),
            ("phone", "0900-5550123", Part::Signature, 12, 24),
        ]
    );
    let json = serde_json::to_value(&found.contact.evidence[0]).unwrap();
    assert_eq!(
        (&json["part"], &json["start"], &json["end"]),
        (&"words".into(), &12.into(), &15.into())
    );
    let claim = read_letter_for(&plain("同意。"), &desk());
    assert_eq!(claim.contact.evidence[0].span.part, Part::From);
}

#[test]
fn confidence_says_how_a_section_was_found() {
    for (text, section, low, high) in [
        ("第二部分第（二）条第4项太笼统", Some("二/(二)/4"), 95, 98),
        ("第7条太笼统", Some("二/(三)/7"), 90, 95),
        (
            "“餐费补贴按月发放到个人账户”不现实",
            Some("二/(二)/4"),
            85,
            95,
        ),
        (
            "希望餐费补贴按月发放到个人账户的规定早日落实",
            Some("二/(二)/4"),
            75,
            85,
        ),
        ("关于推进垃圾分类的看法", Some("二/(三)/7"), 60, 75),
        ("第二部分第（二）条第99项太笼统", Some("二/(二)"), 50, 70),
        ("第（二）条太笼统", None, 0, 0),
        ("很好", None, 0, 0),
    ] {
        let remark = &letter(text).remarks[0];
        assert_eq!(remark.section.as_deref(), section, "{text}");
        assert!(
            (low..=high).contains(&remark.confidence),
            "{text}: {}",
            remark.confidence
        );
    }
    let inherited = &letter("对第7条的意见：\n1、次数太少。\n2、地点太远。").remarks[0];
    assert_eq!(
        (inherited.section.as_deref(), inherited.confidence),
        (Some("二/(三)/7"), 75)
    );
    let at = inherited.evidence_at.clone().unwrap();
    assert_eq!((at.part, at.start, at.end), (Part::Words, 1, 4));
}

#[test]
fn opinions_are_told_apart_however_they_follow_each_other() {
    for (text, expected) in [
        (
            "第7条次数太少。第8条应写明电话。",
            vec![Some("二/(三)/7"), Some("二/(三)/8")],
        ),
        (
            "第7条次数太少，另外，第8条应写明电话。",
            vec![Some("二/(三)/7")],
        ),
        (
            "第7条次数太少。另外，第8条应写明电话。",
            vec![Some("二/(三)/7"), Some("二/(三)/8")],
        ),
        ("第7条应参照第8条的写法。请考虑。", vec![Some("二/(三)/7")]),
        (
            "意见：一是第7条次数太少，二是第8条应写明电话，三是总体很好。",
            vec![Some("二/(三)/7"), Some("二/(三)/8"), None],
        ),
        (
            "第一增加检测点，第二公布结果，第三降低收费。",
            vec![None, None, None],
        ),
        (
            "首先，第7条次数太少。其次，第8条应写明电话。",
            vec![Some("二/(三)/7"), Some("二/(三)/8")],
        ),
        (
            "“可回收物实行预约上门收集”很好。\n“水质检测结果每旬公布”应改为每周。",
            vec![Some("二/(三)/7"), Some("二/(三)/9")],
        ),
        (
            "对社区服务这部分：\n（二）第4项放宽年龄。\n（二）第5项开放篮球馆。",
            vec![Some("二/(二)/4"), Some("二/(二)/5")],
        ),
        (
            "提升社区服务：\n第4条放宽年龄。\n第6条拾便袋由物业补充。",
            vec![Some("二/(二)/4"), Some("二/(二)/6")],
        ),
    ] {
        let found = letter(text);
        assert_eq!(sections(&found), expected, "{text}: {:?}", found.remarks);
    }
}

#[test]
fn the_offices_own_details_are_nobody_elses() {
    for text in [
        "已致电贵局0900-5550199，无人接听。",
        "我多次拨打公告上的电话 0900-5550123 都打不通。",
        "贵局热线电话：0900-5550777 一直占线。",
        "意见发到 office@example.org 可以吗？贵局的邮箱help@example.org退信了。",
    ] {
        let found = letter(text).contact;
        assert!(
            found.phones.is_empty() && found.emails.is_empty(),
            "{text}: {found:?}"
        );
    }
    for (text, phone) in [
        ("请致电19900001234与我联系。", "19900001234"),
        ("我的电话是19900001234，贵局电话打不通。", "19900001234"),
    ] {
        assert_eq!(letter(text).contact.phones[0].normalised, phone, "{text}");
    }
}

#[test]
fn words_at_the_end_are_not_all_names() {
    for text in [
        "支持",
        "同意。\n支持",
        "建议公开。\n谢谢\n祝好",
        "第7条太少，请明确。\n高度关注",
        "应当公开\n方便群众",
    ] {
        assert_eq!(
            letter(&format!("{text}\n"))
                .contact
                .evidence
                .iter()
                .filter(|one| one.span.part != Part::From)
                .count(),
            0,
            "{text}"
        );
    }
    for (text, name) in [
        ("建议公开。\n孟清和", "孟清和"),
        ("建议公开。\n质量部 孟清和 经理", "孟清和"),
        ("建议公开。\n村民 孟清和（签名）\n2025年6月1日", "孟清和"),
        ("建议公开。\n退休教师 孟清和\n手机 19900001111", "孟清和"),
        ("建议公开。此致 敬礼！ 孟清和 2025年6月1日", "孟清和"),
        (
            "建议公开。\n孟清和 | 高级工程师\n示例科技有限公司\n电话 0900-5550123 | 手机 19900001234",
            "孟清和",
        ),
        (
            "I agree.\n\nBest wishes,\n\nMeng Qing\nExample Tech Co., Ltd.\nMobile: 19900001234",
            "Meng Qing",
        ),
        ("我叫孟清和，建议公开。", "孟清和"),
        ("本人孟清和，家住青禾街道。建议公开。", "孟清和"),
        ("我是青禾村村民孟清和，建议公开。", "孟清和"),
    ] {
        assert_eq!(letter(text).contact.name.as_deref(), Some(name), "{text}");
    }
}

#[test]
fn the_real_draft_is_found_in_letters() {
    let shared = std::env::var_os("JIANYAN_SHARED").map_or_else(
        || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        Into::into,
    );
    let file = std::fs::read_dir(shared.join("seeds"))
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with("000"))
        });
    let Some(file) = file else {
        assert!(
            std::env::var_os("CI").is_none(),
            "CI must have the seed documents"
        );
        println!("SKIPPED: the seed documents are not here");
        return;
    };
    let source = from_bytes(
        "plan.txt",
        &std::fs::read(file).unwrap(),
        &Limits::default(),
    )
    .unwrap();
    let plan = outline(&source);
    let places = plan.plan().unwrap().reference_places();
    let places: Vec<_> = places.into_iter().collect();
    let desk = Desk {
        places: places.clone().into(),
        ..Desk::default()
    };
    let sections = |text: &str| -> Vec<Option<String>> {
        let letter = read_letter_for(&plain(text), &desk);
        letter
            .remarks
            .into_iter()
            .map(|remark| remark.section)
            .collect()
    };
    assert_eq!(
        sections("第二部分第（三）条第8项应增加检测点。"),
        [Some("二/(三)/8".to_owned())]
    );
    assert_eq!(
        sections("重点任务第8点应增加检测点。"),
        [Some("二/(三)/8".to_owned())]
    );
    let (mut right, mut named) = (0, 0);
    for place in &places {
        let words: String = place
            .text
            .chars()
            .filter(|c| !c.is_whitespace())
            .skip(20)
            .take(22)
            .collect();
        if words.chars().count() < 22 || words.contains(['“', '”', '(', ')']) {
            continue;
        }
        named += 1;
        let found = sections(&format!("文中说“{words}”，我认为不够具体。"));
        right += usize::from(found == [Some(place.path.clone())]);
    }
    assert!(
        named >= 15 && right * 100 >= named * 80,
        "{right} of {named}"
    );
    for place in places
        .iter()
        .filter(|place| place.path.starts_with("二/(") && place.path.matches('/').count() == 2)
    {
        let [top, group, item] = place.path.split('/').collect::<Vec<_>>()[..] else {
            unreachable!()
        };
        for text in [
            format!("第{top}部分{group}第{item}条不妥"),
            format!("{top}、{group}{item}不妥"),
            format!("第{item}条不妥"),
        ] {
            let found = sections(&text);
            assert!(
                found == [Some(place.path.clone())] || item.len() == 1 && found == [None],
                "{text}: {found:?}"
            );
        }
    }
}
