//! How mail programs wrap a reply: the sender's words, then the office's notice. In the wrapping
//! `{own}` stands for the words (lines of text, or `<div>` for each), `{notice}` for the notice,
//! `{quoted}` for the notice behind `> `.

/// One mail program's way.
#[derive(Clone, Copy, Debug)]
pub struct Client {
    pub name: &'static str,
    pub html: bool,
    /// What elided text there must be besides the notice: `-` for none.
    pub body: &'static str,
}

const fn plain(name: &'static str, body: &'static str) -> Client {
    Client {
        name,
        html: false,
        body,
    }
}

const fn html(name: &'static str, body: &'static str) -> Client {
    Client {
        name,
        html: true,
        body,
    }
}

/// The ways, in plain text and in HTML.
pub const CLIENTS: &[Client] = &[
    plain("nothing quoted", "{own}"),
    plain(
        "QQ",
        "{own}\n\n\n\n------------------ 原始邮件 ------------------\n发件人: \"征求意见\" <office@example.org>;\n发送时间: 2025年6月1日(星期日) 上午9:00\n收件人: \"me\"<me@example.com>;\n主题: 公告\n\n{notice}",
    ),
    plain(
        "QQ telephone",
        "{own}\n\n发自我的iPhone\n\n\n------------------ Original ------------------\nFrom: office <office@example.org>\nDate: Sun,Jun 1,2025 9:00 AM\nTo: me <me@example.com>\nSubject: Re: 公告\n\n{notice}",
    ),
    html(
        "QQ web",
        "{own}<div><br></div><div><includetail><div style=\"font:Verdana normal 14px\"><br></div><div style=\"font-size:12px;padding:2px 0\">------------------&nbsp;原始邮件&nbsp;------------------</div><div style=\"font-size:12px;background:#efefef;padding:8px\"><div><b>发件人:</b> \"征求意见\" &lt;office@example.org&gt;;</div><div><b>发送时间:</b>&nbsp;2025年6月1日(星期日) 上午9:00</div><div><b>收件人:</b>&nbsp;\"me\";</div><div><b>主题:</b>&nbsp;公告</div></div><div>{notice}</div></includetail></div>",
    ),
    html(
        "QQ new",
        "{own}<br><div class=\"qmbox\"><div style=\"border-bottom:1px solid\">原始邮件</div><div>发件人：征求意见 &lt;office@example.org&gt;</div><div>发件时间：2025年6月1日 09:00</div><div>收件人：me &lt;me@example.com&gt;</div><div>主题：公告</div>{notice}</div>",
    ),
    plain(
        "163",
        "{own}\n\n\n\n\n\n\n\n在 2025-06-01 09:00:00，\"征求意见\" <office@example.org> 写道：\n\n{quoted}",
    ),
    html(
        "163 web",
        "<div style=\"line-height:1.7\">{own}</div><br><p>At 2025-06-01 09:00:00, \"office\" &lt;office@example.org&gt; wrote:</p><blockquote id=\"isReplyContent\" style=\"PADDING-LEFT:1ex\">{notice}</blockquote>",
    ),
    plain(
        "MailMaster",
        "{own}\n\n\n| |\n云\n|\n|\nme@example.com\n|\n签名由 网易邮箱大师 定制\n\n---- 回复的原邮件 ----\n| 发件人 | 征求意见<office@example.org> |\n| 日期 | 2025年06月01日 09:00 |\n| 收件人 | me<me@example.com> |\n| 抄送至 | |\n| 主题 | 公告 |\n{notice}",
    ),
    html(
        "MailMaster web",
        "{own}<div class=\"ntes-mailmaster-quote\" style=\"padding-top:1px\"><div style=\"margin:0 0 2em\">---- 回复的原邮件 ----</div><table><tr><td>发件人</td><td>征求意见&lt;office@example.org&gt;</td></tr><tr><td>日期</td><td>2025年6月1日 09:00</td></tr></table>{notice}</div>",
    ),
    plain(
        "Foxmail",
        "{own}\n\n\n\nme@example.com\n \n发件人： 征求意见\n发送时间： 2025-06-01 09:00\n收件人： me\n主题： 公告\n{notice}",
    ),
    html(
        "Foxmail web",
        "{own}<div><br></div><hr style=\"width:210px;height:1px\" align=\"left\"><div><span><div>me@example.com</div></span></div><blockquote style=\"margin-top:0;margin-left:.5em\"><div>&nbsp;</div><div style=\"border:none;border-top:solid #B5C4DF 1.0pt\"><div><b>发件人：</b>&nbsp;<a href=\"mailto:office@example.org\">征求意见</a></div><div><b>发送时间：</b>&nbsp;2025-06-01&nbsp;09:00</div><div><b>收件人：</b>&nbsp;me</div><div><b>主题：</b>&nbsp;公告</div></div><div>{notice}</div></blockquote>",
    ),
    html(
        "Outlook zh",
        "<div class=WordSection1>{own}<p class=MsoNormal><o:p>&nbsp;</o:p></p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt'><p class=MsoNormal><b>发件人<span lang=EN-US>:</span></b> 征求意见 &lt;office@example.org&gt; <br><b>发送时间<span lang=EN-US>:</span></b> 2025年6月1日 9:00<br><b>收件人<span lang=EN-US>:</span></b> me &lt;me@example.com&gt;<br><b>主题<span lang=EN-US>:</span></b> 公告</p></div></div>{notice}</div>",
    ),
    plain(
        "Outlook en",
        "{own}\n\nFrom: Office <office@example.org>\nSent: Sunday, June 1, 2025 9:00 AM\nTo: me <me@example.com>\nSubject: notice\n\n{notice}",
    ),
    plain(
        "Outlook both languages",
        "{own}\n\n发件人(From): 征求意见 <office@example.org>\n发送时间(Sent): 2025-06-01 09:00\n收件人(To): me\n主题(Subject): 公告\n\n{notice}",
    ),
    html(
        "Outlook on the web",
        "{own}<div id=\"appendonsend\"></div><hr tabindex=\"-1\"><div id=\"divRplyFwdMsg\" dir=\"ltr\"><b>发件人:</b> 征求意见 &lt;office@example.org&gt;<br><b>发送时间:</b> 2025年6月1日 9:00<br></div>{notice}",
    ),
    plain(
        "Outlook telephone",
        "{own}\n\n获取 Outlook for iOS\n________________________________\n发件人: 征求意见 <office@example.org>\n发送时间: Sunday, June 1, 2025 9:00:00 AM\n收件人: me <me@example.com>\n主题: 公告\n\n{notice}",
    ),
    plain(
        "iPhone",
        "{own}\n\n发自我的iPhone\n\n> 在 2025年6月1日，09:00，征求意见 <office@example.org> 写道：\n> \n{quoted}",
    ),
    html(
        "iPhone web",
        "<meta http-equiv=\"content-type\">{own}<br id=\"lineBreakAtBeginningOfSignature\"><div dir=\"ltr\">发自我的iPhone</div><div dir=\"ltr\"><br><blockquote type=\"cite\">在 2025年6月1日，09:00，征求意见 &lt;office@example.org&gt; 写道：<br><br></blockquote></div><blockquote type=\"cite\"><div dir=\"ltr\">{notice}</div></blockquote>",
    ),
    plain(
        "Huawei",
        "{own}\n\n\n发自我的华为手机\n\n-------- 原始邮件 --------\n发件人： 征求意见 <office@example.org>\n日期： 2025年6月1日周日 09:00\n收件人： me@example.com\n主 题： 公告\n\n{notice}",
    ),
    plain(
        "Xiaomi",
        "{own}\n\n发自我的小米手机\n\n在 征求意见 <office@example.org>，2025年6月1日 09:00写道：\n\n{quoted}",
    ),
    plain(
        "vivo",
        "{own}\n发自vivo手机\n---原始邮件---\n发件人：\"征求意见\"<office@example.org>\n发送时间：2025年6月1日 09:00\n收件人：\"me\"<me@example.com>\n主题：公告\n{notice}",
    ),
    plain(
        "OPPO",
        "{own}\n\n来自我的 OPPO 手机\n\n---- 原邮件 ----\n发件人: 征求意见\n发送时间: 2025-06-01 09:00\n收件人: me\n主题: 公告\n{notice}",
    ),
    plain(
        "Gmail",
        "{own}\n\n征求意见 <office@example.org> 于2025年6月1日周日 09:00写道：\n\n{quoted}",
    ),
    plain(
        "Gmail over two lines",
        "{own}\n\nThe Office of Convenient Services for Residents <office@example.org> 于2025年6月1日周日\n09:00写道：\n\n{quoted}",
    ),
    html(
        "Gmail web",
        "<div dir=\"ltr\">{own}</div><br><div class=\"gmail_quote gmail_quote_container\"><div dir=\"ltr\" class=\"gmail_attr\">征求意见 &lt;<a href=\"mailto:office@example.org\">office@example.org</a>&gt; 于2025年6月1日周日 09:00写道：<br></div><blockquote class=\"gmail_quote\" style=\"margin:0 0 0 .8ex\">{notice}</blockquote></div>",
    ),
    plain(
        "Thunderbird below",
        "在 2025/6/1 9:00, 征求意见 写道:\n{quoted}\n{own}",
    ),
    html(
        "Thunderbird web below",
        "<div class=\"moz-cite-prefix\">在 2025/6/1 9:00, 征求意见 写道:<br></div><blockquote type=\"cite\" cite=\"mid:1@example.org\">{notice}</blockquote>{own}",
    ),
    plain(
        "Sina",
        "{own}\n\n----- 原始邮件 -----\n发件人：征求意见 <office@example.org>\n收件人：me@example.com\n主题：公告\n日期：2025年06月01日 09点00分\n\n{notice}",
    ),
    html(
        "Alibaba",
        "{own}<div class=\"__aliyun_previous_msg_wrap\"><blockquote style=\"margin-right:0\"><div>------------------------------------------------------------------</div><div>发件人：征求意见 &lt;office@example.org&gt;</div><div>日　期：2025年06月01日 09:00:00</div><div>收件人：me&lt;me@example.com&gt;</div><div>主　题：公告</div>{notice}</blockquote></div>",
    ),
    plain(
        "Alibaba plain",
        "{own}\n\n------------------------------------------------------------------\n发件人：征求意见 <office@example.org>\n发送时间：2025年6月1日(星期日) 09:00\n收件人：me <me@example.com>\n主　题：公告\n\n{notice}",
    ),
    html(
        "header block in a table",
        "{own}<table><tr><td>发件人</td><td>征求意见 &lt;office@example.org&gt;</td></tr><tr><td>发送时间</td><td>2025年6月1日 09:00</td></tr><tr><td>收件人</td><td>me</td></tr><tr><td>主题</td><td>公告</td></tr></table><div>{notice}</div>",
    ),
    plain(
        "several levels",
        "{own}\n\n在 2025-06-05 10:00:00，\"李\" <li@example.net> 写道：\n> 请看下面的通知。\n>\n> 在 2025-06-01 09:00:00，\"征求意见\" <office@example.org> 写道：\n{deep}",
    ),
    plain(
        "Japanese program",
        "{own}\n\n-----Original Message-----\n差出人: Office <office@example.org>\n送信日時: 2025年6月1日 9:00\n宛先: me <me@example.com>\n件名: 公告\n\n{notice}",
    ),
    plain(
        "Korean program",
        "{own}\n\n보낸 사람: Office <office@example.org>\n보낸 날짜: 2025년 6월 1일 일요일 오전 9:00\n받는 사람: me <me@example.com>\n제목: 公告\n\n{notice}",
    ),
    plain(
        "German program",
        "{own}\n\nAm 01.06.25 um 09:00 schrieb Office <office@example.org>:\n\n{quoted}",
    ),
    plain(
        "French program",
        "{own}\n\nLe 1 juin 2025 à 09:00, Office <office@example.org> a écrit :\n\n{quoted}",
    ),
    plain(
        "signature",
        "{own}\n-- \n云\n\n在 2025/6/1 9:00, 征求意见 写道:\n{quoted}",
    ),
    plain(
        "gateway",
        "【外部邮件】本邮件来自外部发件人，请谨慎打开链接和附件\n\n{own}\n\n本邮件及其附件含有保密信息，仅限于发送给上面地址中列出的个人或群组。\n如果您错收了本邮件，请您立即电话或邮件通知发件人并删除本邮件！",
    ),
    plain(
        "gateway en",
        "{own}\n\n--------------------\nThis e-mail and its attachments contain confidential information, which is intended only for the person whose address is listed above.\nIf you receive this e-mail in error, please delete it immediately.",
    ),
];
