//! The real program, started for a measurement, and what the system says of it.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rapport::clock::Clock;

use crate::taps::{SECRET, signature};

/// A `rapport serve` of ours. It is stopped with this value.
pub struct Serving {
    child: Child,
    pub port: u16,
    /// From the start of the process to the first good answer to a signed request.
    pub started_in: Duration,
}

/// What the system says of a process, so far.
#[derive(Clone, Copy, Default)]
pub struct Usage {
    /// Seconds of processor time.
    pub cpu: f64,
    /// Context switches of all its threads.
    pub switches: u64,
    /// Memory of its own and its part of what it shares (PSS), in MiB.
    pub memory: f64,
}

pub const BINARY: &str = env!("CARGO_BIN_EXE_rapport");

impl Serving {
    /// Starts it on this database against this Slack, and waits for the first answer.
    pub fn start(database: &str, slack: &str) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
        let since = Instant::now();
        let child = Command::new(BINARY)
            .arg("serve")
            .env_clear()
            .envs([
                ("DATABASE_URL", database),
                ("SLACK_API_URL", slack),
                ("SLACK_BOT_TOKEN", "xoxb-bench"),
                ("SLACK_SIGNING_SECRET", SECRET),
                ("RAPPORT_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
                ("RAPPORT_POSTS_PER_MINUTE", "60000"),
                ("RAPPORT_LOG", "warn"),
                ("PORT", &port.to_string()),
            ])
            .stdin(Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut serving = Self { child, port, started_in: Duration::ZERO };
        while !answers(port) {
            assert!(since.elapsed() < Duration::from_secs(30), "the program does not answer");
            thread::sleep(Duration::from_micros(500));
        }
        serving.started_in = since.elapsed();
        serving
    }

    /// What it used so far, and holds now.
    pub fn usage(&self) -> Usage {
        let read = |file: &str| fs::read_to_string(format!("/proc/{}/{file}", self.child.id())).unwrap_or_default();
        let stat = read("stat");
        // After the name in brackets: the 12th and 13th field are user and system time, in hundredths of a second.
        let times = stat.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace().skip(11).take(2);
        let cpu = times.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0;
        let mut switches = 0;
        for thread in fs::read_dir(format!("/proc/{}/task", self.child.id())).into_iter().flatten().flatten() {
            let status = fs::read_to_string(thread.path().join("status")).unwrap_or_default();
            switches += numbers(&status, "ctxt_switches:").sum::<u64>();
        }
        let memory = numbers(&read("smaps_rollup"), "Pss:").next().unwrap_or(0) as f64 / 1024.0;
        Usage { cpu, switches, memory }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg("-TERM").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}

/// The numbers in the lines with this word.
fn numbers<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = u64> + 'a {
    text.lines().filter(move |line| line.contains(word)).filter_map(|line| line.split_whitespace().nth(1)?.parse().ok())
}

/// Whether a signed check of the address is answered well.
fn answers(port: u16) -> bool {
    let body = r#"{"type":"url_verification","challenge":"abc"}"#;
    let stamp = Clock::System.now().timestamp().to_string();
    let request = format!(
        "POST /slack/events HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\ncontent-type: application/json\r\n\
         x-slack-request-timestamp: {stamp}\r\nx-slack-signature: {}\r\ncontent-length: {}\r\n\r\n{body}",
        signature(&stamp, body),
        body.len()
    );
    let mut answer = String::new();
    let asked = TcpStream::connect(("127.0.0.1", port)).and_then(|mut stream| {
        stream.write_all(request.as_bytes())?;
        stream.read_to_string(&mut answer)
    });
    asked.is_ok() && answer.starts_with("HTTP/1.1 200") && answer.ends_with("abc")
}
