//! How a search for people goes on, said on stderr once it takes longer than a moment.

use std::io::{self, IsTerminal, Write};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use crate::app::directory::Progress;

/// A search that is over by then is not spoken of.
const MOMENT: Duration = Duration::from_millis(1_500);
/// How often the line on a terminal is written anew, and how often a file or a pipe gets another one.
const REWRITTEN: Duration = Duration::from_millis(250);
const ANOTHER: Duration = Duration::from_secs(10);

/// Does `work`, which tells how far it is; `silent` where a script reads.
pub async fn shown<T>(silent: bool, progress: &watch::Sender<Progress>, work: impl Future<Output = T>) -> T {
    let on_terminal = io::stderr().is_terminal();
    let mut next = Instant::now() + MOMENT;
    let mut said = false;
    tokio::pin!(work);
    loop {
        let tick = async { if silent { std::future::pending().await } else { sleep_until(next).await } };
        tokio::select! {
            biased;
            done = &mut work => {
                if said && on_terminal {
                    let _ = write!(io::stderr(), "\r\x1b[K");
                }
                return done;
            }
            () = tick => {
                let line = sentence(*progress.borrow());
                // A closed stderr is no reason to stop.
                let _ = if on_terminal { write!(io::stderr(), "\r{line}\x1b[K") } else { writeln!(io::stderr(), "{line}") };
                said = true;
                next = Instant::now() + if on_terminal { REWRITTEN } else { ANOTHER };
            }
        }
    }
}

fn sentence(progress: Progress) -> String {
    let Progress { wanted, settled, members, waits } = progress;
    let read = if members > 0 { format!(", {members} members of the workspace read") } else { String::new() };
    let waits = waits.map(|wait| format!("; Slack asked to wait {} s", wait.as_secs().max(1))).unwrap_or_default();
    format!("Looking people up in Slack: {settled} of {wanted}{read}{waits}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_says_how_far_it_is_and_what_it_waits_for() {
        let begun = Progress { wanted: 24, settled: 3, ..Progress::default() };
        assert_eq!(sentence(begun), "Looking people up in Slack: 3 of 24");
        let paging = Progress { wanted: 20_000, settled: 700, members: 1_000, waits: Some(Duration::from_secs(30)) };
        assert_eq!(
            sentence(paging),
            "Looking people up in Slack: 700 of 20000, 1000 members of the workspace read; Slack asked to wait 30 s"
        );
    }
}
