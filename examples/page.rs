//! The page by itself: a simulated Slack with people, and a toy app that posts what a real one would.
//!
//! `cargo run --example page` prints the address and runs until Ctrl-C. `--port N` fixes it.
#![allow(clippy::print_stdout, reason = "what it prints is what it is for")]

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use chrono::{DateTime, TimeDelta, Utc};
use rapport::clock::{Clock, ManualClock};
use rapport::sim::page::{Controls, Page, Progress};
use rapport::sim::people::{Cast, Company};
use rapport::sim::{RequestUrls, Sim, SimOptions};
use serde_json::{Value, json};

type Trouble = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Trouble> {
    // The HTTP client asks for one, although nothing here is encrypted.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let port = std::env::args().skip_while(|arg| arg != "--port").nth(1).map_or(Ok(0), |port| port.parse())?;
    let start: DateTime<Utc> = "2026-05-18T08:00:00Z".parse()?;
    let clock = ManualClock::at(start);
    let mut options = SimOptions::new(Clock::Manual(clock.clone()));
    options.post_burst = 50;
    let sim = Sim::start(options).await?;
    let cast = Cast::enter(&sim, 7, Company::invented(7, 24), start);
    let controls = Controls::at_speed(43_200);
    let page = Page::start_on(sim.clone(), cast.labels(), controls.clone(), port).await?;

    let toy = Toy { api: sim.api_url(), token: sim.bot_token().to_owned(), http: reqwest::Client::new() };
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
    sim.use_http(RequestUrls::one(format!("http://{}/", listener.local_addr()?)));
    let app = Router::new().route("/", post(heard)).with_state(toy.clone());
    tokio::spawn(async move { axum::serve(listener, app).await });

    let company = cast.company().clone();
    let id = |email: &str| {
        company.members().into_iter().find(|m| m.email == email).and_then(|m| cast.id(m)).map(str::to_owned)
    };
    for pair in &company.pairs {
        let (Some(mentor), Some(mentee)) = (id(&pair.mentor.email), id(&pair.mentee.email)) else { continue };
        let dm = toy.call("conversations.open", json!({"users": format!("{mentor},{mentee}")})).await?;
        let first = |name: &str| name.split(' ').next().unwrap_or_default().to_owned();
        let names = format!("{} &amp; {}", first(&pair.mentee.name), first(&pair.mentor.name));
        toy.say(&dm["channel"]["id"], "Pulse 8", closed(&names)).await?;
        toy.say(&dm["channel"]["id"], "Pulse 9", pulse(&names, start)).await?;
    }
    for coordinator in &company.coordinators {
        let dm = toy.call("conversations.open", json!({"users": id(&coordinator.email)})).await?;
        toy.say(&dm["channel"]["id"], "Mentoring digest", digest()).await?;
    }
    page.progress(Progress { week: 9, weeks: 26, asked: 412, answered: 337, digests: 8, ..Progress::default() });
    println!("{}", page.url());
    tokio::select! {
        () = run(&clock, &controls, &page) => {}
        stopped = tokio::signal::ctrl_c() => stopped?,
    }
    for complaint in sim.complaints() {
        println!("complaint: {complaint}");
    }
    Ok(())
}

/// Time as the demo lets it run, without anything that happens in it.
async fn run(clock: &ManualClock, controls: &Controls, page: &Page) {
    let shown = Clock::Manual(clock.clone());
    loop {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        let tempo = controls.tempo();
        let speed = if page.someone_is_acting() { 1 } else { tempo.speed.min(600) };
        if !tempo.paused {
            clock.set(shown.now() + TimeDelta::milliseconds(i64::from(speed) * 100));
        }
        if tempo.skipping {
            page.progress(Progress {
                week: 10,
                weeks: 26,
                asked: 459,
                answered: 373,
                digests: 9,
                ..Progress::default()
            });
            controls.digest_arrived();
        }
    }
}

#[derive(Clone)]
struct Toy {
    api: String,
    token: String,
    http: reqwest::Client,
}

