//! The page of one remark, filled from what was loaded.

use super::remark::Loaded;
use super::remark_origin::{sender, submission};
use super::sections::places;
use crate::audit::model::{Action, Event};
use crate::consultations::model::Consultation;
use crate::documents::follow::Now;
use crate::documents::model::citation::{cite, cite_with_heading};
use crate::documents::published::SectionRef;
use crate::web::dates::moment_short;
use crate::web::field::Field;
use crate::web::frame::Office;
use crate::web::office::frame::Room;
use crate::web::office::marks::Outcome;
use crate::web::office::parts::Link;
use crate::web::office::remark::{
    Change, MoveForm, Neighbours, Older, OutcomeForm, Remark, Section,
};
use crate::web::public::said::Said;
use crate::words::Lang;

/// The page from its parts.
pub(super) fn fill(office: &Office, consultation: &Consultation, loaded: &Loaded) -> Remark {
    let lang = office.lang;
    let base = office.href(&format!("/c/{}", consultation.slug));
    let place = office.place(consultation);
    let remark = &loaded.remark;
    let section = super::sections::by_id(&loaded.sections, remark.section_id.as_deref());
    let anchor = match &loaded.now {
        Now::In(places) => places.first().map(|place| place.anchor.clone()),
        Now::Here => section.map(|section| section.anchor.clone()),
        Now::Gone => None,
    };
    let anchor = anchor.unwrap_or_default();
    Remark {
        lang,
        layout: office.layout(),
        frame: office.frame(Room::Queue, Some(place.clone())),
        place,
        id: remark.id.clone(),
        number: loaded.number(&remark.id),
        said: said(loaded),
        outcome: Outcome::of(loaded.answer.as_ref().map(|answer| answer.outcome)),
        withdrawn: remark.withdrawn_at.map(moment_short),
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

fn said(loaded: &Loaded) -> Said {
    let remark = &loaded.remark;
    let mut same = loaded.found.remarks.iter();
    let found = same.find(|found| found.id == remark.id);
    let quote = found.and_then(|found| found.quote.as_ref());
    let suggested = found.and_then(|found| found.suggested.as_deref());
    Said {
        quote_now: loaded.quote_now.clone(),
        ..Said::of(None, quote, &remark.text, suggested)
    }
}

fn section_view(
    loaded: &Loaded,
    section: Option<&SectionRef>,
    consultation: &Consultation,
    lang: Lang,
) -> Section {
    let public = format!("{}/c/{}", lang.prefix(), consultation.slug);
    let older = section.filter(|_| loaded.now != Now::Here);
    Section {
        older: older.map(|section| older_words(section, &loaded.now, &public, lang)),
        path: loaded.section.path.clone(),
        words: loaded.section.words.clone(),
        units: loaded.section.units.clone(),
        href: section.map_or_else(
            || format!("{public}/draft"),
            |section| match loaded.now {
                Now::Here => format!("{public}/s/{}", section.anchor),
                _ => format!("{public}/v/{}/s/{}", section.version, section.anchor),
            },
        ),
    }
}

/// That a remark is on an earlier version, and where its section is now.
fn older_words(section: &SectionRef, now: &Now, public: &str, lang: Lang) -> Older {
    let number = section.version;
    let places = match now {
        Now::In(places) => places.as_slice(),
        Now::Here | Now::Gone => &[],
    };
    let words = if places.is_empty() {
        lang.pick(
            format!("这条意见是对第{number}版提的；现在公布的版本里已经没有这一条。"),
            format!("This opinion is on version {number}; the current version no longer has the section."),
        )
    } else {
        lang.pick(
            format!("这条意见是对第{number}版提的；这一条现在是："),
            format!("This opinion is on version {number}; its section is now:"),
        )
    };
    Older {
        words,
        places: places
            .iter()
            .map(|place| Link {
                href: format!("{public}/s/{}", place.anchor),
                words: cite_with_heading(&place.path, &place.heading, lang),
            })
            .collect(),
    }
}

/// An entry of the log as one line of the history.
fn change(event: &Event, lang: Lang) -> Change {
    let side = |key: &str| match event.detail.get(key) {
        Some(serde_json::Value::String(path)) => cite(path, lang),
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
            lang.pick("整份征求意见稿", "the whole draft").to_owned()
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
