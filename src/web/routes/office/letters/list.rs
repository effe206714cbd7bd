//! `GET /office/c/{slug}/letters`.

use super::words::{marks, road, which, why};
use crate::audit::model::Action;
use crate::consultations::model::Consultation;
use crate::db::Db;
use crate::db::storage::Storage;
use crate::error::{Error, Kind, Result};
use crate::intake::find::contacts;
use crate::intake::letters::LetterState;
use crate::intake::letters::head::{Head, keep, masked};
use crate::intake::letters::look::{Looked, Which, count, page as book_page};
use crate::privacy::vault::Vault;
use crate::triage::find::ids_of;
use crate::web::app::App;
use crate::web::dates::moment_short;
use crate::web::frame::{Office, shown};
use crate::web::office::frame::Room;
use crate::web::office::letters::{Letters, Row, State};
use crate::web::office::parts::{Choice, Link, Paging};
use crate::web::respond::private_page;
use crate::web::viewed::{Look, viewed};
use crate::words::{Lang, several};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use std::collections::HashMap;

const ON_A_PAGE: usize = 25;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    before: String,
    state: String,
}

/// The e-mails of a consultation, the latest first.
pub(super) async fn show(
    app: Data<App>,
    request: HttpRequest,
    slug: Path<String>,
    wanted: Query<Wanted>,
) -> HttpResponse {
    let wanted = wanted.into_inner();
    shown(app, request, |office| async move {
        let consultation = office.consultation(&slug).await?;
        let look = Look {
            owner: &consultation.id,
            action: Action::SendersListed,
            subject: "consultation",
            subject_id: &consultation.id,
        };
        viewed(&office, look).await?;
        let asked = Which::parse(&wanted.state);
        let (booked, count) = load(&office, &consultation, asked, wanted.before).await?;
        let page = page(&office, &consultation, asked, booked, count).await?;
        private_page(StatusCode::OK, &page)
    })
    .await
}

/// What a registered letter's submission says of it.
struct Known {
    from: String,
    subject: String,
    remarks: Vec<String>,
}

type Booked = (Looked, Option<Known>);

async fn page(
    office: &Office,
    consultation: &Consultation,
    asked: Which,
    mut booked: Vec<Booked>,
    count: i64,
) -> Result<Letters> {
    let lang = office.lang;
    let base = office.href(&format!("/c/{}", consultation.slug));
    let place = office.place(consultation);
    let paging = paging(&mut booked, &base, asked);
    let states = Which::EACH.map(|one| Choice::new(one.code(), which(one, lang), asked.code()));
    let (zh, en) = (
        format!("共{count}封，最近登记的在前"),
        format!("{}, latest first", several(count, "e-mail")),
    );
    Ok(Letters {
        lang,
        layout: office.layout(),
        frame: office.frame(Room::Letters, Some(place.clone())),
        place,
        states: states.into(),
        is_filtered: asked != Which::All,
        summary: lang.pick(zh, en),
        rows: rows(office, consultation, booked, base).await?,
        paging,
    })
}

/// Where the list goes on; what was read to know that is taken off.
fn paging(booked: &mut Vec<Booked>, base: &str, asked: Which) -> Paging {
    let more = booked.len() > ON_A_PAGE;
    booked.truncate(ON_A_PAGE);
    let last = booked.last().filter(|_| more);
    let next = last.map(|(letter, _)| {
        let state = asked.code();
        format!("{base}/letters?state={state}&before={}", letter.id)
    });
    Paging {
        previous: None,
        next,
    }
}

async fn load(
    office: &Office,
    consultation: &Consultation,
    asked: Which,
    before: String,
) -> Result<(Vec<Booked>, i64)> {
    let (owner, vault) = (consultation.clone(), office.app.vault.clone());
    let read = office.app.database.read(move |db| {
        let before = Some(before.as_str()).filter(|before| crate::ids::is_id(before));
        let limit = i64::try_from(ON_A_PAGE + 1).map_err(Error::internal)?;
        let booked = book_page(db, &owner.id, asked, before, limit)?;
        Ok((
            known(db, &vault, &owner, booked)?,
            count(db, &owner.id, asked)?,
        ))
    });
    read.await
}

