//! `views.*`: modals by a trigger, App Home at any time.

use serde_json::{Value, json};

use super::super::block_kit;
use super::super::id::derived;
use super::super::state::State;
use super::super::view::{Panel, STACK};
use super::args::Args;
use super::method::{Method, method};
use super::{Refusal, Reply};

pub(super) const METHODS: &[Method] = &[
    method("views.open", "", &["trigger_id", "interactivity_pointer", "view"], open),
    method("views.push", "", &["trigger_id", "interactivity_pointer", "view"], push),
    method("views.update", "", &["view_id", "external_id", "view", "hash"], update),
    method("views.publish", "", &["user_id", "view", "hash", "interactivity_pointer"], publish),
];

/// A view of this kind that breaks no limit.
pub(in super::super) fn check(view: Value, kind: &str) -> Result<Value, Refusal> {
    if !view.is_object() {
        return Err("invalid_arguments".into());
    }
    if view["type"] != kind {
        let words = format!("[ERROR] a {kind} is needed here [json-pointer:/view/type]");
        return Err(Refusal::because("invalid_arguments", &[words]));
    }
    let problems = block_kit::view(&view);
    if problems.is_empty() { Ok(view) } else { Err(Refusal::because("invalid_arguments", &problems)) }
}

fn view(args: &Args, kind: &str) -> Result<Value, Refusal> {
    check(args.json("view").map_err(|_| Refusal::new("invalid_arguments"))?, kind)
}

/// Whose trigger it was.
fn spend(state: &mut State, args: &Args) -> Result<String, Refusal> {
    let id = args.text("trigger_id").or(args.text("interactivity_pointer")).ok_or("invalid_trigger_id")?;
    let now = state.now();
    Ok(state.tickets.spend_trigger(id, now)?.person)
}

fn open(state: &mut State, args: &Args) -> Reply {
    let view = view(args, "modal")?;
    let person = spend(state, args)?;
    unused_external_id(state, &person, &view)?;
    state.desk(&person).modals.clear();
    state.stack(&person, view).map(|panel| json!({"view": state.view_json(&panel)}))
}

fn push(state: &mut State, args: &Args) -> Reply {
    let view = view(args, "modal")?;
    let person = spend(state, args)?;
    unused_external_id(state, &person, &view)?;
    state.stack(&person, view).map(|panel| json!({"view": state.view_json(&panel)}))
}

fn unused_external_id(state: &mut State, person: &str, view: &Value) -> Result<(), Refusal> {
    let taken = |id: &str| state.desk(person).modals.iter().any(|panel| panel.drawn["external_id"] == id);
    match view["external_id"].as_str().filter(|id| !id.is_empty()).is_some_and(taken) {
        true => Err("duplicate_external_id".into()),
        false => Ok(()),
    }
}

fn update(state: &mut State, args: &Args) -> Reply {
    let wanted = args.text("view_id");
    let external = args.text("external_id");
    let is_wanted = |panel: &Panel| match (wanted, external) {
        (Some(id), _) => panel.id == id,
        (None, Some(id)) => panel.drawn["external_id"] == id,
        (None, None) => false,
    };
    let open = |desk: &super::super::desk::Desk| desk.modals.iter().chain(&desk.home).any(is_wanted);
    let found = state.desks.iter().find(|(_, desk)| open(desk)).map(|(person, _)| person.clone());
    let person = found.ok_or("not_found")?;
    let hash = state.next_hash(&person);
    let panel = state.desk(&person).modals.iter_mut().find(|panel| is_wanted(panel)).ok_or("not_found")?;
    let view = view(args, "modal")?;
    if args.text("hash").is_some_and(|hash| hash != panel.hash) {
        return Err("hash_conflict".into());
    }
    panel.redraw(view, hash);
    let panel = panel.clone();
    Ok(json!({"view": state.view_json(&panel)}))
}

fn publish(state: &mut State, args: &Args) -> Reply {
    let person = args.text("user_id").ok_or("user_not_found")?.to_owned();
    if !state.people.get(&person).is_some_and(|person| person.is_human()) {
        return Err("user_not_found".into());
    }
    let view = view(args, "home")?;
    let hash = state.next_hash(&person);
    let desk = state.desk(&person);
    match &mut desk.home {
        Some(home) if args.text("hash").is_some_and(|hash| hash != home.hash) => return Err("hash_conflict".into()),
        Some(home) => home.redraw(view, hash),
        None => desk.home = Some(Panel::new(derived("V", &format!("{person}/home")), None, None, hash, view)),
    }
    let home = desk.home.clone().ok_or("internal_error")?;
    Ok(json!({"view": state.view_json(&home)}))
}

impl State {
    /// Puts a modal on top of a person's others.
    pub(in super::super) fn stack(&mut self, person: &str, view: Value) -> Result<Panel, Refusal> {
        let hash = self.next_hash(person);
        let desk = self.desk(person);
        if desk.modals.len() >= STACK {
            return Err("push_limit_reached".into());
        }
        desk.opened += 1;
        let id = derived("V", &format!("{person}/{}", desk.opened));
        let below = desk.modals.last();
        let (root, previous) = (below.map(|below| below.root.clone()), below.map(|below| below.id.clone()));
        let panel = Panel::new(id, root, previous, hash, view);
        desk.modals.push(panel.clone());
        Ok(panel)
    }

    /// A hash that no view of this person has had.
    pub(in super::super) fn next_hash(&mut self, person: &str) -> String {
        let now = self.now().timestamp();
        let desk = self.desk(person);
        desk.drawn += 1;
        format!("{now}.{}", derived("", &format!("drawn {person}/{}", desk.drawn)))
    }
}
