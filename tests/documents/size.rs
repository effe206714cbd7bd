//! Time grows with the size of the text and no faster.

use crate::support::source;
use jianyan::documents::outline::outline;
use std::time::{Duration, Instant};

/// The work a text takes: the thread's own processor time where the system tells it (Linux), so
/// that other programs on the machine do not count; the time on the wall elsewhere.
fn took(text: &str) -> Duration {
    let source = source(text);
    let (start, before) = (Instant::now(), processor_time());
    let read = outline(&source);
    let (wall, after) = (start.elapsed(), processor_time());
    assert_eq!(read.reproduce(), text);
    match (before, after) {
        (Some(before), Some(after)) => after.saturating_sub(before),
        _ => wall,
    }
}

/// The first field of `schedstat` is the nanoseconds this thread has run.
fn processor_time() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = stat.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

/// Eight times the text may take twelve times the work. The larger text is long enough for work
/// that grows with the square to show beside the even part, though its step be small.
fn grows_evenly(unit: &str) {
    let work = |bytes: usize| {
        let text = format!("现公开征求意见。{}", unit.repeat(bytes / unit.len()));
        took(&text)
    };
    // What else the machine does can only add: the bound must hold once in three.
    let holds = || {
        let (small, large) = (work(25_000), work(200_000));
        let even = large < small.max(Duration::from_millis(2)) * 12;
        if !even {
            println!("{unit:?}: {small:?}, then {large:?}");
        }
        even
    };
    assert!(
        (0..3).any(|_| holds()),
        "{unit:?} takes more than even time"
    );
}

#[test]
fn plans_and_hostile_texts_are_read_in_even_time() {
    for unit in [
        "一、甲\n(一)乙\n1.丙。丁戊己庚辛。(区甲局、区乙局和各街镇等按职责分工负责)\n——子。\n尾。\n",
        "1.甲\n",
        "——甲。\n乙\n",
        "(((((",
        "1.甲;",
        "2031年4月1日",
        "二○三一年",
        "附件:\n",
        "甲方案\n",
        "《",
        "[bookmark:",
        "甲 |\n乙\n|\n",
        "联系人:",
        "甲局\n",
        "甲。\n2031年4月1日\n",
        "\n",
        "通过电话",
        "地址:",
        "联系人:甲;",
        "附件:1.甲 2.乙 ",
        "责任单位:甲、",
        "《甲》(征",
        "第一条　甲。\n",
        "第三条规定",
        "第一章\n",
        "修改为：“第一条　甲。\n",
        "“\n",
        "①甲。\n",
        "目录\n第一章　甲\n",
        "\t甲\t\n",
        "附件一：甲\n第一条　乙。\n",
        "某区人民政府甲局\n",
        "5月1日至",
    ] {
        grows_evenly(unit);
    }
}
