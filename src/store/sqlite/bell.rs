//! Tells the process that serves from a SQLite file that a command beside it has written something to be sent.

use std::fs;
use std::os::unix::net::UnixDatagram as Ringing;
use std::path::{Path, PathBuf};

use tokio::net::UnixDatagram;
use tokio::sync::watch;
use tokio::task::AbortHandle;

/// The serving process's bell: a datagram socket beside the database file. It is gone with this value.
pub struct Bell {
    path: PathBuf,
    ear: AbortHandle,
}

impl Bell {
    /// Counts in `commits` each time that another process rings at `path`. To be hung by the serving process only.
    ///
    /// Without a bell, where sockets cannot be made, other processes' writes are seen by the minute's sweep.
    pub fn hang(path: PathBuf, commits: watch::Sender<u64>) -> Option<Self> {
        // One that a killed process left behind.
        let _ = fs::remove_file(&path);
        let socket = match UnixDatagram::bind(&path) {
            Ok(socket) => socket,
            Err(error) => {
                tracing::info!(%error, "what other commands write is noticed once a minute only");
                return None;
            }
        };
        let ear = tokio::spawn(async move {
            while socket.recv(&mut [0; 1]).await.is_ok() {
                commits.send_modify(|commits| *commits += 1);
            }
        });
        Some(Self { path, ear: ear.abort_handle() })
    }
}

impl Drop for Bell {
    fn drop(&mut self) {
        self.ear.abort();
        let _ = fs::remove_file(&self.path);
    }
}

/// Rings, if there is a bell. Does not wait: somebody who is woken already needs no second ring.
pub fn ring(path: &Path) {
    let rung = Ringing::unbound().and_then(|socket| {
        socket.set_nonblocking(true)?;
        socket.send_to(&[], path)
    });
    if let Err(error) = rung {
        tracing::debug!(%error, "nobody serves from this file, or nobody hears");
    }
}
