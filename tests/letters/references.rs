//! What a letter is about, and how many opinions it holds.

use jianyan::documents::model::reference::{Draft, Place, Why, find, settled};
use jianyan::intake::model::opinions::split;
use jianyan::mail::inbound::{Desk, read_letter_for};

fn draft() -> Draft {
    let places: Vec<Place> = [
        ("一", "总体要求", ""),
        ("一/(二)", "主要目标", "到2025年，质量水平明显提升。"),
        (
            "一/(二)/—3",
            "",
            "质量基础设施更加高效完善，建立综合服务平台三个。",
        ),
        ("二", "重点任务", ""),
        ("二/(一)", "推动经济效益发展", ""),
        (
            "二/(一)/1",
            "提升创新融合质效",
            "完善知识产权服务体系，编制招商图谱。",
        ),
        ("二/(三)", "提升产品质量", ""),
        (
            "二/(三)/8",
            "提高农产品食品质量",
            "在乡镇集贸市场增加农产品检测点，检测结果按月公布。",
        ),
        (
            "二/(三)/9",
            "提升建设工程品质",
            "落实工程质量终身责任制，推广装配式建筑。",
        ),
        ("三", "保障措施", ""),
        ("三/(一)", "加强组织领导", "建立质量工作联席会议制度。"),
        ("三/(三)", "加强考核", "落实考核评估。"),
    ]
    .into_iter()
    .map(|(path, heading, text)| Place {
        path: path.into(),
        label: String::new(),
        heading: heading.into(),
        text: text.into(),
    })
    .collect();
    places.into()
}

fn section(text: &str) -> Option<String> {
    settled(&find(text, &draft())).map(|hit| hit.path.clone())
}

#[test]
fn places_named_in_every_way() {
    for (text, expected) in [
        ("第二部分第（三）条第8项不妥", Some("二/(三)/8")),
        ("对二、（三）8 的意见", Some("二/(三)/8")),
        ("二（三）8应修改", Some("二/(三)/8")),
        ("2.3.8 建议删除", Some("二/(三)/8")),
        ("第二部分（三）第8点", Some("二/(三)/8")),
        ("第二大点的第(3)小点里第８条", Some("二/(三)/8")),
        ("重点任务第8点太笼统", Some("二/(三)/8")),
        ("“重点任务”部分第（三）条", Some("二/(三)")),
        ("第8条建议增加", Some("二/(三)/8")),
        ("三、（一）应写明", Some("三/(一)")),
        ("第三部分", Some("三")),
        ("关于提高农产品食品质量的几点看法", Some("二/(三)/8")),
        ("文中“建立综合服务平台三个”不清楚", Some("一/(二)/—3")),
        (
            "希望落实工程质量终身责任制，推广装配式建筑要慎重",
            Some("二/(三)/9"),
        ),
        ("第二部分第（三）条第88项", Some("二/(三)")),
        ("第（三）条不清楚", None),
        ("重点任务里第（三）条不清楚", Some("二/(三)")),
        ("第二部分重点任务（三）第8条", Some("二/(三)/8")),
        ("Part 2 (3) item 8 is unclear", Some("二/(三)/8")),
        ("I object to Article 9.", Some("二/(三)/9")),
        ("the article is good, item 8.5 too", None),
        ("第8、9条应当合并", Some("二/(三)/8")),
        ("2025.6.10 收到", None),
        ("我觉得很好", None),
        ("一、很好", None),
    ] {
        assert_eq!(
            section(text).as_deref(),
            expected,
            "{text}: {:?}",
            find(text, &draft())
        );
    }
}

#[test]
fn evidence_is_the_letters_own_words() {
    let hits = find("我认为第二部分第（三）条第8项不妥", &draft());
    assert_eq!(
        (&*hits[0].evidence, hits[0].why),
        ("第二部分第（三）条第8项", Why::Named)
    );
    assert_eq!(
        find("第（三）条不清楚，保障措施", &draft())[0].path,
        "三/(三)"
    );
}

