//! `jianyan import FILE`: a notice file becomes a published consultation.

use super::document::{outlined, read_source};
use super::output::{about, note, say_both};
use super::site::{ConfigOptions, Site};
use crate::audit::model::Actor;
use crate::config::Config;
use crate::consultations::import::{Imported, NewConsultation, check_free, import, prepare};
use crate::documents::read::Limits;
use crate::error::Result;
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
    let (source, bytes) = read_source(&options.file, &limits(&config))?;
    let new = prepare(outlined(&source), options.slug.clone()).map_err(named)?;
    let site = Site::open(&options.config)?;
    let imported = publish(&site, new.clone(), &bytes).map_err(named)?;
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

/// What a plan file may ask for on this site.
fn limits(config: &Config) -> Limits {
    Limits {
        file_bytes: config.plan_limit_bytes,
        expanded_bytes: config.plan_expanded_limit_bytes,
        convert_seconds: config.plan_convert_seconds,
        ..Limits::default()
    }
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

fn publish(site: &Site, new: NewConsultation, bytes: &[u8]) -> Result<Imported> {
    site.database.read_now(|db| check_free(db, &new))?;
    site.storage.keep(bytes)?;
    let (vault, clock) = (site.vault.clone(), Arc::clone(&site.clock));
    site.database
        .write_now(move |db| import(db, &vault, &Actor::System("import"), &*clock, &new))
}

/// Reads, checks and publishes a text that is not in a file.
pub(super) fn publish_text(site: &Site, name: &str, text: &[u8], slug: &str) -> Result<Imported> {
    let source = crate::documents::read::from_bytes(name, text, &limits(&site.config))?;
    let new = prepare(outlined(&source), Some(slug.to_owned()))?;
    publish(site, new, text)
}
