//! `page`: a section's page, read over and over.

use crate::bare::Bare;
use crate::figure::{Figure, Result, compare};
use crate::load::Load;
use crate::process::get;
use crate::site::{SLUG, Site};
use std::sync::Arc;
use std::time::Duration;

const CONNECTIONS: usize = 32;
const ROUNDS: usize = 5;
const LENGTH: Duration = Duration::from_millis(1200);

/// Answers a second with the whole page, beside a bare server that sends the same bytes.
pub fn measure(report: &mut dyn FnMut(Figure)) -> Result<()> {
    let site = Site::on_sqlite()?;
    let path = format!("/c/{SLUG}/s/{}", site.sections[site.sections.len() / 2]);
    let (media_type, body) = get(site.address, &path)?;
    let file = site.folder().join("page.html");
    std::fs::write(&file, &body).map_err(|cause| cause.to_string())?;
    let bare = Bare::page(&file, &media_type)?;
    eprintln!(
        "page: GET {path}, {} bytes, {CONNECTIONS} connections",
        body.len()
    );
    let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").into_bytes();
    let load = Load {
        connections: CONNECTIONS,
        length: LENGTH,
        status: 200,
        body: Some(body.len()),
        write: Arc::new(move |_, buffer| buffer.extend_from_slice(&request)),
        next: Arc::default(),
    };
    let compared = compare(ROUNDS, &load, site.address, bare.address)?;
    report(Figure {
        name: "page",
        value: compared.ours,
        unit: "answers/s",
        limit: compared.bare,
    });
    Ok(())
}
