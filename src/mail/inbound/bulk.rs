//! Newsletters and advertising. A letter of a person can carry the same lines: a group address or a
//! mailing list adds List-Id, List-Unsubscribe and `Precedence: list` to what it passes on
//! (RFC 2369, RFC 2919), a gateway adds an address for complaints. So the signs are counted, and
//! what only people's mail has counts against them.

use super::automatic::Evidence;

/// This many points and it is bulk.
const ENOUGH: i32 = 2;

/// Whether a sender of many equal mails sent it.
#[must_use]
pub fn is_bulk(e: &Evidence<'_>) -> bool {
    let signs = signs(e);
    // Without a sign in the headers the words alone are never enough, and are not looked at.
    signs > 0 && {
        let signs = signs + i32::from(says_unsubscribe(e.words));
        signs >= ENOUGH && signs - person(e) >= ENOUGH
    }
}

fn signs(e: &Evidence<'_>) -> i32 {
    let h = e.headers;
    let precedence = match &*h.keyword("precedence") {
        "bulk" | "junk" => 4,
        "list" => 1,
        _ => 0,
    };
    let one_click = h.keyword("list-unsubscribe-post").contains("one-click");
    let sender = [
        "feedback-id",
        "x-campaign",
        "x-campaign-id",
        "x-campaignid",
        "x-mailgun-sid",
        "x-sg-eid",
        "x-csa-complaints",
        "x-mc-user",
        "x-report-abuse",
        "x-mailchimp-id",
        "x-edm-id",
        "x-bulk-mail",
    ]
    .iter()
    .any(|name| h.has(name));
    let posts_nowhere = h.keyword("list-post") == "no";
    precedence
        + i32::from(h.has("list-id"))
        + i32::from(h.has("list-unsubscribe"))
        + i32::from(one_click)
        + 2 * i32::from(sender)
        + i32::from(posts_nowhere)
        + 2 * i32::from(is_nobody(e.from))
}

/// Addresses that take no answer.
fn is_nobody(from: &str) -> bool {
    let local = from
        .split('@')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let plain: String = local.chars().filter(char::is_ascii_alphanumeric).collect();
    [
        "noreply",
        "donotreply",
        "newsletter",
        "mailinglist",
        "promotion",
        "marketing",
        "subscribe",
    ]
    .iter()
    .any(|word| plain.contains(word))
        || matches!(
            &*plain,
            "edm"
                | "news"
                | "notification"
                | "notifications"
                | "notify"
                | "mailer"
                | "alert"
                | "alerts"
        )
}

fn says_unsubscribe(words: &str) -> bool {
    let lower = words.to_lowercase();
    [
        "退订",
        "取消订阅",
        "unsubscribe",
        "opt out",
        "opt-out",
        "配信停止",
        "수신거부",
    ]
    .iter()
    .any(|word| lower.contains(word))
}

/// What only people's mail has: it goes on in a conversation, it came over a list that people post
/// to, it speaks of a draft.
fn person(e: &Evidence<'_>) -> i32 {
    let posts = e.headers.keyword("list-post").contains("mailto:");
    let speaks = speaks(e.words) || speaks(e.subject);
    3 * i32::from(posts)
        + 2 * i32::from(e.answers)
        + 2 * i32::from(speaks && !says_unsubscribe(e.words))
}

/// Words of somebody who answers a call for opinions.
fn speaks(text: &str) -> bool {
    let lower = text.to_lowercase();
    let numbered = lower.contains('第') && lower.contains(['条', '條', '项', '款']);
    numbered
        || [
            "建议",
            "意见",
            "建議",
            "意見",
            "征求",
            "希望贵",
            "希望能",
            "反对",
            "同意",
            "支持",
            "不同意",
            "贵局",
            "方案",
            "suggest",
            "comment on",
            "my opinion",
            "draft",
            "i agree",
            "i object",
        ]
        .iter()
        .any(|word| lower.contains(word))
}
