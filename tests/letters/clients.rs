//! The sender's own words, as the mail programs used in China wrap them.

use crate::builder::*;
use jianyan::mail::inbound::words::Reason;
use jianyan::mail::inbound::{Letter, read_letter};

const OWN: &str = "建议第8条增加检测点。\n请公开结果。";
const NOTICE: &str =
    "各位：现就方案公开征求意见。\n联系人：丁一 电话：0900-5550199 邮箱：office@example.org";

/// Own words, and quoted somewhere the office's notice, which must be neither in the text nor in the contact.
fn check(name: &str, raw: &[u8]) -> Letter {
    let letter = read_letter(raw);
    assert_eq!(letter.text, OWN, "{name}");
    assert!(
        letter
            .elided
            .iter()
            .any(|e| e.reason == Reason::Quote && e.text.contains("0900-5550199")),
        "{name}: {:?}",
        letter.elided
    );
    assert!(
        letter.contact.phones.is_empty(),
        "{name}: {:?}",
        letter.contact
    );
    assert!(
        letter
            .contact
            .emails
            .iter()
            .all(|email| email.as_str() == "zhang@example.com"),
        "{name}"
    );
    letter
}

fn quoted(prefix: &str) -> String {
    NOTICE
        .lines()
        .map(|line| format!("{prefix}{line}\n"))
        .collect()
}

