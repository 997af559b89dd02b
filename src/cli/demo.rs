//! `rapport demo`: the real bot plays a whole mentoring programme in a simulated Slack, with a page to look at it.

use anyhow::bail;

/// Play a whole mentoring programme in a simulated Slack, with a page to look at it.
#[derive(clap::Args, Clone, Debug)]
pub struct Demo {}

pub async fn demo(_: Demo) -> anyhow::Result<()> {
    bail!("The demo is not part of this build yet.")
}
