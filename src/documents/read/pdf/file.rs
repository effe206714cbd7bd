//! The file: where its objects are, what its streams hold, its pages.
//!
//! Objects are found by looking for them from the front, as repair programs do, so that a broken or
//! lying cross-reference table changes nothing; of several with one number the last counts. They
//! are read when they are asked for.

use super::Trouble;
use super::font::Font;
use super::lexer::Lexer;
use super::object::{Dictionary, Object, index};
use crate::documents::read::page::Budget;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// Objects of one file.
pub(super) const OBJECTS: usize = 500_000;

#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    /// After its `obj`.
    File(usize),
    /// In the n-th object stream, from this byte on.
    Packed(usize, usize),
}

/// An open file.
pub(super) struct File<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) places: HashMap<u32, Place>,
    pub(super) packed: Vec<Vec<u8>>,
    pub(super) root: Option<Object>,
    pub encrypted: bool,
    pub(super) budget: Budget,
    /// Streams that fonts share.
    kept: RefCell<HashMap<u32, Rc<Vec<u8>>>>,
    fonts: RefCell<HashMap<u32, Rc<Font>>>,
}

/// A page with what it inherits.
#[derive(Clone, Debug)]
pub(super) struct Leaf {
    pub contents: Object,
    pub resources: Rc<Dictionary>,
}

pub(super) fn find(bytes: &[u8], from: usize, wanted: &[u8]) -> Option<usize> {
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

    pub(super) fn stream_at(&self, from: usize) -> Result<Option<(Dictionary, Vec<u8>)>, Trouble> {
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
                find(
                    end.get(..end.len().min(16)).unwrap_or_default(),
                    0,
                    b"endstream",
                )
                .is_some()
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
        let mut open = vec![(top, Rc::new(Dictionary::default()))];
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
                Object::Dictionary(own) => Rc::new(own),
                _ => inherited,
            };
            match self.get(&dictionary, "Kids") {
                Object::Array(kids) => {
                    let below = kids
                        .into_iter()
                        .rev()
                        .map(|kid| (kid, Rc::clone(&resources)));
                    open.extend(below);
                }
                _ => found.push(Leaf {
                    contents: dictionary.get("Contents").cloned().unwrap_or(Object::Null),
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
