//! The list of what a backup holds. It is written last: a folder without it is no backup.

use crate::error::{Error, Result};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The name of the list in the folder.
pub const LIST: &str = "manifest.json";
/// A copied SQLite database.
pub const SQLITE: &str = "jianyan.db";
/// A PostgreSQL database in `pg_dump`'s own format.
pub const POSTGRES: &str = "jianyan.dump";
/// The site key, when it was asked for.
pub const KEY: &str = "site.key";
/// What the places of stored files begin with.
pub const STORED: &str = "storage/";
/// The version of the list's shape.
const SHAPE: u32 = 1;

/// What a backup holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    /// The version of the program that made it.
    pub program: String,
    pub made_at: Timestamp,
    /// `sqlite` or `postgres`.
    pub database: String,
    /// Check value of the key that the database was made with; its first eight digits are what
    /// people see. It opens nothing.
    pub site_key: String,
    /// Rows of the main tables.
    pub rows: BTreeMap<String, i64>,
    pub files: Vec<Entry>,
}

/// One file of a backup.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// Below the backup's folder, with `/`.
    pub path: String,
    pub bytes: u64,
    /// In hexadecimal.
    pub sha256: String,
}

impl Manifest {
    /// Takes a copied file into the list.
    pub fn add(&mut self, path: &str, (bytes, sha256): (u64, String)) {
        let path = path.to_owned();
        self.files.push(Entry {
            path,
            bytes,
            sha256,
        });
    }

    /// Rows of a table, none when it was not counted.
    #[must_use]
    pub fn counted(&self, table: &str) -> i64 {
        self.rows.get(table).copied().unwrap_or_default()
    }

    /// How many stored files there are.
    #[must_use]
    pub fn stored(&self) -> usize {
        let stored = |file: &&Entry| file.path.starts_with(STORED);
        self.files.iter().filter(stored).count()
    }

    /// Size of all files together.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.bytes).sum()
    }

    /// The file at a place.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&Entry> {
        self.files.iter().find(|file| file.path == path)
    }

    /// A list of this program's shape, still without files.
    #[must_use]
    pub fn new(made_at: Timestamp, database: &str, site_key: &str) -> Self {
        Self {
            format: SHAPE,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            made_at,
            database: database.to_owned(),
            site_key: site_key.to_owned(),
            rows: BTreeMap::new(),
            files: Vec::new(),
        }
    }

    /// Reads a list. Only names that a backup can hold are let through, so that none leads out of
    /// the folder.
    ///
    /// # Errors
    /// `Kind::Invalid` when it is none, is of a later shape, or names another path or one twice.
    pub fn read(bytes: &[u8]) -> Result<Self> {
        let read: Self = serde_json::from_slice(bytes)
            .map_err(|cause| unsound("内容无法识别", "it cannot be read").caused_by(cause))?;
        if read.format != SHAPE {
            return Err(unsound(
                "由更新版本的程序生成",
                "a newer version of the program made it",
            ));
        }
        let mut seen = BTreeSet::new();
        for file in &read.files {
            if !is_ours(&file.path) || !seen.insert(file.path.as_str()) {
                return Err(unsound(
                    "其中有备份里不该有的路径",
                    "it names a path that no backup holds",
                ));
            }
        }
        let dump = match read.database.as_str() {
            "sqlite" => SQLITE,
            "postgres" => POSTGRES,
            _ => {
                return Err(unsound(
                    "数据库种类无法识别",
                    "it names an unknown kind of database",
                ));
            }
        };
        if seen.contains(dump) {
            Ok(read)
        } else {
            Err(unsound(
                "其中没有数据库",
                "it names no copy of the database",
            ))
        }
    }
}

/// Whether a backup can hold a file of this name.
fn is_ours(path: &str) -> bool {
    [SQLITE, POSTGRES, KEY].contains(&path) || path.strip_prefix(STORED).is_some_and(is_stored)
}

/// Whether this is the place of a kept file within the folder of stored files: locks and parts of
/// files have other names.
#[must_use]
pub fn is_stored(path: &str) -> bool {
    let Some((folder, name)) = path.split_once('/') else {
        return false;
    };
    let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    name.len() == 64 && name.bytes().all(hex) && name.get(..2) == Some(folder)
}

fn unsound(zh: &str, en: &str) -> Error {
    Error::invalid(
        format!("备份清单 {LIST} 不能用（{zh}），没有改动任何数据；请换一份备份"),
        format!(
            "the list {LIST} of this backup cannot be used: {en}; nothing was touched, take another backup"
        ),
    )
}
