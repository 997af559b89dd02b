//! Socket Mode: a few WebSockets that we open ourselves, so that no public address is needed.
//!
//! Each of the [`Settings::connections`] lines keeps one connection alive: it opens the next one before it lets go of
//! one that Slack is about to close, and comes back with growing pauses when one breaks. Slack hands each payload to
//! one of our connections, so two of them mean that a broken one is never the only one.

mod connection;
#[cfg(test)]
mod tests;

use std::fmt;
use std::future::Future;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::clock::{Clock, jitter};

use super::Handler;
use super::client::Client;
use super::fate::{Failure, Fate};
use super::parse::Installation;
use connection::{Connection, End};

/// How many connections there are and how patient they are. All times are monotonic.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Connections of this process. Slack allows 10 for all replicas together.
    pub connections: usize,
    /// Envelopes of one connection that may be in hand at once; further ones wait in the socket.
    pub in_flight: usize,
    /// A connection on which nothing was heard for so long, not even a ping, is dead.
    pub silence: Duration,
    /// A connection that was replaced is closed once nothing came for so long and nothing is in hand.
    pub linger: Duration,
    /// The pause after the first failure; it doubles up to 30 s.
    pub first_pause: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            connections: 2,
            in_flight: 512,
            silence: Duration::from_secs(30),
            linger: Duration::from_secs(1),
            first_pause: Duration::from_millis(250),
        }
    }
}

/// Socket Mode cannot go on without a human: a sentence that says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Halted(pub String);

impl fmt::Display for Halted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Halted {}

/// All that a line needs; each has its own copy.
#[derive(Clone)]
pub struct Socket<H> {
    /// With an app-level token.
    pub client: Client,
    /// Who we are.
    pub us: Installation,
    /// Dates what comes in without a time of its own.
    pub clock: Clock,
    /// Takes in what comes.
    pub handler: H,
    /// How many connections, how patient.
    pub settings: Settings,
    /// How many connections stand open; whoever wants to know subscribes.
    pub open: watch::Sender<usize>,
}

impl<H: Handler> Socket<H> {
    /// Runs until `stop`: then nothing new is taken, what is in hand is finished and acknowledged, and all are closed.
    ///
    /// # Errors
    /// [`Halted`] when only a human can help: a token that does not work, Socket Mode switched off.
    pub async fn run(self, stop: CancellationToken) -> Result<(), Halted> {
        let stop = stop.child_token();
        let mut lines = JoinSet::new();
        for _ in 0..self.settings.connections.max(1) {
            lines.spawn(line(self.clone(), stop.clone()));
        }
        let mut outcome = Ok(());
        while let Some(ended) = lines.join_next().await {
            let ended = ended.unwrap_or_else(|panic| Err(Halted(format!("a Socket Mode line broke: {panic}"))));
            if ended.is_err() && outcome.is_ok() {
                outcome = ended;
                stop.cancel();
            }
        }
        outcome
    }
}

