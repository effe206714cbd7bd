//! `GET /office/c/{slug}/letters`.

use super::words::{marks, road, which, why};
use crate::consultations::model::Consultation;
use crate::db::Db;
use crate::db::storage::Storage;
use crate::error::{Error, Result};
use crate::intake::find::by_id;
use crate::intake::letters::LetterState;
use crate::intake::letters::look::{Looked, Which, count, page as book_page};
use crate::intake::model::email::Email;
use crate::mail::inbound::read_letter;
use crate::privacy::vault::Vault;
use crate::web::app::App;
use crate::web::dates::moment_short;
use crate::web::frame::{Office, shown};
use crate::web::office::frame::Room;
use crate::web::office::letters::{Letters, Row, State};
use crate::web::office::parts::{Choice, Link, Paging};
use crate::web::respond::private_page;
use crate::words::Lang;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

const ON_A_PAGE: usize = 25;
/// Sender and subject stand in a letter's first bytes; the rest of one that was set aside for its
/// size is not read for the list.
const HEAD: usize = 64 * 1024;

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
        format!("{count} e-mails, the latest first"),
    );
    Ok(Letters {
        lang,
        layout: office.layout(),
        frame: office.frame(Room::Letters, Some(place.clone())),
        place,
        states: states.into(),
        is_filtered: asked != Which::All,
        summary: lang.pick(zh, en),
        rows: rows(office, booked, base).await?,
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
        let with_known = booked
            .into_iter()
            .map(|letter| known(db, &vault, &owner, &letter).map(|known| (letter, known)))
            .collect::<Result<Vec<_>>>()?;
        Ok((with_known, count(db, &owner.id, asked)?))
    });
    read.await
}

fn known(
    db: &mut Db,
    vault: &Vault,
    owner: &Consultation,
    letter: &Looked,
) -> Result<Option<Known>> {
    let Some(submission) = &letter.submission_id else {
        return Ok(None);
    };
    let found = by_id(db, vault, owner, submission)?;
    Ok(Some(Known {
        from: masked(found.sender.emails.first().map(String::as_str)),
        subject: found.subject.unwrap_or_default(),
        remarks: found.remarks.into_iter().map(|remark| remark.id).collect(),
    }))
}

fn masked(address: Option<&str>) -> String {
    address
        .and_then(|address| Email::parse(address).ok())
        .map(|email| email.masked())
        .unwrap_or_default()
}

/// The rows; letters that became no submission are read again from their raw bytes.
async fn rows(office: &Office, booked: Vec<Booked>, base: String) -> Result<Vec<Row>> {
    let (storage, lang) = (office.app.storage.clone(), office.lang);
    actix_web::web::block(move || {
        booked
            .into_iter()
            .map(|(letter, known)| {
                let known = known.unwrap_or_else(|| {
                    let (from, subject) = head(&storage, &letter);
                    Known {
                        from,
                        subject,
                        remarks: Vec::new(),
                    }
                });
                row(letter, known, &base, lang)
            })
            .collect()
    })
    .await
    .map_err(Error::internal)
}

/// Sender, masked, and subject of a letter, from its bytes.
pub(in super::super) fn head(storage: &Storage, letter: &Looked) -> (String, String) {
    let raw = storage.fetch(&letter.raw_sha256).unwrap_or_default();
    let read = read_letter(raw.get(..HEAD).unwrap_or(&raw));
    (masked(read.from.address.as_deref()), read.subject)
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
