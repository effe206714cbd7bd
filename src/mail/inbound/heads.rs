//! Where a quoted message begins: separators, header blocks and attribution lines, as the mailers
//! used in China write them. Each is recognised by its whole shape, never by one word: a letter may
//! itself say 发件人： or …写道：.

use super::attribution::attribution;
use super::lines::Line;

/// What introduces quoted text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadKind {
    /// A reply: what follows was written by somebody else.
    Reply,
    /// A forward: what follows may be all the sender has to say.
    Forward,
    /// A header block with no separator above it.
    Block,
}

/// Lines `first..last` introduce the quoted text.
#[derive(Clone, Copy, Debug)]
pub struct Head {
    pub kind: HeadKind,
    pub first: usize,
    pub last: usize,
}

const REPLY_WORDS: &[&str] = &[
    "原始邮件",
    "原始郵件",
    "原始信件",
    "原始信息",
    "原始消息",
    "原邮件",
    "回复的原邮件",
    "回复的邮件",
    "邮件原件",
    "答复的邮件",
    "原始邮件信息",
    "回复邮件",
    "original",
    "original message",
    "original mail",
    "原件",
    "原文",
    "原信",
    "replied message",
];

const FORWARD_WORDS: &[&str] = &[
    "转发邮件",
    "转发邮件信息",
    "转发的邮件",
    "转发的原邮件",
    "转发的消息",
    "已转发邮件",
    "已转发的邮件",
    "转发信息",
    "轉寄郵件",
    "forwarded message",
    "forwarded mail",
    "forwarded messages",
];

const FORWARD_LINES: &[&str] = &[
    "开始转发的邮件:",
    "下面是被转发的邮件:",
    "以下是转发的邮件:",
    "begin forwarded message:",
];

const SENDER: &[&str] = &["发件人", "寄件者", "寄件人", "发信人", "發件人", "from"];
const SENT: &[&str] = &[
    "发送时间",
    "发送日期",
    "发件时间",
    "发件日期",
    "寄件日期",
    "日期",
    "时间",
    "傳送時間",
    "發送時間",
    "已发送",
    "date",
    "sent",
];
const TO: &[&str] = &["收件人", "收件者", "收信人", "to"];
const OTHER: &[&str] = &[
    "抄送",
    "抄送人",
    "副本",
    "密送",
    "cc",
    "bcc",
    "回复",
    "reply-to",
    "重要性",
    "附件",
    "importance",
];
const SUBJECT: &[&str] = &["主题", "主旨", "标题", "主題", "subject"];

/// The head that begins at line `at`, if one does.
#[must_use]
pub fn head_at(lines: &[Line], shadows: &[String], at: usize) -> Option<Head> {
    separator(shadows, at)
        .or_else(|| block(shadows, at))
        .or_else(|| attribution(lines, shadows, at))
}

fn separator(shadows: &[String], at: usize) -> Option<Head> {
    let shadow = shadows.get(at)?.to_lowercase();
    let dashes: &[char] = &['-', '—', '–', '─', '=', '_', ' ', '>'];
    let core = shadow.trim_matches(dashes);
    let ruled = shadow
        .trim_start_matches([' ', '>'])
        .chars()
        .take_while(|c| dashes.contains(c))
        .count()
        >= 2;
    let forward = FORWARD_LINES.contains(&&*shadow) || ruled && FORWARD_WORDS.contains(&core);
    let word = REPLY_WORDS.contains(&core);
    let reply = word
        && (ruled
            || next_full(shadows, at + 1).is_some_and(|next| header_run(shadows, next).is_some()));
    let kind = match (forward, reply) {
        (true, _) => HeadKind::Forward,
        (false, true) => HeadKind::Reply,
        (false, false) => return rule_and_block(shadows, at),
    };
    let start = next_full(shadows, at + 1);
    let last = start
        .and_then(|start| loose_run(shadows, start))
        .unwrap_or(at + 1);
    Some(Head {
        kind,
        first: at,
        last,
    })
}

/// Outlook on the web: a rule of underscores, then the header block.
fn rule_and_block(shadows: &[String], at: usize) -> Option<Head> {
    let shadow = shadows.get(at)?;
    let rule = shadow.chars().count() >= 8 && shadow.chars().all(|c| matches!(c, '_' | '-' | '─'));
    let last = header_run(shadows, rule.then(|| next_full(shadows, at + 1))??)?;
    Some(Head {
        kind: HeadKind::Reply,
        first: at,
        last,
    })
}

fn block(shadows: &[String], at: usize) -> Option<Head> {
    let last = header_run(shadows, at)?;
    Some(Head {
        kind: HeadKind::Block,
        first: at,
        last,
    })
}

/// The next line with something on it, not far away.
#[must_use]
pub fn next_full(shadows: &[String], from: usize) -> Option<usize> {
    (from..shadows.len().min(from + 6))
        .find(|&at| shadows.get(at).is_some_and(|shadow| !shadow.is_empty()))
}

/// The label of a header-block line and its value.
fn header_line(shadow: &str) -> Option<(u8, String)> {
    let text = shadow
        .trim_start_matches(['|', '>', ' ', '\u{feff}'])
        .to_lowercase();
    let tables = [(1, SENDER), (2, SENT), (3, TO), (4, SUBJECT), (5, OTHER)];
    tables.iter().find_map(|&(bit, labels)| {
        labels.iter().find_map(|label| {
            let rest = text.strip_prefix(label)?.trim_start();
            let value = rest.strip_prefix([':', '|'])?;
            Some((bit, value.trim().to_owned()))
        })
    })
}

/// The end of a header block beginning here: sender, date with digits in it, and a recipient or a
/// subject, on neighbouring lines. A letter that opens with 发件人：and 主题：alone has no such date.
fn header_run(shadows: &[String], at: usize) -> Option<usize> {
    let (first, _) = header_line(shadows.get(at)?)?;
    if !matches!(first, 1 | 2) {
        return None;
    }
    let (mut seen, mut last, mut foreign, mut dated) = ([false; 6], at, 0, false);
    for line in at..shadows.len().min(at + 16) {
        let shadow = shadows.get(line)?;
        if let Some((bit, value)) = header_line(shadow) {
            if let Some(flag) = seen.get_mut(usize::from(bit)) {
                *flag = true;
            }
            dated |= bit == 2 && value.chars().filter(char::is_ascii_digit).count() >= 3;
            (last, foreign) = (line + 1, 0);
        } else if !shadow.is_empty() {
            foreign += 1;
            if foreign > 2 || seen == [false, true, true, true, true, false] {
                break;
            }
        }
    }
    let [_, sender, sent, to, subject, _] = seen;
    (sender && sent && dated && (to || subject)).then_some(last)
}

/// After a separator the header lines may be fewer, or cells of a table without colons.
fn loose_run(shadows: &[String], at: usize) -> Option<usize> {
    let labels = || {
        SENDER
            .iter()
            .chain(SENT)
            .chain(TO)
            .chain(SUBJECT)
            .chain(OTHER)
    };
    let mut last = None;
    for line in at..shadows.len().min(at + 12) {
        let text = shadows
            .get(line)?
            .trim_start_matches(['|', '>', ' '])
            .to_lowercase();
        let labelled = header_line(&text).is_some()
            || labels().any(|label| {
                text.strip_prefix(label)
                    .is_some_and(|rest| rest.starts_with([' ', ':', '|']))
            });
        if labelled {
            last = Some(line + 1);
        } else if !text.is_empty() && !text.chars().all(|c| matches!(c, '-' | '|' | ' ')) {
            break;
        }
    }
    last
}
