//! Rich text to plain text, as far as a letter needs it: the words, in their order.
//!
//! Fonts, pictures, styles and everything a destination marked `\*` holds are left out. Where the
//! rich text only wraps HTML (`\fromhtml1`), what was put in for readers of rich text alone is left
//! out too (`\htmlrtf`).

use encoding_rs::Encoding;

/// Unpacked text is at most so long, in bytes.
const LONGEST: usize = 8 << 20;
/// Groups open at once.
const DEEPEST: usize = 200;

/// What every compressed stream has been told before it begins ([MS-OXRTFCP] 2.1.2.1).
const DICTIONARY: &[u8] = b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

/// Undoes the compression; `None` when the bytes are no such stream.
#[must_use]
pub fn unpack(packed: &[u8]) -> Option<Vec<u8>> {
    let (header, data) = packed.split_first_chunk::<16>()?;
    let [_, _, _, _, a, b, c, d, rest @ ..] = *header;
    let size = usize::try_from(u32::from_le_bytes([a, b, c, d]))
        .ok()?
        .min(LONGEST);
    match rest.first_chunk::<4>()? {
        b"MELA" => Some(data.get(..size).unwrap_or(data).to_vec()),
        b"LZFu" => Some(unpacked(data, size)),
        _ => None,
    }
}

/// Runs of eight: a bit says whether a byte follows as it is or a place in the last 4,096 bytes.
fn unpacked(data: &[u8], size: usize) -> Vec<u8> {
    let mut out = Vec::new();
    let mut window = [b' '; 4096];
    let mut at = DICTIONARY.len();
    if let Some(start) = window.get_mut(..at) {
        start.copy_from_slice(DICTIONARY);
    }
    let mut put = |byte: u8, at: &mut usize, window: &mut [u8; 4096]| {
        if let Some(slot) = window.get_mut(*at) {
            *slot = byte;
        }
        *at = (*at + 1) % 4096;
        out.push(byte);
        out.len() < size
    };
    let mut bytes = data.iter().copied();
    'runs: while let Some(flags) = bytes.next() {
        for bit in 0..8 {
            if flags >> bit & 1 == 0 {
                match bytes.next() {
                    Some(byte) if put(byte, &mut at, &mut window) => {}
                    _ => break 'runs,
                }
                continue;
            }
            let (Some(high), Some(low)) = (bytes.next(), bytes.next()) else {
                break 'runs;
            };
            let offset = usize::from(high) << 4 | usize::from(low) >> 4;
            let length = usize::from(low & 0xf) + 2;
            if offset == at {
                break 'runs;
            }
            for step in 0..length {
                let byte = window.get((offset + step) % 4096).copied().unwrap_or(b' ');
                if !put(byte, &mut at, &mut window) {
                    break 'runs;
                }
            }
        }
    }
    out
}

/// What holds inside a group.
#[derive(Clone, Copy)]
struct State {
    silent: bool,
    /// Characters that stand in for one `\u` and are passed over.
    skip: usize,
}

struct Reader {
    out: String,
    bytes: Vec<u8>,
    charset: &'static Encoding,
    groups: Vec<State>,
    pending: usize,
}

/// The words of a rich text.
#[must_use]
pub fn to_text(rich: &[u8]) -> String {
    let mut reader = Reader {
        out: String::new(),
        bytes: Vec::new(),
        charset: encoding_rs::WINDOWS_1252,
        groups: vec![State {
            silent: false,
            skip: 1,
        }],
        pending: 0,
    };
    let mut rest = rich;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'{' => {
                let top = reader.top();
                if reader.groups.len() < DEEPEST {
                    reader.groups.push(top);
                }
            }
            b'}' => {
                reader.flush();
                if reader.groups.len() > 1 {
                    reader.groups.pop();
                }
            }
            b'\\' => rest = reader.control(after),
            b'\r' | b'\n' => {}
            _ => reader.byte(byte),
        }
    }
    reader.flush();
    reader.out.trim().to_owned()
}

impl Reader {
    fn top(&self) -> State {
        self.groups.last().copied().unwrap_or(State {
            silent: false,
            skip: 1,
        })
    }

