//! The words that mail programs put around a quoted message, in the languages they speak.

/// Between rules, or above a header block: what follows was answered.
#[rustfmt::skip]
pub const REPLIES: &[&str] = &[
    "原始邮件", "原始郵件", "原始信件", "原始信息", "原始消息", "原始訊息", "原始来信", "原邮件", "原郵件",
    "原邮件信息", "回复的原邮件", "回复的邮件", "回复原邮件", "回覆郵件", "邮件原件", "答复的邮件", "原始邮件信息",
    "原始邮件内容", "回复邮件", "历史邮件", "引用原文", "以下为原邮件", "以下是原邮件", "以下是原始邮件",
    "original", "original message", "original mail", "original email", "original e-mail", "original appointment",
    "原件", "原文", "原信", "replied message", "reply message", "reply original message", "元のメッセージ",
    "オリジナルメッセージ", "원본 메시지", "원본 메일", "원본메시지", "원본 이메일", "ursprüngliche nachricht",
    "originalnachricht", "message d'origine", "message original", "mensaje original", "messaggio originale",
    "mensagem original", "исходное сообщение", "oorspronkelijk bericht", "oryginalna wiadomość",
    "ursprungligt meddelande",
];

/// The same for a message that was passed on.
#[rustfmt::skip]
pub const FORWARDS: &[&str] = &[
    "转发邮件", "转发邮件信息", "转发的邮件", "转发的原邮件", "转发的消息", "已转发邮件", "已转发的邮件",
    "转发信息", "轉寄郵件", "轉寄的郵件", "轉發郵件", "forwarded message", "forwarded mail", "forwarded messages",
    "forwarded by", "fwd", "転送されたメッセージ", "転送メッセージ", "전달된 메시지", "전달 메시지",
    "weitergeleitete nachricht", "message transféré", "mensaje reenviado", "messaggio inoltrato",
    "mensagem encaminhada", "пересылаемое сообщение", "пересланное сообщение",
];

/// Lines that introduce a forwarded message without rules.
#[rustfmt::skip]
pub const FORWARD_LINES: &[&str] = &[
    "开始转发的邮件:", "下面是被转发的邮件:", "以下是转发的邮件:", "開始轉寄郵件:", "begin forwarded message:",
    "転送されたメッセージ:", "anfang der weitergeleiteten nachricht:", "début du message transféré :",
    "inicio del mensaje reenviado:", "전달된 메시지:",
];

/// What a line of a header block says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    Sender,
    Sent,
    To,
    Subject,
    Other,
}

const LABELS: &[(Label, &[&str])] = &[
    (
        Label::Sender,
        &[
            "发件人",
            "寄件者",
            "寄件人",
            "发信人",
            "發件人",
            "發信人",
            "发送人",
            "发送者",
            "from",
            "差出人",
            "送信者",
            "보낸사람",
            "발신",
            "발신자",
            "von",
            "de",
            "da",
            "от",
            "van",
            "från",
        ],
    ),
    (
        Label::Sent,
        &[
            "发送时间",
            "发送日期",
            "发件时间",
            "发件日期",
            "寄件日期",
            "日期",
            "时间",
            "傳送時間",
            "發送時間",
            "發送日期",
            "已发送",
            "发送于",
            "时间日期",
            "日期时间",
            "date",
            "sent",
            "sentat",
            "senton",
            "datetime",
            "送信日時",
            "日時",
            "日付",
            "보낸날짜",
            "날짜",
            "보낸시간",
            "발송일",
            "gesendet",
            "datum",
            "envoyé",
            "enviado",
            "enviadoel",
            "fecha",
            "inviato",
            "data",
            "отправлено",
            "дата",
            "verzonden",
            "skickat",
        ],
    ),
    (
        Label::To,
        &[
            "收件人",
            "收件者",
            "收信人",
            "接收人",
            "to",
            "宛先",
            "받는사람",
            "수신",
            "수신자",
            "an",
            "à",
            "para",
            "a",
            "кому",
            "aan",
            "till",
        ],
    ),
    (
        Label::Subject,
        &[
            "主题",
            "主旨",
            "标题",
            "主題",
            "題目",
            "邮件主题",
            "邮件标题",
            "subject",
            "件名",
            "제목",
            "betreff",
            "objet",
            "asunto",
            "oggetto",
            "assunto",
            "тема",
            "onderwerp",
            "ämne",
        ],
    ),
    (
        Label::Other,
        &[
            "抄送",
            "抄送人",
            "副本",
            "密送",
            "暗送",
            "cc",
            "bcc",
            "回复",
            "回复至",
            "reply-to",
            "replyto",
            "重要性",
            "优先级",
            "附件",
            "importance",
            "priority",
            "attachments",
            "attachment",
            "참조",
            "kopie",
            "копия",
            "sender",
            "organization",
        ],
    ),
];

/// The label that these characters are, `发件人`, `主 题`, `From(发件人)`, `发件人/From`: blanks and
/// brackets do not count, and a second language may follow the first.
#[must_use]
pub fn label(text: &str) -> Option<Label> {
    let key: String = text
        .chars()
        .filter(|c| {
            !matches!(
                c,
                ' ' | '(' | ')' | '/' | '[' | ']' | '|' | '>' | '\u{feff}' | '•' | '·'
            )
        })
        .flat_map(char::to_lowercase)
        .collect();
    let known = |key: &str| {
        LABELS
            .iter()
            .find(|(_, all)| all.contains(&key))
            .map(|(label, _)| *label)
    };
    known(&key).or_else(|| {
        // Two of the same kind side by side.
        LABELS.iter().find_map(|&(kind, all)| {
            let second = |first: &str| key.strip_prefix(first).and_then(known) == Some(kind);
            all.iter().any(|first| second(first)).then_some(kind)
        })
    })
}

/// Ends of an attribution line.
#[rustfmt::skip]
pub const WROTE: &[&str] = &[
    "写道:", "寫道:", "写道", "编写:", "撰写:", "wrote:", "writes:", "schrieb:", "来信:", "來信:", "的邮件:",
    "的来信:", "的来信说:", "a écrit :", "a écrit:", "escribió:", "escreveu:", "ha scritto:", "님이 작성:",
    "님이 작성한 메시지:", "님이 쓴 글:", "さんは書きました:", "さんのメール:", "написал:", "написал(а):",
    "написала:", "пишет:", "napisał:", "napisał(a):", "schreef:", "skrev:", "kirjoitti:", "yazdı:", "đã viết:",
];

/// Verbs that stand inside an attribution line that ends with the name.
#[rustfmt::skip]
pub const WROTE_INSIDE: &[&str] = &[
    " schrieb ", " schreef ", " skrev ", " wrote ",
];
