//! The file: where its objects are, what its streams hold, its pages.
//!
//! Objects are found by looking for them from the front, as repair programs do, so that a broken or
//! lying cross-reference table changes nothing; of several with one number the last counts. They
//! are read when they are asked for.

use super::Trouble;
use super::font::Font;
use super::object::{Dictionary, Lexer, Object, index, is_blank, unhex};
use crate::documents::read::page::Budget;
use flate2::bufread::ZlibDecoder;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::io::Read;
use std::rc::Rc;

/// Objects of one file.
const OBJECTS: usize = 500_000;

#[derive(Clone, Copy, Debug)]
enum Place {
    /// After its `obj`.
    File(usize),
    /// In the n-th object stream, from this byte on.
    Packed(usize, usize),
}

/// An open file.
pub(super) struct File<'a> {
    bytes: &'a [u8],
    places: HashMap<u32, Place>,
    packed: Vec<Vec<u8>>,
    root: Option<Object>,
    pub encrypted: bool,
    budget: Budget,
    /// Streams that fonts share.
    kept: RefCell<HashMap<u32, Rc<Vec<u8>>>>,
    fonts: RefCell<HashMap<u32, Rc<Font>>>,
}

/// A page with what it inherits.
#[derive(Clone, Debug)]
pub(super) struct Leaf {
    pub dictionary: Dictionary,
    pub resources: Dictionary,
}

fn find(bytes: &[u8], from: usize, wanted: &[u8]) -> Option<usize> {
    let first = *wanted.first()?;
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == first)?;
        if bytes.get(at..)?.starts_with(wanted) {
            return Some(at);
        }
        at += 1;
    }
}

impl<'a> File<'a> {
    pub(super) fn open(bytes: &'a [u8], budget: Budget) -> Result<Self, Trouble> {
        let mut file = Self {
            bytes,
            places: HashMap::new(),
            packed: Vec::new(),
            root: None,
            encrypted: false,
            budget,
            kept: RefCell::default(),
            fonts: RefCell::default(),
        };
        file.scan()?;
        if file.root.is_none() && !file.encrypted {
            return Err(Trouble::Broken);
        }
        Ok(file)
    }

