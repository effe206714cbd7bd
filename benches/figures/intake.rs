//! `intake` and `intake-postgres`: the public's form, sent over and over, each time by another
//! person. `intake-p99`: how long the slowest of them wait. `intake-million`: whether a form takes
//! longer when a million have come in before.

use crate::bare::Bare;
use crate::figure::{Figure, Result, compare};
use crate::forms::Forms;
use crate::load::{Load, never};
use crate::site::{SLUG, Site};
use std::sync::Arc;
use std::time::{Duration, Instant};

const CONNECTIONS: usize = 256;
const ROUNDS: usize = 5;
const LENGTH: Duration = Duration::from_millis(1400);
const MILLION: u64 = 1_000_000;

/// Forms a second that are on disk when they are answered, beside a bare server that only parses
/// and validates them.
pub fn measure(report: &mut dyn FnMut(Figure)) -> Result<()> {
    on(&Site::on_sqlite()?, "intake", "intake-p99", report)?;
    match Site::on_postgres()? {
        Some(site) => on(&site, "intake-postgres", "intake-postgres-p99", report),
        None => {
            eprintln!("intake-postgres: left out, JIANYAN_TEST_POSTGRES is not set");
            Ok(())
        }
    }
}

/// A load of forms for a site.
pub fn forms(site: &Site, connections: usize, length: Duration) -> Load {
    let forms = Forms::new(SLUG, site.sections.clone());
    Load {
        connections,
        length,
        status: 303,
        body: None,
        write: Arc::new(move |number, buffer| forms.write(number, buffer)),
        next: Arc::default(),
        pause: Duration::ZERO,
        refused: never,
        sample: 0,
    }
}

fn on(
    site: &Site,
    name: &'static str,
    slowest: &'static str,
    report: &mut dyn FnMut(Figure),
) -> Result<()> {
    let bare = Bare::intake()?;
    eprintln!("{name}: POST /c/{SLUG}/submissions, {CONNECTIONS} connections");
    let load = forms(site, CONNECTIONS, LENGTH);
    let compared = compare(ROUNDS, &load, site.address, bare.address)?;
    all_are_there(site, 0, compared.answered)?;
    report(Figure {
        name,
        value: compared.ours,
        unit: "forms/s",
        limit: compared.bare,
    });
    report(Figure {
        name: slowest,
        value: compared.slowest,
        unit: "ms",
        limit: compared.half,
    });
    Ok(())
}

/// Every answered form is a submission in the database, and there is no other.
pub fn all_are_there(site: &Site, before: u64, answered: u64) -> Result<()> {
    let kept = site.submissions()?;
    if kept != before + answered {
        return Err(format!(
            "{answered} forms were answered, {} submissions came into the database",
            kept - before
        ));
    }
    eprintln!("  every one of the {answered} answered forms is in the database");
    Ok(())
}

/// The time a form takes beside a million others, and on a site that had none, both in turn.
pub fn million(report: &mut dyn FnMut(Figure)) -> Result<()> {
    let (empty, mut full) = (Site::on_sqlite()?, Site::on_sqlite()?);
    let begun = Instant::now();
    full.stop();
    full.fill(MILLION)?;
    full.start()?;
    eprintln!(
        "intake-million: {MILLION} submissions made in {:.0} s, {CONNECTIONS} connections",
        begun.elapsed().as_secs_f64()
    );
    // Numbers that the million has not used.
    let load = forms(&full, CONNECTIONS, LENGTH);
    load.next
        .store(MILLION, std::sync::atomic::Ordering::Relaxed);
    let compared = compare(ROUNDS, &load, full.address, empty.address)?;
    all_are_there(&full, MILLION, compared.answered)?;
    let micros = |rate: f64| 1_000_000.0 / rate;
    report(Figure {
        name: "intake-million",
        value: micros(compared.ours),
        unit: "us/form",
        limit: micros(compared.bare),
    });
    Ok(())
}