/// Keeps one connection alive.
async fn line<H: Handler>(socket: Socket<H>, stop: CancellationToken) -> Result<(), Halted> {
    let mut failures = 0;
    let mut replaced: Option<Running> = None;
    let mut leaving = JoinSet::new();
    let outcome = loop {
        let opened = tokio::select! {
            () = stop.cancelled() => break Ok(()),
            opened = Connection::open(&socket) => opened,
        };
        let connection = match opened {
            Ok(connection) => connection,
            Err(Trouble::Human(halted)) => break Err(halted),
            Err(Trouble::Passing { what, after }) => {
                failures += 1;
                tracing::warn!(failures, "Socket Mode: {what}; trying again");
                if pause(&stop, after.unwrap_or_else(|| delay(failures, socket.settings.first_pause))).await {
                    continue;
                }
                break Ok(());
            }
        };
        if let Some(old) = replaced.take() {
            old.let_go.cancel();
            leaving.spawn(old.task);
        }
        while leaving.try_join_next().is_some() {}
        let born = Instant::now();
        let mut running = Running::start(connection, &socket, &stop);
        let end = tokio::select! {
            // A connection that is about to be closed goes on being served until its successor is open.
            Ok(()) = &mut running.renew => {
                replaced = Some(running);
                failures = if born.elapsed() > socket.settings.silence { 0 } else { failures + 1 };
                // A Slack that refreshes what it has just opened must not draw us into a race.
                if failures < 2 || pause(&stop, delay(failures, socket.settings.first_pause)).await {
                    continue;
                }
                break Ok(());
            }
            end = &mut running.task => end.unwrap_or_else(|panic| {
                tracing::error!("Socket Mode: a connection's task broke: {panic}");
                End::Broken("its task broke".to_owned())
            }),
        };
        match end {
            End::Stopped => break Ok(()),
            End::Human(halted) => break Err(halted),
            End::Broken(what) => {
                // One that worked for a while is a new beginning.
                failures = if born.elapsed() > socket.settings.silence { 1 } else { failures + 1 };
                tracing::warn!(failures, "Socket Mode: {what}; opening another connection");
                if !pause(&stop, delay(failures, socket.settings.first_pause)).await {
                    break Ok(());
                }
            }
        }
    };
    // Those that were replaced finish what they have in hand.
    if let Some(old) = replaced {
        old.let_go.cancel();
        leaving.spawn(old.task);
    }
    while leaving.join_next().await.is_some() {}
    outcome
}

/// A connection with its task.
struct Running {
    task: JoinHandle<End>,
    /// Fires when Slack is about to close it.
    renew: tokio::sync::oneshot::Receiver<()>,
    /// Tells the task that its successor is open.
    let_go: CancellationToken,
}

impl Running {
    fn start<H: Handler>(connection: Connection, socket: &Socket<H>, stop: &CancellationToken) -> Self {
        let (ask, renew) = tokio::sync::oneshot::channel();
        let let_go = CancellationToken::new();
        let task = tokio::spawn(serve(connection, socket.clone(), ask, let_go.clone(), stop.clone()));
        Self { task, renew, let_go }
    }
}

async fn serve<H: Handler>(
    connection: Connection,
    socket: Socket<H>,
    ask: tokio::sync::oneshot::Sender<()>,
    let_go: CancellationToken,
    stop: CancellationToken,
) -> End {
    let _counted = Counted::new(&socket.open);
    connection.serve(&socket, ask, let_go, stop).await
}

/// Counts an open connection, also when its task breaks.
struct Counted(watch::Sender<usize>);

impl Counted {
    fn new(open: &watch::Sender<usize>) -> Self {
        open.send_modify(|count| *count += 1);
        Self(open.clone())
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count = count.saturating_sub(1));
    }
}

/// Why no connection came about.
enum Trouble {
    Passing { what: String, after: Option<Duration> },
    Human(Halted),
}

impl Trouble {
    fn passing(what: impl Into<String>) -> Self {
        Self::Passing { what: what.into(), after: None }
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        match (&failure.fate, failure.code.as_str()) {
            (Fate::Wait { after }, _) => Self::Passing { after: Some(*after), what: failure.to_string() },
            (Fate::StopWorkspace | Fate::StopCapability { .. } | Fate::OurBug, _)
            | (_, "user_removed_from_team" | "team_disabled") => Self::Human(Halted(format!(
                "Slack does not let us open Socket Mode: {failure}. Check SLACK_APP_TOKEN (it begins with xapp- and \
                 needs the scope connections:write) and that Socket Mode is switched on for the app."
            ))),
            _ => Self::passing(failure.to_string()),
        }
    }
}

/// False if we are to stop.
async fn pause(stop: &CancellationToken, delay: Duration) -> bool {
    tokio::select! {
        () = stop.cancelled() => false,
        () = tokio::time::sleep(jitter(delay)) => true,
    }
}

fn delay(failures: u32, first: Duration) -> Duration {
    const LONGEST: Duration = Duration::from_secs(30);
    first.saturating_mul(1 << failures.saturating_sub(1).min(16)).min(LONGEST)
}

/// Bounds what talks to the other side.
async fn within<T>(limit: Duration, work: impl Future<Output = T>) -> Option<T> {
    tokio::time::timeout(limit, work).await.ok()
}
