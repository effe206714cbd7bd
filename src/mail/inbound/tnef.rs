//! Outlook's own format, winmail.dat: the letter and the files inside it ([MS-OXTNEF]).
//!
//! Limits: attributes are read in order up to 4,096 of them and 200 files; an embedded message
//! (an attachment by the method of OLE or of MAPI) is kept as the bytes it is; of the message itself
//! only its text is read, as plain text, HTML or compressed RTF ([MS-OXRTFCP]) turned into plain
//! text; meetings, tasks and named properties are passed over. Nothing is executed or resolved.

use super::headers::Headers;
use super::mapi::{Property, properties};
use super::mime::Leaf;
use super::params::Valued;
use super::rtf;

const SIGNATURE: [u8; 4] = [0x78, 0x9f, 0x3e, 0x22];
const MOST_ATTRIBUTES: usize = 4096;
const MOST_FILES: usize = 200;

const BODY: u16 = 0x800c;
const ATTACH_DATA: u16 = 0x800f;
const ATTACH_TITLE: u16 = 0x8010;
const ATTACH_BEGIN: u16 = 0x9002;
const MESSAGE_PROPERTIES: u16 = 0x9003;
const ATTACH_PROPERTIES: u16 = 0x9005;
const CODE_PAGE: u16 = 0x9007;

/// What was found inside.
pub struct Opened {
    /// Text parts first, then files.
    pub parts: Vec<Leaf>,
    /// Everything that holds words or files was read.
    pub whole: bool,
}

/// Whether these bytes are in the format, by their first ones.
#[must_use]
pub fn is_tnef(content: &[u8]) -> bool {
    content.starts_with(&SIGNATURE)
}

/// Takes a winmail.dat apart.
#[must_use]
pub fn open(content: &[u8]) -> Opened {
    let mut reader = Reader {
        texts: Vec::new(),
        files: Vec::new(),
        label: "gb18030".to_owned(),
        whole: true,
    };
    let mut rest = content.get(6..).unwrap_or_default();
    for _ in 0..MOST_ATTRIBUTES {
        if rest.is_empty() {
            break;
        }
        let Some((number, data, after)) = attribute(rest) else {
            reader.whole = false;
            break;
        };
        reader.take(number, data);
        rest = after;
    }
    reader.whole &= rest.is_empty();
    let mut parts = reader.texts;
    parts.extend(reader.files.into_iter().map(File::leaf));
    Opened {
        parts,
        whole: reader.whole,
    }
}

/// One attribute: its number, its bytes and what follows. A level byte, the number and type, the
/// length, the bytes and a checksum of two bytes.
fn attribute(bytes: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let (head, rest) = bytes.split_first_chunk::<9>()?;
    let [_, low, high, _, _, a, b, c, d] = *head;
    let length = usize::try_from(u32::from_le_bytes([a, b, c, d])).ok()?;
    let (data, rest) = rest.split_at_checked(length)?;
    // The last checksum is missing in some files.
    let rest = rest.get(2..).unwrap_or_default();
    Some((u16::from_le_bytes([low, high]), data, rest))
}

struct Reader {
    texts: Vec<Leaf>,
    files: Vec<File>,
    label: String,
    whole: bool,
}

#[derive(Default)]
struct File {
    title: String,
    long_name: String,
    media_type: String,
    content_id: String,
    content: Vec<u8>,
}

impl Reader {
    fn take(&mut self, number: u16, data: &[u8]) {
        match number {
            CODE_PAGE => {
                if let Some((page, _)) = data.split_first_chunk::<4>() {
                    self.label = label_of(u32::from_le_bytes(*page));
                }
            }
            BODY => self.text(
                "text/plain",
                data.split(|&b| b == 0).next().unwrap_or_default(),
            ),
            MESSAGE_PROPERTIES => self.message(data),
            ATTACH_BEGIN if self.files.len() < MOST_FILES => self.files.push(File::default()),
            ATTACH_BEGIN => self.whole = false,
            ATTACH_TITLE => {
                let title = super::charset::decode(data, Some(&self.label)).text;
                if let Some(file) = self.files.last_mut() {
                    file.title = title.trim_end_matches('\0').to_owned();
                }
            }
            ATTACH_DATA => {
                if let Some(file) = self.files.last_mut() {
                    file.content = data.to_vec();
                }
            }
            ATTACH_PROPERTIES => self.attachment(data),
            _ => {}
        }
    }

