//! What becomes of a call that failed: every error code that we know of, in one match, and the delays between attempts.

use std::fmt;
use std::time::Duration;

/// The name under which posts to a `response_url` appear, since they are no method of the Web API.
pub const RESPONSE_URL: &str = "response_url";

/// The name under which handing over a file appears: it is no method of the Web API, and posts nothing by itself.
pub const UPLOAD: &str = "upload";

/// Codes of our own for what happens below the Web API.
pub mod code {
    /// No connection came about: nothing was sent.
    pub const NO_CONNECTION: &str = "no_connection";
    /// No reply within our time limit. It may have worked.
    pub const TIMEOUT: &str = "timeout";
    /// The connection broke after the request had been handed to it. It may have worked.
    pub const CONNECTION_LOST: &str = "connection_lost";
    /// The reply is not Slack's: a proxy's page, or half of an answer. It may have worked.
    pub const UNREADABLE: &str = "unreadable_reply";
    /// We did not even try: an address or a token that cannot be right.
    pub const REFUSED_HERE: &str = "refused_here";
}

/// How long a channel waits where Slack says "too fast" without saying how long.
const DEFAULT_WAIT: Duration = Duration::from_secs(30);

/// A call that failed, with the decision what follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The method, or [`RESPONSE_URL`].
    pub method: String,
    /// Slack's error code, `http_502` and the like, or one of [`code`].
    pub code: String,
    /// What follows.
    pub fate: Fate,
    /// What else is known, for the operator: no words of people, no token, no secret address. Often empty.
    pub detail: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} failed: {}", self.method, self.code)?;
        if self.detail.is_empty() { Ok(()) } else { write!(f, " ({})", self.detail) }
    }
}

impl std::error::Error for Failure {}

impl Failure {
    /// A call that is not made, because Slack named a time until which this method rests.
    pub fn held(method: &str, after: Duration) -> Self {
        let (method, code, detail) = (method.to_owned(), "ratelimited".to_owned(), String::new());
        Self { method, code, fate: Fate::Wait { after }, detail }
    }
}

/// What follows from a failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is as we wanted it to be.
    Success,
    /// This method rests in this workspace. Does not count as an attempt.
    Wait { after: Duration },
    /// Nothing happened; try again after [`backoff`].
    Retry,
    /// It may have happened. To be settled by proof, not by trying again blindly.
    Unsure,
    /// The workspace is being moved; try again in hours, and tell the operator.
    RetryInHours,
    /// The conversation is gone: open it again with the same people, try once more, then tell the coordinator.
    Reopen,
    /// A coordinator must know, since only people can help. No retry.
    TellCoordinator { because: Because },
    /// The token works no more: stop everything in this workspace and tell the operator.
    StopWorkspace,
    /// This capability is not granted: stop it and tell the operator which scope or setting is missing, if known.
    StopCapability { needed: Option<String> },
    /// We sent something impossible. Dead at once, loud. (A message with a chart that meets `invalid_blocks` may go
    /// once more without it.)
    OurBug,
    /// There is nothing left to act on: a person deleted the message, left the conversation, closed the form.
    Drop,
    /// Only an answer in the act could have helped, and the moment is gone: ask the person to tap again.
    MomentGone,
    /// The view has changed meanwhile: draw it again from the rows, once.
    RenderAgain,
    /// We do not know this code: a few attempts, then dead and loud.
    Unknown,
}

/// Why a coordinator must know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// A person cannot be written to: deactivated, unknown, hidden from us. Pause the pair.
    PersonUnreachable,
    /// An administrator's setting forbids posting there.
    PostingForbidden,
    /// The workspace's plan is full; text without files may still work.
    PlanLimit,
}

