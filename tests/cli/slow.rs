//! Many who send slowly: what they cost, and what stays when the process is killed.

use crate::support::multipart::{self, packed};
use crate::support::process::{Installation, notice_for_today};
use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};

const AT_ONCE: usize = 20;
const BYTES: usize = 5 * 1024 * 1024;

/// Resident memory of a process, in bytes.
fn memory(process: u32) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS:"))
        .unwrap();
    let kib: usize = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    kib * 1024
}

/// Bytes of the nameless files that a process holds open.
fn nameless(process: u32) -> u64 {
    let open = std::fs::read_dir(format!("/proc/{process}/fd")).unwrap();
    let held = open.filter_map(|entry| {
        let path = entry.unwrap().path();
        let name = std::fs::read_link(&path).ok()?;
        let is_ours = name.to_string_lossy().contains("/temporary/");
        is_ours.then(|| std::fs::metadata(&path).map_or(0, |file| file.len()))
    });
    held.sum()
}

/// Files that are not sent to their end lie on the disk, and go with the process.
#[test]
fn unfinished_uploads_cost_a_small_buffer_each() {
    let mut here = Installation::new();
    here.file("notice.txt", notice_for_today());
    here.run(&["import", "notice.txt", "--slug", "plan"]).good();
    here.set("JIANYAN_DISK_FREE_BYTES", "0");
    let (mut running, base) = here.serve();
    let address = base.strip_prefix("http://").unwrap();
    let whole = packed(&[], &[("a.pdf", &vec![b'x'; BYTES + 1])]);
    let head = format!(
        "POST /c/plan/uploads HTTP/1.1\r\nHost: x\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n",
        multipart::TYPE,
        whole.len()
    );
    let before = memory(running.id());
    let open: Vec<TcpStream> = (0..AT_ONCE)
        .map(|_| {
            let mut stream = TcpStream::connect(address).unwrap();
            stream.write_all(head.as_bytes()).unwrap();
            stream.write_all(&whole[..BYTES]).unwrap();
            stream
        })
        .collect();
    let arrived = u64::try_from(AT_ONCE * (BYTES - 256 * 1024)).unwrap();
    let begun = Instant::now();
    while nameless(running.id()) < arrived {
        assert!(
            begun.elapsed() < Duration::from_secs(30),
            "{} of {arrived}",
            nameless(running.id())
        );
        std::thread::sleep(Duration::from_millis(50));
    }
    let grown = memory(running.id()).saturating_sub(before);
    println!("{AT_ONCE} unfinished uploads of {BYTES} bytes: {grown} bytes of memory");
    // Far below the hundred megabytes that came, with room for what any connection costs.
    assert!(grown < AT_ONCE * 1024 * 1024 + 16 * 1024 * 1024, "{grown}");
    running.signal("KILL");
    running.killed();
    drop(open);
    let left = here.listing();
    let left: Vec<_> = left
        .iter()
        .filter(|name| name.contains("temporary/"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}
