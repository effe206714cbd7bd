//! Who handed a letter to our mail server, as that server wrote it down (RFC 5321, 4.4).

use crate::mail::inbound::headers::Headers;
use std::net::IpAddr;

/// The other end of the connection by which a letter came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientInfo {
    pub ip: IpAddr,
    /// How it called itself; empty when the line does not say it.
    pub helo: String,
    /// The address of the envelope, empty for the null sender; `None` when our server wrote none.
    pub mail_from: Option<String>,
}

/// Lines of a header that are looked at.
const MOST_LINES: usize = 200;

impl ClientInfo {
    /// From the topmost `Received` line of our own server (`mail_host`; without it the topmost line
    /// is taken for its), and from the `Return-Path` that stands above it. Hops inside that server
    /// (from its own loopback address) are passed over. `None` when the line names no address, or
    /// when the letter came through another machine first, about which nothing is known.
    #[must_use]
    pub fn from_headers(raw: &[u8], mail_host: Option<&str>) -> Option<Self> {
        let mut mail_from = None;
        let (head, _) = Headers::split(raw);
        for field in head.fields().take(MOST_LINES) {
            let value = String::from_utf8_lossy(&field.value);
            if field.name == "return-path" && mail_from.is_none() {
                mail_from = Some(envelope(&value));
            }
            if field.name != "received" {
                continue;
            }
            let (from, by) = halves(&value);
            // A line of somebody else's server: whatever stands below is what the sender wrote.
            if mail_host.is_some_and(|own| !by.eq_ignore_ascii_case(own)) {
                return None;
            }
            let ip = address(&from);
            let first = from.split(' ').next().unwrap_or_default();
            let is_own =
                first.is_empty() || mail_host.is_some_and(|own| own.eq_ignore_ascii_case(first));
            if ip.map_or(is_own, |ip| ip.is_loopback()) {
                continue;
            }
            let helo = helo(&from);
            // A gateway inside the house: who spoke to it stands in a line we cannot tell from a
            // forged one.
            return ip.filter(|ip| !is_inside(*ip)).map(|ip| Self {
                ip,
                helo,
                mail_from,
            });
        }
        None
    }
}

fn is_inside(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => ip.is_private() || ip.is_link_local(),
        IpAddr::V6(ip) => ip.is_unique_local() || ip.is_unicast_link_local(),
    }
}

/// `<zhang@example.com>`; anything that is no address counts as the null sender.
fn envelope(value: &str) -> String {
    let text = value.trim();
    let inner = text
        .split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'))
        .map_or(text, |(inner, _)| inner)
        .trim();
    let is_sound =
        inner.len() <= 320 && inner.contains('@') && !inner.contains(char::is_whitespace);
    if is_sound {
        inner.to_owned()
    } else {
        String::new()
    }
}

/// What stands between `from` and `by`, and the host after `by`.
fn halves(value: &str) -> (String, String) {
    let mut words = value.split_ascii_whitespace().peekable();
    let mut from = Vec::new();
    if words
        .next_if(|word| word.eq_ignore_ascii_case("from"))
        .is_some()
    {
        while let Some(word) = words.next_if(|word| !word.eq_ignore_ascii_case("by")) {
            from.push(word);
        }
    }
    let by = words
        .find(|word| word.eq_ignore_ascii_case("by"))
        .and_then(|_| words.next())
        .unwrap_or_default();
    let by = by.trim_matches(['(', ')', ';', '.']);
    (from.join(" "), by.to_owned())
}

/// The address in square brackets (RFC 5321's own form), or a bare one in round brackets, as
/// Exchange and qmail write it. The last one: what stands before it is the sender's word.
fn address(from: &str) -> Option<IpAddr> {
    let bracketed = from
        .split('[')
        .skip(1)
        .filter_map(|rest| rest.split_once(']'))
        .filter_map(|(inner, _)| literal(inner))
        .last();
    bracketed.or_else(|| {
        let words = from.split(['(', ')', ' ']);
        words
            .filter(|word| !word.is_empty())
            .filter_map(literal)
            .next_back()
    })
}

fn literal(text: &str) -> Option<IpAddr> {
    let plain = text.trim();
    let plain = match plain.get(..5) {
        Some(tag) if tag.eq_ignore_ascii_case("ipv6:") => plain.get(5..)?,
        _ => plain,
    };
    // A port may follow a dot or stand after a colon: `[203.0.113.7]:4321` leaves it outside.
    let plain = plain.split('%').next().unwrap_or(plain);
    plain.parse::<IpAddr>().ok().map(|ip| ip.to_canonical())
}

/// The name the client gave: after `HELO`/`helo=`, or the first word.
fn helo(from: &str) -> String {
    let words = || from.split(['(', ')', ' ']).filter(|word| !word.is_empty());
    let marked = words().find_map(|word| {
        let (mark, name) = word.split_once('=')?;
        mark.eq_ignore_ascii_case("helo").then_some(name)
    });
    let after = || {
        let mut words = words();
        words
            .find(|word| word.eq_ignore_ascii_case("helo") || word.eq_ignore_ascii_case("ehlo"))
            .and_then(|_| words.next())
    };
    let first = || {
        words()
            .next()
            .filter(|word| literal(word.trim_matches(['[', ']'])).is_none())
    };
    super::checks::domain(marked.or_else(after).or_else(first).unwrap_or_default())
}
