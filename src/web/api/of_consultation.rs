//! A consultation as `/api/v1` sends it, and the answer to what cannot be answered.

use super::model::{
    Consultation, ConsultationSummary, Contact, DocumentRef, Extension, Problem, StageCode, Version,
};
use crate::consultations::model::{Consultation as Held, Stage, WindowChange};
use crate::documents::model::published::{PublishedDocument, Version as HeldVersion};
use crate::error::Error;
use crate::words::Lang;
use jiff::Timestamp;

/// One consultation of a list. `origin` is scheme and host, `now` decides where it stands.
#[must_use]
pub fn summary(held: &Held, origin: &str, now: Timestamp) -> ConsultationSummary {
    ConsultationSummary {
        slug: held.slug.clone(),
        title: held.title.clone(),
        draft_title: held.draft_title.clone(),
        issuer: held.issuer.clone(),
        issued_on: held.issued_on,
        opens_on: held.window.opens_on,
        closes_on: held.window.closes_on,
        stage: match held.stage(now) {
            Stage::Coming => StageCode::Coming,
            Stage::Open => StageCode::Open,
            Stage::Closed => StageCode::Closed,
            Stage::Answered => StageCode::Answered,
        },
        published_at: held.published_at,
        answered_at: held.answered_at.filter(|at| *at <= now),
        page: format!("{}/c/{}", origin.trim_end_matches('/'), held.slug),
    }
}

/// One consultation with what its notice states and the texts that are published with it.
#[must_use]
pub fn consultation(
    held: &Held,
    documents: &[&PublishedDocument],
    changes: &[WindowChange],
    origin: &str,
    now: Timestamp,
) -> Consultation {
    let named = |document: &&PublishedDocument| DocumentRef {
        kind: document.kind,
        title: document.title.clone(),
    };
    Consultation {
        summary: summary(held, origin, now),
        notice: held.notice_text.lines().map(str::to_owned).collect(),
        channels: held.channels.clone(),
        attachments: held.attachments.clone(),
        contact: Contact {
            person: held.contact.person.clone(),
            phone: held.contact.phone.clone(),
            email: held.contact.email.clone(),
            address: held.contact.address.clone(),
        },
        documents: documents.iter().map(named).collect(),
        days: held.window.days(),
        extensions: changes.iter().map(extension).collect(),
        source_sha256: held.source_sha256.clone(),
    }
}

fn extension(change: &WindowChange) -> Extension {
    Extension {
        closed_on: change.closed_on,
        closes_on: change.closes_on,
        reason: change.reason.clone(),
        changed_at: change.changed_at,
    }
}

/// A version with its draft, and how many places that has.
#[must_use]
pub fn version(held: &HeldVersion, draft: Option<&PublishedDocument>, sections: usize) -> Version {
    Version {
        number: u32::try_from(held.number).unwrap_or(0),
        title: draft.map_or(String::new(), |draft| draft.title.clone()),
        published_at: held.published_at,
        source_sha256: held
            .sources
            .first()
            .map_or(String::new(), |file| file.sha256.clone()),
        sections,
    }
}

/// The media type of a [`Problem`] (RFC 9457, 3).
pub const PROBLEM_TYPE: &str = "application/problem+json; charset=utf-8";

/// An error as it is sent: with the status it goes out with and that status in words.
#[must_use]
pub fn problem(error: &Error, status: u16, status_words: &str, path: &str) -> Problem {
    Problem {
        kind: "about:blank".to_owned(),
        title: status_words.to_owned(),
        status,
        detail: error.message(Lang::Zh).to_owned(),
        detail_en: error.message(Lang::En).to_owned(),
        instance: path.to_owned(),
    }
}
