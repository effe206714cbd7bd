//! The one way to write to SQLite: a thread that takes every closure waiting, runs them inside one
//! transaction, commits once, and only then answers them all. So an answer means that the change is
//! on disk, and hundreds of writers share one flush. A closure that fails undoes its own changes
//! and nobody else's.

use super::fault::unreachable_database;
use super::once::Recent;
use super::{Db, dialect};
use crate::error::{Error, Kind, Result};
use diesel::connection::SimpleConnection;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::time::Duration;
use tokio::sync::oneshot;

/// Closures in one transaction at most. Beyond a few hundred the shared flush hardly matters any
/// more, and all who are answered at one instant are a crowd that others have to wait behind.
const BATCH: usize = 256;
/// How long nobody must have written before keys are carried over of which there are few.
const QUIET: Duration = Duration::from_secs(1);

/// A handle on the writer thread.
#[derive(Clone)]
pub(super) struct Lane(SyncSender<Box<dyn Task>>);

impl Lane {
    /// Starts the thread with the one connection that writes. So many closures may wait before new
    /// ones are turned away.
    pub(super) fn start(mut db: Db, most: usize) -> Result<Self> {
        dialect::wait_by_itself(&mut db)?;
        dialect::prepare_writer(&mut db)?;
        let recent = Recent::start(&mut db)?;
        let (sender, receiver) = sync_channel(most.max(1));
        std::thread::Builder::new()
            .name("jianyan-writer".to_owned())
            .spawn(move || run(db, recent, &receiver, QUIET))
            .map_err(Error::internal)?;
        Ok(Self(sender))
    }

    /// Queues a closure; its answer arrives after the commit.
    ///
    /// # Errors
    /// `Kind::Busy` when the queue is full, `Kind::Unavailable` when the thread has ended.
    pub(super) fn submit<T, F>(&self, work: F) -> Result<oneshot::Receiver<Result<T>>>
    where
        T: Send + 'static,
        F: FnMut(&mut Db) -> Result<T> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let task = Box::new(Pending {
            work,
            outcome: None,
            reply,
        });
        self.0.try_send(task).map_err(|error| match error {
            TrySendError::Full(_) => busy(),
            TrySendError::Disconnected(_) => stopped(),
        })?;
        Ok(answer)
    }
}

/// The error when more is waiting to be written than may wait.
pub(super) fn busy() -> Error {
    Error::new(
        Kind::Busy,
        "现在提交的人太多，这一次没有保存，请过十几秒再提交一次",
        "too many people are sending at once and this was not saved; send it again in a few seconds",
    )
}

/// The error when the writer thread is gone.
pub(super) fn stopped() -> Error {
    Error::new(
        Kind::Unavailable,
        "系统正在停止，内容没有保存，请稍后再试",
        "the service is stopping and nothing was saved; try again later",
    )
}

/// A closure waiting for its turn and then for its commit.
trait Task: Send {
    /// Runs the closure; `false` when its changes must be undone.
    fn run(&mut self, db: &mut Db) -> bool;
    /// Tells the caller, after the commit or when it failed.
    fn answer(self: Box<Self>, committed: Result<()>);
}

struct Pending<F, T> {
    work: F,
    outcome: Option<Result<T>>,
    reply: oneshot::Sender<Result<T>>,
}

impl<F, T> Task for Pending<F, T>
where
    T: Send + 'static,
    F: FnMut(&mut Db) -> Result<T> + Send + 'static,
{
    fn run(&mut self, db: &mut Db) -> bool {
        let outcome = catch_unwind(AssertUnwindSafe(|| (self.work)(db))).unwrap_or_else(|_| {
            Err(Error::new(
                Kind::Internal,
                "处理时程序出错，内容没有保存，请联系系统管理员",
                "the program failed while saving and nothing was saved; tell the administrator",
            ))
        });
        let keep = outcome.is_ok();
        self.outcome = Some(outcome);
        keep
    }

    fn answer(self: Box<Self>, committed: Result<()>) {
        let answer = match (committed, self.outcome) {
            (_, Some(Err(own))) => Err(own),
            (Err(failed), _) => Err(failed),
            (Ok(()), Some(done)) => done,
            (Ok(()), None) => Err(stopped()),
        };
        // The caller may have gone away (a closed browser); the change stands all the same.
        let _ = self.reply.send(answer);
    }
}

