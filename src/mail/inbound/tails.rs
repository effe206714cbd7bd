//! Signatures, footers of mail programs, and warnings that a gateway puts on top.

use super::lines::{Line, Mark};
use super::tail_words::{is_disclaimer, is_footer};
use super::words::Reason;
use crate::intake::model::closing::{is_closing, is_reach, is_signed};
use crate::intake::model::contact_label::labelled;

/// A signature after `-- ` (RFC 3676 section 4.3) has at most so many lines; after a bare `--`,
/// which may be somebody's rule, fewer.
const LONGEST_SIGNATURE: usize = 25;
const LONGEST_BARE: usize = 8;
/// Lines of a visiting card below a rule.
const MOST_CARD: usize = 8;

/// Labels the tails among the lines that are still kept (`None`).
pub fn label(
    lines: &[Line],
    shadows: &[String],
    labels: &mut [Option<Reason>],
    own_address: Option<&str>,
) {
    banner(shadows, labels);
    mail_master(shadows, labels);
    footers(shadows, labels);
    signatures(lines, labels);
    carded(shadows, labels);
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

/// A footer counts only when nothing but blank lines, more footers or a short signature follows
/// before the quote; the rule above it belongs to it.
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
        } else if is_disclaimer(shadow) && following() <= 14 {
            let run: Vec<usize> = (at..shadows.len())
                .take_while(|&next| kept(labels, next))
                .collect();
            run.into_iter()
                .for_each(|next| set(labels, next, Reason::Footer));
        } else if shadow == "-----BEGIN PGP SIGNATURE-----" {
            armor(shadows, labels, at);
            continue;
        } else {
            continue;
        }
        let rule = (at.saturating_sub(3)..at)
            .rev()
            .find(|&before| shadows.get(before).is_some_and(|s| !s.is_empty()));
        if let Some(rule) = rule.filter(|&rule| shadows.get(rule).is_some_and(|s| is_rule(s))) {
            set(labels, rule, Reason::Footer);
        }
    }
}

/// The block of a signature made by a key (RFC 9580 section 7), to its last line.
fn armor(shadows: &[String], labels: &mut [Option<Reason>], from: usize) {
    let end = (from..shadows.len().min(from + 200)).find(|&at| {
        shadows
            .get(at)
            .is_some_and(|s| s == "-----END PGP SIGNATURE-----")
    });
    (from..=end.unwrap_or(from)).for_each(|at| set(labels, at, Reason::Footer));
}

/// A line of nothing but strokes.
fn is_rule(shadow: &str) -> bool {
    shadow.chars().count() >= 3
        && shadow
            .chars()
            .all(|c| matches!(c, '-' | '_' | '=' | '—' | '─' | '━' | '–' | '~' | ' '))
}

/// QQ Mail and others draw a rule above the signature: it counts when all below it, up to the quote,
/// are the lines of a visiting card and one of them says who or how to reach.
fn carded(shadows: &[String], labels: &mut [Option<Reason>]) {
    let full = |at: &usize| shadows.get(*at).is_some_and(|s| !s.is_empty());
    let end = (0..shadows.len()).find(|&at| labels.get(at) == Some(&Some(Reason::Quote)));
    let end = end.unwrap_or(shadows.len());
    let last_rule = (0..end)
        .rev()
        .filter(|&at| kept(labels, at))
        .filter(full)
        .take(MOST_CARD + 1)
        .find(|&at| shadows.get(at).is_some_and(|s| is_rule(s)));
    let Some(rule) = last_rule else {
        return;
    };
    let words_above = (0..rule).any(|at| kept(labels, at) && full(&at));
    let below: Vec<usize> = (rule + 1..end)
        .filter(|at| kept(labels, *at) && full(at))
        .collect();
    let lines = || below.iter().filter_map(|&at| shadows.get(at));
    let who = lines().any(|s| is_reach(s) || is_signed(s) || !labelled(s).is_empty());
    let card = lines().all(|s| {
        is_closing(s) || s.chars().count() <= 40 && !s.contains(['。', '!', '?', ';', '；'])
    });
    let last = below.last().copied();
    if let Some(last) = last.filter(|_| words_above && who && card && below.len() <= MOST_CARD) {
        (rule..=last).for_each(|at| set(labels, at, Reason::Signature));
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
