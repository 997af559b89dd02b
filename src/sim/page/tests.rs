//! The page's server over real HTTP: what it shows, what it does, and whom it refuses.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use chrono::{DateTime, Utc};
use reqwest::header::{CONTENT_TYPE, HOST, ORIGIN};
use serde_json::{Value, json};

use super::{Controls, Label, Page, Progress};
use crate::clock::{Clock, ManualClock};
use crate::sim::post::Draft;
use crate::sim::{NewPerson, RequestUrls, Sim, SimOptions, Someone};

/// A workspace with Ana and Ravi, one message with two buttons, an app that answers as it is told, and the page.
struct World {
    sim: Sim,
    page: Page,
    controls: Controls,
    ana: Someone,
    channel: String,
    ts: String,
    http: reqwest::Client,
    heard: Heard,
}

type Heard = Arc<Mutex<Vec<Value>>>;

/// An app that remembers interactions: it does not take "Refuse", and finds every form wrong.
async fn app(State(heard): State<Heard>, body: String) -> Result<Json<Value>, StatusCode> {
    let fields: BTreeMap<String, String> = serde_urlencoded::from_str(&body).unwrap_or_default();
    let payload: Value = fields.get("payload").and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    heard.lock().expect("no panic holds it").push(payload.clone());
    if payload["actions"][0]["action_id"] == "refuse" {
        return Err(StatusCode::INTERNAL_SERVER_ERROR);
    }
    if payload["type"] == "view_submission" {
        return Ok(Json(json!({"response_action": "errors", "errors": {"words": "Say more."}})));
    }
    Ok(Json(json!({})))
}

fn button(action: &str) -> Value {
    json!({"type": "button", "text": {"type": "plain_text", "text": action}, "action_id": action, "value": "v"})
}

impl World {
    async fn new() -> Self {
        // The HTTP client asks for one, although nothing here is encrypted; that another test was first is fine.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let start: DateTime<Utc> = "2026-05-18T08:00:00Z".parse().expect("an instant");
        let sim = Sim::start(SimOptions::new(Clock::Manual(ManualClock::at(start)))).await.expect("free ports");
        let ana = sim.add_person(NewPerson::named("Ana Lopez").zone("Europe/Berlin"));
        let ravi = sim.add_person(NewPerson::named("Ravi Rao").zone("Asia/Kolkata"));
        let heard = Heard::default();
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        sim.use_http(RequestUrls::one(format!("http://{}/", listener.local_addr().expect("it is bound"))));
        let service = Router::new().route("/", post(app)).with_state(Arc::clone(&heard));
        tokio::spawn(async move { axum::serve(listener, service).await });

        let blocks = json!([{"type": "actions", "block_id": "row", "elements": [button("take"), button("refuse")]}]);
        let (channel, ts) = sim.world.change(|state| {
            let bot = state.ids.bot_user.clone();
            let (channel, _) = state.open_conversation(vec![bot.clone(), ana.id().into(), ravi.id().into()]);
            let draft = Draft { author: bot, text: "Pulse".into(), blocks, ..Draft::default() };
            let ts = state.post(&channel, draft).ts;
            (channel, ts)
        });
        let controls = Controls::at_speed(60);
        let label = Label { roles: vec!["mentee".into()], about: "with Ravi Rao".into() };
        let labels = BTreeMap::from([(ana.id().to_owned(), label)]);
        let page = Page::start(sim.clone(), labels, controls.clone()).await.expect("a free port");
        Self { sim, page, controls, ana, channel, ts, http: reqwest::Client::new(), heard }
    }

    fn url(&self, path: &str) -> String {
        format!("{}api/{path}", self.page.url())
    }

    fn origin(&self) -> String {
        self.page.url().trim_end_matches('/').to_owned()
    }

    fn of_ana(&self, rest: &str) -> String {
        format!("people/{}{rest}", self.ana.id())
    }

    async fn get(&self, path: &str) -> Value {
        let answer = self.http.get(self.url(path)).send().await.expect("the page answers");
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        answer.json().await.expect("JSON")
    }

    async fn post(&self, path: &str, body: Value) -> reqwest::Response {
        let request = self.http.post(self.url(path)).header(ORIGIN, self.origin()).json(&body);
        request.send().await.expect("the page answers")
    }

    async fn tap(&self, control: &str) -> Value {
        let spot = json!({"message": {"channel": self.channel, "ts": self.ts}});
        let answer = self.post(&self.of_ana("/tap"), json!({"spot": spot, "control": control})).await;
        answer.json().await.expect("JSON")
    }
}

