//! `GET /r` and `GET /r/{number}`: what became of a submission, by its receipt number.

use super::view::{layout as consultation_layout, moment};
use crate::consultations::model::Timing;
use crate::db::Db;
use crate::documents::follow::{self, Now};
use crate::documents::published::{self, SectionRef};
use crate::error::{Error, Result};
use crate::intake::find::{self, Found};
use crate::intake::model::email::Email;
use crate::intake::model::person::{Party, public_name};
use crate::intake::model::phone::Phone;
use crate::intake::model::receipt::normalise;
use crate::intake::model::submission::{Sender, SenderKind};
use crate::responses::find::{Answer, by_remarks};
use crate::web::app::App;
use crate::web::dates;
use crate::web::field::Field;
use crate::web::public::lookup::LookupPage;
use crate::web::public::receipt::{ReceiptPage, ReceiptRemark};
use crate::web::respond::{error_page, private_page, see_other};
use crate::web::site_layout::{language, layout};
use crate::words::Lang;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct Asked {
    number: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Sent {
    sent: Option<String>,
}

/// The look-up form, and the way from it to the receipt.
pub(super) async fn look_up(
    app: Data<App>,
    request: HttpRequest,
    asked: Query<Asked>,
) -> HttpResponse {
    let (lang, path) = language(request.path());
    let page = |number: Field| LookupPage {
        lang,
        layout: layout(&app, lang, path),
        number,
        not_found: false,
    };
    let answer = match asked.into_inner().number {
        None => private_page(StatusCode::OK, &page(Field::default())),
        Some(typed) => match normalise(&typed) {
            Some(number) => return see_other(&format!("{}/r/{number}", lang.prefix())),
            None => private_page(
                StatusCode::UNPROCESSABLE_ENTITY,
                &page(malformed(typed, lang)),
            ),
        },
    };
    answer.unwrap_or_else(|error| error_page(&app, lang, path, &error, None))
}

fn malformed(typed: String, lang: Lang) -> Field {
    if typed.trim().is_empty() {
        let ask = lang.pick("请填写回执号", "Enter the receipt number");
        return Field::wrong(typed, ask);
    }
    Field::wrong(
        typed,
        lang.pick(
            "回执号是16位字母和数字，例如 7K2M-9QXD-4RTB-2HWN，请对照回执再输一次",
            "A receipt number has 16 letters and digits, such as 7K2M-9QXD-4RTB-2HWN; check it and type it again",
        ),
    )
}

/// One receipt.
pub(super) async fn show(
    app: Data<App>,
    request: HttpRequest,
    number: Path<String>,
    sent: Query<Sent>,
) -> HttpResponse {
    let (lang, _) = language(request.path());
    let fresh = sent.into_inner().sent.is_some();
    let answer = match receipt(&app, &number).await {
        Ok(Some(known)) => private_page(StatusCode::OK, &page(&app, lang, known, fresh)),
        Ok(None) => private_page(
            StatusCode::NOT_FOUND,
            &LookupPage {
                lang,
                layout: layout(&app, lang, "/r"),
                number: Field::of(number.as_str()),
                not_found: true,
            },
        ),
        Err(error) => Err(error),
    };
    answer.unwrap_or_else(|error| error_page(&app, lang, "/r", &error, None))
}

struct Known {
    found: Found,
    /// For each remark the section it is on, and where that is now; `None` for the whole draft.
    places: Vec<Option<(SectionRef, Now)>>,
    /// Empty until the office publishes its answers.
    answers: Vec<Answer>,
    published: bool,
}

async fn receipt(app: &App, number: &str) -> Result<Option<Known>> {
    let Some(number) = normalise(number) else {
        return Ok(None);
    };
    let (vault, now) = (app.vault.clone(), app.clock.now());
    app.database
        .read(move |db| {
            let Some(found) = find::by_receipt(db, &vault, &number, now)? else {
                return Ok(None);
            };
            let consultation = &found.consultation;
            let published = consultation.answered_at.is_some_and(|at| at <= now);
            let remarks = found.remarks.iter();
            let ids: Vec<String> = remarks.map(|remark| remark.id.clone()).collect();
            let answers = if published {
                by_remarks(db, &consultation.id, &ids)?
            } else {
                Vec::new()
            };
            Ok(Some(Known {
                places: places(db, &found)?,
                published,
                answers,
                found,
            }))
        })
        .await
}

/// For each remark the section it is on, and where that is now.
fn places(db: &mut Db, found: &Found) -> Result<Vec<Option<(SectionRef, Now)>>> {
    let consultation = &found.consultation;
    let sections = published::sections_up_to(db, &consultation.id, consultation.version)?;
    let mut places = Vec::with_capacity(found.remarks.len());
    for remark in &found.remarks {
        let id = remark.section_id.as_deref();
        let mut known = sections.iter();
        let on = known.find(|section| Some(section.id.as_str()) == id);
        let on = on.map(|on| {
            let now = follow::now(db, &consultation.id, on, consultation.version, &sections)?;
            Ok::<_, Error>((on.clone(), now))
        });
        places.push(on.transpose()?);
    }
    Ok(places)
}

fn page(app: &App, lang: Lang, known: Known, fresh: bool) -> ReceiptPage {
    let Known {
        found,
        places,
        answers,
        published,
    } = known;
    let consultation = &found.consultation;
    let remarks = found.remarks.iter().zip(&places).map(|(remark, place)| {
        let answer = answers.iter().find(|answer| answer.remark_id == remark.id);
        ReceiptRemark {
            section: place.as_ref().map(|(on, _)| name(on)).unwrap_or_default(),
            older: place.as_ref().and_then(|(on, now)| older(on, now, lang)),
            text: remark.text.clone(),
            outcome: answer.map(|answer| answer.outcome),
            reason: answer.map(|answer| answer.reason.clone()),
        }
    });
    ReceiptPage {
        lang,
        layout: consultation_layout(app, lang, &format!("/r/{}", found.receipt), consultation),
        slug: consultation.slug.clone(),
        title: consultation.draft_title.clone(),
        office: consultation.issuer.clone(),
        received_at: moment(found.received_at, lang),
        channel: found.channel.word(lang).to_owned(),
        timing: found.timing,
        closes: dates::long(lang, consultation.window.closes_on),
        fresh,
        remarks: remarks.collect(),
        sender: masked_name(&found.sender),
        contacts: masked_ways(&found.sender),
        still_open: consultation.window.judge(app.clock.now()) == Timing::InTime,
        published,
        number: found.receipt,
    }
}

fn name(section: &SectionRef) -> String {
    format!("{}{}", section.label, section.heading)
}

/// That the section is of an earlier version of the draft, and where its text is now.
fn older(on: &SectionRef, now: &Now, lang: Lang) -> Option<String> {
    let number = on.version;
    match now {
        Now::Here => None,
        Now::In(places) if !places.is_empty() => {
            let names: Vec<String> = places.iter().map(name).collect();
            let names = names.join("；");
            Some(lang.pick(
                format!("您是对第{number}版提的；修改以后，这一条现在是：{names}"),
                format!(
                    "You commented on version {number}; in the revised draft it is now: {names}"
                ),
            ))
        }
        Now::In(_) | Now::Gone => Some(lang.pick(
            format!("您是对第{number}版提的；修改以后，已经没有这一条"),
            format!(
                "You commented on version {number}; the revised draft no longer has this section"
            ),
        )),
    }
}

fn masked_name(sender: &Sender) -> String {
    match (sender.kind, &sender.organisation, &sender.name) {
        (SenderKind::Organisation, Some(body), _) => public_name(body, Party::Organisation),
        (_, _, Some(name)) => public_name(name, Party::Person),
        (_, Some(body), None) => public_name(body, Party::Organisation),
        (_, None, None) => String::new(),
    }
}

fn masked_ways(sender: &Sender) -> Vec<String> {
    let phones = sender
        .phones
        .iter()
        .filter_map(|text| Phone::parse(text).ok())
        .map(|phone| phone.masked());
    let emails = sender
        .emails
        .iter()
        .filter_map(|text| Email::parse(text).ok())
        .map(|email| email.masked());
    phones.chain(emails).collect()
}
