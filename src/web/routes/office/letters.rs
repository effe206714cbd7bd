//! `GET /office/c/{slug}/letters`.

use crate::consultations::model::Consultation;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::intake::find::by_id;
use crate::intake::letters::{BookedLetter, LetterState, page as book_page, total};
use crate::intake::model::email::Email;
use crate::mail::inbound::read_letter;
use crate::privacy::vault::Vault;
use crate::web::app::App;
use crate::web::dates::moment_short;
use crate::web::frame::{Office, shown};
use crate::web::office::frame::Room;
use crate::web::office::letters::{Letters, Row, State};
use crate::web::office::parts::{Link, Paging};
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
}

/// Every e-mail of a consultation, the latest first.
pub(super) async fn show(
    app: Data<App>,
    request: HttpRequest,
    slug: Path<String>,
    wanted: Query<Wanted>,
) -> HttpResponse {
    let before = wanted.into_inner().before;
    shown(app, request, |office| async move {
        let consultation = office.consultation(&slug).await?;
        let (mut booked, count) = load(&office, &consultation, before).await?;
        let more = booked.len() > ON_A_PAGE;
        booked.truncate(ON_A_PAGE);
        let base = office.href(&format!("/c/{}", consultation.slug));
        let next = booked
            .last()
            .filter(|_| more)
            .map(|(letter, _)| format!("{base}/letters?before={}", letter.id));
        let rows = rows(&office, booked, base).await?;
        let place = office.place(&consultation);
        let page = Letters {
            lang: office.lang,
            layout: office.layout(),
            frame: office.frame(Room::Letters, Some(place.clone())),
            place,
            summary: office.lang.pick(
                format!("共{count}封，最近登记的在前"),
                format!("{count} e-mails, the latest first"),
            ),
            rows,
            paging: Paging {
                previous: None,
                next,
            },
        };
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

async fn load(
    office: &Office,
    consultation: &Consultation,
    before: String,
) -> Result<(Vec<(BookedLetter, Option<Known>)>, i64)> {
    let (owner, vault) = (consultation.clone(), office.app.vault.clone());
    office
        .app
        .database
        .read(move |db| {
            let before = Some(before.as_str()).filter(|before| crate::ids::is_id(before));
            let limit = i64::try_from(ON_A_PAGE + 1).map_err(Error::internal)?;
            let booked = book_page(db, &owner.id, before, limit)?;
            let with_known = booked
                .into_iter()
                .map(|letter| known(db, &vault, &owner, &letter).map(|known| (letter, known)))
                .collect::<Result<Vec<_>>>()?;
            Ok((with_known, total(db, &owner.id)?))
        })
        .await
}

fn known(
    db: &mut Db,
    vault: &Vault,
    owner: &Consultation,
    letter: &BookedLetter,
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
async fn rows(
    office: &Office,
    booked: Vec<(BookedLetter, Option<Known>)>,
    base: String,
) -> Result<Vec<Row>> {
    let (storage, lang) = (office.app.storage.clone(), office.lang);
    actix_web::web::block(move || {
        booked
            .into_iter()
            .map(|(letter, known)| {
                let known = known.unwrap_or_else(|| {
                    let read = storage
                        .fetch(&letter.raw_sha256)
                        .map(|raw| read_letter(raw.get(..HEAD).unwrap_or(&raw)));
                    read.map_or_else(
                        |_| Known {
                            from: String::new(),
                            subject: String::new(),
                            remarks: Vec::new(),
                        },
                        |read| Known {
                            from: masked(read.from.address.as_deref()),
                            subject: read.subject,
                            remarks: Vec::new(),
                        },
                    )
                });
                row(letter, known, &base, lang)
            })
            .collect()
    })
    .await
    .map_err(Error::internal)
}

fn row(letter: BookedLetter, known: Known, base: &str, lang: Lang) -> Row {
    let link = |(index, id): (usize, &String)| Link {
        href: format!("{base}/remarks/{id}"),
        words: lang.pick(
            format!("意见{}", index + 1),
            format!("remark {}", index + 1),
        ),
    };
    let mut links = known.remarks.iter().enumerate().map(link);
    Row {
        received: moment_short(letter.received_at),
        from: known.from,
        subject: known.subject,
        state: match letter.state {
            LetterState::Registered | LetterState::Supplement => State::Registered {
                remarks: links.collect(),
            },
            LetterState::Duplicate => State::Duplicate {
                first: links.next().unwrap_or_else(|| Link {
                    href: format!("{base}/remarks"),
                    words: lang.pick("意见列表", "the queue").to_owned(),
                }),
            },
            LetterState::Quarantined(reason) => State::Quarantined {
                reason: why(&reason, lang),
            },
            LetterState::Stored => State::Quarantined {
                reason: lang
                    .pick("尚未处理完，请重新导入", "not finished; import it again")
                    .to_owned(),
            },
        },
    }
}

fn why(reason: &str, lang: Lang) -> String {
    match reason {
        "too-large" => lang.pick("邮件过大，原件已保存", "too large; the original is kept"),
        "auto-reply" => lang.pick("自动回复", "automatic reply"),
        "bounce" => lang.pick("退信", "bounce"),
        "bulk" => lang.pick("群发邮件", "bulk mail"),
        "loop" => lang.pick("本单位自己发出的邮件", "our own mail coming back"),
        "calendar" => lang.pick("日程邀请", "calendar invitation"),
        other => return other.to_owned(),
    }
    .to_owned()
}
