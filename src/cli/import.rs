//! `jianyan import FILE`: a notice file becomes a published consultation.

use super::document::read_bytes_at_most;
use super::output::{about, note, say_both};
use super::site::{ConfigOptions, Site};
use crate::audit::model::Actor;
use crate::clock::{Clock, FixedClock, start_of_day};
use crate::consultations::import::{Imported, NewConsultation, check_free, import, prepare};
use crate::error::Result;
use crate::imports::start::{File, Material, images, keep, read_files};
use clap::Args;
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Args)]
pub(super) struct Options {
    /// The notice with draft and explanation
    file: PathBuf,
    /// Short name in the address; made from day and content when left out
    #[arg(long)]
    slug: Option<String>,
    #[command(flatten)]
    config: ConfigOptions,
}

pub(super) fn run(options: &Options) -> Result<()> {
    // The file is looked at before anything is opened or made: a wrong one leaves no trace.
    let config = options.config.read()?;
    let shown = options.file.display().to_string();
    let named = |error| about(&shown, error);
    let (bytes, name) = read_bytes_at_most(&options.file, config.plan_limit_bytes)?;
    let file = File { name, bytes };
    let files = std::slice::from_ref(&file);
    let material = read_files(files, &config.read_limits())?;
    let new = prepared(&material, options.slug.clone()).map_err(named)?;
    let site = Site::open(&options.config)?;
    let clock = Arc::clone(&site.clock);
    let imported = publish(&site, clock, new.clone(), files, &material).map_err(named)?;
    tell(&new);
    let address = format!("{}/c/{}", site.config.public_url, imported.slug);
    say_both(
        &format!(
            "已发布：{address}（{}条，{}至{}）",
            imported.sections, imported.window.opens_on, imported.window.closes_on
        ),
        &format!(
            "published: {address} ({} sections, {} to {})",
            imported.sections, imported.window.opens_on, imported.window.closes_on
        ),
    );
    Ok(())
}

/// What was read, found fit to be published.
fn prepared(material: &Material, slug: Option<String>) -> Result<NewConsultation> {
    Ok(NewConsultation {
        sources: material.sources.clone(),
        images: images(&material.text),
        ..prepare(material.outline.clone(), slug)?
    })
}

/// What the rules still ask for and what is odd in the text, for the office to look at.
fn tell(new: &NewConsultation) {
    for finding in &new.findings {
        note(
            &format!("提示：{}", finding.zh),
            &format!("note: {}", finding.en),
        );
    }
    for warning in &new.outline.warnings {
        note(
            &format!("第{}行：{}", warning.line, warning.message),
            &format!(
                "line {}: {} ({})",
                warning.line, warning.message, warning.code
            ),
        );
    }
}

fn publish(
    site: &Site,
    clock: Arc<dyn Clock>,
    new: NewConsultation,
    files: &[File],
    material: &Material,
) -> Result<Imported> {
    site.database.read_now(|db| check_free(db, &new))?;
    let _arriving = site.storage.arriving()?;
    keep(&site.storage, files, material)?;
    let vault = site.vault.clone();
    site.database
        .write_now(move |db| import(db, &vault, &Actor::System("import"), &*clock, &new))
}

/// Reads, checks and publishes a text that is not in a file, on the day of its notice: a
/// demonstration may be started again at an earlier moment.
pub(super) fn publish_text(site: &Site, name: &str, text: &[u8], slug: &str) -> Result<Imported> {
    let file = File {
        name: name.to_owned(),
        bytes: text.to_owned(),
    };
    let files = std::slice::from_ref(&file);
    let material = read_files(files, &site.config.read_limits())?;
    let new = prepared(&material, Some(slug.to_owned()))?;
    let opens_at = new.facts.window.opens_at;
    let issued_at = new.facts.issued_on.and_then(start_of_day);
    let clock = Arc::new(FixedClock(issued_at.unwrap_or(opens_at)));
    publish(site, clock, new, files, &material)
}
