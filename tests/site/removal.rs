//! Files leave while nothing arrives, and one that is needed is found again.

use crate::support::{Backend, TestSite};
use jianyan::error::Result;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

fn place(site: &TestSite, name: &str) -> std::path::PathBuf {
    site.folder
        .path()
        .join("storage")
        .join(&name[..2])
        .join(name)
}

/// An earlier version took files aside before it removed them. Stopped in between it left a file that
/// was needed under another name.
#[test]
fn a_file_left_aside_is_put_back_when_it_is_asked_for() {
    let site = TestSite::new(Backend::Sqlite);
    let name = site.storage.keep(b"needed").unwrap();
    let other = site.storage.keep(b"another").unwrap();
    let place = place(&site, &name);
    std::fs::rename(&place, place.with_file_name(".going-0123456789abcdef")).unwrap();
    assert_eq!(site.storage.fetch(&name).unwrap(), b"needed");
    assert!(
        site.storage.holds(&name) && place.exists(),
        "it is at its place again"
    );
    assert_eq!(site.storage.fetch(&other).unwrap(), b"another");
    let none = jianyan::ids::sha256(b"never kept");
    assert!(site.storage.fetch(&none).is_err());
}

/// Whoever keeps bytes and has not written the row for them yet keeps them from being removed;
/// afterwards the row is seen.
#[test]
fn bytes_that_arrive_in_between_are_not_removed() {
    let site = TestSite::new(Backend::Sqlite);
    let name = site.storage.keep(b"twice").unwrap();
    let (is_written, asked) = (AtomicBool::new(false), AtomicBool::new(false));
    let arriving = site.storage.arriving().unwrap();
    std::thread::scope(|scope| {
        let removal = scope.spawn(|| {
            let needed = || -> Result<bool> {
                asked.store(true, Ordering::SeqCst);
                Ok(is_written.load(Ordering::SeqCst))
            };
            site.storage.destroy_unless(&name, needed)
        });
        site.storage.keep(b"twice").unwrap();
        std::thread::sleep(Duration::from_millis(200));
        assert!(!asked.load(Ordering::SeqCst), "the removal waits");
        assert_eq!(
            site.storage.fetch(&name).unwrap(),
            b"twice",
            "reading does not"
        );
        is_written.store(true, Ordering::SeqCst);
        drop(arriving);
        removal.join().unwrap().unwrap();
    });
    assert!(asked.load(Ordering::SeqCst) && site.storage.holds(&name));
    site.storage.destroy_unless(&name, || Ok(false)).unwrap();
    assert!(!site.storage.holds(&name));
}

/// Those who arrive without a pause do not keep a removal waiting.
#[test]
fn a_removal_gets_its_turn_in_a_crowd() {
    let site = TestSite::new(Backend::Sqlite);
    let name = site.storage.keep(b"goes").unwrap();
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for number in 0..4_u8 {
            let (storage, over) = (&site.storage, &over);
            scope.spawn(move || {
                while !over.load(Ordering::SeqCst) {
                    let _arriving = storage.arriving().unwrap();
                    storage.keep(&[number]).unwrap();
                    std::thread::sleep(Duration::from_millis(5));
                }
            });
        }
        let started = std::time::Instant::now();
        let removed = site.storage.destroy(&name);
        over.store(true, Ordering::SeqCst);
        removed.unwrap();
        assert!(started.elapsed() < Duration::from_secs(10));
    });
    assert!(!site.storage.holds(&name));
}
