//! What a page draws, as far as it is text (ISO 32000-1, 9.4): each character with its place.
//!
//! Longer than 300 lines because it is one table of operators and what they change.

use super::Trouble;
use super::file::{File, Leaf};
use super::font::Font;
use super::lexer::{Lexer, is_blank};
use super::matrix::Matrix;
use super::object::{Dictionary, Object};
use std::collections::HashMap;
use std::rc::Rc;

/// Forms drawn within forms.
const DEEPEST: usize = 8;
/// Saved states at once.
const SAVED: usize = 512;

/// A character where it stands on the page: origin, advance and size in points.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub size: f64,
    pub text: String,
}

/// The text of a page.
#[derive(Default)]
pub(super) struct Drawn {
    pub glyphs: Vec<Glyph>,
    /// Some of it is invisible, as programs lay it over a scan that they have read.
    pub invisible: bool,
}

#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    character_space: f64,
    word_space: f64,
    /// Horizontal scaling, 1 being usual.
    scale: f64,
    leading: f64,
    rise: f64,
    mode: f64,
}

struct Reader<'a, 'b> {
    file: &'a File<'b>,
    state: State,
    saved: Vec<State>,
    line: Matrix,
    text: Matrix,
    fonts: HashMap<(usize, String), Rc<Font>>,
    drawn: Drawn,
}

/// Reads the content of a page.
pub(super) fn read(file: &File<'_>, leaf: &Leaf) -> Result<Drawn, Trouble> {
    let parts = match file.resolve(&leaf.contents) {
        Object::Array(parts) => parts,
        _ => vec![leaf.contents.clone()],
    };
    let mut bytes = Vec::new();
    for part in &parts {
        file.spend(16)?;
        if let Some((_, part)) = file.stream(part)? {
            bytes.extend(part);
            bytes.push(b'\n');
        }
    }
    let mut reader = Reader {
        file,
        state: State {
            matrix: Matrix::ONE,
            font: None,
            size: 0.0,
            character_space: 0.0,
            word_space: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0.0,
        },
        saved: Vec::new(),
        line: Matrix::ONE,
        text: Matrix::ONE,
        fonts: HashMap::new(),
        drawn: Drawn::default(),
    };
    reader.run(&bytes, &leaf.resources, 0)?;
    Ok(reader.drawn)
}

impl Reader<'_, '_> {
    fn run(&mut self, bytes: &[u8], resources: &Dictionary, depth: usize) -> Result<(), Trouble> {
        let mut lexer = Lexer::new(bytes, 0);
        let mut held: Vec<Object> = Vec::new();
        while let Some(object) = lexer.next() {
            let Object::Word(word) = object else {
                // No operator takes more; what has none before it is nothing.
                if held.len() >= 64 {
                    held.clear();
                }
                held.push(object);
                continue;
            };
            match word.as_str() {
                "BI" => lexer.at = end_of_picture(bytes, lexer.at),
                "Do" => self.form(&held, resources, depth)?,
                "Tf" => self.font(&held, resources, depth)?,
                word => self.operate(word, &held)?,
            }
            held.clear();
        }
        Ok(())
    }

