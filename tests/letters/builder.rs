//! A small builder of raw messages: every byte is ours, no mail library between.

use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8};

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Transfer {
    Base64,
    QuotedPrintable,
    EightBit,
}

/// The charset the bytes are in and the label they are given.
#[derive(Clone, Copy, Debug)]
pub struct Charset {
    pub real: &'static Encoding,
    pub label: Option<&'static str>,
}

pub const CHARSETS: &[Charset] = &[
    Charset {
        real: UTF_8,
        label: Some("utf-8"),
    },
    Charset {
        real: GBK,
        label: Some("gb2312"),
    },
    Charset {
        real: GBK,
        label: Some("gbk"),
    },
    Charset {
        real: GB18030,
        label: Some("gb18030"),
    },
    Charset {
        real: BIG5,
        label: Some("big5"),
    },
    Charset {
        real: GBK,
        label: None,
    },
    Charset {
        real: UTF_8,
        label: None,
    },
    Charset {
        real: GBK,
        label: Some("default"),
    },
    Charset {
        real: GBK,
        label: Some("us-ascii"),
    },
    Charset {
        real: GBK,
        label: Some("hz-gb-2312"),
    },
    Charset {
        real: UTF_8,
        label: Some("big5"),
    },
    Charset {
        real: UTF_8,
        label: Some("gb2312"),
    },
];

pub fn encode(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    encoding.encode(text).0.into_owned()
}

pub fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let mut three = [0_u8; 3];
        three[..chunk.len()].copy_from_slice(chunk);
        let bits = u32::from_be_bytes([0, three[0], three[1], three[2]]);
        for index in 0..4 {
            if index <= chunk.len() {
                out.push(char::from(
                    ALPHABET[(bits >> (18 - 6 * index)) as usize & 63],
                ));
            } else {
                out.push('=');
            }
        }
    }
    out
}

fn folded(text: &str, width: usize) -> Vec<u8> {
    text.as_bytes()
        .chunks(width)
        .flat_map(|chunk| [chunk, b"\r\n"].concat())
        .collect()
}

pub fn transfer(bytes: &[u8], transfer: Transfer) -> Vec<u8> {
    match transfer {
        Transfer::EightBit => bytes.to_vec(),
        Transfer::Base64 => folded(&base64(bytes), 76),
        Transfer::QuotedPrintable => {
            let mut out = Vec::new();
            let mut column = 0;
            for &byte in bytes {
                if byte == b'\n' {
                    out.push(byte);
                    column = 0;
                    continue;
                }
                if column > 70 {
                    out.extend_from_slice(b"=\r\n");
                    column = 0;
                }
                if byte == b'\r' || (33..127).contains(&byte) && byte != b'=' || byte == b' ' {
                    out.push(byte);
                    column += 1;
                } else {
                    out.extend_from_slice(format!("={byte:02X}").as_bytes());
                    column += 3;
                }
            }
            out
        }
    }
}

impl Transfer {
    pub fn name(self) -> &'static str {
        match self {
            Self::Base64 => "base64",
            Self::QuotedPrintable => "quoted-printable",
            Self::EightBit => "8bit",
        }
    }
}

/// `=?label?B?…?=`
pub fn word(text: &str, encoding: &'static Encoding, label: &str) -> String {
    format!("=?{label}?B?{}?=", base64(&encode(text, encoding)))
}

/// One text part with its headers.
pub fn text_part(kind: &str, text: &str, charset: Charset, how: Transfer) -> Vec<u8> {
    let label = charset
        .label
        .map(|label| format!("; charset=\"{label}\""))
        .unwrap_or_default();
    let mut part = format!(
        "Content-Type: text/{kind}{label}\r\nContent-Transfer-Encoding: {}\r\n\r\n",
        how.name()
    )
    .into_bytes();
    part.extend(transfer(
        &encode(&text.replace('\n', "\r\n"), charset.real),
        how,
    ));
    part
}

pub fn multipart(subtype: &str, parts: &[Vec<u8>]) -> Vec<u8> {
    let boundary = format!("----=_Part_{}_{}", subtype, parts.len());
    let mut out = format!("Content-Type: multipart/{subtype};\r\n\tboundary=\"{boundary}\"\r\n\r\nThis is a multi-part message in MIME format.\r\n").into_bytes();
    for part in parts {
        out.extend(format!("\r\n--{boundary}\r\n").into_bytes());
        out.extend(part);
    }
    out.extend(format!("\r\n--{boundary}--\r\n").into_bytes());
    out
}

/// The header block every test letter shares, before the body part's own headers.
pub fn message(subject: &[u8], extra: &str, part: &[u8]) -> Vec<u8> {
    message_of("张三丰", "zhang@example.com", subject, extra, part)
}

/// The same from somebody else.
pub fn message_of(name: &str, address: &str, subject: &[u8], extra: &str, part: &[u8]) -> Vec<u8> {
    let mut out = b"Received: from relay.example.com (unknown [192.0.2.7])\r\n\tby mx.example.org (Postfix) with ESMTP id 42;\r\n\tTue, 10 Jun 2025 10:00:05 +0800 (CST)\r\nReceived: from client by relay.example.com; Tue, 10 Jun 2025 02:00:01 +0000\r\nFrom: ".to_vec();
    out.extend(word(name, UTF_8, "utf-8").bytes());
    out.extend(format!(" <{address}>\r\nTo: <jianyan@example.org>\r\nSubject: ").bytes());
    out.extend(subject);
    out.extend(b"\r\nDate: Tue, 10 Jun 2025 10:00:00 +0800\r\nMessage-ID: <t1@example.com>\r\nMIME-Version: 1.0\r\n");
    out.extend(extra.bytes());
    out.extend(part);
    out
}

pub const PLAIN_UTF8: Charset = Charset {
    real: UTF_8,
    label: Some("utf-8"),
};

/// A plain UTF-8 letter.
pub fn plain(text: &str) -> Vec<u8> {
    message(
        b"suggestion",
        "",
        &text_part("plain", text, PLAIN_UTF8, Transfer::Base64),
    )
}

/// An HTML-only UTF-8 letter.
pub fn html(markup: &str) -> Vec<u8> {
    message(
        b"suggestion",
        "",
        &text_part("html", markup, PLAIN_UTF8, Transfer::QuotedPrintable),
    )
}

pub fn attachment(headers: &[u8], content: &[u8]) -> Vec<u8> {
    let mut part = headers.to_vec();
    part.extend(b"\r\nContent-Transfer-Encoding: base64\r\n\r\n");
    part.extend(transfer(content, Transfer::Base64));
    part
}