/// Letters with what their submissions say of them.
fn known(
    db: &mut Db,
    vault: &Vault,
    owner: &Consultation,
    booked: Vec<Looked>,
) -> Result<Vec<Booked>> {
    let ids = booked
        .iter()
        .filter_map(|letter| letter.submission_id.clone());
    let ids: Vec<String> = ids.collect();
    let contacts = contacts(db, vault, owner, &ids)?;
    let remarks = ids_of(db, &owner.id, &ids)?;
    let known = |letter: &Looked| {
        let submission = letter.submission_id.as_ref()?;
        let contact = contacts.get(submission)?;
        Some(Known {
            from: masked(contact.sender.emails.first().map(String::as_str)),
            subject: contact.subject.clone(),
            remarks: remarks.get(submission).cloned().unwrap_or_default(),
        })
    };
    let booked = booked.into_iter().map(|letter| (known(&letter), letter));
    Ok(booked.map(|(known, letter)| (letter, known)).collect())
}

/// The rows; of letters that became no submission the book keeps sender and subject.
async fn rows(
    office: &Office,
    consultation: &Consultation,
    booked: Vec<Booked>,
    base: String,
) -> Result<Vec<Row>> {
    let unknown = booked.iter().filter(|(_, known)| known.is_none());
    let unknown = unknown.map(|(letter, _)| letter.clone()).collect();
    let mut heads = heads(office, &consultation.id, unknown).await?;
    let rows = booked.into_iter().map(|(letter, known)| {
        let known = known.unwrap_or_else(|| {
            let Head { from, subject } = heads.remove(&letter.id).unwrap_or_default();
            Known {
                from,
                subject,
                remarks: Vec::new(),
            }
        });
        row(letter, known, &base, office.lang)
    });
    Ok(rows.collect())
}

/// Senders, masked, and subjects of letters, by identifier. Those of letters that were booked before
/// these were kept are read from the letters' bytes, once, and kept from then on.
pub(in super::super) async fn heads(
    office: &Office,
    owner: &str,
    letters: Vec<Looked>,
) -> Result<HashMap<String, Head>> {
    let storage = office.app.storage.clone();
    let opened = actix_web::web::block(move || opened(&storage, letters)).await;
    let (heads, new) = opened.map_err(Error::internal)??;
    if !new.is_empty() {
        let owner = owner.to_owned();
        let kept = move |db: &mut Db| keep(db, &owner, &new);
        office.app.database.write(kept).await?;
    }
    Ok(heads)
}

/// Heads by identifier, and those that were not kept yet, sealed.
type Opened = (HashMap<String, Head>, Vec<(String, Vec<u8>)>);

fn opened(storage: &Storage, letters: Vec<Looked>) -> Result<Opened> {
    let (mut heads, mut new) = (HashMap::new(), Vec::new());
    for letter in letters {
        let sha256 = &letter.raw_sha256;
        let head = match &letter.head_sealed {
            Some(sealed) => Head::open(storage, sha256, sealed)?,
            None => match storage.fetch(sha256) {
                Ok(raw) => {
                    let head = Head::read(&raw);
                    new.push((letter.id.clone(), head.seal(storage, sha256)?));
                    head
                }
                // Gone, as when its sender had it destroyed.
                Err(error) if error.kind() == Kind::NotFound => Head::default(),
                Err(error) => return Err(error),
            },
        };
        heads.insert(letter.id, head);
    }
    Ok((heads, new))
}

fn row(letter: Looked, known: Known, base: &str, lang: Lang) -> Row {
    Row {
        href: format!("{base}/letters/{}", letter.id),
        received: moment_short(letter.received_at),
        road: road(&letter, lang),
        from: known.from,
        subject: known.subject,
        marks: marks(&letter, lang),
        state: state(&letter, &known.remarks, base, lang),
    }
}

/// What became of a letter, with links to the remarks of its submission.
pub(super) fn state(letter: &Looked, remarks: &[String], base: &str, lang: Lang) -> State {
    let link = |(index, id): (usize, &String)| Link {
        href: format!("{base}/remarks/{id}"),
        words: lang.pick(
            format!("意见{}", index + 1),
            format!("remark {}", index + 1),
        ),
    };
    let mut links = remarks.iter().enumerate().map(link);
    match &letter.state {
        LetterState::Registered => State::Registered {
            remarks: links.collect(),
        },
        LetterState::Supplement => State::Supplement {
            remarks: links.collect(),
        },
        LetterState::Duplicate => State::Duplicate {
            first: links.next().unwrap_or_else(|| Link {
                href: format!("{base}/remarks"),
                words: lang.pick("意见列表", "the queue").to_owned(),
            }),
        },
        LetterState::Quarantined(reason) => held(letter, why(reason, lang)),
        LetterState::Stored => {
            let unfinished = lang.pick(
                "还没有处理完，系统会再试",
                "not finished; it is tried again",
            );
            held(letter, unfinished.to_owned())
        }
    }
}

fn held(letter: &Looked, reason: String) -> State {
    if letter.set_down.is_some() {
        State::SetDown { reason }
    } else {
        State::Quarantined { reason }
    }
}
