//! `start` and `start-time`: what the service takes before anybody asks it anything.

use crate::bare::Bare;
use crate::figure::{Figure, Result, median};
use crate::process::get;
use crate::site::{SLUG, Site};
use std::time::Instant;

const ROUNDS: usize = 7;
/// What the service may take on the smallest machine it is meant for, in MiB.
const MEMORY: f64 = 40.0;

/// Memory after the first requests, and the time from the start of the process to its first answer,
/// beside that of a bare server.
pub fn measure(report: &mut dyn FnMut(Figure)) -> Result<()> {
    eprintln!("start: {ROUNDS} starts on a database that is there");
    let mut site = Site::on_sqlite()?;
    let (mut memory, mut ours, mut bare) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        site.stop();
        let begun = Instant::now();
        site.start()?;
        ours.push(begun.elapsed().as_secs_f64() * 1000.0);
        for path in ["/", &format!("/c/{SLUG}"), "/healthz"] {
            get(site.address, path, "identity")?;
        }
        memory.push(site.resident_mib()?);
        let begun = Instant::now();
        let server = Bare::intake()?;
        get(server.address, "/healthz", "identity")?;
        bare.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    report(Figure {
        name: "start",
        value: median(memory),
        unit: "MiB",
        limit: MEMORY,
    });
    report(Figure {
        name: "start-time",
        value: median(ours),
        unit: "ms",
        limit: median(bare),
    });
    Ok(())
}
