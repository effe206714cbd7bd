//! Styles, as far as they bear on the text: outline levels, numbering and hidden text, each taken
//! from the nearest style of the chain that states it.

use super::xml::{Handler, Space, Tag};
use crate::documents::read::page::Meter;
use crate::error::Result;
use std::collections::HashMap;

/// Chains longer than this are loops.
const LONGEST_CHAIN: usize = 32;

/// What a style takes in memory.
const ENTRY: usize = 512;

#[derive(Clone, Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<i64>,
    number: Option<String>,
    level: Option<i64>,
    hidden: Option<bool>,
}

/// What a style and those it is based on say together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Resolved {
    /// 0 to 8; 9 is body text.
    pub outline: Option<i64>,
    /// The numbering and the style that states it, to which a level may be linked.
    pub number: Option<(String, String)>,
    pub level: Option<i64>,
    pub hidden: bool,
    /// An entry of a table of contents.
    pub contents: bool,
}

/// The styles of a document.
#[derive(Default)]
pub(super) struct Styles {
    all: HashMap<String, Style>,
    default: Option<String>,
    resolved: HashMap<String, Resolved>,
}

impl Styles {
    /// What a style says; the default style of paragraphs when none is named.
    pub(super) fn paragraph(&mut self, id: Option<&str>) -> Resolved {
        match id.map(str::to_owned).or_else(|| self.default.clone()) {
            Some(id) => self.resolve(&id),
            None => Resolved::default(),
        }
    }

    /// Whether a style hides its text.
    pub(super) fn hides(&mut self, id: &str) -> bool {
        self.resolve(id).hidden
    }

    /// The numbering that a numbering style leads to.
    pub(super) fn numbering(&mut self, id: &str) -> Option<String> {
        self.resolve(id).number.map(|(number, _)| number)
    }

    fn resolve(&mut self, id: &str) -> Resolved {
        if let Some(known) = self.resolved.get(id) {
            return known.clone();
        }
        let mut found = Resolved::default();
        let (mut hidden, mut heading) = (None, None);
        let mut next = Some(id.to_owned());
        for _ in 0..LONGEST_CHAIN {
            let Some((id, style)) = next.and_then(|id| Some((id.clone(), self.all.get(&id)?)))
            else {
                break;
            };
            found.outline = found.outline.or(style.outline);
            heading = heading.or_else(|| heading_level(&style.name));
            if found.number.is_none() {
                found.number = style.number.clone().map(|number| (number, id));
            }
            found.level = found.level.or(style.level);
            hidden = hidden.or(style.hidden);
            found.contents |= is_contents(&style.name);
            next = style.based_on.clone();
        }
        found.outline = found.outline.or(heading);
        found.hidden = hidden.unwrap_or(false);
        if self.all.contains_key(id) {
            self.resolved.insert(id.to_owned(), found.clone());
        }
        found
    }
}

/// Word's own headings keep their names in every language; WPS writes them in Chinese too.
fn heading_level(name: &str) -> Option<i64> {
    let name = name.trim().to_lowercase();
    let number = name
        .strip_prefix("heading")
        .or_else(|| name.strip_prefix("标题"))?;
    let level: i64 = number.trim().parse().ok()?;
    (1..=9).contains(&level).then(|| level - 1)
}

fn is_contents(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    name.strip_prefix("toc").is_some_and(|rest| {
        let rest = rest.trim();
        rest == "heading" || rest.parse::<u8>().is_ok()
    })
}

/// Takes in `styles.xml`.
pub(super) struct ReadStyles {
    pub styles: Styles,
    current: Option<(String, Style)>,
    stack: Vec<String>,
    meter: Meter,
}

impl ReadStyles {
    pub(super) fn new(meter: Meter) -> Self {
        Self {
            meter,
            styles: Styles::default(),
            current: None,
            stack: Vec::new(),
        }
    }

    fn property(&mut self, tag: &Tag<'_>) {
        let parent = self.stack.last().map(String::as_str);
        let Some((_, style)) = &mut self.current else {
            return;
        };
        match (parent, tag.name) {
            (Some("style"), "name") => style.name = text(tag),
            (Some("style"), "basedOn") => style.based_on = Some(text(tag)),
            (Some("pPr"), "outlineLvl") => style.outline = tag.number(),
            (Some("numPr"), "numId") => style.number = Some(text(tag)),
            (Some("numPr"), "ilvl") => style.level = tag.number(),
            (Some("rPr"), "vanish") => style.hidden = Some(tag.on()),
            _ => {}
        }
    }
}

fn text(tag: &Tag<'_>) -> String {
    tag.value().unwrap_or_default().into_owned()
}

impl Handler for ReadStyles {
    fn open(&mut self, tag: &Tag<'_>) -> Result<()> {
        if tag.space == Space::Word && tag.name == "style" {
            self.meter.spend(ENTRY)?;
            let id = tag.attribute("styleId").unwrap_or_default().into_owned();
            let is_default = tag
                .attribute("default")
                .is_some_and(|value| matches!(&*value, "1" | "true" | "on"));
            if is_default && tag.attribute("type").as_deref() == Some("paragraph") {
                self.styles.default = Some(id.clone());
            }
            self.current = Some((id, Style::default()));
        } else if tag.space == Space::Word {
            self.property(tag);
        }
        // Formatting for parts of tables and earlier formatting is not that of the style.
        let name = match self.stack.last().map(String::as_str) {
            Some("other") => "other",
            _ if tag.name.ends_with("Change") || tag.name == "tblStylePr" => "other",
            _ => tag.name,
        };
        self.stack.push(name.to_owned());
        Ok(())
    }

    fn close(&mut self) -> Result<()> {
        if self.stack.pop().as_deref() == Some("style")
            && let Some((id, style)) = self.current.take()
        {
            self.styles.all.insert(id, style);
        }
        Ok(())
    }

    fn text(&mut self, _text: &str) -> Result<()> {
        Ok(())
    }
}
