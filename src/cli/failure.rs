//! What a failed call to Slack means for whoever typed a command.

use anyhow::anyhow;

use crate::slack::fate::{Failure, Fate, code};

/// A sentence that says what to do.
pub fn sentence(failure: &Failure) -> String {
    let Failure { method, code, fate, detail } = failure;
    let because = if detail.is_empty() { code.clone() } else { format!("{code}: {detail}") };
    match fate {
        _ if code == code::NO_CONNECTION => {
            format!("Slack cannot be reached ({detail}). Look at the network, and at SLACK_API_URL if it is set.")
        }
        _ if is_not_slack(failure) => format!(
            "What answers is not Slack's Web API ({because}). Look at SLACK_API_URL if it is set, and at a proxy on the \
             way; the usual address is https://slack.com/api."
        ),
        Fate::StopWorkspace => format!(
            "Slack does not accept the token ({because}). Copy it again from api.slack.com/apps; if the app was \
             removed, install it again."
        ),
        Fate::StopCapability { needed: Some(scope) } => format!(
            "The app lacks the scope {scope}. Add it at api.slack.com/apps under OAuth & Permissions, and install the \
             app again."
        ),
        Fate::Wait { after } => format!("Slack asks us to wait {} s ({method}). Try again then.", after.as_secs()),
        Fate::Retry | Fate::Unsure => format!("Slack did not answer {method} ({because}). Try again in a minute."),
        _ => format!("Slack said no to {method} ({because})."),
    }
}

/// Whether the trouble lies in the address or on the way there, and not in the token.
pub fn is_of_the_address(failure: &Failure) -> bool {
    failure.code == code::NO_CONNECTION || failure.code == code::TIMEOUT || is_not_slack(failure)
}

/// Slack answers in JSON, and with 200, 429 or a 5xx.
fn is_not_slack(failure: &Failure) -> bool {
    let refused = failure.code.strip_prefix("http_").is_some_and(|status| status.starts_with(['3', '4']));
    failure.code == code::UNREADABLE || (refused && failure.code != "http_429" && failure.code != "http_408")
}

/// The same as an error; the failure itself is its cause.
pub fn error(failure: Failure) -> anyhow::Error {
    let sentence = sentence(&failure);
    anyhow!(failure).context(sentence)
}
