//! Publishing what was prepared, now or at a time; and taking back what waits for its hour.

use super::model::{Import, Published};
use super::{find, store};
use crate::audit::model::{Action, Actor, NewEvent};
use crate::audit::record::record;
use crate::clock::Clock;
use crate::consultations::import::{NewConsultation, check_free, fit, import, made_slug};
use crate::consultations::withdraw::withdraw as withdraw_consultation;
use crate::db::Db;
use crate::documents::model::Outline;
use crate::documents::published;
use crate::error::{Error, Kind, Result};
use crate::jobs::model::JobKind;
use crate::jobs::queue;
use crate::privacy::vault::Vault;
use jiff::Timestamp;
use serde_json::json;

/// What is published, as the office saw it.
#[derive(Clone, Debug)]
pub struct Order {
    pub import: Import,
    /// The corrected outline.
    pub outline: Outline,
    /// From when readers see it; at once when it is `None`.
    pub at: Option<Timestamp>,
}

/// Checks that an import can be published as a new consultation.
///
/// # Errors
/// `Kind::Invalid` with the first fact that is not sound.
pub fn prepare(order: &Order) -> Result<NewConsultation> {
    let Order {
        import,
        outline,
        at,
    } = order;
    let facts = import.facts.checked()?;
    let slug = match import.facts.slug.trim() {
        "" => made_slug(outline, facts.window),
        slug => slug.to_owned(),
    };
    fit(NewConsultation {
        id: Some(import.id.clone()),
        slug,
        outline: outline.clone(),
        facts,
        sources: import.sources.clone(),
        images: import.images.clone(),
        published_at: *at,
        findings: Vec::new(),
    })
}

/// Publishes an import as a new consultation, with its events, in one transaction.
///
/// # Errors
/// `Kind::Conflict` when it was changed since, published before, or its short name or file is
/// taken.
pub fn publish(
    db: &mut Db,
    vault: &Vault,
    actor: &Actor,
    clock: &dyn Clock,
    order: &Order,
) -> Result<Published> {
    actor.must_be_able_to_change()?;
    let new = prepare(order)?;
    let mut current = find::by_id(db, &order.import.id)?;
    current.must_be_open(order.import.revision)?;
    check_free(db, &new)?;
    let imported = import(db, vault, actor, clock, &new)?;
    let published = Published {
        consultation_id: current.id.clone(),
        version: 1,
        at: imported.published_at,
    };
    current.published = Some(published.clone());
    store::update(db, &current, order.import.revision, clock.now())?;
    Ok(published)
}

/// Takes back what waits for its hour: it can be corrected and published anew.
///
/// # Errors
/// `Kind::Conflict` when readers see it already, or somebody was faster.
pub fn withdraw(db: &mut Db, actor: &Actor, clock: &dyn Clock, id: &str, seen: i32) -> Result<()> {
    actor.must_be_able_to_change()?;
    let now = clock.now();
    let mut import = find::by_id(db, id)?;
    let Some(published) = import.published.take() else {
        return Err(not_waiting());
    };
    if import.discarded_at.is_some() || published.at <= now {
        return Err(not_waiting());
    }
    if import.consultation_id.is_some() {
        published::withdraw(db, &published.consultation_id, published.version, now)?;
        queue::call_off(
            db,
            JobKind::SpreadNews,
            &published.consultation_id,
            published.at,
        )?;
    } else {
        withdraw_consultation(db, &published.consultation_id, now)?;
    }
    store::update(db, &import, seen, now)?;
    record(
        db,
        actor,
        now,
        &NewEvent {
            consultation: import.logged_under(),
            action: Action::PublicationWithdrawn,
            subject: "import",
            subject_id: id,
            detail: json!({"was_to_be": published.at.to_string(), "version": published.version}),
        },
    )
}

fn not_waiting() -> Error {
    Error::new(
        Kind::Conflict,
        "这份材料没有在等待发布，请刷新页面看一看",
        "this is not waiting to be published; reload the page",
    )
}
