//! `GET /office/c/{slug}/remarks/{id}`: one remark with everything that is known of it.

use super::remark_view::fill;
use super::sections::by_id;
use crate::audit::model::{Action, Event};
use crate::audit::record::history;
use crate::consultations::model::Consultation;
use crate::db::Db;
use crate::documents::follow::{self, Now, QuoteNow};
use crate::documents::published::{self, SectionRef};
use crate::error::Result;
use crate::intake::find::{self as intake, Found};
use crate::responses::find::{Answer, by_remark, by_remarks};
use crate::triage::find;
use crate::triage::model::Remark as Stored;
use crate::web::app::App;
use crate::web::dates::moment_short;
use crate::web::frame::{Office, flash, shown};
use crate::web::office::remark::Remark;
use crate::web::respond::private_page;
use crate::web::viewed::{Look, viewed};
use crate::words::Lang;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use std::collections::HashMap;

#[derive(Deserialize)]
pub(super) struct Done {
    saved: Option<String>,
    moved: Option<String>,
    entered: Option<String>,
    /// The number of the remark that was saved before this one came up.
    after: Option<i64>,
    /// Nothing is left to answer.
    last: Option<String>,
}

/// One remark, to be read, decided and moved. Looking at the contact details is noted.
pub(super) async fn show(
    app: Data<App>,
    request: HttpRequest,
    at: Path<(String, String)>,
    done: Query<Done>,
) -> HttpResponse {
    let done = done.into_inner();
    shown(app, request, |office| async move {
        let (slug, id) = at.into_inner();
        let consultation = office.consultation(&slug).await?;
        let loaded = load(&office, &consultation, id).await?;
        note_view(&office, &consultation, &loaded).await?;
        let mut page = fill(&office, &consultation, &loaded);
        let lang = office.lang;
        page.frame.flash = done_words(&done, &page, lang).and_then(|words| flash(&words));
        if done.saved.is_some() {
            page.form.saved = loaded
                .answer
                .as_ref()
                .map(|answer| moment_short(answer.decided_at));
        }
        private_page(StatusCode::OK, &page)
    })
    .await
}

/// What the person on this page has just done, in a sentence.
fn done_words(done: &Done, page: &Remark, lang: Lang) -> Option<String> {
    if done.entered.is_some() {
        let receipt = &page.submission.receipt;
        return Some(lang.pick(
            format!("已登记。回执号 {receipt}，可以告诉对方，凭它在网上查结果。"),
            format!("Registered. Tell the sender the receipt number {receipt}: the outcome can be looked up by it."),
        ));
    }
    if done.moved.is_some() {
        let words = lang.pick("已改到您选的条款。", "Moved to the section you chose.");
        return Some(words.to_owned());
    }
    if let Some(number) = done.after {
        return Some(lang.pick(
            format!("第{number}条已保存。下面是下一条未答复的意见。"),
            format!("Remark {number} is saved. This is the next one without an answer."),
        ));
    }
    done.saved.as_ref()?;
    let words = if done.last.is_some() {
        lang.pick(
            "采纳情况已保存。没有未答复的意见了。",
            "The outcome is saved. No remark is left unanswered.",
        )
    } else {
        lang.pick("采纳情况已保存。", "The outcome is saved.")
    };
    Some(words.to_owned())
}

/// Everything the page shows.
pub(super) struct Loaded {
    pub(super) remark: Stored,
    pub(super) answer: Option<Answer>,
    pub(super) found: Found,
    pub(super) siblings: Vec<Stored>,
    /// The running numbers of the remark and of those beside it, by identifier.
    pub(super) numbers: HashMap<String, u64>,
    pub(super) sibling_answers: Vec<Answer>,
    /// Where that section is in the published version.
    pub(super) now: Now,
    /// What that version says where the remark quotes an earlier one.
    pub(super) quote_now: Option<QuoteNow>,
    pub(super) sections: Vec<SectionRef>,
    pub(super) section: SectionText,
    pub(super) events: Vec<Event>,
    pub(super) neighbours: (Option<String>, Option<String>),
}

impl Loaded {
    /// The running number of a remark of this submission.
    pub(super) fn number(&self, id: &str) -> u64 {
        self.numbers.get(id).copied().unwrap_or(0)
    }
}

/// Loads the page's parts in one look at the database.
pub(super) async fn load(
    office: &Office,
    consultation: &Consultation,
    id: String,
) -> Result<Loaded> {
    let (consultation, vault) = (consultation.clone(), office.app.vault.clone());
    office
        .app
        .database
        .read(move |db| {
            let remark = find::remark(db, &consultation.id, &id)?;
            let found = intake::by_id(db, &vault, &consultation, &remark.submission_id)?;
            let siblings = find::of_submission(db, &consultation.id, &remark.submission_id)?;
            let ids: Vec<String> = siblings.iter().map(|sibling| sibling.id.clone()).collect();
            let sections = published::sections_up_to(db, &consultation.id, consultation.version)?;
            let section = section_text(db, &consultation, &sections, &remark)?;
            let on = by_id(&sections, remark.section_id.as_deref());
            let now =
                on.map(|on| follow::now(db, &consultation.id, on, consultation.version, &sections));
            let now = now.transpose()?.unwrap_or(Now::Here);
            let mut same = found.remarks.iter();
            let quote = same
                .find(|one| one.id == remark.id)
                .and_then(|one| one.quote.as_ref());
            let quote_now = quote.map(|quote| {
                follow::quote_now(db, &consultation.id, consultation.version, quote, &now)
            });
            Ok(Loaded {
                answer: by_remark(db, &consultation.id, &remark.id)?,
                sibling_answers: by_remarks(db, &consultation.id, &ids)?,
                numbers: find::numbers(db, &consultation.id, &siblings)?,
                events: history(db, &remark.id)?,
                neighbours: find::neighbours(db, &consultation.id, &remark.cursor())?,
                section,
                now,
                quote_now: quote_now.transpose()?.flatten(),
                sections,
                siblings,
                found,
                remark,
            })
        })
        .await
}

/// The place of the draft that a remark is on: the headings down to it, its own words, and who is
/// responsible for it. All empty for a remark on the whole draft.
#[derive(Default)]
pub(super) struct SectionText {
    pub(super) path: Vec<String>,
    pub(super) words: String,
    pub(super) units: String,
}

fn section_text(
    db: &mut Db,
    consultation: &Consultation,
    sections: &[SectionRef],
    remark: &Stored,
) -> Result<SectionText> {
    let Some(section) = by_id(sections, remark.section_id.as_deref()) else {
        return Ok(SectionText::default());
    };
    let documents = published::documents(db, &consultation.id, section.version)?;
    let Some(place) =
        published::draft(&documents).and_then(|draft| draft.outline.find_anchor(&section.anchor))
    else {
        return Ok(SectionText::default());
    };
    let node = place.node;
    let words = format!("{}{}{}", node.label, node.heading, node.text);
    Ok(SectionText {
        path: place
            .ancestors
            .iter()
            .copied()
            .chain([node])
            .map(|step| format!("{}{}", step.label, step.heading))
            .collect(),
        words: words.trim().to_owned(),
        units: node.units.join("、"),
    })
}

/// 个人信息保护法 Art. 51: who saw which contact details can be told afterwards.
pub(super) async fn note_view(
    office: &Office,
    consultation: &Consultation,
    loaded: &Loaded,
) -> Result<()> {
    let look = Look {
        owner: &consultation.id,
        action: Action::ContactViewed,
        subject: "submission",
        subject_id: &loaded.remark.submission_id,
    };
    viewed(office, look).await
}
