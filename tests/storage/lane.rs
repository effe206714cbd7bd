//! The SQLite writer lane: neighbours in one transaction do not harm each other, an answer means
//! committed, everybody is answered, and in order.

use crate::ask::{number, words};
use crate::support::TestDatabase;
use diesel::connection::SimpleConnection;
use diesel::{Connection, QueryableByName, RunQueryDsl, SqliteConnection};
use jianyan::db::{Address, Database, Db};
use jianyan::error::{Error, Kind, Result};
use std::sync::mpsc::{Sender, channel};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};
use tokio::task::{JoinHandle, yield_now};

struct Bench {
    database: Database,
    /// A second connection, opened past the program.
    beside: SqliteConnection,
    _folder: TempDir,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    rows: i64,
}

fn bench() -> Bench {
    let folder = tempfile::tempdir().unwrap();
    let url = TestDatabase::sqlite(folder.path()).url.clone();
    let database = Database::open(&Address::parse(&url).unwrap()).unwrap();
    database
        .write_now(|db| Ok(db.batch_execute("CREATE TABLE rows_of_test (n BIGINT PRIMARY KEY)")?))
        .unwrap();
    let path = url.strip_prefix("sqlite:").unwrap();
    let beside = SqliteConnection::establish(path).unwrap();
    Bench {
        database,
        beside,
        _folder: folder,
    }
}

impl Bench {
    /// How many rows the second connection sees with a number.
    fn seen(&mut self, n: usize) -> i64 {
        let sql = format!("SELECT COUNT(*) AS rows FROM rows_of_test WHERE n = {n}");
        let count: Count = diesel::sql_query(sql).get_result(&mut self.beside).unwrap();
        count.rows
    }

    fn numbers(&self) -> Vec<String> {
        let sql = "SELECT CAST(n AS TEXT) AS answer FROM rows_of_test ORDER BY rowid";
        words(&self.database, sql)
    }

    /// Keeps the writer thread busy until the answer is sent a word; what is queued meanwhile makes
    /// one batch.
    async fn hold(&self) -> (Sender<()>, JoinHandle<Result<()>>) {
        let (release, released) = channel::<()>();
        let (begin, mut began) = tokio::sync::mpsc::unbounded_channel();
        let held = self.queue(move |_| {
            let _ = begin.send(());
            let _ = released.recv();
            Ok(())
        });
        began.recv().await.unwrap();
        (release, held)
    }

    fn queue<T: Send + 'static>(
        &self,
        work: impl FnMut(&mut Db) -> Result<T> + Send + 'static,
    ) -> JoinHandle<Result<T>> {
        let database = self.database.clone();
        tokio::spawn(async move { database.write(work).await })
    }

    fn queue_row(&self, n: usize) -> JoinHandle<Result<()>> {
        self.queue(move |db| insert(db, n))
    }
}

fn insert(db: &mut Db, n: usize) -> Result<()> {
    Ok(db.batch_execute(&format!("INSERT INTO rows_of_test (n) VALUES ({n})"))?)
}

/// One thread: tasks run in the order in which they were made.
fn in_order() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

#[test]
fn a_failure_undoes_only_its_own_change() {
    let bench = bench();
    in_order().block_on(async {
        let (release, _held) = bench.hold().await;
        let first = bench.queue_row(1);
        let refused = bench.queue(|db| {
            insert(db, 2)?;
            Err::<(), _>(Error::invalid("不行", "no"))
        });
        let middle = bench.queue_row(3);
        let panicked = bench.queue(|db| {
            insert(db, 4)?;
            panic!("a fault in a closure");
            #[expect(unreachable_code, reason = "gives the closure its type")]
            Ok(())
        });
        let twice = bench.queue(|db| {
            insert(db, 5)?;
            insert(db, 1)
        });
        let gone = bench.queue_row(6);
        let last = bench.queue_row(7);
        yield_now().await;
        // A caller that went away (a closed browser) takes nothing back.
        gone.abort();
        release.send(()).unwrap();
        for kept in [first, middle, last] {
            kept.await.unwrap().unwrap();
        }
        assert_eq!(refused.await.unwrap().unwrap_err().kind(), Kind::Invalid);
        assert_eq!(panicked.await.unwrap().unwrap_err().kind(), Kind::Internal);
        assert_eq!(twice.await.unwrap().unwrap_err().kind(), Kind::Internal);
    });
    assert_eq!(bench.numbers(), ["1", "3", "6", "7"]);
    bench.database.write_now(|db| insert(db, 8)).unwrap();
}

#[test]
fn no_answer_before_the_commit() {
    let mut bench = bench();
    in_order().block_on(async {
        let (release, _held) = bench.hold().await;
        let early = bench.queue_row(1);
        let (release_late, released) = channel::<()>();
        let (begin, mut began) = tokio::sync::mpsc::unbounded_channel();
        let late = bench.queue(move |_| {
            let _ = begin.send(());
            let _ = released.recv();
            Ok(())
        });
        yield_now().await;
        release.send(()).unwrap();
        // The later one of the batch runs, so the earlier one has run; it is not answered yet.
        began.recv().await.unwrap();
        yield_now().await;
        assert!(!early.is_finished());
        assert_eq!(bench.seen(1), 0);
        release_late.send(()).unwrap();
        early.await.unwrap().unwrap();
        assert_eq!(bench.seen(1), 1);
        late.await.unwrap().unwrap();
    });
}

#[test]
fn an_answer_means_that_another_connection_sees_it() {
    let mut bench = bench();
    for n in 0..300 {
        bench.database.write_now(move |db| insert(db, n)).unwrap();
        assert_eq!(bench.seen(n), 1, "row {n}");
    }
}

#[test]
fn a_thousand_writers_are_all_answered() {
    let bench = bench();
    let runtime = Builder::new_multi_thread()
        .worker_threads(4)
        .build()
        .unwrap();
    runtime.block_on(async {
        let (release, held) = bench.hold().await;
        // Every tenth fails: its neighbours are answered all the same.
        let all: Vec<_> = (0..1000)
            .map(|n| match n % 10 {
                9 => bench.queue(|_| Err(Error::invalid("不行", "no"))),
                _ => bench.queue_row(n),
            })
            .collect();
        release.send(()).unwrap();
        held.await.unwrap().unwrap();
        for (n, one) in all.into_iter().enumerate() {
            assert_eq!(one.await.unwrap().is_ok(), n % 10 != 9, "writer {n}");
        }
    });
    let count = "SELECT COUNT(*) AS answer FROM rows_of_test";
    assert_eq!(number(&bench.database, count), 900);
}

#[test]
fn one_callers_changes_keep_their_order() {
    let bench = bench();
    in_order().block_on(async {
        // More than one batch holds, and not in the order of their numbers.
        let all: Vec<_> = (0..1500).map(|n| bench.queue_row(n * 7 % 1500)).collect();
        for one in all {
            one.await.unwrap().unwrap();
        }
    });
    let wanted: Vec<_> = (0..1500).map(|n| (n * 7 % 1500).to_string()).collect();
    assert_eq!(bench.numbers(), wanted);
}
