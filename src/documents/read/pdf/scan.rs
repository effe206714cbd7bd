//! Finding the objects of a file, from its front to its end.

use super::Trouble;
use super::file::{File, OBJECTS, Place, find};
use super::lexer::{Lexer, is_blank};
use super::object::{Dictionary, Object, index};

impl File<'_> {
    /// Looks for `N G obj` and for trailers.
    pub(super) fn scan(&mut self) -> Result<(), Trouble> {
        let mut at = 0;
        let mut streams = Vec::new();
        while let Some(step) = self
            .bytes
            .get(at..)
            .and_then(|rest| rest.iter().position(|byte| matches!(byte, b'o' | b't')))
        {
            let here = at + step;
            let rest = self.bytes.get(here..).unwrap_or_default();
            at = here + 1;
            if rest.starts_with(b"trailer") {
                let mut lexer = Lexer::new(self.bytes, here + 7);
                if let Some(Object::Dictionary(trailer)) = lexer.next() {
                    self.take_trailer(&trailer);
                    at = lexer.at.max(at);
                }
            } else if rest.starts_with(b"obj")
                && let Some(id) = self.id_before(here)
            {
                at = self.take_object(id, here + 3, &mut streams)?;
            }
        }
        // Packed objects come last, in the order of their streams.
        for (id, stream) in streams {
            let newer =
                matches!(self.places.get(&id), Some(Place::File(place)) if *place == stream);
            if newer {
                self.unpack(stream)?;
            }
        }
        Ok(())
    }

    fn take_object(
        &mut self,
        id: u32,
        from: usize,
        streams: &mut Vec<(u32, usize)>,
    ) -> Result<usize, Trouble> {
        if self.places.len() >= OBJECTS {
            return Err(Trouble::Over);
        }
        self.places.insert(id, Place::File(from));
        let mut lexer = Lexer::new(self.bytes, from);
        let object = lexer.next();
        let after = lexer.at;
        let Some(Object::Dictionary(dictionary)) = object else {
            return Ok(after.max(from));
        };
        match dictionary.get("Type").and_then(Object::name) {
            Some("XRef") => self.take_trailer(&dictionary),
            Some("ObjStm") => streams.push((id, from)),
            _ => {}
        }
        lexer.skip_blanks();
        let is_stream = self
            .bytes
            .get(lexer.at..)
            .is_some_and(|rest| rest.starts_with(b"stream"));
        if !is_stream {
            return Ok(after);
        }
        // What is packed in a stream is not looked through.
        let body = lexer.at + 6;
        let stated = dictionary
            .get("Length")
            .and_then(Object::number)
            .and_then(index);
        let stated = stated
            .map(|length| body.saturating_add(length))
            .filter(|end| {
                find(
                    self.bytes
                        .get(..end.saturating_add(16))
                        .unwrap_or(self.bytes),
                    *end,
                    b"endstream",
                )
                .is_some()
            });
        Ok(match stated {
            Some(end) => end,
            None => find(self.bytes, body, b"endstream").unwrap_or(self.bytes.len()),
        })
    }

    fn take_trailer(&mut self, trailer: &Dictionary) {
        if let Some(root) = trailer.get("Root") {
            self.root = Some(root.clone());
        }
        self.encrypted |= trailer
            .get("Encrypt")
            .is_some_and(|found| *found != Object::Null);
    }

    /// The number in `N G obj`, read backwards from the `obj`.
    fn id_before(&self, at: usize) -> Option<u32> {
        let before = self.bytes.get(at.saturating_sub(24)..at)?;
        let mut words = before
            .split(|byte| is_blank(*byte))
            .filter(|word| !word.is_empty())
            .rev();
        let digits = |word: &&[u8]| word.iter().all(u8::is_ascii_digit);
        words.next().filter(digits)?;
        let id = words.next()?;
        let start = id.iter().rposition(|byte| !byte.is_ascii_digit());
        let id = id.get(start.map_or(0, |start| start + 1)..)?;
        std::str::from_utf8(id).ok()?.parse().ok()
    }

    fn unpack(&mut self, from: usize) -> Result<(), Trouble> {
        let Some((dictionary, bytes)) = self.stream_at(from)? else {
            return Ok(());
        };
        let value = |key: &str| {
            let found = dictionary.get(key).map(|found| self.resolve(found));
            found.and_then(|found| found.number()).and_then(index)
        };
        let (Some(count), Some(first)) = (value("N"), value("First")) else {
            return Ok(());
        };
        let number = self.packed.len();
        let mut lexer = Lexer::new(&bytes, 0);
        for _ in 0..count.min(OBJECTS) {
            let mut next = || lexer.next()?.number().and_then(index);
            let (Some(id), Some(offset)) = (next(), next()) else {
                break;
            };
            if self.places.len() >= OBJECTS {
                return Err(Trouble::Over);
            }
            if let Ok(id) = u32::try_from(id) {
                // One that stands in the file itself was written later only if it stands later.
                let later =
                    matches!(self.places.get(&id), Some(Place::File(place)) if *place > from);
                if !later {
                    let place = Place::Packed(number, first.saturating_add(offset));
                    self.places.insert(id, place);
                }
            }
        }
        self.packed.push(bytes);
        Ok(())
    }
}
