//! Machines and people: headers, subject and words of each, and the verdict.

use super::Sample;
use crate::builder::{PLAIN_UTF8, Transfer, message_of, multipart, text_part, word};
use encoding_rs::UTF_8;

/// From, subject, further header lines, words, verdict.
type Case = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    Option<&'static str>,
);

const REPLY: &str = "In-Reply-To: <1@example.org>\r\nReferences: <1@example.org>\r\n";

const CASES: &[Case] = &[
    // People.
    (
        "me@example.com",
        "意见",
        "X-Auto-Response-Suppress: All\r\n",
        "第3条收费太高。",
        None,
    ),
    (
        "me@example.com",
        "意见",
        "Auto-Submitted: no\r\n",
        "第3条收费太高。",
        None,
    ),
    (
        "me@example.com",
        "意见",
        "Return-Path: <>\r\n",
        "同意。",
        None,
    ),
    (
        "me@example.com",
        "意见",
        "List-Unsubscribe: <mailto:abuse@example.com>\r\n",
        "同意。",
        None,
    ),
    (
        "me@example.com",
        "意见",
        "List-Id: <all.example.com>\r\nList-Unsubscribe: <mailto:leave@example.com>\r\nList-Post: <mailto:all@example.com>\r\nPrecedence: list\r\n",
        "同意。",
        None,
    ),
    (
        "me@example.com",
        "意见",
        "List-Id: <all.example.com>\r\nPrecedence: list\r\n",
        "建议增加路灯。",
        None,
    ),
    (
        "me@example.com",
        "Re: 公告",
        "List-Id: <all.example.com>\r\nList-Unsubscribe: <mailto:leave@example.com>\r\nIn-Reply-To: <1@example.org>\r\n",
        "好的。",
        None,
    ),
    (
        "noreply@example.com",
        "市民留言转办",
        "",
        "市民反映：建议增加路灯。",
        None,
    ),
    (
        "me@example.com",
        "关于自动回复短信的建议",
        "",
        "办事大厅的自动回复短信看不懂。",
        None,
    ),
    (
        "me@example.com",
        "自动回复功能应当改进",
        "",
        "贵局邮箱只会自动回复。",
        None,
    ),
    (
        "me@example.com",
        "自动回复：形同虚设",
        "",
        "你们的邮箱只会自动回复，建议改为人工答复。",
        None,
    ),
    (
        "me@example.com",
        "自动回复",
        "",
        "希望贵局不要只用自动回复应付群众。",
        None,
    ),
    (
        "me@example.com",
        "Re: 自动回复: 已收到您的意见",
        REPLY,
        "谢谢，再补充一点：第3条也要公示。",
        None,
    ),
    (
        "me@example.com",
        "回复：自动回复：意见",
        REPLY,
        "收到，谢谢。",
        None,
    ),
    (
        "me@example.com",
        "退信处理办法的建议",
        "",
        "快递退信太慢。",
        None,
    ),
    (
        "me@example.com",
        "退信",
        "",
        "我寄给贵局的信被退回来了，地址是不是写错了？",
        None,
    ),
    (
        "postmaster@example.com",
        "对方案的意见",
        "",
        "我是邮箱管理员，也是居民，建议增加路灯。",
        None,
    ),
    (
        "me@example.com",
        "系统退信怎么办",
        "",
        "我给贵局发的邮件总是系统退信。",
        None,
    ),
    (
        "me@example.com",
        "已读：对第3条的看法",
        "",
        "方案我已读，第3条应当听证。",
        None,
    ),
    (
        "me@example.com",
        "会议纪要的建议",
        "",
        "建议公开会议纪要。",
        None,
    ),
    (
        "me@example.com",
        "Out of the box ideas",
        "",
        "I suggest longer opening hours.",
        None,
    ),
    (
        "me@example.com",
        "Automatic doors in the library",
        "",
        "They should open more slowly.",
        None,
    ),
    (
        "me@example.com",
        "意见",
        "Precedence: normal\r\nX-Priority: 1\r\nX-Mailer: Foxmail 7\r\n",
        "同意。",
        None,
    ),
    ("bounces-fan@example.com", "意见", "", "同意。", None),
    (
        "me@example.com",
        "意见",
        "X-Loop: somebody@example.net\r\n",
        "同意。",
        None,
    ),
    (
        "me@example.com",
        "休假制度的意见",
        "",
        "我建议在方案里写明休假制度。",
        None,
    ),
    (
        "me@example.com",
        "取消订阅短信的建议",
        "",
        "建议允许群众退订短信。",
        None,
    ),
    ("me@example.com", "", "", "同意", None),
    // Automatic replies.
    (
        "me@example.com",
        "自动回复：意见",
        "",
        "您好，您的邮件已收到。",
        Some("auto-reply"),
    ),
    (
        "me@example.com",
        "自动回复:对公告的回复",
        REPLY,
        "",
        Some("auto-reply"),
    ),
    (
        "me@example.com",
        "[自动回复] 公告",
        "",
        "我正在休假，有急事请联系同事。",
        Some("auto-reply"),
    ),
    (
        "me@example.com",
        "【自动回复】您好",
        "",
        "来信收悉，我会尽快回复。",
        Some("auto-reply"),
    ),
    (
        "me@example.com",
        "自動回覆：公告",
        "",
        "我不在辦公室。",
        Some("auto-reply"),
    ),
    (
        "me@example.com",
        "Automatic reply: notice",
        "X-Auto-Response-Suppress: All\r\nAuto-Submitted: auto-generated\r\n",
        "I am out of office.",
        Some("auto-reply"),
    ),
    (
        "me@example.com",
        "Out of Office: notice",
        "",
        "I am on leave until Monday.",
        Some("auto-reply"),
    ),
    (
        "me@example.com",
        "Auto-Reply: notice",
        "",
        "Thank you for your email.",
        Some("auto-reply"),
    ),
    (
        "me@example.com",
        "自動返信: お知らせ",
        "",
        "ただいま不在にしております。",
        Some("auto-reply"),
    ),
    (
        "me@example.com",
        "자동 회신: 공고",
        "",
        "휴가 중입니다.",
        Some("auto-reply"),
    ),
    (
        "me@example.com",
        "Automatische Antwort: Anzeige",
        "",
        "Ich bin nicht im Büro.",
        Some("auto-reply"),
    ),
    (
        "me@example.com",
        "Réponse automatique : avis",
        "",
        "Je suis absent.",
        Some("auto-reply"),
    ),
    (
        "me@example.com",
        "Respuesta automática: aviso",
        "",
        "Estoy de vacaciones.",
        Some("auto-reply"),
    ),
    (
        "me@example.com",
        "notice",
        "Auto-Submitted: auto-replied\r\n",
        "x",
        Some("auto-reply"),
    ),
    (
        "me@example.com",
        "notice",
        "Auto-Submitted: auto-replied (vacation)\r\n",
        "x",
        Some("auto-reply"),
    ),
    (
        "me@example.com",
        "notice",
        "X-Autoreply: yes\r\n",
        "x",
        Some("auto-reply"),
    ),
    (
        "me@example.com",
        "notice",
        "X-Autorespond: vacation\r\n",
        "x",
        Some("auto-reply"),
    ),
    (
        "me@example.com",
        "notice",
        "Precedence: auto_reply\r\n",
        "x",
        Some("auto-reply"),
    ),
    (
        "me@example.com",
        "已读回执：公告",
        "",
        "您发给 me 的邮件“公告”已被阅读，阅读时间为 2025-06-01 09:00。",
        Some("auto-reply"),
    ),
    (
        "me@example.com",
        "Read: notice",
        "",
        "Your message was read on Sunday.",
        Some("auto-reply"),
    ),
    // Returned mail.
    (
        "MAILER-DAEMON@mx.example.com",
        "Undelivered Mail Returned to Sender",
        "Return-Path: <>\r\n",
        "<a@example.net>: host unknown",
        Some("bounce"),
    ),
    (
        "postmaster@example.com",
        "系统退信",
        "",
        "很抱歉，您发送的邮件被退回。收件人：a@example.net。550 User not found",
        Some("bounce"),
    ),
    (
        "postmaster@example.com",
        "【退信】您的邮件未送达",
        "",
        "收件人邮箱已满 552 5.2.2",
        Some("bounce"),
    ),
    (
        "mailer-daemon@example.com",
        "failure notice",
        "",
        "I'm afraid I wasn't able to deliver your message.",
        Some("bounce"),
    ),
    (
        "me@example.com",
        "退信通知",
        "Return-Path: <>\r\n",
        "x",
        Some("bounce"),
    ),
    (
        "MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.com",
        "未送达: 公告",
        "",
        "邮件未能传递给 a@example.net",
        Some("bounce"),
    ),
    (
        "x@example.com",
        "Delivery",
        "X-Failed-Recipients: a@example.net\r\n",
        "x",
        Some("bounce"),
    ),
    (
        "postmaster@example.com",
        "Delivery Status Notification (Failure)",
        "Return-Path: <>\r\n",
        "x",
        Some("bounce"),
    ),
    (
        "mailer-daemon@example.com",
        "配信不能",
        "Return-Path: <>\r\n",
        "x",
        Some("bounce"),
    ),
    // Many equal mails.
    (
        "news@example.net",
        "六月优惠",
        "List-Unsubscribe: <https://example.net/u>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
        "夏季特价，点击退订。",
        Some("bulk"),
    ),
    (
        "edm@example.net",
        "新品上市",
        "Precedence: bulk\r\n",
        "全场八折。",
        Some("bulk"),
    ),
    (
        "info@example.net",
        "周刊第12期",
        "List-Id: <weekly.example.net>\r\nList-Unsubscribe: <mailto:off@example.net>\r\nPrecedence: bulk\r\n",
        "本期要闻。",
        Some("bulk"),
    ),
    (
        "noreply@example.net",
        "验证码",
        "",
        "您的验证码是 123456。",
        Some("bulk"),
    ),
    (
        "info@example.net",
        "Sale",
        "List-Id: <s.example.net>\r\nList-Unsubscribe: <mailto:off@example.net>\r\nFeedback-ID: 1:2:3\r\n",
        "Our summer sale. Unsubscribe here.",
        Some("bulk"),
    ),
    (
        "me@example.com",
        "x",
        "Precedence: junk\r\n",
        "x",
        Some("bulk"),
    ),
    // Our own coming back.
    ("office@example.org", "公告", "", "x", Some("loop")),
    (
        "me@example.com",
        "公告",
        "X-Loop: office@example.org\r\n",
        "x",
        Some("loop"),
    ),
];

