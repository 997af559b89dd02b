//! One thing to be written, and whoever waits for it.

use futures_util::future::BoxFuture;
use tokio::sync::oneshot;

use super::operations::Conn;
use crate::store::StoreError;
use crate::store::key::Key;
use crate::store::queue::Urgency;

/// A job as the writer sees it.
pub trait Job: Send {
    fn key(&self) -> Key;
    /// The commit may have raised messages; known once it has run.
    fn wakes(&self) -> bool;
    /// Nobody waits for it any more. Before it begins that means: do not begin.
    fn is_abandoned(&self) -> bool;
    /// Runs it inside the transaction; possibly not for the first time.
    fn run<'a>(&'a mut self, conn: &'a mut Conn) -> BoxFuture<'a, sqlx::Result<()>>;
    /// The commit is done.
    fn done(self: Box<Self>);
    /// It is not stored.
    fn failed(self: Box<Self>, error: StoreError);
}

/// A job with its arguments, its result and its caller.
pub struct Task<A, T, F> {
    key: Key,
    urgency: Urgency,
    args: A,
    run: F,
    /// Whether a result may have come with messages.
    raises: fn(&T) -> bool,
    result: Option<T>,
    reply: oneshot::Sender<Result<T, StoreError>>,
}

impl<A, T, F> Task<A, T, F> {
    pub fn new(
        key: Key,
        urgency: Urgency,
        args: A,
        run: F,
        raises: fn(&T) -> bool,
        reply: oneshot::Sender<Result<T, StoreError>>,
    ) -> Self {
        Self { key, urgency, args, run, raises, result: None, reply }
    }
}

impl<A, T, F> Job for Task<A, T, F>
where
    A: Send + Sync,
    T: Send,
    F: for<'a> Fn(&'a mut Conn, &'a A) -> BoxFuture<'a, sqlx::Result<T>> + Send + Sync,
{
    fn key(&self) -> Key {
        self.key
    }

    fn wakes(&self) -> bool {
        self.urgency != Urgency::Keeping && self.result.as_ref().is_none_or(self.raises)
    }

    fn is_abandoned(&self) -> bool {
        self.reply.is_closed()
    }

    fn run<'a>(&'a mut self, conn: &'a mut Conn) -> BoxFuture<'a, sqlx::Result<()>> {
        Box::pin(async move {
            self.result = None;
            self.result = Some((self.run)(conn, &self.args).await?);
            Ok(())
        })
    }

    fn done(self: Box<Self>) {
        let Self { result, reply, .. } = *self;
        if let Some(result) = result {
            // The caller may have given up meanwhile; the rows are stored all the same.
            let _ = reply.send(Ok(result));
        }
    }

    fn failed(self: Box<Self>, error: StoreError) {
        let _ = self.reply.send(Err(error));
    }
}
