//! `jianyan export SLUG --format xlsx|csv|docx [--edition public|archive] --output PATH`.

use super::output::{about, say_both};
use super::site::{ConfigOptions, Site};
use crate::audit::model::Actor;
use crate::error::{Error, Result};
use crate::export::model::{Edition, Format};
use crate::export::summary::{Wanted, note, write};
use clap::Args;
use jiff::Timestamp;
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Args)]
pub(super) struct Options {
    /// Short name of the consultation
    slug: String,
    /// xlsx, csv or docx
    #[arg(long)]
    format: String,
    /// public (names masked, no contact details) or archive (everything)
    #[arg(long, default_value = "public")]
    edition: String,
    /// The file to write
    #[arg(long, value_name = "PATH")]
    output: PathBuf,
    /// The moment printed in the file, such as 2025-07-05T10:00:00+08:00; now when left out
    #[arg(long, value_name = "TIME")]
    as_of: Option<String>,
    #[command(flatten)]
    config: ConfigOptions,
}

pub(super) fn run(options: &Options) -> Result<()> {
    let format = Format::parse(&options.format)?;
    let edition = Edition::parse(&options.edition)?;
    let stated = options.as_of.as_deref().map(moment).transpose()?;
    let site = Site::open(&options.config)?;
    let consultation = site.consultation(&options.slug)?;
    let wanted = Wanted {
        format,
        edition,
        as_of: stated.unwrap_or_else(|| site.clock.now()),
    };
    let head = site
        .database
        .read_snapshot(|db| write(db, &site.vault, &consultation, wanted, &options.output))
        .map_err(|error| about(&options.output.display().to_string(), error))?;
    let clock = Arc::clone(&site.clock);
    site.database
        .write_now(move |db| note(db, &Actor::System("export"), &*clock, &consultation, wanted))?;
    let shown = options.output.display();
    say_both(
        &format!(
            "已写出 {shown}：意见{}条，未答复{}条",
            head.totals.opinions, head.totals.pending
        ),
        &format!(
            "wrote {shown}: {} opinions, {} not answered yet",
            head.totals.opinions, head.totals.pending
        ),
    );
    Ok(())
}

fn moment(text: &str) -> Result<Timestamp> {
    text.parse().map_err(|cause: jiff::Error| {
        Error::invalid(
            format!("时间“{text}”无法识别，请写成 2025-07-05T10:00:00+08:00"),
            format!("cannot read the time {text}; write it as 2025-07-05T10:00:00+08:00"),
        )
        .caused_by(cause)
    })
}
