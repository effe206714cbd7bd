//! `GET /office/c/{slug}/remarks`.

use super::sections::{WHOLE, by_id, filter as section_filter};
use crate::audit::model::Action;
use crate::consultations::model::{Consultation, Timing};
use crate::counts::model::State;
use crate::documents::model::citation::cite;
use crate::documents::published::{self, SectionRef};
use crate::error::Result;
use crate::intake::find as intake;
use crate::intake::model::submission::Channel;
use crate::shorten::shorten;
use crate::triage::model::{Cursor, Filter as Asked, OnSection, Page, Queued};
use crate::triage::queue::{QueuePage, page as queue_page};
use crate::web::app::App;
use crate::web::frame::{Office, shown};
use crate::web::office::frame::Room;
use crate::web::office::marks;
use crate::web::office::parts::Paging;
use crate::web::office::queue::{Chosen, Filter, Queue, Row};
use crate::web::respond::private_page;
use crate::web::viewed::{Look, viewed};
use crate::words::{Lang, several};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};

/// Remarks on one page.
const ON_A_PAGE: usize = 25;
/// Characters of a remark shown in the queue.
const FIRST_WORDS: usize = 80;

/// The filter as it stands in the address.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Wanted {
    outcome: String,
    section: String,
    channel: String,
    timing: String,
    q: String,
    #[serde(skip_serializing)]
    after: String,
    #[serde(skip_serializing)]
    before: String,
}

impl Wanted {
    fn asked(&self, sections: &[SectionRef]) -> Asked {
        let on_section = |anchor: &str| sections.iter().find(|section| section.anchor == anchor);
        Asked {
            state: State::parse(&self.outcome).ok(),
            section: match self.section.as_str() {
                WHOLE => Some(OnSection::Whole),
                anchor => on_section(anchor).map(|section| OnSection::Section(section.id.clone())),
            },
            channel: Channel::parse(&self.channel),
            timing: Timing::parse(&self.timing),
            // PostgreSQL's text cannot hold NUL, so no remark has one.
            words: Some(self.q.trim().replace('\0', "\u{FFFD}")).filter(|words| !words.is_empty()),
        }
    }

    fn page(&self) -> Page {
        match (Cursor::parse(&self.after), Cursor::parse(&self.before)) {
            (Some(cursor), _) => Page::After(cursor),
            (None, Some(cursor)) => Page::Before(cursor),
            (None, None) => Page::First,
        }
    }

    fn href(&self, base: &str, key: &str, cursor: &Cursor) -> String {
        let kept = serde_urlencoded::to_string(self).unwrap_or_default();
        format!("{base}?{kept}&{key}={}", cursor.to_text())
    }
}

/// The remarks that fit the filter, oldest first.
pub(super) async fn show(
    app: Data<App>,
    request: HttpRequest,
    slug: Path<String>,
    wanted: Query<Wanted>,
) -> HttpResponse {
    let wanted = wanted.into_inner();
    shown(app, request, |office| async move {
        let consultation = office.consultation(&slug).await?;
        let (sections, page, names) = load(&office, &consultation, &wanted).await?;
        let look = Look {
            owner: &consultation.id,
            action: Action::SendersListed,
            subject: "consultation",
            subject_id: &consultation.id,
        };
        viewed(&office, look).await?;
        private_page(
            StatusCode::OK,
            &fill(&office, &consultation, &wanted, &sections, &page, &names),
        )
    })
    .await
}

async fn load(
    office: &Office,
    consultation: &Consultation,
    wanted: &Wanted,
) -> Result<(Vec<SectionRef>, QueuePage, Vec<String>)> {
    let (consultation, wanted) = (consultation.clone(), wanted.clone());
    let vault = office.app.vault.clone();
    let erased = office.lang.pick("（姓名已删除）", "(name erased)");
    office
        .app
        .database
        .read(move |db| {
            let sections = published::sections_up_to(db, &consultation.id, consultation.version)?;
            let page = queue_page(
                db,
                &consultation.id,
                &wanted.asked(&sections),
                &wanted.page(),
                ON_A_PAGE,
            )?;
            let shown: Vec<String> = page
                .rows
                .iter()
                .map(|row| row.submission_id.clone())
                .collect();
            let known = intake::contacts(db, &vault, &consultation, &shown)?;
            let name = |id: &String| match known.get(id) {
                Some(one) if one.is_erased && one.sender.full_name().is_empty() => {
                    erased.to_owned()
                }
                Some(one) => one.sender.full_name(),
                None => String::new(),
            };
            Ok((sections, page, shown.iter().map(name).collect()))
        })
        .await
}

fn fill(
    office: &Office,
    consultation: &Consultation,
    wanted: &Wanted,
    sections: &[SectionRef],
    page: &QueuePage,
    names: &[String],
) -> Queue {
    let lang = office.lang;
    let base = office.href(&format!("/c/{}/remarks", consultation.slug));
    let chosen = Chosen {
        outcome: &wanted.outcome,
        channel: &wanted.channel,
        timing: &wanted.timing,
        q: &wanted.q,
    };
    let place = office.place(consultation);
    let rows = page
        .rows
        .iter()
        .zip(names)
        .map(|(row, name)| one(row, name, sections, &base, lang));
    Queue {
        lang,
        layout: office.layout(),
        frame: office.frame(Room::Queue, Some(place.clone())),
        place,
        filter: Filter::new(
            lang,
            &chosen,
            section_filter(sections, &wanted.section, lang),
        ),
        summary: summary(page, lang),
        rows: rows.collect(),
        paging: Paging {
            previous: page
                .has_earlier
                .then(|| {
                    page.rows
                        .first()
                        .map(|row| wanted.href(&base, "before", &row.cursor()))
                })
                .flatten(),
            next: page
                .has_later
                .then(|| {
                    page.rows
                        .last()
                        .map(|row| wanted.href(&base, "after", &row.cursor()))
                })
                .flatten(),
        },
    }
}

fn one(row: &Queued, name: &str, sections: &[SectionRef], base: &str, lang: Lang) -> Row {
    let section = by_id(sections, row.section_id.as_deref());
    Row {
        number: row.number,
        href: format!("{base}/{}", row.id),
        words: shorten(&row.text, FIRST_WORDS),
        section: section.map_or_else(
            || lang.pick("整份征求意见稿", "The whole draft").to_owned(),
            |section| cite(&section.path, lang),
        ),
        heading: section
            .map(|section| section.heading.clone())
            .unwrap_or_default(),
        sender: name.to_owned(),
        channel: row.channel,
        received: crate::web::dates::moment_short(row.received_at),
        timing: row.timing,
        outcome: marks::Outcome::of(row.outcome),
        is_withdrawn: row.withdrawn_at.is_some(),
    }
}

fn summary(page: &QueuePage, lang: Lang) -> String {
    let total = page.total;
    lang.pick(
        format!("共{total}条意见，最早收到的在前"),
        format!("{}, earliest first", several(total, "remark")),
    )
}
