//! The twin migrations make the same tables, and the program sees them as they are.

use crate::support::{TestDatabase, postgres_admin};
use crate::tables::{Column, Table, Tables, class, of_postgres, of_sqlite};
use diesel::Connection;
use diesel::{PgConnection, SqliteConnection};
use diesel_migrations::{FileBasedMigrations, MigrationHarness};
use jianyan::db::{Address, Database};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Barrier;

fn in_project(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn folder(database: &str) -> FileBasedMigrations {
    FileBasedMigrations::from_path(in_project("migrations").join(database)).unwrap()
}

fn names(database: &str) -> BTreeSet<String> {
    let entries = std::fs::read_dir(in_project("migrations").join(database)).unwrap();
    let name = |entry: std::io::Result<std::fs::DirEntry>| entry.unwrap().file_name();
    entries
        .map(|entry| name(entry).into_string().unwrap())
        .collect()
}

/// The tables that the program itself makes in a new SQLite database.
fn sqlite_tables() -> Tables {
    let folder = tempfile::tempdir().unwrap();
    let made = TestDatabase::sqlite(folder.path());
    drop(Database::open(&Address::parse(&made.url).unwrap()).unwrap());
    let path = made.url.strip_prefix("sqlite:").unwrap();
    of_sqlite(&mut SqliteConnection::establish(path).unwrap())
}

/// The same in a new PostgreSQL database.
fn postgres_tables() -> Option<Tables> {
    let made = TestDatabase::postgres(&admin()?);
    drop(Database::open(&Address::parse(&made.url).unwrap()).unwrap());
    let mut connection = PgConnection::establish(&made.url).unwrap();
    Some(of_postgres(&mut connection))
}

fn admin() -> Option<String> {
    let admin = postgres_admin();
    if admin.is_none() {
        crate::support::postgres_left_out();
    }
    admin
}

/// The tables that `src/db/schema.rs` declares: without indexes, which diesel does not know.
fn declared() -> Tables {
    let text = std::fs::read_to_string(in_project("src/db/schema.rs")).unwrap();
    let mut tables = Tables::new();
    for part in text.split("diesel::table! {").skip(1) {
        let mut lines = part.lines().map(str::trim).filter(|line| !line.is_empty());
        let head = lines.next().unwrap();
        let (name, key) = head.strip_suffix(") {").unwrap().split_once(" (").unwrap();
        let columns = lines.take_while(|line| *line != "}").map(declared_column);
        let table = Table {
            columns: columns.collect(),
            primary_key: key.split(", ").map(str::to_owned).collect(),
            ..Table::default()
        };
        tables.insert(name.to_owned(), table);
    }
    tables
}

fn declared_column(line: &str) -> Column {
    let (name, kind) = line.trim_end_matches(',').split_once(" -> ").unwrap();
    let inner = kind
        .strip_prefix("Nullable<")
        .and_then(|rest| rest.strip_suffix('>'));
    Column {
        name: name.to_owned(),
        class: class(inner.unwrap_or(kind)).to_owned(),
        nullable: inner.is_some(),
        has_default: false,
    }
}

/// Compared table by table, so that a difference is named and not buried.
fn assert_same(one: &Tables, other: &Tables) {
    let names = |tables: &Tables| tables.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(one), names(other));
    for (name, table) in one {
        assert_eq!(table, &other[name], "table {name}");
    }
}

#[test]
fn both_folders_have_the_same_names() {
    assert_eq!(names("sqlite"), names("postgres"));
    assert!(!names("sqlite").is_empty());
}

#[test]
fn both_databases_have_the_same_tables() {
    let Some(postgres) = postgres_tables() else {
        return;
    };
    assert_same(&sqlite_tables(), &postgres);
}

#[test]
fn the_program_sees_the_tables_as_they_are() {
    let mut real = sqlite_tables();
    let mut indexes = 0;
    for table in real.values_mut() {
        // What `diesel::table!` cannot say.
        for column in &mut table.columns {
            column.has_default = false;
        }
        indexes += std::mem::take(&mut table.indexes).len();
    }
    assert!(indexes > 5, "the indexes were not read");
    assert_same(&declared(), &real);
}

/// Programs started together on a database that is not there yet (the service and a timer's
/// import of letters): each finds or makes the tables, none is turned away.
#[test]
fn many_openers_of_a_new_sqlite_database() {
    for _ in 0..20 {
        let folder = tempfile::tempdir().unwrap();
        open_together(&TestDatabase::sqlite(folder.path()).url);
    }
}

#[test]
fn many_openers_of_a_new_postgres_database() {
    let Some(admin) = admin() else { return };
    for _ in 0..3 {
        open_together(&TestDatabase::postgres(&admin).url);
    }
}

fn open_together(url: &str) {
    let (address, start) = (Address::parse(url).unwrap(), Barrier::new(8));
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                start.wait();
                Database::open(&address).unwrap();
            });
        }
    });
}

#[test]
fn up_down_up_on_sqlite() {
    let mut connection = SqliteConnection::establish(":memory:").unwrap();
    connection.run_pending_migrations(folder("sqlite")).unwrap();
    let first = of_sqlite(&mut connection);
    connection.revert_all_migrations(folder("sqlite")).unwrap();
    assert_eq!(of_sqlite(&mut connection), Tables::new());
    connection.run_pending_migrations(folder("sqlite")).unwrap();
    assert_same(&of_sqlite(&mut connection), &first);
    assert_same(&first, &sqlite_tables());
}

#[test]
fn up_down_up_on_postgres() {
    let Some(admin) = admin() else { return };
    let made = TestDatabase::postgres(&admin);
    let mut connection = PgConnection::establish(&made.url).unwrap();
    let folder = || folder("postgres");
    connection.run_pending_migrations(folder()).unwrap();
    let first = of_postgres(&mut connection);
    connection.revert_all_migrations(folder()).unwrap();
    assert_eq!(of_postgres(&mut connection), Tables::new());
    connection.run_pending_migrations(folder()).unwrap();
    assert_same(&of_postgres(&mut connection), &first);
}
