//! Taking in `numbering.xml`.

use super::numbering::{Abstract, LEVELS, Level, Number, Numbering, Suffix};
use super::xml::{Handler, Space, Tag};
use crate::documents::read::figures::Figures;
use crate::documents::read::page::Meter;
use crate::error::Result;

/// What a numbering or a level takes in memory.
const ENTRY: usize = 512;

/// What is being taken in.
pub(super) struct ReadNumbering {
    pub numbering: Numbering,
    stack: Vec<String>,
    shape: Option<(String, Abstract)>,
    number: Option<(String, Number)>,
    overrides: Option<usize>,
    level: Option<(usize, Level)>,
    meter: Meter,
}

impl ReadNumbering {
    pub(super) fn new(meter: Meter) -> Self {
        Self {
            meter,
            numbering: Numbering::default(),
            stack: Vec::new(),
            shape: None,
            number: None,
            overrides: None,
            level: None,
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        let index = || {
            let stated = tag.attribute("ilvl")?.parse::<usize>().ok()?;
            (stated < LEVELS).then_some(stated)
        };
        let id = |name: &str| tag.attribute(name).unwrap_or_default().into_owned();
        match tag.name {
            "abstractNum" => self.shape = Some((id("abstractNumId"), Abstract::default())),
            "num" => self.number = Some((id("numId"), Number::default())),
            "lvlOverride" => self.overrides = index(),
            "lvl" => self.level = index().map(|index| (index, Level::default())),
            _ => {}
        }
        if let Some((_, level)) = &mut self.level {
            property(level, tag);
        } else if let Some((_, number)) = &mut self.number {
            match (tag.name, self.overrides) {
                ("abstractNumId", _) => number.of = id("val"),
                ("startOverride", Some(index)) => {
                    number.starts.insert(index, tag.number().unwrap_or(0));
                }
                _ => {}
            }
        } else if let Some((_, shape)) = &mut self.shape
            && tag.name == "numStyleLink"
        {
            shape.style_link = Some(id("val"));
        }
    }
}

fn property(level: &mut Level, tag: &Tag<'_>) {
    match tag.name {
        "start" => level.start = tag.number().unwrap_or(0),
        "lvlText" => level.text = tag.value().unwrap_or_default().into_owned(),
        "isLgl" => level.legal = tag.on(),
        "lvlRestart" => level.restart = tag.number(),
        "pStyle" => level.style = tag.value().map(|value| value.into_owned()),
        "suff" if tag.value().as_deref() == Some("nothing") => level.suffix = Suffix::Nothing,
        "numFmt" => level.figures = figures_of(level, tag),
        _ => {}
    }
}

fn figures_of(level: &Level, tag: &Tag<'_>) -> Figures {
    // Where an alternative for older programs follows, the first is the one that is meant.
    if matches!(level.figures, Figures::Padded(_)) {
        return level.figures.clone();
    }
    match tag.value().as_deref().unwrap_or("decimal") {
        "bullet" => Figures::Bullet,
        "none" => Figures::None,
        "custom" => {
            let format = tag.attribute("format").unwrap_or_default();
            let first = format.split(',').next().unwrap_or_default().trim();
            let zeros = first.bytes().all(|b| b.is_ascii_digit()) && first.len() < 10;
            Figures::Padded(if zeros { first.len() } else { 1 })
        }
        name => Figures::Named(name.to_owned()),
    }
}

impl Handler for ReadNumbering {
    fn open(&mut self, tag: &Tag<'_>) -> Result<()> {
        if tag.space == Space::Word {
            if matches!(tag.name, "num" | "abstractNum" | "lvl") {
                self.meter.spend(ENTRY)?;
            }
            self.start(tag);
        }
        self.stack.push(tag.name.to_owned());
        Ok(())
    }

    fn close(&mut self) -> Result<()> {
        match self.stack.pop().as_deref() {
            Some("lvl") => {
                let Some((index, level)) = self.level.take() else {
                    return Ok(());
                };
                if let Some((_, number)) = &mut self.number {
                    number.levels.insert(index, level);
                } else if let Some((_, shape)) = &mut self.shape {
                    shape.levels.insert(index, level);
                }
            }
            Some("lvlOverride") => self.overrides = None,
            Some("abstractNum") => {
                if let Some((id, shape)) = self.shape.take() {
                    self.numbering.abstracts.insert(id, shape);
                }
            }
            Some("num") => {
                if let Some((id, number)) = self.number.take() {
                    self.numbering.numbers.insert(id, number);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, _text: &str) -> Result<()> {
        Ok(())
    }
}
