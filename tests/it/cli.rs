//! The command line as a person runs it: the real binary, with nothing in its environment but what a story says.

mod changes;
mod check;
mod demo;
mod digest;
mod lookups;
mod offline;
mod questions;
mod roster;
mod scoring;
mod serving;
mod settings;

use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

/// A folder to work in, and what is in the environment.
pub struct Desk {
    dir: TempDir,
    env: Vec<(String, String)>,
}

/// What a command printed, and its exit code.
pub struct Said {
    pub out: String,
    pub err: String,
    pub code: Option<i32>,
}

impl Desk {
    pub fn new() -> Self {
        Self { dir: tempfile::tempdir().expect("a folder"), env: Vec::new() }
    }

    pub fn set(&mut self, name: &str, value: &str) -> &mut Self {
        self.env.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.dir.path().join(name), content).expect("the folder can be written to");
    }

    /// Runs `rapport` with these words, and nothing to read on standard input.
    pub fn run(&self, words: &[&str]) -> Said {
        self.feed(words, Stdio::null())
    }

    /// Runs `rapport` with these words, and reads standard input from there.
    pub fn feed(&self, words: &[&str], input: impl Into<Stdio>) -> Said {
        let output = Command::new(env!("CARGO_BIN_EXE_rapport"))
            .args(words)
            .env_clear()
            .envs(self.env.iter().map(|(name, value)| (name, value)))
            .env("PATH", "/usr/bin:/bin")
            .current_dir(self.dir.path())
            .stdin(input)
            .output()
            .expect("the binary runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Said { out: text(output.stdout), err: text(output.stderr), code: output.status.code() }
    }
}

impl Desk {
    /// Begins `rapport` with these words; what it prints goes into a pipe.
    pub fn begin(&self, words: &[&str]) -> Child {
        Command::new(env!("CARGO_BIN_EXE_rapport"))
            .args(words)
            .env_clear()
            .current_dir(self.dir.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the binary runs")
    }

    /// `rapport serve`, which logs in JSON to a pipe.
    pub fn serve(&self) -> Child {
        Command::new(env!("CARGO_BIN_EXE_rapport"))
            .arg("serve")
            .env_clear()
            .envs(self.env.iter().map(|(name, value)| (name, value)))
            .env("RAPPORT_LOG_FORMAT", "json")
            .current_dir(self.dir.path())
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs")
    }
}

impl Said {
    /// All of it, for a snapshot.
    pub fn all(&self) -> String {
        let code = self.code.map_or_else(|| "killed".to_owned(), |code| code.to_string());
        format!("{}{}[exit {code}]", self.out, self.err)
    }

    /// What it printed, if it went well.
    #[track_caller]
    pub fn good(&self) -> &str {
        assert_eq!(self.code, Some(0), "{}", self.all());
        &self.out
    }

    /// Its error, if that is one sentence or more and the exit code is 1.
    #[track_caller]
    pub fn wrong(&self) -> &str {
        assert_eq!(self.code, Some(1), "{}", self.all());
        assert!(self.err.starts_with("error: "), "{}", self.all());
        &self.err
    }
}
