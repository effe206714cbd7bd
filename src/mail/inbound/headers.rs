//! The header block of a message or of one of its parts, as raw bytes: names are compared without
//! case, folded lines are joined, 8-bit bytes are left for `charset` to read.

/// One field as it came, unfolded.
#[derive(Clone, Debug)]
pub struct Field {
    /// Lower case.
    pub name: String,
    pub value: Vec<u8>,
}

/// The fields of one header block, topmost first.
#[derive(Clone, Debug, Default)]
pub struct Headers(Vec<Field>);

/// More header lines than this are not read; real mail has fewer than a hundred.
const MOST_FIELDS: usize = 2000;

impl Headers {
    /// Splits bytes into the header block and the rest. Without a blank line everything that
    /// looks like a field is header; bytes that begin with no field at all are all body.
    #[must_use]
    pub fn split(raw: &[u8]) -> (Self, &[u8]) {
        let mut fields: Vec<Field> = Vec::new();
        let mut rest = raw;
        while let Some((line, after)) = next_line(rest) {
            if line.is_empty() {
                return (Self(fields), after);
            }
            let folded = line.first().is_some_and(|b| matches!(b, b' ' | b'\t'));
            if folded && let Some(last) = fields.last_mut() {
                last.value.push(b' ');
                last.value.extend_from_slice(line.trim_ascii());
            } else if let Some(field) = field(line) {
                if fields.len() < MOST_FIELDS {
                    fields.push(field);
                }
            } else if !(fields.is_empty() && line.starts_with(b"From ")) {
                return (Self(fields), rest);
            }
            rest = after;
        }
        (Self(fields), rest)
    }

    /// A block of one field.
    #[must_use]
    pub fn made(name: &str, value: &str) -> Self {
        Self(vec![Field {
            name: name.to_owned(),
            value: value.as_bytes().to_vec(),
        }])
    }

    /// The first field of this name (lower case).
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.0
            .iter()
            .find(|field| field.name == name)
            .map(|field| field.value.as_slice())
    }

    /// Every field of this name, topmost first.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a [u8]> {
        self.0
            .iter()
            .filter(move |field| field.name == name)
            .map(|field| field.value.as_slice())
    }

    /// Every field, topmost first.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.0.iter()
    }

    /// The value in lower-case ASCII, for keyword fields.
    #[must_use]
    pub fn keyword(&self, name: &str) -> String {
        self.get(name)
            .map(|value| String::from_utf8_lossy(value.trim_ascii()).to_ascii_lowercase())
            .unwrap_or_default()
    }

    /// Whether there is such a field at all.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// True when nothing that looks like a header field was there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The next line without its end, and what follows.
#[must_use]
pub fn next_line(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    if bytes.is_empty() {
        return None;
    }
    let end = bytes
        .iter()
        .position(|&b| b == b'\n')
        .unwrap_or(bytes.len());
    let (line, rest) = bytes.split_at_checked(end)?;
    let rest = rest.get(1..).unwrap_or_default();
    Some((line.strip_suffix(b"\r").unwrap_or(line), rest))
}

fn field(line: &[u8]) -> Option<Field> {
    let colon = line.iter().position(|&b| b == b':')?;
    let (name, value) = line.split_at_checked(colon)?;
    let name = name.trim_ascii_end();
    let sound = !name.is_empty() && name.len() <= 100 && name.iter().all(|b| b.is_ascii_graphic());
    sound.then(|| Field {
        name: String::from_utf8_lossy(name).to_ascii_lowercase(),
        value: value.get(1..).unwrap_or_default().trim_ascii().to_vec(),
    })
}
