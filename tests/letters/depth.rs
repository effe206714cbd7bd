//! Rarer shapes of real mail.

use crate::builder::*;
use encoding_rs::{BIG5, GBK};
use jianyan::mail::inbound::read_letter;
use jianyan::mail::inbound::words::Reason;

#[test]
fn raw_gbk_in_every_header() {
    let name = encode("王五", GBK);
    let raw = [
        b"From: \"".as_slice(),
        &name,
        b"\" <wang@example.org>\r\nTo: ",
        &encode("市局", GBK),
        b" <a@example.org>\r\nSubject: ",
        &encode("意见", GBK),
        b"\r\n\r\n",
        &encode("建议公开。", GBK),
    ]
    .concat();
    let letter = read_letter(&raw);
    assert_eq!(
        (letter.from.name.as_deref(), letter.to[0].name.as_deref()),
        (Some("王五"), Some("市局"))
    );
    assert_eq!((&*letter.subject, &*letter.text), ("意见", "建议公开。"));
}

#[test]
fn unlabelled_big5() {
    let part = text_part(
        "plain",
        "我對這個方案的意見是應當公開結果。",
        Charset {
            real: BIG5,
            label: None,
        },
        Transfer::EightBit,
    );
    assert_eq!(
        read_letter(&message(b"x", "", &part)).text,
        "我對這個方案的意見是應當公開結果。"
    );
}

#[test]
fn outlook_html_without_ids() {
    let letter = read_letter(&html(
        "<div class=\"WordSection1\"><p class=MsoNormal>同意第8条。<o:p></o:p></p><div style='border:none;border-top:solid #E1E1E1 1.0pt'><p class=MsoNormal><b>发件人:</b> 征求意见 &lt;a@example.org&gt; <br><b>发送时间:</b> 2025年6月1日 9:00<br><b>收件人:</b> 张三<br><b>主题:</b> 公告</p></div><p>公告全文</p></div>",
    ));
    assert_eq!(letter.text, "同意第8条。");
}

#[test]
fn mail_master_signature_and_footer() {
    let letter = read_letter(&plain(
        "同意第8条。\n\n\n| |\n张三丰\n|\n|\nzhang@example.com\n|\n签名由 网易邮箱大师 定制\n\n在 2025年6月1日 09:00，征求意见<a@example.org> 写道：\n公告全文",
    ));
    assert_eq!(letter.text, "同意第8条。");
    assert_eq!(
        letter.elided.iter().map(|e| e.reason).collect::<Vec<_>>(),
        [Reason::Signature, Reason::Quote]
    );
}

#[test]
fn a_forward_in_html_with_nothing_above() {
    let letter = read_letter(&html(
        "<div dir=ltr><br><div class=\"gmail_quote\"><div class=\"gmail_attr\">---------- Forwarded message ---------<br>发件人：李四 &lt;li@example.net&gt;<br>Date: 2025年6月1日<br>Subject: 意见<br>To: &lt;zhang@example.com&gt;<br></div>建议增加检测点。</div></div>",
    ));
    assert_eq!(letter.text, "建议增加检测点。");
}

#[test]
fn a_message_attached_to_a_message() {
    let inner = b"Content-Type: message/rfc822\r\n\r\nFrom: a@example.org\r\nSubject: =?utf-8?B?5oSP6KeB?=\r\n\r\ninner".to_vec();
    let letter = read_letter(&message(
        b"x",
        "",
        &multipart(
            "mixed",
            &[
                text_part("plain", "见附件", PLAIN_UTF8, Transfer::Base64),
                inner,
            ],
        ),
    ));
    assert_eq!(
        (
            &*letter.attachments[0].name,
            &*letter.attachments[0].media_type
        ),
        ("意见.eml", "message/rfc822")
    );
}

#[test]
fn a_wrong_boundary_and_a_placeholder_text() {
    let body = multipart(
        "alternative",
        &[
            text_part("plain", "请用HTML方式查看", PLAIN_UTF8, Transfer::Base64),
            text_part(
                "html",
                "<p>我建议在第八条里增加农产品检测点，并按月公布结果，同时写明责任单位和完成时间。</p><p>另外请公布联系电话，方便大家反映情况。</p>",
                PLAIN_UTF8,
                Transfer::Base64,
            ),
        ],
    );
    let text = String::from_utf8(message(b"x", "", &body))
        .unwrap()
        .replacen("boundary=\"----=_Part", "boundary=\"wrong", 1);
    assert!(
        read_letter(text.as_bytes())
            .text
            .starts_with("我建议在第八条里")
    );
}

#[test]
fn a_letter_that_is_one_file() {
    let part = attachment(b"Content-Type: application/msword; name=\"a.doc\"", b"doc");
    let letter = read_letter(&message(b"x", "", &part));
    assert_eq!((letter.attachments.len(), &*letter.text), (1, ""));
    assert!(letter.remarks.is_empty() && letter.warnings.iter().any(|w| w.code == "no-words"));
}

#[test]
fn hidden_text_is_not_the_senders_word() {
    let letter = read_letter(&html("<div style=\"display:none\">预览</div><p>同意。</p>"));
    assert_eq!(letter.text, "同意。");
    assert_eq!(letter.elided[0].reason, Reason::Footer);
}

#[test]
fn a_reply_under_a_quoted_header_block() {
    let letter = read_letter(&plain(
        "-----Original Message-----\nFrom: Office\nSent: 2025-06-01 09:00\nTo: Zhang\nSubject: notice\n\n> 公告全文\n> 第二行\n\n同意第8条。",
    ));
    assert_eq!(letter.text, "同意第8条。");
}
