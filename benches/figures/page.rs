//! `page`: pages of a plan read over and over, whole and by section, as they are and packed; of the
//! sample and of a plan of 2 MB.

use crate::bare::Bare;
use crate::figure::{Figure, Result, compare};
use crate::load::{Load, never};
use crate::process::{Answer, get};
use crate::site::{SLUG, Site};
use std::sync::Arc;
use std::time::Duration;

const CONNECTIONS: usize = 32;
const ROUNDS: usize = 5;
const LENGTH: Duration = Duration::from_millis(1200);

/// One page asked for in one coding.
struct Asked {
    name: &'static str,
    path: String,
    coding: &'static str,
}

/// Answers a second with the whole page, beside a bare server that sends the same bytes.
pub fn measure(report: &mut dyn FnMut(Figure)) -> Result<()> {
    let site = Site::on_sqlite()?;
    let section = format!("/c/{SLUG}/s/{}", site.sections[site.sections.len() / 2]);
    let whole = format!("/c/{SLUG}/draft");
    let ask = |name, path: &str, coding| Asked {
        name,
        path: path.to_owned(),
        coding,
    };
    for asked in [
        ask("page", &section, "identity"),
        ask("page-gzip", &section, "gzip"),
        ask("page-br", &section, "br"),
        ask("page-whole", &whole, "identity"),
        ask("page-whole-gzip", &whole, "gzip"),
        ask("page-whole-br", &whole, "br"),
    ] {
        one(&site, &asked, report)?;
    }
    drop(site);
    let large = Site::large()?;
    let section = format!("/c/{SLUG}/s/{}", large.sections[large.sections.len() / 2]);
    for asked in [
        ask("page-large", &section, "identity"),
        ask("page-large-br", &section, "br"),
        ask("page-large-whole", &whole, "identity"),
        ask("page-large-whole-br", &whole, "br"),
    ] {
        one(&large, &asked, report)?;
    }
    Ok(())
}

fn one(site: &Site, asked: &Asked, report: &mut dyn FnMut(Figure)) -> Result<()> {
    let Asked { name, path, coding } = asked;
    let begun = std::time::Instant::now();
    let Answer {
        media_type, body, ..
    } = get(site.address, path, coding)?;
    let first = begun.elapsed().as_millis();
    let file = site.folder().join("page.html");
    std::fs::write(&file, &body).map_err(|cause| cause.to_string())?;
    let bare = Bare::page(&file, &media_type)?;
    eprintln!(
        "{name}: GET {path} ({coding}), {} bytes, made in {first} ms, {CONNECTIONS} connections",
        body.len()
    );
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: {coding}\r\n\r\n")
            .into_bytes();
    let load = Load {
        connections: CONNECTIONS,
        length: LENGTH,
        status: 200,
        body: Some(body.len()),
        write: Arc::new(move |_, buffer| buffer.extend_from_slice(&request)),
        next: Arc::default(),
        pause: Duration::ZERO,
        refused: never,
        sample: 0,
    };
    let compared = compare(ROUNDS, &load, site.address, bare.address)?;
    report(Figure {
        name,
        value: compared.ours,
        unit: "answers/s",
        limit: compared.bare,
    });
    Ok(())
}
