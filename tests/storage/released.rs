//! Migrations are frozen once they are released: the hash of each is held here. A database that ran
//! one would never run what is changed in it.

use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;

const HELD: &str = include_str!("released.txt");

fn line(folder: &Path) -> String {
    let mut hash = Sha256::new();
    for (database, file) in [
        ("sqlite", "up.sql"),
        ("sqlite", "down.sql"),
        ("postgres", "up.sql"),
        ("postgres", "down.sql"),
    ] {
        let path = folder.parent().unwrap().parent().unwrap();
        let path = path
            .join(database)
            .join(folder.file_name().unwrap())
            .join(file);
        let bytes =
            std::fs::read(&path).unwrap_or_else(|_| panic!("{} is missing", path.display()));
        hash.update(u64::try_from(bytes.len()).unwrap().to_le_bytes());
        hash.update(&bytes);
    }
    hash.finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[test]
fn released_migrations_are_as_they_were() {
    let held: BTreeMap<&str, &str> = HELD
        .lines()
        .filter_map(|line| line.split_once(' '))
        .collect();
    let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite");
    let mut faults = Vec::new();
    let mut found = Vec::new();
    for entry in std::fs::read_dir(all).unwrap() {
        let folder = entry.unwrap().path();
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let now = line(&folder);
        match held.get(name.as_str()) {
            None => faults.push(format!(
                "{name} has no line: add this one to tests/storage/released.txt\n{name} {now}"
            )),
            Some(then) if *then != now => faults.push(format!(
                "{name} was released and must not be edited: put it back, and add a new one"
            )),
            Some(_) => {}
        }
        found.push(name);
    }
    for name in held
        .keys()
        .filter(|name| !found.iter().any(|one| one == *name))
    {
        faults.push(format!("{name} was released and is gone: put it back"));
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}
