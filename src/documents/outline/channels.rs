//! Reads by which ways opinions can be sent.

use super::lines::Line;

const CHANNELS: [(&str, &str); 24] = [
    ("电话", "电话"),
    ("致电", "电话"),
    ("来电", "电话"),
    ("电子邮件", "电子邮件"),
    ("电子邮箱", "电子邮件"),
    ("电子信箱", "电子邮件"),
    ("邮件", "电子邮件"),
    ("邮箱", "电子邮件"),
    ("信函", "信函"),
    ("通信地址", "信函"),
    ("通讯地址", "信函"),
    ("来信", "信函"),
    ("邮寄", "信函"),
    ("信件", "信函"),
    ("书面", "信函"),
    ("传真", "传真"),
    ("网站", "网站"),
    ("网上", "网站"),
    ("在线", "网站"),
    ("网络", "网站"),
    ("公众号", "微信"),
    ("微信", "微信"),
    ("来访", "当面"),
    ("当面", "当面"),
];

/// The ways to answer: those of the phrase 通过…等形式 in a paragraph of its own where there is one,
/// otherwise all that are named.
pub(super) fn channels(lines: &[Line]) -> Vec<String> {
    for line in lines.iter().filter(|line| line.label.is_none()) {
        let named = channel_phrase(&line.shadow)
            .map(named_in)
            .unwrap_or_default();
        if !named.is_empty() {
            return named;
        }
    }
    let mut found = Vec::new();
    for line in lines {
        for channel in named_in(&line.shadow) {
            if !found.contains(&channel) {
                found.push(channel);
            }
        }
    }
    found
}

/// What stands between 通过, 以 or 采用 and 形式, 方式, 途径 or 渠道.
fn channel_phrase(line: &str) -> Option<&str> {
    let endings = ["形式", "方式", "途径", "渠道"];
    for opening in ["通过", "采用", "采取", "以"] {
        for (at, _) in line.match_indices(opening) {
            let tail = line.get(at..)?;
            let limit = tail
                .char_indices()
                .nth(80)
                .map_or(tail.len(), |(index, _)| index);
            let near = tail.get(..limit)?;
            let near = near.split('。').next()?;
            let end = endings.iter().filter_map(|word| near.find(word)).min();
            let phrase = end.and_then(|end| near.get(..end));
            if phrase.is_some_and(|phrase| !named_in(phrase).is_empty()) {
                return phrase;
            }
        }
    }
    None
}

fn named_in(text: &str) -> Vec<String> {
    let mut places: Vec<(usize, &str)> = Vec::new();
    for (word, channel) in CHANNELS {
        if let Some(at) = text.find(word) {
            places.push((at, channel));
        }
    }
    places.sort_unstable();
    let mut found: Vec<String> = Vec::new();
    for (_, channel) in places {
        if !found.iter().any(|known| known == channel) {
            found.push(channel.to_owned());
        }
    }
    found
}
