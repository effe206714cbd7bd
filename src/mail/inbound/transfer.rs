//! Content-Transfer-Encoding, read leniently: what cannot be decoded is kept rather than lost.

/// Undoes base64, quoted-printable or nothing at all.
#[must_use]
pub fn decode(encoding: &str, body: &[u8]) -> Vec<u8> {
    let encoding = encoding
        .split([';', ' ', '('])
        .next()
        .unwrap_or_default()
        .trim_matches('"');
    match encoding {
        "base64" => match base64(body) {
            Some(decoded) => decoded,
            None => body.to_vec(),
        },
        "quoted-printable" => quoted_printable(body),
        _ => body.to_vec(),
    }
}

fn sextet(byte: u8) -> Option<u32> {
    let value = match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    };
    Some(u32::from(value))
}

/// Base64 with anything else skipped and missing padding forgiven; `None` when it is plainly not
/// base64 (more than one byte in ten is foreign).
#[must_use]
pub fn base64(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len() / 4 * 3 + 3);
    let (mut bits, mut count, mut foreign) = (0_u32, 0_u8, 0_usize);
    for &byte in body {
        if let Some(value) = sextet(byte) {
            bits = (bits << 6) | value;
            count += 1;
            if count == 4 {
                let [_, a, b, c] = bits.to_be_bytes();
                out.extend_from_slice(&[a, b, c]);
                (bits, count) = (0, 0);
            }
        } else if byte == b'=' {
            flush(&mut out, bits, count);
            (bits, count) = (0, 0);
        } else if !byte.is_ascii_whitespace() {
            foreign += 1;
        }
    }
    flush(&mut out, bits, count);
    (foreign * 10 <= body.len()).then_some(out)
}

fn flush(out: &mut Vec<u8>, bits: u32, count: u8) {
    match count {
        2 => out.extend((bits >> 4).to_be_bytes().last()),
        3 => {
            let [_, _, a, b] = (bits >> 2).to_be_bytes();
            out.extend_from_slice(&[a, b]);
        }
        _ => {}
    }
}

/// Quoted-printable; a `=` that starts no escape stays as it is.
#[must_use]
pub fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'=' {
            out.push(byte);
        } else if let Some((value, tail)) = hex_pair(after) {
            out.push(value);
            rest = tail;
        } else if let Some(tail) = soft_break(after) {
            rest = tail;
        } else {
            out.push(byte);
        }
    }
    out
}

/// `=` at the end of a line, trailing blanks allowed.
fn soft_break(after: &[u8]) -> Option<&[u8]> {
    let blanks = after
        .iter()
        .take_while(|b| matches!(b, b' ' | b'\t' | b'\r'))
        .take(80)
        .count();
    let tail = after.get(blanks..)?;
    match tail.split_first() {
        Some((b'\n', tail)) => Some(tail),
        None => Some(tail),
        _ => None,
    }
}

/// Two hexadecimal digits at the front.
#[must_use]
pub fn hex_pair(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let (&[high, low], tail) = bytes.split_first_chunk::<2>()?;
    let high = char::from(high).to_digit(16)?;
    let low = char::from(low).to_digit(16)?;
    Some((u8::try_from(high * 16 + low).ok()?, tail))
}