fn run(mut db: Db, mut recent: Recent, queue: &Receiver<Box<dyn Task>>, quiet: Duration) {
    let mut patience = quiet;
    loop {
        let first = if recent.is_settled() {
            queue.recv().map_err(|_| RecvTimeoutError::Disconnected)
        } else {
            queue.recv_timeout(patience)
        };
        match first {
            Ok(first) => {
                patience = quiet;
                let mut batch = vec![first];
                batch.extend(queue.try_iter().take(BATCH - 1));
                let committed = run_batch(&mut db, &mut recent, &mut batch);
                for task in batch {
                    task.answer(committed.as_ref().map(|&()| ()).map_err(unreachable_or));
                }
                if recent.is_full() {
                    settle(&mut db, &mut recent);
                }
            }
            Err(RecvTimeoutError::Timeout) => {
                let done = settle(&mut db, &mut recent);
                patience = if done { Duration::ZERO } else { quiet };
            }
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

/// Takes a step; one that failed is taken again later.
fn settle(db: &mut Db, recent: &mut Recent) -> bool {
    let done = recent.settle(db);
    if let Err(cause) = &done
        && !dialect::is_locked(cause)
    {
        tracing::warn!(%cause, "keys could not be carried over; tried again later");
    }
    done.is_ok()
}

/// Nearly always every closure of a batch succeeds, so they run without savepoints at first: after
/// one, SQLite copies every page before it changes it. When one fails, all is undone and done again
/// with a savepoint for each.
fn run_batch(db: &mut Db, recent: &mut Recent, batch: &mut [Box<dyn Task>]) -> Result<()> {
    let together = in_transaction(db, recent, |db| {
        Ok(batch.iter_mut().all(|task| task.run(db)))
    })?;
    if !together && batch.len() > 1 {
        in_transaction(db, recent, |db| run_apart(db, batch))?;
    }
    Ok(())
}

/// Commits when the work says so, and undoes everything otherwise.
fn in_transaction(
    db: &mut Db,
    recent: &mut Recent,
    work: impl FnOnce(&mut Db) -> diesel::QueryResult<bool>,
) -> Result<bool> {
    dialect::begin_batch(db)?;
    let kept = recent.catch_up(db).and_then(|version| {
        let keep = work(db)?;
        if keep {
            db.batch_execute("COMMIT")?;
        }
        Ok(keep.then_some(version))
    });
    if let Ok(Some(version)) = kept {
        recent.committed(db, version);
    } else {
        // After a failed COMMIT (a full disk) SQLite may have rolled back by itself already.
        let _ = db.batch_execute("ROLLBACK");
    }
    Ok(kept?.is_some())
}

fn run_apart(db: &mut Db, batch: &mut [Box<dyn Task>]) -> diesel::QueryResult<bool> {
    for task in batch {
        db.batch_execute("SAVEPOINT one")?;
        if !task.run(db) {
            db.batch_execute("ROLLBACK TO one")?;
        }
        db.batch_execute("RELEASE one")?;
    }
    Ok(true)
}

/// The failure of a shared commit, made anew for each who shared it.
fn unreachable_or(error: &Error) -> Error {
    let both = error.both();
    match error.kind() {
        Kind::Internal => unreachable_database().caused_by(error.to_string()),
        kind => Error::new(kind, both.zh.clone(), both.en.clone()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::schema::site_settings;
    use super::super::{Address, Database, Db};
    use crate::error::{Error, Kind, Result};
    use diesel::prelude::*;
    use std::sync::mpsc::channel;

    fn put(db: &mut Db, name: &str) -> Result<()> {
        let row = (
            site_settings::name.eq(name),
            site_settings::value.eq("there"),
        );
        crate::insert_row!(db, site_settings::table, row)
    }

    /// Three people send at the same moment; what one of them sends cannot be kept. The other two
    /// are kept whole, of the one nothing is, and each is told so.
    #[test]
    fn a_failure_in_a_shared_transaction_undoes_only_its_own_changes() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(&Address::Sqlite(folder.path().join("one.db"))).unwrap();
        let super::super::Writer::Lane(lane) = &database.writer else {
            unreachable!("SQLite has a lane")
        };
        let ((started, begun), (let_go, gate)) = (channel(), channel());
        // Holds the lane until the three below are waiting, so that they share one transaction.
        let first = lane.submit(move |_| {
            started.send(()).unwrap();
            gate.recv().map_err(Error::internal)
        });
        begun.recv().unwrap();
        let before = lane.submit(|db| put(db, "before")).unwrap();
        let fails = lane
            .submit(|db| {
                put(db, "never")?;
                Err::<(), _>(Error::invalid("不行", "no"))
            })
            .unwrap();
        let after = lane.submit(|db| put(db, "after")).unwrap();
        let_go.send(()).unwrap();

        first.unwrap().blocking_recv().unwrap().unwrap();
        before.blocking_recv().unwrap().unwrap();
        assert_eq!(
            fails.blocking_recv().unwrap().unwrap_err().kind(),
            Kind::Invalid
        );
        after.blocking_recv().unwrap().unwrap();
        let kept: Vec<String> = database
            .read_now(|db| {
                Ok(site_settings::table
                    .select(site_settings::name)
                    .order(site_settings::name.asc())
                    .load(db)?)
            })
            .unwrap();
        assert_eq!(kept, ["after", "before"]);
    }
}
