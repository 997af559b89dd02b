//! `--try-post-to`: how this Slack treats a repeated post, tried in the operator's own DM.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::{mpsc, watch};
use tokio_util::sync::CancellationToken;

use super::super::failure;
use super::Findings;
use super::slack::Us;
use crate::clock::{self, Clock};
use crate::core::event::Event;
use crate::core::id::{MessageKey, MessageName};
use crate::slack::fate::Failure;
use crate::slack::render;
use crate::slack::socket::{Settings, Socket};
use crate::slack::{Ack, Incoming};

/// How long the echo of a post is waited for.
const ECHO: Duration = Duration::from_secs(8);
/// Posts to one channel are a second apart.
const APART: Duration = Duration::from_millis(1_100);

/// Posts the same message twice, says what Slack did with the second, and takes that one back.
pub async fn post_twice(us: Us, person: &str, findings: &mut Findings) {
    let key = MessageName::from(format!("doctor:{}", clock::token())).key();
    let (echoes, stop) = listen(&us).await;
    let outcome = posts(&us, person, &key).await;
    match &outcome {
        Err(error) => findings.bad("test post", failure::sentence(error)),
        Ok(Repeat::Recognised) => findings.good(
            "test post",
            "Slack recognises a repeated post by its client_msg_id: a lost reply never doubles a message.",
        ),
        Ok(Repeat::Doubled) => findings.look(
            "test post",
            "Slack posts a repeated message again (the second one was taken back). A post whose reply was lost is then \
             recognised by its echo only.",
        ),
    }
    if let (Some(echoes), Ok(_)) = (echoes, outcome) {
        echo(echoes, &key, findings).await;
    }
    stop.cancel();
}

enum Repeat {
    Recognised,
    Doubled,
}

async fn posts(us: &Us, person: &str, key: &MessageKey) -> Result<Repeat, Failure> {
    // A person's id in place of a channel opens their DM, and needs no further scope.
    let args = json!({
        "channel": person, "client_msg_id": key.as_str(), "metadata": render::metadata(key),
        "text": "A test by `rapport doctor`: nothing to do here.", "unfurl_links": false, "unfurl_media": false,
    });
    let first = us.client.call("chat.postMessage", args.clone()).await?;
    tokio::time::sleep(APART).await;
    let second = us.client.call("chat.postMessage", args).await?;
    let text = |reply: &Value, name: &str| reply.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let ts = text(&second, "ts");
    if second.get("is_duplicate") == Some(&Value::Bool(true)) || text(&first, "ts") == ts {
        return Ok(Repeat::Recognised);
    }
    us.client.call("chat.delete", json!({"channel": text(&second, "channel"), "ts": ts})).await?;
    Ok(Repeat::Doubled)
}

/// Hears echoes over Socket Mode until it is told to stop, if there is a token for it. Returns once the line is open.
async fn listen(us: &Us) -> (Option<mpsc::UnboundedReceiver<MessageKey>>, CancellationToken) {
    let stop = CancellationToken::new();
    if !us.sockets {
        return (None, stop);
    }
    let (tell, echoes) = mpsc::unbounded_channel();
    let handler = move |incoming: Incoming| {
        let tell = tell.clone();
        async move {
            match incoming.event {
                Event::Echoed(proof) => {
                    // Nobody listens any more once the echo has been seen.
                    let _ = tell.send(proof.key);
                    Ack::Empty
                }
                // Another connection may take it: we are not the ones who serve.
                _ => Ack::Late,
            }
        }
    };
    let open = watch::Sender::new(0);
    let mut opened = open.subscribe();
    let socket = Socket {
        client: us.client.clone(),
        us: us.identity.installation(),
        clock: Clock::System,
        handler,
        settings: Settings { connections: 1, ..Settings::default() },
        open,
    };
    tokio::spawn(socket.run(stop.clone()));
    // If it does not open, the missing echo will tell.
    let _ = tokio::time::timeout(ECHO, opened.wait_for(|open| *open > 0)).await;
    (Some(echoes), stop)
}

async fn echo(mut echoes: mpsc::UnboundedReceiver<MessageKey>, key: &MessageKey, findings: &mut Findings) {
    let seen = async {
        while let Some(echo) = echoes.recv().await {
            if echo == *key {
                return true;
            }
        }
        false
    };
    if tokio::time::timeout(ECHO, seen).await.unwrap_or(false) {
        findings.good("echo", "Slack echoes our own posts: one whose reply was lost is recognised.");
    } else {
        findings.look(
            "echo",
            "No echo of the post came. The scope metadata.message:read and the event message_metadata_posted bring it; \
             while `rapport serve` runs, it may have gone there.",
        );
    }
}
