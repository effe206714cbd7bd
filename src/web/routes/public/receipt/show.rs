//! `GET /r/{number}?k=`: what became of a submission.

use super::super::view::moment;
use super::changed::changed;
use super::door::{Carried, Door, opened};
use super::words::{files, history, mail, masked_name, masked_ways, name};
use crate::consultations::model::Timing;
use crate::db::Db;
use crate::documents::follow::{self, Now, QuoteNow};
use crate::documents::published::{self, SectionRef};
use crate::error::{Error, Result};
use crate::intake::after::withdraw::is_possible;
use crate::intake::find::{Found, FoundRemark};
use crate::intake::model::whole_words::Opinion;
use crate::privacy::requests::find::of_submission;
use crate::privacy::requests::model::Request;
use crate::responses::find::{Answer, by_remarks};
use crate::web::app::App;
use crate::web::assets;
use crate::web::dates;
use crate::web::layout::Layout;
use crate::web::public::receipt::{ChangedWords, JustDone, ReceiptPage, ReceiptRemark};
use crate::web::public::said::Said;
use crate::web::qr;
use crate::web::respond::{private_page, with_script};
use crate::words::Lang;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};

/// The receipt, for a good pass; otherwise the look-up form with the number filled in.
pub(super) async fn show(
    app: Data<App>,
    request: HttpRequest,
    number: Path<String>,
    carried: Query<Carried>,
) -> HttpResponse {
    let carried = carried.into_inner();
    let k = carried.k.clone();
    opened(app, request, &number, &k, |door| async move {
        let known = load(&door).await?;
        let mut response = private_page(StatusCode::OK, &page(&door, known, &carried).await?)?;
        // The address holds the pass: no link may carry it on. The pages with forms keep to the
        // site's policy (this site only): a browser that sends no referrer calls the origin of a
        // post null, and older ones say nothing else of where it comes from.
        let policy = HeaderValue::from_static("no-referrer");
        with_script(&mut response);
        let headers = response.headers_mut();
        headers.insert(header::REFERRER_POLICY, policy);
        Ok(response)
    })
    .await
}

/// What the page needs beyond the submission itself.
struct Known {
    /// For each remark the section it is on, and where that is now; `None` for the whole draft.
    places: Vec<Option<(SectionRef, Now)>>,
    /// For each remark what its quoted words have become.
    quotes: Vec<Option<QuoteNow>>,
    /// Empty until the office publishes its answers.
    answers: Vec<Answer>,
    published: bool,
    requests: Vec<Request>,
}

