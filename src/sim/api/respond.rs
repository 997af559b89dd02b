//! Posts to a `response_url`, and the same kind of answer in the acknowledgement of a command.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{ConnectInfo, Path, State as Extracted};
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

use super::super::message::MessageRef;
use super::super::state::State;
use super::super::ticket::ResponseUrl;
use super::super::wire::Cut;
use super::super::world::World;
use super::args::Args;
use super::content::Content;
use super::{Refusal, after, before};

const ARGS: &[&str] = &[
    "text",
    "blocks",
    "attachments",
    "metadata",
    "markdown_text",
    "response_type",
    "replace_original",
    "delete_original",
    "thread_ts",
    "unfurl_links",
    "unfurl_media",
    "mrkdwn",
];

/// What is answered: who asked, where, and by which message's button.
pub(in super::super) struct Asked {
    pub person: String,
    pub channel: String,
    pub message: Option<MessageRef>,
}

impl From<ResponseUrl> for Asked {
    fn from(url: ResponseUrl) -> Self {
        Self { person: url.person, channel: url.channel, message: url.message }
    }
}

pub(super) async fn receive(
    Extracted(world): Extracted<Arc<World>>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    Path(token): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let _busy = world.busy();
    let parsed = Args::parse(&headers, None, &body);
    let fault = world.plan().call("response_url");
    let recorded = for_the_record(&world, &token, parsed.as_ref().ok());
    if let Some(answered) = before(&world, fault.as_ref(), "response_url", &recorded, &cut) {
        return answered;
    }
    let (status, retry, reply) = world.change(|state| {
        let result = parsed.map_err(Refusal::from).and_then(|args| spend(state, &token, &args));
        let (status, retry, reply) = match result {
            Ok(()) => (StatusCode::OK, None, json!({"ok": true})),
            Err(refusal) => {
                state.complaints.extend(refusal.complaint.iter().map(|words| format!("response_url: {words}")));
                let status = match refusal.error.as_str() {
                    "expired_url" | "used_url" => StatusCode::NOT_FOUND,
                    "ratelimited" => StatusCode::TOO_MANY_REQUESTS,
                    _ => StatusCode::BAD_REQUEST,
                };
                (status, refusal.retry_after_s, refusal.json())
            }
        };
        world.record("response_url", recorded, reply.clone());
        (status, retry, reply)
    });
    let mut response = after(fault, &cut, status, &reply).await;
    if let Some(retry) = retry {
        response.headers_mut().insert(http::header::RETRY_AFTER, retry.into());
    }
    response
}

/// The URL itself is a secret: in its place stands what it is for.
fn for_the_record(world: &World, token: &str, args: Option<&Args>) -> Value {
    let mut recorded = args.map_or_else(|| json!({}), Args::for_the_record);
    recorded["response_url"] = world.look(|state| match state.tickets.look_at_response_url(token, state.now()) {
        Ok(url) => json!({"channel": url.channel, "user": url.person}),
        Err(error) => json!(error),
    });
    recorded
}

fn spend(state: &mut State, token: &str, args: &Args) -> Result<(), Refusal> {
    let now = state.now();
    let url = state.tickets.look_at_response_url(token, now)?;
    if state.options.response_url_counts {
        state.limits.post(&url.channel, state.options.post_burst, now).map_err(Refusal::limited)?;
    }
    let message = answer(state, &url.into(), args)?;
    state.tickets.spend_response_url(token);
    state.tickets.follow(token, message);
    Ok(())
}

/// Does what the answer says. Returns the message that "original" means from now on.
pub(in super::super) fn answer(state: &mut State, asked: &Asked, args: &Args) -> Result<Option<MessageRef>, Refusal> {
    if let Some(unknown) = args.names().find(|name| !ARGS.contains(name)) {
        return Err(Refusal::loud("invalid_arguments", format!("unknown argument {unknown}")));
    }
    let content = Content::read(args)?;
    let original = asked.message.clone();
    let delete = args.flag("delete_original");
    if content.is_empty() {
        return match (delete, original) {
            (true, Some(at)) => {
                state.remove(&at);
                Ok(None)
            }
            (true, None) => Ok(None),
            (false, _) => Err("no_text".into()),
        };
    }
    if args.flag("replace_original")
        && !delete
        && let Some(at) = &original
        && let Some(post) = state.rewrite(at, content.clone())
    {
        // A person who tapped waits for the answer, so what replaces their ephemeral counts as new.
        if let Some(person) = post.only_for {
            state.desk(&person).arrived(at.clone());
        }
        return Ok(original);
    }
    if delete && let Some(at) = &original {
        state.remove(at);
    }
    let mut draft = content.draft(&state.ids.bot_user);
    if args.text("response_type") != Some("in_channel") {
        draft.only_for = Some(asked.person.clone());
        draft.metadata = Value::Null;
    }
    draft.thread_ts = args.text("thread_ts").map(str::to_owned);
    if !state.conversations.contains_key(&asked.channel) {
        return Err("channel_not_found".into());
    }
    let post = state.post(&asked.channel, draft);
    let posted = MessageRef { channel: asked.channel.clone(), ts: post.ts };
    Ok(if original.is_some() && !delete { original } else { Some(posted) })
}
