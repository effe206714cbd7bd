//! Long plans are compared in time that grows with their length.

use crate::compare::plan;
use jianyan::documents::compare::{Change, Run, matches, redline};
use jianyan::documents::model::{DocumentOutline, numeral};
use std::time::{Duration, Instant};

/// What some work takes: the thread's own processor time where the system tells it (Linux), the
/// time on the wall elsewhere.
fn took<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let (start, before) = (Instant::now(), processor_time());
    let done = work();
    let (wall, after) = (start.elapsed(), processor_time());
    let took = match (before, after) {
        (Some(before), Some(after)) => after.saturating_sub(before),
        _ => wall,
    };
    (took, done)
}

fn processor_time() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = stat.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

/// A plan of so many sections in parts of 125; `word` gives the words of each by its number.
fn long(sections: usize, word: impl Fn(usize) -> String) -> DocumentOutline {
    let mut text = "松涧区行动方案\n".to_owned();
    for section in 0..sections {
        if section % 125 == 0 {
            let part = numeral::write(u32::try_from(section / 125 + 1).unwrap());
            text.push_str(&format!("{part}、任务之{part}\n"));
        }
        text.push_str(&format!("{}.{}\n", section % 125 + 1, word(section)));
    }
    plan(&text)
}

/// Han characters that stand for a number, different for different numbers.
fn spelled(number: usize) -> String {
    let digits = number.wrapping_mul(2_654_435_761) % 0x1_0000_0000;
    (0..8)
        .map(|place| {
            char::from_u32(0x4e00 + (digits >> (4 * place)) as u32 % 16 * 300 + place as u32)
                .unwrap()
        })
        .collect()
}

fn edited(section: usize) -> String {
    format!(
        "{}推进{}落实{}完善{}。",
        spelled(section),
        spelled(section + 7_000_000),
        spelled(section + 31),
        spelled(section + 17_000_000)
    )
}

/// Eight times the sections may take twenty times the work; what grows with the square takes
/// sixty-four times.
fn grows_evenly(name: &str, old: impl Fn(usize) -> String, new: impl Fn(usize) -> String) {
    let work = |sections: usize| {
        let (old, new) = (long(sections, &old), long(sections, &new));
        let (took, links) = took(|| matches(&old, &new));
        assert!(
            links.len() > sections,
            "{name}: {} of {sections}",
            links.len()
        );
        took
    };
    let (small, large) = (work(625), work(5_000));
    let bound = small.max(Duration::from_millis(10)) * 20;
    println!("{name}: {small:?}, then {large:?}");
    assert!(large < bound, "{name}: {small:?}, then {large:?}");
}

#[test]
fn five_thousand_sections_are_matched_in_even_time() {
    grows_evenly("unchanged", edited, edited);
    grows_evenly("every section edited", edited, |section| {
        edited(section)
            .replace("推进", "加强")
            .replace("完善", "健全")
    });
    grows_evenly("all others", edited, |section| edited(section + 90_000_000));
    grows_evenly(
        "all alike",
        |section| format!("推进第{section}号工作落实到位。"),
        |section| format!("推进第{}号工作落实到位了。", section + 1),
    );
    grows_evenly("all the same", |_| "略。".to_owned(), |_| "略。".to_owned());
    grows_evenly("each block of 64 backwards", edited, |section| {
        edited(section ^ 63)
    });
}

#[test]
fn sections_edited_one_and_all_are_still_known() {
    let (old, new) = (
        long(2_000, edited),
        long(2_000, |section| edited(section).replace("推进", "加强")),
    );
    let links = matches(&old, &new);
    assert!(links.len() == 2_016);
    let sections = links
        .iter()
        .filter(|link| link.from.as_deref().is_some_and(|from| from.contains('.')));
    assert!(
        sections
            .clone()
            .all(|link| link.change == Change::Edited && link.from == link.to)
    );
}

/// A redline of two texts that have little in common is not worth more than its bound.
#[test]
fn redlines_of_large_texts_are_bounded() {
    let text = |sentences: usize, from: usize| -> String {
        (0..sentences)
            .map(|sentence| format!("{}。", edited(from + sentence)))
            .collect()
    };
    let backwards = |sentences: usize| -> String {
        (0..sentences)
            .rev()
            .map(|sentence| format!("{}。", edited(sentence)))
            .collect()
    };
    for (name, old, new) in [
        ("all others", text(9_000, 0), text(9_000, 1_000_000)),
        ("backwards", text(9_000, 0), backwards(9_000)),
        (
            "one long sentence",
            text(9_000, 0).replace('。', ""),
            text(9_000, 1_000_000).replace('。', ""),
        ),
        (
            "short lines",
            "甲\n乙\n".repeat(100_000),
            "乙\n丙\n".repeat(100_000),
        ),
        (
            "at the bound",
            text(450, 0).replace('。', ""),
            backwards(450).replace('。', ""),
        ),
        ("one character", "的".repeat(18_000), "的了".repeat(9_000)),
    ] {
        let (took, runs) = took(|| redline(&old, &new));
        let side = |leave: fn(&Run) -> bool| -> String {
            runs.iter()
                .filter(|run| !leave(run))
                .map(Run::text)
                .collect()
        };
        println!("{name}: {} and {} bytes, {took:?}", old.len(), new.len());
        assert!(side(|run| matches!(run, Run::Inserted(_))) == old, "{name}");
        assert!(side(|run| matches!(run, Run::Deleted(_))) == new, "{name}");
        assert!(took < Duration::from_secs(20), "{name}: {took:?}");
    }
}
