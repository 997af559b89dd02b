//! The real program: started, stopped, killed.

use std::path::Path;
use std::process::{Child, Command, Stdio};

use rapport::sim::Sim;

const PROGRAM: &str = env!("CARGO_BIN_EXE_rapport");

/// A running `rapport serve`. It is killed with the story.
pub struct Process(Child);

impl Process {
    /// Starts to serve. `patience` is in seconds.
    pub fn start(sim: &Sim, database: &str, key: &str, folder: &Path, patience: u32) -> Self {
        let log = std::fs::File::options().create(true).append(true).open(folder.join("log")).expect("a log");
        // A file that may not grow is an error here, not the end.
        let mut command = Command::new("sh");
        command
            .args(["-c", "trap '' XFSZ; exec \"$0\" serve", PROGRAM])
            .env_clear()
            .env("SLACK_API_URL", sim.api_url())
            .env("SLACK_BOT_TOKEN", sim.bot_token())
            .env("SLACK_APP_TOKEN", sim.app_token())
            .env("DATABASE_URL", database)
            .env("RAPPORT_KEY", key)
            .env("RAPPORT_PATIENCE_SECONDS", patience.to_string())
            .env("RAPPORT_POSTS_PER_MINUTE", "600")
            // No settings file of whoever runs the tests.
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log);
        Self(command.spawn().expect("the program starts"))
    }

    /// Ends it without a word, and waits for its end.
    pub fn kill(mut self) {
        self.end();
    }

    /// From now on no file may grow beyond so many bytes; `None`: there is room again.
    pub fn has_room(&self, bytes: Option<u64>) {
        let limit = bytes.map_or_else(|| "unlimited".to_owned(), |bytes| bytes.to_string());
        let (limit, process) = (format!("--fsize={limit}:"), self.0.id().to_string());
        let done = Command::new("prlimit").args([&limit, "--pid", &process]).status();
        assert!(done.expect("prlimit runs").success());
    }

    /// `STOP` or `CONT`.
    pub fn signal(&self, signal: &str) {
        let done = Command::new("kill").arg(format!("-{signal}")).arg(self.0.id().to_string()).status();
        assert!(done.expect("kill runs").success());
    }

    fn end(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.end();
    }
}