/// The fate of an error code of this method. `needed` is what Slack says along with `missing_scope`, `after` along with
/// a 429.
pub fn of(method: &str, code: &str, needed: Option<&str>, after: Option<Duration>) -> Fate {
    match code {
        "ratelimited" | "rate_limited" | "http_429" => Fate::Wait { after: after.unwrap_or(DEFAULT_WAIT) },

        code::NO_CONNECTION
        | "service_unavailable"
        | "request_timeout"
        | "update_failed"
        | "external_channel_migrating"
        | "http_408"
        | "http_502"
        | "http_503"
        | "http_504" => Fate::Retry,

        code::TIMEOUT | code::CONNECTION_LOST | code::UNREADABLE | "internal_error" | "fatal_error" | "http_500" => {
            if repeatable(method) {
                Fate::Retry
            } else {
                Fate::Unsure
            }
        }

        "team_added_to_org" | "org_login_required" => Fate::RetryInHours,

        // An update or a deletion is about a message that went down with its conversation.
        "channel_not_found" | "not_in_channel" | "is_archived" => match method {
            "chat.update" | "chat.delete" => Fate::Drop,
            "conversations.open" => Fate::TellCoordinator { because: Because::PersonUnreachable },
            _ => Fate::Reopen,
        },

        "user_disabled" | "user_not_found" | "user_not_visible" | "invalid_user_combination" | "cannot_dm_bot" => {
            Fate::TellCoordinator { because: Because::PersonUnreachable }
        }
        "ekm_access_denied" | "posting_to_channel_denied" | "is_inactive" => {
            Fate::TellCoordinator { because: Because::PostingForbidden }
        }
        _ if code == "restricted_action" || code.starts_with("restricted_action_") => {
            Fate::TellCoordinator { because: Because::PostingForbidden }
        }
        "message_limit_exceeded" | "storage_limit_reached" | "file_uploads_disabled" => {
            Fate::TellCoordinator { because: Because::PlanLimit }
        }

        // We keep token rotation off, so an expired token cannot be refreshed.
        "token_revoked" | "account_inactive" | "invalid_auth" | "not_authed" | "token_expired" => Fate::StopWorkspace,

        // Without this one scope there is nothing that we can do here.
        "missing_scope" if needed.is_some_and(|needed| needed.split(',').any(|scope| scope.trim() == "chat:write")) => {
            Fate::StopWorkspace
        }
        "missing_scope"
        | "not_allowed_token_type"
        | "no_permission"
        | "team_access_not_granted"
        | "app_access_restricted"
        | "access_denied"
        | "accesslimited"
        | "enterprise_is_restricted"
        | "two_factor_setup_required" => Fate::StopCapability { needed: needed.map(str::to_owned) },
        "messages_tab_disabled" => Fate::StopCapability { needed: Some("messages_tab_enabled".to_owned()) },
        "not_enabled" => Fate::StopCapability { needed: Some("home_tab_enabled".to_owned()) },

        "invalid_blocks"
        | "invalid_blocks_format"
        | "msg_too_long"
        | "msg_blocks_too_long"
        | "no_text"
        | "metadata_too_large"
        | "markdown_text_conflict"
        | "invalid_arguments"
        | "invalid_arg_name"
        | "invalid_array_arg"
        | "too_many_attachments" => Fate::OurBug,
        _ if code.starts_with("invalid_metadata_") => Fate::OurBug,
        code::REFUSED_HERE => Fate::OurBug,

        "message_not_found" | "cant_update_message" | "cant_delete_message" | "edit_window_closed" => Fate::Drop,
        "user_not_in_channel" => Fate::Drop,

        "expired_trigger_id"
        | "exchanged_trigger_id"
        | "invalid_trigger_id"
        | "trigger_expired"
        | "trigger_exchanged" => Fate::MomentGone,
        "expired_url" | "used_url" => Fate::MomentGone,
        "hash_conflict" => Fate::RenderAgain,
        "not_found" if method.starts_with("views.") => Fate::Drop,
        "push_limit_reached" => Fate::Drop,

        "already_reacted" | "no_op" | "already_open" => Fate::Success,
        _ => Fate::Unknown,
    }
}

/// Whether doing this twice is the same as doing it once, so that a lost reply is no reason to hesitate. What is not
/// listed is taken for a call that must not be repeated.
fn repeatable(method: &str) -> bool {
    matches!(
        method,
        "apps.connections.open"
            | "auth.test"
            | "blocks.validate"
            | "bots.info"
            | "chat.delete"
            | "chat.getPermalink"
            | "chat.update"
            | "files.getUploadURLExternal"
            | "team.info"
            | UPLOAD
            | "views.publish"
            | "views.update"
    ) || ["conversations.", "dnd.", "users."].iter().any(|family| method.starts_with(family))
}