impl Toy {
    async fn call(&self, method: &str, args: Value) -> Result<Value, Trouble> {
        let url = format!("{}/{method}", self.api);
        let answer: Value = self.http.post(url).bearer_auth(&self.token).json(&args).send().await?.json().await?;
        if answer["ok"] == true { Ok(answer) } else { Err(format!("{method}: {answer}").into()) }
    }

    async fn say(&self, channel: &Value, text: &str, blocks: Value) -> Result<Value, Trouble> {
        self.call("chat.postMessage", json!({"channel": channel, "text": text, "blocks": blocks})).await
    }
}

/// What Slack sends: answered with an empty acknowledgement, or with what a form needs.
async fn heard(State(toy): State<Toy>, body: String) -> Result<Json<Value>, StatusCode> {
    let fields: BTreeMap<String, String> = serde_urlencoded::from_str(&body).unwrap_or_default();
    if fields.contains_key("command") {
        return Ok(Json(json!({"response_type": "ephemeral", "text": "`/rapport` knows *help*, *pause* and *home*."})));
    }
    let payload: Value = fields
        .get("payload")
        .and_then(|p| serde_json::from_str(p).ok())
        .unwrap_or_else(|| serde_json::from_str(&body).unwrap_or_default());
    if payload["event"]["type"] == "app_home_opened" {
        let view = json!({"type": "home", "blocks": home()});
        let _ = toy.call("views.publish", json!({"user_id": payload["event"]["user"], "view": view})).await;
    }
    if payload["type"] == "view_submission" {
        let words = payload["view"]["state"]["values"]["words"]["words"]["value"].as_str().unwrap_or_default();
        if words.len() < 5 {
            return Ok(Json(json!({"response_action": "errors", "errors": {"words": "A few more words, please."}})));
        }
    }
    let action = &payload["actions"][0];
    match action["action_id"].as_str() {
        // So that Slack's warning sign can be seen.
        Some("met.no") => return Err(StatusCode::INTERNAL_SERVER_ERROR),
        Some("comment") => {
            let _ = toy.call("views.open", json!({"trigger_id": payload["trigger_id"], "view": form()})).await;
        }
        Some(_) => {
            let label =
                action["text"]["text"].as_str().or(action["selected_option"]["text"]["text"].as_str()).unwrap_or("?");
            let body = json!({"response_type": "ephemeral", "replace_original": false, "text": "Saved.", "blocks": saved(label)});
            if let Some(url) = payload["response_url"].as_str() {
                let _ = toy.http.post(url).json(&body).send().await;
            }
        }
        None => {}
    }
    Ok(Json(json!({})))
}

fn plain(text: &str) -> Value {
    json!({"type": "plain_text", "text": text})
}

fn button(label: &str, action_id: &str) -> Value {
    json!({"type": "button", "text": plain(label), "action_id": action_id, "value": "x"})
}

fn section(text: &str) -> Value {
    json!({"type": "section", "text": {"type": "mrkdwn", "text": text}})
}

fn context(text: &str) -> Value {
    json!({"type": "context", "elements": [{"type": "mrkdwn", "text": text}]})
}

fn scale() -> Vec<Value> {
    let labels = ["No", "Not really", "Partly", "Mostly", "Yes"];
    labels.iter().zip(1..).map(|(label, n)| button(label, &format!("answer.{n}"))).collect()
}

fn pulse(names: &str, now: DateTime<Utc>) -> Value {
    let mut row = scale();
    let options = ["Not this week", "Ask me tomorrow", "I need help", "How this works"];
    row.push(json!({"type": "overflow", "action_id": "menu",
        "options": options.map(|option| json!({"text": plain(option), "value": option}))}));
    let until = (now + TimeDelta::days(4)).timestamp();
    json!([
        context(&format!("Pulse 9 of 26 · {names}")),
        section("*We can talk openly, also about hard things.*"),
        {"type": "actions", "elements": row},
        section("Did you two meet since 12 May?"),
        {"type": "actions", "elements": [button("Yes", "met.yes"), button("Not yet", "met.no")]},
        context(&format!("Open until <!date^{until}^{{date_short_pretty}} {{time}}|Friday> (your time). Your coordinator can \
            see your answer, your partner cannot. You can change that.")),
    ])
}

