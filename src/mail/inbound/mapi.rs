//! The list of MAPI properties inside a winmail.dat ([MS-OXTNEF] 2.1.3.4): numbers and values.

/// A list longer than this is not one.
const MOST: u32 = 4096;

/// One property that was asked for.
pub struct Property {
    pub number: u16,
    /// UTF-16 text; otherwise bytes or text in the message's code page.
    pub text: bool,
    pub bytes: Vec<u8>,
}

/// The wanted properties in order, and whether the list could be read to its end.
#[must_use]
pub fn properties(data: &[u8], wanted: &[u16]) -> (Vec<Property>, bool) {
    let mut found = Vec::new();
    let mut cursor = Cursor(data);
    let count = cursor.long().unwrap_or(0).min(MOST);
    for _ in 0..count {
        match one(&mut cursor, wanted) {
            Some(Some(property)) => found.push(property),
            Some(None) => {}
            None => return (found, false),
        }
    }
    (found, true)
}

/// Reads one property; the inner `None` for one that was not asked for.
fn one(cursor: &mut Cursor<'_>, wanted: &[u16]) -> Option<Option<Property>> {
    let kind = cursor.short()?;
    let number = cursor.short()?;
    if number >= 0x8000 {
        cursor.take(16)?;
        match cursor.long()? {
            0 => {
                cursor.long()?;
            }
            _ => {
                let length = cursor.long()?;
                cursor.padded(length)?;
            }
        }
    }
    let several = kind & 0x1000 != 0;
    let base = kind & 0x0fff;
    let sized = matches!(base, 0x000d | 0x001e | 0x001f | 0x0102);
    let values = if several || sized { cursor.long()? } else { 1 };
    let mut first: Option<&[u8]> = None;
    for _ in 0..values.min(MOST) {
        let value = match base {
            0x0002..=0x0004 | 0x000a | 0x000b => cursor.take(4)?,
            0x0005..=0x0007 | 0x0014 | 0x0040 => cursor.take(8)?,
            0x0048 => cursor.take(16)?,
            0x0001 => &[],
            _ if sized => {
                let length = cursor.long()?;
                cursor.padded(length)?
            }
            _ => return None,
        };
        first.get_or_insert(value);
    }
    let value = first.unwrap_or_default();
    // An object begins with the identifier of its interface.
    let value = if base == 0x000d {
        value.get(16..).unwrap_or_default()
    } else {
        value
    };
    Some((wanted.contains(&number) && sized).then(|| Property {
        number,
        text: base == 0x001f,
        bytes: value.to_vec(),
    }))
}

struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn short(&mut self) -> Option<u16> {
        let (taken, rest) = self.0.split_first_chunk::<2>()?;
        self.0 = rest;
        Some(u16::from_le_bytes(*taken))
    }

    fn long(&mut self) -> Option<u32> {
        let (taken, rest) = self.0.split_first_chunk::<4>()?;
        self.0 = rest;
        Some(u32::from_le_bytes(*taken))
    }

    /// So many bytes and the zeros up to a multiple of four.
    fn padded(&mut self, length: u32) -> Option<&'a [u8]> {
        let length = usize::try_from(length).ok()?;
        let taken = self.take(length)?;
        let padding = (4 - length % 4) % 4;
        self.0 = self.0.get(padding..).unwrap_or_default();
        Some(taken)
    }
}
