//! `GET /office/c/{slug}/remarks/{id}`. Longer than 300 lines because the page shows everything that
//! is known of one remark, and each part of it is put into words here.

use super::sections::{by_id, places};
use crate::audit::model::{Action, Actor, Event, NewEvent};
use crate::audit::record::{history, record};
use crate::clock::Clock;
use crate::consultations::model::Consultation;
use crate::db::Db;
use crate::documents::published::{self, SectionRef};
use crate::error::Result;
use crate::intake::find::{self as intake, Found};
use crate::intake::model::submission::{ReceivedBasis, SenderKind};
use crate::responses::find::{Answer, by_remark, by_remarks};
use crate::triage::find;
use crate::triage::model::{Cursor, Remark as Stored};
use crate::web::app::App;
use crate::web::dates::moment_short;
use crate::web::field::Field;
use crate::web::frame::{Office, flash, shown};
use crate::web::office::frame::Room;
use crate::web::office::marks::Outcome;
use crate::web::office::remark::{
    Attachment, Change, Elided, MoveForm, Neighbours, Other, OutcomeForm, Remark, Section, Sender,
    Submission,
};
use crate::web::respond::private_page;
use crate::words::Lang;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use std::sync::Arc;

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
            format!("已登记。回执编号 {receipt}，可以告诉对方，凭它在网上查结果。"),
            format!("Registered. Tell the sender the receipt number {receipt}: the outcome can be looked up by it."),
        ));
    }
    if done.moved.is_some() {
        let words = lang.pick("已改放到您选的条款。", "Moved to the section you chose.");
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
            "处理结果已保存。没有未答复的意见了。",
            "The outcome is saved. No remark is left unanswered.",
        )
    } else {
        lang.pick("处理结果已保存。", "The outcome is saved.")
    };
    Some(words.to_owned())
}

