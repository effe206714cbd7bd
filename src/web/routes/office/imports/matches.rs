//! How a revised text stands to the published one: shown, corrected, confirmed.

use super::check::seen_consultation;
use super::edits::save;
use super::{Loaded, load, seen, steps};
use crate::documents::compare::{Change as Kind, Link, matches, rematch, section_redline};
use crate::documents::model::citation::cite_with_heading;
use crate::documents::model::{DocumentOutline, Place};
use crate::documents::published;
use crate::error::{Error, Result};
use crate::imports::change::Change;
use crate::imports::model::{Matched, State};
use crate::shorten::shorten;
use crate::web::app::App;
use crate::web::form_data::FormData;
use crate::web::frame::{Office, posted, shown};
use crate::web::office::frame::Room;
use crate::web::office::imports::{MatchRow, MatchesPage, Step};
use crate::web::office::parts::Choice;
use crate::web::public::redline::Redline;
use crate::web::respond::{private_page, see_other};
use crate::words::Lang;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use std::collections::{HashMap, HashSet};

/// The page.
pub(super) async fn show(app: Data<App>, request: HttpRequest, id: Path<String>) -> HttpResponse {
    shown(app, request, |office| async move {
        let loaded = load(&office, &id).await?;
        let (base, old) = published_plan(&office, &loaded).await?;
        let page = page(&office, &loaded, base, &old)?;
        private_page(StatusCode::OK, &page)
    })
    .await
}

/// Confirms the links, as the office corrected them.
pub(super) async fn confirm(
    app: Data<App>,
    request: HttpRequest,
    id: Path<String>,
    body: Payload,
) -> HttpResponse {
    posted(app, request, body, |office, form| async move {
        let loaded = load(&office, &id).await?;
        let (base, old) = published_plan(&office, &loaded).await?;
        let new = plan(&loaded)?;
        let links = corrected(&form, links(&loaded, base, &old)?, &old, new);
        let matched = Matched { base, links };
        save(&office, &id, seen(&form), Change::Links(matched)).await?;
        Ok(see_other(&office.href(&format!("/imports/{id}/check"))))
    })
    .await
}

/// The version that readers see, and its plan.
async fn published_plan(office: &Office, loaded: &Loaded) -> Result<(i32, DocumentOutline)> {
    let Some(consultation) = seen_consultation(office, loaded).await? else {
        return Err(no_plan());
    };
    // What an import was published as is compared with what it revised, not with itself.
    let revised = loaded
        .import
        .published
        .as_ref()
        .map(|to| to.version.saturating_sub(1));
    let version = revised.unwrap_or(consultation.version);
    let database = &office.app.database;
    let documents = database
        .read(move |db| published::documents(db, &consultation.id, version))
        .await?;
    let draft = published::draft(&documents).ok_or_else(no_plan)?;
    Ok((version, draft.outline.clone()))
}

fn plan(loaded: &Loaded) -> Result<&DocumentOutline> {
    loaded.outline.plan().ok_or_else(no_plan)
}

fn no_plan() -> Error {
    Error::invalid(
        "没有可以对照的征求意见稿，请先核对大纲",
        "there is no draft to compare; check the outline first",
    )
}

/// The links that the office confirmed, or those that the program finds.
fn links(loaded: &Loaded, base: i32, old: &DocumentOutline) -> Result<Vec<Link>> {
    match &loaded.import.links {
        Some(matched) if matched.base == base => Ok(matched.links.clone()),
        _ => Ok(matches(old, plan(loaded)?)),
    }
}

/// The links with the old sections that the form names for the new ones.
fn corrected(
    form: &FormData,
    links: Vec<Link>,
    old: &DocumentOutline,
    new: &DocumentOutline,
) -> Vec<Link> {
    let mut wanted: Vec<(String, Option<String>)> = Vec::new();
    for (index, link) in links.iter().enumerate() {
        let (Some(to), Some(value)) = (&link.to, form.find(&format!("from-{index}"))) else {
            continue;
        };
        let from = Some(value.to_owned()).filter(|from| !from.is_empty());
        if from != link.from {
            wanted.push((to.clone(), from));
        }
    }
    if wanted.is_empty() {
        links
    } else {
        rematch(old, new, &links, &wanted)
    }
}

