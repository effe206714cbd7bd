//! Where the sections of earlier versions are now.

use crate::consultations::model::Consultation;
use crate::documents::compare::{Link, Resolved, resolve};
use crate::documents::follow::links_between;
use crate::error::{Kind, Result};
use crate::web::app::App;
use crate::web::routes::public::view::View;
use crate::words::Lang;

/// How the sections of a version stand to those that are published now.
pub(super) async fn links_since(
    app: &App,
    consultation: &Consultation,
    version: i32,
) -> Result<Vec<Link>> {
    let (id, now) = (consultation.id.clone(), consultation.version);
    app.database
        .read(move |db| links_between(db, &id, version, now))
        .await
}

/// The address that leads on from a section that the published version does not have: its place in
/// the newest version that has it. `None` when no version does.
///
/// # Errors
/// What the database reports.
pub(super) async fn lead(
    app: &App,
    lang: Lang,
    slug: &str,
    anchor: &str,
) -> Result<Option<String>> {
    let view = match View::load(app, slug.to_owned()).await {
        Ok(view) => view,
        Err(error) if error.kind() == Kind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let consultation = view.consultation.clone();
    let base = view.base(lang);
    for number in (1..consultation.version).rev() {
        let old = View::of(app, consultation.clone(), number).await?;
        if old.draft().is_none_or(|draft| draft.find(anchor).is_none()) {
            continue;
        }
        let links = links_since(app, &consultation, number).await?;
        return Ok(Some(match resolve(&links, anchor) {
            Resolved::Found { anchor, others, .. } if others.is_empty() => {
                format!("{base}/s/{anchor}")
            }
            _ => format!("{base}/v/{number}/s/{anchor}"),
        }));
    }
    Ok(None)
}
