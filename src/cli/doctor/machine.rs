//! What can be checked on this machine: settings, key, time-zone data, database, programmes.

use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::Datelike;
use chrono_tz::IANA_TZDB_VERSION;
use secrecy::ExposeSecret;

use super::super::{key as key_file, program, visit};
use super::{Findings, slack};
use crate::clock::Clock;
use crate::config::{Door, KeySource, Settings};
use crate::core::program::Program;
use crate::store::Store;

/// Below this much free disk, in MiB, an operator should look.
const LITTLE_DISK_MIB: u64 = 500;
const NO_DISK_MIB: u64 = 50;

pub fn settings(settings: &Settings, findings: &mut Findings) {
    match settings.door() {
        Ok(Door::SocketMode { port: None }) => findings.good("way in", "Socket Mode; no port is needed."),
        Ok(Door::SocketMode { port: Some(port) }) => {
            findings.good("way in", format!("Socket Mode; health and metrics at port {port}."));
        }
        Ok(Door::Http { port, .. }) => findings.good(
            "way in",
            format!("HTTP at port {port}: Slack has to reach /slack/events there by https, through your own proxy."),
        ),
        Err(error) => findings.bad("way in", error.to_string()),
    }
    for error in [settings.posts_per_minute().err(), settings.log().err()].into_iter().flatten() {
        findings.bad("settings", error.to_string());
    }
}

/// Reads the key, or writes the file if it is allowed to.
pub fn key(settings: &Settings, may_write: bool, findings: &mut Findings) {
    let KeySource::File(file) = settings.key() else {
        match key_file::vault(settings) {
            Ok(_) => findings.good("key", "RAPPORT_KEY is a key."),
            Err(error) => findings.bad("key", error.to_string()),
        }
        return;
    };
    let shown = file.display();
    if may_write && !file.exists() {
        match key_file::write(&file) {
            Ok(()) => findings.good(
                "key",
                format!("Written to {shown}. Keep a copy elsewhere: without it people's words cannot be read again."),
            ),
            Err(error) => findings.bad(
                "key",
                format!("{shown} cannot be written ({error}). Choose another place with RAPPORT_KEY_FILE."),
            ),
        }
        return;
    }
    match key_file::read(&file) {
        Ok(_) if is_open_to_others(&file) => {
            findings.look("key", format!("Others on this machine can read {shown}; run chmod 600 {shown}."));
        }
        Ok(_) => findings.good("key", format!("{shown} is a key file.")),
        Err(error) => findings.bad("key", error.to_string()),
    }
}

#[cfg(unix)]
fn is_open_to_others(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(file).is_ok_and(|data| data.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_open_to_others(_: &Path) -> bool {
    false
}

pub fn time_zones(findings: &mut Findings) {
    let released = IANA_TZDB_VERSION.get(..4).and_then(|year| year.parse::<i32>().ok()).unwrap_or(0);
    let age = Clock::System.now().year() - released;
    if age > 1 {
        let sentence =
            format!("Release {IANA_TZDB_VERSION} is old; clocks may have been changed since. Use a newer rapport.");
        findings.look("time zones", sentence);
    } else {
        findings.good("time zones", format!("Release {IANA_TZDB_VERSION}."));
    }
}

/// Opens the database. Where nothing may be written, one that is not there yet stays so.
pub async fn database(settings: &Settings, may_write: bool, findings: &mut Findings) -> Option<Store> {
    if let Some(file) = sqlite_file(settings)
        && !may_write
        && !file.exists()
    {
        let sentence = format!("{} is not there yet; `rapport serve` and most commands make it.", file.display());
        findings.look("database", sentence);
        return None;
    }
    let store = match visit::store(settings).await {
        Ok(store) => store,
        Err(error) => {
            findings.bad("database", error.to_string());
            return None;
        }
    };
    let counts = store.outbox_counts().await;
    let engine = if matches!(store, Store::Sqlite(_)) { "SQLite" } else { "PostgreSQL" };
    match counts {
        Err(error) => findings.bad("database", error.to_string()),
        Ok(counts) if counts.dead > 0 => {
            let dead = counts.dead;
            findings.look("database", format!("{engine} opens. {dead} messages were given up; the log says why."));
        }
        Ok(_) => findings.good("database", format!("{engine} opens, and its schema is up to date.")),
    }
    Some(store)
}

/// The room that an embedded database has to grow.
pub fn disk(settings: &Settings, findings: &mut Findings) {
    if let Some(free) = sqlite_file(settings).and_then(|file| free_mib(&file)) {
        let sentence = format!("{free} MiB free.");
        match free {
            ..NO_DISK_MIB => findings.bad("disk", format!("{sentence} Make room: answers can soon not be kept.")),
            NO_DISK_MIB..LITTLE_DISK_MIB => findings.look("disk", format!("{sentence} That is little.")),
            _ => findings.good("disk", sentence),
        }
    }
}

fn sqlite_file(settings: &Settings) -> Option<PathBuf> {
    let url = settings.database().ok()?;
    let file = url.expose_secret().strip_prefix("sqlite:")?;
    let file = file.strip_prefix("//").unwrap_or(file).split('?').next()?;
    Some(PathBuf::from(file))
}

/// Free MiB where `file` is, as `df` says it; `None` where there is no such tool.
fn free_mib(file: &Path) -> Option<u64> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let said = Command::new("df").arg("-Pk").arg(folder).env("LC_ALL", "C").output().ok()?;
    let text = String::from_utf8(said.stdout).ok()?;
    let free_kib: u64 = text.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()?;
    Some(free_kib / 1024)
}

/// The programmes and when they ask next.
pub async fn programs(store: &Store, us: Option<&slack::Us>, findings: &mut Findings) -> Option<Vec<Program>> {
    let known = match store.workspaces().await {
        Ok(known) => known,
        Err(error) => {
            findings.bad("programmes", error.to_string());
            return None;
        }
    };
    for workspace in known.iter().filter_map(|one| one.stopped.as_ref().map(|stop| (&one.id, stop))) {
        let (id, stop) = workspace;
        let since = stop.at.format("%Y-%m-%d %H:%M UTC");
        let sentence =
            format!("Nothing is sent in {id} since {since} ({}); a start with a good token resumes.", stop.why);
        findings.look("workspace", sentence);
    }
    let workspace = us.map(|us| us.identity.workspace.clone()).or_else(|| known.first().map(|one| one.id.clone()))?;
    if let Some(other) = known.iter().find(|one| one.id != workspace) {
        findings.bad(
            "workspace",
            format!("The token belongs to {workspace}, but this database to {}. Use another database.", other.id),
        );
    }
    let programs = match store.programs(workspace).await {
        Ok(programs) => programs,
        Err(error) => {
            findings.bad("programmes", error.to_string());
            return None;
        }
    };
    if programs.is_empty() {
        findings.look("programmes", "There is none yet. Begin one with `rapport program apply program.toml`.");
    }
    for one in &programs {
        let next = program::next_runs(one, Clock::System.now());
        let next: Vec<String> =
            next.iter().map(|at| at.with_timezone(&one.zone).format("%a %Y-%m-%d %H:%M").to_string()).collect();
        if next.is_empty() {
            findings.look("programmes", format!("{} has ended; it asks nobody any more.", one.name));
        } else {
            findings.good("programmes", format!("{} asks next on {} ({}).", one.name, next.join(", "), one.zone));
        }
    }
    Some(programs)
}
