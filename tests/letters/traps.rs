//! Letters that look like quotes and are not; and the law that nothing is lost.

use crate::builder::*;
use jianyan::mail::inbound::read_letter;
use proptest::prelude::*;

#[test]
fn words_that_look_like_a_quote_are_kept() {
    let letters = [
        "发件人：张三丰\n我认为第8条不妥。",
        "发件人：张三丰\n收件人：市场监管局\n日期：2025年6月10日\n主题：关于方案的意见\n\n建议增加检测点。",
        "我的意见如下。\n发件人：张三丰\n主题：意见\n以上。",
        "鲁迅先生写道：\n其实地上本没有路。\n所以建议修路。",
        "专家在2025年6月1日的文章中写道：\n质量是生命。\n我很赞成。",
        "方案说“……”，有人在网上写道：这不行。",
        "附件里的来信在 2025-06-01 10:00 发给 abc@example.org 的邮件中写道：\n应当公开。\n请核实。",
        "合格率应\n>95%\n>=98% 为优秀。",
        "上面是原文\n----------\n下面是建议\n----------\n谢谢大家",
        "第一段\n--\n第二段一\n第二段二\n第二段三\n第二段四\n第二段五\n第二段六\n第二段七\n第二段八\n第二段九",
        "原始邮件应当归档，建议写明。\n原文\n如此。",
        "建议发自我的内心：请多听群众意见，谢谢。",
        "建议系统自动加注【外部邮件】字样。",
        "来自我的一点建议：\n增加检测点。\n公布结果。\n提高标准。\n加强培训。\n落实责任。",
    ];
    for text in letters {
        let letter = read_letter(&plain(text));
        assert_eq!(letter.text, text);
        assert!(letter.elided.is_empty(), "{text}: {:?}", letter.elided);
    }
}

#[test]
fn a_blockquote_of_ones_own_is_kept() {
    let letter = read_letter(&html(
        "<p>我的建议：</p><blockquote><p>增加检测点</p></blockquote><p>谢谢大家</p>",
    ));
    assert_eq!(letter.text, "我的建议：\n增加检测点\n谢谢大家");
}

#[test]
fn lists_keep_their_numbers_and_scripts_say_nothing() {
    let letter = read_letter(&html(
        "<script>alert('x')</script><ol><li>增加检测点<li>公布结果</ol><img src=http://example.net/p.gif alt=x>",
    ));
    assert_eq!(letter.text, "1. 增加检测点\n2. 公布结果");
    assert_eq!(letter.remarks.len(), 2);
}

/// Every line with something on it, blanks squeezed, in order of the alphabet.
fn lines(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = text
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty())
        .collect();
    lines.sort();
    lines
}

const PIECES: &[&str] = &[
    "建议增加检测点。",
    "> 引用的话",
    "发件人：张三",
    "发送时间：2025年6月1日 09:00",
    "收件人：李四",
    "主题：公告",
    "------------------ 原始邮件 ------------------",
    "在 2025-06-01 09:00:00，\"甲\" <a@example.org> 写道：",
    "-- ",
    "--",
    "发自我的iPhone",
    "",
    "",
    "张三丰",
    "电话：19900001234",
    "---- 回复的原邮件 ----",
    "________________________________",
    "【外部邮件】来自外部",
    "鲁迅写道：",
    "本邮件及其附件含有保密信息",
    "| |",
    "签名由 网易邮箱大师 定制",
    "---------- Forwarded message ---------",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn kept_and_elided_are_everything(picks in proptest::collection::vec(0..PIECES.len(), 0..24)) {
        let text: String = picks.iter().map(|&pick| format!("{}\n", PIECES[pick])).collect();
        let letter = read_letter(&plain(&text));
        let parts: Vec<&str> = letter.elided.iter().map(|e| e.text.as_str()).chain([letter.text.as_str()]).collect();
        prop_assert_eq!(lines(&parts.join("\n")), lines(&text));
    }
}