/// Everything the page shows.
pub(super) struct Loaded {
    pub(super) remark: Stored,
    pub(super) answer: Option<Answer>,
    found: Found,
    siblings: Vec<Stored>,
    sibling_answers: Vec<Answer>,
    sections: Vec<SectionRef>,
    section: SectionText,
    events: Vec<Event>,
    neighbours: (Option<String>, Option<String>),
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
            let sections = published::sections(db, &consultation.id)?;
            let section = section_text(db, &consultation, &sections, &remark)?;
            let cursor = Cursor {
                received_at: crate::clock::to_micros(remark.received_at),
                id: remark.id.clone(),
            };
            Ok(Loaded {
                answer: by_remark(db, &consultation.id, &remark.id)?,
                sibling_answers: by_remarks(db, &consultation.id, &ids)?,
                events: history(db, &remark.id)?,
                neighbours: find::neighbours(db, &consultation.id, &cursor)?,
                section,
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
struct SectionText {
    path: Vec<String>,
    words: String,
    units: String,
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
    let documents = published::documents(db, &consultation.id)?;
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
    let actor = office.signed_in.staff.actor();
    let (consultation_id, submission_id) =
        (consultation.id.clone(), loaded.remark.submission_id.clone());
    let clock: Arc<dyn Clock> = Arc::clone(&office.app.clock);
    office
        .app
        .database
        .write(move |db| viewed(db, &actor, &*clock, &consultation_id, &submission_id))
        .await
}

fn viewed(
    db: &mut Db,
    actor: &Actor,
    clock: &dyn Clock,
    consultation: &str,
    submission: &str,
) -> Result<()> {
    record(
        db,
        actor,
        clock.now(),
        &NewEvent {
            consultation,
            action: Action::ContactViewed,
            subject: "submission",
            subject_id: submission,
            detail: serde_json::json!({}),
        },
    )
}

/// The page from its parts.
pub(super) fn fill(office: &Office, consultation: &Consultation, loaded: &Loaded) -> Remark {
    let lang = office.lang;
    let base = office.href(&format!("/c/{}", consultation.slug));
    let place = office.place(consultation);
    let remark = &loaded.remark;
    let section = by_id(&loaded.sections, remark.section_id.as_deref());
    let anchor = section
        .map(|section| section.anchor.clone())
        .unwrap_or_default();
    Remark {
        lang,
        layout: office.layout(),
        frame: office.frame(Room::Queue, Some(place.clone())),
        place,
        id: remark.id.clone(),
        number: u64::try_from(remark.number).unwrap_or(0),
        text: remark.text.clone(),
        outcome: Outcome::of(loaded.answer.as_ref().map(|answer| answer.outcome)),
        timing: remark.timing,
        section: section_view(loaded, section, consultation, lang),
        sender: sender(&loaded.found, lang),
        submission: submission(loaded, &base, lang),
        form: OutcomeForm {
            revision: loaded
                .answer
                .as_ref()
                .map_or(0, |answer| i64::from(answer.revision)),
            chosen: loaded
                .answer
                .as_ref()
                .map(|answer| Outcome::of(Some(answer.outcome))),
            outcome_error: None,
            reason: Field::of(
                loaded
                    .answer
                    .as_ref()
                    .map(|answer| answer.reason.clone())
                    .unwrap_or_default(),
            ),
            saved: None,
            theirs: None,
        },
        move_form: MoveForm {
            revision: i64::from(remark.revision),
            sections: places(&loaded.sections, &anchor, lang),
            error: None,
        },
        history: loaded
            .events
            .iter()
            .map(|event| change(event, lang))
            .collect(),
        neighbours: Neighbours {
            back: format!("{base}/remarks"),
            previous: loaded
                .neighbours
                .0
                .as_ref()
                .map(|id| format!("{base}/remarks/{id}")),
            next: loaded
                .neighbours
                .1
                .as_ref()
                .map(|id| format!("{base}/remarks/{id}")),
        },
    }
}

fn section_view(
    loaded: &Loaded,
    section: Option<&SectionRef>,
    consultation: &Consultation,
    lang: Lang,
) -> Section {
    let public = format!("{}/c/{}", lang.prefix(), consultation.slug);
    Section {
        path: loaded.section.path.clone(),
        words: loaded.section.words.clone(),
        units: loaded.section.units.clone(),
        href: section.map_or_else(
            || format!("{public}/draft"),
            |section| format!("{public}/s/{}", section.anchor),
        ),
    }
}

fn sender(found: &Found, lang: Lang) -> Sender {
    let known = &found.sender;
    Sender {
        kind: match known.kind {
            SenderKind::Person => lang.pick("个人", "Person"),
            SenderKind::Organisation => lang.pick("单位", "Organisation"),
        }
        .to_owned(),
        name: known.name.clone().unwrap_or_default(),
        organisation: known.organisation.clone().unwrap_or_default(),
        phones: known.phones.clone(),
        emails: known.emails.clone(),
        address: known.address.clone().unwrap_or_default(),
    }
}

fn submission(loaded: &Loaded, base: &str, lang: Lang) -> Submission {
    let found = &loaded.found;
    let others = loaded
        .siblings
        .iter()
        .filter(|sibling| sibling.id != loaded.remark.id);
    Submission {
        receipt: found.receipt.clone(),
        channel: found.channel,
        received: moment_short(found.received_at),
        received_basis: ReceivedBasis::in_words(&found.received_basis, lang).to_owned(),
        subject: found.subject.clone().unwrap_or_default(),
        others: others
            .map(|other| sibling(other, loaded, base, lang))
            .collect(),
        attachments: found
            .attachments
            .iter()
            .map(|file| Attachment {
                name: file.name.clone(),
                size: size(file.bytes),
                sha256: file.sha256.clone(),
                href: format!(
                    "{base}/submissions/{}/attachments/{}",
                    found.submission_id, file.id
                ),
            })
            .collect(),
        elided: elided(found.elided.as_deref(), lang),
    }
}

fn sibling(other: &Stored, loaded: &Loaded, base: &str, lang: Lang) -> Other {
    let answer = loaded
        .sibling_answers
        .iter()
        .find(|answer| answer.remark_id == other.id);
    let section = by_id(&loaded.sections, other.section_id.as_deref());
    Other {
        number: u64::try_from(other.number).unwrap_or(0),
        href: format!("{base}/remarks/{}", other.id),
        section: section.map_or_else(
            || lang.pick("整个征求意见稿", "The whole draft").to_owned(),
            |section| section.path.clone(),
        ),
        words: first_words(&other.text, 60),
        outcome: Outcome::of(answer.map(|answer| answer.outcome)),
    }
}

fn elided(json: Option<&str>, lang: Lang) -> Vec<Elided> {
    #[derive(Deserialize)]
    struct Taken {
        reason: String,
        text: String,
    }
    let taken: Vec<Taken> = json
        .and_then(|json| serde_json::from_str(json).ok())
        .unwrap_or_default();
    taken
        .into_iter()
        .map(|one| Elided {
            reason: set_aside(&one.reason, lang),
            text: one.text,
        })
        .collect()
}

/// What a part of a letter is, and that it does not count as the opinion. The whole letter is
/// kept beside the opinions that were read from it.
fn set_aside(reason: &str, lang: Lang) -> String {
    let part = match reason {
        "letter" => return lang.pick("来信全文", "The whole letter").to_owned(),
        "quote" => lang.pick("引用的原邮件", "quoted message"),
        "signature" => lang.pick("签名", "signature"),
        "footer" => lang.pick("邮件尾注", "footer"),
        "banner" => lang.pick("邮件系统提示", "banner of the mail system"),
        other => other,
    };
    format!(
        "{}{part}",
        lang.pick("没有算作意见的部分：", "Not taken as the opinion: ")
    )
}

/// The first characters of a text, and a mark when there are more.
pub(super) fn first_words(text: &str, most: usize) -> String {
    let mut words: String = text.chars().take(most).collect();
    if text.chars().nth(most).is_some() {
        words.push('…');
    }
    words
}

/// A size in words: `186 KB`.
fn size(bytes: i64) -> String {
    match bytes {
        ..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KB", bytes / 1024),
        _ => format!(
            "{}.{} MB",
            bytes / 1_048_576,
            bytes % 1_048_576 * 10 / 1_048_576
        ),
    }
}

/// An entry of the log as one line of the history.
fn change(event: &Event, lang: Lang) -> Change {
    let side = |key: &str| match event.detail.get(key) {
        Some(serde_json::Value::String(path)) => path.clone(),
        Some(serde_json::Value::Object(answer)) => {
            let text = |key: &str| {
                answer
                    .get(key)
                    .and_then(serde_json::Value::as_str)
                    .unwrap_or_default()
            };
            let outcome = crate::responses::model::Outcome::parse(text("outcome")).map_or_else(
                |_| text("outcome").to_owned(),
                |outcome| outcome.word(lang).to_owned(),
            );
            lang.pick(
                format!("{outcome}：{}", text("reason")),
                format!("{outcome}: {}", text("reason")),
            )
        }
        Some(serde_json::Value::Null) if event.action == Action::RemarkMoved.code() => {
            lang.pick("整个征求意见稿", "the whole draft").to_owned()
        }
        _ => String::new(),
    };
    Change {
        when: moment_short(event.at),
        who: super::audit::who(event, lang),
        what: Action::in_words(&event.action, lang),
        from: side("from"),
        to: side("to"),
    }
}
