//! What the page does, with the hands of the person whom the newcomer plays.

use std::sync::{Arc, PoisonError};

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use super::super::hands::{Submitted, Tapped};
use super::super::message::MessageRef;
use super::super::someone::Someone;
use super::Shown;
use super::eyes::Missing;

/// A button pressed, or an option chosen.
#[derive(Deserialize)]
pub(super) struct Tap {
    spot: Spot,
    /// `block_id/action_id`.
    control: String,
    /// An option's value.
    option: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Spot {
    Home,
    Modal,
    Message(At),
}

#[derive(Deserialize)]
struct At {
    channel: String,
    ts: String,
}

/// A form as it was filled in: block id and words.
#[derive(Deserialize)]
pub(super) struct Filled {
    values: Vec<(String, String)>,
}

/// Words typed into the box below a conversation.
#[derive(Deserialize)]
pub(super) struct Said {
    channel: Option<String>,
    words: String,
}

#[derive(Deserialize)]
pub(super) struct Place {
    channel: String,
}

#[derive(Deserialize)]
pub(super) struct Turned {
    to: Knob,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Knob {
    Play,
    Pause,
    Faster,
    Slower,
    Skip,
}

/// What came of words.
#[derive(Serialize)]
pub(super) struct Heard {
    acknowledged: bool,
    warning: Option<String>,
    /// Where an answer stands, if there is one.
    channel: Option<String>,
}

pub(super) async fn tap(
    State(shown): State<Arc<Shown>>,
    Path(person): Path<String>,
    Json(tap): Json<Tap>,
) -> Result<Json<Tapped>, Missing> {
    let someone = shown.played_by_newcomer(&person)?;
    let option = tap.option.as_deref();
    let tapped = match tap.spot {
        Spot::Home => someone.act_on_home(&tap.control, option).await,
        Spot::Modal => someone.act_on_modal(&tap.control, option).await,
        Spot::Message(At { channel, ts }) => someone.act_at(&MessageRef { channel, ts }, &tap.control, option).await,
    };
    Ok(Json(tapped))
}

pub(super) async fn submit(
    State(shown): State<Arc<Shown>>,
    Path(person): Path<String>,
    Json(filled): Json<Filled>,
) -> Result<Json<Submitted>, Missing> {
    let someone = shown.played_by_newcomer(&person)?;
    let inputs: Vec<(&str, &str)> = filled.values.iter().map(|(block, words)| (&**block, &**words)).collect();
    Ok(Json(someone.submit_with(&inputs).await))
}

pub(super) async fn close(
    State(shown): State<Arc<Shown>>,
    Path(person): Path<String>,
) -> Result<Json<Tapped>, Missing> {
    Ok(Json(shown.someone(&person)?.close_modal().await))
}

/// Looking is not playing: whoever only looks at App Home goes on by themselves.
pub(super) async fn open_home(
    State(shown): State<Arc<Shown>>,
    Path(person): Path<String>,
) -> Result<StatusCode, Missing> {
    shown.someone(&person)?.open_home().await;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn read(
    State(shown): State<Arc<Shown>>,
    Path(person): Path<String>,
    Json(place): Json<Place>,
) -> Result<StatusCode, Missing> {
    shown.someone(&person)?.read(&place.channel);
    Ok(StatusCode::NO_CONTENT)
}

/// A slash command, or a message to the others.
pub(super) async fn say(
    State(shown): State<Arc<Shown>>,
    Path(person): Path<String>,
    Json(said): Json<Said>,
) -> Result<Json<Heard>, Missing> {
    let someone = shown.played_by_newcomer(&person)?;
    let words = said.words.trim();
    if words.starts_with('/') {
        let (command, rest) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
        let came = match &said.channel {
            Some(channel) => someone.command_in(channel, command, rest.trim()).await,
            None => someone.command(command, rest.trim()).await,
        };
        let channel = came.reply.map(|reply| reply.at.channel);
        return Ok(Json(Heard { acknowledged: came.acknowledged, warning: came.warning, channel }));
    }
    let posted = said.channel.as_ref().filter(|_| !words.is_empty()).and_then(|channel| someone.write(channel, words));
    let warning = posted.is_none().then(|| "There is nobody here to read this.".to_owned());
    Ok(Json(Heard { acknowledged: posted.is_some(), warning, channel: posted.map(|at| at.channel) }))
}

pub(super) async fn control(State(shown): State<Arc<Shown>>, Json(turned): Json<Turned>) -> StatusCode {
    let controls = &shown.controls;
    match turned.to {
        Knob::Play => controls.play(),
        Knob::Pause => controls.pause(),
        Knob::Faster => controls.faster(),
        Knob::Slower => controls.slower(),
        Knob::Skip => controls.skip_to_digest(),
    }
    StatusCode::NO_CONTENT
}

impl Shown {
    fn played_by_newcomer(&self, id: &str) -> Result<Someone, Missing> {
        let someone = self.someone(id)?;
        let mut played = self.played.lock().unwrap_or_else(PoisonError::into_inner);
        if !played.iter().any(|known| known == id) {
            played.push(id.to_owned());
            // A form that the simulated person had just opened is nothing to the newcomer.
            self.sim.world.change(|state| state.desk(id).modals.clear());
        }
        Ok(someone)
    }
}
