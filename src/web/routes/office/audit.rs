//! `GET /office/c/{slug}/audit`.

use crate::audit::model::{Action, Event};
use crate::audit::record::{actors, page};
use crate::consultations::model::Consultation;
use crate::db::Db;
use crate::documents::model::citation::cite;
use crate::error::Result;
use crate::triage::find::ids_of;
use crate::web::app::App;
use crate::web::frame::{Office, shown};
use crate::web::office::audit::{Audit, Row};
use crate::web::office::frame::Room;
use crate::web::office::parts::{Choice, Link, Paging};
use crate::web::respond::private_page;
use crate::words::Lang;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

const ON_A_PAGE: usize = 50;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    pub(super) who: String,
    pub(super) before: String,
}

/// What was done, newest first.
pub(super) async fn show(
    app: Data<App>,
    request: HttpRequest,
    slug: Path<String>,
    wanted: Query<Wanted>,
) -> HttpResponse {
    let Wanted { who, before } = wanted.into_inner();
    let who = who.replace('\0', "");
    shown(app, request, |office| async move {
        let consultation = office.consultation(&slug).await?;
        let (mut events, names) = load(&office, &consultation, who.clone(), before).await?;
        let more = events.len() > ON_A_PAGE;
        events.truncate(ON_A_PAGE);
        private_page(
            StatusCode::OK,
            &fill(&office, &consultation, &who, &names, &events, more),
        )
    })
    .await
}

/// An entry, and the remark that it leads to.
type Entry = (Event, Option<String>);

/// A page of the log and one entry more, and everybody who is in the log.
async fn load(
    office: &Office,
    consultation: &Consultation,
    who: String,
    before: String,
) -> Result<(Vec<Entry>, Vec<String>)> {
    let id = consultation.id.clone();
    let work = move |db: &mut Db| {
        let who = Some(who.as_str()).filter(|who| !who.is_empty());
        let before = Some(before.as_str()).filter(|before| crate::ids::is_id(before));
        let limit = i64::try_from(ON_A_PAGE + 1).unwrap_or(i64::MAX);
        let names = actors(db, &id)?;
        let known = who.is_none_or(|who| names.iter().any(|name| name == who));
        let events = match known {
            true => page(db, &id, who, before, limit)?,
            false => Vec::new(),
        };
        Ok((with_remarks(db, &id, events)?, names))
    };
    office.app.database.read(work).await
}

fn fill(
    office: &Office,
    consultation: &Consultation,
    who_wanted: &str,
    names: &[String],
    events: &[(Event, Option<String>)],
    more: bool,
) -> Audit {
    let lang = office.lang;
    let base = office.href(&format!("/c/{}", consultation.slug));
    let place = office.place(consultation);
    let everybody = Choice::new("", lang.pick("全部", "Everybody"), who_wanted);
    // Somebody who is not in the log is shown as chosen all the same, with nothing recorded.
    let unknown = Some(who_wanted)
        .filter(|who| !who.is_empty() && !names.iter().any(|name| name == who))
        .map(|who| Choice::new(who, who, who_wanted));
    let next = events.last().filter(|_| more).map(|(event, _)| {
        let kept = serde_urlencoded::to_string([("who", who_wanted)]).unwrap_or_default();
        format!("{base}/audit?{kept}&before={}", event.id)
    });
    Audit {
        lang,
        layout: office.layout(),
        frame: office.frame(Room::Audit, Some(place.clone())),
        place,
        who: std::iter::once(everybody)
            .chain(names.iter().map(|name| Choice::new(name, name, who_wanted)))
            .chain(unknown)
            .collect(),
        summary: lang
            .pick(
                "最近的在前；记录只能增加，不能修改",
                "Newest first; entries are only ever added",
            )
            .to_owned(),
        rows: events
            .iter()
            .map(|(event, remark)| row(event, remark.as_deref(), &base, lang))
            .collect(),
        paging: Paging {
            previous: None,
            next,
        },
    }
}

/// When it was, to the second, in Beijing time.
pub(super) fn moment(event: &Event) -> String {
    let at = event.at.to_zoned(crate::clock::beijing());
    at.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// Who did it, in words.
pub(super) fn who(event: &Event, lang: Lang) -> String {
    match event.actor_kind.as_str() {
        "staff" => event.actor_name.clone(),
        "public" => lang.pick("公众", "the public").to_owned(),
        _ => lang.pick("系统", "the system").to_owned(),
    }
}

/// Entries with the remark that each is about; of a submission its first.
fn with_remarks(db: &mut Db, consultation: &str, events: Vec<Event>) -> Result<Vec<Entry>> {
    let about = events.iter().filter(|event| event.subject == "submission");
    let submissions: Vec<String> = about.map(|event| event.subject_id.clone()).collect();
    let remarks = ids_of(db, consultation, &submissions)?;
    let remark = |event: &Event| match event.subject.as_str() {
        "remark" => Some(event.subject_id.clone()),
        "submission" => remarks.get(&event.subject_id)?.first().cloned(),
        _ => None,
    };
    let entries = events.into_iter().map(|event| (remark(&event), event));
    Ok(entries.map(|(remark, event)| (event, remark)).collect())
}

fn row(event: &Event, remark: Option<&str>, base: &str, lang: Lang) -> Row {
    let subject = remark.map(|id| Link {
        href: format!("{base}/remarks/{id}"),
        words: lang.pick("查看这条意见", "This remark").to_owned(),
    });
    Row {
        when: moment(event),
        who: who(event, lang),
        what: Action::in_words(&event.action, lang),
        subject,
        note: note(event, lang),
    }
}

/// Which file was made, in the words of the export page.
fn export(format: &str, edition: &str, lang: Lang) -> String {
    let format = match format {
        "xlsx" => lang.pick("Excel 表格", "Excel"),
        "docx" => lang.pick("Word 文档", "Word"),
        "csv" => lang.pick("CSV 文本", "CSV"),
        other => other,
    };
    let edition = match edition {
        "public" => lang.pick("公开版", "public edition"),
        "archive" => lang.pick("存档版", "archive edition"),
        other => other,
    };
    lang.pick(
        format!("{edition}，{format}"),
        format!("{edition}, {format}"),
    )
}

/// What changed, in a few words: outcomes and paths, formats; nothing else of the detail.
fn note(event: &Event, lang: Lang) -> String {
    let outcome = |key: &str| {
        let code = event.detail.get(key)?.get("outcome")?.as_str()?;
        crate::responses::model::Outcome::parse(code)
            .ok()
            .map(|outcome| outcome.word(lang))
    };
    let text = |key: &str| event.detail.get(key).and_then(serde_json::Value::as_str);
    match (outcome("from"), outcome("to"), text("format")) {
        (Some(from), Some(to), _) => format!("{from} → {to}"),
        (None, Some(to), _) => to.to_owned(),
        (_, _, Some(format)) => export(format, text("edition").unwrap_or_default(), lang),
        _ if event.action == Action::RemarkMoved.code() => {
            let whole = lang.pick("整份征求意见稿", "the whole draft");
            let place = |key: &str| text(key).map_or(whole.to_owned(), |path| cite(path, lang));
            format!("{} → {}", place("from"), place("to"))
        }
        _ => match (text("from"), text("to")) {
            (None, None) => String::new(),
            (from, to) => format!("{} → {}", from.unwrap_or("—"), to.unwrap_or("—")),
        },
    }
}
