//! `GET /office/c/{slug}/letters/{id}`: one letter, side by side as it was read and as it was sent.

use super::view::fill;
use crate::audit::model::{Action, Event};
use crate::audit::record::history;
use crate::consultations::model::Consultation;
use crate::db::Db;
use crate::documents::model::reference::Place;
use crate::documents::published::{self, SectionRef};
use crate::error::{Error, Kind, Result};
use crate::intake::find::{Found, by_id};
use crate::intake::letters::look::{self as book, Guess, Looked};
use crate::intake::model::contact::Office as Own;
use crate::mail::inbound::original::{Original, original};
use crate::mail::inbound::{Desk, Letter, read_letter_for};
use crate::privacy::vault::Vault;
use crate::web::app::App;
use crate::web::frame::{Office, flash, shown};
use crate::web::office::letters::one::Letter as Page;
use crate::web::respond::{private_page, with_frame};
use crate::web::viewed::{Look, viewed};
use crate::words::Lang;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use std::collections::HashMap;

#[derive(Deserialize)]
pub(super) struct Done {
    done: Option<String>,
}

/// One letter. Looking at the contact details in it is noted.
pub(super) async fn show(
    app: Data<App>,
    request: HttpRequest,
    at: Path<(String, String)>,
    done: Query<Done>,
) -> HttpResponse {
    shown(app, request, |office| async move {
        let (slug, id) = at.into_inner();
        let consultation = office.consultation(&slug).await?;
        let loaded = load(&office, &consultation, id).await?;
        note_view(&office, &consultation, &loaded.letter).await?;
        let words = done
            .done
            .as_deref()
            .and_then(|done| done_words(done, office.lang));
        page_of(&office, &consultation, &loaded, StatusCode::OK, |page| {
            page.frame.flash = words.and_then(flash);
        })
    })
    .await
}

/// The page, with some of it changed before it goes out.
pub(super) fn page_of(
    office: &Office,
    consultation: &Consultation,
    loaded: &Loaded,
    status: StatusCode,
    change: impl FnOnce(&mut Page),
) -> Result<HttpResponse> {
    let mut page = fill(office, consultation, loaded);
    change(&mut page);
    let mut response = private_page(status, &page)?;
    with_frame(&mut response);
    Ok(response)
}

fn done_words(done: &str, lang: Lang) -> Option<&'static str> {
    match done {
        "contact" => Some(lang.pick(
            "联系方式已经更正，记入了操作记录。",
            "The contact details are corrected, and that is recorded.",
        )),
        "remark" => Some(lang.pick(
            "已补录为一条意见，在“登记的意见”最后。",
            "Added as a remark, the last of those registered.",
        )),
        "registered" => Some(lang.pick(
            "已登记为意见，回执照常发出。",
            "Registered; the receipt goes out as usual.",
        )),
        "supplement" => Some(lang.pick(
            "已并入这位来件人先前的来件。",
            "Added to an earlier submission of its sender.",
        )),
        "duplicate" => Some(lang.pick(
            "相同的邮件已经登记，这一封记为重复。",
            "The same letter was registered before; this one is noted as a duplicate.",
        )),
        "held" => Some(lang.pick(
            "重新识别的结果与原来相同，仍为暂存。确属意见的，请点“登记为意见”。",
            "It was read again and is still held back. Register it all the same if it is an opinion.",
        )),
        "down" => Some(lang.pick(
            "已归为非意见。需要时可以恢复办理。",
            "Set down as no opinion. It can be taken up again at any time.",
        )),
        "up" => Some(lang.pick(
            "已恢复办理，待人工处理。",
            "Taken up again; it waits for a decision.",
        )),
        _ => None,
    }
}

/// What the page shows.
pub(super) struct Loaded {
    pub(super) letter: Looked,
    /// The submission it became, or was added to, or is a duplicate of.
    pub(super) found: Option<Found>,
    pub(super) guesses: HashMap<String, Guess>,
    pub(super) sections: Vec<SectionRef>,
    pub(super) events: Vec<Event>,
    /// The letter as today's program reads it; `None` when its bytes are gone or too many.
    pub(super) read: Option<Read>,
    /// Whether its bytes are kept.
    pub(super) is_kept: bool,
}

/// A letter, read now.
pub(super) struct Read {
    pub(super) letter: Letter,
    pub(super) original: Original,
}

