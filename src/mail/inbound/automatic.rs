//! Whether a person wrote it. A wrong "automatic" is worse than a missed one: a citizen would get
//! no receipt. So each verdict needs a sign that people's mail does not carry
//! (RFC 3834, RFC 3464, RFC 2919, RFC 6047); `X-Auto-Response-Suppress` alone is Outlook's habit.

use super::headers::Headers;
use super::mime::{Leaf, media_type};
use super::params::Valued;
use serde::Serialize;

/// What sort of machine sent it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Automatic {
    AutoReply,
    Bounce,
    Bulk,
    Loop,
    Calendar,
}

/// What the verdict rests on.
pub struct Evidence<'a> {
    pub headers: &'a Headers,
    pub leaves: &'a [&'a Leaf],
    pub from: &'a str,
    pub subject: &'a str,
    /// The office's own addresses: mail from one of them is our own mail coming back.
    pub own_addresses: &'a [String],
}

/// A message that passed more relays than this goes in circles.
const MOST_RELAYS: usize = 40;

/// The verdict, `None` for a person's letter.
#[must_use]
pub fn judge(evidence: &Evidence<'_>) -> Option<Automatic> {
    let verdict = if is_loop(evidence) {
        Automatic::Loop
    } else if is_bounce(evidence) {
        Automatic::Bounce
    } else if is_auto_reply(evidence) {
        Automatic::AutoReply
    } else if is_calendar(evidence) {
        Automatic::Calendar
    } else if is_bulk(evidence) {
        Automatic::Bulk
    } else {
        return None;
    };
    Some(verdict)
}

fn is_loop(e: &Evidence<'_>) -> bool {
    let ours = e
        .own_addresses
        .iter()
        .any(|own| own.eq_ignore_ascii_case(e.from));
    let marked = e.headers.all("x-loop").any(|value| {
        let value = String::from_utf8_lossy(value).to_lowercase();
        e.own_addresses
            .iter()
            .any(|own| value.contains(&own.to_lowercase()))
    });
    ours || marked || e.headers.all("received").count() > MOST_RELAYS
}

fn top_type(e: &Evidence<'_>) -> Valued {
    Valued::read(e.headers.get("content-type").unwrap_or_default(), None)
}

fn has_leaf(e: &Evidence<'_>, kind: &str) -> bool {
    e.leaves.iter().any(|leaf| media_type(&leaf.kind) == kind)
}

fn is_bounce(e: &Evidence<'_>) -> bool {
    let top = top_type(e);
    let report = top.value == "multipart/report";
    let dsn = report
        && top
            .param("report-type")
            .is_some_and(|kind| kind.eq_ignore_ascii_case("delivery-status"));
    if dsn || has_leaf(e, "message/delivery-status") || e.headers.has("x-failed-recipients") {
        return true;
    }
    let local = e
        .from
        .split('@')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let daemon = matches!(
        &*local,
        "mailer-daemon" | "postmaster" | "mail-daemon" | "maildaemon"
    );
    let null_sender = e.headers.keyword("return-path") == "<>";
    let subject = e.subject.to_lowercase();
    let said = [
        "退信",
        "系统退信",
        "undelivered mail",
        "undeliverable",
        "delivery status notification",
        "mail delivery failed",
        "failure notice",
        "returned mail",
        "delivery failure",
        "邮件无法投递",
        "未送达",
        "无法送达",
        "投递失败",
    ]
    .iter()
    .any(|word| subject.starts_with(word));
    daemon && (null_sender || said) || null_sender && said
}

fn is_auto_reply(e: &Evidence<'_>) -> bool {
    let submitted = e.headers.keyword("auto-submitted");
    let submitted = submitted.split([';', ' ', '(']).next().unwrap_or_default();
    if !submitted.is_empty() && submitted != "no" {
        return true;
    }
    let notified = top_type(e)
        .param("report-type")
        .is_some_and(|kind| kind.eq_ignore_ascii_case("disposition-notification"));
    let headers = [
        "x-autoreply",
        "x-autorespond",
        "x-auto-reply",
        "x-autoreply-from",
        "x-mail-autoreply",
        "x-qq-autoreply",
    ];
    let marked = headers
        .iter()
        .any(|name| e.headers.has(name) && !matches!(&*e.headers.keyword(name), "no" | "false"));
    let precedence = matches!(
        &*e.headers.keyword("precedence"),
        "auto_reply" | "auto-reply"
    );
    notified
        || has_leaf(e, "message/disposition-notification")
        || marked
        || precedence
        || says_auto_reply(e.subject)
}

/// The subject must begin with the phrase and then stop or break: “自动回复功能的建议” is a letter, and so
/// is “Re: 自动回复: 已收到您的意见”.
fn says_auto_reply(subject: &str) -> bool {
    let text = crate::width::half_width(subject).to_lowercase();
    let text = text.trim_start_matches(['[', '【', '(', '<', ' ', '"']);
    [
        "自动回复",
        "自動回覆",
        "自动答复",
        "自动答覆",
        "休假自动回复",
        "外出自动回复",
        "automatic reply",
        "auto reply",
        "autoreply",
        "auto-reply",
        "out of office",
        "auto response",
        "自动应答",
    ]
    .iter()
    .filter_map(|phrase| text.strip_prefix(phrase))
    .any(|rest| {
        rest.trim_start().is_empty()
            || rest
                .trim_start()
                .starts_with([':', ']', '】', ')', '>', '-', '—', '"', '!'])
    })
}

fn is_calendar(e: &Evidence<'_>) -> bool {
    e.leaves.iter().any(|leaf| {
        media_type(&leaf.kind) == "text/calendar"
            && leaf.disposition.value != "attachment"
            && leaf
                .kind
                .param("method")
                .is_some_and(|method| !method.eq_ignore_ascii_case("publish"))
    })
}

fn is_bulk(e: &Evidence<'_>) -> bool {
    let precedence = matches!(&*e.headers.keyword("precedence"), "bulk" | "list" | "junk");
    precedence || e.headers.has("list-id") || e.headers.has("list-unsubscribe")
}