    fn change(&mut self, with: impl Fn(&mut State)) {
        if let Some(top) = self.groups.last_mut() {
            with(top);
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.pending > 0 {
            self.pending -= 1;
        } else if !self.top().silent {
            self.bytes.push(byte);
        }
    }

    fn flush(&mut self) {
        if !self.bytes.is_empty() {
            let bytes = std::mem::take(&mut self.bytes);
            self.out
                .push_str(&self.charset.decode_without_bom_handling(&bytes).0);
        }
    }

    fn say(&mut self, text: &str) {
        self.flush();
        if !self.top().silent {
            self.out.push_str(text);
        }
    }

    /// One control word or sign; answers what follows it.
    fn control<'a>(&mut self, after: &'a [u8]) -> &'a [u8] {
        let letters = after
            .iter()
            .take(32)
            .take_while(|b| b.is_ascii_alphabetic())
            .count();
        if letters == 0 {
            let (sign, rest) = after
                .split_first()
                .map_or((0, after), |(sign, rest)| (*sign, rest));
            match sign {
                b'\'' => {
                    if let Some((value, rest)) = super::transfer::hex_pair(rest) {
                        self.byte(value);
                        return rest;
                    }
                }
                b'*' => self.change(|top| top.silent = true),
                b'~' => self.say(" "),
                b'{' | b'}' | b'\\' => self.byte(sign),
                _ => {}
            }
            return rest;
        }
        let (word, rest) = after.split_at_checked(letters).unwrap_or((after, &[]));
        let signed = usize::from(rest.first() == Some(&b'-'));
        let digits = rest
            .iter()
            .skip(signed)
            .take(10)
            .take_while(|b| b.is_ascii_digit())
            .count();
        let (number, rest) = rest
            .split_at_checked(if digits > 0 { signed + digits } else { 0 })
            .unwrap_or((&[], rest));
        let number: Option<i32> = std::str::from_utf8(number)
            .ok()
            .and_then(|text| text.parse().ok());
        let rest = rest.strip_prefix(b" ").unwrap_or(rest);
        self.word(word, number);
        rest
    }

    fn word(&mut self, word: &[u8], number: Option<i32>) {
        match word {
            b"par" | b"line" | b"row" | b"sect" | b"page" => self.say("\n"),
            b"tab" | b"cell" => self.say("\t"),
            b"u" => self.unicode(number.unwrap_or(0)),
            b"uc" => {
                let count = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(16);
                self.change(|top| top.skip = count);
            }
            b"ansicpg" => {
                let label = match number {
                    Some(936) => "gb18030".to_owned(),
                    Some(950) => "big5".to_owned(),
                    Some(932) => "shift_jis".to_owned(),
                    Some(949) => "euc-kr".to_owned(),
                    Some(65001) => "utf-8".to_owned(),
                    page => format!("windows-{}", page.unwrap_or(1252)),
                };
                self.charset = Encoding::for_label(label.as_bytes()).unwrap_or(self.charset);
            }
            b"htmlrtf" => {
                self.flush();
                self.change(|top| top.silent = number != Some(0));
            }
            b"fonttbl" | b"colortbl" | b"stylesheet" | b"info" | b"pict" | b"object"
            | b"themedata" | b"listtable" | b"listoverridetable" | b"header" | b"footer"
            | b"htmltag" => {
                self.flush();
                self.change(|top| top.silent = true);
            }
            b"emdash" => self.say("—"),
            b"endash" => self.say("–"),
            b"bullet" => self.say("•"),
            b"lquote" => self.say("‘"),
            b"rquote" => self.say("’"),
            b"ldblquote" => self.say("“"),
            b"rdblquote" => self.say("”"),
            _ => {}
        }
    }

    /// A UTF-16 unit, written as a signed number; the halves of a pair are joined.
    fn unicode(&mut self, number: i32) {
        let unit = u16::try_from(number.rem_euclid(0x1_0000)).unwrap_or(0xfffd);
        self.pending = self.top().skip;
        if self.top().silent {
            return;
        }
        self.flush();
        let half = self.out.chars().next_back();
        if (0xdc00..0xe000).contains(&unit)
            && let Some(high) = half.filter(|c| ('\u{f0000}'..'\u{f0400}').contains(c))
        {
            self.out.pop();
            let high = u32::from(high) - 0xf0000;
            let joined = 0x1_0000 + (high << 10) + (u32::from(unit) - 0xdc00);
            self.out.push(char::from_u32(joined).unwrap_or('\u{fffd}'));
        } else if (0xd800..0xdc00).contains(&unit) {
            // Kept as a private character until its other half comes.
            let kept = 0xf0000 + (u32::from(unit) - 0xd800);
            self.out.push(char::from_u32(kept).unwrap_or('\u{fffd}'));
        } else {
            self.out
                .push(char::from_u32(u32::from(unit)).unwrap_or('\u{fffd}'));
        }
    }
}
