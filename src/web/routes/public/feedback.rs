//! `GET /c/{slug}/feedback`: what became of the comments, once the office has published it.

use super::kept::kept_at;
use super::view::{View, layout};
use crate::consultations::model::{Consultation, Stage};
use crate::db::Db;
use crate::error::{Error, Kind, Result};
use crate::export::model::{Edition, Format, Head, Row, Status};
use crate::export::records::Shown;
use crate::export::summary::{Wanted, head, rows_behind};
use crate::responses::model::Outcome;
use crate::web::app::App;
use crate::web::dates;
use crate::web::public::feedback::{Count, FeedbackPage, FeedbackRow, OutcomeCount, Pager, Totals};
use crate::web::public::outline::SectionRef;
use crate::words::Lang;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

/// Rows on one page of the table.
const ON_A_PAGE: u32 = 200;

#[derive(Deserialize)]
pub(super) struct Wish {
    page: Option<u32>,
}

/// The published summary; 404 before it is published.
pub(super) async fn show(
    app: Data<App>,
    request: HttpRequest,
    slug: Path<String>,
    wish: Query<Wish>,
) -> HttpResponse {
    let number = wish.page.unwrap_or(1).max(1);
    let address = format!("{}?page={number}", request.path());
    kept_at(app, request, &address, |app, lang, path| async move {
        let view = View::load(&app, slug.into_inner()).await?;
        if view.consultation.stage(app.clock.now()) != Stage::Answered {
            return Err(not_yet());
        }
        let (head, table) = load(&app, view.consultation.clone(), number).await?;
        let pages = pages(&head);
        if number > pages {
            return Err(not_yet());
        }
        Ok(page(
            &app,
            &view,
            lang,
            &path,
            (head, table),
            (number, pages),
        ))
    })
    .await
}

fn not_yet() -> Error {
    Error::new(
        Kind::NotFound,
        "采纳情况还没有公布，公布后可在这里查看",
        "what became of the comments is not published yet; it will be here",
    )
}

fn pages(head: &Head) -> u32 {
    let pages = head.totals.rows.div_ceil(u64::from(ON_A_PAGE)).max(1);
    u32::try_from(pages).unwrap_or(u32::MAX)
}

/// The head, and the rows of one page as the public edition shows them.
async fn load(
    app: &App,
    consultation: Consultation,
    number: u32,
) -> Result<(Head, Vec<(Row, Shown)>)> {
    let (database, vault) = (app.database.clone(), app.vault.clone());
    let published = consultation.answered_at;
    let wanted = Wanted {
        format: Format::Docx,
        edition: Edition::Public,
        as_of: published.unwrap_or(consultation.published_at),
    };
    let before = u64::from(number - 1) * u64::from(ON_A_PAGE);
    let work = move |db: &mut Db| {
        let head = head(db, &consultation, wanted)?;
        let table = rows_behind(db, &vault, &consultation, before)?;
        let shown = |row: Row| (row.clone(), Shown::new(&row, &head));
        let table = table.of(ON_A_PAGE)?.into_iter().map(shown).collect();
        Ok((head, table))
    };
    actix_web::web::block(move || database.read_snapshot(work))
        .await
        .map_err(Error::internal)?
}

fn page(
    app: &App,
    view: &View,
    lang: Lang,
    path: &str,
    (head, table): (Head, Vec<(Row, Shown)>),
    (number, pages): (u32, u32),
) -> FeedbackPage {
    let consultation = &view.consultation;
    let totals = &head.totals;
    let at = |page: u32| {
        format!(
            "{}/c/{}/feedback?page={page}",
            lang.prefix(),
            consultation.slug
        )
    };
    FeedbackPage {
        lang,
        layout: layout(app, lang, path, consultation),
        slug: consultation.slug.clone(),
        title: head.title.clone(),
        draft_title: consultation.draft_title.clone(),
        opens: dates::long(lang, head.opens_on),
        closes: dates::long(lang, head.closes_on),
        totals: Totals {
            senders: totals.people,
            submissions: totals.submissions,
            remarks: totals.opinions,
            late: totals.late,
        },
        by_channel: totals
            .by_channel
            .iter()
            .map(|(channel, count)| Count {
                word: channel.word(lang).to_owned(),
                count: *count,
            })
            .collect(),
        by_outcome: Outcome::all()
            .into_iter()
            .map(|outcome| OutcomeCount {
                outcome,
                count: totals.outcome(outcome),
            })
            .collect(),
        duplicates: totals.duplicates,
        invalid: totals.invalid,
        withdrawn: totals.withdrawn,
        rows: table
            .into_iter()
            .filter_map(|(row, shown)| entry(view, &row, shown))
            .collect(),
        downloads: Vec::new(),
        pager: (pages > 1).then(|| Pager {
            page: number,
            pages,
            previous: (number > 1).then(|| at(number - 1)),
            next: (number < pages).then(|| at(number + 1)),
        }),
        issuer: head.issuer.clone(),
        issued_on: dates::plain(lang, head.issued_on),
    }
}

fn entry(view: &View, row: &Row, shown: Shown) -> Option<FeedbackRow> {
    let section = view
        .draft()
        .and_then(|draft| draft.document.outline.find_path(&row.section_path))
        .map(|place| SectionRef {
            label: place.node.label.clone(),
            heading: place.node.heading.clone(),
            anchor: place.anchor,
        });
    Some(FeedbackRow {
        number: row.number,
        section,
        opinion: shown.opinion,
        merged: row.merged_count(),
        channel: shown.channel,
        sender: shown.sender,
        outcome: match row.status {
            Status::Withdrawn => None,
            _ => Some(row.outcome?),
        },
        reason: shown.reason,
    })
}
