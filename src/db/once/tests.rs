#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::as_conversions)]
use super::super::{Address, Database, pool};
use super::*;
use std::collections::HashMap;
use std::path::Path;

/// One process that writes: its connection, and what it remembers.
struct Process {
    db: Db,
    recent: Recent,
}

impl Process {
    fn start(file: &Path) -> Self {
        let mut db = pool::connect(&Address::Sqlite(file.to_owned())).unwrap();
        let recent = Recent::start(&mut db).unwrap();
        Self { db, recent }
    }

    /// One transaction of the lane, kept or undone.
    fn write<T>(&mut self, keep: bool, work: impl FnOnce(&mut Db) -> T) -> T {
        self.db.batch_execute("BEGIN IMMEDIATE").unwrap();
        let version = self.recent.catch_up(&mut self.db).unwrap();
        let answer = work(&mut self.db);
        let end = if keep { "COMMIT" } else { "ROLLBACK" };
        self.db.batch_execute(end).unwrap();
        if keep {
            self.recent.committed(&mut self.db, version);
        }
        answer
    }

    fn claim(&mut self, key: u32, id: &str) -> Option<String> {
        self.write(true, |db| claim(db, &key_of(key), id).unwrap())
    }

    fn settle_all(&mut self) {
        while !self.recent.is_settled() {
            self.recent.settle(&mut self.db).unwrap();
        }
    }

    fn count(&mut self, table: &str) -> i64 {
        let Db::Sqlite(connection) = &mut self.db else {
            unreachable!("these tests are on SQLite")
        };
        number(
            connection,
            &format!("SELECT count(*) AS answer FROM {table}"),
        )
        .unwrap()
    }
}

/// Keys spread over all slices.
fn key_of(key: u32) -> OnceKey {
    let mut hash = [0; 32];
    hash[..4].copy_from_slice(&key.wrapping_mul(2_654_435_761).to_be_bytes());
    OnceKey::of(hash)
}

fn new_id() -> String {
    crate::ids::new_numbered_id("2025-06-10T00:00:00Z".parse().unwrap()).unwrap()
}

fn new_file(folder: &tempfile::TempDir) -> std::path::PathBuf {
    let file = folder.path().join("one.db");
    drop(Database::open(&Address::Sqlite(file.clone())).unwrap());
    file
}

/// So many keys as after a flood, all of them in `intake_recent` alone.
fn flood(process: &mut Process, keys: u32) -> Vec<String> {
    let ids: Vec<_> = (0..keys).map(|_| new_id()).collect();
    process.write(true, |db| {
        for (key, id) in (0..keys).zip(&ids) {
            assert_eq!(claim(db, &key_of(key), id).unwrap(), None);
        }
    });
    ids
}

#[test]
fn the_first_stays_the_first_wherever_its_key_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let mut process = Process::start(&new_file(&folder));
    let ids = flood(&mut process, 5000);
    assert_eq!(process.count("intake_keys"), 0);
    let mut steps = 0;
    while !process.recent.is_settled() {
        process.recent.settle(&mut process.db).unwrap();
        steps += 1;
        // In the middle of it too, each key is known.
        for key in [0, 1, 2500, 4999] {
            let first = process.claim(key, &new_id());
            assert_eq!(first.as_ref(), Some(&ids[key as usize]), "step {steps}");
        }
    }
    assert!(steps > 4, "in one go: {steps} steps");
    assert_eq!(process.count("intake_keys"), 5000);
    assert_eq!(process.count("recent_keys"), 0);
    assert_eq!(process.count("intake_recent"), 1, "the latest always stays");
}

#[test]
fn what_is_undone_was_never_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut process = Process::start(&new_file(&folder));
    let (undone, kept) = (new_id(), new_id());
    process.write(false, |db| {
        assert_eq!(claim(db, &key_of(1), &undone).unwrap(), None);
        assert_eq!(claim(db, &key_of(1), &kept).unwrap(), Some(undone));
    });
    assert_eq!(process.claim(1, &kept), None);
    assert_eq!(process.claim(1, &new_id()), Some(kept));
}

#[test]
fn after_a_flood_keys_are_carried_over_without_a_quiet_moment() {
    let folder = tempfile::tempdir().unwrap();
    let mut process = Process::start(&new_file(&folder));
    let many = u32::try_from(MANY).unwrap();
    flood(&mut process, many - 1);
    assert!(!process.recent.is_full());
    assert_eq!(process.claim(many, &new_id()), None);
    assert!(process.recent.is_full());
    let mut steps = 0;
    while process.recent.is_full() {
        process.recent.settle(&mut process.db).unwrap();
        steps += 1;
    }
    assert_eq!(steps, 2 * SLICES - 1);
    assert_eq!(process.count("intake_keys"), MANY);
    assert_eq!(process.count("intake_recent"), 1);
}

/// Three processes on one file claim the same few keys again and again, carry over a step now and
/// then, are undone, and are killed and started at any moment: who was first stays first.
#[test]
fn processes_that_come_and_go_agree_on_who_was_first() {
    let folder = tempfile::tempdir().unwrap();
    let file = new_file(&folder);
    let mut processes: Vec<_> = (0..3).map(|_| Process::start(&file)).collect();
    let many = flood(&mut processes[0], 3000);
    let mut first: HashMap<u32, String> = (0..3000).zip(many).collect();
    let mut state = 20_250_610_u32;
    let mut chance = |of: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) % of
    };
    for turn in 0..4000 {
        let who = chance(3) as usize;
        match chance(20) {
            0 => processes[who] = Process::start(&file),
            1..=4 => {
                let process = &mut processes[who];
                process.recent.settle(&mut process.db).unwrap();
            }
            5 => processes[who].write(false, |db| {
                claim(db, &key_of(chance(9000)), &new_id()).unwrap();
            }),
            _ => {
                let (key, id) = (chance(9000), new_id());
                let said = processes[who].claim(key, &id);
                assert_eq!(said.as_ref(), first.get(&key), "turn {turn}, key {key}");
                first.entry(key).or_insert(id);
            }
        }
    }
    processes[1].settle_all();
    processes.truncate(2);
    let mut last = Process::start(&file);
    for (key, id) in &first {
        assert_eq!(last.claim(*key, &new_id()).as_ref(), Some(id));
    }
}
