//! What the page shows: the people, one person's conversations, one conversation as that person sees it.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::super::conversation::Place;
use super::super::desk::Desk;
use super::super::message::Message;
use super::super::someone::Someone;
use super::super::view::View;
use super::{Label, Shown};

/// The most messages of one conversation that are shown, the newest.
const MESSAGES_MAX: usize = 150;

/// The workspace as nobody in particular sees it.
#[derive(Serialize)]
pub(super) struct WorldSeen {
    workspace: String,
    app: String,
    bot: String,
    now: DateTime<Utc>,
    people: Vec<PersonListed>,
    /// Names by id, for mentions.
    names: BTreeMap<String, String>,
}

#[derive(Serialize)]
struct PersonListed {
    id: String,
    name: String,
    zone: String,
    deleted: bool,
    unread: usize,
    #[serde(flatten)]
    label: Label,
}

/// What one person has in front of them beside the conversation.
#[derive(Serialize)]
pub(super) struct PersonSeen {
    places: Vec<Place>,
    home: Option<View>,
    modal: Option<View>,
    /// How many modals stand on each other.
    modals: usize,
}

pub(super) async fn world(State(shown): State<Arc<Shown>>) -> Json<WorldSeen> {
    let labels = &shown.labels;
    Json(shown.sim.world.look(|state| {
        let humans = state.people.values().filter(|person| person.is_human());
        WorldSeen {
            workspace: state.options.workspace.clone(),
            app: state.options.app_name.clone(),
            bot: state.ids.bot_user.clone(),
            now: state.now(),
            people: humans
                .map(|person| PersonListed {
                    id: person.id.clone(),
                    name: person.real_name.clone(),
                    zone: person.zone.clone(),
                    deleted: person.deleted,
                    unread: state.desks.get(&person.id).map_or(0, |desk: &Desk| desk.unread.len()),
                    label: labels.get(&person.id).cloned().unwrap_or_default(),
                })
                .collect(),
            names: state.names.as_ref().clone(),
        }
    }))
}

pub(super) async fn person(
    State(shown): State<Arc<Shown>>,
    Path(person): Path<String>,
) -> Result<Json<PersonSeen>, Missing> {
    let someone = shown.someone(&person)?;
    let modals = shown.sim.world.look(|state| state.desks.get(&person).map_or(0, |desk| desk.modals.len()));
    Ok(Json(PersonSeen { places: someone.conversations(), home: someone.home(), modal: someone.modal(), modals }))
}

pub(super) async fn conversation(
    State(shown): State<Arc<Shown>>,
    Path((person, channel)): Path<(String, String)>,
) -> Result<Json<Vec<Message>>, Missing> {
    let mut messages = shown.someone(&person)?.messages(&channel);
    messages.drain(..messages.len().saturating_sub(MESSAGES_MAX));
    Ok(Json(messages))
}

/// There is nobody of this name.
pub(super) type Missing = (StatusCode, &'static str);

impl Shown {
    pub(super) fn someone(&self, id: &str) -> Result<Someone, Missing> {
        let there = self.sim.world.look(|state| state.people.get(id).is_some_and(|person| person.is_human()));
        if there { Ok(self.sim.person(id)) } else { Err((StatusCode::NOT_FOUND, "There is nobody of this id.")) }
    }
}