#[test]
fn plain_text_replies() {
    let cases = [
        (
            "QQ",
            format!(
                "{OWN}\n\n\n------------------ 原始邮件 ------------------\n发件人: \"征求意见\" <office@example.org>;\n发送时间: 2025年6月1日(星期日) 上午9:00\n收件人: \"张三丰\"<zhang@example.com>;\n主题: 公告\n\n{NOTICE}"
            ),
        ),
        (
            "QQ nbsp",
            format!(
                "{OWN}\n&nbsp;\n&nbsp;\n------------------&nbsp;原始邮件&nbsp;------------------\n发件人:&nbsp;\"征求意见\"&nbsp;<office@example.org>;\n\n{NOTICE}"
            ),
        ),
        (
            "QQ Original",
            format!(
                "{OWN}\n\n------------------ Original ------------------\nFrom:  \"office\"<office@example.org>;\nDate:  Sun, Jun 1, 2025 09:00 AM\n\n{NOTICE}"
            ),
        ),
        (
            "QQ new",
            format!(
                "{OWN}\n\n         原始邮件         \n\n发件人：征求意见 <office@example.org>\n发件时间：2025年6月1日 09:00\n收件人：张三丰 <zhang@example.com>\n主题：公告\n\n{NOTICE}"
            ),
        ),
        (
            "163 web",
            format!(
                "{OWN}\n\n\n在 2025-06-01 09:00:00，\"征求意见\" <office@example.org> 写道：\n{}",
                quoted("> ")
            ),
        ),
        (
            "163 web, no marks",
            format!(
                "{OWN}\n\n在 2025-06-01 09:00:00，\"征求意见\" <office@example.org> 写道：\n\n{NOTICE}"
            ),
        ),
        (
            "163 old",
            format!(
                "{OWN}\n\nAt 2025-06-01 09:00:00, \"office\" <office@example.org> wrote:\n{}",
                quoted(">")
            ),
        ),
        (
            "MailMaster",
            format!(
                "{OWN}\n\n\n---- 回复的原邮件 ----\n| 发件人 | 征求意见<office@example.org> |\n| 日期 | 2025年06月01日 09:00 |\n| 收件人 | 张三丰<zhang@example.com> |\n| 主题 | 公告 |\n{NOTICE}"
            ),
        ),
        (
            "Foxmail",
            format!(
                "{OWN}\n\n\n\nzhang@example.com\n \n发件人： 征求意见\n发送时间： 2025-06-01 09:00\n收件人： 张三丰\n主题： 公告\n{NOTICE}"
            ),
        ),
        (
            "Outlook zh",
            format!(
                "{OWN}\n\n________________________________\n发件人: 征求意见 <office@example.org>\n发送时间: 2025年6月1日 9:00\n收件人: 张三丰 <zhang@example.com>\n主题: 公告\n\n{NOTICE}"
            ),
        ),
        (
            "Outlook zh classic",
            format!(
                "{OWN}\n\n-----邮件原件-----\n发件人: 征求意见 [mailto:office@example.org] \n发送时间: 2025年6月1日 9:00\n收件人: 张三丰\n主题: 公告\n\n{NOTICE}"
            ),
        ),
        (
            "Outlook en",
            format!(
                "{OWN}\n\nFrom: Office <office@example.org>\nSent: Sunday, June 1, 2025 9:00 AM\nTo: Zhang <zhang@example.com>\nSubject: notice\n\n{NOTICE}"
            ),
        ),
        (
            "Outlook original",
            format!(
                "{OWN}\n\n-----Original Message-----\nFrom: Office\nSent: 2025-06-01 09:00\nTo: Zhang\nSubject: notice\n\n{NOTICE}"
            ),
        ),
        (
            "iPhone",
            format!(
                "{OWN}\n\n发自我的iPhone\n\n> 在 2025年6月1日，09:00，征求意见 <office@example.org> 写道：\n> \n{}",
                quoted("> ")
            ),
        ),
        (
            "iPhone, mark outside",
            format!(
                "{OWN}\n\n发自我的 iPhone\n\n在 2025年6月1日，上午9:00，征求意见 <office@example.org> 写道：\n\n{}",
                quoted("> ")
            ),
        ),
        (
            "Huawei",
            format!(
                "{OWN}\n发自我的华为手机\n-------- 原始邮件 --------\n发件人： 征求意见 <office@example.org>\n日期： 2025年6月1日周日 09:00\n收件人： zhang@example.com\n主 题： 公告\n{NOTICE}"
            ),
        ),
        (
            "Gmail",
            format!(
                "{OWN}\n\n征求意见 <office@example.org> 于2025年6月1日周日 09:00写道：\n\n{}",
                quoted("> ")
            ),
        ),
        (
            "Gmail broken line",
            format!(
                "{OWN}\n\nOffice of Long Names <office@example.org> 于2025年6月1日周日\n09:00写道：\n\n{}",
                quoted("> ")
            ),
        ),
        (
            "Thunderbird",
            format!(
                "{OWN}\n\n在 2025/6/1 9:00, 征求意见 写道:\n{}",
                quoted("> ")
            ),
        ),
        (
            "bottom-posted",
            format!("在 2025/6/1 9:00, 征求意见 写道:\n{}\n{OWN}", quoted("> ")),
        ),
        (
            "signature",
            format!(
                "{OWN}\n-- \n张三丰\n\n在 2025/6/1 9:00, 征求意见 写道:\n{}",
                quoted("> ")
            ),
        ),
    ];
    for (name, text) in cases {
        check(name, &plain(&text));
    }
}

