//! The words by which automatic mail names itself, in the languages that mailers around here speak.

use crate::width::half_width;

#[rustfmt::skip]
const AUTO_REPLIES: &[&str] = &[
    "自动回复", "自動回覆", "自動回復", "自动答复", "自动答覆", "自动应答", "休假自动回复", "外出自动回复",
    "外出时的自动回复", "automatic reply", "automated reply", "auto reply", "autoreply", "auto-reply",
    "auto response", "autoresponse", "auto-response", "out of office", "out-of-office", "out of the office",
    "自動応答", "自動返信", "不在通知", "자동 회신", "자동회신", "자동 응답", "부재중", "automatische antwort",
    "abwesenheitsnotiz", "abwesenheitsmeldung", "abwesend", "réponse automatique", "reponse automatique",
    "absence du bureau", "respuesta automática", "respuesta automatica", "fuera de la oficina",
    "risposta automatica", "fuori sede", "resposta automática", "resposta automatica", "automatisch antwoord",
    "afwezig", "автоматический ответ", "автоответ", "нет на месте", "odpowiedź automatyczna", "otomatik yanıt",
    "trả lời tự động", "autosvar", "automatiskt svar", "automatisk svar", "automaattinen vastaus",
    "automatická odpověď", "balasan otomatis", "ตอบกลับอัตโนมัติ",
];

#[rustfmt::skip]
const BOUNCES: &[&str] = &[
    "退信", "系统退信", "邮件退信", "退信通知", "退信提醒", "退件", "系統退信", "undelivered mail", "undeliverable",
    "undelivered", "delivery status notification", "delivery notification", "mail delivery failed",
    "mail delivery failure", "mail delivery system", "message delivery failure", "message not delivered",
    "failure notice", "returned mail", "delivery failure", "delivery has failed", "nondeliverable",
    "non-deliverable", "rejected:", "mail system error", "warning: message", "warning: could not send",
    "email delivery failure", "邮件无法投递", "无法投递", "未送达", "未傳遞", "未传递", "无法送达", "投递失败",
    "发送失败", "邮件发送失败", "您的邮件被退回", "邮件被退回", "您发送的邮件被退回", "無法傳遞", "無法遞送",
    "传送失败", "배달되지 않음", "반송", "配信不能", "配信できません", "送信できませんでした", "unzustellbar",
    "non remis", "no se puede entregar", "impossibile recapitare", "não entregue", "não é possível entregar",
    "недоставлено", "не доставлено", "systems bounce",
];

#[rustfmt::skip]
const RECEIPTS: &[&str] = &[
    "已读", "已读回执", "阅读回执", "回执", "已讀", "讀取回條", "read", "read receipt", "return receipt", "gelesen",
    "lu", "leído", "開封済み", "읽음", "прочтено",
];

/// What a responder says and a citizen does not.
#[rustfmt::skip]
const RESPONDER: &[&str] = &[
    "已收到您", "您的邮件已收到", "邮件已收到", "您的来信已收到", "来信收悉", "我已收到", "信已收到", "已经收到您",
    "收到您的邮件", "休假", "度假", "正在出差", "出差中", "外出", "不在办公室", "在外地", "無法及時", "请假",
    "請假", "已离职", "如有急事", "有急事请", "紧急事宜", "这是一封自动", "本邮件为自动", "系统自动发送",
    "此邮件由系统", "out of office", "out of the office", "on leave", "vacation", "limited access", "i am away",
    "i'm away", "be away", "will get back to you", "received your", "thank you for your e",
    "thank you for your message", "thanks for your e", "this is an automat", "an automatic reply", "abwesen",
    "nicht im büro", "congé", "absent", "不在にして", "休暇", "부재", "휴가", "vacaciones", "отпуск",
];

/// What somebody with an opinion says.
#[rustfmt::skip]
const CITIZEN: &[&str] = &[
    "建议", "希望", "应当", "应该", "不同意", "反对", "增加", "删除", "修改", "改为", "贵局", "你们", "功能",
    "建議", "suggest", "should", "please change",
];

/// The subject without brackets in front and `:`-less blanks, half-width, lower case.
fn shadow(subject: &str) -> String {
    let text = half_width(subject).to_lowercase();
    text.trim_start_matches(['[', '【', '(', '<', ' ', '"', '“', '*', '!', '#'])
        .to_owned()
}

/// The phrase at the front of the subject, and what comes after it: nothing, or a break. In
/// “自动回复功能的建议” the sentence goes on, and “Re: 自动回复: 已收到” is a person's answer.
fn after_phrase<'a>(text: &'a str, phrases: &[&str]) -> Option<&'a str> {
    phrases.iter().find_map(|phrase| {
        let rest = text.strip_prefix(phrase)?.trim_start();
        let breaks = [
            ':', ']', '】', ')', '>', '-', '—', '"', '!', '”', '|', '/', '。', '(', '.', ',', '至',
        ];
        (rest.is_empty() || rest.starts_with(breaks)).then_some(rest)
    })
}

/// Whether the subject says it is an automatic reply, and the words do not say otherwise.
#[must_use]
pub fn says_auto_reply(subject: &str, words: &str, answers: bool) -> bool {
    let text = shadow(subject);
    let Some(_) = after_phrase(&text, AUTO_REPLIES) else {
        return false;
    };
    let words: String = half_width(words)
        .to_lowercase()
        .chars()
        .take(2000)
        .collect();
    let has = |list: &[&str]| list.iter().any(|word| words.contains(word));
    answers || has(RESPONDER) || !has(CITIZEN)
}

/// Whether the subject and the words say that a message was opened.
#[must_use]
pub fn says_receipt(subject: &str, words: &str) -> bool {
    let text = shadow(subject);
    let Some(rest) = after_phrase(&text, RECEIPTS) else {
        return false;
    };
    let words: String = half_width(words).to_lowercase().chars().take(600).collect();
    let opened = [
        "已被阅读",
        "已阅读",
        "被打开",
        "已打开",
        "阅读时间",
        "已读回执",
        "阅读回执",
        "was read",
        "has been read",
        "been displayed",
        "was displayed",
        "开封",
        "開封されました",
        "gelesen",
        "a été lu",
    ];
    !rest.is_empty() && opened.iter().any(|word| words.contains(word))
        || text.contains("回执") && opened.iter().any(|word| words.contains(word))
}

/// Whether the subject is that of a returned message. Never enough alone: a citizen may write about
/// 退信 as well.
#[must_use]
pub fn says_bounce(subject: &str) -> bool {
    let text = shadow(subject);
    let text = text
        .split_once([']', '】'])
        .map_or(&*text, |(first, rest)| {
            if rest.trim().is_empty() || BOUNCES.iter().any(|word| first.starts_with(word)) {
                &*text
            } else {
                rest.trim_start()
            }
        });
    BOUNCES.iter().any(|word| text.starts_with(word))
        || text.contains("退信") && text.contains("系统")
}
