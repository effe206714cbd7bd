//! `Authentication-Results` (RFC 8601): what our own mail server found. Anybody can write such a
//! line into a letter, so only the topmost one that carries our server's name is believed, and only
//! above the lines of foreign servers; the mail server itself takes away those it did not write
//! (RFC 8601, section 5).

use super::checks::{Checks, Dkim, Policy, Source, Verdict, domain};
use crate::mail::inbound::headers::Headers;

const MOST_LINES: usize = 200;
/// Signatures that are written down.
pub(super) const MOST_SIGNATURES: usize = 10;

/// The results that our server wrote into the letter; `None` when it wrote none.
pub(super) fn stated(raw: &[u8], mail_host: &str) -> Option<Checks> {
    let (head, _) = Headers::split(raw);
    for field in head.fields().take(MOST_LINES) {
        let value = String::from_utf8_lossy(&field.value);
        if field.name == "received" && !is_by(&value, mail_host) {
            return None;
        }
        if field.name != "authentication-results" {
            continue;
        }
        let parts = parts(&value);
        let (server, results) = parts.split_first()?;
        // A version may follow the name: `mail.example.org 1`.
        if server
            .first()
            .is_some_and(|name| name.eq_ignore_ascii_case(mail_host))
        {
            return Some(read(results));
        }
    }
    None
}

fn is_by(received: &str, mail_host: &str) -> bool {
    let mut words = received.split_ascii_whitespace();
    words
        .find(|word| word.eq_ignore_ascii_case("by"))
        .and_then(|_| words.next())
        .is_some_and(|host| {
            host.trim_matches(['(', ')', ';', '.'])
                .eq_ignore_ascii_case(mail_host)
        })
}

/// The words of each part between semicolons; comments are gone, quoted strings are one word.
fn parts(value: &str) -> Vec<Vec<String>> {
    let (mut parts, mut words, mut word) = (Vec::new(), Vec::new(), String::new());
    let (mut depth, mut quoted) = (0_usize, false);
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        let escaped = (c == '\\' && (quoted || depth > 0))
            .then(|| chars.next())
            .flatten();
        match (c, quoted, depth) {
            (_, true, 0) if escaped.is_some() => word.extend(escaped),
            (_, _, 1..) if escaped.is_some() => {}
            ('"', _, 0) => quoted = !quoted,
            (_, true, 0) => word.push(c),
            ('(', ..) => depth += 1,
            (')', _, 1..) => depth -= 1,
            (_, _, 1..) => {}
            (';', ..) => {
                words.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty()));
                parts.push(std::mem::take(&mut words));
            }
            (c, ..) if c.is_whitespace() => {
                words.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty()));
            }
            (c, ..) => word.push(c),
        }
    }
    words.extend(Some(word).filter(|word| !word.is_empty()));
    parts.push(words);
    parts
}

fn read(results: &[Vec<String>]) -> Checks {
    let mut checks = Checks {
        source: Source::Server,
        ..Checks::default()
    };
    for words in results {
        // Blanks may stand around the equals sign.
        let joined = joined(words);
        let mut pairs = joined.iter().filter_map(|word| word.split_once('='));
        let Some((method, verdict)) = pairs.next() else {
            continue;
        };
        let method = method.split('/').next().unwrap_or(method);
        let verdict = Verdict::parse(verdict).unwrap_or_default();
        let properties: Vec<(String, &str)> = pairs
            .map(|(name, value)| (name.to_ascii_lowercase(), value))
            .collect();
        note(
            &mut checks,
            &method.to_ascii_lowercase(),
            verdict,
            &properties,
        );
    }
    checks
}

fn joined(words: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in words {
        match out.last_mut() {
            Some(last) if word.starts_with('=') || last.ends_with('=') => last.push_str(word),
            _ => out.push(word.clone()),
        }
    }
    out
}

fn note(checks: &mut Checks, method: &str, verdict: Verdict, properties: &[(String, &str)]) {
    let property = |wanted: &str| {
        let found = properties.iter().find(|(name, _)| name == wanted);
        found.map(|(_, value)| *value)
    };
    match method {
        "spf" => checks.spf = verdict,
        "arc" => checks.arc = verdict,
        // `dkim=none` says that there was no signature.
        "dkim" if verdict != Verdict::None && checks.dkim.len() < MOST_SIGNATURES => {
            let signer = property("header.d").or_else(|| property("header.i"));
            let signer = signer.map_or("", |text| text.rsplit('@').next().unwrap_or(text));
            checks.dkim.push(Dkim {
                domain: domain(signer),
                result: verdict,
            });
        }
        "dmarc" => {
            checks.dmarc.result = verdict;
            checks.dmarc.domain = domain(property("header.from").unwrap_or_default());
            let policy = property("policy.published-domain-policy")
                .or_else(|| property("policy.dmarc"))
                .map(str::to_ascii_lowercase);
            checks.dmarc.policy = match policy.as_deref() {
                Some("none") => Some(Policy::None),
                Some("quarantine") => Some(Policy::Quarantine),
                Some("reject") => Some(Policy::Reject),
                _ => None,
            };
        }
        _ => {}
    }
}