#[tokio::test]
async fn it_shows_the_workspace_as_its_people_see_it() {
    let world = World::new().await;
    let seen = world.get("world").await;
    assert_eq!(seen["app"], "rapport");
    let people = seen["people"].as_array().expect("people");
    let ana = people.iter().find(|person| person["id"] == world.ana.id()).expect("Ana is there");
    assert_eq!((&ana["roles"], &ana["about"]), (&json!(["mentee"]), &json!("with Ravi Rao")));
    assert_eq!((&ana["unread"], &ana["zone"]), (&json!(1), &json!("Europe/Berlin")));
    assert_eq!(people.len(), 2, "bots are nobody whom one could be");

    let seen = world.get(&world.of_ana("")).await;
    assert_eq!(seen["places"][0]["id"], world.channel.as_str());
    assert_eq!((&seen["modal"], &seen["home"]), (&Value::Null, &Value::Null));
    let messages = world.get(&world.of_ana(&format!("/conversations/{}", world.channel))).await;
    assert_eq!((&messages[0]["ts"], &messages[0]["ephemeral"]), (&json!(world.ts), &json!(false)));

    let read = world.post(&world.of_ana("/read"), json!({"channel": world.channel})).await;
    assert_eq!(read.status(), StatusCode::NO_CONTENT);
    assert!(world.ana.unread().is_empty());
}

#[tokio::test]
async fn it_taps_with_the_hands_of_the_person_whom_one_is() {
    let world = World::new().await;
    assert!(world.page.played().is_empty());
    assert_eq!(world.tap("row/take").await["acknowledged"], true);
    let payload = world.heard.lock().expect("no panic holds it").pop().expect("the app has heard of it");
    assert_eq!((&payload["user"]["id"], &payload["actions"][0]["action_id"]), (&json!(world.ana.id()), &json!("take")));
    assert_eq!(world.page.played(), [world.ana.id()]);

    assert_eq!(world.tap("row/refuse").await["acknowledged"], false);
    let messages = world.get(&world.of_ana(&format!("/conversations/{}", world.channel))).await;
    assert_eq!(messages[0]["warning"], true);
    assert!(world.tap("row/no such").await["warning"].as_str().is_some_and(|words| words.contains("no such")));
}

#[tokio::test]
async fn it_fills_in_forms_and_shows_what_is_wrong() {
    let world = World::new().await;
    let view = json!({"type": "modal", "title": {"type": "plain_text", "text": "Words"},
        "submit": {"type": "plain_text", "text": "Save"}, "blocks": [
        {"type": "input", "block_id": "words", "label": {"type": "plain_text", "text": "Words"},
         "element": {"type": "plain_text_input", "action_id": "a"}}]});
    assert_eq!(world.tap("row/take").await["acknowledged"], true);
    world.sim.world.change(|state| {
        state.stack(world.ana.id(), view).map(|_| ()).expect("the view is well-formed");
    });
    assert_eq!(world.get(&world.of_ana("")).await["modals"], 1);
    let sent = world.post(&world.of_ana("/submit"), json!({"values": [["words", "Hm"]]})).await;
    assert_eq!(sent.json::<Value>().await.expect("JSON")["errors"], json!({"words": "Say more."}));
    assert_eq!(world.get(&world.of_ana("")).await["modal"]["values"]["words"]["a"]["value"], "Hm");
    let closed = world.post(&world.of_ana("/close"), json!({})).await;
    assert_eq!(closed.status(), StatusCode::OK);
    assert_eq!(world.get(&world.of_ana("")).await["modals"], 0);
}

#[tokio::test]
async fn it_tells_of_changes_and_lets_time_be_turned() {
    let world = World::new().await;
    let mut stream = world.http.get(world.url("events?page=p1")).send().await.expect("the page answers");
    let mut text = String::new();
    let mut next = async |wanted: &str| {
        while !text.contains(wanted) {
            let chunk = stream.chunk().await.expect("the stream goes on").expect("it does not end");
            text.push_str(&String::from_utf8_lossy(&chunk));
        }
    };
    next("\"now\":\"2026-05-18T08:00:00Z\"").await;
    world.page.progress(Progress { week: 3, weeks: 12, asked: 40, ..Progress::default() });
    next("\"week\":3").await;
    assert!(!world.page.someone_is_acting());
    let held = world.post("attention", json!({"page": "p1", "held": true})).await;
    assert_eq!(held.status(), StatusCode::NO_CONTENT);
    assert!(world.page.someone_is_acting());
    next("\"held\":true").await;
    for (to, paused, speed) in [("pause", true, 60), ("faster", true, 600), ("play", false, 600), ("slower", false, 60)]
    {
        assert_eq!(world.post("controls", json!({"to": to})).await.status(), StatusCode::NO_CONTENT);
        assert_eq!((world.controls.tempo().paused, world.controls.tempo().speed), (paused, speed), "{to}");
    }
    assert_eq!(world.post("controls", json!({"to": "skip"})).await.status(), StatusCode::NO_CONTENT);
    next("\"skipping\":true").await;
}

