//! `jianyan serve --config FILE`.

use super::background;
use super::site::{ConfigOptions, Site};
use crate::config::Config;
use crate::documents::read::Conversion;
use crate::error::{Error, Result};
use crate::web::app::App;
use crate::web::server;
use crate::words::Both;
use actix_web::web::Data;
use clap::Args;
use rustix::process::{Resource, getrlimit, setrlimit};
use std::net::TcpListener;
use tracing_subscriber::EnvFilter;

#[derive(Args)]
pub(super) struct Options {
    #[command(flatten)]
    config: ConfigOptions,
}

pub(super) fn run(options: &Options) -> Result<()> {
    let config = options.config.read()?;
    start_log(&config)?;
    let site = Site::with(config, std::sync::Arc::new(crate::clock::SystemClock))?;
    // Told now and not by the first letter or file that cannot be kept.
    site.storage.ready()?;
    let listener = server::listen(site.config.listen)?;
    tracing::info!("{}", options.config.told());
    log_conversion(&site.config);
    raise_descriptors();
    let site_key = site.vault.fingerprint();
    tracing::info!(listen = %site.config.listen, site_key, "serving");
    answer(site, listener, None)
}

/// Runs the service of a site on an open address until it is told to stop.
pub(super) fn answer(site: Site, listener: TcpListener, banner: Option<Both>) -> Result<()> {
    let workers = background::start(&site)?;
    let mut app = App::new(
        site.config,
        site.database,
        site.vault,
        site.storage,
        site.clock,
    );
    app.banner = banner;
    let app = Data::new(app);
    let served = actix_web::rt::System::new()
        .block_on(async move { server::start(app, listener)?.await.map_err(Error::internal) });
    workers.stop();
    tracing::info!("stopped");
    served
}

/// Fewer open files than this, and a thousand idle connections keep readers waiting.
const ENOUGH_DESCRIPTORS: u64 = 8192;

/// Raises the number of files and connections that may be open to what the system allows.
fn raise_descriptors() {
    let mut limits = getrlimit(Resource::Nofile);
    limits.current = limits.maximum;
    if let Err(cause) = setrlimit(Resource::Nofile, limits) {
        tracing::warn!(%cause, "the number of open files could not be raised");
    }
    let now = getrlimit(Resource::Nofile).current;
    match now {
        Some(now) if now < ENOUGH_DESCRIPTORS => tracing::warn!(
            open_files = now,
            wanted = ENOUGH_DESCRIPTORS,
            "few files and connections may be open at once; raise the hard limit (LimitNOFILE= in systemd, ulimits in Compose)"
        ),
        _ => tracing::info!(
            open_files = now,
            "files and connections that may be open at once"
        ),
    }
}

/// Says what becomes of files that LibreOffice has to convert: who sends one is anybody.
fn log_conversion(config: &Config) {
    const WHAT: &str = "conversion of .doc, .wps and .odt";
    match Conversion::in_force(config.convert_without_isolation) {
        Conversion::Isolated => tracing::info!("{WHAT}: LibreOffice runs without a network"),
        Conversion::NotIsolated => tracing::warn!(
            "{WHAT}: LibreOffice is NOT kept from the network, as convert_without_isolation allows"
        ),
        Conversion::Refused => tracing::warn!(
            "{WHAT}: refused, LibreOffice cannot be kept from the network here (unshare); see docs/OPERATIONS.md"
        ),
        Conversion::NoProgram => tracing::info!("{WHAT}: none, LibreOffice is not installed"),
    }
}

/// Starts the log on standard error.
pub(super) fn start_log(config: &Config) -> Result<()> {
    let filter = EnvFilter::try_new(&config.log_filter).map_err(|cause| {
        Error::invalid(
            "log_filter 无法识别，例如写成 info 或 jianyan=debug",
            "log_filter cannot be read; write it as info or jianyan=debug",
        )
        .caused_by(cause)
    })?;
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    // A second start in the same process (tests) keeps the first log.
    let _ = match config.log_format.as_str() {
        "json" => log.json().try_init(),
        _ => log.try_init(),
    };
    Ok(())
}