    /// Looks for `N G obj` and for trailers.
    fn scan(&mut self) -> Result<(), Trouble> {
        let mut at = 0;
        let mut streams = Vec::new();
        while let Some(step) = self.bytes.get(at..).and_then(|rest| {
            rest.iter().position(|byte| matches!(byte, b'o' | b't'))
        }) {
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
            let newer = matches!(self.places.get(&id), Some(Place::File(place)) if *place == stream);
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
        let stated = stated.map(|length| body.saturating_add(length)).filter(|end| {
            find(self.bytes.get(..end.saturating_add(16)).unwrap_or(self.bytes), *end, b"endstream")
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
        self.encrypted |= trailer.get("Encrypt").is_some_and(|found| *found != Object::Null);
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
                let later = matches!(self.places.get(&id), Some(Place::File(place)) if *place > from);
                if !later {
                    let place = Place::Packed(number, first.saturating_add(offset));
                    self.places.insert(id, place);
                }
            }
        }
        self.packed.push(bytes);
        Ok(())
    }

    /// The object itself, references followed.
    pub(super) fn resolve(&self, object: &Object) -> Object {
        let mut current = object.clone();
        for _ in 0..16 {
            let Object::Reference(id) = current else {
                return current;
            };
            let Some(place) = self.places.get(&id) else {
                return Object::Null;
            };
            let (bytes, at) = match place {
                Place::File(at) => (self.bytes, *at),
                Place::Packed(stream, at) => match self.packed.get(*stream) {
                    Some(bytes) => (bytes.as_slice(), *at),
                    None => return Object::Null,
                },
            };
            let mut lexer = Lexer::new(bytes, at);
            let next = lexer.next();
            // Reading counts as work, so that nothing is read again and again without end.
            if !self.budget.take(lexer.at.saturating_sub(at)) {
                return Object::Null;
            }
            current = next.unwrap_or(Object::Null);
        }
        Object::Null
    }

    pub(super) fn get(&self, dictionary: &Dictionary, key: &str) -> Object {
        dictionary
            .get(key)
            .map_or(Object::Null, |found| self.resolve(found))
    }

    pub(super) fn dictionary(&self, dictionary: &Dictionary, key: &str) -> Dictionary {
        match self.get(dictionary, key) {
            Object::Dictionary(found) => found,
            _ => Dictionary::default(),
        }
    }

    /// The dictionary and the unpacked bytes of a stream.
    pub(super) fn stream(&self, object: &Object) -> Result<Option<(Dictionary, Vec<u8>)>, Trouble> {
        let Object::Reference(id) = object else {
            return Ok(None);
        };
        match self.places.get(id) {
            Some(Place::File(at)) => self.stream_at(*at),
            _ => Ok(None),
        }
    }

    /// The unpacked bytes of a stream that is asked for again and again.
    pub(super) fn kept(&self, object: &Object) -> Result<Option<Rc<Vec<u8>>>, Trouble> {
        let Object::Reference(id) = object else {
            return Ok(None);
        };
        if let Some(known) = self.kept.borrow().get(id) {
            return Ok(Some(Rc::clone(known)));
        }
        let Some((_, bytes)) = self.stream(object)? else {
            return Ok(None);
        };
        let bytes = Rc::new(bytes);
        self.kept.borrow_mut().insert(*id, Rc::clone(&bytes));
        Ok(Some(bytes))
    }

    fn stream_at(&self, from: usize) -> Result<Option<(Dictionary, Vec<u8>)>, Trouble> {
        let mut lexer = Lexer::new(self.bytes, from);
        let Some(Object::Dictionary(dictionary)) = lexer.next() else {
            return Ok(None);
        };
        lexer.skip_blanks();
        let Some(rest) = self
            .bytes
            .get(lexer.at..)
            .and_then(|rest| rest.strip_prefix(b"stream"))
        else {
            return Ok(None);
        };
        let body = rest
            .strip_prefix(b"\r\n")
            .or_else(|| rest.strip_prefix(b"\n"))
            .or_else(|| rest.strip_prefix(b"\r"))
            .unwrap_or(rest);
        let stated = self.get(&dictionary, "Length").number().and_then(index);
        let length = stated
            .filter(|length| {
                let end = body.get(*length..).unwrap_or_default();
                find(end.get(..end.len().min(16)).unwrap_or_default(), 0, b"endstream").is_some()
            })
            .or_else(|| find(body, 0, b"endstream"))
            .unwrap_or(body.len());
        let raw = body.get(..length).unwrap_or_default();
        if !self.budget.take(raw.len()) {
            return Err(Trouble::Over);
        }
        let bytes = self.unfilter(&dictionary, raw)?;
        Ok(Some((dictionary, bytes)))
    }

    fn unfilter(&self, dictionary: &Dictionary, raw: &[u8]) -> Result<Vec<u8>, Trouble> {
        let filters = match self.get(dictionary, "Filter") {
            Object::Array(filters) => filters.iter().map(|one| self.resolve(one)).collect(),
            Object::Null => Vec::new(),
            one => vec![one],
        };
        let mut bytes = raw.to_vec();
        for filter in filters.iter().take(8) {
            bytes = match filter.name() {
                Some("FlateDecode" | "Fl") => self.inflate(&bytes)?,
                Some("ASCIIHexDecode" | "AHx") => {
                    let end = bytes.iter().position(|b| *b == b'>').unwrap_or(bytes.len());
                    unhex(bytes.get(..end).unwrap_or_default())
                }
                Some("ASCII85Decode" | "A85") => ascii85(&bytes),
                _ => return Err(Trouble::Packing),
            };
        }
        if !self.budget.take(bytes.len()) {
            return Err(Trouble::Over);
        }
        Ok(bytes)
    }

    /// What a damaged stream gives before the damage is kept, as viewers do.
    fn inflate(&self, bytes: &[u8]) -> Result<Vec<u8>, Trouble> {
        let most = self.budget.left();
        let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
        let mut out = Vec::new();
        let _ = ZlibDecoder::new(bytes).take(limit).read_to_end(&mut out);
        if out.len() > most {
            return Err(Trouble::Over);
        }
        Ok(out)
    }

    /// A font, read once however many pages use it.
    pub(super) fn font(
        &self,
        reference: Option<&Object>,
        dictionary: &Dictionary,
    ) -> Result<Rc<Font>, Trouble> {
        let id = match reference {
            Some(Object::Reference(id)) => Some(*id),
            _ => None,
        };
        if let Some(known) = id.and_then(|id| self.fonts.borrow().get(&id).cloned()) {
            return Ok(known);
        }
        let font = Rc::new(Font::read(self, dictionary)?);
        if let Some(id) = id {
            self.fonts.borrow_mut().insert(id, Rc::clone(&font));
        }
        Ok(font)
    }

    /// Counts work and memory.
    pub(super) fn spend(&self, amount: usize) -> Result<(), Trouble> {
        match self.budget.take(amount) {
            true => Ok(()),
            false => Err(Trouble::Over),
        }
    }

    /// The pages in order.
    pub(super) fn pages(&self, most: usize) -> Result<Vec<Leaf>, Trouble> {
        let Some(Object::Dictionary(root)) = self.root.as_ref().map(|root| self.resolve(root))
        else {
            return Err(Trouble::Broken);
        };
        let mut found = Vec::new();
        let mut seen = HashSet::new();
        let top = root.get("Pages").cloned().unwrap_or(Object::Null);
        let mut open = vec![(top, Dictionary::default())];
        while let Some((node, inherited)) = open.pop() {
            if let Object::Reference(id) = node
                && !seen.insert(id)
            {
                continue;
            }
            let Object::Dictionary(dictionary) = self.resolve(&node) else {
                continue;
            };
            let resources = match self.get(&dictionary, "Resources") {
                Object::Dictionary(own) => own,
                _ => inherited,
            };
            match self.get(&dictionary, "Kids") {
                Object::Array(kids) => {
                    let below = kids.into_iter().rev().map(|kid| (kid, resources.clone()));
                    open.extend(below);
                }
                _ => found.push(Leaf {
                    dictionary,
                    resources,
                }),
            }
            if found.len() > most || open.len() > OBJECTS {
                return Err(Trouble::Over);
            }
        }
        if found.is_empty() {
            return Err(Trouble::Broken);
        }
        Ok(found)
    }
}

fn ascii85(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() / 5 * 4);
    let mut group: Vec<u32> = Vec::with_capacity(5);
    let mut flush = |group: &mut Vec<u32>| {
        let given = group.len();
        if given < 2 {
            return;
        }
        group.resize(5, 84);
        let value = group
            .iter()
            .fold(0_u32, |value, digit| value.wrapping_mul(85).wrapping_add(*digit));
        out.extend(value.to_be_bytes().iter().take(given - 1));
        group.clear();
    };
    for byte in text {
        match byte {
            b'!'..=b'u' => group.push(u32::from(byte - b'!')),
            b'z' if group.is_empty() => group.extend([0; 5]),
            b'~' => break,
            _ => continue,
        }
        if group.len() == 5 {
            flush(&mut group);
        }
    }
    flush(&mut group);
    out
}
