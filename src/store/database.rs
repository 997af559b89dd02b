//! One engine's open database: the way to the writer, and the readers' pool.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use sqlx::pool::PoolConnection;
use sqlx::{Connection, Pool};
use tokio::sync::{oneshot, watch};
use tokio_util::task::TaskTracker;

use super::job::Task;
use super::operations::Conn;
use super::writer::Writer;
use super::{Engine, Keeper, READ_TOGETHER, WRITERS, employ};
use crate::store::StoreError;
use crate::store::key::Key;
use crate::store::options::Options;
use crate::store::queue::{Queue, Urgency};

/// After this long without an answer a connection counts as lost.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

/// What is said then.
pub(super) fn late() -> sqlx::Error {
    sqlx::Error::Io(std::io::Error::new(std::io::ErrorKind::TimedOut, "no answer within 30 s"))
}

/// An open database. Clones share it; when the last one goes, what waits is still written.
#[derive(Clone)]
pub struct Database {
    inner: Arc<Inner>,
}

struct Inner {
    queue: Arc<Queue<Box<dyn super::job::Job>>>,
    readers: Pool<Engine>,
    tasks: TaskTracker,
    options: Options,
    holder: Arc<str>,
    commits: watch::Sender<u64>,
    /// What must live as long as the database is open: the lock of the process, the listener.
    _kept: Keeper,
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.queue.close();
    }
}

impl Database {
    /// Starts the writers. `first` is a connection that is open already.
    pub(super) fn start(
        door: super::Door,
        first: Conn,
        readers: Pool<Engine>,
        options: Options,
        commits: watch::Sender<u64>,
        kept: Keeper,
    ) -> Self {
        let queue = Arc::new(Queue::new());
        let tasks = TaskTracker::new();
        let holder: Arc<str> = door.holder().into();
        let mut first = Some(first);
        for _ in 0..WRITERS {
            let writer = Writer::new(queue.clone(), door.clone(), commits.clone(), first.take());
            employ(&tasks, writer.work());
        }
        tasks.close();
        Self { inner: Arc::new(Inner { queue, readers, tasks, options, holder, commits, _kept: kept }) }
    }

    /// Runs `run` in a transaction that it shares with other jobs, and returns after the commit.
    ///
    /// `run` may be run several times and must not keep anything from a former time. It must not swallow the error of
    /// a statement. Jobs with the same `key` wait for the same rows: it is what they lock first.
    pub async fn write<A, T, F>(&self, key: Key, urgency: Urgency, args: A, run: F) -> Result<T, StoreError>
    where
        A: Send + Sync + 'static,
        T: Send + 'static,
        F: for<'a> Fn(&'a mut Conn, &'a A) -> BoxFuture<'a, sqlx::Result<T>> + Send + Sync + 'static,
    {
        self.write_raising(key, urgency, args, run, |_| true).await
    }

    /// [`Database::write`], where the result tells whether messages were raised: if none were, nobody is woken.
    pub async fn write_raising<A, T, F>(
        &self,
        key: Key,
        urgency: Urgency,
        args: A,
        run: F,
        raises: fn(&T) -> bool,
    ) -> Result<T, StoreError>
    where
        A: Send + Sync + 'static,
        T: Send + 'static,
        F: for<'a> Fn(&'a mut Conn, &'a A) -> BoxFuture<'a, sqlx::Result<T>> + Send + Sync + 'static,
    {
        let (reply, result) = oneshot::channel();
        let task = Task::new(key, urgency, args, run, raises, reply);
        self.inner.queue.push(urgency, Box::new(task)).await.map_err(|_| StoreError::Closed)?;
        result.await.unwrap_or(Err(StoreError::Closed))
    }

    /// Runs `run` on a reader's connection. It sees every commit that was confirmed before.
    pub async fn read<A, T, F>(&self, args: A, run: F) -> Result<T, StoreError>
    where
        F: for<'a> FnOnce(&'a mut Conn, &'a A) -> BoxFuture<'a, sqlx::Result<T>>,
    {
        let mut reader = self.reader().await?;
        let reading = async {
            let Some(begin) = READ_TOGETHER else { return run(&mut reader, &args).await };
            let mut moment = reader.begin_with(begin).await?;
            let result = run(&mut moment, &args).await;
            // Nothing was written; only the connection has to be fit for the next reader.
            moment.rollback().await?;
            result
        };
        match tokio::time::timeout(PATIENCE, reading).await {
            Ok(result) => result.map_err(StoreError::running),
            Err(_elapsed) => {
                // Whatever it still waits for, nobody reads it.
                drop(reader.detach());
                Err(StoreError::Unreachable(late().to_string()))
            }
        }
    }

    async fn reader(&self) -> Result<PoolConnection<Engine>, StoreError> {
        self.inner.readers.acquire().await.map_err(|error| match error {
            sqlx::Error::PoolClosed => StoreError::Closed,
            other => StoreError::Unreachable(other.to_string()),
        })
    }

    /// Writes what waits, then lets go of everything.
    pub async fn close(&self) {
        self.inner.queue.close();
        self.inner.tasks.wait().await;
        self.inner.readers.close().await;
    }

    pub fn options(&self) -> &Options {
        &self.inner.options
    }

    /// The name under which this process holds claims.
    pub fn holder(&self) -> &str {
        &self.inner.holder
    }

    /// Tells of every commit that may have raised messages.
    pub fn commits(&self) -> watch::Receiver<u64> {
        self.inner.commits.subscribe()
    }
}