/// Every case, and those that are told by the shape of the message.
pub fn all() -> Vec<Sample> {
    let cases = CASES.iter().map(|&(from, subject, extra, words, verdict)| {
        let part = text_part("plain", words, PLAIN_UTF8, Transfer::Base64);
        let subject = word(subject, UTF_8, "utf-8");
        sample(
            format!("{from} {subject} {extra}"),
            message_of("", from, subject.as_bytes(), extra, &part),
            words,
            verdict,
        )
    });
    cases.chain(shapes()).collect()
}

fn sample(name: String, raw: Vec<u8>, words: &str, automatic: Option<&'static str>) -> Sample {
    Sample {
        name,
        raw,
        own: None,
        lines: words.lines().map(str::to_owned).collect(),
        automatic,
        written: None,
    }
}

fn shapes() -> Vec<Sample> {
    let text = |words: &str| text_part("plain", words, PLAIN_UTF8, Transfer::Base64);
    let part = |kind: &str, body: &str| format!("Content-Type: {kind}\r\n\r\n{body}").into_bytes();
    let status = part(
        "message/delivery-status",
        "Reporting-MTA: dns; mx.example.org\r\n\r\nFinal-Recipient: rfc822; a@example.net\r\nAction: failed\r\nStatus: 5.1.1\r\n",
    );
    let read = part(
        "message/disposition-notification",
        "Final-Recipient: rfc822; me@example.com\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n",
    );
    let meeting = |method: &str| {
        part(
            &format!("text/calendar; charset=utf-8; method={method}"),
            &format!("BEGIN:VCALENDAR\r\nMETHOD:{method}\r\nEND:VCALENDAR\r\n"),
        )
    };
    let attached = part(
        "text/calendar; charset=utf-8; method=REQUEST\r\nContent-Disposition: attachment; filename=a.ics",
        "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
    );
    let typed = |kind: &str, parts: &[Vec<u8>]| {
        let body = multipart("report", parts);
        let body = String::from_utf8(body).unwrap();
        body.replacen(
            "multipart/report;",
            &format!("multipart/report; report-type={kind};"),
            1,
        )
        .into_bytes()
    };
    let cases = [
        (
            "a delivery report",
            typed(
                "delivery-status",
                &[text("could not be delivered"), status.clone()],
            ),
            "could not be delivered",
            Some("bounce"),
        ),
        (
            "a report without its type",
            multipart("report", &[text("x"), status.clone()]),
            "x",
            Some("bounce"),
        ),
        (
            "a read receipt",
            typed(
                "disposition-notification",
                &[text("Your message was read"), read.clone()],
            ),
            "Your message was read",
            Some("auto-reply"),
        ),
        (
            "an invitation",
            multipart("alternative", &[text("会议"), meeting("REQUEST")]),
            "会议",
            Some("calendar"),
        ),
        (
            "an answer to one",
            multipart("mixed", &[text("已接受"), meeting("REPLY")]),
            "已接受",
            Some("calendar"),
        ),
        (
            "a person with a calendar file",
            multipart("mixed", &[text("时间建议见附件"), attached]),
            "时间建议见附件",
            None,
        ),
        (
            "a person who sends a report on",
            multipart("mixed", &[text("我的信被退回了，请看。"), status]),
            "我的信被退回了，请看。",
            None,
        ),
        (
            "a person who sends a receipt on",
            multipart("mixed", &[text("这是阅读回执，建议核实。"), read]),
            "这是阅读回执，建议核实。",
            None,
        ),
    ];
    cases
        .into_iter()
        .map(|(name, part, words, verdict)| {
            let raw = message_of("", "me@example.com", b"x", "", &part);
            sample(name.to_owned(), raw, words, verdict)
        })
        .collect()
}
