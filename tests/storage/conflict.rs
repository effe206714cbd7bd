//! Transactions that meet others, fail, or insert what is there already.

use crate::ask::{number, words};
use crate::on_both;
use crate::support::{Backend, TestSite};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use jianyan::db::schema::site_settings;
use jianyan::db::{Database, Db};
use jianyan::error::{Error, Kind, Result};
use jianyan::insert_once;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};

fn set(db: &mut Db, name: &str, value: &str) -> Result<()> {
    let row = site_settings::table.filter(site_settings::name.eq(name));
    let changed = diesel::update(row).set(site_settings::value.eq(value));
    assert_eq!(changed.execute(db)?, 1);
    Ok(())
}

fn add(db: &mut Db, name: &str) -> Result<bool> {
    let row = (site_settings::name.eq(name), site_settings::value.eq("0"));
    insert_once!(db, site_settings::table, row)
}

fn value(database: &Database, name: &str) -> String {
    let sql = format!("SELECT value AS answer FROM site_settings WHERE name = '{name}'");
    words(database, &sql).concat()
}

/// Two that each hold what the other one wants: PostgreSQL ends one, and it runs again.
#[test]
fn a_deadlock_is_tried_again() {
    let Some(site) = TestSite::on_postgres() else {
        return;
    };
    site.database
        .write_now(|db| Ok((add(db, "one")?, add(db, "two")?)))
        .unwrap();
    let (runs, meet) = (Arc::new(AtomicUsize::new(0)), Arc::new(Barrier::new(2)));
    std::thread::scope(|scope| {
        for names in [["one", "two"], ["two", "one"]] {
            let (runs, meet, database) = (Arc::clone(&runs), Arc::clone(&meet), &site.database);
            scope.spawn(move || {
                let mut first = true;
                let done = database.write_now(move |db| {
                    runs.fetch_add(1, Ordering::SeqCst);
                    set(db, names[0], names[0])?;
                    if std::mem::take(&mut first) {
                        meet.wait();
                    }
                    set(db, names[1], names[0])
                });
                done.unwrap();
            });
        }
    });
    assert!(runs.load(Ordering::SeqCst) > 2, "they did not meet");
    assert_eq!(value(&site.database, "one"), value(&site.database, "two"));
}

/// Reading, adding one and writing in transactions that cannot be put in a row: none is lost.
#[test]
fn a_serialization_failure_is_tried_again() {
    let Some(site) = TestSite::on_postgres() else {
        return;
    };
    site.database.write_now(|db| add(db, "count")).unwrap();
    let runs = Arc::new(AtomicUsize::new(0));
    let one_more = |runs: Arc<AtomicUsize>| {
        move |db: &mut Db| {
            runs.fetch_add(1, Ordering::SeqCst);
            db.batch_execute("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE")?;
            let row = site_settings::table.filter(site_settings::name.eq("count"));
            let text: String = row.select(site_settings::value).first(db)?;
            set(db, "count", &(text.parse::<u64>().unwrap() + 1).to_string())
        }
    };
    let start = Barrier::new(4);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                start.wait();
                for _ in 0..15 {
                    site.database
                        .write_now(one_more(Arc::clone(&runs)))
                        .unwrap();
                }
            });
        }
    });
    assert_eq!(value(&site.database, "count"), "60");
    assert!(runs.load(Ordering::SeqCst) > 60, "they did not meet");
}

on_both! {
    /// What a closure did before it failed is gone, and its own error comes back.
    fn an_error_undoes_everything(site: TestSite) {
        let failed = site.database.write_now(|db| {
            add(db, "half")?;
            Err::<(), _>(Error::new(Kind::Conflict, "别人先改了", "somebody else was first"))
        });
        assert_eq!(failed.unwrap_err().kind(), Kind::Conflict);
        let left = "SELECT COUNT(*) AS answer FROM site_settings WHERE name = 'half'";
        assert_eq!(number(&site.database, left), 0);
    }

    /// A row that is there already neither fails nor spoils what comes after it.
    fn an_insert_once_leaves_the_transaction_usable(site: TestSite) {
        let answers = site.database.write_now(|db| {
            let answers = [add(db, "there")?, add(db, "there")?, add(db, "more")?];
            set(db, "there", "1")?;
            Ok(answers)
        });
        assert_eq!(answers.unwrap(), [true, false, true]);
        assert_eq!(value(&site.database, "there"), "1");
        assert_eq!(value(&site.database, "more"), "0");
    }

    /// A fault of the program in one change leaves the database usable for the next.
    fn a_panic_undoes_everything(site: TestSite) {
        let database = site.database.clone();
        let caught = std::thread::spawn(move || {
            database.write_now(|db| {
                add(db, "half")?;
                assert!(db.batch_execute("SELECT 1").is_err(), "a fault in a closure");
                Ok(())
            })
        });
        // On SQLite an error, on PostgreSQL the panic itself: either way nothing is kept.
        let _ = caught.join();
        let left = "SELECT COUNT(*) AS answer FROM site_settings WHERE name = 'half'";
        for _ in 0..20 {
            assert_eq!(number(&site.database, left), 0);
        }
        let kept = if site.backend == Backend::Sqlite { "sqlite" } else { "postgres" };
        assert!(site.database.write_now(|db| add(db, kept)).unwrap());
    }
}
