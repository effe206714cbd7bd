//! `/office/mailboxes`: how the mailboxes stand, and having a letter fetched again.

use super::letters::{as_original, heads, note_fetched, original_of, road};
use crate::audit::model::Action;
use crate::consultations::find;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::intake::letters::head::Head;
use crate::intake::letters::look::{self as book, Looked, Which};
use crate::mailboxes::health::{self, Standing};
use crate::web::app::App;
use crate::web::dates::moment_short;
use crate::web::frame::{Office, posted, shown};
use crate::web::office::frame::Room;
use crate::web::office::mailboxes::{Failed, Held, Mailbox, Mailboxes, Unclear};
use crate::web::office::parts::{Choice, Count};
use crate::web::respond::{private_page, see_other};
use crate::web::viewed::{Look, viewed};
use crate::words::{Lang, several};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use std::sync::Arc;

/// The key under which letters are booked for which no consultation could be found.
const NOBODYS: &str = "";
const ON_A_PAGE: i64 = 50;

/// Every mailbox, and what waits for a person.
pub(super) async fn show(app: Data<App>, request: HttpRequest) -> HttpResponse {
    shown(app, request, |office| async move {
        let known = load(&office).await?;
        if !known.unclear.is_empty() {
            let look = Look {
                owner: NOBODYS,
                action: Action::SendersListed,
                subject: "mailboxes",
                subject_id: "mailboxes",
            };
            viewed(&office, look).await?;
        }
        private_page(StatusCode::OK, &page(&office, known).await?)
    })
    .await
}

/// Has a letter that could not be read fetched again at the next look.
pub(super) async fn again(app: Data<App>, request: HttpRequest, body: Payload) -> HttpResponse {
    posted(app, request, body, |office, form| async move {
        let (actor, clock) = (
            office.signed_in.staff.actor(),
            Arc::clone(&office.app.clock),
        );
        let mailbox = form.get("mailbox").replace('\0', "");
        let letter = number(form.get("letter"))?;
        let work = move |db: &mut Db| health::retry(db, &actor, &*clock, &mailbox, letter);
        office.app.database.write(work).await?;
        Ok(see_other(&office.href("/mailboxes")))
    })
    .await
}

/// The original of a letter for which no consultation could be found.
pub(super) async fn original(
    app: Data<App>,
    request: HttpRequest,
    id: Path<String>,
) -> HttpResponse {
    shown(app, request, |office| async move {
        let id = id.into_inner();
        let find = move |db: &mut Db| book::one(db, NOBODYS, &id);
        let letter = office.app.database.read(find).await?;
        let bytes = original_of(&office, &letter).await?;
        note_fetched(&office, NOBODYS, &letter).await?;
        Ok(as_original("mail", &letter, bytes))
    })
    .await
}

/// `7.42`: the numbering of the folder and the letter's number in it.
fn number(text: &str) -> Result<(i64, i64)> {
    let parts = text.split_once('.');
    let both = parts.and_then(|(one, other)| one.parse().ok().zip(other.parse().ok()));
    both.ok_or_else(|| {
        Error::invalid(
            "没有指明是哪一封邮件，请刷新页面后再试",
            "the form does not say which letter; reload the page and try again",
        )
    })
}

struct Known {
    boxes: Vec<Standing>,
    /// Title, short name, and how many letters are held back.
    held: Vec<(String, String, i64)>,
    unclear: Vec<Looked>,
    count: i64,
    /// Where such letters can be put.
    places: Vec<Choice>,
}

async fn load(office: &Office) -> Result<Known> {
    let now = office.app.clock.now();
    let work = move |db: &mut Db| {
        let mut held = Vec::new();
        for (id, count) in book::held(db)? {
            if id != NOBODYS {
                let consultation = find::by_id(db, &id, now)?;
                held.push((consultation.draft_title, consultation.slug, count));
            }
        }
        Ok(Known {
            boxes: health::all(db)?,
            places: find::all(db, now)?
                .into_iter()
                .map(|one| Choice::new(one.slug, one.draft_title, ""))
                .collect(),
            unclear: book::page(db, NOBODYS, Which::Held, None, ON_A_PAGE)?,
            count: book::count(db, NOBODYS, Which::Held)?,
            held,
        })
    };
    office.app.database.read(work).await
}

async fn page(office: &Office, known: Known) -> Result<Mailboxes> {
    let lang = office.lang;
    let listed = i64::try_from(known.unclear.len()).unwrap_or(i64::MAX);
    let more = u64::try_from(known.count - listed).unwrap_or(0);
    let held = known.held.into_iter().map(|(title, slug, count)| Held {
        title,
        href: office.href(&format!("/c/{slug}/letters?state=held")),
        count: Count(u64::try_from(count).unwrap_or(0)),
    });
    Ok(Mailboxes {
        lang,
        layout: office.layout(),
        frame: office.frame(Room::Mailboxes, None),
        held: held.collect(),
        boxes: boxes(office, known.boxes),
        places: known.places,
        unclear: unclear(office, known.unclear).await?,
        more,
    })
}

/// Those that were looked into, then those that only stand in the settings.
fn boxes(office: &Office, known: Vec<Standing>) -> Vec<Mailbox> {
    let set: Vec<&str> = office
        .app
        .config
        .mailboxes
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    let new: Vec<Mailbox> = set
        .iter()
        .filter(|name| !known.iter().any(|one| one.mailbox.name == **name))
        .map(|name| Mailbox {
            id: String::new(),
            name: (*name).to_owned(),
            is_set: true,
            fetched: None,
            waiting: Count(0),
            failing: None,
            failed: Vec::new(),
        })
        .collect();
    let looked = known.into_iter().map(|one| {
        let is_set = set.contains(&one.mailbox.name.as_str());
        mailbox(one, is_set, office.lang)
    });
    looked.chain(new).collect()
}

fn mailbox(standing: Standing, is_set: bool, lang: Lang) -> Mailbox {
    let Standing { mailbox, failed } = standing;
    let failing = mailbox
        .failing_since
        .zip(mailbox.failure)
        .filter(|_| is_set);
    Mailbox {
        is_set,
        fetched: mailbox.fetched_at.map(moment_short),
        waiting: Count(u64::from(mailbox.waiting)),
        failing: failing.map(|(since, why)| (moment_short(since), why.words(lang))),
        failed: failed.iter().map(|one| failed_row(one, lang)).collect(),
        id: mailbox.id,
        name: mailbox.name,
    }
}

fn failed_row(one: &health::Failed, lang: Lang) -> Failed {
    let (when, tries) = (moment_short(one.at), one.tries);
    Failed {
        letter: format!("{}.{}", one.generation, one.uid),
        number: one.uid,
        tried: if one.is_due() {
            String::new()
        } else {
            lang.pick(
                format!("{when}，试过{tries}次"),
                format!("{when}, tried {}", several(tries, "time")),
            )
        },
        reason: one.words(lang),
        may_retry: !one.is_gone() && !one.is_due(),
        is_due: one.is_due(),
    }
}

async fn unclear(office: &Office, letters: Vec<Looked>) -> Result<Vec<Unclear>> {
    let base = office.href("/mailboxes/letters");
    let mut heads = heads(office, NOBODYS, letters.clone()).await?;
    let row = |letter: Looked| {
        let Head { from, subject } = heads.remove(&letter.id).unwrap_or_default();
        Unclear {
            received: moment_short(letter.received_at),
            road: road(&letter, office.lang),
            from,
            subject,
            raw: format!("{base}/{}/raw", letter.id),
            id: letter.id,
        }
    };
    Ok(letters.into_iter().map(row).collect())
}
