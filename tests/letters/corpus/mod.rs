//! Some five hundred messages and the reading each should have: letters × mail programs × charsets ×
//! transfer encodings, and positives and negatives of every judgement. Tests and the bench
//! `mail-accuracy` share it.

pub mod clients;
pub mod draft;
pub mod judged;
pub mod letters;
pub mod score;

use crate::builder::{
    CHARSETS, Charset, PLAIN_UTF8, Transfer, message_of, multipart, text_part, word,
};
use clients::{CLIENTS, Client};
use encoding_rs::{BIG5, UTF_8};
use letters::{FOREIGN, LETTERS, Named, Written};

/// The office's notice as it is quoted: its telephone is nobody else's.
pub const NOTICE: &str = "各位居民：现就方案公开征求意见。\n第二部分第（一）条第1项请重点关注。\n联系人：闻秋实 电话：0900-5550199 邮箱：office@example.org";

/// A message and its reading.
#[derive(Clone, Debug)]
pub struct Sample {
    pub name: String,
    pub raw: Vec<u8>,
    /// `None` where the words are not what is looked at.
    pub own: Option<String>,
    /// All lines that must be found again, own or elided.
    pub lines: Vec<String>,
    pub automatic: Option<&'static str>,
    pub written: Option<Written>,
}

/// Every message.
pub fn all() -> Vec<Sample> {
    let mut samples = replies();
    samples.extend(wrapped());
    samples.extend(judged::all());
    samples
}

/// Every letter in every mail program.
fn replies() -> Vec<Sample> {
    let charsets: Vec<Charset> = CHARSETS
        .iter()
        .copied()
        .filter(|charset| charset.real != BIG5)
        .collect();
    let mut samples = Vec::new();
    for (row, client) in CLIENTS.iter().enumerate() {
        for (column, written) in LETTERS.iter().enumerate() {
            let charset = charsets[(row + 3 * column) % charsets.len()];
            samples.push(reply(client, written, charset, transfer(row + column)));
        }
        for (column, written) in FOREIGN
            .iter()
            .enumerate()
            .filter(|(n, _)| (n + row) % 4 == 0)
        {
            samples.push(reply(client, written, PLAIN_UTF8, transfer(row + column)));
        }
    }
    samples
}

fn transfer(number: usize) -> Transfer {
    [
        Transfer::Base64,
        Transfer::QuotedPrintable,
        Transfer::EightBit,
    ][number % 3]
}

fn escaped(line: &str) -> String {
    line.replace('&', "&amp;").replace('<', "&lt;")
}

fn divs(text: &str) -> String {
    text.lines()
        .map(|line| {
            let line = escaped(line);
            format!(
                "<div>{}</div>",
                if line.is_empty() { "<br>" } else { &line }
            )
        })
        .collect()
}

fn behind(mark: &str, text: &str) -> String {
    text.lines().map(|line| format!("{mark}{line}\n")).collect()
}

/// The lines that servers on the way add to every message.
fn travelled() -> String {
    let seal: String = "c2FtcGxlLXNlYWwtb2YtYS1kb21haW4tdGhhdC1wcm92ZXMtbm90aGluZw".repeat(4);
    let seal: Vec<&str> = seal
        .as_bytes()
        .chunks(68)
        .map(|part| std::str::from_utf8(part).unwrap())
        .collect();
    let seal = seal.join("\r\n\t ");
    let hop = |n: usize| {
        format!(
            "Received: from out{n}.mail.example.com (out{n}.mail.example.com [192.0.2.{n}])\r\n\tby in{n}.mail.example.org (NewMx) with SMTP id 4f2a{n}; \r\n\tTue, 10 Jun 2025 10:00:0{n} +0800 (CST)\r\n"
        )
    };
    format!(
        "{}{}X-QQ-mid: xmsmtpt1749520800t8f2n1s\r\nX-QQ-XMAILINFO: NmZhbHNlMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAw\r\nX-OQ-MSGID: <3f0c@example.com>\r\nAuthentication-Results: mx.example.org; spf=pass smtp.mailfrom=me@example.com;\r\n\tdkim=pass header.d=example.com; dmarc=pass header.from=example.com\r\nDKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.com; s=s201512;\r\n\tt=1749520800; bh={seal};\r\n\th=From:To:Subject:Date:Message-ID:MIME-Version;\r\n\tb={seal}\r\nX-Mailer: Sample 7.2.25\r\nX-Priority: 3\r\nX-Originating-IP: [192.0.2.9]\r\nThread-Index: AQHb2c0AAAAA\r\nContent-Language: zh-CN\r\n",
        hop(2),
        hop(1)
    )
}

