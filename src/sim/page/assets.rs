//! The files of the page, inside of the program.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

const INDEX: &str = include_str!("app/index.html");

const STYLE: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const PICTURE: &str = "image/svg+xml";

const FILES: &[(&str, &str, &str)] = &[
    ("frame.css", STYLE, include_str!("app/frame.css")),
    ("message.css", STYLE, include_str!("app/message.css")),
    ("icon.svg", PICTURE, include_str!("app/icon.svg")),
    ("main.js", SCRIPT, include_str!("app/main.js")),
    ("server.js", SCRIPT, include_str!("app/server.js")),
    ("dom.js", SCRIPT, include_str!("app/dom.js")),
    ("time.js", SCRIPT, include_str!("app/time.js")),
    ("people.js", SCRIPT, include_str!("app/people.js")),
    ("places.js", SCRIPT, include_str!("app/places.js")),
    ("conversation.js", SCRIPT, include_str!("app/conversation.js")),
    ("home.js", SCRIPT, include_str!("app/home.js")),
    ("modal.js", SCRIPT, include_str!("app/modal.js")),
    ("blocks.js", SCRIPT, include_str!("app/blocks.js")),
    ("elements.js", SCRIPT, include_str!("app/elements.js")),
    ("inputs.js", SCRIPT, include_str!("app/inputs.js")),
    ("mrkdwn.js", SCRIPT, include_str!("app/mrkdwn.js")),
    ("chart.js", SCRIPT, include_str!("app/chart.js")),
    ("clock.js", SCRIPT, include_str!("app/clock.js")),
];

pub(super) async fn index() -> Html<&'static str> {
    Html(INDEX)
}

pub(super) async fn file(Path(file): Path<String>) -> Response {
    match FILES.iter().find(|(name, ..)| *name == file) {
        Some((_, kind, content)) => ([(header::CONTENT_TYPE, *kind)], *content).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
