//! A draft of our own: what the letters of the corpus speak of.

use jianyan::documents::model::reference::{Draft, Place};

const PLACES: &[(&str, &str, &str)] = &[
    ("一", "总体要求", ""),
    (
        "一/(一)",
        "指导思想",
        "坚持便民为本，把方便群众办事放在首位，推动公共服务向基层延伸。",
    ),
    (
        "一/(二)",
        "主要目标",
        "到2027年，全区公共服务满意度达到百分之九十以上。",
    ),
    (
        "一/(二)/—1",
        "",
        "社区便民服务站覆盖所有街道，每个服务站至少配备三名工作人员。",
    ),
    (
        "一/(二)/—2",
        "",
        "公共自行车停放点增加到四百处，老旧小区周边优先设置。",
    ),
    ("二", "重点任务", ""),
    ("二/(一)", "改善出行条件", ""),
    (
        "二/(一)/1",
        "完善慢行道路",
        "在主要道路两侧划定自行车专用道，清理占道堆放的杂物。",
    ),
    (
        "二/(一)/2",
        "优化公交线路",
        "根据客流调整公交站点间距，夜间班次延长到二十二时三十分。",
    ),
    (
        "二/(一)/3",
        "增加停车泊位",
        "利用边角空地建设立体停车设施，收费标准向社会公示。",
    ),
    ("二/(二)", "提升社区服务", ""),
    (
        "二/(二)/4",
        "建设社区食堂",
        "为六十岁以上老年人提供助餐服务，餐费补贴按月发放到个人账户。",
    ),
    (
        "二/(二)/5",
        "开放运动场地",
        "学校操场在周末和假期向居民免费开放，由街道统一购买意外保险。",
    ),
    (
        "二/(二)/6",
        "规范犬只管理",
        "养犬登记一次办结，在小区入口设置拾便袋箱并每日补充。",
    ),
    ("二/(三)", "加强环境治理", ""),
    (
        "二/(三)/7",
        "推进垃圾分类",
        "可回收物实行预约上门收集，大件垃圾每周集中清运两次。",
    ),
    (
        "二/(三)/8",
        "整治噪声扰民",
        "建筑工地夜间施工须提前三日公告，广场舞音响音量实时显示。",
    ),
    (
        "二/(三)/9",
        "保护饮用水源",
        "水库周边五百米内禁止垂钓和野炊，水质检测结果每旬公布。",
    ),
    ("三", "保障措施", ""),
    (
        "三/(一)",
        "加强组织领导",
        "建立由分管副区长牵头的联席会议，每季度研究一次进展情况。",
    ),
    (
        "三/(二)",
        "落实经费保障",
        "将所需资金列入年度预算，接受审计监督并公开使用明细。",
    ),
    (
        "三/(三)",
        "强化督促考核",
        "第三方机构每半年开展满意度调查，结果作为评先评优依据。",
    ),
];

/// The places of the draft.
pub fn draft() -> Draft {
    let place = |&(path, heading, text): &(&str, &str, &str)| Place {
        path: path.into(),
        label: String::new(),
        heading: heading.into(),
        text: text.into(),
    };
    PLACES.iter().map(place).collect::<Vec<_>>().into()
}

/// The same as a file that `jianyan mail parse --draft` reads.
#[allow(dead_code)]
pub fn file() -> String {
    let mut text = String::from(
        "为方便居民生活,我局起草了《望川区便民服务实施方案》(征求意见稿),现向社会公开征求意见,时间为2025年5月29日至2025年6月28日。\n联系人:闻秋实\n电话:0900-5550199\n电子邮箱:office@example.org\n望川区便民服务局\n2025年5月28日\n望川区便民服务实施方案(征求意见稿)\n为方便居民生活,制定本方案。\n",
    );
    for (path, heading, words) in PLACES {
        let label = path.rsplit('/').next().unwrap();
        let label = match label.chars().next().unwrap() {
            '(' => label.to_owned(),
            '—' => "——".to_owned(),
            c if c.is_ascii_digit() => format!("{label}."),
            _ => format!("{label}、"),
        };
        let stop = if heading.is_empty() || words.is_empty() {
            ""
        } else {
            "。"
        };
        text.push_str(&format!("{label}{heading}{stop}{words}\n"));
    }
    text
}
