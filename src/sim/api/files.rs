//! `files.*`: the upload in three steps.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State as Extracted};
use http::StatusCode;
use serde_json::{Value, json};

use super::super::file::Upload;
use super::super::id::derived;
use super::super::state::State;
use super::super::world::World;
use super::args::Args;
use super::content::Content;
use super::method::{Method, method};
use super::{Refusal, Reply, chat};

pub(super) const METHODS: &[Method] = &[
    method(
        "files.getUploadURLExternal",
        "files:write",
        &["filename", "length", "alt_txt", "alt_text", "snippet_type"],
        announce,
    ),
    method(
        "files.completeUploadExternal",
        "files:write",
        &["files", "channel_id", "channels", "initial_comment", "thread_ts", "blocks"],
        complete,
    ),
];

fn announce(state: &mut State, args: &Args) -> Reply {
    let name = args.need("filename")?.to_owned();
    let length = args.number("length").filter(|length| *length > 0).ok_or("invalid_arguments")?;
    let id = derived("F", &format!("{name}/{}", state.uploads.len()));
    let alt_text = args.text("alt_txt").unwrap_or_default().to_owned();
    state.uploads.insert(id.clone(), Upload { name, length, alt_text, content: None });
    Ok(json!({"upload_url": format!("{}/upload/{id}", state.base_url), "file_id": id}))
}

/// The second step: the bytes themselves.
pub(super) async fn receive(
    Extracted(world): Extracted<Arc<World>>, Path(id): Path<String>, body: Bytes,
) -> (StatusCode, String) {
    let _busy = world.busy();
    world.change(|state| match state.uploads.get_mut(&id) {
        None => (StatusCode::NOT_FOUND, "no such upload".into()),
        Some(upload) if upload.length != body.len() as u64 => {
            (StatusCode::BAD_REQUEST, format!("{} bytes were announced, {} came", upload.length, body.len()))
        }
        Some(upload) => {
            upload.content = Some(body.to_vec());
            (StatusCode::OK, format!("OK - {}", body.len()))
        }
    })
}

fn complete(state: &mut State, args: &Args) -> Reply {
    let wanted = args.json("files").map_err(|_| Refusal::new("invalid_arguments"))?;
    let wanted = wanted.as_array().filter(|files| !files.is_empty()).ok_or("invalid_arguments")?;
    let mut files = Vec::new();
    for file in wanted {
        let id = file["id"].as_str().unwrap_or_default();
        let upload = state.uploads.get(id).ok_or("file_not_found")?;
        if upload.content.is_none() {
            return Err("file_not_uploaded".into());
        }
        let title = file["title"].as_str().unwrap_or(&upload.name);
        files.push(json!({"id": id, "name": upload.name, "title": title, "size": upload.length,
                          "alt_txt": upload.alt_text, "user": state.ids.bot_user, "mode": "hosted"}));
    }
    if let Some(channel) = args.text("channel_id") {
        let channel = chat::channel(state, channel)?;
        let comment = Args::of(&json!({"text": args.raw("initial_comment"), "blocks": args.raw("blocks")}));
        let mut draft = Content::read(&comment)?.draft(&state.ids.bot_user);
        draft.files.clone_from(&files);
        state.post(&channel, draft);
    }
    Ok(json!({"files": Value::Array(files)}))
}
