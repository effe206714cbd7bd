//! Changing what is in preparation: corrections of the outline, the facts, giving it up.

use super::model::{Import, Matched, changed_since};
use super::{find, store};
use crate::audit::model::{Action, Actor, NewEvent};
use crate::audit::record::record;
use crate::clock::Clock;
use crate::consultations::facts::FactsForm;
use crate::db::Db;
use crate::documents::edit::Edit;
use crate::error::{Error, Result};
use serde_json::json;

/// One change of an import.
#[derive(Clone, Debug)]
pub enum Change {
    /// Corrects the outline; the caller has seen that the correction can be done.
    Edit(Edit),
    Undo,
    Redo,
    Facts(Box<FactsForm>),
    /// The office has confirmed how the revised text stands to the published one.
    Links(Matched),
    Discard,
}

/// The longest list of corrections; each is replayed whenever the outline is shown.
const MOST_EDITS: usize = 2_000;

/// Makes a change, with its event, in one transaction.
///
/// # Errors
/// `Kind::Conflict` when it was changed since `seen_revision`, published or given up;
/// `Kind::Forbidden` for somebody who may only look.
pub fn change(
    db: &mut Db,
    actor: &Actor,
    clock: &dyn Clock,
    id: &str,
    seen_revision: i32,
    change: &Change,
) -> Result<()> {
    actor.must_be_able_to_change()?;
    let now = clock.now();
    let mut import = find::by_id(db, id)?;
    import.must_be_open(seen_revision)?;
    let (action, detail) = make(&mut import, change, now)?;
    store::update(db, &import, seen_revision, now)?;
    record(
        db,
        actor,
        now,
        &NewEvent {
            consultation: import.logged_under(),
            action,
            subject: "import",
            subject_id: id,
            detail,
        },
    )
}

fn make(
    import: &mut Import,
    change: &Change,
    now: jiff::Timestamp,
) -> Result<(Action, serde_json::Value)> {
    match change {
        Change::Edit(edit) => {
            if import.edits.done.len() >= MOST_EDITS {
                return Err(too_many());
            }
            import.edits.push(edit.clone());
            // Confirmed for another outline.
            import.links = None;
            let detail = serde_json::to_value(edit).map_err(Error::internal)?;
            Ok((Action::OutlineEdited, detail))
        }
        Change::Undo | Change::Redo => {
            let undo = matches!(change, Change::Undo);
            let done = if undo {
                import.edits.undo()
            } else {
                import.edits.redo()
            };
            if !done {
                return Err(changed_since());
            }
            import.links = None;
            let what = if undo { "undo" } else { "redo" };
            Ok((Action::OutlineEdited, json!({"op": what})))
        }
        Change::Facts(facts) => {
            import.facts = (**facts).clone();
            Ok((Action::FactsStated, json!({})))
        }
        Change::Links(matched) => {
            let detail = json!({"base": matched.base, "links": matched.links.len()});
            import.links = Some(matched.clone());
            Ok((Action::VersionsMatched, detail))
        }
        Change::Discard => {
            import.discarded_at = Some(now);
            Ok((Action::ImportDiscarded, json!({})))
        }
    }
}

fn too_many() -> Error {
    Error::invalid(
        format!("已经改了{MOST_EDITS}处，请改好文件后重新导入"),
        format!("{MOST_EDITS} corrections were made; correct the file and import it anew"),
    )
}