/// How long to wait after attempt `attempt` (1 is the first) before the next one; `None`: that was the last.
///
/// 1, 2, 4, 8, 16, 32 s, about 1, 2, 4, 8 min, then every 15 min; after the 33rd attempt it ends, just under six
/// hours after the first. The caller spreads each delay with [`jitter`](crate::clock::jitter), which only shortens it
/// (to half at most), so an outage of two and a half hours is always survived.
pub fn backoff(attempt: u32) -> Option<Duration> {
    const LONGEST: Duration = Duration::from_secs(15 * 60);
    const LAST: u32 = 33;
    match attempt {
        0 => Some(Duration::ZERO),
        1..=10 => Some(Duration::from_secs(1 << (attempt - 1))),
        11..LAST => Some(LONGEST),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POST: &str = "chat.postMessage";

    fn check(method: &str, codes: &str, fate: &Fate) {
        for code in codes.split_whitespace() {
            assert_eq!(&of(method, code, None, None), fate, "{method} {code}");
        }
    }

    #[test]
    fn every_code_has_its_fate() {
        let tell = |because| Fate::TellCoordinator { because };
        let stop = |needed: Option<&str>| Fate::StopCapability { needed: needed.map(str::to_owned) };
        check(POST, "ratelimited rate_limited http_429", &Fate::Wait { after: DEFAULT_WAIT });
        check(POST, "service_unavailable request_timeout update_failed external_channel_migrating", &Fate::Retry);
        check(POST, "http_408 http_502 http_503 http_504 no_connection", &Fate::Retry);
        check(POST, "internal_error fatal_error http_500 timeout connection_lost unreadable_reply", &Fate::Unsure);
        check(RESPONSE_URL, "internal_error timeout connection_lost http_500", &Fate::Unsure);
        check("views.open", "fatal_error timeout", &Fate::Unsure);
        check("some.newMethod", "timeout", &Fate::Unsure);
        check("chat.update", "internal_error fatal_error http_500 timeout connection_lost", &Fate::Retry);
        check("users.list", "internal_error timeout", &Fate::Retry);
        check("conversations.open", "internal_error timeout", &Fate::Retry);
        check(POST, "team_added_to_org org_login_required", &Fate::RetryInHours);
        check(POST, "channel_not_found not_in_channel is_archived", &Fate::Reopen);
        check("chat.update", "channel_not_found not_in_channel is_archived", &Fate::Drop);
        let gone = "user_disabled user_not_found user_not_visible invalid_user_combination cannot_dm_bot";
        check(POST, gone, &tell(Because::PersonUnreachable));
        check("conversations.open", gone, &tell(Because::PersonUnreachable));
        let forbidden = "restricted_action restricted_action_read_only_channel restricted_action_thread_locked \
                         ekm_access_denied posting_to_channel_denied is_inactive";
        check(POST, forbidden, &tell(Because::PostingForbidden));
        let full = "message_limit_exceeded storage_limit_reached file_uploads_disabled";
        check(POST, full, &tell(Because::PlanLimit));
        check(POST, "token_revoked account_inactive invalid_auth not_authed token_expired", &Fate::StopWorkspace);
        let denied = "missing_scope not_allowed_token_type no_permission team_access_not_granted \
                      app_access_restricted access_denied accesslimited enterprise_is_restricted \
                      two_factor_setup_required";
        check(POST, denied, &stop(None));
        check(POST, "messages_tab_disabled", &stop(Some("messages_tab_enabled")));
        check("views.publish", "not_enabled", &stop(Some("home_tab_enabled")));
        let bugs = "invalid_blocks invalid_blocks_format msg_too_long msg_blocks_too_long no_text \
                    metadata_too_large invalid_metadata_format invalid_metadata_schema markdown_text_conflict \
                    invalid_arguments invalid_arg_name invalid_array_arg too_many_attachments refused_here";
        check(POST, bugs, &Fate::OurBug);
        let late = "message_not_found cant_update_message cant_delete_message edit_window_closed";
        check("chat.update", late, &Fate::Drop);
        check("chat.delete", late, &Fate::Drop);
        check("chat.postEphemeral", "user_not_in_channel", &Fate::Drop);
        let moment = "expired_trigger_id exchanged_trigger_id invalid_trigger_id trigger_expired trigger_exchanged";
        check("views.open", moment, &Fate::MomentGone);
        check(RESPONSE_URL, "expired_url used_url", &Fate::MomentGone);
        check("views.update", "hash_conflict", &Fate::RenderAgain);
        check("views.update", "not_found push_limit_reached", &Fate::Drop);
        check("conversations.open", "already_open no_op", &Fate::Success);
        check("reactions.add", "already_reacted", &Fate::Success);
        check(POST, "something_new not_found http_418", &Fate::Unknown);
    }

    #[test]
    fn a_missing_scope_says_what_it_stops() {
        let needed = |scope| of(POST, "missing_scope", Some(scope), None);
        assert_eq!(needed("mpim:write"), Fate::StopCapability { needed: Some("mpim:write".to_owned()) });
        assert_eq!(needed("chat:write"), Fate::StopWorkspace);
        assert_eq!(needed("chat:write, im:write"), Fate::StopWorkspace);
        assert_eq!(needed("chat:write.public"), Fate::StopCapability { needed: Some("chat:write.public".to_owned()) });
    }

    #[test]
    fn slack_says_how_long_to_wait() {
        let after = Duration::from_secs(7);
        assert_eq!(of(POST, "ratelimited", None, Some(after)), Fate::Wait { after });
    }

    #[test]
    fn delays_grow_and_end() {
        let delays: Vec<u64> = (1..).map_while(backoff).map(|delay| delay.as_secs()).collect();
        assert_eq!(delays[..11], [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900]);
        assert_eq!(delays.len(), 32);
        let total: u64 = delays.iter().sum();
        assert!((5 * 3600..=6 * 3600).contains(&total), "{total} s");
        assert_eq!(backoff(u32::MAX), None);
    }
}
