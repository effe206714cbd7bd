//! What a bounce says about the message that came back: from the machine-readable part of a
//! delivery status notification (RFC 3464), or from the words of providers that write none.

use super::charset;
use super::headers::{Headers, next_line};
use super::mime::{Leaf, media_type};
use serde::Serialize;

/// The message that came back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Bounce {
    /// Whom it did not reach.
    pub final_recipient: Option<String>,
    /// RFC 3463, such as `5.1.1`; `5.0.0` or `4.0.0` where only the reply code of SMTP is told.
    pub status: Option<String>,
    /// `failed`, `delayed`, `delivered`, `relayed` or `expanded`.
    pub action: Option<String>,
    /// The Message-ID of what came back, with its angle brackets.
    pub original_message_id: Option<String>,
}

/// Of the words of a bounce, in bytes.
const MOST_WORDS: usize = 64 * 1024;
/// Recipients of one report that are looked at.
const MOST_RECIPIENTS: usize = 200;

/// Reads a bounce. `words` is all its text, `from` who sent it, `references` what it answers.
#[must_use]
pub fn read(
    headers: &Headers,
    leaves: &[&Leaf],
    words: &str,
    from: &str,
    references: &[String],
) -> Bounce {
    let mut bounce = leaves
        .iter()
        .find(|leaf| is_status(leaf))
        .map(|leaf| reported(&leaf.content))
        .unwrap_or_default();
    bounce.original_message_id = leaves.iter().find_map(|leaf| original_id(leaf));
    let words = words
        .get(..words.floor_char_boundary(MOST_WORDS))
        .unwrap_or(words);
    let told = headers.get("x-failed-recipients").and_then(|value| {
        let value = String::from_utf8_lossy(value).into_owned();
        addresses(&value).next().map(str::to_owned)
    });
    let all: Vec<&str> = addresses(words).collect();
    let spoken = || {
        all.iter()
            .find(|address| !is_machine(address, from))
            .map(|address| (*address).to_owned())
    };
    bounce.final_recipient = bounce.final_recipient.or(told).or_else(spoken);
    bounce.status = bounce.status.or_else(|| status_in(words));
    bounce.original_message_id = bounce
        .original_message_id
        .or_else(|| id_in(words))
        .or_else(|| references.last().cloned());
    bounce.action = bounce.action.or_else(|| {
        let delayed = bounce
            .status
            .as_deref()
            .is_some_and(|status| status.starts_with('4'));
        Some(if delayed { "delayed" } else { "failed" }.to_owned())
    });
    bounce
}

/// Whether a part is the machine-readable report.
#[must_use]
pub fn is_status(leaf: &Leaf) -> bool {
    matches!(
        media_type(&leaf.kind),
        "message/delivery-status" | "message/global-delivery-status"
    )
}

/// The recipient that failed, else the first one: groups of fields, blank lines between.
fn reported(content: &[u8]) -> Bounce {
    let mut best: Option<Bounce> = None;
    let mut rest = content;
    for _ in 0..MOST_RECIPIENTS {
        while let Some((line, after)) = next_line(rest)
            && line.trim_ascii().is_empty()
        {
            rest = after;
        }
        if rest.is_empty() {
            break;
        }
        let (group, after) = Headers::split(rest);
        if after.len() == rest.len() {
            // A line that is no field: passed over.
            rest = next_line(rest).map_or(&[][..], |(_, after)| after);
            continue;
        }
        rest = after;
        if !(group.has("final-recipient") || group.has("original-recipient") || group.has("action"))
        {
            continue;
        }
        let one = of_group(&group);
        let failed = one.action.as_deref() == Some("failed");
        if failed || best.is_none() {
            best = Some(one);
        }
        if failed {
            break;
        }
    }
    best.unwrap_or_default()
}