#[test]
fn lists_name_several_places() {
    let paths: Vec<String> = find("第8、9条应当合并", &draft())
        .into_iter()
        .map(|hit| hit.path)
        .collect();
    assert_eq!(paths, ["二/(三)/8", "二/(三)/9"]);
}

#[test]
fn articles_and_texts_without_a_draft() {
    let law: Draft = vec![
        Place {
            path: "第一章/第8条".into(),
            ..Place::default()
        },
        Place {
            path: "第一章/第12条".into(),
            ..Place::default()
        },
    ]
    .into();
    assert_eq!(find("第十二条应当删去", &law)[0].path, "第一章/第12条");
    assert_eq!(
        find("第二部分第（三）条第8项", &Draft::default())[0].path,
        "二/(三)/8"
    );
    assert_eq!(find("第12条", &Draft::default())[0].path, "第12条");
    assert!(find("第8项", &Draft::default()).is_empty());
}

#[test]
fn numbered_opinions_are_told_apart() {
    for (text, count) in [
        (
            "您好，意见如下：\n一、第8条增加检测点。\n二、第9条写明责任。\n此致\n敬礼\n张三丰\n19900001234",
            2,
        ),
        ("1、甲。\n2、乙。\n3、丙。", 3),
        ("1.增加检测点，合格率1.5万。2.公布结果。3.提高标准", 3),
        ("（1）甲\n（2）乙", 2),
        ("①甲；②乙；③丙", 3),
        ("第一，增加检测点。第二，公布结果。", 2),
        ("意见一：甲\n意见二：乙", 2),
        ("一、总体很好\n1.甲\n2.乙\n二、细节不好\n1.丙", 2),
        ("第8条：增加检测点。\n第12条：删去。", 2),
        ("只有一条意见：第8条增加检测点。", 1),
        ("到2025年达到1.5万，2.1%。", 1),
        ("一、只有一条", 1),
        ("", 0),
    ] {
        assert_eq!(
            split(text).opinions.len(),
            count,
            "{text}: {:?}",
            split(text)
        );
    }
}

#[test]
fn no_sentence_is_lost_and_no_contact_is_in_an_opinion() {
    let text = "您好，意见如下：\n一、第8条增加检测点。\n还要公布。\n二、第9条写明责任。\n此致\n敬礼\n张三丰\n电话：19900001234\n2025年6月10日";
    let parts = split(text);
    assert_eq!(parts.lead, "您好，意见如下：");
    assert_eq!(parts.opinions[0].text, "一、第8条增加检测点。\n还要公布。");
    assert_eq!(
        parts.closing,
        "此致\n敬礼\n张三丰\n电话：19900001234\n2025年6月10日"
    );
    let whole: Vec<&str> = [&*parts.lead]
        .into_iter()
        .chain(parts.opinions.iter().map(|o| &*o.text))
        .chain([&*parts.closing])
        .collect();
    assert_eq!(whole.join("\n"), text);
    let long = format!(
        "{}：1、甲。2、乙。",
        "我认为这个方案总体上写得非常好".repeat(10)
    );
    assert!(split(&long).opinions[0].text.starts_with("我认为"));
}

#[test]
fn remarks_of_a_letter_each_have_their_section() {
    let desk = Desk {
        places: draft(),
        ..Desk::default()
    };
    let raw = crate::builder::plain(
        "意见：\n1、第二部分第（三）条第8项应增加检测点。\n2、三、（一）应写明时间。\n3、总体很好。\n张三丰",
    );
    let letter = read_letter_for(&raw, &desk);
    let sections: Vec<Option<&str>> = letter
        .remarks
        .iter()
        .map(|remark| remark.section.as_deref())
        .collect();
    assert_eq!(sections, [Some("二/(三)/8"), Some("三/(一)"), None]);
    let raw = crate::builder::plain("对重点任务第8点有两点意见：\n1、检测点太少。\n2、公布太慢。");
    assert!(
        read_letter_for(&raw, &desk)
            .remarks
            .iter()
            .all(|remark| remark.section.as_deref() == Some("二/(三)/8"))
    );
}
