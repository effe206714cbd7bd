//! The rule check, and the form that publishes.

use super::{Loaded, load, moment, steps};
use crate::consultations::find;
use crate::consultations::model::Consultation;
use crate::consultations::rule_check::items;
use crate::error::Result;
use crate::imports::model::State;
use crate::web::app::App;
use crate::web::dates;
use crate::web::field::Field;
use crate::web::form_data::FormData;
use crate::web::frame::{Office, shown};
use crate::web::office::frame::Room;
use crate::web::office::imports::{CheckItem, CheckPage, Publishing, Step};
use crate::web::respond::private_page;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

/// The page.
pub(super) async fn show(app: Data<App>, request: HttpRequest, id: Path<String>) -> HttpResponse {
    shown(app, request, |office| async move {
        let loaded = load(&office, &id).await?;
        let page = page(&office, &loaded).await?;
        private_page(StatusCode::OK, &page)
    })
    .await
}

/// The page with what was typed and why it was not published.
pub(super) async fn again(
    office: &Office,
    id: &str,
    form: &FormData,
    error: &crate::error::Error,
    status: StatusCode,
) -> Result<HttpResponse> {
    let loaded = load(office, id).await?;
    let mut page = page(office, &loaded).await?;
    page.error = Some(error.message(office.lang).to_owned());
    page.day = Field::of(form.get("day"));
    page.time = Field::of(form.get("time"));
    page.note = Field::of(form.get("note"));
    page.when = form.take("when");
    private_page(status, &page)
}

/// The consultation that an import revises, or was published as, if readers see it.
pub(super) async fn seen_consultation(
    office: &Office,
    loaded: &Loaded,
) -> Result<Option<Consultation>> {
    let published = loaded.import.published.as_ref();
    let to = published.map(|published| published.consultation_id.clone());
    let Some(id) = to.or_else(|| loaded.import.consultation_id.clone()) else {
        return Ok(None);
    };
    let now = office.app.clock.now();
    let database = &office.app.database;
    let found = database.read(move |db| find::by_id(db, &id, now)).await;
    match found {
        Ok(consultation) => Ok(Some(consultation)),
        Err(error) if error.kind() == crate::error::Kind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

async fn page(office: &Office, loaded: &Loaded) -> Result<CheckPage> {
    let consultation = seen_consultation(office, loaded).await?;
    let import = &loaded.import;
    let blocked = blocked(office, loaded);
    Ok(CheckPage {
        lang: office.lang,
        layout: office.layout(),
        frame: office.frame(Room::Imports, None),
        steps: steps(import, Step::Check),
        revision: import.revision,
        items: rules(office, loaded),
        publishing: publishing(office, loaded, consultation.as_ref(), blocked.is_empty()),
        blocked,
        summary: summary(office, loaded, consultation.as_ref()),
        error: None,
        day: Field::default(),
        time: Field::default(),
        note: Field::default(),
        when: String::new(),
    })
}

fn publishing(
    office: &Office,
    loaded: &Loaded,
    consultation: Option<&Consultation>,
    free: bool,
) -> Publishing {
    let import = &loaded.import;
    match (import.state(office.app.clock.now()), &import.published) {
        (State::Discarded, _) => Publishing::Discarded,
        (State::Scheduled, Some(to)) => Publishing::Scheduled(moment(office.lang, to.at)),
        (State::Published, _) => Publishing::Published(format!(
            "{}/c/{}",
            office.lang.prefix(),
            consultation.map_or("", |one| one.slug.as_str())
        )),
        _ if free => Publishing::Open,
        _ => Publishing::Blocked,
    }
}

fn rules(office: &Office, loaded: &Loaded) -> Vec<CheckItem> {
    if loaded.import.consultation_id.is_some() {
        return Vec::new();
    }
    let Ok(facts) = loaded.import.facts.check() else {
        return Vec::new();
    };
    items(&loaded.outline, &facts)
        .into_iter()
        .map(|item| CheckItem {
            met: item.met,
            words: item.words.in_lang(office.lang).to_owned(),
            article: item.article.in_lang(office.lang).to_owned(),
        })
        .collect()
}

/// Why it cannot be published, with where to mend it.
fn blocked(office: &Office, loaded: &Loaded) -> Vec<(String, String)> {
    let lang = office.lang;
    let base = office.href(&format!("/imports/{}", loaded.import.id));
    let mut blocked = Vec::new();
    if loaded
        .outline
        .plan()
        .is_none_or(|plan| plan.nodes.is_empty())
    {
        let words = lang.pick(
            "大纲里没有征求意见稿，或它没有条款",
            "The outline holds no draft with sections",
        );
        blocked.push((words.to_owned(), base.clone()));
    }
    if loaded.import.consultation_id.is_some() {
        if loaded.import.links.is_none() {
            let words = lang.pick(
                "请先核对并确认新旧条款对照",
                "Confirm first how old and new sections match",
            );
            blocked.push((words.to_owned(), format!("{base}/matches")));
        }
    } else if let Err(flaws) = loaded.import.facts.check() {
        blocked.extend(flaws.iter().map(|flaw| {
            let words = flaw.message.in_lang(lang).to_owned();
            (words, format!("{base}/facts#{}", flaw.field))
        }));
    }
    blocked
}

fn summary(
    office: &Office,
    loaded: &Loaded,
    consultation: Option<&Consultation>,
) -> Vec<(&'static str, String)> {
    let lang = office.lang;
    let plan = loaded.outline.plan();
    let sections = plan.map_or(0, |plan| plan.walk().len());
    let title = match consultation {
        Some(consultation) => consultation.draft_title.clone(),
        None => loaded.import.facts.draft_title.clone(),
    };
    let mut summary = vec![
        (lang.pick("征求意见稿", "Draft"), title),
        (lang.pick("条款", "Sections"), sections.to_string()),
    ];
    if let (None, Ok(facts)) = (consultation, loaded.import.facts.check()) {
        let window = facts.window;
        let (opens, closes) = (
            dates::long(lang, window.opens_on),
            dates::long(lang, window.closes_on),
        );
        summary.push((
            lang.pick("征求意见", "Window"),
            lang.pick(
                format!("{opens}至{closes}，共{}天", window.days()),
                format!("{opens} to {closes}, {} days", window.days()),
            ),
        ));
    }
    let edits = loaded.import.edits.done.len();
    summary.push((
        lang.pick("大纲改动", "Corrections"),
        lang.pick(format!("{edits}处"), edits.to_string()),
    ));
    summary
}
