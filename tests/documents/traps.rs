//! An invented file with every trap a careless reader falls into, and single traps beside it.

use crate::support::{codes, listing, read};
use jianyan::documents::model::{DocumentKind, NodeKind, Piece};

const FILE: &str = "\
首页 > 政务公开 > 意见征集
来源：望川区文体中心 发布时间：2031-03-30 浏览次数：12
我局起草了《望川区社区书屋建设方案》(征求意见稿)，现向社会公开征求意见，时间为２０３１年４月１日至２０３１年４月３０日。
请通过来信、传真或电子邮件等方式反馈。
联 系 人：林一 电话:0900-5550101；电子邮箱：books@example.org
附件:1.《望川区社区书屋建设方案》(征求意见稿)
2.《望川区社区书屋建设方案》(征求意见稿)起草说明
望川区文体局
二○三一年三月三十日
(此件公开发布)

望川区社区书屋

建设方案(征求意见稿)

为方便居民读书，制定本方案。
一、总体要求
（1） 指导思想
方便读者。
（二）主要目标。到2031年建成书屋12家。
　　— —藏书更多。每家书屋藏书3000册，增长2.1%，占地11.72亩。
——服务更好。
到2035年，书屋覆盖98％的社区。
二、重点任务
(一)建好书屋
1．选址要近。打造“3+1+N”布局，执行《书屋设计导则(试行)》，采购首台(套)设备。(区文体局、区规划和建设局和各街镇等按职责分工负责)
2.3月底前开工的书屋不在此列。
一、二、三类社区同等对待。
2.开放要久。每天开放12小时。
周末照常开放。（责任单位：区文体局；配合单位:区教育局、区残联等）
(三)管好书屋(责任单位:区文体局)
3.设备完好
(1)每周巡检
(2)每月维修
[bookmark: _Ref1]三、组织保障
1.加强领导;2.落实经费;3.强化考核。
(一）加强宣传。通过媒体宣传。
《望川区社区书屋建设方案》
(征求意见稿)起草说明
一、起草背景
居民希望读书。
望川区文体局
2031年3月30日
- 1 -
① 凡本网注明来源的作品，转载请注明出处。
※ 邮箱：site#example.com
";

#[test]
fn one_file_holds_three_documents() {
    let outline = read(FILE);
    let found: Vec<(DocumentKind, Option<&str>)> = outline
        .documents
        .iter()
        .map(|document| (document.kind, document.title.as_deref()))
        .collect();
    assert_eq!(
        found,
        [
            (DocumentKind::Notice, None),
            (
                DocumentKind::Draft,
                Some("望川区社区书屋建设方案(征求意见稿)")
            ),
            (
                DocumentKind::Explanation,
                Some("《望川区社区书屋建设方案》(征求意见稿)起草说明")
            ),
        ]
    );
    let last = outline.documents.last().unwrap();
    assert_eq!(
        last.signature.as_ref().unwrap().issuer.as_deref(),
        Some("望川区文体局")
    );
    let noise: Vec<_> = outline.noise.iter().map(|noise| noise.lines).collect();
    assert_eq!(noise, [[1, 1], [2, 2], [35, 35], [44, 44], [45, 46]]);
}

#[test]
fn labels_are_found_and_look_alikes_are_not() {
    let outline = read(FILE);
    let draft = outline.plan().unwrap();
    assert_eq!(
        listing(draft),
        [
            "一 总体要求",
            "一/(1) 指导思想",
            "一/(二) 主要目标",
            "一/(二)/—1 藏书更多",
            "一/(二)/—2 服务更好",
            "二 重点任务",
            "二/(一) 建好书屋",
            "二/(一)/1 选址要近",
            "二/(一)/2 开放要久",
            "二/(三) 管好书屋",
            "二/(三)/3 设备完好",
            "二/(三)/3/(1) 每周巡检",
            "二/(三)/3/(2) 每月维修",
            "三 组织保障",
            "三/(一) 加强宣传",
        ]
    );
    let goals = draft.find_anchor("1.2").unwrap().node;
    assert_eq!(goals.words_after(), "到2035年，书屋覆盖98％的社区。\n");
    assert!(matches!(
        goals.pieces().as_slice(),
        [
            Piece::Words(_),
            Piece::Child(_),
            Piece::Child(_),
            Piece::Words(_)
        ]
    ));
    let stand_in = draft.find_anchor("1.1").unwrap().node;
    assert_eq!(
        (stand_in.label.as_str(), stand_in.kind, stand_in.level),
        ("（1）", NodeKind::Second, 2)
    );
    let site = draft.find_anchor("2.1.1").unwrap().node;
    assert_eq!(site.label, "1．");
    assert!(site.text.starts_with("。打造") && site.text.contains("一、二、三类社区"));
}

#[test]
fn units_are_named_as_printed() {
    let outline = read(FILE);
    let draft = outline.plan().unwrap();
    let units = |anchor: &str| draft.find_anchor(anchor).unwrap().node.units.clone();
    assert_eq!(units("2.1.1"), ["区文体局", "区规划和建设局", "各街镇"]);
    assert_eq!(units("2.1.2"), ["区文体局", "区教育局", "区残联"]);
    assert_eq!(units("2.3"), ["区文体局"]);
    let held = draft.find_anchor("2.3").unwrap().node;
    assert_eq!(held.text, "(责任单位:区文体局)\n");
}

#[test]
fn what_is_odd_is_reported() {
    let outline = read(FILE);
    assert_eq!(
        codes(&outline),
        [
            ("missing-title", 3),
            ("label-form", 18),
            ("mixed-brackets", 25),
            ("sequence-gap", 31),
            ("inline-enumeration", 36),
            ("mixed-brackets", 37),
        ]
    );
}

#[test]
fn the_notice_is_read() {
    let outline = read(FILE);
    let notice = outline.notice.unwrap();
    assert_eq!(
        notice.title.as_deref(),
        Some("关于公开征求《望川区社区书屋建设方案》(征求意见稿)意见")
    );
    assert_eq!(notice.check().unwrap().days, 30);
    assert_eq!(notice.channels, ["信函", "传真", "电子邮件"]);
    assert_eq!(notice.contact.person.as_deref(), Some("林一"));
    assert_eq!(notice.contact.phone.as_deref(), Some("0900-5550101"));
    assert_eq!(notice.contact.email.as_deref(), Some("books@example.org"));
    let titles: Vec<_> = notice
        .attachments
        .iter()
        .map(|entry| (entry.number, entry.title.as_str()))
        .collect();
    assert_eq!(
        titles,
        [
            (1, "《望川区社区书屋建设方案》(征求意见稿)"),
            (2, "《望川区社区书屋建设方案》(征求意见稿)起草说明"),
        ]
    );
    assert_eq!(notice.paragraphs.len(), 2);
}

#[test]
fn restarted_numbers_keep_their_anchors_apart() {
    let outline = read("某区书屋管理办法\n一、甲事\n1.子。\n2.丑。\n1.寅。\n(一)卯。\n");
    let plan = outline.plan().unwrap();
    let anchors: Vec<String> = plan.walk().into_iter().map(|place| place.anchor).collect();
    assert_eq!(anchors, ["1", "1.1", "1.2", "1.1-2", "1.1-3"]);
    assert_eq!(codes(&outline), [("restarted-numbering", 5)]);
}

#[test]
fn a_broken_table_of_properties_and_a_summary_are_noise() {
    let text = "望川区书屋建设规划\n为方便居民就近读书借书还书，制定本规划，请遵照执行。\n发布单位 |\n望川区文体局\n|\n日期 | 无 |\n为方便居民就近读书借书还书，制定本规划，请遵照执行。\n一、目标\n多读书。\n";
    let outline = read(text);
    let noise: Vec<_> = outline.noise.iter().map(|noise| noise.lines).collect();
    assert_eq!(noise, [[2, 2], [3, 6]]);
    assert_eq!(outline.documents[0].kind, DocumentKind::AdoptedPlan);
}

#[test]
fn documents_behind_markers_are_kept_apart() {
    let text = "关于征求《书屋方案》意见的公告\n请于2031年5月1日前反馈。\n附件：\n1.书屋方案\n2.分工表\n望川区文体局\n2031年4月1日\n附件1\n书屋建设方案\n一、目标\n多读书。\n附件2\n任务分工表\n| 组 | 事 |\n附件3\n名单\n一、甲组\n管书。\n";
    let outline = read(text);
    let kinds: Vec<_> = outline
        .documents
        .iter()
        .map(|document| document.kind)
        .collect();
    assert_eq!(
        kinds,
        [
            DocumentKind::Notice,
            DocumentKind::Draft,
            DocumentKind::Attachment,
            DocumentKind::Attachment
        ]
    );
    let notice = outline.notice.unwrap();
    assert_eq!(notice.attachments.len(), 2);
    assert_eq!(notice.check().unwrap().opens_on.to_string(), "2031-04-01");
}
