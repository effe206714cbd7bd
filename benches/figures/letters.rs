//! `mail-parse` and `mail-accuracy`: the letters of the tests' own corpus, how fast and how well they are
//! read.

use crate::corpus::{self, score};
use crate::figure::{Figure, Result, median};
use jianyan::mail::inbound::read_letter_for;
use mail_parser::MessageParser;
use std::hint::black_box;
use std::time::{Duration, Instant};

const ROUNDS: usize = 15;

/// Decoding, judging, trimming and understanding, beside a parser that only decodes; in turn, each
/// over all messages.
pub fn parse(report: &mut dyn FnMut(Figure)) -> Result<()> {
    let samples = corpus::all();
    let desk = score::desk();
    let bytes: usize = samples.iter().map(|sample| sample.raw.len()).sum();
    eprintln!("mail-parse: {} messages, {bytes} bytes", samples.len());
    let rate = |seconds: f64| bytes as f64 / 1e6 / seconds;
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        bare.push(rate(timed(|| {
            for sample in &samples {
                black_box(MessageParser::default().parse(black_box(&sample.raw)));
            }
        })));
        ours.push(rate(timed(|| {
            for sample in &samples {
                black_box(read_letter_for(black_box(&sample.raw), &desk));
            }
        })));
    }
    report(Figure {
        name: "mail-parse",
        value: median(ours),
        unit: "MB/s",
        limit: median(bare),
    });
    Ok(())
}

/// Each goal beside what is reached; what is not right is told on standard error.
pub fn accuracy(report: &mut dyn FnMut(Figure)) -> Result<()> {
    let samples = corpus::all();
    let found = score::score(&samples);
    eprintln!("mail-accuracy: {} messages", found.messages);
    for fault in &found.faults {
        eprintln!("  {fault}");
    }
    let part = |name, value, limit| Figure {
        name,
        value,
        unit: "of 1",
        limit,
    };
    let count = |name, value: usize, unit| Figure {
        name,
        value: value as f64,
        unit,
        limit: 0.0,
    };
    report(part(
        "mail-accuracy-characters",
        found.characters.recall(),
        1.0,
    ));
    report(part("mail-accuracy-own-words", found.own.recall(), 0.90));
    report(count("mail-accuracy-lost", found.lost, "sentences"));
    report(count(
        "mail-accuracy-false-automatic",
        found.automatic.wrong,
        "messages",
    ));
    report(part(
        "mail-accuracy-automatic",
        found.automatic.recall(),
        0.98,
    ));
    report(part("mail-accuracy-contact", found.contact.f1(), 0.95));
    report(part("mail-accuracy-section-named", found.named.f1(), 0.95));
    report(part(
        "mail-accuracy-section-quoted",
        found.quoted.f1(),
        0.80,
    ));
    Ok(())
}

/// Seconds: the thread's own processor time where the system tells it (Linux), so that other
/// programs on the machine do not count.
fn timed(work: impl Fn()) -> f64 {
    let (begun, before) = (Instant::now(), processor_time());
    work();
    let wall = begun.elapsed();
    let taken = match (before, processor_time()) {
        (Some(before), Some(after)) => after.saturating_sub(before),
        _ => wall,
    };
    taken.as_secs_f64()
}

/// The first field of `schedstat` is the nanoseconds this thread has run.
fn processor_time() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = stat.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}
