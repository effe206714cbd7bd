//! `/office/imports`: from a file to its publication.

mod check;
mod edits;
mod facts;
mod list;
mod matches;
mod publish;
mod show;
mod source;
mod versions;
mod workbench;

use crate::clock::beijing;
use crate::documents::model::Outline;
use crate::documents::read::SourceText;
use crate::error::{Error, Result};
use crate::imports::model::Import;
use crate::imports::{find, text};
use crate::web::dates;
use crate::web::form_data::FormData;
use crate::web::frame::Office;
use crate::web::office::imports::{Step, Steps};
use crate::words::Lang;
use actix_web::web::{ServiceConfig, get, post, resource};
use jiff::Timestamp;

/// The addresses, below a language's prefix.
pub(super) fn addresses(config: &mut ServiceConfig) {
    config
        .service(
            resource("/office/imports")
                .route(get().to(list::show))
                .route(post().to(list::begin)),
        )
        .service(resource("/office/imports/{id}").route(get().to(show::show)))
        .service(
            resource("/office/imports/{id}/edits")
                .route(get().to(show::show))
                .route(post().to(edits::edit)),
        )
        .service(resource("/office/imports/{id}/discard").route(post().to(edits::discard)))
        .service(
            resource("/office/imports/{id}/facts")
                .route(get().to(facts::show))
                .route(post().to(facts::save)),
        )
        .service(
            resource("/office/imports/{id}/matches")
                .route(get().to(matches::show))
                .route(post().to(matches::confirm)),
        )
        .service(resource("/office/imports/{id}/check").route(get().to(check::show)))
        .service(
            resource("/office/imports/{id}/publish")
                .route(get().to(check::show))
                .route(post().to(publish::publish)),
        )
        .service(resource("/office/imports/{id}/withdraw").route(post().to(publish::withdraw)))
        .service(
            resource("/office/c/{slug}/versions")
                .route(get().to(versions::show))
                .route(post().to(versions::begin)),
        );
}

/// An import with its text and its corrected outline.
struct Loaded {
    import: Import,
    text: SourceText,
    outline: Outline,
}

async fn load(office: &Office, id: &str) -> Result<Loaded> {
    let id = id.to_owned();
    let database = &office.app.database;
    let import = database.read(move |db| find::by_id(db, &id)).await?;
    let storage = office.app.storage.clone();
    // Opening and reading a text of megabytes would hold up every other request of this thread.
    actix_web::web::block(move || {
        let text = text::text_of(&storage, &import)?;
        let outline = text::outline_of(&import, &text)?;
        Ok(Loaded {
            import,
            text,
            outline,
        })
    })
    .await
    .map_err(Error::internal)?
}

fn steps(import: &Import, here: Step) -> Steps {
    let files: Vec<&str> = import
        .sources
        .iter()
        .map(|file| file.name.as_str())
        .collect();
    Steps {
        id: import.id.clone(),
        here,
        revises: import.consultation_id.is_some(),
        files: files.join("、"),
    }
}

fn seen(form: &FormData) -> i32 {
    form.get("revision").parse().unwrap_or(-1)
}

/// A number of bytes as the pages say it.
fn in_mb(bytes: usize) -> String {
    format!("{} MB", bytes.div_ceil(1024 * 1024))
}

/// A date and time in Beijing, in words.
fn moment(lang: Lang, at: Timestamp) -> String {
    dates::moment(lang, at.to_zoned(beijing()).datetime())
}