#[test]
fn html_replies() {
    let own = "<div>建议第8条增加检测点。</div><div>请公开结果。</div>";
    let notice = "<p>各位：现就方案公开征求意见。</p><p>联系人：丁一 电话：0900-5550199 邮箱：office@example.org</p>";
    let cases = [
        (
            "QQ",
            format!(
                "{own}<div><br></div><div style=\"font-size: 12px\">------------------&nbsp;原始邮件&nbsp;------------------</div><div style=\"background:#efefef\"><div><b>发件人:</b>&nbsp;\"征求意见\"&lt;office@example.org&gt;;</div><div><b>发送时间:</b>&nbsp;2025年6月1日</div></div>{notice}"
            ),
        ),
        (
            "163",
            format!(
                "{own}<p>在 2025-06-01 09:00:00，\"征求意见\" &lt;office@example.org&gt; 写道：</p><blockquote id=\"isReplyContent\" style=\"margin:0\">{notice}</blockquote>"
            ),
        ),
        (
            "MailMaster",
            format!(
                "{own}<div class=\"ntes-mailmaster-quote\"><div>---- 回复的原邮件 ----</div><table><tr><td>发件人</td><td>征求意见</td></tr></table>{notice}</div>"
            ),
        ),
        (
            "Foxmail",
            format!(
                "{own}<hr><div><span>zhang@example.com</span></div><blockquote style=\"margin-top:0\"><div>&nbsp;</div><div style=\"border-top:1pt solid\"><div><b>发件人：</b>&nbsp;征求意见</div><div><b>发送时间：</b>&nbsp;2025-06-01&nbsp;09:00</div><div><b>收件人：</b>&nbsp;张三丰</div><div><b>主题：</b>&nbsp;公告</div></div><div>{notice}</div></blockquote>"
            ),
        ),
        (
            "Outlook",
            format!(
                "{own}<div id=\"appendonsend\"></div><hr><div id=\"divRplyFwdMsg\"><b>发件人:</b> x<br><b>发送时间:</b> 2025年6月1日<br></div>{notice}"
            ),
        ),
        (
            "Gmail",
            format!(
                "{own}<br><div class=\"gmail_quote gmail_quote_container\"><div dir=\"ltr\" class=\"gmail_attr\">征求意见 &lt;office@example.org&gt; 于2025年6月1日周日 09:00写道：<br></div><blockquote class=\"gmail_quote\">{notice}</blockquote></div>"
            ),
        ),
        (
            "iPhone",
            format!(
                "{own}<div dir=\"ltr\">发自我的iPhone</div><div dir=\"ltr\"><br><blockquote type=\"cite\">在 2025年6月1日，09:00，征求意见 写道：<br><br></blockquote></div><blockquote type=\"cite\">{notice}</blockquote>"
            ),
        ),
        (
            "Thunderbird, below",
            format!(
                "<div class=\"moz-cite-prefix\">在 2025/6/1 9:00, 征求意见 写道:</div><blockquote type=\"cite\">{notice}</blockquote>{own}"
            ),
        ),
        (
            "unclosed head",
            format!(
                "<head><meta name=x><title>t</title>{own}<div class=\"gmail_quote\">{notice}</div>"
            ),
        ),
    ];
    for (name, markup) in cases {
        check(name, &html(&format!("<html><body>{markup}</body></html>")));
    }
}

#[test]
fn inline_answers_keep_every_answer() {
    let letter = read_letter(&plain(
        "在 2025/6/1 9:00, 征求意见 写道:\n> 一、总体要求\n同意。\n> 二、重点任务\n\n建议增加检测点。\n",
    ));
    assert_eq!(letter.text, "同意。\n建议增加检测点。");
    assert_eq!(letter.elided.len(), 2);
}

#[test]
fn a_forward_with_nothing_above_it_is_the_letter() {
    let letter = read_letter(&plain(
        "---------- Forwarded message ---------\n发件人：李四 <li@example.net>\n日期：2025年6月1日 09:00\n主题：意见\n收件人：<zhang@example.com>\n\n建议增加检测点。",
    ));
    assert_eq!(letter.text, "建议增加检测点。");
    assert!(letter.warnings.iter().any(|w| w.code == "forwarded"));
}

#[test]
fn format_flowed_lines_are_joined() {
    let part = b"Content-Type: text/plain; charset=utf-8; format=flowed\r\n\r\nThis is one \r\nparagraph.\r\n\r\n> quoted \r\n> text\r\n-- \r\nJohn\r\n";
    let letter = read_letter(&message(b"x", "", part));
    assert_eq!(letter.text, "This is one paragraph.");
    assert_eq!(letter.elided[0].text, "> quoted text");
    assert_eq!(letter.elided[1].reason, Reason::Signature);
}

#[test]
fn banners_and_disclaimers_are_set_aside() {
    let letter = read_letter(&plain(
        "【外部邮件】此邮件来自外部发件人，请谨慎点击链接\n\n同意第8条。\n\n本邮件及其附件含有保密信息，仅限收件人使用。\n如误收请删除。",
    ));
    assert_eq!(letter.text, "同意第8条。");
    assert_eq!(
        letter.elided.iter().map(|e| e.reason).collect::<Vec<_>>(),
        [Reason::Banner, Reason::Footer]
    );
}
