//! Corrections of the outline.

use super::show::answer;
use super::workbench::{Asked, at};
use super::{load, seen};
use crate::documents::edit::{Edit, apply};
use crate::documents::model::DocumentKind;
use crate::error::{Error, Kind, Result};
use crate::imports::change::{Change, change};
use crate::web::app::App;
use crate::web::form_data::FormData;
use crate::web::frame::{Office, posted};
use crate::web::respond::{see_other, status_of};
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use std::sync::Arc;

/// Makes one correction, or takes one back.
pub(super) async fn edit(
    app: Data<App>,
    request: HttpRequest,
    id: Path<String>,
    body: Payload,
) -> HttpResponse {
    posted(app, request, body, |office, form| async move {
        let asked = Asked::of(&form);
        match corrected(&office, &id, &form).await {
            Ok(()) => Ok(see_other(&back(&office, &id, &asked))),
            Err(error) if matches!(error.kind(), Kind::Invalid | Kind::Conflict) => {
                let words = error.message(office.lang).to_owned();
                answer(&office, &id, &asked, Some(words), status_of(error.kind())).await
            }
            Err(error) => Err(error),
        }
    })
    .await
}

/// Gives an import up.
pub(super) async fn discard(
    app: Data<App>,
    request: HttpRequest,
    id: Path<String>,
    body: Payload,
) -> HttpResponse {
    posted(app, request, body, |office, form| async move {
        save(&office, &id, seen(&form), Change::Discard).await?;
        Ok(see_other(&office.href("/imports")))
    })
    .await
}

fn back(office: &Office, id: &str, asked: &Asked) -> String {
    let address = office.href(&format!("/imports/{id}"));
    match &asked.at {
        Some(at) => format!("{address}?at={at}#here"),
        None => address,
    }
}

async fn corrected(office: &Office, id: &str, form: &FormData) -> Result<()> {
    let made = match form.get("op") {
        "undo" => Change::Undo,
        "redo" => Change::Redo,
        op => {
            let edit = wanted(op, form)?;
            // Tried on the outline before it is kept: what is kept can always be replayed.
            let mut loaded = load(office, id).await?;
            apply(&mut loaded.outline, &edit)?;
            Change::Edit(edit)
        }
    };
    save(office, id, seen(form), made).await
}

/// Stores a change of an import.
pub(super) async fn save(office: &Office, id: &str, seen: i32, made: Change) -> Result<()> {
    let (actor, clock) = (
        office.signed_in.staff.actor(),
        Arc::clone(&office.app.clock),
    );
    let id = id.to_owned();
    let database = &office.app.database;
    database
        .write(move |db| change(db, &actor, &*clock, &id, seen, &made))
        .await
}

/// The correction that a button asks for.
fn wanted(op: &str, form: &FormData) -> Result<Edit> {
    let mut parts = op.split(':');
    let name = parts.next().unwrap_or_default();
    let number = parts.next().and_then(|number| number.parse().ok());
    let place = || at(form.get("at")).ok_or_else(unknown);
    let document = || {
        let first = form.get("at").split('.').next().unwrap_or_default();
        first.parse().map_err(|_| unknown())
    };
    Ok(match (name, number) {
        ("rename", _) => Edit::Rename {
            at: place()?,
            words: form.take("words"),
        },
        ("promote", _) => Edit::Promote { at: place()? },
        ("demote", _) => Edit::Demote { at: place()? },
        ("merge", _) => Edit::Merge { at: place()? },
        ("noise", None) => Edit::Noise { at: place()? },
        ("noise", Some(paragraph)) => Edit::NoiseParagraph {
            at: place()?,
            paragraph,
        },
        ("split", Some(paragraph)) => Edit::Split {
            at: place()?,
            paragraph,
            below: parts.next() == Some("below"),
        },
        ("restore", Some(noise)) => Edit::Restore { noise },
        ("kind", _) => Edit::Kind {
            document: document()?,
            kind: kind(form.get("kind"))?,
        },
        ("title", _) => Edit::Title {
            document: document()?,
            words: form.take("words"),
        },
        _ => return Err(unknown()),
    })
}

fn kind(code: &str) -> Result<DocumentKind> {
    serde_json::from_value(code.into()).map_err(|_| unknown())
}

fn unknown() -> Error {
    Error::invalid(
        "没有这种修改方式，请使用页面上的按钮",
        "there is no such correction; use the buttons of the page",
    )
}
