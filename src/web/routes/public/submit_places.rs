//! The places that the opinions of a form are on, each in the version of the draft it was written on.

use super::journey::written::stands;
use super::submit::Refused;
use super::view::{View, known};
use crate::documents::published;
use crate::error::{Error, Kind, Result};
use crate::intake::form::{Faults, FormField, RawForm};
use crate::intake::model::submission::{NewRemark, NewSubmission};
use crate::web::app::App;
use crate::web::known::Looked;
use std::sync::Arc;

/// The identifiers of the opinions' sections, in their order; quoted words must stand in them.
pub(super) async fn places(
    app: &App,
    slug: &str,
    looked: &Arc<Looked>,
    form: &RawForm,
    input: &NewSubmission,
) -> std::result::Result<Vec<Option<String>>, Refused> {
    let mut sections = Vec::with_capacity(input.remarks.len());
    for (index, remark) in input.remarks.iter().enumerate() {
        let gathered = form.gathered.get(index);
        let version = gathered.map_or(form.version, |gathered| gathered.version);
        let of = if version == form.version {
            Arc::clone(looked)
        } else {
            as_seen(app, slug, version).await?
        };
        let place = place(app, &of, version, remark).await;
        sections.push(place.map_err(|error| match error.kind() {
            Kind::Invalid => {
                let mut faults = Faults::default();
                let at = gathered.map_or(FormField::Section, |_| FormField::Gathered);
                faults.add(at, error.both().clone());
                Refused::Form(faults)
            }
            _ => Refused::Other(error),
        })?);
    }
    Ok(sections)
}

async fn place(
    app: &App,
    of: &Looked,
    version: Option<i32>,
    remark: &NewRemark,
) -> Result<Option<String>> {
    let Some(anchor) = remark.anchor.as_deref() else {
        return Ok(None);
    };
    let id = of.section_id(anchor)?;
    if let Some(quote) = &remark.quote {
        let view = View::of(app, of.consultation.clone(), seen(of, version)).await?;
        if !stands(&view, anchor, quote) {
            return Err(lost());
        }
    }
    Ok(Some(id))
}

fn lost() -> Error {
    Error::invalid(
        "您选的文字在这一条里没有找到，请重新选择，或者针对整条提意见",
        "The words you chose were not found in this section; choose them again, or comment on the whole section",
    )
}

/// The version of the draft that the form was made for: the published one unless it names an
/// earlier one.
pub(super) fn seen(looked: &Looked, version: Option<i32>) -> i32 {
    let published = looked.consultation.version;
    let earlier = version.filter(|version| (1..published).contains(version));
    earlier.unwrap_or(published)
}

/// An opinion is on the text that its sender read: a revised draft may have come in between, in
/// which the same anchor is another section.
pub(super) async fn as_seen(app: &App, slug: &str, version: Option<i32>) -> Result<Arc<Looked>> {
    let mut looked = known(app, slug).await?;
    if version.is_some_and(|version| version > looked.consultation.version) {
        // The form is newer than what was looked up a moment ago.
        app.known.forget(slug);
        looked = known(app, slug).await?;
    }
    let number = seen(&looked, version);
    if number == looked.consultation.version {
        return Ok(looked);
    }
    let id = looked.consultation.id.clone();
    let sections = app
        .database
        .read(move |db| published::sections(db, &id, number))
        .await?;
    Ok(Arc::new(Looked::new(looked.consultation.clone(), sections)))
}