fn of_group(group: &Headers) -> Bounce {
    let typed = |name: &str| {
        let value = group.get(name)?;
        let text = charset::decode(value, None).text;
        let text = text.split_once(';').map_or(&*text, |(_, address)| address);
        let bare = text.trim().trim_matches(['<', '>', '"']).to_owned();
        (!bare.is_empty()).then_some(bare)
    };
    let diagnostic = group
        .get("diagnostic-code")
        .map(|value| String::from_utf8_lossy(value).into_owned())
        .unwrap_or_default();
    Bounce {
        final_recipient: typed("final-recipient").or_else(|| typed("original-recipient")),
        status: status_in(&group.keyword("status")).or_else(|| status_in(&diagnostic)),
        action: Some(group.keyword("action"))
            .map(|action| {
                action
                    .split([' ', '(', ';'])
                    .next()
                    .unwrap_or_default()
                    .to_owned()
            })
            .filter(|action| !action.is_empty()),
        original_message_id: None,
    }
}

/// The Message-ID of the returned message or of its header block.
fn original_id(leaf: &Leaf) -> Option<String> {
    let returned = matches!(
        media_type(&leaf.kind),
        "message/rfc822"
            | "text/rfc822-headers"
            | "message/global"
            | "message/global-headers"
            | "message/rfc822-headers"
    );
    let (headers, _) = returned.then(|| Headers::split(&leaf.content))?;
    let value = headers.get("message-id")?;
    bracketed(&String::from_utf8_lossy(value))
}

fn bracketed(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches('<');
    let id = text.split(['>', ' ', '\n', '\r', ';', ',']).next()?;
    let sound = id.contains('@') && id.len() < 998 && !id.contains(char::is_control);
    sound.then(|| format!("<{id}>"))
}

/// `Message-ID: <…>` among the words, as providers print the headers they return.
fn id_in(words: &str) -> Option<String> {
    words.lines().take(2000).find_map(|line| {
        let shadow = crate::width::half_width(line);
        let lower = shadow.to_ascii_lowercase();
        let at = lower.find("message-id").or_else(|| lower.find("邮件id"))?;
        let rest = shadow.get(at..)?;
        let (_, value) = rest.split_once([':', '='])?;
        bracketed(value)
    })
}

/// The first `5.1.1` among the words, or a class for the first `550`.
fn status_in(words: &str) -> Option<String> {
    let whole = words
        .split(|c: char| !(c.is_ascii_digit() || c == '.'))
        .map(|token| token.trim_matches('.'))
        .find(|token| is_status_code(token));
    if let Some(found) = whole {
        return Some(found.to_owned());
    }
    words
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '.')
        .find(|token| {
            token.len() == 3
                && token.starts_with(['4', '5'])
                && token.bytes().all(|b| b.is_ascii_digit())
                && token.get(1..2).is_some_and(|middle| middle <= "5")
        })
        .map(|code| format!("{}.0.0", code.get(..1).unwrap_or("5")))
}

fn is_status_code(token: &str) -> bool {
    let parts: Vec<&str> = token.split('.').collect();
    matches!(parts.as_slice(), [class, subject, detail]
        if matches!(*class, "2" | "4" | "5")
            && (1..=3).contains(&subject.len()) && (1..=3).contains(&detail.len())
            && subject.parse::<u16>().is_ok_and(|subject| subject <= 7))
}

/// What looks like addresses in a text; nobody's contact, so no more is checked.
fn addresses(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| {
        !(c.is_ascii_alphanumeric() || matches!(c, '@' | '.' | '_' | '-' | '+' | '=' | '&'))
    })
    .map(|token| token.trim_matches(['.', '-', '=', '_']))
    .filter(|token| {
        token.split_once('@').is_some_and(|(local, domain)| {
            !local.is_empty() && domain.contains('.') && !domain.contains('@')
        })
    })
    .take(MOST_RECIPIENTS)
}

/// The sender of the bounce, or a number with an `@` as Message-IDs have it.
fn is_machine(address: &str, from: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    lower.eq_ignore_ascii_case(from)
        || lower.starts_with("postmaster@")
        || lower.starts_with("mailer-daemon@")
        || lower.starts_with("service@")
        || lower.starts_with("kefu@")
}
