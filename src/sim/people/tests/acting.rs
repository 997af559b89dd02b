//! What people do arrives: against an app on real HTTP that answers each tap and opens a form for each comment.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};

use super::super::{Cast, Company};
use super::{button, monday, on_runtime};
use crate::clock::{Clock, ManualClock};
use crate::sim::{RequestUrls, Sim, SimOptions};

#[derive(Clone)]
struct App {
    api: String,
    token: String,
    http: reqwest::Client,
    heard: Arc<Mutex<Vec<Value>>>,
}

impl App {
    async fn call(&self, method: &str, args: Value) {
        let request = self.http.post(format!("{}/{method}", self.api)).bearer_auth(&self.token).json(&args);
        let answer: Value = request.send().await.expect("an answer").json().await.expect("JSON");
        assert_eq!(answer["ok"], true, "{method}: {answer}");
    }
}

fn plain(text: &str) -> Value {
    json!({"type": "plain_text", "text": text})
}

async fn hears(State(app): State<App>, body: String) -> Json<Value> {
    let fields: BTreeMap<String, String> = serde_urlencoded::from_str(&body).unwrap_or_default();
    let payload: Value = fields.get("payload").and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    app.heard.lock().expect("no panic holds it").push(payload.clone());
    let action = payload["actions"][0]["action_id"].as_str().unwrap_or_default();
    if action.starts_with("a.") {
        let row: Vec<Value> =
            ["Change", "Add a comment", "Who sees this"].iter().map(|label| button(label, label)).collect();
        let scale: Vec<Value> =
            ["1", "2", "3", "4", "5"].iter().map(|label| button(label, &format!("second.{label}"))).collect();
        let blocks = json!([{"type": "actions", "elements": row}, {"type": "actions", "elements": scale}]);
        let answer =
            json!({"response_type": "ephemeral", "replace_original": false, "text": "Saved.", "blocks": blocks});
        let url = payload["response_url"].as_str().expect("a tap has one").to_owned();
        app.http.post(url).json(&answer).send().await.expect("an answer");
    }
    if payload["type"] == "view_submission" {
        let view = json!({"type": "modal", "title": plain("Saved"), "blocks": [{"type": "divider"}]});
        return Json(json!({"response_action": "update", "view": view}));
    }
    if action == "Add a comment" {
        let view = json!({"type": "modal", "title": plain("Words"), "submit": plain("Save"), "blocks": [
            {"type": "input", "block_id": "words", "label": plain("Words"),
             "element": {"type": "plain_text_input", "action_id": "words", "multiline": true}}]});
        app.call("views.open", json!({"trigger_id": payload["trigger_id"], "view": view})).await;
    }
    Json(json!({}))
}

#[test]
fn answers_second_answers_and_comments_reach_the_app() {
    on_runtime(async {
        // The HTTP client asks for one, although nothing here is encrypted; that another test was first is fine.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let clock = ManualClock::at(monday());
        let sim = Sim::start(SimOptions::new(Clock::Manual(clock.clone()))).await.expect("free ports");
        let mut cast = Cast::enter(&sim, 11, Company::invented(11, 24), monday());
        let (api, token) = (sim.api_url(), sim.bot_token().to_owned());
        let app = App { api, token, http: reqwest::Client::new(), heard: Arc::default() };
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        sim.use_http(RequestUrls::one(format!("http://{}/", listener.local_addr().expect("it is bound"))));
        let service = Router::new().route("/", post(hears)).with_state(app.clone());
        tokio::spawn(async move { axum::serve(listener, service).await });

        for pair in cast.company().pairs.clone() {
            let (mentor, mentee) = (super::id_of(&cast, &pair, true), super::id_of(&cast, &pair, false));
            super::post(&sim, &[&mentor, &mentee], "Pulse", super::pulse("the two"));
        }
        cast.look();
        let (mut done, mut unanswered) = (0, 0);
        while let Some(due) = cast.next_due() {
            clock.set(due);
            let deeds = cast.act(due).await;
            (done, unanswered) = (done + deeds.done, unanswered + deeds.unanswered);
            sim.at_rest().await;
            cast.look();
        }
        let heard = app.heard.lock().expect("no panic holds it").clone();
        let of = |action: &str| {
            let said =
                |payload: &&Value| payload["actions"][0]["action_id"].as_str().is_some_and(|a| a.starts_with(action));
            heard.iter().filter(said).count()
        };
        let words: Vec<&str> = heard
            .iter()
            .filter(|payload| payload["type"] == "view_submission")
            .filter_map(|payload| payload["view"]["state"]["values"]["words"]["words"]["value"].as_str())
            .collect();
        assert!(of("a.") >= 30 && of("m.") >= 15, "{} answers, {} about meetings", of("a."), of("m."));
        assert!(of("second.") >= of("a.") / 2, "{} second answers", of("second."));
        assert!(!words.is_empty() && words.len() == of("Add a comment"), "{words:?}");
        assert!(words.iter().all(|words| words.len() > 10));
        assert!(done > 100 && unanswered == 0, "{done} done, {unanswered} unanswered");
        assert!(sim.people().iter().all(|person| person.modal().is_none()), "nobody leaves a form open");
        assert!(sim.complaints().is_empty(), "{:?}", sim.complaints());
    });
}