/// The book's entry of a letter.
pub(super) async fn look(
    office: &Office,
    consultation: &Consultation,
    id: String,
) -> Result<Looked> {
    let owner = consultation.id.clone();
    let read = office
        .app
        .database
        .read(move |db| book::one(db, &owner, &id));
    read.await
}

/// The bytes of a letter as they came.
pub(in super::super) async fn raw(office: &Office, letter: &Looked) -> Result<Vec<u8>> {
    let (storage, name) = (office.app.storage.clone(), letter.raw_sha256.clone());
    let fetched = actix_web::web::block(move || storage.fetch(&name))
        .await
        .map_err(Error::internal)?;
    fetched.map_err(|error| match error.kind() {
        Kind::NotFound => Error::new(
            Kind::NotFound,
            "这封邮件的原件已按来件人的要求删除",
            "the original of this e-mail is gone; it is destroyed when its sender asks for that",
        ),
        _ => error,
    })
}

/// Loads a letter with everything that is known of it.
pub(super) async fn load(
    office: &Office,
    consultation: &Consultation,
    id: String,
) -> Result<Loaded> {
    let (owner, vault) = (consultation.clone(), office.app.vault.clone());
    let known = move |db: &mut Db| Ok((known(db, &vault, &owner, &id)?, places(db, &owner)?));
    let (mut loaded, places) = office.app.database.read(known).await?;
    let bytes = match raw(office, &loaded.letter).await {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == Kind::NotFound => return Ok(loaded),
        Err(error) => return Err(error),
    };
    loaded.is_kept = true;
    if bytes.len() <= office.app.config.letter_limit_bytes {
        let desk = desk(consultation, places);
        let read = actix_web::web::block(move || Read {
            letter: read_letter_for(&bytes, &desk),
            original: original(&bytes),
        });
        loaded.read = Some(read.await.map_err(Error::internal)?);
    }
    Ok(loaded)
}

/// What the tables say of a letter.
fn known(db: &mut Db, vault: &Vault, owner: &Consultation, id: &str) -> Result<Loaded> {
    let letter = book::one(db, &owner.id, id)?;
    let submission = letter.submission_id.as_deref();
    let found = submission
        .map(|id| by_id(db, vault, owner, id))
        .transpose()?;
    let guesses = submission.map(|id| book::guesses(db, &owner.id, id));
    Ok(Loaded {
        found,
        guesses: guesses.transpose()?.unwrap_or_default(),
        sections: published::sections_up_to(db, &owner.id, owner.version)?,
        events: events(db, &letter)?,
        read: None,
        is_kept: false,
        letter,
    })
}

/// What happened to the letter and to its submission, in order.
fn events(db: &mut Db, letter: &Looked) -> Result<Vec<Event>> {
    // Of a letter that came, by its bytes; of what was decided, by its place in the book.
    let mut events = history(db, &letter.raw_sha256)?;
    events.extend(history(db, &letter.id)?);
    if let Some(submission) = &letter.submission_id {
        events.extend(history(db, submission)?);
    }
    events.sort_by(|one, other| one.id.cmp(&other.id));
    Ok(events)
}

fn places(db: &mut Db, consultation: &Consultation) -> Result<Vec<Place>> {
    let documents = published::documents(db, &consultation.id, consultation.version)?;
    let draft = published::draft(&documents);
    Ok(draft.map_or_else(Vec::new, |draft| draft.outline.reference_places()))
}

/// What the reader of letters knows of the office and its draft.
fn desk(consultation: &Consultation, places: Vec<Place>) -> Desk {
    let contact = &consultation.contact;
    Desk {
        office: Own {
            phones: contact.phone.iter().cloned().collect(),
            emails: contact.email.iter().cloned().collect(),
        },
        places: places.into(),
    }
}

/// 个人信息保护法 Art. 51: who saw which contact details can be told afterwards.
async fn note_view(office: &Office, consultation: &Consultation, letter: &Looked) -> Result<()> {
    let (subject, subject_id) = match &letter.submission_id {
        Some(submission) => ("submission", submission),
        None => ("letter", &letter.raw_sha256),
    };
    let look = Look {
        owner: &consultation.id,
        action: Action::ContactViewed,
        subject,
        subject_id,
    };
    viewed(office, look).await
}
