//! `files.*`: the upload in three steps.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State as Extracted};
use http::{HeaderMap, StatusCode, header};
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
    Extracted(world): Extracted<Arc<World>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, String) {
    let _busy = world.busy();
    let body = file_in(&headers, &body);
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

/// The file in a request: the whole body, or the part with a file name of a multipart one.
fn file_in<'a>(headers: &HeaderMap, body: &'a [u8]) -> &'a [u8] {
    let media = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let Some((_, boundary)) = media.split_once("boundary=") else { return body };
    let mark = format!("--{}", boundary.trim_matches('"'));
    let find = |text: &[u8], from: usize, what: &[u8]| {
        let at = text[from..].windows(what.len()).position(|window| window == what);
        at.map(|at| from + at)
    };
    let mut from = 0;
    while let Some(start) = find(body, from, mark.as_bytes()) {
        let start = start + mark.len();
        let Some(end) = find(body, start, mark.as_bytes()) else { break };
        let part = &body[start..end];
        if let Some(head) = find(part, 0, b"\r\n\r\n")
            && find(&part[..head], 0, b"filename=").is_some()
        {
            let content = &part[head + 4..];
            return content.strip_suffix(b"\r\n").unwrap_or(content);
        }
        from = end;
    }
    body
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_comes_raw_or_in_a_form() {
        let mut headers = HeaderMap::new();
        assert_eq!(file_in(&headers, b"hello"), b"hello");
        let media = "multipart/form-data; boundary=xyz";
        headers.insert(header::CONTENT_TYPE, media.parse().expect("a header"));
        let body = b"--xyz\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\nv\r\n--xyz\r\n\
                     Content-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\nhello\r\n--xyz--\r\n";
        assert_eq!(file_in(&headers, body), b"hello");
    }
}
