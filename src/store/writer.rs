//! The writer: takes what waits into one transaction, so that many share one write to the disk.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use sqlx::Connection;
use tokio::sync::watch;

use super::database::{PATIENCE, late};
use super::job::Job;
use super::operations::Conn;
use super::{BEGIN, Door, Fate, fate, prove};
use crate::clock::jitter;
use crate::store::StoreError;
use crate::store::queue::Queue;

/// Jobs in one transaction, at most. Without a timer: a lone job is committed alone, at once.
const GROUP: usize = 64;
/// The pauses before a transaction is tried again after a lost connection or a clash with another writer.
const PAUSES: [Duration; 3] = [Duration::from_millis(20), Duration::from_millis(200), Duration::from_millis(1_000)];

type Group = Vec<Box<dyn Job>>;

pub struct Writer {
    queue: Arc<Queue<Box<dyn Job>>>,
    door: Door,
    commits: watch::Sender<u64>,
    link: Option<Conn>,
}

enum Failure {
    /// The database is away.
    Lost(sqlx::Error),
    /// One of the members, or all together.
    Members(sqlx::Error),
    /// A defect of ours.
    Panic,
}

impl Writer {
    pub fn new(queue: Arc<Queue<Box<dyn Job>>>, door: Door, commits: watch::Sender<u64>, link: Option<Conn>) -> Self {
        Self { queue, door, commits, link }
    }

    /// Writes until the queue is closed and empty.
    pub async fn work(mut self) {
        while let Some(mut group) = self.queue.take(GROUP).await {
            // Nobody waits for these any more, and nobody was told that they are saved. (An act is waited for by its own
            // task, also where the person was told to tap again.)
            group.retain(|job| !job.is_abandoned());
            // Everybody locks in the same order; the sort is stable, so that one row's jobs stay in theirs.
            group.sort_by_key(|job| job.key());
            let jobs = group.len();
            self.write(group).await;
            self.door.wrote(jobs, self.queue.is_empty());
        }
        if let Some(link) = self.link {
            let _ = link.close().await;
        }
    }

    async fn write(&mut self, mut group: Group) {
        match self.persist(&mut group).await {
            Ok(()) => group.into_iter().for_each(|job| job.done()),
            Err(Failure::Lost(error)) => {
                let why = error.to_string();
                group.into_iter().for_each(|job| job.failed(StoreError::Unreachable(why.clone())));
            }
            Err(failure) if group.len() == 1 => {
                if let Some(job) = group.pop() {
                    job.failed(failure.into());
                }
            }
            // One of them spoils it for all. A savepoint for each would cost every group; this costs only such ones.
            Err(_) => {
                for job in group.into_iter().filter(|job| !job.is_abandoned()) {
                    let mut alone = vec![job];
                    let outcome = self.persist(&mut alone).await;
                    let Some(job) = alone.pop() else { continue };
                    match outcome {
                        Ok(()) => job.done(),
                        Err(failure) => job.failed(failure.into()),
                    }
                }
            }
        }
    }

    /// Commits all members, or none. Tries again when that can help: jobs may be run again, even after a commit whose
    /// answer was lost.
    async fn persist(&mut self, group: &mut Group) -> Result<(), Failure> {
        if group.is_empty() {
            return Ok(());
        }
        let mut pauses = PAUSES.iter();
        loop {
            let failure = match self.attempt(group).await {
                Ok(()) => return Ok(()),
                Err(Attempt::Panic) => return Err(Failure::Panic),
                Err(Attempt::Database(error)) => error,
            };
            let fate = fate(&failure);
            let again = fate == Fate::Lost || fate == Fate::Clash && group.len() == 1;
            match if again { pauses.next() } else { None } {
                Some(pause) => tokio::time::sleep(jitter(*pause)).await,
                None if fate == Fate::Lost => return Err(Failure::Lost(failure)),
                None => return Err(Failure::Members(failure)),
            }
        }
    }

    async fn attempt(&mut self, group: &mut Group) -> Result<(), Attempt> {
        let mut link = match self.link.take() {
            Some(link) => link,
            None => self.door.connect().await?,
        };
        let door = &self.door;
        let transaction = AssertUnwindSafe(async {
            let mut tx = link.begin_with(BEGIN).await?;
            let outcome = async {
                for job in group.iter_mut() {
                    job.run(&mut tx).await?;
                }
                let wakes = group.iter().any(|job| job.wakes());
                prove(&mut tx, door, wakes).await.map(|()| wakes)
            };
            match outcome.await {
                Ok(wakes) => tx.commit().await.map(|()| wakes),
                Err(error) => {
                    // The first error tells what is wrong. If this fails too the connection stays in the transaction,
                    // and is not used again.
                    let _ = tx.rollback().await;
                    Err(error)
                }
            }
        });
        // Whenever the end of it is not known the connection is dropped with its transaction.
        match tokio::time::timeout(PATIENCE, transaction.catch_unwind()).await {
            Ok(Ok(Ok(wakes))) => {
                self.link = Some(link);
                if wakes {
                    self.commits.send_modify(|commits| *commits += 1);
                    self.door.tell();
                }
                Ok(())
            }
            Ok(Ok(Err(error))) => {
                if !link.is_in_transaction() && fate(&error) != Fate::Lost {
                    self.link = Some(link);
                }
                Err(Attempt::Database(error))
            }
            Ok(Err(_panic)) => Err(Attempt::Panic),
            Err(_elapsed) => Err(Attempt::Database(late())),
        }
    }
}

enum Attempt {
    Database(sqlx::Error),
    Panic,
}

impl From<sqlx::Error> for Attempt {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

impl From<Failure> for StoreError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Lost(error) => Self::Unreachable(error.to_string()),
            Failure::Members(error) => Self::running(error),
            Failure::Panic => Self::Panicked,
        }
    }
}
