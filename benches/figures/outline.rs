//! `outline` and `outline-size`: from the bytes of plan files to their outlines.

use crate::figure::{Figure, Result, median};
use jianyan::documents::outline::outline;
use jianyan::documents::read::{Limits, from_bytes};
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const ROUNDS: usize = 9;
const SIZE_ROUNDS: usize = 5;
/// One measurement goes on for this long.
const WHILE: Duration = Duration::from_millis(150);
const SIZES: [(&str, usize); 5] = [
    ("outline-size-0.25", 256 * 1024),
    ("outline-size-0.5", 512 * 1024),
    ("outline-size-1", 1024 * 1024),
    ("outline-size-2", 2 * 1024 * 1024),
    ("outline-size-4", 4 * 1024 * 1024),
];

/// The real plan files read and outlined, beside reading the same files, checking them for UTF-8
/// and splitting them into lines; then one made plan in five sizes, beside the smallest of them.
pub fn measure(report: &mut dyn FnMut(Figure)) -> Result<()> {
    let files = plans()?;
    let bytes: usize = files
        .iter()
        .filter_map(|file| std::fs::metadata(file).ok())
        .filter_map(|data| usize::try_from(data.len()).ok())
        .sum();
    eprintln!("outline: {} files, {bytes} bytes", files.len());
    let rate = |seconds: f64| bytes as f64 / 1e6 / seconds;
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        bare.push(rate(timed(|| split(&files))));
        ours.push(rate(timed(|| outlined(&files))));
    }
    report(Figure {
        name: "outline",
        value: median(ours),
        unit: "MB/s",
        limit: median(bare),
    });
    sizes(report)
}

/// Time and memory for each size; the limit is what even growth from the smallest allows.
fn sizes(report: &mut dyn FnMut(Figure)) -> Result<()> {
    let mut even = 0.0;
    for (name, size) in SIZES {
        let (plan, sections) = made(size);
        let source = from_bytes("plan.txt", plan.as_bytes(), &Limits::default())
            .map_err(|fault| format!("{fault:?}"))?;
        let times = (0..SIZE_ROUNDS).map(|_| {
            timed(|| {
                black_box(outline(&source));
            })
        });
        let milliseconds = median(times.collect()) * 1000.0;
        if even == 0.0 {
            even = milliseconds / size as f64;
        }
        eprintln!(
            "  {name}: {sections} sections, {:.1} MiB of outline",
            held(&source)
        );
        report(Figure {
            name,
            value: milliseconds,
            unit: "ms",
            limit: even * size as f64,
        });
    }
    Ok(())
}

/// Seconds that a piece of work takes, from as many as fill a while: the thread's own processor
/// time where the system tells it (Linux), so that other programs on the machine do not count.
fn timed(work: impl Fn()) -> f64 {
    let (begun, before) = (Instant::now(), processor_time());
    let mut times = 0_u32;
    while begun.elapsed() < WHILE {
        work();
        times += 1;
    }
    let wall = begun.elapsed();
    let taken = match (before, processor_time()) {
        (Some(before), Some(after)) => after.saturating_sub(before),
        _ => wall,
    };
    taken.as_secs_f64() / f64::from(times)
}

/// The first field of `schedstat` is the nanoseconds this thread has run.
fn processor_time() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = stat.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

fn outlined(files: &[PathBuf]) {
    for file in files {
        let bytes = std::fs::read(file).expect("a plan can be read");
        let source = from_bytes("plan.txt", &bytes, &Limits::default()).expect("a plan is text");
        black_box(outline(&source));
    }
}

fn split(files: &[PathBuf]) {
    for file in files {
        let bytes = std::fs::read(file).expect("a plan can be read");
        let text = std::str::from_utf8(&bytes).expect("a plan is text");
        black_box(text.lines().collect::<Vec<_>>());
    }
}

/// MiB that an outline holds: the growth of the resident memory of this process.
fn held(source: &jianyan::documents::read::SourceText) -> f64 {
    let before = resident();
    let outline = outline(source);
    let after = resident();
    black_box(&outline);
    (after - before).max(0.0)
}

fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages: f64 = status
        .split_whitespace()
        .nth(1)
        .and_then(|pages| pages.parse().ok())
        .unwrap_or(0.0);
    pages * 4096.0 / 1024.0 / 1024.0
}

/// The real plan files beside the project, or else the project's own sample.
fn plans() -> Result<Vec<PathBuf>> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared =
        std::env::var_os("JIANYAN_SHARED").map_or_else(|| project.join("../shared"), PathBuf::from);
    let mut files: Vec<PathBuf> = std::fs::read_dir(shared.join("seeds"))
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    if files.is_empty() {
        let sample = project.join("assets/demo/notice.txt");
        eprintln!("outline: no real plan files; the sample instead");
        files.push(sample);
    }
    files.sort();
    match files.iter().find(|file| !file.is_file()) {
        Some(missing) => Err(format!("there is no {}", missing.display())),
        None => Ok(files),
    }
}

/// A plan of about so many bytes, and its sections.
fn made(size: usize) -> (String, usize) {
    let mut plan = String::from("望川区书屋建设方案(征求意见稿)\n");
    let mut sections = 0;
    let mut part = 0;
    while plan.len() < size {
        part += 1;
        plan.push_str(&format!("{part}.第{part}片区。"));
        plan.push_str(
            &"在居民集中的地方建设书屋，每家书屋面积不少于二百平方米，藏书不少于三千册。".repeat(3),
        );
        plan.push_str("(区文体局、区规划局和各街镇等按职责分工负责)\n");
        sections += 1;
        if part == 400 {
            part = 0;
            plan.push_str("(一)下一组\n");
            sections += 1;
        }
    }
    (plan, sections)
}