    fn operate(&mut self, word: &str, held: &[Object]) -> Result<(), Trouble> {
        let numbers: Vec<f64> = held.iter().filter_map(Object::number).collect();
        let first = numbers.first().copied();
        let state = &mut self.state;
        match (word, first) {
            ("q", _) if self.saved.len() < SAVED => self.saved.push(state.clone()),
            ("Q", _) => {
                if let Some(saved) = self.saved.pop() {
                    self.state = saved;
                }
            }
            ("cm", _) => {
                if let Some(matrix) = Matrix::of(&numbers) {
                    state.matrix = matrix.then(state.matrix);
                }
            }
            ("BT", _) => (self.line, self.text) = (Matrix::ONE, Matrix::ONE),
            ("Tc", Some(value)) => state.character_space = value,
            ("Tw", Some(value)) => state.word_space = value,
            ("Tz", Some(value)) => state.scale = value / 100.0,
            ("TL", Some(value)) => state.leading = value,
            ("Ts", Some(value)) => state.rise = value,
            ("Tr", Some(value)) => state.mode = value,
            ("Td" | "TD", _) => {
                if let [x, y] = numbers.as_slice() {
                    if word == "TD" {
                        state.leading = -y;
                    }
                    self.next_line(*x, *y);
                }
            }
            ("Tm", _) => {
                if let Some(matrix) = Matrix::of(&numbers) {
                    (self.line, self.text) = (matrix, matrix);
                }
            }
            ("T*", _) => self.next_line(0.0, -self.state.leading),
            ("Tj", _) => self.show_first(held)?,
            ("'", _) => {
                self.next_line(0.0, -self.state.leading);
                self.show_first(held)?;
            }
            ("\"", _) => {
                if let [word_space, character_space] = numbers.as_slice() {
                    state.word_space = *word_space;
                    state.character_space = *character_space;
                }
                self.next_line(0.0, -self.state.leading);
                self.show_first(held)?;
            }
            ("TJ", _) => {
                if let Some(Object::Array(items)) = held.first() {
                    for item in items {
                        match item {
                            Object::Text(text) => self.show(text)?,
                            Object::Number(back) => {
                                let x = -back / 1000.0 * self.state.size * self.state.scale;
                                self.text = Matrix::moved(x, 0.0).then(self.text);
                            }
                            _ => {}
                        }
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::moved(x, y).then(self.line);
        self.text = self.line;
    }

    fn show_first(&mut self, held: &[Object]) -> Result<(), Trouble> {
        let text = held.iter().find_map(|object| match object {
            Object::Text(text) => Some(text),
            _ => None,
        });
        text.map_or(Ok(()), |text| self.show(text))
    }

    fn show(&mut self, text: &[u8]) -> Result<(), Trouble> {
        let state = &self.state;
        let Some(font) = state.font.clone() else {
            return if text.is_empty() {
                Ok(())
            } else {
                Err(Trouble::Unmapped)
            };
        };
        // A character held takes about this much, and the same again while lines are made.
        self.file.spend(text.len().saturating_mul(96))?;
        for shown in font.show(text) {
            let Some(text) = shown.text else {
                return Err(Trouble::Unmapped);
            };
            let place = Matrix::moved(0.0, self.state.rise)
                .then(self.text)
                .then(self.state.matrix);
            let [a, b, c, d, x, y] = place.0;
            let size = self.state.size * (c * c + d * d).sqrt();
            let advance = self.state.size * shown.width / 1000.0;
            let width = advance * self.state.scale * (a * a + b * b).sqrt();
            if [x, y, width, size].into_iter().all(f64::is_finite) {
                self.drawn.invisible |= self.state.mode == 3.0 && !text.trim().is_empty();
                self.drawn.glyphs.push(Glyph {
                    x,
                    y,
                    width: width.abs(),
                    size: size.abs(),
                    text,
                });
            }
            let spaces = self.state.character_space
                + if shown.is_space {
                    self.state.word_space
                } else {
                    0.0
                };
            let step = (advance + spaces) * self.state.scale;
            self.text = Matrix::moved(step, 0.0).then(self.text);
        }
        Ok(())
    }

    fn font(
        &mut self,
        held: &[Object],
        resources: &Dictionary,
        depth: usize,
    ) -> Result<(), Trouble> {
        let [Object::Name(name), Object::Number(size)] = held else {
            return Ok(());
        };
        self.state.size = *size;
        let key = (depth, name.clone());
        if let Some(known) = self.fonts.get(&key) {
            self.state.font = Some(Rc::clone(known));
            return Ok(());
        }
        self.file.spend(256)?;
        let fonts = self.file.dictionary(resources, "Font");
        let Object::Dictionary(found) = self.file.get(&fonts, name) else {
            self.state.font = None;
            return Ok(());
        };
        let font = self.file.font(fonts.get(name), &found)?;
        self.fonts.insert(key, Rc::clone(&font));
        self.state.font = Some(font);
        Ok(())
    }

    /// Draws a form, which has a content of its own.
    fn form(
        &mut self,
        held: &[Object],
        resources: &Dictionary,
        depth: usize,
    ) -> Result<(), Trouble> {
        let Some(Object::Name(name)) = held.first() else {
            return Ok(());
        };
        self.file.spend(256)?;
        let objects = self.file.dictionary(resources, "XObject");
        let Some(reference) = objects.get(name) else {
            return Ok(());
        };
        let Object::Dictionary(form) = self.file.resolve(reference) else {
            return Ok(());
        };
        if self.file.get(&form, "Subtype").name() != Some("Form") || depth >= DEEPEST {
            return Ok(());
        }
        let Some((form, bytes)) = self.file.stream(reference)? else {
            return Ok(());
        };
        let own = match self.file.get(&form, "Resources") {
            Object::Dictionary(own) => own,
            _ => resources.clone(),
        };
        let outer = (self.state.clone(), self.line, self.text, self.saved.len());
        if let Object::Array(matrix) = self.file.get(&form, "Matrix") {
            let numbers: Vec<f64> = matrix.iter().filter_map(Object::number).collect();
            if let Some(matrix) = Matrix::of(&numbers) {
                self.state.matrix = matrix.then(self.state.matrix);
            }
        }
        // Names of fonts mean those of the form.
        let known = std::mem::take(&mut self.fonts);
        let result = self.run(&bytes, &own, depth + 1);
        self.fonts = known;
        self.saved.truncate(outer.3);
        (self.state, self.line, self.text) = (outer.0, outer.1, outer.2);
        result
    }
}

/// The place after a picture that stands in the content itself: after `EI` between blanks.
fn end_of_picture(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    let end = rest.windows(4).position(|window| match window {
        [before, b'E', b'I', after] => is_blank(*before) && is_blank(*after),
        _ => false,
    });
    end.map_or(bytes.len(), |end| from + end + 4)
}
