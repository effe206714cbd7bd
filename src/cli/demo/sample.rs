//! The sample's notice, comments and letters, put in through the same verbs as everything else, in
//! the order in which they came; those that lie after the demonstration's clock are left for later.

use super::{publish_text, standing};
use crate::audit::model::Actor;
use crate::cli::site::Site;
use crate::clock::Clock;
use crate::consultations::find;
use crate::consultations::model::{Consultation, Timing};
use crate::documents::published::{self, SectionRef};
use crate::error::{Error, Result};
use crate::intake::form::{RawForm, Rules, read};
use crate::intake::model::submission::{Channel, NewSubmission, ReceivedBasis};
use crate::intake::submit::submit;
use crate::mail::inbound::read_letter;
use crate::responses::answer::{NewAnswer, answer};
use crate::responses::model::Outcome;
use crate::triage::find::of_submission;
use jiff::{Timestamp, ToSpan};
use serde::Deserialize;

const NOTICE: &[u8] = include_bytes!("../../../assets/demo/notice.txt");
const COMMENTS: &str = include_str!("../../../assets/demo/comments.json");
const LETTERS: [&[u8]; 4] = [
    include_bytes!("../../../assets/demo/letters/01-parking-and-shared-bikes.eml"),
    include_bytes!("../../../assets/demo/letters/02-seats-in-front-of-shops.eml"),
    include_bytes!("../../../assets/demo/letters/03-canteen-with-attachment.eml"),
    include_bytes!("../../../assets/demo/letters/04-late-by-five-seconds.eml"),
];

/// One comment of the sample.
#[derive(Clone, Deserialize)]
struct Comment {
    section: Option<String>,
    text: String,
    sender_kind: String,
    name: String,
    organisation: String,
    phone: String,
    email: String,
    channel: Channel,
    received_at: Timestamp,
    outcome: Option<String>,
    reason: String,
}

/// Loads the sample unless it is there.
pub(super) fn load(site: &Site, slug: &str, at: Timestamp) -> Result<()> {
    let there = site.database.read_now(|db| find::all(db, Timestamp::MAX))?;
    if !there.is_empty() {
        return Ok(());
    }
    publish_text(site, "notice.txt", NOTICE, slug)?;
    let consultation = site.consultation(slug)?;
    let sections = site
        .database
        .read_now(|db| published::sections(db, &consultation.id, consultation.version))?;
    let mut comments: Vec<Comment> = serde_json::from_str(COMMENTS).map_err(Error::internal)?;
    comments.retain(|comment| comment.received_at <= at);
    comments.sort_by_key(|comment| comment.received_at);
    for comment in comments {
        enter(site, &consultation, &sections, comment, at)?;
    }
    let room = site.mailrooms().of(&consultation)?;
    for letter in LETTERS {
        if came_at(letter).is_some_and(|came| came <= at) {
            room.receive(letter, None)?;
        }
    }
    Ok(())
}

/// When the sample's mail server took a letter in.
fn came_at(letter: &[u8]) -> Option<Timestamp> {
    let relay = read_letter(letter).received.into_iter().next()?;
    relay.at.map(|moment| moment.at)
}

fn enter(
    site: &Site,
    consultation: &Consultation,
    sections: &[SectionRef],
    comment: Comment,
    at: Timestamp,
) -> Result<()> {
    let input = submission(&comment, consultation, sections)?;
    // Answered two working days later, as far as the demonstration's clock has come.
    let answered_at = comment.received_at + 48.hours();
    let outcome = comment.outcome.as_deref().filter(|_| answered_at <= at);
    let outcome = outcome.map(Outcome::parse).transpose()?;
    let (vault, owner) = (site.vault.clone(), consultation.clone());
    site.database.write_now(move |db| {
        let clock = standing(comment.received_at);
        let done = submit(db, &vault, &actor(input.channel), &clock, &owner, &input)?;
        let Some(outcome) = outcome else {
            return Ok(());
        };
        for remark in of_submission(db, &owner.id, &done.submission_id)? {
            let given = NewAnswer {
                consultation_id: owner.id.clone(),
                remark_id: remark.id,
                outcome,
                reason: comment.reason.clone(),
                seen_revision: 0,
            };
            let later: &dyn Clock = &standing(answered_at);
            answer(db, &Actor::System("demo"), later, &given)?;
        }
        Ok(())
    })
}

fn actor(channel: Channel) -> Actor {
    match channel {
        Channel::Web => Actor::Public,
        _ => Actor::System("demo"),
    }
}

fn submission(
    comment: &Comment,
    consultation: &Consultation,
    sections: &[SectionRef],
) -> Result<NewSubmission> {
    let on = |path: &str| sections.iter().find(|section| section.path == path);
    let raw = RawForm {
        section: comment
            .section
            .as_deref()
            .and_then(on)
            .map(|section| section.anchor.clone())
            .unwrap_or_default(),
        text: comment.text.clone(),
        sender_kind: comment.sender_kind.clone(),
        name: comment.name.clone(),
        organisation: comment.organisation.clone(),
        phone: comment.phone.clone(),
        email: comment.email.clone(),
        consent: "yes".to_owned(),
        ..RawForm::default()
    };
    let in_time = consultation.window.judge(comment.received_at) == Timing::InTime;
    let basis = match comment.channel {
        Channel::Web if in_time => ReceivedBasis::Form,
        Channel::Email => ReceivedBasis::MailServer,
        _ => ReceivedBasis::Desk,
    };
    read(
        &raw,
        Rules::Desk,
        comment.channel,
        basis,
        comment.received_at,
    )
    .map_err(|faults| Error::internal(format!("the sample's own comment is wrong: {faults:?}")))
}
