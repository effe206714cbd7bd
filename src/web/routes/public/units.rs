//! `GET /c/{slug}/units` and `/units/{unit}`: who is responsible for what.

use super::contents::reference;
use super::kept::kept;
use super::texts::own_words;
use super::view::{View, layout};
use crate::documents::model::{shadow, units};
use crate::error::{Error, Kind};
use crate::shorten::shorten;
use crate::web::app::App;
use crate::web::public::units::{UnitCount, UnitLink, UnitPage, UnitSection, UnitsPage};
use crate::web::shelf::Text;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use std::collections::HashMap;

/// Characters of a section's words that the list shows.
const SHOWN: usize = 60;

/// The name under which a unit's sections are put together: printed names that come to the same
/// name here are one unit.
fn canonical(name: &str) -> String {
    shadow::squeeze(&units::canonical(name))
}

/// The end of the address of a unit's page. From the name and not from its place in the draft, so
/// that it stays the same when the draft is revised.
fn key(name: &str) -> String {
    let hash = crate::ids::sha256(canonical(name).as_bytes());
    hash.chars().take(12).collect()
}

/// The units of a section, leading to their pages below an address.
pub(super) fn unit_links(units: &[String], base: Option<&str>) -> Vec<UnitLink> {
    let links = units.iter().map(|name| UnitLink {
        name: name.clone(),
        href: base.map_or_else(String::new, |base| format!("{base}/units/{}", key(name))),
    });
    links.collect()
}

/// A unit with the names that are printed for it and its sections.
struct Unit {
    key: String,
    names: Vec<String>,
    sections: Vec<usize>,
}

/// All units of a text, in the order in which they are first named. What a bullet names belongs to
/// the section it stands in.
fn units(text: &Text) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for index in 0..text.sections.len() {
        let named = text.node(index).map(|node| node.units.as_slice());
        for name in named.unwrap_or_default() {
            let place = *places.entry(canonical(name)).or_insert(units.len());
            if place == units.len() {
                units.push(Unit {
                    key: key(name),
                    names: Vec::new(),
                    sections: Vec::new(),
                });
            }
            let Some(unit) = units.get_mut(place) else {
                continue;
            };
            if !unit.names.contains(name) {
                unit.names.push(name.clone());
            }
            let section = text.page_of(index);
            if unit.sections.last() != Some(&section) {
                unit.sections.push(section);
            }
        }
    }
    units
}

/// All units, the one with the most sections first.
pub(super) async fn list(app: Data<App>, request: HttpRequest, slug: Path<String>) -> HttpResponse {
    kept(app, request, |app, lang, path| async move {
        let view = View::load(&app, slug.into_inner()).await?;
        let draft = view.draft().ok_or_else(no_such)?;
        let base = view.base(lang);
        let mut named = units(draft);
        named.sort_by_key(|unit| std::cmp::Reverse(unit.sections.len()));
        let units = named.iter().map(|unit| UnitCount {
            unit: UnitLink {
                name: unit.names.first().cloned().unwrap_or_default(),
                href: format!("{base}/units/{}", unit.key),
            },
            sections: unit.sections.len(),
        });
        Ok(UnitsPage {
            lang,
            layout: layout(&app, lang, &path, &view.consultation),
            slug: view.consultation.slug.clone(),
            draft_title: draft.document.title.clone(),
            units: units.collect(),
        })
    })
    .await
}

/// All sections of one unit.
pub(super) async fn show(
    app: Data<App>,
    request: HttpRequest,
    at: Path<(String, String)>,
) -> HttpResponse {
    kept(app, request, |app, lang, path| async move {
        let (slug, wanted) = at.into_inner();
        let view = View::load(&app, slug).await?;
        let draft = view.draft().ok_or_else(no_such)?;
        let mut named = units(draft).into_iter();
        let unit = named.find(|unit| unit.key == wanted).ok_or_else(no_such)?;
        let (name, also) = unit.names.split_first().ok_or_else(no_such)?;
        let sections = unit.sections.iter();
        Ok(UnitPage {
            lang,
            layout: layout(&app, lang, &path, &view.consultation),
            slug: view.consultation.slug.clone(),
            draft_title: draft.document.title.clone(),
            name: name.clone(),
            also: also.to_vec(),
            sections: sections
                .filter_map(|index| entry(&view, draft, *index))
                .collect(),
        })
    })
    .await
}

fn entry(view: &View, draft: &Text, index: usize) -> Option<UnitSection> {
    let mut words = String::new();
    for para in own_words(draft.node(index)?, &view.texts.pictures) {
        if words.chars().count() > SHOWN {
            break;
        }
        para.plain(&mut words);
    }
    Some(UnitSection {
        section: reference(draft, index)?,
        words: shorten(&words, SHOWN),
    })
}

fn no_such() -> Error {
    Error::new(
        Kind::NotFound,
        "征求意见稿里没有这个责任单位，请从单位列表里重新选择",
        "the draft names no such unit; choose one from the list",
    )
}
