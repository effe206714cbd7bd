//! A plan as long as any: 2 MB in 5,000 sections, in words of our own. `figures plan FILE` writes it,
//! for looking at its pages in a browser.

use std::fmt::Write;

const PARTS: usize = 20;
const CHAPTERS: usize = 10;
const ITEMS: usize = 24;
const WORDS: &str = "结合实际制定年度任务清单,明确责任人和完成时限,每季度向社会公布进展,主动接受群众监督;对群众反映集中的问题逐项登记、逐项答复,能马上办的马上办,需要时间的说明原因和期限,办理结果和理由告诉提出的人。";
const NUMERALS: [&str; 20] = [
    "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四",
    "十五", "十六", "十七", "十八", "十九", "二十",
];
const UNITS: [&str; 5] = ["区民政局", "区住建局", "区城管局", "区交通局", "区教育局"];

/// The notice and its plan, with the days that the sample's notice has.
pub fn notice() -> String {
    let mut text = String::from(
        "为方便居民生活,我局起草了《松涧区便民服务五年计划》(征求意见稿),现向社会公开征求意见,时间为2025年5月29日至2025年6月28日。\n\
         联系人:闻秋实\n电话:0900-5550188\n电子邮箱:jihua@example.org\n松涧区便民服务局\n2025年5月28日\n\
         松涧区便民服务五年计划(征求意见稿)\n为方便居民生活,制定本计划。\n",
    );
    let mut number = 0;
    for part in NUMERALS.iter().take(PARTS) {
        writeln!(text, "{part}、第{part}方面任务").expect("memory can be written");
        for chapter in NUMERALS.iter().take(CHAPTERS) {
            writeln!(text, "({chapter})推进第{part}方面第{chapter}组工作")
                .expect("memory can be written");
            for item in 1..=ITEMS {
                number += 1;
                let (one, two) = (UNITS[number % 5], UNITS[(number + 2) % 5]);
                writeln!(
                    text,
                    "{item}.落实第{number}项便民措施。到2027年完成{number}处改造。{WORDS}({one}、{two}和各街镇按职责分工负责)"
                )
                .expect("memory can be written");
            }
        }
    }
    text
}
