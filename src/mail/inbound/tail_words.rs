//! The lines that mail programs and companies put below a letter.

/// What mail programs and telephones call themselves in their own line.
#[rustfmt::skip]
const DEVICES: &[&str] = &[
    "iphone", "ipad", "手机", "手機", "邮箱", "郵箱", "平板", "outlook", "foxmail", "mac", "android", "安卓",
    "小米", "红米", "redmi", "xiaomi", "vivo", "oppo", "荣耀", "honor", "华为", "huawei", "三星", "samsung",
    "galaxy", "魅族", "meizu", "一加", "oneplus", "realme", "钉钉", "dingtalk", "飞书", "feishu", "企业微信",
    "微信", "wecom", "qq", "网易", "163", "126", "阿里", "alimail", "新浪", "搜狐", "客户端", "windows", "yahoo",
    "thunderbird", "mail", "邮件", "app", "电脑", "pixel", "smartphone", "tablet", "phone", "blackberry", "spark",
    "protonmail", "mate", "nova",
];

#[rustfmt::skip]
const BEGINNINGS: &[&str] = &[
    "发自", "發自", "来自", "來自", "发送自", "寄自", "从我的", "從我的", "从", "由", "通过", "使用", "sent from ",
    "sent via ", "sent with ", "sent using ", "sent by ", "get outlook for", "获取 outlook", "获取outlook",
    "下载 outlook", "取得 outlook", "composed with ", "von meinem ", "envoyé de mon ", "envoyé depuis ",
    "enviado desde ", "inviato da ", "enviado do meu ", "отправлено с ", "отправлено из ", "verzonden vanaf ",
    "skickat från ", "自 windows", "签名由", "此邮件由",
];

#[rustfmt::skip]
const ENDINGS: &[&str] = &[
    "から送信", "から送信されました", "에서 보냄", "에서 전송", "에서 보냈습니다", "gesendet", "版邮件发送",
    "版 邮件发送",
];

/// A line with which a mail program names itself: 发自我的华为手机, Sent from my Galaxy. It has no
/// sentence in it, and names a device or a program: 来自我的一点建议 does not.
#[must_use]
pub fn is_footer(shadow: &str) -> bool {
    if shadow.len() > 150 {
        return false;
    }
    let lower = shadow.to_lowercase();
    let lower = lower.trim_matches(['-', ' ', '|', '_', '—', '·', '[', ']']);
    let count = lower.chars().count();
    if count > 42 || lower.contains(['。', '，', '；', '?', '!']) {
        return false;
    }
    let named = || DEVICES.iter().any(|device| lower.contains(device));
    let virus = ["virus-free", "已通过病毒扫描", "无病毒", "avast"]
        .iter()
        .any(|word| lower.starts_with(word));
    let begun = BEGINNINGS
        .iter()
        .find_map(|begin| lower.strip_prefix(begin));
    let short = |rest: &str| {
        // 从邮箱里看到…, 由手机号…: a sentence goes on.
        let weak = lower.starts_with(['从', '由', '通', '使']) && !lower.starts_with("从我的");
        rest.chars().count() <= 28
            && (!weak
                || ["发送", "发出", "定制", "邮件"]
                    .iter()
                    .any(|end| lower.ends_with(end)))
            && ![
                "建议", "意见", "应", "问题", "反映", "投诉", "群众", "请", "信息",
            ]
            .iter()
            .any(|word| rest.contains(word))
    };
    virus
        || lower.starts_with("sent from my ") && count <= 36
        || begun.is_some_and(short) && named()
        || count <= 30 && ENDINGS.iter().any(|end| lower.ends_with(end)) && named()
}

#[rustfmt::skip]
const HEADINGS: &[&str] = &[
    "免责声明", "免責聲明", "保密声明", "保密提示", "保密条款", "保密通知", "confidentiality notice",
    "confidentiality note", "disclaimer", "legal notice", "privileged and confidential", "confidential",
];

#[rustfmt::skip]
const ABOUT: &[&str] = &[
    "本邮件", "此邮件", "该邮件", "这封邮件", "本电子邮件", "此电子邮件", "本信息", "此信息", "声明:", "重要提示:", "注意:",
    "提示:", "郑重声明", "本郵件", "此郵件", "本電子郵件", "this email", "this e-mail", "this message",
    "this communication", "this transmission", "the information contained",
    "the information in this", "the contents of this", "important notice", "important:",
    "notice:", "please consider the environment", "打印前", "请考虑环境", "保护环境",
    "please think before", "このメール", "본 메일",
];

/// A notice about secrecy or liability: one of the usual headings, or a line about “this e-mail” that
/// speaks of secrecy, of having received it by mistake, or of deleting it.
#[must_use]
pub fn is_disclaimer(shadow: &str) -> bool {
    let marks = ['*', '-', '_', '=', ' ', '【', '[', '(', '#', '"', '“'];
    let shadow = shadow.trim_start_matches(marks);
    let first: String = shadow
        .chars()
        .take(40)
        .flat_map(char::to_lowercase)
        .collect();
    let begins = |list: &[&str]| list.iter().any(|word| first.starts_with(word));
    if !(begins(HEADINGS) || begins(ABOUT)) {
        return false;
    }
    let start: String = shadow
        .chars()
        .take(400)
        .flat_map(char::to_lowercase)
        .collect();
    let heading = HEADINGS.iter().any(|heading| {
        start.strip_prefix(heading).is_some_and(|rest| {
            rest.trim_start().is_empty()
                || rest
                    .trim_start()
                    .starts_with([':', '】', ']', ')', '-', '*'])
        })
    });
    if heading {
        return true;
    }
    let about = begins(ABOUT);
    let says = [
        "保密",
        "机密",
        "機密",
        "误收",
        "誤收",
        "错误地收到",
        "收件人",
        "非指定",
        "删除",
        "法律责任",
        "不代表",
        "confidential",
        "privileged",
        "intended",
        "recipient",
        "in error",
        "delete",
        "environment",
        "before print",
        "before you print",
        "环境",
        "机密信息",
        "本公司立场",
        "守秘",
        "기밀",
    ]
    .iter()
    .any(|word| start.contains(word));
    let mail = [
        "邮件",
        "郵件",
        "mail",
        "message",
        "communication",
        "transmission",
        "打印",
        "print",
        "环境",
        "environment",
        "信息",
        "メール",
        "메일",
    ]
    .iter()
    .any(|word| start.contains(word));
    let opinion = ["建议", "第"].iter().any(|word| start.contains(word)) && !start.contains("误");
    about && says && mail && !opinion
}
