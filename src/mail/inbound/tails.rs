//! Signatures, footers of mail programs, and warnings that a gateway puts on top.

use super::lines::{Line, Mark};
use super::words::Reason;

/// A signature after `-- ` (RFC 3676 section 4.3) has at most so many lines; after a bare `--`,
/// which may be somebody's rule, fewer.
const LONGEST_SIGNATURE: usize = 25;
const LONGEST_BARE: usize = 8;

/// Labels the tails among the lines that are still kept (`None`).
pub fn label(
    lines: &[Line],
    shadows: &[String],
    labels: &mut [Option<Reason>],
    own_address: Option<&str>,
) {
    banner(shadows, labels);
    footers(shadows, labels);
    signatures(lines, labels);
    mail_master(shadows, labels);
    if let Some(address) = own_address {
        address_line(shadows, labels, address);
    }
}

fn kept(labels: &[Option<Reason>], at: usize) -> bool {
    labels.get(at).is_some_and(Option::is_none)
}

fn set(labels: &mut [Option<Reason>], at: usize, reason: Reason) {
    if let Some(label) = labels.get_mut(at).filter(|label| label.is_none()) {
        *label = Some(reason);
    }
}

fn banner(shadows: &[String], labels: &mut [Option<Reason>]) {
    let tops: Vec<usize> = (0..shadows.len())
        .filter(|&at| shadows.get(at).is_some_and(|s| !s.is_empty()))
        .take(3)
        .collect();
    for at in tops {
        let lower = shadows
            .get(at)
            .map(|shadow| shadow.to_lowercase())
            .unwrap_or_default();
        let outside = [
            "外部邮件",
            "外部发件人",
            "来自外部",
            "external email",
            "external sender",
            "originated from outside",
            "[external]",
        ]
        .iter()
        .any(|word| lower.contains(word));
        let shouted = lower.starts_with(['【', '[', '*', '⚠', '!'])
            || [
                "caution",
                "warning",
                "注意",
                "警告",
                "提醒",
                "安全提示",
                "this email originated",
            ]
            .iter()
            .any(|word| lower.starts_with(word));
        if !(outside && shouted) {
            return;
        }
        set(labels, at, Reason::Banner);
    }
}

fn is_footer(shadow: &str) -> bool {
    let lower = shadow.to_lowercase();
    let lower = lower.trim_matches(['-', ' ', '|', '_', '—']);
    if lower.chars().count() > 40 || lower.contains(['。', '，']) {
        return false;
    }
    let begins = [
        "发自我的",
        "发自 我的",
        "來自我的",
        "从我的",
        "發自我的",
        "sent from my ",
        "sent from mail for ",
        "sent from outlook",
        "get outlook for ",
        "获取 outlook",
        "获取outlook",
        "下载 outlook",
        "发送自 ",
        "发自网易邮箱",
        "发自 网易邮箱",
        "来自网易邮箱",
        "发自qq邮箱",
        "发自 qq邮箱",
        "来自qq邮箱",
        "发自foxmail",
        "发自 foxmail",
        "发自企业微信",
        "来自企业微信",
        "发自华为",
        "从 windows",
        "从windows",
        "sent with ",
        "发自阿里邮箱",
        "发自新浪邮箱",
        "sent via ",
    ];
    let own = ["从我的", "发自我的", "来自我的"]
        .iter()
        .any(|word| lower.starts_with(word));
    begins.iter().any(|word| lower.starts_with(word))
        && (!own || !lower.contains('的') || lower.chars().count() <= 25)
        || lower.starts_with("来自我的") && lower.chars().count() <= 20
        || lower.starts_with("由 网易邮箱大师")
        || lower.starts_with("由网易邮箱大师")
}