#[tokio::test]
async fn nobody_else_may_drive_it() {
    let world = World::new().await;
    let own = world.page.url().trim_start_matches("http://").trim_end_matches('/').to_owned();
    let port = own.rsplit(':').next().expect("a port").to_owned();
    for (host, status) in [
        (own.as_str(), StatusCode::OK),
        (&format!("localhost:{port}"), StatusCode::OK),
        ("evil.example", StatusCode::FORBIDDEN),
        (&format!("evil.example:{port}"), StatusCode::FORBIDDEN),
        ("127.0.0.1", StatusCode::FORBIDDEN),
        (&format!("127.0.0.1.evil.example:{port}"), StatusCode::FORBIDDEN),
    ] {
        for path in ["", "api/world", "api/events?page=x", "app/main.js"] {
            let url = format!("{}{path}", world.page.url());
            let answer = world.http.get(url).header(HOST, host).send().await.expect("an answer");
            assert_eq!(answer.status(), status, "{host} {path}");
        }
    }
    let turn = || world.http.post(world.url("controls")).body(r#"{"to":"pause"}"#);
    for (origin, kind, status) in [
        (None, "application/json", StatusCode::FORBIDDEN),
        (Some("http://evil.example".to_owned()), "application/json", StatusCode::FORBIDDEN),
        (Some("null".to_owned()), "application/json", StatusCode::FORBIDDEN),
        (Some(format!("https://{own}")), "application/json", StatusCode::FORBIDDEN),
        (Some(format!("http://localhost:{port}")), "application/json", StatusCode::FORBIDDEN),
        (Some(format!("http://{own}")), "text/plain", StatusCode::UNSUPPORTED_MEDIA_TYPE),
        (Some(format!("http://{own}")), "application/json", StatusCode::NO_CONTENT),
    ] {
        let request = turn().header(CONTENT_TYPE, kind);
        let request = match &origin {
            Some(origin) => request.header(ORIGIN, origin),
            None => request,
        };
        assert_eq!(request.send().await.expect("an answer").status(), status, "{origin:?} {kind}");
        assert_eq!(world.controls.tempo().paused, status == StatusCode::NO_CONTENT, "{origin:?} {kind}");
    }
}

#[tokio::test]
async fn it_bounds_what_it_takes_and_locks_what_the_browser_may_do() {
    let world = World::new().await;
    let long = "x".repeat(super::BODY_MAX + 1);
    let answer = world.post(&world.of_ana("/say"), json!({"channel": world.channel, "words": long})).await;
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(world.post("people/U0NOBODY/home", json!({})).await.status(), StatusCode::NOT_FOUND);
    let bot = world.sim.bot_user_id();
    assert_eq!(world.post(&format!("people/{bot}/home"), json!({})).await.status(), StatusCode::NOT_FOUND);
    let answer = world.http.get(world.page.url()).send().await.expect("an answer");
    let policy = answer.headers()["content-security-policy"].to_str().expect("text").to_owned();
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert!(answer.text().await.expect("text").contains("id=\"people-list\""));
}

#[test]
fn a_page_that_was_closed_holds_nothing_back() {
    let attention = super::attention::Attention::default();
    let (one, two) = (attention.open("one"), attention.open("two"));
    attention.hold("one", true);
    attention.hold("stranger", true);
    assert!(attention.is_held());
    drop(one);
    assert!(!attention.is_held());
    assert!(two.is_some() && attention.open("").is_none());
}

/// Every file that a page file names is served, and nothing else is fetched from anywhere.
#[tokio::test]
async fn its_files_are_whole() {
    let world = World::new().await;
    let mut waiting = vec!["/".to_owned()];
    let mut seen = std::collections::BTreeSet::new();
    while let Some(path) = waiting.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let answer = world.http.get(format!("{}{path}", world.origin())).send().await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        let text = answer.text().await.expect("text");
        let names = text.split(['"', '(', ')']).filter_map(|part| match part.strip_prefix("./") {
            Some(name) if part.ends_with(".js") => Some(format!("/app/{name}")),
            _ if part.starts_with("/app/") => Some(part.to_owned()),
            _ => None,
        });
        waiting.extend(names);
        let foreign = text.replace("http://www.w3.org/", "").replace("\"http://\"", "");
        assert!(!foreign.contains("http://") && !foreign.contains("https://"), "{path} names another host");
    }
    assert!(seen.len() >= 19, "{seen:?}");
}