    fn text(&mut self, kind: &str, content: &[u8]) {
        if content.iter().all(u8::is_ascii_whitespace) {
            return;
        }
        let known = self.texts.iter().any(|leaf| leaf.kind.value == kind);
        if !known {
            let kind = Valued::made(kind, Some(("charset", &self.label)));
            self.texts
                .push(leaf(kind, Valued::default(), content.to_vec()));
        }
    }

    fn message(&mut self, data: &[u8]) {
        let (found, whole) = properties(data, &[0x1000, 0x1009, 0x1013]);
        self.whole &= whole;
        for Property {
            number,
            text,
            bytes,
        } in &found
        {
            match (*number, text) {
                (0x1000, true) => self.wide("text/plain", bytes),
                (0x1000, false) => self.text("text/plain", bytes),
                (0x1013, true) => self.wide("text/html", bytes),
                (0x1013, false) => self.text("text/html", bytes),
                _ => {}
            }
        }
        let spoken = !self.texts.is_empty();
        for rich in found.iter().filter(|one| one.number == 0x1009 && !spoken) {
            match rtf::unpack(&rich.bytes).map(|rich| rtf::to_text(&rich)) {
                Some(text) => self.wide_text(&text),
                None => self.whole = false,
            }
        }
    }

    /// UTF-16 becomes UTF-8, and says so.
    fn wide(&mut self, kind: &str, bytes: &[u8]) {
        let text = encoding_rs::UTF_16LE.decode_without_bom_handling(bytes).0;
        let text = text.trim_end_matches('\0');
        let label = std::mem::replace(&mut self.label, "utf-8".to_owned());
        self.text(kind, text.as_bytes());
        self.label = label;
    }

    fn wide_text(&mut self, text: &str) {
        let label = std::mem::replace(&mut self.label, "utf-8".to_owned());
        self.text("text/plain", text.as_bytes());
        self.label = label;
    }

    fn attachment(&mut self, data: &[u8]) {
        let (found, whole) = properties(data, &[0x3701, 0x3704, 0x3707, 0x370e, 0x3712]);
        self.whole &= whole;
        let label = self.label.clone();
        let Some(file) = self.files.last_mut() else {
            return;
        };
        for Property {
            number,
            text,
            bytes,
        } in found
        {
            let words = || {
                let words = if text {
                    encoding_rs::UTF_16LE
                        .decode_without_bom_handling(&bytes)
                        .0
                        .into_owned()
                } else {
                    super::charset::decode(&bytes, Some(&label)).text
                };
                words.trim_end_matches('\0').to_owned()
            };
            match number {
                0x3701 if file.content.is_empty() => file.content = bytes,
                0x3704 if file.title.is_empty() => file.title = words(),
                0x3707 => file.long_name = words(),
                0x370e => file.media_type = words(),
                0x3712 => file.content_id = words(),
                _ => {}
            }
        }
    }
}

impl File {
    fn leaf(self) -> Leaf {
        let name = if self.long_name.is_empty() {
            self.title
        } else {
            self.long_name
        };
        let kind = if self.media_type.contains('/') {
            self.media_type.to_ascii_lowercase()
        } else {
            "application/octet-stream".to_owned()
        };
        let (disposition, headers) = if self.content_id.is_empty() {
            ("attachment", Headers::default())
        } else {
            ("inline", Headers::made("content-id", &self.content_id))
        };
        let mut made = leaf(
            Valued::made(&kind, None),
            Valued::made(disposition, Some(("filename", &name))),
            self.content,
        );
        made.headers = headers;
        made
    }
}

fn leaf(kind: Valued, disposition: Valued, content: Vec<u8>) -> Leaf {
    Leaf {
        headers: Headers::default(),
        kind,
        disposition,
        content,
    }
}

/// The charset of a Windows code page.
fn label_of(page: u32) -> String {
    match page {
        936 | 54936 => "gb18030".to_owned(),
        950 => "big5".to_owned(),
        932 => "shift_jis".to_owned(),
        949 => "euc-kr".to_owned(),
        65001 => "utf-8".to_owned(),
        page => format!("windows-{page}"),
    }
}