fn is_disclaimer(shadow: &str) -> bool {
    let lower = shadow.to_lowercase();
    [
        "免责声明",
        "保密声明",
        "保密提示",
        "本邮件及其附件",
        "本电子邮件及其附件",
        "confidentiality notice",
        "disclaimer:",
        "this email and any attachments",
        "this e-mail and any attachments",
        "this message and any attachments",
    ]
    .iter()
    .any(|word| lower.starts_with(word))
}

/// A footer counts only when nothing but blank lines, more footers or a short signature follows
/// before the quote.
fn footers(shadows: &[String], labels: &mut [Option<Reason>]) {
    for at in 0..shadows.len() {
        let Some(shadow) = shadows.get(at).filter(|_| kept(labels, at)) else {
            continue;
        };
        let following = || {
            (at + 1..shadows.len())
                .take_while(|&next| kept(labels, next))
                .filter(|&next| shadows.get(next).is_some_and(|s| !s.is_empty()))
                .take(20)
                .count()
        };
        if is_footer(shadow) && following() <= 4 {
            set(labels, at, Reason::Footer);
        } else if is_disclaimer(shadow) && following() <= 12 {
            (at..shadows.len())
                .take_while(|&next| kept(labels, next))
                .collect::<Vec<_>>()
                .into_iter()
                .for_each(|next| {
                    set(labels, next, Reason::Footer);
                });
        }
    }
}

fn signatures(lines: &[Line], labels: &mut [Option<Reason>]) {
    let full = |at: usize| lines.get(at).is_some_and(|line| !line.is_blank());
    let first_words = (0..lines.len()).find(|&at| kept(labels, at) && full(at));
    for (at, line) in lines.iter().enumerate() {
        if !matches!(line.text.trim_end_matches('\u{a0}'), "-- " | "--") || !kept(labels, at) {
            continue;
        }
        let next = lines
            .iter()
            .skip(at + 1)
            .take(20)
            .find(|line| !line.is_blank());
        if next.is_some_and(|next| next.mark == Mark::Signature) {
            set(labels, at, Reason::Signature);
            continue;
        }
        let limit = if line.text.starts_with("-- ") {
            LONGEST_SIGNATURE
        } else {
            LONGEST_BARE
        };
        let run: Vec<usize> = (at..lines.len())
            .take_while(|&next| kept(labels, next) || is(labels, next, Reason::Footer))
            .take(LONGEST_SIGNATURE * 4)
            .collect();
        let count = run.iter().filter(|&&next| full(next)).count();
        let whole = run.len() < LONGEST_SIGNATURE * 4;
        if whole && (2..=limit + 1).contains(&count) && first_words.is_some_and(|first| first < at)
        {
            run.into_iter()
                .for_each(|next| set(labels, next, Reason::Signature));
        }
    }
}

fn is(labels: &[Option<Reason>], at: usize, reason: Reason) -> bool {
    labels.get(at).is_some_and(|label| *label == Some(reason))
}

/// NetEase MailMaster writes its signature as a broken table and names itself below it.
fn mail_master(shadows: &[String], labels: &mut [Option<Reason>]) {
    for at in 0..shadows.len() {
        let named = shadows
            .get(at)
            .is_some_and(|s| s.contains("签名由") && s.contains("定制"));
        if !named || !kept(labels, at) {
            continue;
        }
        let first = (at.saturating_sub(12)..at)
            .find(|&line| shadows.get(line).is_some_and(|s| s.starts_with('|')));
        (first.unwrap_or(at)..=at).for_each(|line| set(labels, line, Reason::Signature));
    }
}

/// Foxmail ends a letter with the sender's own address alone on a line.
fn address_line(shadows: &[String], labels: &mut [Option<Reason>], address: &str) {
    let last = (0..shadows.len())
        .rev()
        .find(|&at| kept(labels, at) && shadows.get(at).is_some_and(|s| !s.is_empty()));
    if let Some(at) = last
        && shadows
            .get(at)
            .is_some_and(|shadow| shadow.eq_ignore_ascii_case(address))
    {
        set(labels, at, Reason::Signature);
    }
}