fn closed(names: &str) -> Value {
    json!([
        context(&format!("Pulse 8 of 26 · {names}")),
        section("*My mentor shares what they know.*"),
        context("This pulse is closed. Your own answers are in the Home tab of this app."),
    ])
}

fn saved(label: &str) -> Value {
    json!([
        section(&format!("Saved: *{label}*. Your coordinator can see it, your partner cannot.")),
        {"type": "actions", "elements": [button("Change", "reopen"), button("Add a comment", "comment"), button("Who sees this", "audience")]},
        section("One more, only for you: *I can say when something does not work for me.*"),
        {"type": "actions", "elements": scale()},
    ])
}

fn form() -> Value {
    json!({"type": "modal", "title": plain("Your comment"), "submit": plain("Save"), "close": plain("Cancel"), "blocks": [
        section("*We can talk openly, also about hard things.*\nYour coordinator can see it, your partner cannot."),
        {"type": "input", "block_id": "words", "label": plain("Your words"), "hint": plain("A few words are enough."),
         "element": {"type": "plain_text_input", "action_id": "words", "multiline": true, "max_length": 2000}},
        {"type": "input", "block_id": "audience", "label": plain("Who sees this answer"), "element": {
            "type": "radio_buttons", "action_id": "audience", "options": [
                {"text": plain("My coordinator"), "description": plain("With my name. My partner does not see it."), "value": "coordinator"},
                {"text": plain("Nobody by name"), "description": plain("It counts in totals of 5 people or more."), "value": "totals"}],
            "initial_option": {"text": plain("My coordinator"), "description": plain("With my name. My partner does not see it."), "value": "coordinator"}}},
    ]})
}

fn home() -> Value {
    json!([
        {"type": "header", "text": plain("Open now")},
        section("*Ravi* · Pulse 9 of 26 · open until Friday"),
        section("*We can talk openly, also about hard things.*\nNot answered yet. Your coordinator can see your answer."),
        {"type": "actions", "elements": scale()},
        {"type": "divider"},
        {"type": "header", "text": plain("What you answered")},
        section("*Ravi* · Pulse 8 of 26 · closed 15 May\nYou said: *Mostly*. Your coordinator can see it.\n> The book tip was spot on."),
        {"type": "section", "text": {"type": "mrkdwn", "text": "*What rapport knows of you*\nYour name and time zone in Slack, your pairs, what you tapped and wrote here. It reads no conversations."},
         "accessory": button("Who sees what", "who")},
    ])
}

fn digest() -> Value {
    let weeks = ["w6", "w7", "w8", "w9"];
    let line = |name: &str, values: [f64; 4]| {
        let data: Vec<Value> =
            weeks.iter().zip(values).map(|(week, value)| json!({"label": week, "value": value})).collect();
        json!({"name": name, "data": data})
    };
    json!([
        {"type": "header", "text": plain("Mentoring digest · Engineering · week 9 of 26 · 11–17 May")},
        section("24 pairs. 78 % answered (37 of 47 asked). Last week 81 %."),
        section("*FELL SILENT*\nEbele &amp; Paolo (mentee) · Uma &amp; Vera (both)\nNo answer to the last three pulses. Silence has many reasons, a holiday or a muted bot among them."),
        section("*NO FIRST MEETING YET*\nNoa &amp; Eli, day 58"),
        section("*INDICATORS*\ngrowth 3.9 (+0.2, n=66) · communication 4.1 (0.0, n=69) · guidance 4.3 · feedback 3.4 (-0.3) · organisation: not asked"),
        {"type": "data_visualization", "title": "Four weeks, means of 1 to 5", "chart": {"type": "line",
            "series": [line("communication", [4.0, 4.1, 4.1, 4.1]), line("feedback", [3.9, 3.8, 3.7, 3.4])],
            "axis_config": {"categories": weeks}}},
        section("*COMMENTS SHARED WITH YOU*"),
        section("*Mia*, Mia &amp; Tom, on “I know what I want to get out of this.”: Partly\n&gt; We had to move our session twice."),
        {"type": "divider"},
        context("Counted on Monday 18 May, 07:00 UTC. Only closed pulses count."),
    ])
}
