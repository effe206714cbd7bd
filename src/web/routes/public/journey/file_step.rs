//! `POST /c/{slug}/comment/files`: files are added to what is being written, or taken out again.

use super::go::{Go, Step};
use super::show::files_step;
use super::state::State;
use super::steps::leave;
use crate::consultations::model::Timing;
use crate::error::{Error, Kind, Result};
use crate::web::app::App;
use crate::web::guard::same_site;
use crate::web::respond::{error_page, private_page};
use crate::web::routes::public::comment::not_open;
use crate::web::routes::public::journey::written::typed;
use crate::web::routes::public::view::View;
use crate::web::site_layout::language;
use crate::web::upload::public::PublicForm;
use crate::words::Lang;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};

/// Takes the files that were chosen and shows them; or goes on. 422 with the reason for each that was
/// not taken, the others kept.
pub(in crate::web::routes::public) async fn add(
    app: Data<App>,
    request: HttpRequest,
    slug: Path<String>,
    body: Payload,
) -> HttpResponse {
    let (lang, path) = language(request.path());
    let came = match same_site(&app, &request) {
        Ok(()) => View::load(&app, slug.into_inner()).await,
        Err(error) => Err(error),
    };
    let answer = match came {
        Ok(view) => take(&app, &request, lang, &view, body).await,
        Err(error) => Err(error),
    };
    answer.unwrap_or_else(|error| error_page(&app, lang, path, &error, None))
}

async fn take(
    app: &App,
    request: &HttpRequest,
    lang: Lang,
    view: &View,
    body: Payload,
) -> Result<HttpResponse> {
    let owner = &view.consultation.id;
    let timing = view.consultation.window.judge(app.clock.now());
    let form = PublicForm::read(app, request, body, owner).await?;
    let mut state = State::read(&form.fields, lang)?;
    if timing != Timing::InTime {
        let typed = typed(app, view, &state).await?;
        let page = not_open(app, &view.consultation, lang, timing, typed);
        return private_page(StatusCode::CONFLICT, &page);
    }
    state.look_for_files(app, owner).await?;
    turn(app, lang, view, &form, state).await
}

/// What the button of the step asks for.
async fn turn(
    app: &App,
    lang: Lang,
    view: &View,
    form: &PublicForm,
    mut state: State,
) -> Result<HttpResponse> {
    let go = form.fields.get("go");
    if let Some(number) = go.strip_prefix("take-out-") {
        state.take_out(number.parse().unwrap_or(0));
        return files_step(app, view, lang, &state, None);
    }
    if let Some(refused) = all(&form.refused) {
        return files_step(app, view, lang, &state, Some(&refused));
    }
    match go {
        "done" => leave(app, view, lang, state, Step::Files, Go::To(after(form))).await,
        _ => files_step(app, view, lang, &state, None),
    }
}

/// The step after the files: the last look for those who came from there, else the list.
fn after(form: &PublicForm) -> Step {
    let filled = !form.fields.get("name").is_empty() || !form.fields.get("organisation").is_empty();
    if filled { Step::Check } else { Step::Tray }
}

/// Why files were not taken, as one error.
fn all(refused: &[Error]) -> Option<Error> {
    let first = refused.first()?;
    let zh: Vec<&str> = refused.iter().map(|one| one.both().zh.as_str()).collect();
    let en: Vec<&str> = refused.iter().map(|one| one.both().en.as_str()).collect();
    let kind = match first.kind() {
        Kind::TooLarge => Kind::TooLarge,
        _ => Kind::Invalid,
    };
    Some(Error::new(kind, zh.join("；"), en.join("; ")))
}