async fn load(door: &Door) -> Result<Known> {
    let (found, now) = (door.found.clone(), door.app.clock.now());
    let read = door.app.database.read(move |db| {
        let consultation = &found.consultation;
        let published = consultation.answered_at.is_some_and(|at| at <= now);
        let remarks = found.remarks.iter();
        let ids: Vec<String> = remarks.map(|remark| remark.id.clone()).collect();
        let answers = if published {
            by_remarks(db, &consultation.id, &ids)?
        } else {
            Vec::new()
        };
        let places = places(db, &found)?;
        Ok(Known {
            quotes: quotes(db, &found, &places)?,
            places,
            requests: of_submission(db, &consultation.id, &found.submission_id)?,
            published,
            answers,
        })
    });
    read.await
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

/// For each remark what the published version says where it quotes an earlier one.
fn quotes(
    db: &mut Db,
    found: &Found,
    places: &[Option<(SectionRef, Now)>],
) -> Result<Vec<Option<QuoteNow>>> {
    let consultation = &found.consultation;
    let version = consultation.version;
    let quoted = found.remarks.iter().zip(places).map(|(remark, place)| {
        let (Some(quote), Some((_, now))) = (&remark.quote, place) else {
            return Ok(None);
        };
        follow::quote_now(db, &consultation.id, version, quote, now)
    });
    quoted.collect()
}

async fn page(door: &Door, known: Known, carried: &Carried) -> Result<ReceiptPage> {
    let remarks = remarks(door, &known).await?;
    filled(door, known, remarks, carried)
}

fn filled(
    door: &Door,
    known: Known,
    remarks: Vec<ReceiptRemark>,
    carried: &Carried,
) -> Result<ReceiptPage> {
    let (found, lang, now) = (&door.found, door.lang, door.app.clock.now());
    let consultation = &found.consultation;
    let open = consultation.window.judge(now) == Timing::InTime;
    let withdrawn = found.withdrawn_at;
    let address = format!(
        "{}{}/r/{}",
        door.app.config.public_url,
        lang.prefix(),
        found.receipt
    );
    let fresh = carried.sent.is_some() && withdrawn.is_none();
    let published = consultation.answered_at.filter(|_| known.published);
    let title = lang.pick("用手机扫一扫，打开这份回执", "Scan to open this receipt");
    Ok(ReceiptPage {
        lang,
        layout: Layout {
            // Clears what the device kept of a form that was sent.
            script: fresh.then(assets::form_script_href),
            ..door.layout("")
        },
        slug: consultation.slug.clone(),
        title: consultation.draft_title.clone(),
        office: consultation.issuer.clone(),
        received_at: moment(found.received_at, lang),
        channel: found.channel.word(lang).to_owned(),
        timing: found.timing,
        closes: dates::long(lang, consultation.window.closes_on),
        fresh,
        just_done: JustDone::parse(carried.done.as_deref()),
        remarks,
        files: files(found, lang),
        sender: masked_name(&found.sender),
        contacts: masked_ways(&found.sender),
        mail: mail(found, door.app.config.smtp_url.is_some(), lang),
        history: history(found, &known.requests, published, lang),
        sent_again: carried.sent.is_some() && withdrawn.is_some(),
        withdrawn: withdrawn.map(|at| moment(at, lang)),
        supplement: (open && withdrawn.is_none()).then(|| door.href("/supplement")),
        withdraw: (is_possible(consultation, now) && withdrawn.is_none())
            .then(|| door.href("/withdraw")),
        requests: door.href("/requests"),
        still_open: open,
        published: known.published,
        qr: qr::svg(&address, "receipt-qr", title)?,
        address,
        number: found.receipt.clone(),
    })
}

async fn remarks(door: &Door, known: &Known) -> Result<Vec<ReceiptRemark>> {
    let mut shown = Vec::with_capacity(known.places.len());
    let places = known.places.iter().zip(&known.quotes);
    for (remark, (place, quote_now)) in door.found.remarks.iter().zip(places) {
        let mut answers = known.answers.iter();
        let answer = answers.find(|answer| answer.remark_id == remark.id);
        let answer = answer.filter(|_| remark.withdrawn_at.is_none());
        let changed = match (place, known.published) {
            (Some(place), true) => {
                changed(&door.app, &door.found.consultation, place, door.lang).await?
            }
            _ => Vec::new(),
        };
        shown.push(one(
            &door.found,
            remark,
            (place.as_ref(), quote_now.clone()),
            answer,
            changed,
            known.published,
            door.lang,
        ));
    }
    Ok(shown)
}

fn one(
    found: &Found,
    remark: &FoundRemark,
    (place, quote_now): (Option<&(SectionRef, Now)>, Option<QuoteNow>),
    answer: Option<&Answer>,
    changed: Vec<ChangedWords>,
    published: bool,
    lang: Lang,
) -> ReceiptRemark {
    let added = remark.received_at != found.received_at;
    let is_public = published && remark.withdrawn_at.is_none();
    let said = words(found, remark, is_public, lang);
    ReceiptRemark {
        said: Said {
            older: place.and_then(|(on, now)| older(on, now, lang)),
            quote_now: quote_now.filter(|_| said.quote.is_some()),
            ..Said::of(
                Some(place.map(|(on, _)| name(on)).unwrap_or_default()),
                said.quote.as_ref(),
                &said.text,
                said.suggested.as_deref(),
            )
        },
        added: added.then(|| moment(remark.received_at, lang)),
        withdrawn: remark.withdrawn_at.is_some(),
        outcome: answer.map(|answer| answer.outcome),
        reason: answer.map(|answer| found.on_receipt(&answer.reason)),
        changed,
    }
}

/// What was said. After an erasure the number alone opens the page, so it shows what everybody may
/// read by then: nothing before the outcomes are published.
fn words(found: &Found, remark: &FoundRemark, is_public: bool, lang: Lang) -> Opinion {
    if found.erased_at.is_some() && !is_public {
        return Opinion::from(lang.pick(
            "联系方式删除以后，只用回执号就能打开这一页；为免别人看到，意见的文字不在这里显示，仍然保存在记录里。",
            "Since the contact details were erased, the receipt number alone opens this page; so that nobody else reads it, the words of the comment are not shown here. They remain in the record.",
        ));
    }
    let erased = found.erased_at.is_some();
    let quote = remark.quote.as_ref();
    Opinion {
        text: found.on_receipt(&remark.text),
        quote: quote.map(|quote| {
            if erased {
                found.concealer().quote(quote)
            } else {
                quote.clone()
            }
        }),
        suggested: remark
            .suggested
            .as_deref()
            .map(|words| found.on_receipt(words)),
    }
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
