//! `flood`: pages that people read while others send forms as fast as the load can, and what became
//! of the forms. `last-minute`: the form at twenty times a normal load, up to the last second.

use crate::figure::{Figure, Result, median};
use crate::intake::{all_are_there, forms};
use crate::load::{Load, Served, never};
use crate::process::get;
use crate::site::{SLUG, Site};
use std::sync::Arc;
use std::time::Duration;

/// Connections that send forms without a pause.
const SENDERS: usize = 1024;
/// Connections that read pages, each one every fiftieth of a second.
const READERS: usize = 32;
const PAUSE: Duration = Duration::from_millis(20);
const ROUNDS: usize = 5;
const LENGTH: Duration = Duration::from_secs(2);
const SAMPLE: u64 = 97;

/// The time within which 99 of 100 pages came during the flood, beside the same in quiet. After
/// it every form that was answered with a receipt is there, and receipts lead to them.
pub fn measure(report: &mut dyn FnMut(Figure)) -> Result<()> {
    let site = Site::on_sqlite()?;
    let mut senders = forms(&site, SENDERS, LENGTH);
    senders.refused = busy;
    senders.sample = SAMPLE;
    let readers = readers(&site);
    eprintln!("flood: {READERS} readers beside {SENDERS} senders of forms");
    // Each page is made once before anything is measured.
    for section in &site.sections {
        get(site.address, &format!("/c/{SLUG}/s/{section}"), "br")?;
    }
    let (mut quiet, mut loud) = (Vec::new(), Vec::new());
    let (mut answered, mut refused, mut locations) = (0, 0, Vec::new());
    for round in 1..=ROUNDS {
        let alone = readers.run(site.address)?;
        let (beside, flood) = std::thread::scope(|scope| {
            let flood = scope.spawn(|| senders.run(site.address));
            let beside = readers.run(site.address);
            (beside, flood.join().expect("the load does not panic"))
        });
        let (beside, flood) = (beside?, flood?);
        say(round, &alone, &beside, &flood);
        quiet.push(alone.quantile(0.99));
        loud.push(beside.quantile(0.99));
        answered += flood.answers;
        refused += flood.refused;
        locations.extend(flood.locations);
    }
    all_are_there(&site, 0, answered)?;
    for location in &locations {
        // A receipt that leads nowhere answers 404, which is an error here.
        get(site.address, location, "identity")?;
    }
    eprintln!(
        "  {refused} were told to come again; {} sampled receipts lead to their forms",
        locations.len()
    );
    report(Figure {
        name: "flood",
        value: median(loud),
        unit: "ms",
        limit: median(quiet),
    });
    Ok(())
}

fn readers(site: &Site) -> Load {
    let sections = site.sections.clone();
    Load {
        connections: READERS,
        length: LENGTH,
        status: 200,
        body: None,
        write: Arc::new(move |number, request| {
            let index = usize::try_from(number).expect("numbers fit") % sections.len();
            let section = &sections[index];
            request.extend_from_slice(
                format!("GET /c/{SLUG}/s/{section} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: br\r\n\r\n")
                    .as_bytes(),
            );
        }),
        next: Arc::default(),
        pause: PAUSE,
        refused: never,
        sample: 0,
    }
}

fn say(round: usize, alone: &Served, beside: &Served, flood: &Served) {
    eprintln!(
        "  round {round}: pages p50 {:.2} p99 {:.2} ms in quiet, p50 {:.2} p99 {:.2} ms beside {:.0} forms/s (p50 {:.1} p99 {:.1} ms), {} refused",
        alone.quantile(0.5),
        alone.quantile(0.99),
        beside.quantile(0.5),
        beside.quantile(0.99),
        flood.rate,
        flood.quantile(0.5),
        flood.quantile(0.99),
        flood.refused,
    );
}

/// A refusal is 503, says when to come again, and gives the text back.
fn busy(answer: &[u8]) -> Result<()> {
    let answer = String::from_utf8_lossy(answer);
    let kept = answer.contains("建议把本条写得更具体一些");
    let says_when = answer.to_ascii_lowercase().contains("\r\nretry-after: ");
    if answer.starts_with("HTTP/1.1 503 ") && says_when && kept {
        return Ok(());
    }
    let start: String = answer.chars().take(300).collect();
    Err(format!("not a refusal that helps: {start}"))
}
