//! Where log lines go: stderr, as text for people or one JSON object a line. They carry ids only.

use std::io::{self, IsTerminal};

use tracing_subscriber::Layer as _;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::config::{ConfigError, LogFormat, Settings};

/// Sets logging up for the rest of the process; a second time changes nothing.
///
/// # Errors
/// The filter or the format is not one.
pub fn begin(settings: &Settings) -> Result<(), ConfigError> {
    let (filter, format) = settings.log()?;
    let lines = tracing_subscriber::fmt::layer().with_writer(io::stderr);
    let lines = match format {
        LogFormat::Text => lines.with_target(false).with_ansi(io::stderr().is_terminal()).boxed(),
        LogFormat::Json => lines.json().flatten_event(true).with_current_span(false).boxed(),
    };
    // Whoever set one up before us, such as a test, keeps it.
    let _ = tracing_subscriber::registry().with(lines.with_filter(filter)).try_init();
    Ok(())
}