/// The message's body as it is sent.
fn body(client: &Client, own: &str) -> String {
    let (own, notice) = if client.html {
        (divs(own), divs(NOTICE))
    } else {
        (own.to_owned(), NOTICE.to_owned())
    };
    client
        .body
        .replace("{quoted}", &behind("> ", NOTICE))
        .replace("{deep}", &behind("> > ", NOTICE))
        .replace("{notice}", &notice)
        .replace("{own}", &own)
}

fn reply(client: &Client, written: &Written, charset: Charset, how: Transfer) -> Sample {
    let text = body(client, written.text);
    // What a charset cannot say is not sent in it.
    let charset = if charset.real.encode(&text).2 {
        PLAIN_UTF8
    } else {
        charset
    };
    let kind = if client.html { "html" } else { "plain" };
    let part = if client.html {
        let page =
            format!("<html><head><style>p{{margin:0}}</style></head><body>{text}</body></html>");
        text_part(kind, &page, charset, how)
    } else {
        text_part(kind, &text, charset, how)
    };
    let lines = if client.html {
        [written.text, NOTICE].join("\n")
    } else {
        text
    };
    let notice = client.body.contains("{notice}")
        || client.body.contains("{quoted}")
        || client.body.contains("{deep}");
    let lines = if notice || !client.html {
        lines
    } else {
        written.text.to_owned()
    };
    Sample {
        name: format!(
            "{} {kind} {:?} {} {}",
            client.name,
            charset.label,
            how.name(),
            short(written.text)
        ),
        raw: message_of(
            written.from,
            "me@example.com",
            word("回复：公告", UTF_8, "utf-8").as_bytes(),
            &travelled(),
            &part,
        ),
        own: Some(tidy(written.text)),
        lines: lines.lines().map(str::to_owned).collect(),
        automatic: None,
        written: Some(*written),
    }
}

/// The words as they are kept: one blank line between paragraphs at most in HTML and in text alike.
fn tidy(text: &str) -> String {
    text.trim().to_owned()
}

fn short(text: &str) -> String {
    text.chars().take(12).filter(|c| *c != '\n').collect()
}

const SIMPLIFIED: &str = "您好：\n我对实施方案的意见是，应当增加公开的检测点，并且公布结果。";
const TRADITIONAL: &str = "您好：\n我對實施方案的意見是，應當增加公開的檢測點，並且公布結果。";

/// One letter in every charset, encoding and structure.
fn wrapped() -> Vec<Sample> {
    let mut samples = Vec::new();
    for &charset in CHARSETS {
        for number in 0..3 {
            for structure in ["plain", "html", "alternative", "mixed"] {
                let text = if charset.label == Some("big5") {
                    TRADITIONAL
                } else {
                    SIMPLIFIED
                };
                let plain = text_part("plain", text, charset, transfer(number));
                let html = text_part(
                    "html",
                    &format!("<body>{}</body>", divs(text)),
                    charset,
                    transfer(number),
                );
                let part = match structure {
                    "plain" => plain,
                    "html" => html,
                    "alternative" => multipart("alternative", &[plain, html]),
                    _ => multipart(
                        "mixed",
                        &[
                            multipart("alternative", &[plain, html]),
                            crate::builder::attachment(
                                b"Content-Type: image/png; name=a.png",
                                b"\x89PNG",
                            ),
                        ],
                    ),
                };
                samples.push(Sample {
                    name: format!("{structure} {charset:?} {number}"),
                    raw: message_of("风中的云", "me@example.com", b"x", "", &part),
                    own: Some(text.to_owned()),
                    lines: text.lines().map(str::to_owned).collect(),
                    automatic: None,
                    written: Some(Written {
                        from: "风中的云",
                        text,
                        name: None,
                        organisation: None,
                        phones: &[],
                        emails: &[],
                        sections: &[None],
                        named: Named::No,
                    }),
                });
            }
        }
    }
    samples
}