fn page(office: &Office, loaded: &Loaded, base: i32, old: &DocumentOutline) -> Result<MatchesPage> {
    let (lang, import) = (office.lang, &loaded.import);
    let links = links(loaded, base, old)?;
    let new = plan(loaded)?;
    let (before, after) = (old.walk(), new.walk());
    let (old_places, new_places) = (by_anchor(&before), by_anchor(&after));
    let choices = choices(&before, &links, lang);
    let changed = links.iter().enumerate();
    let rows = changed
        .filter(|(_, link)| link.change != Kind::Same)
        .map(|(index, link)| {
            let pair = (at(&old_places, &link.from), at(&new_places, &link.to));
            row(office, index, link, pair, &choices)
        })
        .collect::<Result<Vec<MatchRow>>>()?;
    Ok(MatchesPage {
        lang,
        layout: office.layout(),
        frame: office.frame(Room::Imports, None),
        steps: steps(import, Step::Matches),
        open: import.state(office.app.clock.now()) == State::Preparing,
        revision: import.revision,
        confirmed: import
            .links
            .as_ref()
            .is_some_and(|matched| matched.base == base),
        counts: Kind::ALL
            .iter()
            .map(|kind| {
                (
                    kind.word(lang),
                    links.iter().filter(|link| link.change == *kind).count(),
                )
            })
            .filter(|(_, count)| *count > 0)
            .collect(),
        rows,
        error: None,
    })
}

type Places<'a> = HashMap<&'a str, &'a Place<'a>>;

fn at<'a>(places: &Places<'a>, anchor: &Option<String>) -> Option<&'a Place<'a>> {
    places.get(anchor.as_deref()?).copied()
}

fn row(
    office: &Office,
    index: usize,
    link: &Link,
    (from, to): (Option<&Place<'_>>, Option<&Place<'_>>),
    choices: &[(String, String)],
) -> Result<MatchRow> {
    let lang = office.lang;
    let redline = section_redline(from.map(|one| one.node), to.map(|one| one.node));
    let shown = Redline {
        lang,
        redline: &redline,
    };
    let old = from.map(|place| name(place, lang));
    Ok(MatchRow {
        index,
        change: link.word(lang),
        code: link.change.code(),
        choices: offered(office, link, old.as_deref(), choices),
        old,
        new: to.map(|place| name(place, lang)),
        redline: shown.render().map_err(Error::internal)?,
    })
}

/// Old sections at most that are all offered for each new one.
const OFFERED: usize = 300;

/// From where a new section can be said to come: from any old one; in a long draft, where a list of
/// all beside each section would be millions of lines, from those that nothing else comes from.
fn choices(before: &[Place<'_>], links: &[Link], lang: Lang) -> Vec<(String, String)> {
    let gone: HashSet<&str> = links
        .iter()
        .filter(|link| link.change == Kind::Gone)
        .filter_map(|link| link.from.as_deref())
        .collect();
    let all = before.len() <= OFFERED;
    let offered = before
        .iter()
        .filter(|place| all || gone.contains(place.anchor.as_str()));
    offered
        .take(OFFERED)
        .map(|place| (place.anchor.clone(), name(place, lang)))
        .collect()
}

fn by_anchor<'a>(places: &'a [Place<'a>]) -> Places<'a> {
    places
        .iter()
        .map(|place| (place.anchor.as_str(), place))
        .collect()
}

fn name(place: &Place<'_>, lang: Lang) -> String {
    cite_with_heading(&place.path, &shorten(&place.node.heading, 40), lang)
}

/// From where a section can come: offered where one old section answers to one new one.
/// What it comes from now is always among them: a form that leaves it out would change it.
fn offered(
    office: &Office,
    link: &Link,
    old: Option<&str>,
    choices: &[(String, String)],
) -> Vec<Choice> {
    if link.to.is_none() || matches!(link.change, Kind::Split | Kind::Merged) {
        return Vec::new();
    }
    let chosen = link.from.as_deref().unwrap_or_default();
    let none = Choice::new(
        "",
        office
            .lang
            .pick("新增的，没有对应的旧条款", "New, with no old section"),
        chosen,
    );
    let mut offered = vec![none];
    if !chosen.is_empty() && choices.iter().all(|(anchor, _)| anchor != chosen) {
        offered.push(Choice::new(chosen, old.unwrap_or(chosen), chosen));
    }
    let rest = choices.iter();
    offered.extend(rest.map(|(anchor, words)| Choice::new(anchor, words, chosen)));
    offered
}
